/* The child that reads: made, fed, watched for time and size, and ended. */
#include "kernel/read_inside.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/banned.h"

enum { CHILD_FD = 3, SAID_MOST = 48 << 20 };

/* What the child was doing when it died is of no interest to the signal handlers of its parent. */
static void forget_signals(void) {
    static const int signals[] = {SIGTERM, SIGINT,  SIGHUP,  SIGCHLD, SIGUSR1, SIGUSR2,
                                  SIGALRM, SIGPIPE, SIGSEGV, SIGBUS,  SIGABRT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        signal(signals[i], SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Keeps one descriptor, to write to, and nothing else of the parent's: no database, no socket, no file. */
static bool keep_only(int fd) {
    int nothing = open("/dev/null", O_RDWR);
    return nothing >= 0 && dup2(fd, CHILD_FD + 1) >= 0 && dup2(nothing, 0) >= 0 && dup2(nothing, 1) >= 0 &&
           dup2(nothing, 2) >= 0 && dup2(CHILD_FD + 1, CHILD_FD) >= 0 && close_range(CHILD_FD + 1, ~0U, 0) == 0;
}

static _Noreturn void child_main(int fd, const struct read_limits *limits, void (*work)(void *thing, int fd),
                                 void *thing) {
    forget_signals();
    if (!keep_only(fd) || !read_sandbox_enter(limits)) {
        _exit(97);
    }
    work(thing, CHILD_FD);
    _exit(0);
}

/* Gathers until the child closes its end; READ_FINE only then. */
static enum read_fault listen_to(int fd, const struct read_limits *limits, struct buf *said) {
    /* Twice the processor time: other children share the machine. */
    int64_t until = clock_monotonic_us() + limits->seconds * 2000000 + 1000000;
    for (;;) {
        int64_t left = (until - clock_monotonic_us()) / 1000;
        if (left <= 0) {
            return READ_TOO_SLOW;
        }
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int ready = poll(&p, 1, (int)(left > 1000 ? 1000 : left));
        if (ready <= 0) {
            continue;
        }
        buf_reserve(said, 1 << 16);
        ssize_t n = read(fd, said->at + said->len, 1 << 16);
        if (n == 0) {
            return READ_FINE;
        }
        if (n > 0) {
            said->len += (size_t)n;
        } else if (errno != EINTR) {
            return READ_CRASHED;
        }
        if (said->len > SAID_MOST) {
            return READ_BABBLE;
        }
    }
}

static int reap(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

enum read_fault read_child_run(struct arena *a, const struct read_limits *limits, void (*work)(void *thing, int fd),
                               void *thing, struct str *said) {
    int ends[2];
    *said = S("");
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return READ_CRASHED;
    }
    pid_t child = fork();
    if (child == 0) {
        child_main(ends[1], limits, work, thing);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return READ_CRASHED;
    }
    struct buf b = buf_in(a);
    enum read_fault fault = listen_to(ends[0], limits, &b);
    close(ends[0]);
    if (fault) {
        kill(child, SIGKILL);
    }
    int status = reap(child);
    if (fault == READ_FINE && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
        bool is_slow = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
        fault = is_slow ? READ_TOO_SLOW : READ_CRASHED;
        log_line(LOG_WARN, "a reading child ended badly: %s %d", WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    *said = buf_str(&b);
    return fault;
}

struct child_work {
    struct arena *arena;
    const struct read_task *task;
};

static void child_answer(void *thing, int fd) {
    struct child_work *w = thing;
    struct read_answer answer = {0};
    read_task_do(w->arena, w->task, &answer);
    struct str bytes = read_frame_write(w->arena, w->task, &answer);
    while (bytes.len) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n <= 0 && errno != EINTR) {
            _exit(98);
        }
        bytes = n > 0 ? str_slice(bytes, (size_t)n, bytes.len) : bytes;
    }
}

void read_child(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct child_work w = {.arena = a, .task = task};
    struct str said;
    *answer = (struct read_answer){0};
    enum read_fault fault = read_child_run(a, &task->limits, child_answer, &w, &said);
    if (fault == READ_FINE && !read_frame_read(a, task, said, answer)) {
        fault = READ_BABBLE;
    }
    if (fault) {
        *answer = (struct read_answer){.fault = fault};
    }
}
