/* Somebody else who writes, for bench/run: commits a row from a process of its own, so that the server's next turn
   finds another database. bench-writer DB RATE commits so many times a second until its input ends; without a rate,
   once for each byte it is given, and answers each with a byte when it is durable. */
#include "base/arena.h"
#include "base/log.h"
#include "base/num.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/db.h"

#include <poll.h>
#include <unistd.h>

#include "base/banned.h"

static struct err commit_one(struct db *db, struct arena *a, int64_t n) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    struct auth_try_add_in in = {.login = n % 2, .network = S("192.0.2.0"), .hour_at = {0}, .failed_at = clock_now()};
    struct err e = auth_try_add(w, in, NULL);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* Waits for the next moment to write; false when there is none. */
static bool is_next(int64_t rate) {
    char byte;
    if (!rate) {
        return read(STDIN_FILENO, &byte, 1) == 1;
    }
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&in, 1, (int)(1000 / rate)) == 0;
}

int main(int argc, char **argv) {
    struct arena *a = arena_new(), *each = arena_new();
    struct db *db;
    int64_t rate = 0;
    if (argc < 2 || (argc > 2 && !num_read_between(str_of(argv[2]), 1, 1000, &rate))) {
        return 2;
    }
    struct err e = db_open(a, str_of(argv[1]), &db);
    for (int64_t n = 0; !e.why && is_next(rate); n++) {
        e = commit_one(db, each, n);
        arena_reset(each);
        if (!e.why && !rate && write(STDOUT_FILENO, "+", 1) != 1) {
            break;
        }
    }
    if (e.why) {
        log_fault(LOG_ERROR, "writing", e);
    }
    arena_free(each);
    arena_free(a);
    return e.why ? 1 : 0;
}
