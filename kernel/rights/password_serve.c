/* The process that hashes: what the workers ask for waits here, and networks take turns. */
#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "kernel/rights/password.h"

#include "base/banned.h"

enum { WAIT_US = 19 * 1000 * 1000 /* a little less than kernel/http/password.c waits */ };
enum { WAITING_MOST = 256, NETWORK_MOST = 16, SOCKETS_MOST = 32, BYTES_MOST = 1024, NICE = 10 };

struct text {
    size_t n;
    char at[BYTES_MOST];
};

/* As it goes over the socket; both ends are the same program. */
struct question {
    uint64_t ticket;
    bool is_first;
    char network[64];
    char sealed[crypto_pwhash_STRBYTES];
    struct text tried, fresh;
};
struct answer {
    uint64_t ticket;
    bool is_right, is_refused, is_sealed;
    char sealed[crypto_pwhash_STRBYTES];
};

struct waiting {
    struct question asked;
    int fd;
    uint64_t turn; /* 0: an empty place */
    int64_t since_us;
};

struct queue {
    struct waiting all[WAITING_MOST];
    uint64_t turn; /* of the one served last */
};

/* What no password can be as long as is tried as one byte that no password is. */
static void text_put(struct text *to, struct str s) {
    s = s.len > sizeof to->at ? S("\xff") : s;
    to->n = s.len;
    if (s.len) {
        memcpy(to->at, s.at, s.len);
    }
}

static void line_put(char *to, size_t room, struct str s) {
    size_t n = s.len < room ? s.len : room - 1;
    if (n) {
        memcpy(to, s.at, n);
    }
    to[n] = 0;
}

bool password_send(int fd, uint64_t ticket, const struct password_work *work) {
    struct question q = {.ticket = ticket, .is_first = work->is_first};
    line_put(q.network, sizeof q.network, work->network);
    line_put(q.sealed, sizeof q.sealed, work->sealed);
    text_put(&q.tried, work->tried);
    text_put(&q.fresh, work->fresh);
    bool is_sent = send(fd, &q, sizeof q, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)sizeof q;
    sodium_memzero(&q, sizeof q);
    return is_sent;
}

bool password_receive(int fd, struct arena *a, uint64_t *ticket, struct password_done *done) {
    struct answer got;
    if (recv(fd, &got, sizeof got, MSG_DONTWAIT) != (ssize_t)sizeof got) {
        return false;
    }
    got.sealed[sizeof got.sealed - 1] = 0;
    *ticket = got.ticket;
    *done = (struct password_done){.is_right = got.is_right,
                                   .is_refused = got.is_refused,
                                   .sealed = got.is_sealed ? str_copy(a, str_of(got.sealed)) : S("")};
    return true;
}

