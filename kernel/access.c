#include "kernel/access.h"
#include "base/arena.h"
#include "kernel/access_queries.h"

#include "base/banned.h"

struct err access_give(struct db_write *db, const struct access_grant_new *g) {
    return access_grant_put(db, (struct access_grant_put_in){.record = g->record, .principal = g->principal, .kind = g->kind,
                                                             .can = (int64_t)(g->can | CAN_READ), .until_on = g->until}, NULL);
}

struct err access_take(struct db_write *db, int64_t record, int64_t principal, unsigned can) {
    struct access_grant_one_row *row;
    TRY(access_grant_one(db_reading(db), (struct access_grant_one_in){.record = record, .principal = principal}, &row));
    if (!row) {
        return OK;
    }
    int64_t left = row->can & ~(int64_t)can;
    if (!(left & CAN_READ)) {
        return access_grant_delete(db, (struct access_grant_delete_in){.record = record, .principal = principal}, NULL);
    }
    return access_grant_change(db, (struct access_grant_change_in){.record = record, .principal = principal, .can = left}, NULL);
}

struct err access_take_all(struct db_write *db, int64_t record) {
    return access_grant_delete_all(db, (struct access_grant_delete_all_in){.record = record}, NULL);
}

struct err access_bits(struct db_read *db, int64_t record, int64_t post, unsigned *bits) {
    struct access_bits_of_rows rows;
    *bits = 0;
    TRY(access_bits_of(db, (struct access_bits_of_in){.record = record, .post = post, .today = clock_today()}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *bits |= (unsigned)rows.at[i].can;
    }
    return OK;
}

struct err access_can(struct db_read *db, int64_t record, int64_t post, unsigned can, bool *may) {
    unsigned bits;
    *may = false;
    TRY(access_bits(db, record, post, &bits));
    *may = (bits & CAN_READ) && (bits & can) == can;
    return OK;
}

struct err access_require(struct db_read *db, int64_t record, int64_t post, unsigned can) {
    unsigned bits;
    TRY(access_bits(db, record, post, &bits));
    if (!(bits & CAN_READ)) {
        return FAIL(ERR_MISSING, "the post may not read the record, or there is none");
    }
    return (bits & can) == can ? OK : FAIL(ERR_DENIED, "the post may read the record, but not do this");
}

struct err access_wear(struct db_write *db, int64_t post, struct db_ids principals) {
    TRY(access_wearer_clear(db, (struct access_wearer_clear_in){.post = post}, NULL));
    TRY(access_wearer_put(db, (struct access_wearer_put_in){.post = post, .principal = post}, NULL));
    for (size_t i = 0; i < principals.n; i++) {
        TRY(access_wearer_put(db, (struct access_wearer_put_in){.post = post, .principal = principals.at[i]}, NULL));
    }
    return OK;
}

#define IDS_OF(db_, rows_, member_, out_)                                       \
    do {                                                                        \
        (out_)->at = arena_take(db_arena(db_), int64_t, (rows_).n);             \
        (out_)->n = (rows_).n;                                                  \
        for (size_t ids_i = 0; ids_i < (rows_).n; ids_i++) {                    \
            (out_)->at[ids_i] = (rows_).at[ids_i].member_;                      \
        }                                                                       \
    } while (0)

struct err access_principals(struct db_read *db, int64_t post, struct access_ids *principals) {
    struct access_wearer_of_rows rows;
    TRY(access_wearer_of(db, (struct access_wearer_of_in){.post = post}, &rows));
    IDS_OF(db, rows, principal, principals);
    return OK;
}

struct err access_readers(struct db_read *db, int64_t record, struct access_ids *principals) {
    struct access_grant_readers_rows rows;
    TRY(access_grant_readers(db, (struct access_grant_readers_in){.record = record, .today = clock_today()}, &rows));
    IDS_OF(db, rows, principal, principals);
    return OK;
}

struct err access_posts(struct db_read *db, int64_t record, struct access_ids *posts) {
    struct access_grant_posts_rows rows;
    TRY(access_grant_posts(db, (struct access_grant_posts_in){.record = record, .today = clock_today()}, &rows));
    IDS_OF(db, rows, post, posts);
    return OK;
}
