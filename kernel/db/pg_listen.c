/* Wake-ups between nodes over PostgreSQL. */
#include "kernel/db/listen.h"

#include <libpq-fe.h>

#include "kernel/db/engine.h"

#include "base/arena.h"

#include "base/banned.h"

struct db_listen {
    PGconn *conn;
};

static void close_listen(void *thing) {
    struct db_listen *l = thing;
    PQfinish(l->conn);
}

struct err db_listen_open(struct arena *arena, const struct db *db, const char *topic, struct db_listen **out) {
    *out = NULL;
    if (!db_is_postgres(db)) {
        return OK;
    }
    struct db_listen *l = arena_take(arena, struct db_listen, 1);
    l->conn = PQconnectdb(str_z(arena, db_where(db)));
    arena_on_reset(arena, close_listen, l);
    PGresult *r = PQexec(l->conn, str_z(arena, str_format(arena, "LISTEN doanket_%s", topic)));
    bool hears = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    if (!hears) {
        return FAIL_WITH(arena, ERR_BUSY, "listen: %s", PQerrorMessage(l->conn));
    }
    *out = l;
    return OK;
}

int db_listen_fd(const struct db_listen *l) { return PQsocket(l->conn); }

bool db_listen_drain(struct db_listen *l) {
    bool alive = PQconsumeInput(l->conn) == 1;
    for (PGnotify *n; (n = PQnotifies(l->conn));) {
        PQfreemem(n);
    }
    return alive;
}

void db_notify(struct db *db, const char *topic) {
    if (!db_is_postgres(db)) {
        return;
    }
    struct arena *arena = arena_new();
    err_ignore(db->engine->script(db, arena, str_z(arena, str_format(arena, "NOTIFY doanket_%s", topic))));
    arena_free(arena);
}