static void tell(int fd, const struct answer *a) {
    /* A worker that takes no answers is gone or stuck; its people are told by its own limit of time. */
    if (send(fd, a, sizeof *a, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
        log_line(LOG_WARN, "a worker did not take an answer: %s", strerror(errno));
    }
}

static void refuse(int fd, uint64_t ticket) {
    struct answer no = {.ticket = ticket, .is_refused = true};
    tell(fd, &no);
}

/* How many of a network wait, and the last turn of theirs. */
static size_t of_network(const struct queue *w, const char *network, uint64_t *last) {
    size_t n = 0;
    *last = w->turn;
    for (size_t i = 0; i < WAITING_MOST; i++) {
        const struct waiting *x = &w->all[i];
        if (x->turn && strcmp(x->asked.network, network) == 0) {
            n++;
            *last = x->turn > *last ? x->turn : *last;
        }
    }
    return n;
}

/* The one whose turn is furthest away, when it is further than `turn`. */
static struct waiting *furthest(struct queue *w, uint64_t turn) {
    struct waiting *found = NULL;
    for (size_t i = 0; i < WAITING_MOST; i++) {
        if (w->all[i].turn > turn) {
            found = &w->all[i];
            turn = found->turn;
        }
    }
    return found;
}

/* Each network's waits stand one behind the other, so that one that comes anew stands before another's crowd. */
static void enqueue(struct queue *w, const struct question *q, int fd) {
    uint64_t last;
    size_t n = of_network(w, q->network, &last);
    uint64_t turn = q->is_first ? w->turn : last + 1;
    struct waiting *place = NULL;
    for (size_t i = 0; i < WAITING_MOST && !place; i++) {
        place = w->all[i].turn ? NULL : &w->all[i];
    }
    if (!place && (place = furthest(w, turn))) {
        refuse(place->fd, place->asked.ticket);
    }
    if (!place || (n >= NETWORK_MOST && !q->is_first)) {
        refuse(fd, q->ticket);
        return;
    }
    *place = (struct waiting){.asked = *q, .fd = fd, .turn = turn, .since_us = clock_monotonic_us()};
}

static void take_all(struct queue *w, const int *fds, int n) {
    struct question q;
    for (int i = 0; i < n; i++) {
        while (recv(fds[i], &q, sizeof q, MSG_DONTWAIT) == (ssize_t)sizeof q) {
            q.network[sizeof q.network - 1] = q.sealed[sizeof q.sealed - 1] = 0;
            enqueue(w, &q, fds[i]);
        }
    }
    sodium_memzero(&q, sizeof q);
}

/* What nobody waits for any more is not hashed. */
static void drop_late(struct queue *w) {
    int64_t now = clock_monotonic_us();
    for (size_t i = 0; i < WAITING_MOST; i++) {
        if (w->all[i].turn && now - w->all[i].since_us > WAIT_US) {
            refuse(w->all[i].fd, w->all[i].asked.ticket);
            sodium_memzero(&w->all[i], sizeof w->all[i]);
        }
    }
}

static struct waiting *next(struct queue *w) {
    struct waiting *found = NULL;
    for (size_t i = 0; i < WAITING_MOST; i++) {
        if (w->all[i].turn && (!found || w->all[i].turn < found->turn)) {
            found = &w->all[i];
        }
    }
    return found;
}

static struct str text_of(const struct text *t) {
    return (struct str){t->at, t->n < sizeof t->at ? t->n : sizeof t->at};
}

static void serve(struct arena *a, struct queue *all, struct waiting *w) {
    const struct question *q = &w->asked;
    struct password_work work = {.sealed = str_of(q->sealed), .tried = text_of(&q->tried), .fresh = text_of(&q->fresh)};
    struct password_done done;
    struct err e = password_do(a, &work, &done);
    struct answer out = {.ticket = q->ticket, .is_right = done.is_right && !e.why, .is_refused = e.why != NULL};
    if (e.why) {
        log_fault(LOG_ERROR, "hashing a password", e);
    } else if (done.sealed.len) {
        out.is_sealed = true;
        line_put(out.sealed, sizeof out.sealed, done.sealed);
    }
    all->turn = w->turn > all->turn ? w->turn : all->turn;
    tell(w->fd, &out);
    sodium_memzero(w, sizeof *w);
    arena_reset(a);
}

void password_serve(const int *fds, int n, const volatile sig_atomic_t *stop) {
    struct pollfd watched[SOCKETS_MOST];
    struct arena *own = arena_new(), *a = arena_new();
    struct queue *all = arena_take(own, struct queue, 1);
    all->turn = 1;
    /* A page is never late because somebody tries passwords. */
    setpriority(PRIO_PROCESS, 0, NICE);
    n = n < SOCKETS_MOST ? n : SOCKETS_MOST;
    while (!*stop) {
        drop_late(all);
        struct waiting *w = next(all);
        for (int i = 0; i < n; i++) {
            watched[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        }
        if (poll(watched, (nfds_t)n, w ? 0 : 1000) > 0) {
            take_all(all, fds, n);
            w = next(all);
        }
        if (w) {
            serve(a, all, w);
        }
    }
    arena_free(a);
    arena_free(own);
}
