/* The worker. Every write it makes for a job first asks, inside its transaction, whether the job's token is still the
   one it was given; a worker that was thought dead and comes back finds that it is not. */
#include <unistd.h>

#include "kernel/queue/clock.h"
#include "kernel/db/id.h"
#include "kernel/queue/job_inside.h"
#include "kernel/queue/job_queries.h"
#include "read/read.h"
#include "kernel/db/wake.h"

#include "base/arena.h"
#include "base/log.h"

#include "base/banned.h"

enum { LEASE_S = 120, TRIES = 5, PROGRESS_US = 500000, PAUSE_MS = 5000, LONGEST_PAUSE_MS = 600000, TURN_MS = 15000 };
enum { KEEP_US = 30 * 1000 * 1000 };

/* The worker's own knowledge of the job it runs. */
struct job_hold {
    const struct job_kind *kind;
    const struct job_worker *worker;
    int64_t turn_until_us;
    int64_t token;
    int64_t lease_ms;
    int64_t renewed_us;
    int64_t shown_us;
    int64_t done, total;
    bool is_ended;     /* job_finish or job_again committed */
    bool is_stopped;   /* its work was broken off because the worker stops */
    bool is_cancelled; /* seen at a sign of life */
    bool is_lost;
};

static int64_t lease_until(const struct job *job) { return clock_now().ms + job->hold->lease_ms; }

/* Inside a transaction: CONFLICT unless the job is still ours and wanted. */
static struct err still_ours(struct job *job, struct db_write *w) {
    struct job_held_row *row = NULL;
    TRY(job_held(db_reading(w), (struct job_held_in){{job->id}, job->hold->token}, &row));
    job->hold->is_lost = row == NULL;
    job->hold->is_cancelled = row && row->is_cancelling;
    if (!row) {
        return FAIL(ERR_CONFLICT, "the job is another worker's now");
    }
    return row->is_cancelling ? FAIL(ERR_CONFLICT, "the job was cancelled") : OK;
}

struct change {
    struct job *job;
    struct err (*step)(struct db_write *db, void *thing);
    void *thing;
    struct str mark;
    enum job_state state; /* 0: goes on; queued: again */
};

static struct job_view view_of(const struct job *job, enum job_state state) {
    return (struct job_view){.id = job->id,
                             .kind = job->kind,
                             .record = job->record,
                             .post = job->post,
                             .state = state,
                             .tries = job->tries,
                             .done = job->hold->done,
                             .total = job->hold->total};
}

static struct err end_in(struct db_write *w, struct job *job, enum job_state state, struct str fault,
                         int64_t not_before) {
    struct instant now = clock_now();
    struct job_end_in in = {
        .state = (int64_t)state, .fault = fault, .not_before = not_before, .id = {job->id}, .token = job->hold->token};
    in.ended_at = state == JOB_QUEUED ? (struct instant){0} : now;
    TRY(job_end(w, in, NULL));
    struct job_view v = view_of(job, state);
    return job_event(w, &v);
}

static struct err again_in(struct db_write *w, struct job *job) {
    TRY(job_again_set(w, (struct job_again_set_in){clock_now().ms, {job->id}, job->hold->token}, NULL));
    struct job_view v = view_of(job, JOB_QUEUED);
    return job_event(w, &v);
}

static struct err change_in(struct db_write *w, const struct change *c) {
    struct job *job = c->job;
    db_actor_set(w, &(struct db_actor){.post = job->post, .ip = S("")});
    TRY(still_ours(job, w));
    if (c->step) {
        TRY(c->step(w, c->thing));
    }
    if (c->state == JOB_QUEUED) {
        return again_in(w, job);
    }
    if (c->state) {
        return end_in(w, job, c->state, S(""), clock_now().ms);
    }
    return job_mark(w,
                    (struct job_mark_in){
                        .mark = c->mark, .lease_until = lease_until(job), .id = {job->id}, .token = job->hold->token},
                    NULL);
}

