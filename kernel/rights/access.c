#include "kernel/rights/access.h"

#include "kernel/rights/access_queries.h"
#include "kernel/rights/touch.h"

#include "base/arena.h"

#include "base/banned.h"

struct err access_give(struct db_write *db, const struct access_grant_new *g) {
    TRY(access_grant_add(db,
                         (struct access_grant_add_in){.record = g->record,
                                                      .principal = g->principal,
                                                      .kind = g->kind,
                                                      .can = (int64_t)(g->can | CAN_READ),
                                                      .until_on = g->until},
                         NULL));
    return search_touch(db, g->kind, g->record);
}

struct err access_take(struct db_write *db, int64_t record, int64_t principal, unsigned can) {
    if (can & CAN_READ) {
        TRY(search_touch_granted(db, record));
        return access_grant_delete(db, (struct access_grant_delete_in){record, principal}, NULL);
    }
    return access_grant_cut(db, (struct access_grant_cut_in){.bits = can, .record = record, .principal = principal},
                            NULL);
}

struct err access_take_all(struct db_write *db, int64_t record) {
    TRY(search_touch_granted(db, record));
    return access_grant_delete_all(db, (struct access_grant_delete_all_in){record}, NULL);
}

struct err access_bits(struct db_read *db, int64_t record, int64_t post, unsigned *bits) {
    struct access_grants_of_post_rows rows;
    *bits = 0;
    TRY(access_grants_of_post(
        db, (struct access_grants_of_post_in){.record = record, .post = post, .today = clock_today()}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *bits |= (unsigned)rows.at[i].can;
    }
    return OK;
}

struct err access_can(struct db_read *db, int64_t record, int64_t post, unsigned can, bool *may) {
    unsigned bits = 0;
    *may = false;
    TRY(access_bits(db, record, post, &bits));
    *may = can != 0 && (bits & can) == can;
    return OK;
}

struct err access_require(struct db_read *db, int64_t record, int64_t post, unsigned can) {
    unsigned bits = 0;
    TRY(access_bits(db, record, post, &bits));
    if (!(bits & CAN_READ)) {
        return FAIL(ERR_MISSING, "the post may not read this record");
    }
    return (bits & can) == can ? OK : FAIL(ERR_DENIED, "the post may read, but not do this");
}

struct err access_wear(struct db_write *db, int64_t post, struct db_ids principals) {
    int64_t *keep = arena_take(db_write_arena(db), int64_t, principals.n + 1);
    keep[0] = post;
    for (size_t i = 0; i < principals.n; i++) {
        keep[i + 1] = principals.at[i];
    }
    TRY(access_wearer_delete_others(
        db, (struct access_wearer_delete_others_in){.post = post, .keep = {keep, principals.n + 1}}, NULL));
    for (size_t i = 0; i <= principals.n; i++) {
        TRY(access_wearer_add(db, (struct access_wearer_add_in){post, keep[i]}, NULL));
    }
    return OK;
}

struct err access_principals(struct db_read *db, int64_t post, struct access_ids *principals) {
    struct access_wearer_list_rows rows;
    *principals = (struct access_ids){0};
    TRY(access_wearer_list(db, (struct access_wearer_list_in){post}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), principals, rows.at[i].principal);
    }
    return OK;
}

struct err access_readers(struct db_read *db, int64_t record, struct access_ids *principals) {
    struct access_readers_of_rows rows;
    *principals = (struct access_ids){0};
    TRY(access_readers_of(db, (struct access_readers_of_in){.record = record, .today = clock_today()}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), principals, rows.at[i].principal);
    }
    return OK;
}

struct err access_posts(struct db_read *db, int64_t record, struct access_ids *posts) {
    struct access_posts_of_rows rows;
    *posts = (struct access_ids){0};
    TRY(access_posts_of(db, (struct access_posts_of_in){.record = record, .today = clock_today()}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), posts, rows.at[i].post);
    }
    return OK;
}

struct err access_posts_wearing(struct db_read *db, int64_t principal, struct access_ids *posts) {
    struct access_posts_of_principal_rows rows;
    TRY(access_posts_of_principal(db, (struct access_posts_of_principal_in){principal}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), posts, rows.at[i].post);
    }
    return OK;
}

struct err access_post_wears(struct db_read *db, int64_t post, int64_t principal, bool *does) {
    struct access_wearer_has_row *row = NULL;
    TRY(access_wearer_has(db, (struct access_wearer_has_in){.post = post, .principal = principal}, &row));
    *does = row != NULL || post == principal;
    return OK;
}
