#include "tests/db.h"

#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/db/engine.h"
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"

/* A transaction that touches all that a deed of the office touches. */
static struct err deed(struct db_write *w) {
    int64_t job = 0;
    TRY(access_wear(w, 50, (struct db_ids){(int64_t[]){60, 61}, 2}));
    TRY(access_give(w, &(struct access_grant_new){.kind = S("x"), .record = 9, .principal = 60, .can = CAN_ACT}));
    TRY(audit_note(w, &(struct audit){.verb = S("x.do"), .record = 9}));
    TRY(job_add(w, &(struct job_new){.kind = S("steps"), .record = 9, .is_single = true}, &job));
    TRY(event_emit(w, &(struct event){.kind = S("x.done"), .record = 9}));
    return audit_note(w, &(struct audit){.verb = S("x.done"), .record = 9});
}

static struct err deed_committed(struct db *db, struct arena *arena, bool overlooks) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = deed(w);
    if (e.why && !overlooks) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct left {
    size_t wearers, readers;
    int64_t events, entries;
    size_t jobs;
};

static struct left what_is_left(struct db *db, struct arena *arena) {
    struct left left = {0};
    struct db_read *r;
    struct access_ids wearers = {0}, readers = {0};
    struct job_list jobs = {0};
    struct audit_report report = {0};
    struct err e = db_begin_read(db, arena, &r);
    if (!e.why) {
        CHECK(!access_principals(r, 50, &wearers).why && !access_readers(r, 9, &readers).why);
        CHECK(!event_last_id(r, &left.events).why && !job_list(r, 0, 0, 10, &jobs).why &&
              !audit_verify(r, &report).why);
        db_end_read(r);
    }
    CHECK(!e.why && report.is_sound);
    left.wearers = wearers.n;
    left.readers = readers.n;
    left.jobs = jobs.n;
    left.entries = report.entries;
    return left;
}

static bool is_nothing(struct left l) { return !l.wearers && !l.readers && !l.events && !l.entries && !l.jobs; }

static int fail_each_step(struct db *db, struct arena *arena, bool overlooks) {
    int failures = 0;
    for (int n = 1; n < 200; n++) {
        db_fail_after(db, n);
        struct err e = deed_committed(db, arena, overlooks);
        db_fail_after(db, 0);
        if (!e.why) {
            break;
        }
        failures++;
        CHECK(err_is(e, ERR_BROKEN));
        CHECK(is_nothing(what_is_left(db, arena)));
    }
    return failures;
}

TEST_DB("whichever of a deed's steps fails, no right, entry, event or job of it is left") {
    CHECK(fail_each_step(db, arena, false) > 12);
    struct left left = what_is_left(db, arena);
    CHECK(left.wearers == 3 && left.readers == 1 && left.events == 1 && left.entries == 2 && left.jobs == 1);
}

TEST_DB("a failed step that the caller overlooks still takes the deed back") {
    CHECK(fail_each_step(db, arena, true) > 12);
    CHECK(what_is_left(db, arena).entries == 2);
}
