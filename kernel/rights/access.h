/* Rights: one indexed relation. A grant says what a principal (a person, post, unit, organ or role group, by id) may do
   with a record; access_wearer says which principals a worn post counts as. Finders join the two with :post:
       JOIN access_grant g ON g.record = d.id JOIN access_wearer w ON w.principal = g.principal WHERE w.post = :post
   needs: db */
#ifndef KERNEL_RIGHTS_ACCESS_H
#define KERNEL_RIGHTS_ACCESS_H
#include "kernel/db/db.h"

enum can {
    CAN_READ = 1,
    CAN_ACT = 2,     /* do what the record asks of one: answer, report, comment */
    CAN_MANAGE = 4,  /* change, assign, share */
    CAN_APPROVE = 8, /* sign, return, close */
};

struct access_grant_new {
    struct str kind; /* "document" */
    int64_t record;
    int64_t principal;
    unsigned can;      /* enum can bits; CAN_READ is always added */
    struct date until; /* last day it holds; none for ever */
};

/* Gives these rights over those already given; a later until (or none) wins. Giving and taking tell the search index.
 */
struct err access_give(struct db_write *db, const struct access_grant_new *g);
/* Takes these bits; without CAN_READ nothing is left. */
struct err access_take(struct db_write *db, int64_t record, int64_t principal, unsigned can);
struct err access_take_all(struct db_write *db, int64_t record);
/* Whether the post, by any principal it counts as, may do all of can today. */
struct err access_can(struct db_read *db, int64_t record, int64_t post, unsigned can, bool *may);
/* The same as a refusal: MISSING without CAN_READ, DENIED without the rest. */
struct err access_require(struct db_read *db, int64_t record, int64_t post, unsigned can);
/* All bits the post has on the record today. */
struct err access_bits(struct db_read *db, int64_t record, int64_t post, unsigned *bits);

/* The principals a post counts as, replaced as a whole (org does it when a post, its holder or its unit changes).
   The post itself is always one of them. */
struct err access_wear(struct db_write *db, int64_t post, struct db_ids principals);

struct access_ids {
    int64_t *at;
    size_t n;
};
/* The principals the post counts as, ascending: what the search index filters by. */
struct err access_principals(struct db_read *db, int64_t post, struct access_ids *principals);
/* The principals that may read a record today, ascending: what the search index stores. */
struct err access_readers(struct db_read *db, int64_t record, struct access_ids *principals);
/* The posts that may read it, ascending. */
struct err access_posts(struct db_read *db, int64_t record, struct access_ids *posts);

/* The posts that count as a principal today, and whether one of them does (a post counts as itself). */
struct err access_posts_wearing(struct db_read *db, int64_t principal, struct access_ids *posts);
struct err access_post_wears(struct db_read *db, int64_t post, int64_t principal, bool *does);
#endif
