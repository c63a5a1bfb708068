#include "tests/db.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/audit.h"
#include "kernel/rights/audit_queries.h"
#include "kernel/queue/event.h"
#include "kernel/queue/event_queries.h"
#include "kernel/db/wake.h"

static struct err emit(struct db *db, struct arena *arena, const char *kind, int64_t record, bool keep) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = event_emit(w, &(struct event){.kind = str_of(kind), .record = record});
    if (e.why || !keep) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* A listener whose doing can be counted, and is undone with its transaction. */
static struct err hear_and_note(struct db_write *db, const struct event *e) {
    return audit_note(db, &(struct audit){.verb = e->kind, .record = e->record});
}
static struct err hear_and_fail(struct db_write *db, const struct event *e) {
    TRY(hear_and_note(db, e));
    return e->record == 2 ? FAIL(ERR_BROKEN, "cannot hear this one") : OK;
}

static int64_t noted(struct db *db, struct arena *arena, int64_t record) {
    struct db_read *r;
    struct audit_read_rows rows = {0};
    int64_t n = 0;
    if (!db_begin_read(db, arena, &r).why) {
        err_ignore(audit_read(r, (struct audit_read_in){0, 100000}, &rows));
        db_end_read(r);
    }
    for (size_t i = 0; i < rows.n; i++) {
        n += record == 0 || rows.at[i].record == record;
    }
    return n;
}

static void deliver_all(struct db *db, struct arena *arena, const struct event_listener *listeners, size_t n) {
    for (bool more = true; more;) {
        CHECK_OK(event_deliver(db, arena, listeners, n, &more));
    }
}

TEST_DB("an event is heard once by those whose pattern it fits, in order; a rolled back one never") {
    static const struct event_listener listeners[] = {{"exact", "a.one", hear_and_note},
                                                      {"all of a", "a.*", hear_and_note}};
    CHECK_OK(emit(db, arena, "a.one", 1, true));
    CHECK_OK(emit(db, arena, "a.two", 2, true));
    CHECK_OK(emit(db, arena, "b.one", 3, true));
    CHECK_OK(emit(db, arena, "a.one", 4, false));
    deliver_all(db, arena, listeners, 2);
    deliver_all(db, arena, listeners, 2);
    CHECK(noted(db, arena, 0) == 3 && noted(db, arena, 1) == 2 && noted(db, arena, 2) == 1);
}

TEST_DB("a listener that fails is tried again after growing pauses, then the event is set aside, to be heard again at "
        "will") {
    static const struct event_listener failing[] = {{"failing", "*", hear_and_fail}};
    static const struct event_listener mended[] = {{"failing", "*", hear_and_note}};
    CHECK_OK(emit(db, arena, "a.one", 2, true));
    CHECK_OK(emit(db, arena, "a.one", 3, true));
    struct instant now = clock_now();
    bool more;
    int rounds = 0;
    for (; rounds < 50 && noted(db, arena, 3) == 0; rounds++) {
        now.ms += 60000;
        clock_freeze(now);
        err_ignore(event_deliver(db, arena, failing, 1, &more));
    }
    clock_freeze((struct instant){0});
    CHECK(rounds >= EVENT_TRIES && rounds < 40);
    CHECK(noted(db, arena, 2) == 0 && noted(db, arena, 3) == 1);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct event_parked_list_rows parked;
    CHECK_OK(event_parked_list(db_reading(w), (struct event_parked_list_in){.before = INT64_MAX, .most = 10}, &parked));
    CHECK_OR_RETURN(parked.n == 1);
    CHECK_STR(parked.at[0].fault, S("cannot hear this one"));
    CHECK_OK(event_retry(w, parked.at[0].id.v));
    CHECK_OK(db_commit(w));
    clock_freeze((struct instant){now.ms + 60000});
    err_ignore(event_deliver(db, arena, mended, 1, &more));
    clock_freeze((struct instant){0});
    CHECK(noted(db, arena, 2) == 1 && noted(db, arena, 3) == 1);
}

