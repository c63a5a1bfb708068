#include "kernel/wake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "kernel/db.h"

#include "base/banned.h"

struct wake {
    int fd;
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
    close(w->dir);
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
    w->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (w->fd < 0 || !address_of(w->dir, w->name, &at) || bind(w->fd, (struct sockaddr *)&at, sizeof at) != 0) {
        struct err e = FAIL_WITH(arena, ERR_BROKEN, "wake socket %s: %s", w->name, strerror(errno));
        close(w->fd);
        close(w->dir);
        return e;
    }
    arena_on_reset(arena, close_wake, w);
    *out = w;
    return OK;
}

int wake_fd(const struct wake *w) { return w->fd; }

void wake_drain(struct wake *w) {
    char bytes[16];
    while (recv(w->fd, bytes, sizeof bytes, 0) >= 0) {
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

void wake_poke(struct str dir, const char *topic) {
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
