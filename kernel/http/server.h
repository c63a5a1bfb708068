/* The server of one web worker: an event loop around libmicrohttpd, one thread, nothing shared with other workers.
   needs: db rights queue page */
#ifndef KERNEL_HTTP_SERVER_H
#define KERNEL_HTTP_SERVER_H
#include <signal.h>

#include "kernel/http/http.h"

struct server;
struct twice_view;
struct db;

struct server_setup {
    int listen_fd; /* listening, non-blocking; stays the master's when we go */
    const struct route_tables *routes;
    const struct modules *modules;  /* for handlers */
    const struct shell_plan *shell; /* for the shell */
    /* Draws the page of an error inside the shell: kernel/shell/page.h. */
    struct err (*fault_page)(struct get *g, struct err why, struct str code);
    /* Draws the page of a form sent again with other content: answer_twice_page. */
    struct err (*twice_page)(struct get *g, const struct twice_view *view);
    struct db *db;
    struct str dir;        /* uploads go to dir/tmp */
    struct str public_url; /* https://… makes cookies Secure; empty: as the request came */
    int64_t upload_most;   /* bytes of any one request, whatever a route allows */
    int connections_most;
    bool is_demo;       /* the folder holds demonstration data */
    int password_fd;    /* to the process that hashes passwords; 0: the worker does it itself */
    int memory_most_mb; /* of the process; over it, the worker drains and ends */
    struct err (*refresh)(struct db_read *db,
                          void *thing); /* every few seconds: takes in changed settings; may be NULL */
    void *refreshed;
    const volatile sig_atomic_t *stop; /* set by a signal: drain, then return */
};

/* Fails when the library refuses or two routes are the same. */
struct err server_open(struct arena *arena, const struct server_setup *setup, struct server **server);
/* Serves until *stop, then finishes what was begun (at most ten seconds). 0, or 1 when it went over its memory. */
int server_run(struct server *s);
void server_close(struct server *s);

/* `doanket routes`: the table as JSON. */
struct str routes_json(struct arena *a, const struct route_tables *all);
#endif
