#include <time.h>

#include "kernel/db/engine.h"
#include "kernel/db/memo.h"

#include "base/utf8.h"

#include "base/banned.h"

enum { FULL_US = 10 * 1000 * 1000, HELD_LONG_US = 20 * 1000, LET_IN_US = 4 * 1000 };

struct db_read {
    struct db *db;
    struct arena *arena;
    bool is_open;
};

struct before_hook {
    struct err (*run)(struct db_write *w, void *thing);
    void *thing;
};
struct after_hook {
    void (*run)(struct db *db, void *thing);
    void *thing;
};

struct kept {
    const void *key;
    void *thing;
};

struct db_write {
    struct db_read read;
    struct err broken; /* the first step that failed */
    bool is_ahead;
    struct db_actor actor;
    LIST(struct before_hook) before;
    LIST(struct after_hook) after;
    LIST(struct kept) kept;
};

extern const struct db_query __start_db_queries[], __stop_db_queries[];
const struct db_query *db_queries_begin(void) { return __start_db_queries; }
const struct db_query *db_queries_end(void) { return __stop_db_queries; }

static void close_at_end(void *db) { db_close(db); }

/* is_looked_at: nothing is written, beside it neither; is_to_be_there: none is made. */
static struct err open_any(struct arena *arena, const struct db *how, struct str where, struct db **out) {
    struct db *db = arena_take(arena, struct db, 1);
    *db = *how;
    db->arena = arena;
    db->where = str_copy(arena, where);
    db->dir = S("");
    *out = NULL;
    TRY(db_is_postgres(db) ? db_pg_open(db) : db_sqlite_open(db));
    arena_on_reset(arena, close_at_end, db);
    *out = db;
    return OK;
}

struct err db_open(struct arena *arena, struct str where, struct db **db) {
    return open_any(arena, &(struct db){0}, where, db);
}

struct err db_open_looking(struct arena *arena, struct str where, struct db **db) {
    return open_any(arena, &(struct db){.is_looked_at = true}, where, db);
}

struct err db_open_there(struct arena *arena, struct str where, struct db **db) {
    return open_any(arena, &(struct db){.is_to_be_there = true}, where, db);
}

void db_close(struct db *db) {
    if (db && !db->is_closed) {
        db->is_closed = true;
        db->engine->close(db);
        db_memo_free(db->memo);
        db->memo = NULL;
    }
}

bool db_is_postgres(const struct db *db) {
    return str_starts(db->where, S("postgresql://")) || str_starts(db->where, S("postgres://"));
}
struct str db_where(const struct db *db) {
    return db->where;
}
void db_dir_set(struct db *db, struct str dir) { db->dir = str_copy(db->arena, dir); }
struct str db_dir(const struct db *db) {
    return db->dir;
}
void db_deadline_set(struct db *db, int64_t at_us) { db->deadline_us = at_us; }
void db_guard_set(struct db *db, struct err (*guard)(struct arena *arena)) { db->guard = guard; }
bool db_was_full(const struct db *db) { return db->full_at_us && clock_monotonic_us() - db->full_at_us < FULL_US; }

struct err db_stands(struct db *db, struct arena *arena) {
    TRY(db->engine->stands ? db->engine->stands(db, arena) : OK);
    return db->guard ? db->guard(arena) : OK;
}

void db_fail_after(struct db *db, int n) { db->fail_after = n; }
int64_t db_steps(const struct db *db) { return db->steps; }

/* Every step passes here, so that a test can make any of them fail. */
static struct err step(struct db *db) {
    db->steps++;
    if (db->fail_after && --db->fail_after == 0) {
        return FAIL(ERR_BROKEN, "failed on purpose");
    }
    return OK;
}

static void drop_snapshot(struct db *db) {
    if (db->has_snapshot) {
        db->has_snapshot = false;
        db->is_kept = false;
        db->is_spoiled = false;
        db->engine->rollback(db);
    }
}

struct err db_scrub(struct db *db, struct arena *arena) {
    if (db->writer || db->readers) {
        return FAIL(ERR_BROKEN, "files are scrubbed between transactions");
    }
    return db->engine->scrub(db, arena);
}

void db_turn_begin(struct db *db) {
    if (!db->memo) {
        db->memo = db_memo_new();
    }
    db->in_turn = true;
}

void db_turn_end(struct db *db) {
    db->in_turn = false;
    if (db->readers == 0) {
        drop_snapshot(db);
    }
}

