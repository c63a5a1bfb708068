/* PostgreSQL's full text: a tsvector of title (weight A) and text (weight D), GIN, ranked in the server. Its address
   comes by PEERS_PG. The vectors come ready made, so parsing is not charged to it. */
#include "base/str.h"
#include "bench/peers/peers.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { ASKERS = 4, VECTOR_MOST = 1 << 20, PLACE_MOST = 16383, LEXEMES_AT_ONCE = 250 };

struct handle {
    PGconn *db;
    char *line;
    size_t n;
    unsigned place;
    struct {
        char lists[512];
    } asker[ASKERS];
};

static const struct peers_form forms[] = {
    {"8 rarest of both, ts_rank", 0, 0, 8, 0, "ts_rank"},
    {"8 rarest of both, ts_rank_cd", 0, 0, 8, 0, "ts_rank_cd"},
    {"8 rarest of both, weighed one by one", 0, 0, 8, 0, NULL},
    {"12 rarest of both, weighed one by one", 0, 0, 12, 0, NULL},
    {"16 rarest of both, weighed one by one", 0, 0, 16, 0, NULL},
    {"all of 3, or 8 of both, ts_rank", 0, 0, 8, 3, "ts_rank"},
    {0},
};

static PGresult *run(struct handle *h, const char *sql) {
    PGresult *r = PQexec(h->db, sql);
    ExecStatusType is = PQresultStatus(r);
    if (is != PGRES_COMMAND_OK && is != PGRES_TUPLES_OK && is != PGRES_COPY_IN) {
        peers_fail("PostgreSQL", PQerrorMessage(h->db));
    }
    return r;
}

static struct handle *connect(void) {
    struct handle *h = calloc(1, sizeof *h);
    const char *address = getenv("PEERS_PG");
    if (!h || !address) {
        peers_fail("PostgreSQL", "PEERS_PG says no address");
    }
    h->db = PQconnectdb(address);
    if (PQstatus(h->db) != CONNECTION_OK) {
        peers_fail("PostgreSQL", PQerrorMessage(h->db));
    }
    return h;
}

static void about(char *out, size_t most) {
    struct handle *h = connect();
    PGresult *r = run(h, "SELECT current_setting('server_version'), current_setting('shared_buffers'), "
                         "current_setting('work_mem'), current_setting('jit'), "
                         "current_setting('max_parallel_workers_per_gather')");
    snprintf(
        out, most,
        "PostgreSQL %s, tsvector of our words (as 'simple' would make it), GIN without fastupdate, kept in the row "
        "uncompressed; shared_buffers %s, work_mem %s, jit %s, parallel workers %s; list = ANY (…)",
        PQgetvalue(r, 0, 0), PQgetvalue(r, 0, 1), PQgetvalue(r, 0, 2), PQgetvalue(r, 0, 3), PQgetvalue(r, 0, 4));
    PQclear(r);
    PQfinish(h->db);
    free(h);
}

static void *make(const char *dir) {
    struct handle *h = connect();
    (void)dir;
    h->line = malloc(VECTOR_MOST);
    PQclear(run(h, "SET client_min_messages = warning; DROP TABLE IF EXISTS passage"));
    PQclear(run(h, "CREATE UNLOGGED TABLE passage (id int NOT NULL, list int NOT NULL, words tsvector NOT NULL) "
                   "WITH (toast_tuple_target = 8160)"));
    PQclear(run(h, "ALTER TABLE passage ALTER COLUMN words SET STORAGE EXTERNAL"));
    PQclear(run(h, "COPY passage FROM STDIN"));
    return h;
}

static void lexemes(struct handle *h, struct peers_text t, const char *weight) {
    struct str rest = {t.at, t.len}, word;
    while (str_next(&rest, ' ', &word)) {
        if (word.len > 0 && h->n + word.len + 16 < VECTOR_MOST) {
            h->place += h->place < PLACE_MOST;
            h->n += (size_t)snprintf(h->line + h->n, VECTOR_MOST - h->n, " %.*s:%u%s", STR_ARG(word), h->place, weight);
        }
    }
}