static void free_arena(void *arena) { arena_free(arena); }

/* In memory of its own, so that a job of a thousand steps needs no more than one of ten; a fault lives as long as the
 * job. */
static struct err change_commit(const struct change *c) {
    struct db_write *w = NULL;
    struct arena *arena = arena_new();
    struct err e = db_begin_write(c->job->db, arena, &w);
    if (!e.why) {
        e = change_in(w, c);
        if (e.why) {
            db_rollback(w);
        } else {
            e = db_commit(w);
        }
    }
    if (e.why) {
        arena_on_reset(c->job->arena, free_arena, arena);
    } else {
        arena_free(arena);
    }
    return e;
}

struct err job_step(struct job *job, struct str mark, struct err (*step)(struct db_write *db, void *thing),
                    void *thing) {
    TRY(change_commit(&(struct change){.job = job, .step = step, .thing = thing, .mark = mark}));
    job->mark = str_copy(job->arena, mark);
    job->hold->renewed_us = clock_monotonic_us();
    return OK;
}

struct err job_finish(struct job *job, struct err (*step)(struct db_write *db, void *thing), void *thing) {
    TRY(change_commit(&(struct change){.job = job, .step = step, .thing = thing, .state = JOB_DONE}));
    job->hold->is_ended = true;
    return OK;
}

bool job_turn_is_over(const struct job *job) {
    return *job->hold->worker->stop || clock_monotonic_us() >= job->hold->turn_until_us;
}

struct err job_again(struct job *job) {
    TRY(change_commit(&(struct change){.job = job, .state = JOB_QUEUED}));
    job->hold->is_ended = true;
    return OK;
}

struct shown {
    struct job *job;
    int64_t done, total;
    struct str words;
};

static struct err show_in(struct db_write *w, const struct shown *s) {
    struct job *job = s->job;
    TRY(still_ours(job, w));
    TRY(job_progress_set(w,
                         (struct job_progress_set_in){.done = s->done,
                                                      .total = s->total,
                                                      .words = s->words,
                                                      .lease_until = lease_until(job),
                                                      .id = {job->id},
                                                      .token = job->hold->token},
                         NULL));
    struct job_view v = view_of(job, JOB_RUNNING);
    return job_event(w, &v);
}

struct err job_progress(struct job *job, int64_t done, int64_t total, struct str words) {
    int64_t now = clock_monotonic_us();
    job->hold->done = done;
    job->hold->total = total;
    if (job->hold->shown_us && now - job->hold->shown_us < PROGRESS_US && done < total) {
        return OK;
    }
    struct db_write *w = NULL;
    TRY(db_begin_write(job->db, job->arena, &w));
    struct err e = show_in(w, &(struct shown){job, done, total, words});
    if (e.why) {
        db_rollback(w);
        return e;
    }
    TRY(db_commit(w));
    job->hold->shown_us = job->hold->renewed_us = now;
    return OK;
}

struct err job_beat(struct job *job) {
    int64_t now = clock_monotonic_us();
    if (now - job->hold->renewed_us < job->hold->lease_ms * 1000 / 3 && now - job->hold->renewed_us < 5000000) {
        return OK;
    }
    struct db_write *w = NULL;
    TRY(db_begin_write(job->db, job->arena, &w));
    struct err e = still_ours(job, w);
    if (!e.why) {
        e = job_lease(
            w, (struct job_lease_in){.lease_until = lease_until(job), .id = {job->id}, .token = job->hold->token},
            NULL);
    }
    if (e.why) {
        db_rollback(w);
        return e;
    }
    job->hold->renewed_us = now;
    return db_commit(w);
}

/* "2/job 1": names are unique on a node only. */
static struct str holder_of(struct arena *arena, const char *name) {
    return str_format(arena, "%d/%s", id_node_number(), name);
}

