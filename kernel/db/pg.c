/* PostgreSQL: statements prepared once a connection, values in binary; in bulk work (db_write_ahead) those that are
   asked for nothing are sent without waiting, in libpq's pipeline. One writer at a time by an advisory lock, taken
   first in each write transaction; reads see one snapshot. A lost connection fails what it hit, and is made anew at the
   next begin. */
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernel/db/engine.h"
#include "kernel/db/pg.h"

#include "base/buf.h"
#include "base/disk.h"
#include "base/log.h"
#include "base/num.h"

#include "base/banned.h"

enum { AHEAD_MOST = 256, AHEAD_FLUSH = 32 };

struct pg {
    struct db *of;
    PGconn *conn;
    bool *prepared;   /* by place of the query in its section */
    bool is_in_doubt; /* an answer never came or found no memory: what the server has prepared is not known */
    size_t n;
    char seen[256]; /* the last snapshot of a turn; empty when it cannot be told from another */
    const struct db_query *ahead[AHEAD_MOST]; /* sent, and not yet answered */
    size_t n_ahead;
};

static const char session[] =
    "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET client_min_messages = warning; "
    "SET statement_timeout = '120s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '300s'";
/* The number is this program's own lock in the database: who has it writes. A lock that is waited for is handed from
   one to the next without ever being free, and people, who only try it between two answers, would stay outside while
   there is work. So those that can wait stand in a row before another lock, and the first of them tries like people do,
   less often. */
static const char begin_at_once[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_try_advisory_xact_lock(1943551118)";
static const char begin_in_row[] = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(1943551119)";
static const char try_in_row[] = "SELECT pg_try_advisory_xact_lock(1943551118)";
enum { WAIT_US = 5 * 1000 * 1000, WAITED_US = 1000, ROW_PAUSE_NS = 4 * 1000 * 1000 };
static const char begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/* Which transactions a snapshot sees is in its text: two snapshots of one text see the same. On a standby the text
   leaves out those in progress. */
static const char begin_turn[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                                 "SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE pg_current_snapshot()::text END";

static enum err_kind kind_of(const char *state) {
    struct str s = str_of(state);
    static const struct {
        const char *state;
        enum err_kind kind;
    } kinds[] = {{"23505", ERR_CONFLICT}, {"23514", ERR_INVALID}, {"23503", ERR_INVALID}, {"23502", ERR_BROKEN},
                 {"22", ERR_INVALID},     {"08", ERR_BUSY},       {"40", ERR_BUSY},       {"53", ERR_BUSY},
                 {"55P03", ERR_BUSY},     {"57", ERR_BUSY},       {"25P03", ERR_BUSY}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts(s, str_of(kinds[i].state))) {
            return kinds[i].kind;
        }
    }
    return s.len ? ERR_BROKEN : ERR_BUSY; /* no state: the server did not answer */
}

static struct err fault(struct pg *c, struct arena *arena, const char *name, const PGresult *r) {
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *constraint = r ? PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME) : NULL;
    const char *words = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    enum err_kind kind = kind_of(state);
    if (PQstatus(c->conn) == CONNECTION_BAD) {
        kind = ERR_BUSY;
    }
    c->is_in_doubt |= !state;
    struct str message = str_trim(str_of(words ? words : PQerrorMessage(c->conn)));
    if (str_eq(str_of(state), S("53100"))) {
        c->of->full_at_us = clock_monotonic_us();
        return disk_full(arena, __FILE__, __LINE__, str_format(arena, "%s: %.*s", name, STR_ARG(message)));
    }
    return FAIL_WITH(arena, kind, "%s: %.*s (PostgreSQL %s%s%s)", name, STR_ARG(message), state ? state : "no answer",
                     constraint ? ", " : "", constraint ? constraint : "");
}

static struct err plain(struct pg *c, struct arena *arena, const char *sql) {
    PGresult *r = PQexec(c->conn, sql);
    ExecStatusType status = PQresultStatus(r);
    struct err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? OK : fault(c, arena, sql, r);
    PQclear(r);
    return e;
}

/* Begins, and compares the snapshot with the last one. */
static struct err begin_in_turn(struct db *db, struct arena *arena) {
    struct pg *c = db->connection;
    PGresult *r = PQexec(c->conn, begin_turn);
    struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : fault(c, arena, "begin to read", r);
    if (!e.why) {
        struct str seen = str_of(PQgetvalue(r, 0, 0));
        bool is_told = seen.len > 0 && seen.len < sizeof c->seen;
        db->has_moved = !is_told || !str_eq(seen, str_of(c->seen));
        c->seen[0] = 0;
        if (is_told) {
            memcpy(c->seen, seen.at, seen.len + 1);
        }
    }
    PQclear(r);
    return e;
}

