#include "kernel/http/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "kernel/rights/audit.h"
#include "kernel/db/db.h"
#include "kernel/http/loop.h"
#include "kernel/http/live.h"

#include "base/banned.h"

enum {
    POOL_BYTES = 32 * 1024,        /* an address of ADDRESS_MOST, the headers beside it, and those of the answer */
    QUIET_SECONDS = 30,            /* the library's: without a byte either way */
    IDLE_US = 75 * 1000 * 1000,    /* between requests */
    HEADERS_US = 10 * 1000 * 1000, /* from the request line to the last header */
    BODY_GRACE_US = 20 * 1000 * 1000,
    BODY_STRANGER_US = 30 * 1000 * 1000, /* the whole body of somebody who is not signed in */
    BODY_BYTES_A_SECOND = 1024,          /* slower than this after the grace is a client that holds on purpose */
    REFUSED_US = 5 * 1000 * 1000,        /* to read why, while what is still under way is let through */
    REFUSED_STRANGER_MOST = 16 << 20,    /* bytes let through of somebody who is not signed in */
    SWEEP_US = 1000 * 1000,
    DRAIN_US = 10 * 1000 * 1000,
    IDLE_REQUESTS = 128,
};

static struct request *request_take(struct server *s) {
    struct request *r = s->idle;
    struct arena *a;
    if (r) {
        s->idle = r->next_free;
        s->idle_n--;
        a = r->arena;
    } else {
        r = calloc(1, sizeof *r);
        if (!r) {
            abort();
        }
        a = arena_new();
    }
    *r = (struct request){
        .arena = a, .server = s, .server_dir = s->setup.dir, .content_length = -1, .answer = {.fd = -1}};
    s->open_n++;
    s->requests++;
    return r;
}

static void request_give_back(struct request *r) {
    struct server *s = r->server;
    if (r->stream) {
        live_end(r);
    } else {
        s->open_n--;
    }
    if (s->idle_n >= IDLE_REQUESTS) {
        arena_free(r->arena);
        free(r);
        return;
    }
    arena_reset(r->arena);
    r->next_free = s->idle;
    s->idle = r;
    s->idle_n++;
}

/* Turns are short: the moment each began is exact enough for the limits above. */
static void phase_set(const struct server *s, struct connection *c, enum phase phase) {
    c->phase = phase;
    c->since_us = s->now_us;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode code) {
    struct server *s = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        struct connection *c = calloc(1, sizeof *c);
        if (!c) {
            abort();
        }
        c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        phase_set(s, c, PHASE_IDLE);
        c->next = s->connections;
        if (c->next) {
            c->next->before = c;
        }
        s->connections = c;
        *context = c;
        return;
    }
    struct connection *c = *context;
    if (c) {
        *(c->before ? &c->before->next : &s->connections) = c->next;
        if (c->next) {
            c->next->before = c->before;
        }
        free(c);
        *context = NULL;
    }
}

/* The request line is here, not yet taken apart: the only moment at which the target is seen as it was sent. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd) {
    struct request *r = request_take(cls);
    r->mhd = mhd;
    r->target_at = target;
    r->target = str_copy(r->arena, str_of(target));
    /* The library would take the query apart into its small memory, which ends before a long one does, and the
       connection with it. It is shown an empty one; ours is read from the copy (request_queries). */
    char *query = strchr((char *)(uintptr_t)target, '?');
    if (query) {
        query[1] = 0;
    }
    r->connection = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    phase_set(r->server, r->connection, PHASE_HEADERS);
    return r;
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode code) {
    (void)cls;
    (void)mhd;
    (void)code;
    struct request *r = *context;
    *context = NULL;
    if (r) {
        phase_set(r->server, r->connection, PHASE_IDLE);
        r->connection->received = 0;
        request_give_back(r);
    }
}

/* Within a body the library takes no answer: it is written past it, as far as the socket takes it, before the
   connection ends. */
static void connection_tell(const struct connection *c, const char *status, const char *words) {
    char answer[512];
    int n = snprintf(answer, sizeof answer,
                     "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                     "Connection: close\r\n\r\n%s\n",
                     status, words);
    ssize_t sent = send(c->fd, answer, n > 0 ? (size_t)n : 0, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)sent;
}

