/* The master: opens the sockets, starts the parts, starts again what dies, and ends them all. */
#include "app/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "kernel/config/config.h"

#include "base/banned.h"

enum { CHILDREN_MOST = 32, QUICK_US = 1000 * 1000, PAUSE_FIRST_US = 50 * 1000, PAUSE_MOST_US = 10 * 1000 * 1000 };
enum { STOP_US = 15 * 1000 * 1000, BACKLOG = 1024 };

struct child {
    enum part part;
    int index;
    pid_t pid; /* 0: not running */
    int64_t started_us;
    int64_t start_at_us; /* when to start it again */
    int quick_deaths;    /* in a row */
    bool is_ready;
};

struct master {
    struct serve *serve;
    struct child children[CHILDREN_MOST];
    int n;
    int ready_fds[2];
    int signal_fd;
    pid_t pid;
    int64_t begun_us;
    bool is_stopping, is_announced;
    int status; /* to end with */
    int64_t stop_by_us;
};

static const char *const part_names[] = {"web", "live", "search", "job", "keep", "password"};

static void child_start(struct master *m, struct child *c) {
    fflush(NULL);
    int64_t now = clock_monotonic_us();
    pid_t pid = fork();
    if (pid < 0) {
        log_line(LOG_ERROR, "cannot start a process: %s", strerror(errno));
        c->start_at_us = now + PAUSE_MOST_US;
        return;
    }
    if (pid == 0) {
        /* Asked to stop when the master dies, even by kill -9; it may have died already. */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != m->pid) {
            _exit(1);
        }
        close(m->signal_fd);
        close(m->ready_fds[0]);
        part_run(m->serve, c->part, c->index, (int)(c - m->children), m->ready_fds[1]);
    }
    c->pid = pid;
    c->started_us = now;
}

static void children_signal(struct master *m, int sig) {
    for (int i = 0; i < m->n; i++) {
        if (m->children[i].pid) {
            kill(m->children[i].pid, sig);
        }
    }
}

static void stop(struct master *m) {
    m->is_stopping = true;
    m->stop_by_us = clock_monotonic_us() + STOP_US;
    children_signal(m, SIGTERM);
}

static void child_died(struct master *m, struct child *c, int status) {
    int64_t now = clock_monotonic_us(), lived = now - c->started_us;
    c->pid = 0;
    if (m->is_stopping) {
        return;
    }
    if (c->part == PART_KEEPER && WIFEXITED(status) && WEXITSTATUS(status) == KEEPER_LOST) {
        m->status = 1;
        stop(m);
        return;
    }
    if (WIFSIGNALED(status)) {
        log_line(LOG_ERROR, "%s %d was ended by signal %d", part_names[c->part], c->index, WTERMSIG(status));
    } else {
        log_line(WEXITSTATUS(status) ? LOG_WARN : LOG_INFO, "%s %d ended with %d", part_names[c->part], c->index,
                 WEXITSTATUS(status));
    }
    /* At once, unless it keeps dying as soon as it lives. */
    c->quick_deaths = lived < QUICK_US ? c->quick_deaths + 1 : 0;
    int64_t pause = 0;
    if (c->quick_deaths > 1) {
        int doublings = c->quick_deaths - 2 < 8 ? c->quick_deaths - 2 : 8;
        pause = (int64_t)PAUSE_FIRST_US << doublings;
    }
    c->start_at_us = now + (pause < PAUSE_MOST_US ? pause : PAUSE_MOST_US);
}

static void children_wait(struct master *m) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        for (int i = 0; i < m->n; i++) {
            if (m->children[i].pid == pid) {
                child_died(m, &m->children[i], status);
            }
        }
    }
}

static void ready_take(struct master *m) {
    unsigned char slots[CHILDREN_MOST];
    ssize_t got = read(m->ready_fds[0], slots, sizeof slots);
    for (ssize_t i = 0; i < got; i++) {
        if (slots[i] < m->n) {
            m->children[slots[i]].is_ready = true;
        }
    }
    bool all = true;
    for (int i = 0; i < m->n; i++) {
        all = all && m->children[i].is_ready;
    }
    if (all && !m->is_announced) {
        m->is_announced = true;
        struct str address = config_str(m->serve->config, SET_ADDRESS);
        bool is_any = str_eq(address, S("0.0.0.0")) || str_eq(address, S("::"));
        bool is_six = !is_any && str_find(address, S(":"), 0) != SIZE_MAX;
        address = is_any ? S("127.0.0.1") : address;
        printf("doanket: ready http://%s%.*s%s:%d in %lld ms\n", is_six ? "[" : "", STR_ARG(address), is_six ? "]" : "",
               m->serve->port, (long long)((clock_monotonic_us() - m->begun_us) / 1000));
        fflush(stdout);
    }
}

/* Starts what is due; milliseconds until the next is. */
static int children_start(struct master *m) {
    int64_t now = clock_monotonic_us(), wait = 60 * 1000 * 1000;
    for (int i = 0; i < m->n; i++) {
        struct child *c = &m->children[i];
        if (c->pid == 0 && c->start_at_us <= now) {
            child_start(m, c);
        } else if (c->pid == 0 && c->start_at_us - now < wait) {
            wait = c->start_at_us - now;
        }
    }
    return (int)(wait / 1000) + 1;
}