static void pause_in_row(void) { nanosleep(&(struct timespec){.tv_nsec = ROW_PAUSE_NS}, NULL); }

static struct err first_in_row(struct pg *c, struct arena *arena, int64_t since) {
    for (;;) {
        PGresult *r = PQexec(c->conn, try_in_row);
        struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : fault(c, arena, "begin to write", r);
        bool is_mine = !e.why && PQgetvalue(r, 0, 0)[0] == 't';
        PQclear(r);
        if (e.why || is_mine) {
            return e;
        }
        if (clock_monotonic_us() - since > WAIT_US) {
            return FAIL(ERR_BUSY, "others have been writing for five seconds");
        }
        pause_in_row();
    }
}

static struct err begin_write(struct pg *c, struct arena *arena) {
    int64_t since = clock_monotonic_us();
    TRY(plain(c, arena, begin_in_row));
    if (clock_monotonic_us() - since > WAITED_US) {
        pause_in_row();
    }
    return first_in_row(c, arena, since);
}

static struct err begin_write_at_once(struct db *db, struct arena *arena) {
    struct pg *c = db->connection;
    PGresult *r = PQexec(c->conn, begin_at_once);
    struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : fault(c, arena, "begin to write", r);
    db->is_taken = !e.why && PQgetvalue(r, 0, 0)[0] != 't';
    PQclear(r);
    return db->is_taken ? plain(c, arena, "ROLLBACK") : e;
}

static struct err begin_any(struct db *db, struct arena *arena, enum db_begin how) {
    struct pg *c = db->connection;
    switch (how) {
    case DB_BEGIN_WRITE: return begin_write(c, arena);
    case DB_BEGIN_WRITE_AT_ONCE: return begin_write_at_once(db, arena);
    case DB_BEGIN_READ: break;
    }
    return db->in_turn ? begin_in_turn(db, arena) : plain(c, arena, begin_read);
}

static struct err connect_again(struct pg *c, struct arena *arena) {
    memset(c->prepared, 0, c->n * sizeof *c->prepared);
    c->seen[0] = 0;
    c->is_in_doubt = false;
    PQreset(c->conn);
    if (PQstatus(c->conn) != CONNECTION_OK) {
        return fault(c, arena, "connect", NULL);
    }
    log_line(LOG_INFO, "connected to the database again");
    return plain(c, arena, session);
}

static bool is_sure(const struct pg *c) { return PQstatus(c->conn) == CONNECTION_OK && !c->is_in_doubt; }

static struct err pg_begin(struct db *db, struct arena *arena, enum db_begin how) {
    struct pg *c = db->connection;
    if (is_sure(c)) {
        struct err e = begin_any(db, arena, how);
        if (!e.why || is_sure(c)) {
            if (e.why) {
                err_ignore(plain(c, arena, "ROLLBACK"));
            }
            return e;
        }
    }
    /* Nothing was done on the lost connection yet: a new one serves as well. */
    TRY(connect_again(c, arena));
    return begin_any(db, arena, how);
}

/* Hears what was sent ahead; the first fault is that of all. The connection then waits for each statement again. */
static struct err hear(struct pg *c, struct arena *arena) {
    struct err e = OK;
    if (PQpipelineStatus(c->conn) == PQ_PIPELINE_OFF) {
        return OK;
    }
    if (!PQpipelineSync(c->conn)) {
        e = fault(c, arena, "send ahead", NULL);
    }
    for (size_t i = 0; i < c->n_ahead && PQstatus(c->conn) == CONNECTION_OK; i++) {
        PGresult *r;
        while ((r = PQgetResult(c->conn))) {
            if (!e.why && PQresultStatus(r) != PGRES_COMMAND_OK) {
                e = fault(c, arena, c->ahead[i]->name, r);
            }
            PQclear(r);
        }
    }
    c->n_ahead = 0;
    PQclear(PQgetResult(c->conn)); /* of the sync */
    if (!PQexitPipelineMode(c->conn) && !e.why) {
        e = fault(c, arena, "send ahead", NULL);
    }
    return e;
}

static struct err pg_commit(struct db *db, struct arena *arena) {
    struct pg *c = db->connection;
    TRY(hear(c, arena));
    PGresult *r = PQexec(c->conn, "COMMIT");
    struct err e = OK;
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        e = fault(c, arena, "commit", r);
    } else if (strcmp(PQcmdStatus(r), "COMMIT") != 0) {
        e = FAIL(ERR_BROKEN, "the transaction had failed before it was committed");
    }
    PQclear(r);
    return e;
}

