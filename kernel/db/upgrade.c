/* Makes the tables, and brings older ones to today's. Each change is one transaction under the writer's lock,
   looked up again inside it, so of several nodes that start at once one applies it and the others find it done. */
#include <sodium.h>
#include <time.h>

#include "kernel/db/engine.h"
#include "kernel/db/db_queries.h"

#include "base/buf.h"
#include "base/log.h"

#include "base/banned.h"

enum { WAIT_ATTEMPTS = 24 }; /* of five seconds each: another node may be making a long change */

struct upgrade {
    struct db *db;
    struct arena *arena;
    const struct db_tables *tables;
    struct db_change_list_rows done;
};

static struct str hex(struct arena *a, const unsigned char *hash) {
    char *z = arena_take(a, char, crypto_hash_sha256_BYTES * 2 + 1);
    sodium_bin2hex(z, crypto_hash_sha256_BYTES * 2 + 1, hash, crypto_hash_sha256_BYTES);
    return str_of(z);
}

static struct str hash_of(struct arena *a, struct str text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)text.at, text.len);
    return hex(a, hash);
}

/* Of a part's tables as SQLite reads them, so that comments and layout do not count. */
static struct str part_hash(const struct upgrade *u, struct str part) {
    struct buf b = buf_in(u->arena);
    for (size_t i = 0; i < u->tables->n; i++) {
        const struct db_statement *s = &u->tables->at[i];
        if (str_eq(str_of(s->part), part)) {
            buf_put(&b, str_of(s->sqlite));
            buf_put(&b, S(";"));
            buf_put(&b, str_of(s->postgres));
        }
    }
    return hash_of(u->arena, buf_str(&b));
}

static const struct db_change_list_row *done_find(const struct upgrade *u, struct str part, struct str name) {
    for (size_t i = 0; i < u->done.n; i++) {
        if (str_eq(u->done.at[i].part, part) && str_eq(u->done.at[i].name, name)) {
            return &u->done.at[i];
        }
    }
    return NULL;
}

static bool is_first_release(const struct db_change *c) { return str_starts(str_of(c->name), S("0000")); }

static struct err run_statement(struct upgrade *u, struct db_write *w, const struct db_statement *s) {
    const char *sql = db_is_postgres(u->db) ? s->postgres : s->sqlite;
    if (!sql) {
        return OK;
    }
    struct err e = db_script(w, sql);
    if (e.why) {
        return FAIL_WITH(u->arena, e.why->kind, "%s:%d: %.*s", s->file, s->line, STR_ARG(e.why->detail));
    }
    return OK;
}

static struct err mark_done(struct upgrade *u, struct db_write *w, struct str part, struct str name, struct str hash) {
    (void)u;
    return db_change_put(w, (struct db_change_put_in){part, name, hash, clock_now()}, NULL);
}

static struct err done_read(struct upgrade *u, struct db_read *r) {
    bool has = false;
    u->done = (struct db_change_list_rows){0};
    TRY(u->db->engine->has_table(u->db, u->arena, "db_change", &has));
    return has ? db_change_list(r, &u->done) : OK;
}

/* Inside the transaction: the tables of every part that has none yet. All its changes count as applied. */
static struct err make_missing(struct upgrade *u, struct db_write *w, bool *made) {
    TRY(done_read(u, db_reading(w)));
    for (size_t i = 0; i < u->tables->n; i++) {
        const struct db_statement *s = &u->tables->at[i];
        if (!done_find(u, str_of(s->part), S("tables"))) {
            TRY(run_statement(u, w, s));
            *made = true;
        }
    }
    struct str last = S("");
    for (size_t i = 0; i < u->tables->n; i++) {
        struct str part = str_of(u->tables->at[i].part);
        if (!str_eq(part, last) && !done_find(u, part, S("tables"))) {
            TRY(mark_done(u, w, part, S("tables"), part_hash(u, part)));
        }
        last = part;
    }
    for (size_t i = 0; i < u->tables->n_changes; i++) {
        const struct db_change *c = &u->tables->changes[i];
        if (!done_find(u, str_of(c->part), S("tables")) && !is_first_release(c)) {
            TRY(mark_done(u, w, str_of(c->part), str_of(c->name), hash_of(u->arena, str_of(c->source))));
        }
    }
    return OK;
}

static bool is_last_of_part(const struct upgrade *u, const struct db_change *c) {
    for (const struct db_change *n = c + 1; n < u->tables->changes + u->tables->n_changes; n++) {
        if (str_eq(str_of(n->part), str_of(c->part))) {
            return false;
        }
    }
    return true;
}

