/* A Merkle tree over lines, hashed as RFC 9162 (2.1) has it. Private. */
#ifndef MODULES_BALLOT_TREE_H
#define MODULES_BALLOT_TREE_H
#include "modules/ballot/board.h"

enum { TREE_HASH = 32, TREE_DEEP = 64 };
struct tree_hash {
    unsigned char at[TREE_HASH];
};
/* Grows line by line; what is kept is the roots of its full parts. */
struct tree {
    struct tree_hash part[TREE_DEEP];
    uint64_t n;
};
struct tree_hash tree_leaf(struct str line);
void tree_add(struct tree *t, struct tree_hash leaf);
struct tree_hash tree_root(const struct tree *t);
/* The neighbours on the way from leaf i of n up to the root. */
void tree_path(struct arena *a, const struct tree_hash *leaves, size_t n, size_t i, struct ballot_texts *hashes);

/* The next line that is ended; false behind the last. */
bool ballot_line(struct str *rest, struct str *line);
/* Shared by the writing and the checking side. */
struct str ballot_hex(struct arena *a, const void *bytes, size_t n);
/* Exactly n bytes in lower-case hexadecimal. */
bool ballot_unhex(struct str hex, unsigned char *bytes, size_t n);
struct str ballot_words(struct arena *a, struct str id_hex, struct str key_hex, struct str box_hex);
struct str ballot_head_message(struct arena *a, struct str id_hex, uint64_t size, struct tree_hash root);
bool ballot_signed_by(const unsigned char key[static BALLOT_PUBLIC], struct str message, struct str proof_hex);
struct str ballot_sign(struct arena *a, struct str seed, struct str message);
#define BALLOT_FIRST "doanket-ballot\t1"
#endif
