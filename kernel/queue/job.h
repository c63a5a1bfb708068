/* Jobs: work that lives in the database, done by job workers in the background, tried again after growing pauses.
   A worker holds a job by a lease; killed at any instant, the lease runs out (or its successor frees it) and another
   goes on from the last mark. Effects happen once: they commit together with the mark, and only for the holder.
   Nobody waits for another's heap of work: turns go round the people and their kinds of work, a long job takes turns of
   some seconds (job_turn_is_over), one worker is kept free for what is short, and standing jobs come first everywhere.
   needs: db id event wake read clock */
#ifndef KERNEL_QUEUE_JOB_H
#define KERNEL_QUEUE_JOB_H
#include <signal.h>

#include "kernel/db/db.h"

struct job_new {
    struct str kind;
    int64_t record;            /* what it is about; its readers see the progress */
    struct str args;           /* JSON, or empty */
    int64_t post;              /* for whom; taken from the transaction's actor when left out */
    struct instant not_before; /* none: at once */
    bool is_single;            /* nothing is added while a job of this kind and record is queued */
};
/* Queues it in the caller's transaction. *id may be asked for or NULL. */
struct err job_add(struct db_write *db, const struct job_new *j, int64_t *id);

/* A job being run. What is public is for reading. */
struct job {
    int64_t id;
    struct str kind;
    int64_t record;
    struct str args;
    int64_t post;
    int64_t tries;       /* 1 the first time */
    struct str mark;     /* of the last step that committed; empty at first */
    struct arena *arena; /* until the job ends */
    struct db *db;       /* no transaction is open between steps */
    struct job_hold *hold;
    const struct modules *modules; /* of the whole program; NULL in some tests */
};

/* run returns OK when done. A fault is tried again until max_tries; ERR_INVALID fails at once (trying again cannot
   help), its message shown to the person. lease_s: the longest time between two of job_step, job_progress, job_beat (0:
   120). */
struct job_kind {
    const char *name;
    const char *title; /* Vietnamese */
    int max_tries;     /* 0: 5 */
    int lease_s;
    bool is_short; /* over in seconds: also done by the worker kept free for such */
    int every_s;   /* a standing job: one is always queued, at most this far off; is_short too. It queues its successor
                      itself; one that was lost, stopped or put off too far by a wrong clock is brought back. 0: none */
    int put_off_most_s; /* no standing job: the longest one is ever put off; what is put off farther runs now. 0: a day
                         */
    struct err (*run)(struct job *job);
};

/* Runs step in a write transaction that first makes sure the job is still ours, and commits it together with the mark,
   so a step whose mark is in job->mark has happened and one whose mark is not has not. What it takes from the write
   handle's arena is gone afterwards.
   CONFLICT when the job was cancelled or taken over: return it from run. */
struct err job_step(struct job *job, struct str mark, struct err (*step)(struct db_write *db, void *thing),
                    void *thing);
/* The last step: commits together with the job's end. run then returns what it returns. */
struct err job_finish(struct job *job, struct err (*step)(struct db_write *db, void *thing), void *thing);
/* How far it is, shown live. Cheap to call often: written at most twice a second and at the end. CONFLICT as above. */
struct err job_progress(struct job *job, int64_t done, int64_t total, struct str words);
/* A sign of life during long work; renews the lease when a third of it has gone. CONFLICT as above. */
struct err job_beat(struct job *job);

/* Whether this turn has lasted long enough, or the worker is to stop: then a long job commits where it is and returns
   job_again. */
bool job_turn_is_over(const struct job *job);
/* The rest at another turn, when the others had theirs. What is committed stays; tries begin anew. run returns what it
   returns. */
struct err job_again(struct job *job);

struct job_worker {
    const struct job_kind *kinds;
    size_t n_kinds;
    const char *name; /* "job 1": unique on the node. A restarted worker of the same name frees what it held */
    const struct modules *modules; /* told to the jobs; may be NULL */
    const volatile sig_atomic_t *stop;
    bool is_reserved;   /* takes short and standing jobs only */
    int turn_ms;        /* how long a turn lasts; 0: 15 s */
    bool is_until_idle; /* returns once nothing is ready to run: for tests and commands */
};
/* Runs jobs until told to stop. */
void job_work(struct db *db, const struct job_worker *w);
/* For parents that saw a worker of this name die: frees what it held at once. */
struct err job_free(struct db *db, struct arena *arena, const char *name);

/* A queued job is cancelled at once; a running one at its next sign of life. CONFLICT when it has ended. */
struct err job_cancel(struct db_write *db, int64_t id);
/* All of a kind about a record, queued or running; none is no fault. For whoever takes the record away. */
struct err job_cancel_about(struct db_write *db, struct str kind, int64_t record);
/* A failed or cancelled job is queued again with fresh tries, from its mark. CONFLICT when it has not ended. */
struct err job_retry(struct db_write *db, int64_t id);

enum job_state { JOB_QUEUED = 1, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED };
struct job_view {
    int64_t id;
    struct str kind;
    int64_t record;
    int64_t post;
    enum job_state state;
    int64_t tries;
    int64_t done;
    int64_t total;
    struct str words; /* progress in words, for the person */
    struct str fault; /* why it failed, for the person; details are in the log */
    struct instant added_at;
    struct instant ended_at;
    bool is_cancelling;
};
struct err job_find(struct db_read *db, int64_t id, struct job_view **view); /* NULL when none */
/* Whether one of a kind about a record is queued or running. */
struct err job_is_under_way(struct db_read *db, struct str kind, int64_t record, bool *is);
/* The newest job of a kind about a record; NULL when none. */
struct err job_latest(struct db_read *db, struct str kind, int64_t record, struct job_view **view);
struct job_list {
    struct job_view *at;
    size_t n;
};
/* Newest first, ids below before (0: from the newest). state 0: all. */
struct err job_list(struct db_read *db, enum job_state state, int64_t before, int64_t limit, struct job_list *jobs);
struct str job_state_words(enum job_state state); /* Vietnamese */
/* What was still to be done with a record is not done, and its words go: for kernel/erase. */
struct err job_erase(struct db_write *db, int64_t record);
#endif
