/* An engine in a process of its own, pinned to one core: makes its index, or answers questions one after another. */
#ifndef BENCH_PEERS_CHILD_H
#define BENCH_PEERS_CHILD_H
#include "bench/peers/corpus.h"

#include <sys/types.h>

/* What making cost; kept in the engine's directory. */
struct peers_made {
    double wall, core; /* seconds, cutting texts into words not counted (ours: counted) */
    uint64_t size;     /* bytes */
};

/* Kilobytes: all that is resident, and of it what is not of a file. */
struct peers_memory {
    uint64_t resident, anonymous, shared;
};

struct peers_request {
    uint32_t question, form, asker;
    bool ends;
};
struct peers_reply {
    uint32_t n, article[PEERS_FOUND_MOST];
    double wall, core; /* milliseconds */
    struct peers_memory memory;
};

struct peers_child {
    const struct peers_engine *engine;
    char dir[2048];
    struct peers_made made;
    pid_t pid;
    int fd;
    struct peers_memory memory;
};

/* What children inherit. */
struct peers_world {
    struct peers_corpus corpus;
    struct peers_questions questions;
    const struct peers_asker *askers;
    size_t askers_n;
    bool is_folded;         /* the others get text without marks */
    uint64_t memory_before; /* resident when nothing was opened */
};

/* Starts making; peers_child_made waits. Nothing is made when it was before. */
void peers_child_make(struct peers_child *c, struct peers_world *w, int core);
bool peers_child_is_made(struct peers_child *c);
void peers_child_open(struct peers_child *c, struct peers_world *w, int core);
struct peers_reply peers_child_ask(struct peers_child *c, const struct peers_request *r);
void peers_child_close(struct peers_child *c);

/* Of a process; 0: our own. */
struct peers_memory peers_memory_of(int pid);
#endif
