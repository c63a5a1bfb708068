#include "kernel/db/wake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/db/listen.h"

#include "base/banned.h"

struct wake {
    int fd;                  /* of both below */
    int local;               /* the socket */
    struct db_listen *nodes; /* NULL: none, or lost */
    int dir;
    char name[64];
};

/* A folder's name may be longer than a socket's may be: go by its descriptor. */
static bool address_of(int dir, const char *name, struct sockaddr_un *to) {
    *to = (struct sockaddr_un){.sun_family = AF_UNIX};
    int n = snprintf(to->sun_path, sizeof to->sun_path, "/proc/self/fd/%d/%s", dir, name);
    return n > 0 && (size_t)n < sizeof to->sun_path;
}

static int open_dir(struct str dir, bool make) {
    char path[4096];
    if (dir.len == 0 || dir.len > sizeof path - 8) {
        return -1;
    }
    snprintf(path, sizeof path, "%.*s/wake", STR_ARG(dir));
    if (make && mkdir(path, 0700) != 0 && errno != EEXIST) {
        return -1;
    }
    return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void close_wake(void *thing) {
    struct wake *w = thing;
    unlinkat(w->dir, w->name, 0);
    close(w->fd);
    close(w->local);
    close(w->dir);
}

static bool watch(struct wake *w, int fd) {
    struct epoll_event readable = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(w->fd, EPOLL_CTL_ADD, fd, &readable) == 0;
}

/* Without other nodes' pokes it still works, by the fallback. */
static void watch_nodes(struct wake *w, struct arena *arena, struct db *db, const char *topic) {
    struct err e = db_listen_open(arena, db, topic, &w->nodes);
    if (e.why) {
        log_fault(LOG_WARN, "wake-up from other nodes", e);
    } else if (w->nodes && !watch(w, db_listen_fd(w->nodes))) {
        w->nodes = NULL;
    }
}

struct err wake_open(struct arena *arena, struct db *db, const char *topic, struct wake **out) {
    struct wake *w = arena_take(arena, struct wake, 1);
    struct sockaddr_un at;
    if (db_dir(db).len == 0) {
        return FAIL(ERR_BROKEN, "no folder for wake-up sockets: db_dir is not set");
    }
    w->dir = open_dir(db_dir(db), true);
    if (w->dir < 0) {
        return FAIL_WITH(arena, ERR_BROKEN, "%.*s/wake: %s", STR_ARG(db_dir(db)), strerror(errno));
    }
    static int opened;
    snprintf(w->name, sizeof w->name, "%s.%d.%d", topic, (int)getpid(), ++opened);
    unlinkat(w->dir, w->name, 0); /* left by a dead process of the same number */
    w->local = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    w->fd = epoll_create1(EPOLL_CLOEXEC);
    if (w->local < 0 || w->fd < 0 || !address_of(w->dir, w->name, &at) ||
        bind(w->local, (struct sockaddr *)&at, sizeof at) != 0 || !watch(w, w->local)) {
        struct err e = FAIL_WITH(arena, ERR_BROKEN, "wake socket %s: %s", w->name, strerror(errno));
        close_wake(w);
        return e;
    }
    watch_nodes(w, arena, db, topic);
    arena_on_reset(arena, close_wake, w);
    *out = w;
    return OK;
}

int wake_fd(const struct wake *w) { return w->fd; }

void wake_drain(struct wake *w) {
    char bytes[16];
    while (recv(w->local, bytes, sizeof bytes, 0) >= 0) {
    }
    if (w->nodes && !db_listen_drain(w->nodes)) {
        epoll_ctl(w->fd, EPOLL_CTL_DEL, db_listen_fd(w->nodes), NULL);
        w->nodes = NULL;
    }
}

bool wake_wait(struct wake *w, int ms) {
    struct pollfd p = {.fd = w->fd, .events = POLLIN};
    bool poked = poll(&p, 1, ms) > 0;
    if (poked) {
        wake_drain(w);
    }
    return poked;
}

static void poke_here(struct str dir, const char *topic) {
    int at = open_dir(dir, false);
    int list = at < 0 ? -1 : openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = list < 0 ? NULL : fdopendir(list);
    int fd = d ? socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0) : -1;
    size_t n = strlen(topic);
    for (struct dirent *e; fd >= 0 && (e = readdir(d));) {
        struct sockaddr_un to;
        if (strncmp(e->d_name, topic, n) != 0 || e->d_name[n] != '.' || !address_of(at, e->d_name, &to)) {
            continue;
        }
        /* Nobody holds it any more: a process that was killed. */
        if (sendto(fd, "!", 1, 0, (struct sockaddr *)&to, sizeof to) < 0 && errno == ECONNREFUSED) {
            unlinkat(at, e->d_name, 0);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    if (d) {
        closedir(d);
    } else if (list >= 0) {
        close(list);
    }
    if (at >= 0) {
        close(at);
    }
}

void wake_poke(struct db *db, const char *topic) {
    poke_here(db_dir(db), topic);
    db_notify(db, topic);
}