struct err db_begin_read(struct db *db, struct arena *arena, struct db_read **r) {
    *r = NULL;
    if (db->writer) {
        return FAIL(ERR_BROKEN, "a read begins inside a write: use db_reading");
    }
    TRY(step(db));
    if (!db->has_snapshot) {
        db->has_moved = true;
        TRY(db->engine->begin(db, arena, DB_BEGIN_READ));
        db->has_snapshot = true;
        db->is_kept = db->in_turn;
        if (db->is_kept && db->has_moved) {
            db_memo_clear(db->memo);
        }
    }
    db->readers++;
    *r = arena_take(arena, struct db_read, 1);
    **r = (struct db_read){.db = db, .arena = arena, .is_open = true};
    return OK;
}

void db_end_read(struct db_read *r) {
    if (!r || !r->is_open) {
        return;
    }
    r->is_open = false;
    r->db->readers--;
    if (r->db->readers == 0 && (!r->db->in_turn || r->db->is_spoiled)) {
        drop_snapshot(r->db);
    }
}

/* Who can wait and has just kept others out for long leaves the door open for a moment: people only try it. */
static void let_in(struct db *db) {
    int64_t rest = db->freed_us + LET_IN_US - clock_monotonic_us();
    if (db->held_us > HELD_LONG_US && rest > 0) {
        nanosleep(&(struct timespec){.tv_nsec = rest * 1000}, NULL);
    }
}

static void ended(struct db *db) {
    db->freed_us = clock_monotonic_us();
    db->held_us = db->freed_us - db->begun_us;
}

static struct err begin_write(struct db *db, struct arena *arena, enum db_begin how, struct db_write **w) {
    *w = NULL;
    if (db->writer) {
        return FAIL(ERR_BROKEN, "a write begins inside a write");
    }
    if (db->readers) {
        return FAIL(ERR_BROKEN, "a write begins while a read handle is open");
    }
    TRY(step(db));
    drop_snapshot(db);
    db->is_taken = false;
    if (how == DB_BEGIN_WRITE) {
        let_in(db);
    }
    TRY(db->engine->begin(db, arena, how));
    if (db->is_taken) {
        return OK;
    }
    db->begun_us = clock_monotonic_us();
    db_memo_clear(db->memo);
    *w = arena_take(arena, struct db_write, 1);
    **w = (struct db_write){.read = {.db = db, .arena = arena, .is_open = true}, .actor = {.ip = S("")}};
    db->writer = *w;
    return OK;
}

struct err db_begin_write(struct db *db, struct arena *arena, struct db_write **w) {
    return begin_write(db, arena, DB_BEGIN_WRITE, w);
}

struct err db_try_write(struct db *db, struct arena *arena, struct db_write **w) {
    return begin_write(db, arena, DB_BEGIN_WRITE_AT_ONCE, w);
}

void db_rollback(struct db_write *w) {
    if (w && w->read.is_open) {
        w->read.is_open = false;
        w->read.db->writer = NULL;
        w->read.db->engine->rollback(w->read.db);
        ended(w->read.db);
    }
}

static struct err commit(struct db_write *w) {
    struct db *db = w->read.db;
    for (size_t i = 0; i < w->before.n && !w->broken.why; i++) {
        TRY(w->before.at[i].run(w, w->before.at[i].thing));
    }
    TRY(w->broken);
    TRY(step(db));
    /* Written into a file that no path leads to, an act would be acknowledged and lost. */
    TRY(db_stands(db, w->read.arena));
    TRY(db->engine->commit(db, w->read.arena));
    db->full_at_us = 0;
    return OK;
}

struct err db_commit(struct db_write *w) {
    struct db *db = w->read.db;
    struct err e = commit(w);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    w->read.is_open = false;
    db->writer = NULL;
    ended(db);
    for (size_t i = 0; i < w->after.n; i++) {
        w->after.at[i].run(db, w->after.at[i].thing);
    }
    return OK;
}

struct db_read *db_reading(struct db_write *w) {
    return &w->read;
}
struct arena *db_arena(struct db_read *r) {
    return r->arena;
}
struct arena *db_write_arena(struct db_write *w) {
    return w->read.arena;
}
struct db *db_of_read(struct db_read *r) {
    return r->db;
}
struct db *db_of_write(struct db_write *w) {
    return w->read.db;
}
void db_write_ahead(struct db_write *w) { w->is_ahead = true; }
void db_actor_set(struct db_write *w, const struct db_actor *actor) { w->actor = *actor; }
const struct db_actor *db_actor(const struct db_write *w) { return &w->actor; }

void *db_kept(const struct db_write *w, const void *key) {
    for (size_t i = 0; i < w->kept.n; i++) {
        if (w->kept.at[i].key == key) {
            return w->kept.at[i].thing;
        }
    }
    return NULL;
}

