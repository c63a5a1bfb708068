#include "tests/db.h"

#include "kernel/file/quota.h"

static struct err bring(struct db *db, struct arena *arena, int64_t person, int64_t bytes) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    db_actor_set(w, &(struct db_actor){.person = person});
    struct err e = quota_take(w, bytes);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("a person brings so many files and bytes a day, is told so at the field, and begins anew the next day") {
    quota_set(3, 1000);
    clock_freeze(date_at((struct date){2026, 11, 23}, 9, 0));
    CHECK_OK(bring(db, arena, 7, 600));
    struct err e = bring(db, arena, 7, 600);
    CHECK_ERR(e, ERR_INVALID);
    CHECK_STR(e.why->field, S("file"));
    CHECK_OK(bring(db, arena, 8, 600));
    CHECK_OK(bring(db, arena, 7, 100));
    CHECK_OK(bring(db, arena, 7, 100));
    CHECK_ERR(bring(db, arena, 7, 1), ERR_INVALID);
    CHECK_OK(bring(db, arena, 0, 100000));
    clock_freeze(date_at((struct date){2026, 11, 24}, 9, 0));
    CHECK_OK(bring(db, arena, 7, 600));
    clock_freeze((struct instant){0});
    quota_set(0, 0);
}
