/* The inside of struct server, for http_server.c, live.c and http_handle.c only. */
#ifndef KERNEL_HTTP_LOOP_H
#define KERNEL_HTTP_LOOP_H
#include "kernel/http/parts.h"

struct live;

/* A route that took longer than its budget. */
struct slow_route {
    const struct route *route;
    int64_t times, worst_ms;
};

/* What a route's last readings took. */
struct route_cost {
    const struct route *route; /* NULL: none */
    int64_t us;
};

struct server {
    struct arena *arena;
    struct server_setup setup;
    struct MHD_Daemon *daemon;
    struct routes *routes;
    int64_t now_us; /* when this turn began */
    int epoll_fd;
    struct connection *connections;
    struct request *idle; /* finished requests, to be used again */
    size_t idle_n;
    size_t open_n;                              /* requests begun and not finished, event streams left out */
    struct request *first_writer, *last_writer; /* suspended until nobody else writes, in the order they came */
    bool has_written;                           /* in this turn: the next may go at once */
    struct route_cost costs[512];
    struct request *first_aside, *last_aside; /* slow readings, suspended until their turn */
    bool has_slow;                            /* in this turn: the next slow one waits for another */
    char last_asker[64];                      /* the session whose slow reading went last */
    size_t last_asker_n;
    struct request *hashing; /* suspended until a password is hashed beside the workers */
    size_t hashing_n;
    uint64_t tickets;
    bool is_draining;
    int64_t swept_us;
    int64_t turns;
    int64_t requests;
    struct live *live;
    struct arena *after;  /* for what is done between turns */
    char touched[64][64]; /* sessions used in this turn whose last use is old: written after it */
    size_t touched_n;
    struct {
        int64_t file;
        struct instant at;
        char what[160];
    } found[8]; /* kept files found damaged in this turn, or whole again */
    size_t found_n;
    struct slow_route slow[16]; /* routes over their budget in this turn: written after it */
    size_t slow_n;
    int64_t pruned_us, refreshed_us;
    bool has_demo;
};

/* http_write.c: lets the first of those who wait try again; how long the loop may sleep for their sake, in ms. */
void server_writers_turn(struct server *s);
int server_writers_wait(struct server *s, int ms);
void server_writers_end(struct server *s); /* they wait no longer */

/* budget.c: lets the next slow reading go; those that wait go at once. */
void server_aside_turn(struct server *s);
void server_aside_end(struct server *s);

/* http_password.c: takes what was hashed; lets go of those who have waited too long. */
void server_passwords_turn(struct server *s, bool is_ready);
void server_passwords_end(struct server *s);

/* http_after.c: what may wait until the answers are on their way. */
void server_after_turn(struct server *s);
void server_slow_later(struct server *s, const struct route *route, int64_t ms);
#endif