static struct err claim_in(struct db_write *w, const struct job_worker *worker, struct job_job_id id, struct job *job,
                           bool *got) {
    struct job_claim_row *row = NULL;
    struct instant now = clock_now();
    struct job_hold *hold = job->hold;
    hold->token = id_new();
    /* Long enough until its kind is known. */
    TRY(job_claim(w,
                  (struct job_claim_in){.holder = holder_of(job->arena, worker->name),
                                        .token = hold->token,
                                        .lease_until = now.ms + LEASE_S * 1000,
                                        .now = now.ms,
                                        .id = id},
                  &row));
    *got = row != NULL;
    if (!row) {
        return OK;
    }
    hold->kind = job_kind_find(worker, row->kind);
    hold->worker = worker;
    hold->lease_ms = 1000 * (hold->kind && hold->kind->lease_s ? hold->kind->lease_s : LEASE_S);
    hold->renewed_us = clock_monotonic_us();
    hold->turn_until_us = hold->renewed_us + 1000 * (worker->turn_ms ? worker->turn_ms : TURN_MS);
    hold->is_cancelled = row->is_cancelling;
    job->id = row->number.v;
    job->kind = row->kind;
    job->record = row->record;
    job->args = row->args;
    job->post = row->post;
    job->tries = row->tries;
    job->mark = row->mark;
    TRY(job_turn_taken(w, (struct job_turn_taken_in){job->post, job->kind}, NULL));
    return job_lease(w, (struct job_lease_in){.lease_until = lease_until(job), .id = {job->id}, .token = hold->token},
                     NULL);
}

/* *is_any: something was there, if only for another. */
static struct err claim(const struct job_worker *worker, struct job *job, bool *is_any, bool *got) {
    struct db_read *r = NULL;
    struct db_write *w = NULL;
    struct job_job_id id = {0};
    *is_any = *got = false;
    TRY(db_begin_read(job->db, job->arena, &r));
    struct err e = job_pick(r, worker, &id);
    db_end_read(r);
    TRY(e);
    if (!id.v) {
        return OK;
    }
    *is_any = true;
    TRY(db_begin_write(job->db, job->arena, &w));
    e = claim_in(w, worker, id, job, got);
    if (e.why || !*got) {
        *got = false;
        db_rollback(w);
        return e;
    }
    e = db_commit(w);
    *got = !e.why;
    return e;
}

static int64_t pause_ms(int64_t tries) {
    int64_t ms = (int64_t)PAUSE_MS << (tries < 8 ? tries - 1 : 7);
    return ms > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : ms;
}

