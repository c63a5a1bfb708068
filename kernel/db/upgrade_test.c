#include "tests/db.h"

#include <sys/wait.h>
#include <unistd.h>

#include "kernel/db/engine.h"
#include "kernel/db/db_queries.h"

#include "base/buf.h"

/* Yesterday's and today's tables of an invented part; the part of db_change itself is the program's own. */
static const struct db_statement old_table = {
    "thing", "CREATE TABLE thing_one (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
    "CREATE TABLE thing_one (id BIGINT PRIMARY KEY, name TEXT COLLATE \"C\" NOT NULL)", "thing.sql", 1};
static const struct db_statement new_tables[] = {
    {"thing", "CREATE TABLE thing_one (id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour TEXT) STRICT",
     "CREATE TABLE thing_one (id BIGINT PRIMARY KEY, name TEXT COLLATE \"C\" NOT NULL, colour TEXT COLLATE \"C\")",
     "thing.sql", 1},
    {"thing", "CREATE INDEX thing_one_name ON thing_one (name)", "CREATE INDEX thing_one_name ON thing_one (name)",
     "thing.sql", 2},
};
static const struct db_statement steps_1[] = {{"thing", "ALTER TABLE thing_one ADD COLUMN colour TEXT",
                                               "ALTER TABLE thing_one ADD COLUMN colour TEXT COLLATE \"C\"",
                                               "0001-colour.sql", 1}};
static const struct db_statement steps_2[] = {{"thing", "CREATE INDEX thing_one_name ON thing_one (name)",
                                               "CREATE INDEX thing_one_name ON thing_one (name)", "0002-index.sql", 1}};
static const struct db_statement steps_broken[] = {{"thing", "CREATE TABLE thing_two (id INTEGER PRIMARY KEY) STRICT",
                                                    "CREATE TABLE thing_two (id BIGINT PRIMARY KEY)", "0001-colour.sql",
                                                    1},
                                                   {"thing", "ALTER TABLE thing_none ADD COLUMN x TEXT",
                                                    "ALTER TABLE thing_none ADD COLUMN x TEXT", "0001-colour.sql", 2}};
static const struct db_change changes[] = {{"thing", "0001-colour", "add colour", steps_1, 1},
                                           {"thing", "0002-index", "add index", steps_2, 1}};
static const struct db_change changed_words[] = {{"thing", "0001-colour", "add colours", steps_1, 1},
                                                 {"thing", "0002-index", "add index", steps_2, 1}};
static const struct db_change broken[] = {{"thing", "0001-colour", "broken", steps_broken, 2}};

