/* The published statement: a text that says of each gift what may be said, adds it up, and ends in one root by which
   anybody sees that nothing was changed. Its form stands in docs/fund.md. Pure. */
#ifndef MODULES_FUND_PUBLISHED_H
#define MODULES_FUND_PUBLISHED_H
#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

enum { FUND_HASH = 32, FUND_SALT = 16, FUND_HEX = 2 * FUND_HASH };

struct fund_hash {
    unsigned char at[FUND_HASH];
};
/* A node of the tree: its hash covers its sum. */
struct fund_node {
    struct fund_hash hash;
    int64_t sum;
};
/* The tree grown leaf by leaf; holds one node for each power of two. */
struct fund_tree {
    struct fund_node nodes[64];
    uint64_t n;
};
void fund_tree_add(struct fund_tree *t, struct str row, int64_t amount);
/* The root, bound to what the statement says beside its gifts. */
struct fund_hash fund_tree_root(const struct fund_tree *t, struct str beside);
struct str fund_hex(struct arena *a, const struct fund_hash *hash);

struct fund_gift {
    int64_t number;      /* among the gifts, 1 the first */
    struct date on;      /* {0}: not known */
    struct str campaign; /* its code; empty: not said */
    int64_t amount;
    struct str donor;          /* empty: not known */
    bool is_hidden, is_salted; /* is_salted: its salt is kept, so that its seal is the same each time */
    unsigned char salt[FUND_SALT];
};
/* What stands for a hidden name: nobody finds the name from it without the salt. */
struct str fund_seal(struct arena *a, const struct fund_gift *g);
struct str fund_salt_hex(struct arena *a, struct str salt);

/* --- Writing --- */
struct fund_publisher;
struct fund_publisher *fund_publisher_open(struct arena *a, struct buf *out);
/* Puts the gift into out (numbered here), and what the giver keeps into receipt: one line of JSON. */
void fund_publish(struct fund_publisher *p, struct arena *row, struct fund_gift *g, struct buf *out,
                  struct buf *receipt);
void fund_publish_other(struct fund_publisher *p, const char *kind, int64_t amount);
/* The sums and the root. */
void fund_publish_end(struct fund_publisher *p, struct arena *a, struct buf *out);

/* --- Checking --- */
struct fund_receipt {
    struct fund_gift gift;
    bool is_found;
};
struct fund_receipts {
    LIST(struct fund_receipt) list;
};
/* A line of JSON as fund_publish made it; INVALID. */
struct err fund_receipt_read(struct arena *a, struct str line, struct fund_receipts *out);
struct fund_verified {
    int64_t gifts, sum, hidden;
    struct str root;
};
/* INVALID with a Vietnamese sentence that says what does not hold; also when a receipt's gift is not in it. */
struct err fund_verify(struct arena *a, struct str text, struct fund_receipts *receipts, struct fund_verified *out);
#endif
