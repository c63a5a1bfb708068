#include "tests/db.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/num.h"
#include "kernel/rights/audit_queries.h"
#include "kernel/db/engine.h"
#include "kernel/db/pg.h"
#include "kernel/db/db_queries.h"
#include "kernel/http/http_queries.h"
#include "kernel/db/id.h"

TEST("every query of the program is prepared on PostgreSQL, and gives the types its rows have") {
    struct db *db = test_db(arena, true);
    if (!db) {
        return;
    }
    CHECK(db_queries_end() - db_queries_begin() > 5);
    for (const struct db_query *q = db_queries_begin(); q < db_queries_end(); q++) {
        unsigned types[256] = {0};
        struct err e = db_pg_describe(db, arena, q, types, 256);
        if (e.why) {
            test_failed(q->file, q->line, str_z(arena, e.why->detail));
            continue;
        }
        for (int i = 0; i < q->n_out; i++) {
            if (!pg_type_fits(types[i], &q->out[i])) {
                test_failed(q->file, q->line,
                            str_z(arena, str_format(arena, "%s: %s is read as another type than the server's %u",
                                                    q->name, q->out[i].name, types[i])));
            }
        }
    }
}

static struct db_change_put_in change(const char *name) {
    return (struct db_change_put_in){S("test"), str_of(name), S("h"), clock_now()};
}

static size_t changes(struct arena *arena, struct db *db) {
    struct db_read *r;
    struct db_change_list_rows rows = {0};
    if (!db_begin_read(db, arena, &r).why) {
        err_ignore(db_change_list(r, &rows));
        db_end_read(r);
    }
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        n += str_eq(rows.at[i].part, S("test"));
    }
    return n;
}

TEST_DB("what is committed is there, what is rolled back is not") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    int64_t changed = 0;
    CHECK_OK(db_change_put(w, change("một"), &changed));
    CHECK(changed == 1);
    db_rollback(w);
    CHECK(changes(arena, db) == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_change_put(w, change("một"), NULL));
    CHECK_OK(db_commit(w));
    CHECK(changes(arena, db) == 1);
}

TEST_DB("text, bytes, dates and instants come back as they went in") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct str bytes = {"\0\x01\xff'\\", 5};
    struct instant at = {1795388400123};
    CHECK_OK(audit_insert(w,
                          (struct audit_insert_in){.seq = 7,
                                                   .made_at = at,
                                                   .person = INT64_MAX,
                                                   .post = INT64_MIN,
                                                   .verb = S("Thử ' \" \\ — Đ"),
                                                   .kind = S(""),
                                                   .record = -1,
                                                   .digest = S(""),
                                                   .ip = S("::1"),
                                                   .prev_hash = bytes,
                                                   .hash = S("")},
                          NULL));
    CHECK_OK(audit_anchor_set(w, (struct audit_anchor_set_in){(struct date){2026, 2, 28}, 7, bytes}, NULL));
    struct audit_read_rows rows;
    CHECK_OK(audit_read(db_reading(w), (struct audit_read_in){0, 10}, &rows));
    CHECK_OR_RETURN(rows.n == 1);
    CHECK(rows.at[0].seq == 7 && rows.at[0].made_at.ms == at.ms && rows.at[0].person == INT64_MAX &&
          rows.at[0].post == INT64_MIN);
    CHECK_STR(rows.at[0].verb, S("Thử ' \" \\ — Đ"));
    CHECK_STR(rows.at[0].prev_hash, bytes);
    CHECK_STR(rows.at[0].hash, S(""));
    struct audit_anchors_rows anchors;
    CHECK_OK(audit_anchors(db_reading(w), &anchors));
    CHECK(anchors.n == 1 && date_is(anchors.at[0].day_on, (struct date){2026, 2, 28}));
    db_rollback(w);
}

TEST_DB("the same key twice is a conflict, and takes the whole transaction with it even when overlooked") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct audit_insert_in row = {.seq = 1, .made_at = {5}, .verb = S("a"), .hash = S("x"), .prev_hash = S("y")};
    CHECK_OK(audit_insert(w, row, NULL));
    CHECK_OK(db_change_put(w, change("a"), NULL));
    CHECK_ERR(audit_insert(w, row, NULL), ERR_CONFLICT);
    CHECK_ERR(db_change_put(w, change("b"), NULL), ERR_CONFLICT);
    CHECK_ERR(db_commit(w), ERR_CONFLICT);
    CHECK(changes(arena, db) == 0);
}