static void request_begin(struct request *r, const char *method, const char *version) {
    r->is_begun = true;
    r->method_name = str_copy(r->arena, str_of(method));
    const char *wrong = check_head(r, version);
    if (wrong) {
        answer_refuse(r, MHD_HTTP_BAD_REQUEST, wrong);
    } else if (r->refused_status) {
        request_refuse(r);
    } else {
        phase_set(r->server, r->connection, PHASE_BODY);
        request_head(r);
    }
}

/* The next piece of the body. More than was announced or allowed ends the connection. */
static enum MHD_Result body_more(struct request *r, const char *piece, size_t *bytes) {
    r->connection->received += (int64_t)*bytes;
    struct connection *c = r->connection;
    if (!r->is_answered && c->received > c->most && c->phase != PHASE_REFUSED) {
        /* Ended at once, with bytes of its body unread, the connection would be reset, and the answer lost with it. */
        connection_tell(c, "413 Content Too Large", "Nội dung gửi lên lớn quá mức cho phép.");
        shutdown(c->fd, SHUT_WR);
        phase_set(r->server, c, PHASE_REFUSED);
    }
    if (c->phase == PHASE_REFUSED && !c->is_known && !c->is_cut && c->received > c->most + REFUSED_STRANGER_MOST) {
        c->is_cut = true;
        shutdown(c->fd, SHUT_RDWR);
    }
    if (r->body && !r->is_answered && c->phase != PHASE_REFUSED) {
        body_take(r->body, piece, *bytes);
    }
    *bytes = 0;
    return MHD_YES;
}

static bool is_waiting(const struct request *r) { return write_waits(r) || password_waits(r) || aside_waits(r); }

/* All of the request is here, or what it waited for. */
static void go_on(struct request *r) {
    if (write_waits(r)) {
        write_again(r);
    } else if (password_waits(r)) {
        password_again(r);
    } else if (aside_waits(r)) {
        aside_again(r);
    } else if (!aside_stand(r)) {
        request_whole(r);
    }
}

/* The library's signature. */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **context) {
    (void)cls;
    (void)mhd;
    (void)url;
    struct request *r = *context;
    if (!r) {
        return MHD_NO;
    }
    if (!r->is_begun) {
        request_begin(r, method, version);
        return MHD_YES;
    }
    if (*upload_size) {
        return body_more(r, upload, upload_size);
    }
    if (r->connection->phase == PHASE_REFUSED) {
        return MHD_NO;
    }
    if (!r->is_answered) {
        phase_set(r->server, r->connection, PHASE_ANSWER);
        go_on(r);
    }
    return r->is_answered || is_waiting(r) ? MHD_YES : MHD_NO;
}

struct err server_open(struct arena *arena, const struct server_setup *setup, struct server **server) {
    struct server *s = arena_take(arena, struct server, 1);
    *s = (struct server){.arena = arena, .setup = *setup};
    s->after = arena_new();
    s->pruned_us = clock_monotonic_us();
    s->tickets = (uint64_t)clock_now().ms << 20;
    s->has_demo = setup->is_demo;
    s->routes = routes_make(arena, setup->routes);
    if (!s->routes) {
        return FAIL(ERR_BROKEN, "two routes are the same, or a route is badly written");
    }
    TRY(live_open(s));
    unsigned most = setup->connections_most > 0 ? (unsigned)setup->connections_most : 8192;
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET,
        setup->listen_fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES, MHD_OPTION_CONNECTION_LIMIT, most,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, most / 2, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)QUIET_SECONDS,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
    if (!s->daemon) {
        return FAIL(ERR_BROKEN, "libmicrohttpd refused to start");
    }
    s->epoll_fd = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    *server = s;
    return OK;
}

/* A connection that holds on longer than its phase allows is shut, so that the library finds it closed. */
static bool is_overdue(const struct connection *c, int64_t now) {
    int64_t age = now - c->since_us;
    switch (c->phase) {
    case PHASE_IDLE: return age > IDLE_US;
    case PHASE_HEADERS: return age > HEADERS_US;
    case PHASE_BODY:
        return (age > BODY_GRACE_US && c->received < (age - BODY_GRACE_US) / 1000000 * BODY_BYTES_A_SECOND) ||
               (age > BODY_STRANGER_US && !c->is_known);
    case PHASE_REFUSED: return age > REFUSED_US;
    case PHASE_ANSWER:
    case PHASE_LIVE: break;
    }
    return false;
}