void db_keep(struct db_write *w, const void *key, void *thing) {
    for (size_t i = 0; i < w->kept.n; i++) {
        if (w->kept.at[i].key == key) {
            w->kept.at[i].thing = thing;
            return;
        }
    }
    LIST_ADD(w->read.arena, &w->kept, (struct kept){key, thing});
}

void db_before_commit(struct db_write *w, struct err (*hook)(struct db_write *w, void *thing), void *thing) {
    for (size_t i = 0; i < w->before.n; i++) {
        if (w->before.at[i].run == hook && w->before.at[i].thing == thing) {
            return;
        }
    }
    LIST_ADD(w->read.arena, &w->before, (struct before_hook){hook, thing});
}

void db_after_commit(struct db_write *w, void (*hook)(struct db *db, void *thing), void *thing) {
    for (size_t i = 0; i < w->after.n; i++) {
        if (w->after.at[i].run == hook && w->after.at[i].thing == thing) {
            return;
        }
    }
    LIST_ADD(w->read.arena, &w->after, (struct after_hook){hook, thing});
}

struct err db_has_table(struct db_read *r, const char *table, bool *has) {
    return r->db->engine->has_table(r->db, r->arena, table, has);
}

void *db_row_push(struct db_run *run) {
    size_t size = run->q->row_size;
    run->rows.at = list_grow(run->arena, run->rows.at, run->rows.n, size);
    return (char *)run->rows.at + size * run->rows.n++;
}

struct err db_text_check(struct arena *arena, const struct db_query *q, const struct db_field *f, struct str text) {
    if (utf8_valid(text) && str_find(text, (struct str){"", 1}, 0) == SIZE_MAX) {
        return OK;
    }
    return FAIL_WITH(arena, ERR_INVALID, "%s: %s is not text in UTF-8", q->name, f->name);
}

/* A read of a turn that asked the same before, while the database stands still, gets the same rows. */
static struct err run_or_remember(struct db *db, struct db_run *run) {
    struct db_memo_key key;
    if (!db->is_kept || !db_memo_key(run, &key)) {
        return db->engine->run(db, run);
    }
    if (!db_memo_find(db->memo, &key, run)) {
        TRY(db->engine->run(db, run));
        db_memo_put(db->memo, &key, run);
    }
    return OK;
}

static struct err run_checked(struct db_read *r, struct db_run *run) {
    struct db *db = r->db;
    if (!r->is_open) {
        return FAIL(ERR_BROKEN, "a query on a handle that was closed");
    }
    bool in_write = db->writer && r == &db->writer->read;
    if ((run->q->flags & DB_WRITES) && !in_write) {
        return FAIL(ERR_BROKEN, "a writing query on a reading handle");
    }
    TRY(in_write ? db->writer->broken : OK);
    if (!in_write && db->deadline_us && clock_monotonic_us() > db->deadline_us) {
        return FAIL_WITH(run->arena, ERR_BUSY, "%s: the reading took too long", run->q->name);
    }
    struct err e = step(db);
    if (!e.why) {
        e = run_or_remember(db, run);
    }
    db->is_spoiled |= e.why && !in_write;
    if (e.why && in_write) {
        db->writer->broken = e;
    }
    return e;
}

struct err db_one(struct db_read *r, const struct db_query *q, const void *in, void **row) {
    struct db_run run = {.q = q, .in = in, .arena = r->arena, .is_one = true};
    struct err e = run_checked(r, &run);
    *row = run.rows.n ? run.rows.at : NULL;
    return e;
}

struct err db_many(struct db_read *r, const struct db_query *q, const void *in, struct db_rows *rows) {
    struct db_run run = {.q = q, .in = in, .arena = r->arena};
    struct err e = run_checked(r, &run);
    *rows = e.why ? (struct db_rows){NULL, 0} : run.rows;
    return e;
}

struct err db_exec(struct db_write *w, const struct db_query *q, const void *in, int64_t *changed) {
    struct db_run run = {.q = q, .in = in, .arena = w->read.arena, .is_ahead = w->is_ahead && !changed && !q->n_out};
    struct err e = run_checked(&w->read, &run);
    if (changed) {
        *changed = run.changed;
    }
    return e;
}

struct err db_script(struct db_write *w, const char *sql) {
    TRY(w->broken);
    struct db *db = w->read.db;
    struct err e = step(db);
    if (!e.why) {
        e = db->engine->script(db, w->read.arena, sql);
    }
    w->broken = e;
    return e;
}