TEST_DB("text that is not UTF-8, or holds NUL, is refused on both") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(db_change_put(w, (struct db_change_put_in){{"a\0b", 3}, S("n"), S("h"), clock_now()}, NULL), ERR_INVALID);
    db_rollback(w);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(db_change_put(w, (struct db_change_put_in){S("\xC0\xAF"), S("n"), S("h"), clock_now()}, NULL),
              ERR_INVALID);
    db_rollback(w);
}

TEST_DB("a turn's reads share one snapshot, which a write of the same process ends") {
    struct db *other;
    CHECK_OK(db_open(arena, db_where(db), &other));
    struct db_write *w;
    db_turn_begin(db);
    CHECK(changes(arena, db) == 0);
    CHECK_OK(db_begin_write(other, arena, &w));
    CHECK_OK(db_change_put(w, change("a"), NULL));
    CHECK_OK(db_commit(w));
    CHECK(changes(arena, db) == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_change_put(w, change("b"), NULL));
    CHECK_OK(db_commit(w));
    CHECK(changes(arena, db) == 2);
    db_turn_end(db);
    CHECK(changes(arena, db) == 2);
    db_close(other);
}

TEST_DB("a writing query does not run on a reading handle") {
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    const struct db_query *writes = NULL;
    for (const struct db_query *q = db_queries_begin(); q < db_queries_end(); q++) {
        writes = q->flags & DB_WRITES && q->n_in == 1 ? q : writes;
    }
    struct instant in = {1};
    void *row;
    CHECK_ERR(db_one(r, writes, &in, &row), ERR_BROKEN);
    db_end_read(r);
    CHECK_ERR(db_one(r, writes, &in, &row), ERR_BROKEN);
}

static struct err write_three(struct arena *arena, struct db *db) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = db_change_put(w, change("a"), NULL);
    if (!e.why) {
        e = db_change_put(w, change("b"), NULL);
    }
    if (!e.why) {
        e = db_change_put(w, change("c"), NULL);
    }
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("whichever step fails, nothing of the transaction is left") {
    int failures = 0;
    for (int n = 1; n < 20; n++) {
        db_fail_after(db, n);
        struct err e = write_three(arena, db);
        db_fail_after(db, 0);
        if (!e.why) {
            break;
        }
        failures++;
        CHECK(changes(arena, db) == 0);
    }
    CHECK(failures == 5);
    CHECK(changes(arena, db) == 3);
}

/* Reads a number and writes the next one, in one transaction. */
static struct err count_up(struct db *db, struct arena *arena) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct db_change_list_rows rows;
    int64_t n = 0;
    struct err e = db_change_list(db_reading(w), &rows);
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.at[i].part, S("count")) && !num_read(rows.at[i].hash, &n)) {
            n = -1000000;
        }
    }
    if (!e.why) {
        struct str next = str_format(arena, "%lld", (long long)n + 1);
        e = db_change_put(w, (struct db_change_put_in){S("count"), S("up"), next, clock_now()}, NULL);
    }
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("four processes that count up at once lose no number") {
    enum { PROCESSES = 4, TIMES = 50 };
    pid_t children[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct arena *own = arena_new();
            struct db *mine = NULL;
            struct err e = db_open(own, db_where(db), &mine);
            for (int n = 0; n < TIMES && !e.why; n++) {
                do {
                    e = count_up(mine, own);
                } while (e.why && e.why->kind == ERR_BUSY); /* a slow disk held the others up for too long */
            }
            if (e.why) {
                log_fault(LOG_ERROR, "counting", e);
            }
            _exit(e.why ? 1 : 0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 1;
        waitpid(children[i], &status, 0);
        CHECK(status == 0);
    }
    struct db_read *r;
    struct db_change_list_rows rows;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(db_change_list(r, &rows));
    db_end_read(r);
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.at[i].part, S("count"))) {
            CHECK_STR(rows.at[i].hash, S("200"));
        }
    }
}

/* Keeps everybody else out again and again, until it is stopped. */
static void write_always(const struct db *db) {
    struct arena *own = arena_new();
    struct db *mine = NULL;
    struct db_write *w;
    if (!db_open(own, db_where(db), &mine).why) {
        for (;;) {
            if (!db_begin_write(mine, own, &w).why) {
                nanosleep(&(struct timespec){.tv_nsec = 25000000}, NULL);
                err_ignore(db_commit(w));
            }
        }
    }
    _exit(1);
}