static bool any_runs(const struct master *m) {
    for (int i = 0; i < m->n; i++) {
        if (m->children[i].pid) {
            return true;
        }
    }
    return false;
}

static void signals_take(struct master *m) {
    struct signalfd_siginfo info;
    while (read(m->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            children_wait(m);
        } else if (!m->is_stopping) {
            stop(m);
        }
    }
}

static void master_loop(struct master *m) {
    while (!m->is_stopping || any_runs(m)) {
        int wait = 200;
        if (!m->is_stopping) {
            wait = children_start(m);
        } else if (clock_monotonic_us() > m->stop_by_us) {
            children_signal(m, SIGKILL);
        }
        struct pollfd fds[2] = {{.fd = m->signal_fd, .events = POLLIN}, {.fd = m->ready_fds[0], .events = POLLIN}};
        if (poll(fds, 2, wait) > 0) {
            signals_take(m);
            if (fds[1].revents & POLLIN) {
                ready_take(m);
            }
        }
    }
}

/* One listening socket per web worker on the same port: the kernel deals out connections, and a worker's queue outlives
 * it. */
static int socket_open(const struct addrinfo *to, bool is_shared, int *port) {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
    } at;
    socklen_t n = to->ai_addrlen;
    memcpy(&at, to->ai_addr, n);
    if (at.any.sa_family == AF_INET) {
        at.four.sin_port = htons((uint16_t)*port);
    } else {
        at.six.sin6_port = htons((uint16_t)*port);
    }
    int one = 1, fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (is_shared) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
    }
    if (bind(fd, &at.any, n) != 0 || (is_shared && listen(fd, BACKLOG) != 0) || getsockname(fd, &at.any, &n) != 0) {
        close(fd);
        return -1;
    }
    *port = ntohs(at.any.sa_family == AF_INET ? at.four.sin_port : at.six.sin6_port);
    return fd;
}

static bool sockets_open(struct serve *s) {
    struct addrinfo want = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST, .ai_socktype = SOCK_STREAM}, *to = NULL;
    char *address = str_z(s->arena, config_str(s->config, SET_ADDRESS));
    s->port = (int)config_int(s->config, SET_PORT);
    if (getaddrinfo(address, NULL, &want, &to) != 0) {
        fprintf(stderr, "doanket: địa chỉ %s không đúng\n", address);
        return false;
    }
    /* Sockets that share a port would share it with another doanket, too: ask for it alone first. */
    int alone = socket_open(to, false, &s->port);
    bool is_good = alone >= 0;
    if (is_good) {
        close(alone);
    }
    for (int i = 0; is_good && i < s->web_n; i++) {
        s->listen_fds[i] = socket_open(to, true, &s->port);
        is_good =
            s->listen_fds[i] >= 0 && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, s->password_fds[i]) == 0;
    }
    if (!is_good) {
        fprintf(stderr, "doanket: không mở được cổng %d ở %s: %s\n", s->port, address, strerror(errno));
    }
    freeaddrinfo(to);
    return is_good;
}

static int start_wait(struct serve *s) {
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(start_run(s));
    }
    int status = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* Held by the master and inherited by all its children: as long as one of them lives, nobody else serves the folder. */
static bool folder_take(struct serve *s) {
    struct err e = start_dir_make(s, "");
    s->lease = folder_lease_new(s->arena, config_int(s->config, SET_NODE));
    if (!e.why) {
        e = folder_lock(s->arena, s->dir, start_address(s), &s->lock_fd);
    }
    if (e.why) {
        start_say("starting", e);
    }
    return !e.why;
}

static void child_add(struct master *m, enum part part, int index) {
    m->children[m->n++] = (struct child){.part = part, .index = index};
}

int serve_command(struct serve *s) {
    struct master m = {.serve = s, .pid = getpid(), .begun_us = clock_monotonic_us()};
    log_name("master");
    s->is_serving = true;
    if (!sockets_open(s) || !folder_take(s)) {
        return 1;
    }
    int started = start_wait(s);
    if (started != 0) {
        return started;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    m.signal_fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (m.signal_fd < 0 || pipe2(m.ready_fds, O_NONBLOCK | O_CLOEXEC) != 0) {
        log_line(LOG_ERROR, "the master cannot listen to signals: %s", strerror(errno));
        return 1;
    }
    for (int i = 0; i < s->web_n; i++) {
        child_add(&m, PART_WEB, i + 1);
    }
    child_add(&m, PART_KEEPER, 1);
    child_add(&m, PART_EVENTS, 1);
    child_add(&m, PART_SEARCH, 1);
    child_add(&m, PART_PASSWORDS, 1);
    /* The last one is kept free for what is short. */
    for (int i = 0; s->job_n && i <= s->job_n; i++) {
        child_add(&m, PART_JOBS, i + 1);
    }
    master_loop(&m);
    return m.status;
}