static struct err apply(struct upgrade *u, struct db_write *w, const struct db_change *c, bool *applied) {
    TRY(done_read(u, db_reading(w)));
    struct str part = str_of(c->part), hash = hash_of(u->arena, str_of(c->source));
    const struct db_change_list_row *done = done_find(u, part, str_of(c->name));
    if (done) {
        return str_eq(done->hash, hash)
                   ? OK
                   : FAIL_WITH(u->arena, ERR_CONFLICT, "%s/%s was applied with other words than it has now", c->part,
                               c->name);
    }
    if (!db_is_postgres(u->db)) {
        TRY(db_script(w, "PRAGMA defer_foreign_keys = ON"));
    }
    for (size_t i = 0; i < c->n; i++) {
        TRY(run_statement(u, w, &c->at[i]));
    }
    *applied = true;
    TRY(mark_done(u, w, part, str_of(c->name), hash));
    return is_last_of_part(u, c) ? mark_done(u, w, part, S("tables"), part_hash(u, part)) : OK;
}

/* change NULL: make what is missing. */
static struct err in_transaction(struct upgrade *u, const struct db_change *change) {
    struct db_write *w = NULL;
    struct err e = OK;
    for (int i = 0; i < WAIT_ATTEMPTS; i++) {
        e = db_begin_write(u->db, u->arena, &w);
        if (!err_is(e, ERR_BUSY)) {
            break;
        }
    }
    TRY(e);
    bool did = false;
    e = change ? apply(u, w, change, &did) : make_missing(u, w, &did);
    if (e.why || !did) {
        db_rollback(w);
        return e;
    }
    TRY(db_commit(w));
    log_line(LOG_INFO, "tables: %s%s%s", change ? change->part : "made", change ? "/" : "", change ? change->name : "");
    return OK;
}

static bool is_known(const struct db_tables *t, struct str part, struct str name) {
    for (size_t i = 0; i < t->n; i++) {
        if (str_eq(name, S("tables")) && str_eq(str_of(t->at[i].part), part)) {
            return true;
        }
    }
    for (size_t i = 0; i < t->n_changes; i++) {
        if (str_eq(str_of(t->changes[i].part), part) && str_eq(str_of(t->changes[i].name), name)) {
            return true;
        }
    }
    return false;
}

static struct err compare(struct upgrade *u) {
    for (size_t i = 0; i < u->done.n; i++) {
        const struct db_change_list_row *d = &u->done.at[i];
        if (!is_known(u->tables, d->part, d->name)) {
            return FAIL_WITH(u->arena, ERR_CONFLICT,
                             "the tables are newer than this program: it does not know %.*s/%.*s", STR_ARG(d->part),
                             STR_ARG(d->name));
        }
    }
    for (size_t i = 0; i < u->tables->n; i++) {
        struct str part = str_of(u->tables->at[i].part);
        const struct db_change_list_row *d = done_find(u, part, S("tables"));
        if (!d || !str_eq(d->hash, part_hash(u, part))) {
            return FAIL_WITH(u->arena, ERR_CONFLICT,
                             "the tables of %.*s are not those of this program, and no change says how to get there",
                             STR_ARG(part));
        }
    }
    return OK;
}

struct err db_check_against(struct db *db, struct arena *arena, const struct db_tables *tables) {
    struct upgrade u = {.db = db, .arena = arena, .tables = tables};
    struct db_read *r = NULL;
    TRY(db_begin_read(db, arena, &r));
    struct err e = done_read(&u, r);
    db_end_read(r);
    TRY(e);
    return compare(&u);
}

/* Newer tables must be refused before anything is changed. */
static struct err refuse_newer(struct upgrade *u) {
    struct db_read *r = NULL;
    TRY(db_begin_read(u->db, u->arena, &r));
    struct err e = done_read(u, r);
    db_end_read(r);
    TRY(e);
    for (size_t i = 0; i < u->done.n; i++) {
        if (!is_known(u->tables, u->done.at[i].part, u->done.at[i].name)) {
            return compare(u);
        }
    }
    return OK;
}

struct err db_upgrade_to(struct db *db, struct arena *arena, const struct db_tables *tables) {
    struct upgrade u = {.db = db, .arena = arena, .tables = tables};
    TRY(refuse_newer(&u));
    TRY(in_transaction(&u, NULL));
    for (size_t i = 0; i < tables->n_changes; i++) {
        if (!is_first_release(&tables->changes[i])) {
            TRY(in_transaction(&u, &tables->changes[i]));
        }
    }
    return db_check_against(db, arena, tables);
}

struct err db_upgrade(struct db *db, struct arena *arena) {
    return db_upgrade_to(db, arena, &db_tables);
}
struct err db_check(struct db *db, struct arena *arena) {
    return db_check_against(db, arena, &db_tables);
}
