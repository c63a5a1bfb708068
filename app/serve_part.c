/* The parts: what each child of the master does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/log.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/queue/event.h"
#include "kernel/http/server.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"
#include "kernel/shell/shell.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"
#include "kernel/rights/password.h"
#include "kernel/index/feed.h"

#include "pages_gen.h"

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
enum { WEB_MEMORY_MB = 2048 };
#else
enum { WEB_MEMORY_MB = 512 };
#endif

static volatile sig_atomic_t is_stopped;

static void on_stop(int sig) {
    (void)sig;
    is_stopped = 1;
}

static void signals_set(void) {
    struct sigaction stop = {.sa_handler = on_stop}, none = {.sa_handler = SIG_IGN};
    sigset_t all;
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &none, NULL); /* the master hears Ctrl-C, and says what to do */
    sigaction(SIGHUP, &none, NULL);
    sigaction(SIGPIPE, &none, NULL);
    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
}

/* Which child this is, and whom it tells that it is ready. */
struct life {
    int index, slot, ready_fd;
};

static void say_ready(const struct life *life) {
    unsigned char byte = (unsigned char)life->slot;
    ssize_t n = write(life->ready_fd, &byte, 1);
    (void)n;
    close(life->ready_fd);
}

static struct err refresh(struct db_read *db, void *thing) { return start_refresh(thing, db); }

static struct err web_run(struct serve *s, struct arena *a, struct db *db, const struct life *life, int *status) {
    struct server *server;
    struct folder_mark mark;
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    TRY(folder_mark_read(a, s->dir, &mark));
    struct route_tables routes = modules_routes(a, &modules);
    struct server_setup setup = {
        .listen_fd = s->listen_fds[life->index - 1],
        .routes = &routes,
        .modules = &modules,
        .shell = shell_plan_make(a, &modules),
        .fault_page = answer_fault,
        .twice_page = answer_twice_page,
        .db = db,
        .dir = s->dir,
        .upload_most = config_int(s->config, SET_UPLOAD_MB) * 1000000,
        .connections_most = 16384,
        .is_demo = mark.is_demo,
        .password_fd = s->password_fds[life->index - 1][0],
        .memory_most_mb = WEB_MEMORY_MB,
        .stop = &is_stopped,
        .refresh = refresh,
        .refreshed = s,
    };
    for (int i = 0; i < s->web_n; i++) {
        if (i != life->index - 1) {
            close(s->listen_fds[i]);
        }
    }
    TRY(server_open(a, &setup, &server));
    say_ready(life);
    *status = server_run(server);
    server_close(server);
    return OK;
}

static void events_run(struct arena *a, struct db *db) {
    LIST(struct event_listener) all = {0};
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct event_listener *l = modules.at[i]->listeners; l && l->name; l++) {
            LIST_ADD(a, &all, *l);
        }
    }
    event_deliver_loop(db, all.at, all.n, &is_stopped);
}

static void jobs_run(struct arena *a, struct db *db, int index, bool is_reserved) {
    LIST(struct job_kind) all = {0};
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct job_kind *k = modules.at[i]->job_kinds; k && k->name; k++) {
            LIST_ADD(a, &all, *k);
        }
    }
    struct job_worker w = {.kinds = all.at,
                           .n_kinds = all.n,
                           .modules = &modules,
                           .name = str_z(a, str_format(a, "job %d", index)),
                           .stop = &is_stopped,
                           .is_reserved = is_reserved};
    job_work(db, &w);
}

/* Needs no database, and so has none. */
static void passwords_run(const struct serve *s) {
    int fds[16];
    for (int i = 0; i < s->web_n; i++) {
        fds[i] = s->password_fds[i][1];
    }
    password_serve(fds, s->web_n, &is_stopped);
}

_Noreturn void part_run(struct serve *s, enum part part, int index, int slot, int ready_fd) {
    static const char *const names[] = {"web", "live", "search", "job", "keep", "password"};
    struct arena *a = arena_new();
    struct life life = {.index = index, .slot = slot, .ready_fd = ready_fd};
    struct db *db;
    int status = 0;
    char *name = str_z(a, str_format(a, "%s %d", names[part], index));
    log_name(name);
    prctl(PR_SET_NAME, name);
    signals_set();
    id_process(slot);
    if (part != PART_WEB) {
        for (int i = 0; i < s->web_n; i++) {
            close(s->listen_fds[i]);
        }
    }
    struct err e = part == PART_PASSWORDS ? OK : start_open(s, a, &db);
    if (!e.why && part == PART_WEB) {
        e = web_run(s, a, db, &life, &status);
    } else if (!e.why) {
        say_ready(&life);
        if (part == PART_EVENTS) {
            events_run(a, db);
        } else if (part == PART_PASSWORDS) {
            passwords_run(s);
        } else if (part == PART_SEARCH) {
            search_feed_loop(db, &modules, &is_stopped);
        } else if (part == PART_KEEPER) {
            status = keeper_run(s, a, db, &is_stopped);
        } else {
            jobs_run(a, db, index, index > s->job_n);
        }
    }
    if (e.why) {
        log_fault(LOG_ERROR, "starting", e);
        status = 1;
    }
    arena_free(a);
    exit(status);
}