static void put(void *handle, const struct peers_passage *p) {
    struct handle *h = handle;
    h->n = (size_t)snprintf(h->line, VECTOR_MOST, "%u\t%u\t", p->id, p->right);
    h->place = 0;
    lexemes(h, p->title, "A");
    lexemes(h, p->text, "");
    lexemes(h, p->title_pairs, "A");
    lexemes(h, p->pairs, "");
    h->line[h->n++] = '\n';
    if (PQputCopyData(h->db, h->line, (int)h->n) != 1) {
        peers_fail("PostgreSQL", PQerrorMessage(h->db));
    }
}

static void finish(void *handle) {
    struct handle *h = handle;
    if (PQputCopyEnd(h->db, NULL) != 1) {
        peers_fail("PostgreSQL", PQerrorMessage(h->db));
    }
    for (PGresult *r; (r = PQgetResult(h->db));) {
        if (PQresultStatus(r) != PGRES_COMMAND_OK) {
            peers_fail("PostgreSQL", PQerrorMessage(h->db));
        }
        PQclear(r);
    }
    PQclear(run(h, "SET maintenance_work_mem = '1GB'"));
    PQclear(run(h, "CREATE INDEX ON passage USING gin (words) WITH (fastupdate = off)"));
    PQclear(run(h, "VACUUM ANALYZE passage"));
}

static void *open_made(const char *dir, const struct peers_asker *askers, size_t n) {
    struct handle *h = connect();
    (void)dir;
    for (size_t i = 0; i < n && i < ASKERS; i++) {
        size_t at = (size_t)snprintf(h->asker[i].lists, sizeof h->asker[i].lists, "{-1");
        for (int list = 0; list < PEERS_RIGHTS; list++) {
            if (askers[i].may[list]) {
                at += (size_t)snprintf(h->asker[i].lists + at, sizeof h->asker[i].lists - at, ",%d", list);
            }
        }
        snprintf(h->asker[i].lists + at, sizeof h->asker[i].lists - at, "}");
    }
    return h;
}

/* The order: one rank of all, or of each term by itself times how rare it is, as ts_rank does not know that. */
static void put_order(const struct peers_asked *asked, const char *how, char *out, size_t most) {
    size_t at = 0;
    if (how) {
        snprintf(out, most, "%s('{.5, .5, .5, 1}', words, $1::tsquery, 1)", how);
        return;
    }
    for (size_t i = 0; i < asked->n; i++) {
        at += (size_t)snprintf(out + at, most - at, "%s%.3f * ts_rank('{.5, .5, .5, 1}', words, '%.*s')",
                               i ? " + " : "", asked->terms[i].weight, STR_ARG(asked->terms[i].text));
    }
}

static void ask(void *handle, const struct peers_asked *asked, const char *how, size_t asker,
                struct peers_found *found) {
    struct handle *h = handle;
    char text[8192] = "", order[16384] = "id", sql[16800];
    size_t at = 0;
    for (size_t i = 0; i < asked->n; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s",
                               i == 0          ? ""
                               : asked->is_all ? " & "
                                               : " | ",
                               STR_ARG(asked->terms[i].text));
    }
    put_order(asked, how, order, sizeof order);
    snprintf(
        sql, sizeof sql,
        "SELECT id FROM passage WHERE words @@ $1::tsquery AND list = ANY ($2::int[]) ORDER BY %s DESC, id LIMIT %d",
        order, PEERS_TAKEN);
    const char *values[] = {text, h->asker[asker].lists};
    PGresult *r = PQexecParams(h->db, sql, 2, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        peers_fail("PostgreSQL", PQerrorMessage(h->db));
    }
    for (int i = 0; i < PQntuples(r) && found->n < PEERS_TAKEN; i++) {
        found->at[found->n++] = (uint32_t)strtoul(PQgetvalue(r, i, 0), NULL, 10);
    }
    PQclear(r);
}

static int server(void *handle) { return PQbackendPID(((struct handle *)handle)->db); }

static uint64_t size(const char *dir) {
    struct handle *h = connect();
    (void)dir;
    PGresult *r = run(h, "SELECT pg_total_relation_size('passage')");
    uint64_t n = strtoull(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    PQfinish(h->db);
    free(h);
    return n;
}

const struct peers_engine peers_postgres = {.name = "PostgreSQL",
                                            .forms = forms,
                                            .about = about,
                                            .make = make,
                                            .put = put,
                                            .finish = finish,
                                            .open = open_made,
                                            .ask = ask,
                                            .server = server,
                                            .size = size};
