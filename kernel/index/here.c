#include "kernel/index/here.h"
#include "base/arena.h"
#include "kernel/rights/access.h"
#include "kernel/db/db.h"

#include "base/banned.h"

struct err search_here(struct db_read *db, struct search_reader **reader) {
    static struct search_reader *opened;
    if (!opened) {
        TRY(search_reader_open(db_dir(db_of_read(db)), &opened));
    }
    *reader = opened;
    return OK;
}

struct err search_principals_of(struct db_read *db, int64_t post, struct search_principals *principals) {
    *principals = (struct search_principals){0};
    if (!post) {
        return OK;
    }
    struct access_ids ids = {0};
    TRY(access_principals(db, post, &ids));
    int64_t *all = arena_take(db_arena(db), int64_t, ids.n + 1);
    all[0] = SEARCH_EVERYBODY;
    for (size_t i = 0; i < ids.n; i++) {
        all[i + 1] = ids.at[i];
    }
    *principals = (struct search_principals){all, ids.n + 1};
    return OK;
}

struct err search_as(struct db_read *db, int64_t post, struct search_query *q, struct search_result *out) {
    struct search_reader *reader = NULL;
    TRY(search_here(db, &reader));
    TRY(search_principals_of(db, post, &q->principals));
    return search_query(reader, db_arena(db), q, out);
}
