/* SQLite's FTS5: title and text as columns weighed 2 to 1, rights by a join. */
#include "bench/peers/peers.h"
#include "base/str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { ASKERS = 4 };

struct handle {
    sqlite3 *db;
    sqlite3_stmt *put, *own, *ask[ASKERS];
};

static const struct peers_form forms[] = {
    {"8 rarest of both", 0, 0, 8, 0, ""},
    {"12 rarest of both", 0, 0, 12, 0, ""},
    {"16 rarest of both", 0, 0, 16, 0, ""},
    {"24 rarest of both", 0, 0, 24, 0, ""},
    {"words", -1, 0, 0, 0, ""},
    {"all of 3, or 8 of both", 0, 0, 8, 3, ""},
    {0},
};

static void run(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        peers_fail("FTS5", sqlite3_errmsg(db));
    }
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        peers_fail("FTS5", sqlite3_errmsg(db));
    }
    return s;
}

static void about(char *out, size_t most) {
    snprintf(out, most,
             "SQLite %s, FTS5 contentless, unicode61 remove_diacritics 0, optimised; bm25() (k1 1.2 b .75 are fixed), "
             "title 2.0 text 1.0; page cache 256 MB, mmap 2 GB; rights by a join after ranking",
             sqlite3_libversion());
}

static struct handle *file_open(const char *dir) {
    struct handle *h = calloc(1, sizeof *h);
    char path[4096];
    snprintf(path, sizeof path, "%s/fts5.db", dir);
    if (!h || sqlite3_open(path, &h->db) != SQLITE_OK) {
        peers_fail("FTS5", "cannot open its file");
    }
    run(h->db,
        "PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-262144; PRAGMA mmap_size=2147483648;"
        "PRAGMA temp_store=memory");
    return h;
}

static void *make(const char *dir) {
    struct handle *h = file_open(dir);
    run(h->db,
        "CREATE TABLE passage (id INTEGER PRIMARY KEY, list INTEGER NOT NULL);"
        "CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 0');"
        "BEGIN");
    h->put = prepare(h->db, "INSERT INTO words (rowid, title, body) VALUES (?1, ?2 || ' ' || ?3, ?4 || ' ' || ?5)");
    h->own = prepare(h->db, "INSERT INTO passage (id, list) VALUES (?1, ?2)");
    return h;
}

static void bind_text(sqlite3_stmt *s, int at, struct peers_text t) {
    sqlite3_bind_text(s, at, t.at, (int)t.len, SQLITE_STATIC);
}

static void put(void *handle, const struct peers_passage *p) {
    struct handle *h = handle;
    sqlite3_bind_int64(h->put, 1, p->id);
    bind_text(h->put, 2, p->title);
    bind_text(h->put, 3, p->title_pairs);
    bind_text(h->put, 4, p->text);
    bind_text(h->put, 5, p->pairs);
    sqlite3_bind_int64(h->own, 1, p->id);
    sqlite3_bind_int64(h->own, 2, p->right);
    if (sqlite3_step(h->put) != SQLITE_DONE || sqlite3_step(h->own) != SQLITE_DONE) {
        peers_fail("FTS5", sqlite3_errmsg(h->db));
    }
    sqlite3_reset(h->put);
    sqlite3_reset(h->own);
}

static void finish(void *handle) {
    struct handle *h = handle;
    sqlite3_finalize(h->put);
    sqlite3_finalize(h->own);
    run(h->db, "COMMIT; INSERT INTO words (words) VALUES ('optimize')");
    sqlite3_close(h->db);
    free(h);
}

static void *open_made(const char *dir, const struct peers_asker *askers, size_t n) {
    struct handle *h = file_open(dir);
    for (size_t i = 0; i < n && i < ASKERS; i++) {
        char sql[1024];
        int at = snprintf(sql, sizeof sql,
                          "SELECT words.rowid FROM words JOIN passage ON passage.id = words.rowid WHERE words MATCH ?1 "
                          "AND rank MATCH 'bm25(2.0, 1.0)' AND passage.list IN (-1");
        for (int list = 0; list < PEERS_RIGHTS; list++) {
            if (askers[i].may[list]) {
                at += snprintf(sql + at, sizeof sql - (size_t)at, ",%d", list);
            }
        }
        snprintf(sql + at, sizeof sql - (size_t)at, ") ORDER BY rank LIMIT %d", PEERS_TAKEN);
        h->ask[i] = prepare(h->db, sql);
    }
    return h;
}

static void ask(void *handle, const struct peers_asked *asked, const char *how, size_t asker,
                struct peers_found *found) {
    struct handle *h = handle;
    sqlite3_stmt *s = h->ask[asker];
    char text[16384];
    size_t at = 0;
    (void)how;
    for (size_t i = 0; i < asked->n; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\"%.*s\"",
                               i == 0          ? ""
                               : asked->is_all ? " AND "
                                               : " OR ",
                               STR_ARG(asked->terms[i].text));
    }
    sqlite3_bind_text(s, 1, text, (int)at, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW && found->n < PEERS_TAKEN) {
        found->at[found->n++] = (uint32_t)sqlite3_column_int64(s, 0);
    }
    sqlite3_reset(s);
}

const struct peers_engine peers_sqlite = {.name = "SQLite FTS5",
                                          .forms = forms,
                                          .about = about,
                                          .make = make,
                                          .put = put,
                                          .finish = finish,
                                          .open = open_made,
                                          .ask = ask};