static void pg_rollback(struct db *db) {
    struct pg *c = db->connection;
    err_ignore(hear(c, db->arena));
    if (PQtransactionStatus(c->conn) != PQTRANS_IDLE) {
        PQclear(PQexec(c->conn, "ROLLBACK"));
    }
}

/* One parameter's bytes; all but ids and dates go in binary. */
static struct err put_param(struct db_run *run, int i, struct pg_params *p) {
    const struct db_field *f = &run->q->in[i];
    const void *at = (const char *)run->in + f->at;
    const struct str *s = at;
    int64_t v = f->type == DB_BOOL ? *(const bool *)at : 0;
    switch (f->type) {
    case DB_AT:
    case DB_ID:
        if (*(const int64_t *)at == 0) {
            return OK;
        }
        [[fallthrough]];
    case DB_INT: v = *(const int64_t *)at; [[fallthrough]];
    case DB_BOOL: pg_put_int(p, i, v); return OK;
    case DB_REAL: pg_put_real(p, i, *(const double *)at); return OK;
    case DB_ON:
        if (((const struct date *)at)->year) {
            pg_put_bytes(p, i, date_iso(run->arena, *(const struct date *)at));
        }
        return OK;
    case DB_IDS: pg_put_ids(p, i, run->arena, at); return OK;
    default: break;
    }
    bool or_null = f->type == DB_TEXT_OR_NULL || f->type == DB_BYTES_OR_NULL;
    if (f->type == DB_TEXT || f->type == DB_TEXT_OR_NULL) {
        TRY(db_text_check(run->arena, run->q, f, *s));
    }
    if (s->len || !or_null) {
        pg_put_bytes(p, i, s->len ? *s : S(""));
    }
    return OK;
}

static struct err prepare(struct pg *c, struct arena *arena, const struct db_query *q, const char *name) {
    size_t slot = (size_t)(q - db_queries_begin());
    if (c->prepared[slot]) {
        return OK;
    }
    TRY(hear(c, arena));
    PGresult *r = PQprepare(c->conn, name, q->postgres, 0, NULL);
    struct err e = PQresultStatus(r) == PGRES_COMMAND_OK ? OK : fault(c, arena, q->name, r);
    c->prepared[slot] = !e.why;
    PQclear(r);
    return e;
}

static void read_rows(const PGresult *r, struct db_run *run) {
    int n = PQntuples(r);
    for (int row = 0; row < n && (row == 0 || !run->is_one); row++) {
        char *at = db_row_push(run);
        for (int i = 0; i < run->q->n_out; i++) {
            pg_read_value(r, row, i, &run->q->out[i], at + run->q->out[i].at, run->arena);
        }
    }
}

/* The answer, for which a read waits no longer than its deadline: then the server is told to give it up. */
static PGresult *answer_until(struct pg *c, int64_t deadline_us) {
    bool is_cancelled = false;
    while (PQisBusy(c->conn) && PQstatus(c->conn) == CONNECTION_OK) {
        int64_t left = (deadline_us - clock_monotonic_us()) / 1000 + 1;
        struct pollfd fd = {.fd = PQsocket(c->conn), .events = POLLIN};
        if (left <= 0 && !is_cancelled) {
            char why[256];
            PGcancel *cancel = PQgetCancel(c->conn);
            PQcancel(cancel, why, sizeof why);
            PQfreeCancel(cancel);
            is_cancelled = true;
        }
        poll(&fd, 1, is_cancelled ? -1 : (int)left);
        if (!PQconsumeInput(c->conn)) {
            break;
        }
    }
    PGresult *r = PQgetResult(c->conn), *more;
    while ((more = PQgetResult(c->conn))) {
        PQclear(more);
    }
    return r;
}

static PGresult *execute(struct db *db, struct db_run *run, const char *name, const struct pg_params *p) {
    struct pg *c = db->connection;
    int n = run->q->n_in;
    if (!db->deadline_us || db->writer) {
        return PQexecPrepared(c->conn, name, n, p->values, p->lengths, p->formats, 1);
    }
    bool is_sent = PQsendQueryPrepared(c->conn, name, n, p->values, p->lengths, p->formats, 1);
    return is_sent ? answer_until(c, db->deadline_us) : NULL;
}

static struct err ask(struct db *db, struct db_run *run, const char *name, const struct pg_params *p) {
    struct pg *c = db->connection;
    const struct db_query *q = run->q;
    TRY(hear(c, run->arena));
    PGresult *r = execute(db, run, name, p);
    ExecStatusType status = PQresultStatus(r);
    struct err e = OK;
    if (status == PGRES_TUPLES_OK) {
        read_rows(r, run);
    } else if (status != PGRES_COMMAND_OK) {
        e = fault(c, run->arena, q->name, r);
    }
    if (!e.why && (q->flags & DB_WRITES) && !num_read(str_of(PQcmdTuples(r)), &run->changed)) {
        run->changed = 0;
    }
    PQclear(r);
    return e;
}

