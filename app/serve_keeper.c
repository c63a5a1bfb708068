/* The keeper: tells the log when the folder is gone or back, and on a database that several machines can reach, renews
   the lease. */
#include <poll.h>
#include <stddef.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/db/guard.h"

#include "base/banned.h"

struct keeper {
    struct db *db;
    struct arena *arena; /* of one round */
    struct folder_lease lease;
    bool is_leased;
    bool is_gone; /* the folder, as last said */
};

static void watch(struct keeper *k) {
    struct err e = db_stands(k->db, k->arena);
    if (e.why && !k->is_gone) {
        log_line(LOG_ERROR, "nothing can be written: %.*s", STR_ARG(e.why->message));
    } else if (!e.why && k->is_gone) {
        log_line(LOG_INFO, "the folder is back: writing goes on");
    }
    k->is_gone = e.why != NULL;
}

/* True while nobody else has taken the lease, as far as can be known. */
static bool renew(struct keeper *k) {
    bool is_ours = true;
    struct err e = folder_lease_beat(k->db, k->arena, &k->lease, &is_ours);
    if (e.why) {
        log_fault(LOG_WARN, "renewing the lease", e);
        return true;
    }
    return is_ours;
}

int keeper_run(struct serve *s, struct arena *a, struct db *db, const volatile sig_atomic_t *stop) {
    struct keeper k = {.db = db, .arena = arena_new(), .is_leased = db_is_postgres(db), .lease = s->lease};
    int status = 0;
    (void)a;
    for (int round = 0; !*stop && !status; round++) {
        arena_reset(k.arena);
        watch(&k);
        if (k.is_leased && round % FOLDER_LEASE_BEAT_S == 0 && !renew(&k)) {
            log_line(LOG_ERROR, "another machine serves this database now: ending");
            status = KEEPER_LOST;
        }
        poll(NULL, 0, status ? 0 : 1000);
    }
    if (k.is_leased && !status) {
        err_ignore(folder_lease_end(db, k.arena, &k.lease));
    }
    arena_free(k.arena);
    return status;
}
