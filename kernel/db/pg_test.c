#include "tests/db.h"

#include "kernel/db/engine.h"
#include "kernel/db/listen.h"
#include "kernel/db/db_queries.h"
#include "kernel/queue/event.h"
#include "kernel/db/wake.h"

static void cut_connections(struct db *db, struct arena *arena) {
    struct db *other;
    struct db_write *w;
    CHECK_OK(db_open(arena, db_where(db), &other));
    CHECK_OK(db_begin_write(other, arena, &w));
    CHECK_OK(db_script(
        w, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
           "pg_backend_pid()"));
    db_rollback(w);
    db_close(other);
}

static struct db_change_put_in one(void) { return (struct db_change_put_in){S("test"), S("one"), S("h"), clock_now()}; }

TEST("a connection lost between transactions is made anew without anybody noticing (PostgreSQL)") {
    struct db *db = test_db(arena, true);
    if (!db) {
        return;
    }
    struct db_read *r;
    struct db_change_list_rows rows;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(db_change_list(r, &rows));
    db_end_read(r);
    cut_connections(db, arena);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(db_change_list(r, &rows));
    db_end_read(r);
}

TEST("a connection lost inside a transaction makes it BUSY, and the next one works (PostgreSQL)") {
    struct db *db = test_db(arena, true);
    if (!db) {
        return;
    }
    struct db *other;
    struct db_read *r;
    struct db_write *w;
    CHECK_OK(db_open(arena, db_where(db), &other));
    CHECK_OK(db_begin_read(db, arena, &r));
    cut_connections(other, arena);
    struct db_change_list_rows rows;
    CHECK_ERR(db_change_list(r, &rows), ERR_BUSY);
    db_end_read(r);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_change_put(w, one(), NULL));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(db_script(w, "SELECT pg_terminate_backend(pg_backend_pid())"), ERR_BUSY);
    CHECK_ERR(db_commit(w), ERR_BUSY);
    CHECK_OK(db_begin_write(db, arena, &w));
    db_rollback(w);
}

TEST("another node is woken by an event (PostgreSQL)") {
    struct db *db = test_db(arena, true);
    if (!db) {
        return;
    }
    struct db *other;
    struct db_write *w;
    struct wake *wake;
    CHECK_OK(db_open(arena, db_where(db), &other));
    db_dir_set(other, test_dir(arena));
    CHECK_OK(wake_open(arena, other, "event", &wake));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(event_emit(w, &(struct event){.kind = S("a.one"), .record = 1}));
    CHECK(!wake_wait(wake, 0));
    CHECK_OK(db_commit(w));
    CHECK(wake_wait(wake, 60000));
    CHECK(!wake_wait(wake, 0));
}

TEST_DB("what the database refuses has one kind on both engines") {
    struct db_write *w;
    static const struct {
        const char *sql;
        enum err_kind kind;
    } wrong[] = {
        {"INSERT INTO access_grant (record, principal, kind, can) VALUES (1, 1, 'x', 0)", ERR_INVALID},
        {"INSERT INTO access_grant (record, principal, can) VALUES (1, 1, 1)", ERR_BROKEN},
        {"INSERT INTO db_change (part, name, hash, applied_at) VALUES ('db', 'tables', '', 0)", ERR_CONFLICT},
        {"INSERT INTO test_child (parent) VALUES (7)", ERR_INVALID},
        {"SELECT nothing FROM nowhere", ERR_BROKEN},
    };
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_script(w, "CREATE TABLE test_parent (id INTEGER PRIMARY KEY)"));
    CHECK_OK(db_script(w, "CREATE TABLE test_child (parent INTEGER REFERENCES test_parent (id))"));
    CHECK_OK(db_commit(w));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_OK(db_begin_write(db, arena, &w));
        struct err e = db_script(w, wrong[i].sql);
        CHECK(err_is(e, wrong[i].kind));
        db_rollback(w);
    }
}