/* Sent, and heard of later. */
static struct err send_ahead(struct pg *c, struct db_run *run, const char *name, const struct pg_params *p) {
    TRY(c->n_ahead == AHEAD_MOST ? hear(c, run->arena) : OK);
    bool is_on = PQpipelineStatus(c->conn) == PQ_PIPELINE_ON || PQenterPipelineMode(c->conn);
    if (!is_on || !PQsendQueryPrepared(c->conn, name, run->q->n_in, p->values, p->lengths, p->formats, 1)) {
        return fault(c, run->arena, run->q->name, NULL);
    }
    c->ahead[c->n_ahead++] = run->q;
    if (c->n_ahead % AHEAD_FLUSH == 0) {
        PQflush(c->conn);
    }
    return OK;
}

static struct err pg_run(struct db *db, struct db_run *run) {
    struct pg *c = db->connection;
    const struct db_query *q = run->q;
    char name[24] = "q";
    struct buf b = {.at = name, .len = 1, .cap = sizeof name, .arena = run->arena};
    buf_put_int(&b, q - db_queries_begin());
    buf_put_char(&b, 0);
    TRY(prepare(c, run->arena, q, name));
    struct pg_params p = pg_params_in(run->arena, q->n_in);
    for (int i = 0; i < q->n_in; i++) {
        TRY(put_param(run, i, &p));
    }
    return run->is_ahead ? send_ahead(c, run, name, &p) : ask(db, run, name, &p);
}

static struct err pg_script(struct db *db, struct arena *arena, const char *sql) {
    TRY(hear(db->connection, arena));
    return plain(db->connection, arena, sql);
}

static struct err pg_lines(struct db *db, struct arena *arena, const char *sql, struct str *lines) {
    struct pg *c = db->connection;
    struct buf b = buf_in(arena);
    TRY(hear(c, arena));
    PGresult *r = PQexec(c->conn, sql);
    struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : fault(c, arena, sql, r);
    for (int i = 0; !e.why && i < PQntuples(r); i++) {
        buf_put(&b, str_of(PQgetvalue(r, i, 0)));
        buf_put_char(&b, '\n');
    }
    PQclear(r);
    *lines = buf_str(&b);
    return e;
}

static struct err pg_has_table(struct db *db, struct arena *arena, const char *table, bool *has) {
    struct pg *c = db->connection;
    PGresult *r = PQexecParams(c->conn, "SELECT to_regclass($1::text) IS NOT NULL", 1, NULL,
                               (const char *const[]){table}, NULL, NULL, 0);
    struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : fault(c, arena, "to_regclass", r);
    *has = !e.why && PQgetvalue(r, 0, 0)[0] == 't';
    PQclear(r);
    return e;
}

static void pg_close(struct db *db) {
    struct pg *c = db->connection;
    PQfinish(c->conn);
    free(c->prepared);
    free(c);
}

/* Pages where nothing died are passed over, so it costs what was deleted. */
static struct err pg_scrub(struct db *db, struct arena *arena) { return pg_script(db, arena, "VACUUM"); }

static const struct db_engine engine = {
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .run = pg_run,
    .script = pg_script,
    .scrub = pg_scrub,
    .lines = pg_lines,
    .has_table = pg_has_table,
    .close = pg_close,
};

struct err db_pg_open(struct db *db) {
    struct pg *c = calloc(1, sizeof *c);
    size_t n = (size_t)(db_queries_end() - db_queries_begin());
    if (!c || !(c->prepared = calloc(n ? n : 1, sizeof *c->prepared))) {
        free(c);
        return FAIL(ERR_BROKEN, "out of memory");
    }
    c->n = n;
    db->connection = c;
    db->engine = &engine;
    c->of = db;
    c->conn = PQconnectdb(str_z(db->arena, db->where));
    struct err e =
        PQstatus(c->conn) == CONNECTION_OK ? plain(c, db->arena, session) : fault(c, db->arena, "connect", NULL);
    if (e.why) {
        pg_close(db);
    }
    return e;
}

struct err db_pg_describe(struct db *db, struct arena *arena, const struct db_query *q, unsigned types[], size_t n) {
    struct pg *c = db->connection;
    TRY(prepare(c, arena, q, q->name));
    PGresult *r = PQdescribePrepared(c->conn, q->name);
    struct err e = PQresultStatus(r) == PGRES_COMMAND_OK ? OK : fault(c, arena, q->name, r);
    for (int i = 0; !e.why && i < PQnfields(r) && (size_t)i < n; i++) {
        types[i] = PQftype(r, i);
    }
    PQclear(r);
    return e;
}
