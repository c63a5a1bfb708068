/* Slow readings go one a turn, and everybody's in turn: between two of them all that is quick is answered. What is slow
   is not said by a table but measured: the time that a route's last readings took. */
#include <string.h>

#include "kernel/http/loop.h"

#include "base/banned.h"

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