static void sweep(struct server *s, int64_t now) {
    for (struct connection *c = s->connections; c; c = c->next) {
        if (!c->is_cut && (is_overdue(c, now) || (s->is_draining && c->phase == PHASE_IDLE))) {
            c->is_cut = true;
            if (c->phase == PHASE_BODY) {
                connection_tell(c, "408 Request Timeout", "Nội dung gửi lên chậm quá. Mời gửi lại.");
            }
            shutdown(c->fd, SHUT_RDWR);
        }
    }
}

static bool is_too_large(const struct server *s) {
    FILE *f = fopen("/proc/self/statm", "re");
    long pages = 0, resident = 0, shared = 0;
    if (!f) {
        return false;
    }
    int n = fscanf(f, "%ld %ld %ld", &pages, &resident, &shared);
    fclose(f);
    /* The index is mapped and shared between workers: it is not ours to give back. */
    return n == 3 && s->setup.memory_most_mb > 0 &&
           resident - shared > (long)s->setup.memory_most_mb * 1024 * 1024 / sysconf(_SC_PAGESIZE);
}

static int wait_ms(struct server *s) {
    MHD_UNSIGNED_LONG_LONG ms = 0;
    if (MHD_get_timeout(s->daemon, &ms) != MHD_YES || ms > 1000) {
        return 1000;
    }
    return (int)ms;
}

/* One turn: everything that is ready is served, and its reads share one snapshot. */
static void turn(struct server *s, int most_ms, const sigset_t *open_signals) {
    struct pollfd fds[3] = {{.fd = s->epoll_fd, .events = POLLIN},
                            {.fd = live_fd(s), .events = POLLIN},
                            {.fd = s->setup.password_fd > 0 ? s->setup.password_fd : -1, .events = POLLIN}};
    int ms = s->first_aside ? 0 : wait_ms(s);
    ms = server_writers_wait(s, ms < most_ms ? ms : most_ms);
    int ready = ppoll(fds, 3, &(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, open_signals);
    s->now_us = clock_monotonic_us();
    db_turn_begin(s->setup.db);
    live_turn(s, ready > 0 && fds[1].revents, s->now_us);
    server_passwords_turn(s, ready > 0 && fds[2].revents);
    server_writers_turn(s);
    server_aside_turn(s);
    MHD_run(s->daemon);
    db_turn_end(s->setup.db);
    s->turns++;
    server_after_turn(s);
}

int server_run(struct server *s) {
    sigset_t closed, open_signals;
    sigemptyset(&open_signals);
    sigemptyset(&closed);
    sigaddset(&closed, SIGTERM);
    sigaddset(&closed, SIGINT);
    sigprocmask(SIG_BLOCK, &closed, NULL);
    int result = 0;
    while (!*s->setup.stop) {
        turn(s, 1000, &open_signals);
        int64_t now = clock_monotonic_us();
        if (now - s->swept_us > SWEEP_US) {
            s->swept_us = now;
            sweep(s, now);
            if (is_too_large(s)) {
                log_line(LOG_WARN, "over %d MB: makes room for a fresh worker", s->setup.memory_most_mb);
                result = 1;
                break;
            }
        }
    }
    s->is_draining = true;
    MHD_quiesce_daemon(s->daemon);
    live_close_all(s);
    int64_t begun = clock_monotonic_us(), quiet_since = begun;
    for (int64_t now = begun; now - begun < DRAIN_US && now - quiet_since < 200 * 1000; now = clock_monotonic_us()) {
        int64_t before = s->requests;
        turn(s, 20, &open_signals);
        if (s->open_n || s->requests != before) {
            quiet_since = clock_monotonic_us();
        }
    }
    return result;
}

void server_close(struct server *s) {
    server_passwords_end(s);
    server_writers_end(s);
    server_aside_end(s);
    MHD_stop_daemon(s->daemon);
    live_shut(s);
    arena_free(s->after);
    while (s->idle) {
        struct request *r = s->idle;
        s->idle = r->next_free;
        arena_free(r->arena);
        free(r);
    }
}