/* What becomes of the job after run returned. */
static struct err settle(struct job *job, struct err ran) {
    struct job_hold *hold = job->hold;
    int64_t max = hold->kind && hold->kind->max_tries ? hold->kind->max_tries : TRIES;
    enum job_state state = JOB_DONE;
    struct str fault = S("");
    int64_t not_before = clock_now().ms;
    if (hold->is_cancelled) {
        state = JOB_CANCELLED;
    } else if (hold->is_stopped && ran.why) {
        return job_again(job); /* no fault of its own */
    } else if (ran.why) {
        bool hopeless = ran.why->kind == ERR_INVALID || job->tries >= max;
        state = hopeless ? JOB_FAILED : JOB_QUEUED;
        fault = ran.why->message.len ? ran.why->message : err_sentence(ran.why->kind);
        not_before += hopeless ? 0 : pause_ms(job->tries);
    }
    struct db_write *w = NULL;
    TRY(db_begin_write(job->db, job->arena, &w));
    struct err e = end_in(w, job, state, fault, not_before);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* Asked about twice a second while a reading child works. */
static bool is_wanted(void *thing) {
    struct job *job = thing;
    struct db_read *r = NULL;
    struct job_held_row *row = NULL;
    if (*job->hold->worker->stop) {
        job->hold->is_stopped = true;
        return false;
    }
    struct arena *own = arena_new();
    struct err e = db_begin_read(job->db, own, &r);
    if (!e.why) {
        e = job_held(r, (struct job_held_in){{job->id}, job->hold->token}, &row);
        db_end_read(r);
    }
    if (!e.why) {
        job->hold->is_lost = row == NULL;
        job->hold->is_cancelled = row && row->is_cancelling;
    }
    arena_free(own); /* a fault that it held is said by the next step */
    if (clock_monotonic_us() - job->hold->renewed_us > job->hold->lease_ms * 1000 / 3) {
        err_ignore(job_beat(job));
    }
    return !job->hold->is_lost && !job->hold->is_cancelled;
}

static void run_one(struct job *job) {
    const struct job_kind *kind = job->hold->kind;
    int64_t max = kind && kind->max_tries ? kind->max_tries : TRIES;
    struct err e;
    if (!kind) {
        e = REFUSE(ERR_INVALID, "", "Chương trình không còn loại việc này.");
    } else if (job->hold->is_cancelled) {
        e = FAIL(ERR_CONFLICT, "the job was cancelled");
    } else if (job->tries > max) {
        /* Its worker died in it every time. */
        e = REFUSE(ERR_INVALID, "", "Việc này đã dừng đột ngột nhiều lần nên không chạy lại nữa.");
    } else {
        read_watch(is_wanted, job);
        e = kind->run(job);
        read_watch(NULL, NULL);
    }
    if (e.why) {
        log_fault(LOG_WARN, str_z(job->arena, job->kind), e);
    }
    if (job->hold->is_ended || job->hold->is_lost) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        struct err settled = settle(job, e);
        if (!settled.why) {
            return;
        }
        log_fault(LOG_WARN, "job end", settled);
        if (settled.why->kind != ERR_BUSY) {
            return; /* the lease runs out, and it is tried again */
        }
    }
}

struct err job_free(struct db *db, struct arena *arena, const char *name) {
    struct db_write *w = NULL;
    TRY(db_begin_write(db, arena, &w));
    int64_t freed = 0;
    struct err e = job_free_held(w, (struct job_free_held_in){holder_of(arena, name)}, &freed);
    if (e.why || !freed) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static void rest(struct wake *wake) {
    if (wake) {
        wake_wait(wake, WAKE_FALLBACK_MS);
    } else {
        usleep(WAKE_FALLBACK_MS * 1000);
    }
}

/* What else is to be seen to from time to time. */
static void keep(struct db *db, struct arena *arena, const struct job_worker *worker) {
    struct err e = clock_tick(db, arena);
    if (e.why) {
        log_fault(LOG_WARN, "the clock", e);
    }
    e = job_standing_keep(db, arena, worker);
    if (e.why) {
        log_fault(LOG_WARN, "standing jobs", e);
    }
}

void job_work(struct db *db, const struct job_worker *worker) {
    struct arena *own = arena_new(), *arena = arena_new();
    struct wake *wake = NULL;
    struct err e = wake_open(own, db, "job", &wake);
    if (e.why) {
        log_fault(LOG_WARN, "job worker", e);
    }
    e = job_free(db, own, worker->name);
    if (e.why) {
        log_fault(LOG_WARN, "job worker", e);
    }
    int64_t kept_us = 0;
    while (!*worker->stop) {
        arena_reset(arena);
        struct job_hold hold = {0};
        struct job job = {.arena = arena, .db = db, .hold = &hold, .modules = worker->modules};
        bool is_any = false, got = false;
        if (!kept_us || clock_monotonic_us() - kept_us > KEEP_US) {
            kept_us = clock_monotonic_us();
            keep(db, arena, worker);
        }
        e = claim(worker, &job, &is_any, &got);
        if (e.why) {
            log_fault(LOG_WARN, "job worker", e);
        }
        if (got) {
            run_one(&job);
        } else if (worker->is_until_idle && !is_any && !e.why) {
            break;
        } else if (!is_any || e.why) {
            rest(wake);
        }
    }
    arena_free(arena);
    arena_free(own);
}
