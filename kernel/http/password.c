/* Requests that wait until a password is hashed by the process beside the workers (kernel/rights/password.h). They are
   suspended meanwhile: the loop goes on answering everybody else. */
#include "kernel/http/loop.h"
#include "kernel/page/i18n.h"
#include "kernel/rights/password.h"

#include "base/banned.h"

enum { WAIT_US = 20 * 1000 * 1000, HASHING_MOST = 200 };

void password_want(struct get *g, const struct password_work *work) {
    struct password_work *kept = arena_take(g->arena, struct password_work, 1);
    *kept = *work;
    g->request->password.work = kept;
}

const struct password_done *password_wanted(const struct request *r) { return r->password.done; }

bool password_waits(const struct request *r) { return r->password.is_waiting; }

static void refuse(struct request *r) {
    struct password_done *no = arena_take(r->arena, struct password_done, 1);
    *no = (struct password_done){.is_refused = true, .sealed = S("")};
    r->password.done = no;
}

/* Without the process, as in tests and when it takes no more from anybody, nothing is hashed in a loop that serves
   others; a server that was given none hashes itself. */
static void begin(struct request *r) {
    struct server *s = r->server;
    if (s->setup.password_fd <= 0) {
        struct password_done *done = arena_take(r->arena, struct password_done, 1);
        if (password_do(r->arena, r->password.work, done).why) {
            done->is_refused = true;
        }
        r->password.done = done;
        return;
    }
    r->password.ticket = ++s->tickets;
    if (s->hashing_n >= HASHING_MOST || !password_send(s->setup.password_fd, r->password.ticket, r->password.work)) {
        refuse(r);
        return;
    }
    r->password.is_waiting = true;
    r->password.since_us = clock_monotonic_us();
    r->password.behind = s->hashing;
    s->hashing = r;
    s->hashing_n++;
    MHD_suspend_connection(r->mhd);
}

void when_it_is_hashed(struct request *r, void (*next)(struct request *r)) {
    r->password.next = next;
    begin(r);
    if (!r->password.is_waiting) {
        next(r);
    }
}

void password_again(struct request *r) {
    r->password.is_waiting = false;
    r->password.next(r);
}

/* Out of the list; the library calls again, and then it goes on. */
static void let_go(struct server *s, struct request **at) {
    struct request *r = *at;
    *at = r->password.behind;
    r->password.behind = NULL;
    s->hashing_n--;
    MHD_resume_connection(r->mhd);
}

static struct request **place_of(struct server *s, uint64_t ticket) {
    struct request **at = &s->hashing;
    while (*at && (*at)->password.ticket != ticket) {
        at = &(*at)->password.behind;
    }
    return *at ? at : NULL;
}

static void take(struct server *s) {
    struct password_done done;
    uint64_t ticket;
    while (password_receive(s->setup.password_fd, s->after, &ticket, &done)) {
        struct request **at = place_of(s, ticket); /* none: it waited too long, or a worker before us asked */
        if (at) {
            struct request *r = *at;
            struct password_done *kept = arena_take(r->arena, struct password_done, 1);
            *kept = done;
            kept->sealed = str_copy(r->arena, done.sealed);
            r->password.done = kept;
            let_go(s, at);
        }
    }
}

void server_passwords_turn(struct server *s, bool is_ready) {
    if (is_ready) {
        take(s);
    }
    for (struct request **at = &s->hashing; *at;) {
        if (s->now_us - (*at)->password.since_us > WAIT_US) {
            refuse(*at);
            let_go(s, at);
        } else {
            at = &(*at)->password.behind;
        }
    }
}

void server_passwords_end(struct server *s) {
    while (s->hashing) {
        refuse(s->hashing);
        let_go(s, &s->hashing);
        MHD_run(s->daemon);
    }
}