TEST_DB("who only tries to write gets in while three others always write") {
    enum { OTHERS = 3, TRIES = 20000 };
    pid_t children[OTHERS];
    for (int i = 0; i < OTHERS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            write_always(db);
        }
    }
    int times = 0, refused = 0;
    for (int i = 0; i < TRIES && times < 5; i++) {
        struct db_write *w = NULL;
        CHECK_OK(db_try_write(db, arena, &w));
        if (w && refused) { /* not before the others have begun */
            times++;
        }
        refused += w == NULL;
        db_rollback(w);
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    for (int i = 0; i < OTHERS; i++) {
        kill(children[i], SIGKILL);
        waitpid(children[i], NULL, 0);
    }
    CHECK(times == 5);
}

TEST("ids grow, are never the same, and tell their time") {
    id_node(5);
    id_process(3);
    clock_freeze((struct instant){1795388400000});
    int64_t last = 0;
    for (int i = 0; i < 10000; i++) {
        int64_t id = id_new();
        CHECK_OR_RETURN(id > last);
        last = id;
    }
    clock_freeze((struct instant){1795388300000});
    CHECK(id_new() > last);
    CHECK(id_made_at(last).ms - 1795388400000 < 10 && id_made_at(last).ms >= 1795388400000);
    clock_freeze((struct instant){0});
    int64_t id;
    CHECK(id_read(S("9223372036854775807"), &id) && !id_read(S("0"), &id) && !id_read(S("-1"), &id) &&
          !id_read(S("1 "), &id) && !id_read(S("9223372036854775808"), &id));
}

TEST_DB(
    "bulk work is there in order, also for its own reads, and what is sent without waiting is there after the commit") {
    struct db_write *w;
    char name[16];
    CHECK_OK(db_begin_write(db, arena, &w));
    db_write_ahead(w);
    for (int i = 0; i < 700; i++) {
        snprintf(name, sizeof name, "n%d", i);
        CHECK_OK(db_change_put(w, change(str_z(arena, str_of(name))), NULL));
    }
    struct db_change_list_rows rows;
    CHECK_OK(db_change_list(db_reading(w), &rows));
    CHECK(rows.n >= 700);
    CHECK_OK(db_change_put(w, change("last"), NULL));
    CHECK_OK(db_commit(w));
    CHECK(changes(arena, db) == 701);
}

TEST_DB(
    "a fault in bulk work is said at the latest by the commit, nothing of it stays, and the next transaction works") {
    struct db_write *w;
    struct err e = OK;
    CHECK_OK(db_begin_write(db, arena, &w));
    db_write_ahead(w);
    CHECK_OK(db_change_put(w, change("before"), NULL));
    struct audit_insert_in row = {.seq = 1, .made_at = {5}, .verb = S("a"), .hash = S("x"), .prev_hash = S("y")};
    for (int i = 0; i < 3 && !e.why; i++) {
        e = audit_insert(w, row, NULL);
    }
    CHECK_ERR(db_commit(w), ERR_CONFLICT);
    CHECK(changes(arena, db) == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    db_write_ahead(w);
    CHECK_OK(db_change_put(w, change("dropped"), NULL));
    db_rollback(w);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_change_put(w, change("kept"), NULL));
    CHECK_OK(db_commit(w));
    CHECK(changes(arena, db) == 1);
}

TEST_DB("a read that is not done at its deadline is given up as busy, and what is read next is right") {
    struct http_slow_list_rows rows;
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_script(
        w, "INSERT INTO http_slow (route, times, worst_ms, slow_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
           "SELECT i + 1 FROM n WHERE i < 300000) SELECT 'r' || i, 1, 300000 - i, 5 FROM n"));
    CHECK_OK(db_commit(w));
    db_turn_begin(db);
    CHECK_OK(db_begin_read(db, arena, &r));
    db_deadline_set(db, clock_monotonic_us() + 1000);
    CHECK_ERR(http_slow_list(r, (struct http_slow_list_in){.after = {1}}, &rows), ERR_BUSY);
    db_deadline_set(db, clock_monotonic_us() - 1);
    CHECK_ERR(http_slow_list(r, (struct http_slow_list_in){.after = {2}}, &rows), ERR_BUSY);
    db_end_read(r);
    db_deadline_set(db, 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(http_slow_list(r, (struct http_slow_list_in){.after = {1}}, &rows));
    CHECK(rows.n == 20 && rows.at[0].worst_ms == 299999);
    db_end_read(r);
    db_turn_end(db);
}