TEST_DB("a page that lost its line reads on from the last event it had, or is told that it cannot") {
    for (int i = 1; i <= 5; i++) {
        CHECK_OK(emit(db, arena, "a.one", i, true));
    }
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct event_list events;
    bool complete = false;
    CHECK_OK(event_after(db_reading(w), 3, 10, &events, &complete));
    CHECK(complete && events.n == 2 && events.at[0].id == 4 && events.at[0].record == 4);
    int64_t pruned = 0;
    CHECK_OK(event_prune(w, (struct instant){clock_now().ms + 1000}, &pruned));
    CHECK(pruned == 4);
    CHECK_OK(event_after(db_reading(w), 3, 10, &events, &complete));
    CHECK(!complete);
    CHECK_OK(db_commit(w));
    CHECK_OK(emit(db, arena, "a.one", 6, true));
    struct db_read *r;
    int64_t last = 0;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(event_last_id(r, &last));
    db_end_read(r);
    CHECK(last == 6);
}

TEST_DB("an event is seen by those who may read its record, or by the one it is for") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct db_read *r = db_reading(w);
    CHECK_OK(access_wear(w, 50, (struct db_ids){(int64_t[]){60}, 1}));
    CHECK_OK(access_wear(w, 51, (struct db_ids){NULL, 0}));
    CHECK_OK(access_give(w, &(struct access_grant_new){.kind = S("x"), .record = 9, .principal = 60, .can = CAN_READ}));
    struct event about = {.record = 9}, to_one = {.record = 9, .to = 51}, to_none = {0};
    struct access_ids posts;
    bool may = false, other = true;
    CHECK_OK(event_may_see(r, &about, 50, &may));
    CHECK_OK(event_may_see(r, &about, 51, &other));
    CHECK(may && !other);
    CHECK_OK(event_may_see(r, &to_one, 51, &may));
    CHECK_OK(event_may_see(r, &to_one, 50, &other));
    CHECK(may && !other);
    CHECK_OK(event_may_see(r, &to_none, 50, &other));
    CHECK(!other);
    CHECK_OK(event_audience(r, &about, &posts));
    CHECK(posts.n == 1 && posts.at[0] == 50);
    db_rollback(w);
}

static const struct event_listener counting[] = {{"counting", "a.*", hear_and_note},
                                                 {"counting too", "*", hear_and_note}};

static pid_t deliverer(struct db *db) {
    pid_t child = fork();
    if (child == 0) {
        struct arena *own = arena_new();
        struct db *mine = NULL;
        volatile sig_atomic_t stop = 0;
        if (!db_open(own, db_where(db), &mine).why) {
            db_dir_set(mine, db_dir(db));
            event_deliver_loop(mine, counting, 2, &stop);
        }
        _exit(0);
    }
    return child;
}

TEST_DB("deliverers killed at any instant leave no event unheard, and none heard twice") {
    enum { EVENTS = 60 };
    for (int i = 1; i <= EVENTS; i++) {
        CHECK_OK(emit(db, arena, "a.one", i, true));
    }
    pid_t a = deliverer(db), b = deliverer(db);
    for (int i = 0; i < 25; i++) {
        usleep(7000 + (unsigned)(i * 1543 % 30000));
        pid_t *one = i % 2 ? &a : &b;
        kill(*one, SIGKILL);
        waitpid(*one, NULL, 0);
        *one = deliverer(db);
    }
    kill(a, SIGKILL);
    kill(b, SIGKILL);
    waitpid(a, NULL, 0);
    waitpid(b, NULL, 0);
    clock_freeze((struct instant){clock_now().ms + 60000});
    deliver_all(db, arena, counting, 2);
    clock_freeze((struct instant){0});
    CHECK(noted(db, arena, 0) == 2 * EVENTS);
    bool each_twice = true;
    for (int i = 1; i <= EVENTS; i++) {
        each_twice = each_twice && noted(db, arena, i) == 2;
    }
    CHECK(each_twice);
}

TEST_DB("who waits is woken when an event is committed") {
    struct wake *wake = NULL;
    CHECK_OK(wake_open(arena, db, "event", &wake));
    CHECK(!wake_wait(wake, 0));
    CHECK_OK(emit(db, arena, "a.one", 1, false));
    CHECK(!wake_wait(wake, 0));
    CHECK_OK(emit(db, arena, "a.one", 1, true));
    CHECK(wake_wait(wake, 60000));
    CHECK(!wake_wait(wake, 0));
}
