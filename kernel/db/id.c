#include "kernel/db/id.h"

#include <pthread.h>
#include <unistd.h>

#include "base/num.h"

#include "base/banned.h"

static const int64_t EPOCH_MS = 1704067200000; /* 2024-01-01T00:00Z */
enum { SEQUENCES = 1 << 11, PROCESSES = 1 << 5, NODES = 1 << 6 };

static int node_number;
static int process_number = -1;
static int64_t last_ms;
static int64_t sequence;

void id_node(int node) { node_number = node & (NODES - 1); }

int id_node_number(void) { return node_number; }

void id_process(int process) {
    process_number = process & (PROCESSES - 1);
    last_ms = 0;
    sequence = 0;
}

static void forget_process(void) { process_number = -1; }

/* A child must not go on making its parent's ids. */
__attribute__((constructor)) static void watch_forks(void) { pthread_atfork(NULL, NULL, forget_process); }

int64_t id_new(void) {
    if (process_number < 0) {
        process_number = (int)getpid() & (PROCESSES - 1);
        sequence = ((int)getpid() / PROCESSES) & (SEQUENCES / 2 - 1);
        last_ms = clock_now().ms - EPOCH_MS;
    }
    int64_t now = clock_now().ms - EPOCH_MS;
    if (now > last_ms) {
        last_ms = now;
        sequence = 0;
    } else if (++sequence == SEQUENCES) {
        /* More than 2048 in one millisecond, or the clock stands or went back: borrow from the next. */
        last_ms++;
        sequence = 0;
    }
    return last_ms << 22 | (int64_t)node_number << 16 | (int64_t)process_number << 11 | sequence;
}

struct instant id_made_at(int64_t id) {
    return (struct instant){(id >> 22) + EPOCH_MS};
}

bool id_read(struct str s, int64_t *id) { return s.len > 0 && s.at[0] != '+' && num_read_between(s, 1, INT64_MAX, id); }
