/* What one answer may take of everybody else: each route has a budget of time and of bytes. */
#include <string.h>

#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/http/loop.h"

#include "base/banned.h"

/* Of what the browser saves rather than draws. */
enum { BYTES_DOWNLOAD = 32 * 1000 * 1000 };

/* So many times its budget a reading may take before it is given up; under the sanitizers all is slower. */
#if defined(__SANITIZE_ADDRESS__)
enum { GIVEN_UP_AFTER = 60 };
#else
enum { GIVEN_UP_AFTER = 10 };
#endif

static int64_t budget_us(const struct route *t) {
    return (int64_t)(t->budget_ms ? t->budget_ms : BUDGET_MS_NORMAL) * 1000;
}

void budget_begin(struct request *r) {
    r->begun_us = clock_monotonic_us();
    db_deadline_set(r->server->setup.db, r->begun_us + budget_us(r->route) * GIVEN_UP_AFTER);
}

void budget_end(struct request *r) {
    int64_t us = clock_monotonic_us() - r->begun_us;
    db_deadline_set(r->server->setup.db, 0);
    aside_measured(r, us);
    if (us > budget_us(r->route)) {
        log_line(LOG_WARN, "slow: %s took %lld ms: %.*s", r->route->path, (long long)(us / 1000), STR_ARG(r->path));
        server_slow_later(r->server, r->route, us / 1000);
    }
}

static bool is_download(const struct answer *a) {
    for (size_t i = 0; i < a->headers_n; i++) {
        if (strcmp(a->headers[i].name, "Content-Disposition") == 0) {
            return true;
        }
    }
    return false;
}

bool budget_holds(const struct request *r) {
    const struct answer *a = &r->answer;
    if (!r->route || r->method != METHOD_GET || a->kept || a->fd >= 0 || a->status != MHD_HTTP_OK) {
        return true;
    }
    int64_t most = r->route->budget_bytes ? r->route->budget_bytes
                   : is_download(a)       ? BYTES_DOWNLOAD
                                          : BUDGET_BYTES_NORMAL;
    if ((int64_t)a->bytes.len <= most) {
        return true;
    }
    log_line(LOG_ERROR, "an answer of %zu bytes, over the budget of %s: %.*s", a->bytes.len, r->route->path,
             STR_ARG(r->path));
    return false;
}

/* ---- Slow readings go one a turn of the loop, each session's in its turn: between two of them all that is quick is
   answered. What is slow is not said by a table but measured: the time that a route's last readings took. */

/* From this on a reading is felt by who waits behind several of them. */
enum { SLOW_US = 3000 };

static struct route_cost *cost_of(struct server *s, const struct route *route) {
    size_t n = sizeof s->costs / sizeof *s->costs, at = (uintptr_t)route / sizeof *route % n;
    for (size_t i = 0; i < n; i++) {
        struct route_cost *c = &s->costs[(at + i) % n];
        if (!c->route || c->route == route) {
            c->route = route;
            return c;
        }
    }
    return NULL;
}

void aside_measured(struct request *r, int64_t us) {
    struct route_cost *c = cost_of(r->server, r->route);
    if (c) {
        c->us = c->us ? (3 * c->us + us) / 4 : us;
    }
}

bool aside_waits(const struct request *r) { return r->aside.is_waiting; }

bool aside_stand(struct request *r) {
    struct server *s = r->server;
    if (r->method != METHOD_GET || r->found != FOUND || r->aside.is_called) {
        return false;
    }
    const struct route_cost *c = cost_of(s, r->route);
    if (!c || c->us < SLOW_US || s->is_draining) {
        return false;
    }
    if (!s->has_slow && !s->first_aside) {
        s->has_slow = true;
        return false;
    }
    r->aside.is_waiting = true;
    r->aside.behind = NULL;
    *(s->first_aside ? &s->last_aside->aside.behind : &s->first_aside) = r;
    s->last_aside = r;
    MHD_suspend_connection(r->mhd);
    return true;
}

void aside_again(struct request *r) {
    r->aside.is_waiting = false;
    request_whole(r);
}

/* Somebody with many windows, and all strangers together, wait behind somebody with one. */
static struct request *take_next(struct server *s) {
    struct request **at = &s->first_aside;
    struct str last = {s->last_asker, s->last_asker_n};
    while (*at && str_eq((*at)->token, last)) {
        at = &(*at)->aside.behind;
    }
    if (!*at) {
        at = &s->first_aside;
    }
    struct request *r = *at;
    *at = r->aside.behind;
    if (s->last_aside == r) {
        s->last_aside = s->first_aside;
        while (s->last_aside && s->last_aside->aside.behind) {
            s->last_aside = s->last_aside->aside.behind;
        }
    }
    s->last_asker_n = r->token.len < sizeof s->last_asker ? r->token.len : sizeof s->last_asker;
    memcpy(s->last_asker, r->token.at, s->last_asker_n);
    return r;
}

void server_aside_turn(struct server *s) {
    s->has_slow = s->first_aside != NULL;
    if (s->first_aside) {
        struct request *r = take_next(s);
        r->aside.is_called = true;
        MHD_resume_connection(r->mhd);
    }
}

void server_aside_end(struct server *s) {
    while (s->first_aside) {
        server_aside_turn(s);
        MHD_run(s->daemon);
    }
}
