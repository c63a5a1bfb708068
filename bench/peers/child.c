#include "bench/peers/child.h"

#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

static double clock_of(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of a core that we and the process that works for us had. */
static double core_of(int server) {
    double own = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    char path[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/schedstat", server);
    FILE *f = server ? fopen(path, "r") : NULL;
    if (f) {
        own += fgets(line, sizeof line, f) ? strtod(line, NULL) / 1e9 : 0;
        fclose(f);
    }
    return own;
}

struct peers_memory peers_memory_of(int pid) {
    struct peers_memory m = {0};
    char path[64] = "/proc/self/smaps_rollup", line[256];
    if (pid) {
        snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    }
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        unsigned long kb = strchr(line, ':') ? strtoul(strchr(line, ':') + 1, NULL, 10) : 0;
        m.resident += strncmp(line, "Rss:", 4) == 0 ? kb : 0;
        m.anonymous += strncmp(line, "Anonymous:", 10) == 0 ? kb : 0;
        m.shared += strncmp(line, "Pss_Shmem:", 10) == 0 ? kb : 0;
    }
    if (f) {
        fclose(f);
    }
    return m;
}

static void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    (void)sched_setaffinity(0, sizeof set, &set);
}

static uint64_t size_sum;
static int add_size(const char *path, const struct stat *st, int type, struct FTW *where) {
    (void)path;
    (void)where;
    size_sum += type == FTW_F ? (uint64_t)st->st_blocks * 512 : 0; /* holes in a file are no index */
    return 0;
}

static uint64_t size_of(const struct peers_child *c) {
    size_sum = 0;
    if (!c->engine->size) {
        (void)nftw(c->dir, add_size, 16, FTW_PHYS);
    }
    return c->engine->size ? c->engine->size(c->dir) : size_sum;
}

/* Only the time within the engine counts. */
struct watch {
    int server;
    double wall, core, wall_at, core_at;
};

static void watch_on(struct watch *w) {
    w->wall_at = clock_of(CLOCK_MONOTONIC);
    w->core_at = clock_of(CLOCK_PROCESS_CPUTIME_ID);
}

static void watch_off(struct watch *w) {
    w->wall += clock_of(CLOCK_MONOTONIC) - w->wall_at;
    w->core += clock_of(CLOCK_PROCESS_CPUTIME_ID) - w->core_at;
}

static void put_passages(const struct peers_engine *e, void *made, const struct peers_world *w,
                         const struct peers_doc *d, struct watch *watch) {
    struct arena *a = arena_new();
    struct peers_cut title = peers_cut_of(a, d->title, w->is_folded);
    for (uint32_t i = 0; i < d->n; i++) {
        struct peers_passage p = peers_passage_of(a, d, &title, i, w->is_folded);
        watch_on(watch);
        e->put(made, &p);
        watch_off(watch);
    }
    arena_free(a);
}

static void make(struct peers_child *c, struct peers_world *w, const char *note) {
    struct watch watch = {0};
    struct peers_doc d = {0};
    struct arena *a = arena_new();
    void *made = c->engine->make(c->dir);
    int server = c->engine->server ? c->engine->server(made) : 0;
    double before = core_of(server) - core_of(0);
    while (peers_corpus_next(&w->corpus, a, &d)) {
        if (c->engine->put_doc) {
            watch_on(&watch);
            c->engine->put_doc(made, &d);
            watch_off(&watch);
        } else {
            put_passages(c->engine, made, w, &d, &watch);
        }
        arena_reset(a);
    }
    watch_on(&watch);
    c->engine->finish(made);
    watch_off(&watch);
    watch.core += core_of(server) - core_of(0) - before;
    arena_free(a);
    FILE *f = fopen(note, "w");
    if (f) {
        fprintf(f, "%f %f %llu\n", watch.wall, watch.core, (unsigned long long)size_of(c));
        fclose(f);
    }
}

static void note_path(const struct peers_child *c, char *path, size_t most) { snprintf(path, most, "%s.made", c->dir); }