static struct db_tables with(struct arena *arena, const struct db_statement *more, size_t n, const struct db_change *c,
                             size_t n_changes) {
    LIST(struct db_statement) all = {0};
    for (size_t i = 0; i < db_tables.n; i++) {
        if (str_eq(str_of(db_tables.at[i].part), S("db"))) {
            LIST_ADD(arena, &all, db_tables.at[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        LIST_ADD(arena, &all, more[i]);
    }
    return (struct db_tables){all.at, all.n, c, n_changes};
}

static struct db *empty(struct arena *arena, bool is_postgres) {
    struct str where = test_where(arena, is_postgres, false);
    struct db *db = NULL;
    if (!where.len || db_open(arena, where, &db).why) {
        test_skip("no such database here");
        return NULL;
    }
    return db;
}

static bool script_works(struct db *db, struct arena *arena, const char *sql) {
    struct db_write *w;
    if (db_begin_write(db, arena, &w).why) {
        return false;
    }
    bool works = !db_script(w, sql).why;
    db_rollback(w);
    return works;
}

static void upgrades(struct arena *arena, struct db *db) {
    struct db_tables yesterday = with(arena, &old_table, 1, NULL, 0), today = with(arena, new_tables, 2, changes, 2);
    CHECK_OK(db_upgrade_to(db, arena, &yesterday));
    CHECK_OK(db_check_against(db, arena, &yesterday));
    CHECK_ERR(db_check_against(db, arena, &today), ERR_CONFLICT);
    CHECK(!script_works(db, arena, "INSERT INTO thing_one (id, name, colour) VALUES (1, 'a', 'b')"));
    struct str before, after, fresh;
    CHECK_OK(db_shape(db, arena, &before));
    CHECK_OK(db_upgrade_to(db, arena, &today));
    CHECK_OK(db_upgrade_to(db, arena, &today));
    struct db *fresh_db = empty(arena, db_is_postgres(db));
    CHECK_OR_RETURN(fresh_db);
    CHECK_OK(db_upgrade_to(fresh_db, arena, &today));
    CHECK_OK(db_shape(db, arena, &after));
    CHECK_OK(db_shape(fresh_db, arena, &fresh));
    CHECK_STR(after, fresh);
    CHECK(!str_eq(before, after));
    CHECK(script_works(db, arena, "INSERT INTO thing_one (id, name, colour) VALUES (1, 'a', 'b')"));
    /* The older program does not touch what it does not know. */
    CHECK_ERR(db_upgrade_to(db, arena, &yesterday), ERR_CONFLICT);
    struct db_tables rewritten = with(arena, new_tables, 2, changed_words, 2);
    CHECK_ERR(db_upgrade_to(db, arena, &rewritten), ERR_CONFLICT);
}
TEST("older tables are brought to today's, newer ones and rewritten changes refused (SQLite)") {
    struct db *db = empty(arena, false);
    if (db) {
        upgrades(arena, db);
    }
}
TEST("older tables are brought to today's, newer ones and rewritten changes refused (PostgreSQL)") {
    struct db *db = empty(arena, true);
    if (db) {
        upgrades(arena, db);
    }
}

static void broken_change(struct arena *arena, struct db *db) {
    struct db_tables yesterday = with(arena, &old_table, 1, NULL, 0), today = with(arena, new_tables, 2, broken, 1);
    CHECK_OK(db_upgrade_to(db, arena, &yesterday));
    CHECK(db_upgrade_to(db, arena, &today).why != NULL);
    CHECK(!script_works(db, arena, "INSERT INTO thing_two (id) VALUES (1)"));
    CHECK_OK(db_check_against(db, arena, &yesterday));
}
TEST("a change that fails half-way leaves nothing behind (SQLite)") {
    struct db *db = empty(arena, false);
    if (db) {
        broken_change(arena, db);
    }
}
TEST("a change that fails half-way leaves nothing behind (PostgreSQL)") {
    struct db *db = empty(arena, true);
    if (db) {
        broken_change(arena, db);
    }
}

static void all_at_once(struct arena *arena, bool is_postgres) {
    struct str where = test_where(arena, is_postgres, false);
    if (!where.len) {
        test_skip("no such database here");
        return;
    }
    pid_t nodes[4];
    for (int i = 0; i < 4; i++) {
        nodes[i] = fork();
        if (nodes[i] == 0) {
            struct arena *own = arena_new();
            struct db *db = NULL;
            struct err e = db_open(own, where, &db);
            if (!e.why) {
                e = db_upgrade(db, own);
            }
            _exit(e.why ? 1 : 0);
        }
    }
    for (int i = 0; i < 4; i++) {
        int status = 1;
        waitpid(nodes[i], &status, 0);
        CHECK(status == 0);
    }
    struct db *db;
    CHECK_OK(db_open(arena, where, &db));
    CHECK_OK(db_check(db, arena));
}
TEST("four nodes that start at once on an empty database make its tables once (SQLite)") { all_at_once(arena, false); }
TEST("four nodes that start at once on an empty database make its tables once (PostgreSQL)") {
    all_at_once(arena, true);
}

static bool is_first(const struct db_change *c) { return str_starts(str_of(c->name), S("0000")); }

/* The tables of the first release where there are such, otherwise today's: what a house that never changed has. */
static struct db_tables first_release(struct arena *arena) {
    LIST(struct db_statement) all = {0};
    for (size_t i = 0; i < db_tables.n; i++) {
        bool has_first = false;
        for (size_t n = 0; n < db_tables.n_changes; n++) {
            has_first = has_first || (is_first(&db_tables.changes[n]) &&
                                      str_eq(str_of(db_tables.changes[n].part), str_of(db_tables.at[i].part)));
        }
        if (!has_first) {
            LIST_ADD(arena, &all, db_tables.at[i]);
        }
    }
    for (size_t n = 0; n < db_tables.n_changes; n++) {
        for (size_t i = 0; is_first(&db_tables.changes[n]) && i < db_tables.changes[n].n; i++) {
            LIST_ADD(arena, &all, db_tables.changes[n].at[i]);
        }
    }
    return (struct db_tables){all.at, all.n, NULL, 0};
}

static void old_and_changes(struct arena *arena, bool is_postgres) {
    struct str where = test_where(arena, is_postgres, false), fresh = test_where(arena, is_postgres, true);
    struct db *old_db, *fresh_db;
    if (!where.len || !fresh.len) {
        test_skip("no such database here");
        return;
    }
    struct db_tables first = first_release(arena);
    CHECK_OK(db_open(arena, where, &old_db));
    CHECK_OK(db_open(arena, fresh, &fresh_db));
    CHECK_OK(db_upgrade_to(old_db, arena, &first));
    CHECK_OK(db_upgrade(old_db, arena));
    struct str old_words, fresh_words;
    CHECK_OK(db_shape(old_db, arena, &old_words));
    CHECK_OK(db_shape(fresh_db, arena, &fresh_words));
    CHECK(fresh_words.len > 1000);
    CHECK_STR(old_words, fresh_words);
}
TEST("fresh tables are the first release's with all changes (SQLite)") { old_and_changes(arena, false); }
TEST("fresh tables are the first release's with all changes (PostgreSQL)") { old_and_changes(arena, true); }
