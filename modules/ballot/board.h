/* The board of a secret ballot: the text file that is published. Lines are only added; each signed head fixes all lines
   before it, so what stood there cannot change. docs/ballot.md shows the lines. */
#ifndef MODULES_BALLOT_BOARD_H
#define MODULES_BALLOT_BOARD_H
#include "base/err.h"
#include "base/list.h"

struct arena;

enum { BALLOT_ID = 32, BALLOT_PUBLIC = 32, BALLOT_SEED = 32, BALLOT_PROOF = 64, BALLOT_NONCE = 32, BALLOT_WORDS = 8 };
enum { BALLOT_OPTIONS_MOST = 50, BALLOT_VOTERS_MOST = 5000 };

struct ballot_texts {
    struct str *at;
    size_t n;
};
/* What is decided, by whom, and how: frozen, its hash is the ballot's id. */
struct ballot_definition {
    struct str number, meeting, text, rule;
    struct ballot_texts options, voters;
    int64_t most; /* so many options may be chosen */
};
/* Kept by the box until the ballot is closed, then thrown away. */
struct ballot_secrets {
    struct str signer; /* DER of the key that stamps papers; no longer needed once the voting begins */
    struct str seed;   /* of the box's own key: signs heads and what the box acknowledges */
};
/* Makes both keys; the board begins with the definition, the keys, eight words to compare, and the first head. */
struct err ballot_begin(struct arena *a, const struct ballot_definition *d, struct ballot_secrets *secrets,
                        struct str *board);

/* What a board says of how to vote. */
struct ballot_terms {
    unsigned char id[BALLOT_ID], box[BALLOT_PUBLIC];
    struct str id_hex, key_hex, box_hex, words;
    struct str modulus;
    struct ballot_texts options, voters;
    int64_t most;
};
/* INVALID at "file" where the beginning is not that of a board. */
struct err ballot_terms_read(struct arena *a, struct str board, struct ballot_terms *terms);

/* A paper as it is sent and published, all of it in hexadecimal but the choice: "2,5", or "-" for a blank one. */
struct ballot_paper {
    struct str key, nonce, token, choice, proof;
};
/* What the signer signs for a key: the nonce, the ballot, the key. */
struct str ballot_message(struct arena *a, const struct ballot_terms *t, struct str nonce, struct str key);
struct str ballot_choice_message(struct arena *a, const struct ballot_terms *t, struct str choice);
/* Options chosen, in order, each once, no more than may be. */
bool ballot_choice_read(const struct ballot_terms *t, struct str choice, bool *chosen);
/* INVALID with what is wrong. */
struct err ballot_paper_check(struct arena *a, const struct ballot_terms *t, const struct ballot_paper *paper);
struct str ballot_paper_line(struct arena *a, const struct ballot_paper *paper);
bool ballot_paper_read(struct str line, struct ballot_paper *paper);
/* The box's word that it holds the paper: the same each time it is asked. */
struct str ballot_receipt(struct arena *a, struct str seed, const struct ballot_terms *t, struct str line);
/* What a voter's device does; here for tests, for the demonstration, and to compare with the browser's. */
struct ballot_device {
    struct str key, seed, nonce, blinded, inverse;
};
struct err ballot_device_make(struct arena *a, const struct ballot_terms *t, struct ballot_device *device);
struct err ballot_device_vote(struct arena *a, const struct ballot_terms *t, const struct ballot_device *device,
                              struct str blind_signature_hex, struct str choice, struct ballot_paper *paper);
struct err ballot_stamp(struct arena *a, const struct ballot_terms *t, struct str signer, struct str blinded_hex,
                        struct str *signature_hex);

/* Who took a paper: ordinals from 1, rising. */
struct err ballot_taken(struct arena *a, struct str *board, struct str seed, const int64_t *voters, size_t n);
/* All papers, sorted by key, the sums, and the last head. */
struct ballot_sums {
    int64_t *votes; /* of each option */
    int64_t eligible, taken, cast, blank;
};
struct err ballot_close(struct arena *a, struct str *board, struct str seed, struct ballot_texts papers,
                        struct ballot_sums *sums);

/* The way from a line to a head, so that a device need not fetch all of the board. */
struct ballot_path {
    int64_t index, size;
    struct str root, head; /* hexadecimal: of the tree, and the box's signature */
    struct ballot_texts hashes;
};
/* False when no paper of that key is on the closed board. */
bool ballot_path(struct arena *a, struct str board, struct str key, struct str *line, struct ballot_path *path);

/* ---- Checking */
struct ballot_verdict {
    LIST(struct str) lines; /* what was found right, in plain words */
    struct str fault;       /* empty: all of it is right */
    int64_t fault_line;     /* 0: not of one line */
    struct ballot_terms terms;
    struct ballot_sums sums;
};
/* Looks at every line, whatever wrote it. words: those of the screen, compared when not empty. */
void ballot_verify(struct arena *a, struct str board, struct str words, struct ballot_verdict *verdict);
#endif