static bool read_note(struct peers_child *c) {
    char path[2100], line[256], *at = line;
    note_path(c, path, sizeof path);
    FILE *f = fopen(path, "r");
    bool is_read = f && fgets(line, sizeof line, f);
    if (f) {
        fclose(f);
    }
    if (is_read) {
        c->made.wall = strtod(at, &at);
        c->made.core = strtod(at, &at);
        c->made.size = strtoull(at, &at, 10);
    }
    return is_read;
}

void peers_child_make(struct peers_child *c, struct peers_world *w, int core) {
    char path[2100];
    if (read_note(c)) {
        return;
    }
    c->pid = fork();
    if (c->pid == 0) {
        pin(core);
        (void)mkdir(c->dir, 0750);
        note_path(c, path, sizeof path);
        make(c, w, path);
        _exit(0);
    }
}

bool peers_child_is_made(struct peers_child *c) {
    int status = 0;
    if (c->pid && waitpid(c->pid, &status, WNOHANG) == 0) {
        return false;
    }
    c->pid = 0;
    if (status != 0 || !read_note(c)) {
        peers_fail(c->engine->name, "did not make its index");
    }
    return true;
}

/* The articles of the passages found, each once. */
static void to_articles(const struct peers_child *c, const struct peers_world *w, const struct peers_found *found,
                        struct peers_reply *out) {
    for (size_t i = 0; i < found->n && out->n < PEERS_FOUND_MOST; i++) {
        bool is_known = false;
        uint32_t article = c->engine->put_doc ? found->at[i] : w->corpus.owner[found->at[i]];
        for (uint32_t k = 0; k < out->n; k++) {
            is_known |= out->article[k] == article;
        }
        if (!is_known) {
            out->article[out->n++] = article;
        }
    }
}

static void answer(const struct peers_child *c, const struct peers_world *w, void *opened,
                   const struct peers_request *r, struct peers_reply *out) {
    static struct peers_asked first, asked;
    const struct peers_form *form = &c->engine->forms[r->form];
    const struct peers_question *q = &w->questions.at[r->question];
    struct peers_found found = {0};
    int server = c->engine->server ? c->engine->server(opened) : 0;
    peers_form_fill(form, q, form->all_first > 0, &first);
    peers_form_fill(form, q, false, &asked);
    double wall = clock_of(CLOCK_MONOTONIC), core = core_of(server);
    if (form->all_first) {
        c->engine->ask(opened, &first, form->how, r->asker, &found);
    }
    if (found.n < PEERS_FOUND_MOST) {
        found.n = 0;
        c->engine->ask(opened, &asked, form->how, r->asker, &found);
    }
    out->wall = (clock_of(CLOCK_MONOTONIC) - wall) * 1000;
    out->core = (core_of(server) - core) * 1000;
    to_articles(c, w, &found, out);
    if (r->question % 16 == 0) {
        out->memory = peers_memory_of(server);
    }
}

static void serve(struct peers_child *c, struct peers_world *w, int fd) {
    struct peers_request r;
    void *opened = c->engine->open(c->dir, w->askers, w->askers_n);
    while (recv(fd, &r, sizeof r, 0) == (ssize_t)sizeof r && !r.ends) {
        struct peers_reply reply = {0};
        answer(c, w, opened, &r, &reply);
        if (send(fd, &reply, sizeof reply, 0) != (ssize_t)sizeof reply) {
            return;
        }
    }
}

void peers_child_open(struct peers_child *c, struct peers_world *w, int core) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        peers_fail(c->engine->name, "no socket");
    }
    c->pid = fork();
    if (c->pid == 0) {
        close(ends[0]);
        pin(core);
        serve(c, w, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    c->fd = ends[0];
}

struct peers_reply peers_child_ask(struct peers_child *c, const struct peers_request *r) {
    struct peers_reply reply = {0};
    if (send(c->fd, r, sizeof *r, 0) != (ssize_t)sizeof *r ||
        recv(c->fd, &reply, sizeof reply, 0) != (ssize_t)sizeof reply) {
        peers_fail(c->engine->name, "gave no answer");
    }
    if (reply.memory.resident) {
        c->memory = reply.memory;
    }
    return reply;
}

void peers_child_close(struct peers_child *c) {
    struct peers_request r = {.ends = true};
    (void)send(c->fd, &r, sizeof r, 0);
    (void)waitpid(c->pid, NULL, 0);
    close(c->fd);
}
