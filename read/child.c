/* The child that reads: made, fed, watched for time and size, and ended. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

enum { CHILD_FD = 3, SAID_MOST = 48 << 20, ASK_MS = 500, NO_WALLS = 97, TRIES = 3 };

static struct {
    bool (*is_wanted)(void *thing);
    void *thing;
    int unborn;
} watch;

void read_watch(bool (*is_wanted)(void *thing), void *thing) {
    watch.is_wanted = is_wanted;
    watch.thing = thing;
}

void read_child_fail(int n) { watch.unborn = n; }

static bool is_wanted(void) { return !watch.is_wanted || watch.is_wanted(watch.thing); }

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

static _Noreturn void child_main(int fd, const struct read_limits *limits, const struct read_work *work) {
    forget_signals();
    if (!keep_only(fd) || !read_sandbox_enter(limits)) {
        _exit(NO_WALLS);
    }
    work->run(work->thing, CHILD_FD);
    _exit(0);
}

/* When a child has had its time by the wall clock. Twice that of the processor, for other children share the machine;
   on a machine that is too busy even for that, as long again while it worked a twentieth of the time at least, up to
   five times. */
struct patience {
    pid_t child;
    int64_t step_us, until_us, most_us, worked_us;
};

static int64_t worked_us(pid_t child) {
    clockid_t clock;
    struct timespec t;
    bool is_known = clock_getcpuclockid(child, &clock) == 0 && clock_gettime(clock, &t) == 0;
    return is_known ? (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000 : 0;
}

static struct patience patience_for(pid_t child, const struct read_limits *limits) {
    int64_t now = clock_monotonic_us(), step = limits->seconds * 2000000 + 1000000;
    return (struct patience){.child = child, .step_us = step, .until_us = now + step, .most_us = now + 5 * step};
}

static bool is_over(struct patience *p, int64_t now) {
    if (now < p->until_us) {
        return false;
    }
    int64_t worked = worked_us(p->child);
    bool is_at_work = worked - p->worked_us >= p->step_us / 20;
    p->worked_us = worked;
    p->until_us = now + p->step_us;
    return !is_at_work || now >= p->most_us;
}

enum heard { HEARD_MORE, HEARD_ALL, HEARD_TOO_MUCH, HEARD_NOTHING };

/* What there is to hear now. */
static enum heard hear(int fd, struct buf *said) {
    buf_reserve(said, 1 << 16);
    ssize_t n = read(fd, said->at + said->len, 1 << 16);
    if (n <= 0) {
        return n == 0 ? HEARD_ALL : errno == EINTR ? HEARD_MORE : HEARD_NOTHING;
    }
    said->len += (size_t)n;
    return said->len > SAID_MOST ? HEARD_TOO_MUCH : HEARD_MORE;
}

static enum read_fault fault_of(enum heard end) {
    return end == HEARD_ALL ? READ_FINE : end == HEARD_TOO_MUCH ? READ_BABBLE : READ_CRASHED;
}

/* Whether it is time to ask if anybody still wants to know, and nobody does. */
static bool is_given_up(int64_t *ask_at, int64_t now) {
    if (now < *ask_at) {
        return false;
    }
    bool is_wanted_still = is_wanted();
    *ask_at = clock_monotonic_us() + ASK_MS * 1000;
    return !is_wanted_still;
}

/* Gathers until the child closes its end, says too much, takes too long, or nobody wants to know. */
static enum read_fault listen_to(int fd, struct patience *patience, struct buf *said) {
    int64_t ask_at = clock_monotonic_us() + ASK_MS * 1000;
    for (;;) {
        int64_t now = clock_monotonic_us();
        if (is_over(patience, now)) {
            return READ_TOO_SLOW;
        }
        if (is_given_up(&ask_at, now)) {
            return READ_UNWANTED;
        }
        struct pollfd p = {.fd = fd, .events = POLLIN};
        enum heard heard = poll(&p, 1, ASK_MS) > 0 ? hear(fd, said) : HEARD_MORE;
        if (heard != HEARD_MORE) {
            return fault_of(heard);
        }
    }
}

struct end {
    int status;
    int64_t spent_ms; /* of the processor */
};

static int64_t ms_of(struct timeval t) { return (int64_t)t.tv_sec * 1000 + t.tv_usec / 1000; }

static struct end reap(pid_t child) {
    struct end end = {0};
    struct rusage used = {0};
    while (wait4(child, &end.status, 0, &used) < 0 && errno == EINTR) {
    }
    end.spent_ms = ms_of(used.ru_utime) + ms_of(used.ru_stime);
    return end;
}

/* Who is to blame for a child that did not end well by itself. SIGKILL comes from the limit of time only when that was
   used up; otherwise from the system, which lacks memory, or from a person. One that could not raise its walls has not
   looked at the file. */
static enum read_fault blame(const struct end *end, const struct read_limits *limits) {
    if (WIFEXITED(end->status)) {
        return WEXITSTATUS(end->status) == NO_WALLS ? READ_KILLED : READ_CRASHED;
    }
    int sig = WTERMSIG(end->status);
    if (sig == SIGXCPU || (sig == SIGKILL && end->spent_ms >= limits->seconds * 1000)) {
        return READ_TOO_SLOW;
    }
    return sig == SIGKILL || sig == SIGTERM || sig == SIGINT || sig == SIGHUP ? READ_KILLED : READ_CRASHED;
}

static pid_t bear(void) {
    if (watch.unborn > 0) {
        watch.unborn--;
        errno = EAGAIN;
        return -1;
    }
    return fork();
}

enum read_fault read_child_run(struct arena *a, const struct read_limits *limits, struct read_work *work,
                               struct str *said) {
    int ends[2];
    *said = S("");
    work->spent_ms = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return READ_KILLED;
    }
    pid_t child = bear();
    if (child == 0) {
        child_main(ends[1], limits, work);
    }
    close(ends[1]);
    if (child < 0) {
        log_line(LOG_WARN, "a reading child was not born: %s", strerror(errno));
        close(ends[0]);
        return READ_KILLED;
    }
    struct buf b = buf_in(a);
    struct patience patience = patience_for(child, limits);
    enum read_fault fault = listen_to(ends[0], &patience, &b);
    close(ends[0]);
    if (fault) {
        kill(child, SIGKILL);
    }
    struct end end = reap(child);
    work->spent_ms = end.spent_ms;
    if (fault == READ_FINE && (!WIFEXITED(end.status) || WEXITSTATUS(end.status) != 0)) {
        fault = blame(&end, limits);
        log_line(LOG_WARN, "a reading child ended badly: %s %d", WIFSIGNALED(end.status) ? "signal" : "status",
                 WIFSIGNALED(end.status) ? WTERMSIG(end.status) : WEXITSTATUS(end.status));
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
    int64_t spent_ms = 0;
    enum read_fault fault = READ_CRASHED;
    for (int i = 0; i < TRIES && fault == READ_CRASHED; i++) {
        struct read_work work = {.run = child_answer, .thing = &w};
        struct str said;
        *answer = (struct read_answer){0};
        fault = read_child_run(a, &task->limits, &work, &said);
        spent_ms += work.spent_ms;
        if (fault == READ_FINE && !read_frame_read(a, task, said, answer)) {
            fault = READ_BABBLE;
        }
    }
    if (fault) {
        *answer = (struct read_answer){.fault = fault};
    }
    answer->spent_ms = spent_ms;
}

/* ---- A caller's own reader */

struct run_work {
    struct arena *arena;
    struct str bytes;
    const struct read_run *run;
};

static void run_say(void *thing, int fd) {
    struct run_work *w = thing;
    struct buf out = buf_in(w->arena);
    w->run->say(&out, w->bytes, w->run->thing);
    struct str said = buf_str(&out);
    while (said.len) {
        ssize_t n = write(fd, said.at, said.len);
        if (n <= 0 && errno != EINTR) {
            _exit(98);
        }
        said = n > 0 ? str_slice(said, (size_t)n, said.len) : said;
    }
}

static struct err run_refusal(enum read_fault fault) {
    switch ((int)fault) {
    case READ_TOO_SLOW: return REFUSE(ERR_INVALID, "file", "Tệp đọc quá lâu nên đã dừng.");
    case READ_KILLED:
        return REFUSE(ERR_BUSY, "file", "Việc đọc bị máy chủ ngắt giữa chừng; tệp không có lỗi. Sẽ đọc lại.");
    case READ_UNWANTED: return FAIL(ERR_CONFLICT, "what was being read is not wanted any more");
    default: return REFUSE(ERR_INVALID, "file", "Không đọc được tệp này: tệp bị hỏng hoặc quá phức tạp.");
    }
}

struct err read_run(struct arena *a, const struct read_part *part, const struct read_limits *limits,
                    const struct read_run *run, struct str *said) {
    struct stat s;
    int fd = open(part->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *said = S("");
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size == 0 || part->from < 0 ||
        part->from >= s.st_size || part->n < 1) {
        if (fd >= 0) {
            close(fd);
        }
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "a kept file cannot be mapped");
    }
    struct str whole = {at, (size_t)s.st_size};
    struct run_work w = {a, str_slice(whole, (size_t)part->from, (size_t)part->from + (size_t)part->n), run};
    struct read_work work = {.run = run_say, .thing = &w};
    enum read_fault ran = read_child_run(a, limits, &work, said);
    munmap(at, (size_t)s.st_size);
    return ran != READ_FINE ? run_refusal(ran) : said->len > run->most ? run_refusal(READ_BABBLE) : OK;
}
