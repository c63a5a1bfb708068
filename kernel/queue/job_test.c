#include "tests/db.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/audit.h"
#include "kernel/rights/audit_queries.h"
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"

enum { STEPS = 4 };

struct effect {
    int64_t job;
    int64_t step;
};

static struct err effect_happens(struct db_write *db, void *thing) {
    const struct effect *x = thing;
    return audit_note(db, &(struct audit){.verb = S("test.step"), .record = x->job, .person = x->step});
}

/* Goes on after the last mark; each step has one effect. */
static struct err run_steps(struct job *job) {
    int64_t from = job->mark.len ? job->mark.at[0] - '0' : 0;
    for (int64_t i = from + 1; i <= STEPS; i++) {
        char mark = (char)('0' + i);
        struct effect x = {job->id, i};
        TRY(job_progress(job, i, STEPS, S("đang làm")));
        if (i == STEPS) {
            return job_finish(job, effect_happens, &x);
        }
        TRY(job_step(job, (struct str){&mark, 1}, effect_happens, &x));
    }
    return OK;
}
static struct err run_refused(struct job *job) {
    (void)job;
    return REFUSE(ERR_INVALID, "", "Tệp bị hỏng.");
}
static struct err run_unlucky(struct job *job) { return job->tries < 3 ? FAIL(ERR_BUSY, "not now") : OK; }
static struct err run_long(struct job *job) {
    struct db_write *w;
    TRY(db_begin_write(job->db, job->arena, &w));
    TRY(job_cancel(w, job->id));
    TRY(db_commit(w));
    struct effect x = {job->id, 1};
    return job_step(job, S("1"), effect_happens, &x);
}

static const struct job_kind kinds[] = {
    {.name = "steps", .title = "Thử", .max_tries = 100000, .run = run_steps},
    {.name = "refused", .title = "Thử", .run = run_refused},
    {.name = "unlucky", .title = "Thử", .max_tries = 3, .run = run_unlucky},
    {.name = "long", .title = "Thử", .run = run_long},
};

static const volatile sig_atomic_t go_on = 0;

static void work(struct db *db, const char *name) {
    job_work(db,
             &(struct job_worker){.kinds = kinds, .n_kinds = 4, .name = name, .stop = &go_on, .is_until_idle = true});
}

static int64_t add(struct db *db, struct arena *arena, const char *kind) {
    struct db_write *w;
    int64_t id = 0;
    struct err e = db_begin_write(db, arena, &w);
    if (!e.why) {
        e = job_add(w, &(struct job_new){.kind = str_of(kind), .post = 7}, &id);
    }
    if (!e.why) {
        e = db_commit(w);
    }
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "job_add", e.why->detail, S(""));
    }
    return id;
}

static struct job_view *seen(struct db *db, struct arena *arena, int64_t id) {
    struct db_read *r;
    struct job_view *v = NULL;
    if (!db_begin_read(db, arena, &r).why) {
        err_ignore(job_find(r, id, &v));
        db_end_read(r);
    }
    return v ? v : arena_take(arena, struct job_view, 1);
}

TEST_DB("a job runs, its effects happen once, and its end is told to open pages") {
    int64_t id = add(db, arena, "steps");
    work(db, "job 1");
    work(db, "job 1");
    struct job_view *v = seen(db, arena, id);
    CHECK(v->state == JOB_DONE && v->tries == 1 && v->done == STEPS && v->ended_at.ms);
    struct db_read *r;
    struct event_list events;
    struct audit_read_rows rows;
    bool complete;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_read(r, (struct audit_read_in){0, 100}, &rows));
    CHECK(rows.n == STEPS);
    CHECK_OK(event_after(r, 0, 100, &events, &complete));
    CHECK(events.n >= 2 && events.at[events.n - 1].to == 7);
    CHECK(str_find(events.at[events.n - 1].body, S("\"state\":3"), 0) != SIZE_MAX);
    db_end_read(r);
}

TEST_DB("a job that cannot succeed fails at once with its reason; an unlucky one is tried again after a pause") {
    int64_t bad = add(db, arena, "refused"), unlucky = add(db, arena, "unlucky"),
            unknown = add(db, arena, "nobody knows");
    struct instant now = clock_now();
    for (int i = 0; i < 3; i++) {
        work(db, "job 1");
        CHECK(seen(db, arena, unlucky)->state == (i == 2 ? JOB_DONE : JOB_QUEUED));
        work(db, "job 1");
        now.ms += 60000;
        clock_freeze(now);
    }
    clock_freeze((struct instant){0});
    CHECK(seen(db, arena, bad)->state == JOB_FAILED && seen(db, arena, bad)->tries == 1);
    CHECK_STR(seen(db, arena, bad)->fault, S("Tệp bị hỏng."));
    CHECK(seen(db, arena, unknown)->state == JOB_FAILED);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_retry(w, bad));
    CHECK_OK(db_commit(w));
    CHECK(seen(db, arena, bad)->state == JOB_QUEUED);
}

TEST_DB("a queued job is cancelled at once, a running one at its next step, an ended one not at all") {
    int64_t queued = add(db, arena, "steps");
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_cancel(w, queued));
    CHECK_OK(db_commit(w));
    int64_t running = add(db, arena, "long");
    work(db, "job 1");
    CHECK(seen(db, arena, queued)->state == JOB_CANCELLED && seen(db, arena, running)->state == JOB_CANCELLED);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(job_cancel(w, running), ERR_CONFLICT);
    struct audit_read_rows rows;
    CHECK_OK(audit_read(db_reading(w), (struct audit_read_in){0, 10}, &rows));
    CHECK(rows.n == 0);
    db_rollback(w);
}

TEST_DB("a single job is queued once for its record") {
    struct db_write *w;
    int64_t a = 0, b = 0;
    struct job_new j = {.kind = S("steps"), .record = 5, .is_single = true};
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_add(w, &j, &a));
    CHECK_OK(job_add(w, &j, &b));
    CHECK(a == b && a > 0);
    struct job_view *latest;
    CHECK_OK(job_latest(db_reading(w), S("steps"), 5, &latest));
    CHECK(latest && latest->id == a);
    db_rollback(w);
}

static pid_t worker(struct db *db, const char *name) {
    pid_t child = fork();
    if (child == 0) {
        struct arena *own = arena_new();
        struct db *mine = NULL;
        if (!db_open(own, db_where(db), &mine).why) {
            db_dir_set(mine, db_dir(db));
            job_work(mine, &(struct job_worker){.kinds = kinds, .n_kinds = 4, .name = name, .stop = &go_on});
        }
        _exit(0);
    }
    return child;
}

static bool is_any_running(struct db *db, struct arena *arena, const int64_t *ids, int n) {
    bool is = false;
    for (int i = 0; i < n && !is; i++) {
        is = seen(db, arena, ids[i])->state == JOB_RUNNING;
    }
    return is;
}

/* Stopped to look whether it holds a job, gone on with until it does: one is killed at work however slow the machine
 * is. */
static void kill_at_work(struct db *db, struct arena *arena, pid_t child, const int64_t *ids, int n) {
    for (int tries = 0; tries < 60000; tries++) {
        usleep(1000);
        kill(child, SIGSTOP);
        if (is_any_running(db, arena, ids, n)) {
            break;
        }
        kill(child, SIGCONT);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

TEST_DB("workers killed at any instant lose no effect and double none") {
    enum { JOBS = 40, KILLS = 40 };
    static const char *const names[] = {"job 1", "job 2", "job 3"};
    int64_t ids[JOBS];
    for (int i = 0; i < JOBS; i++) {
        ids[i] = add(db, arena, "steps");
    }
    kill_at_work(db, arena, worker(db, names[0]), ids, JOBS);
    CHECK_OK(job_free(db, arena, names[0]));
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = worker(db, names[i]);
    }
    for (int i = 0; i < KILLS; i++) {
        usleep(6000 + (unsigned)(i * 2711 % 25000));
        kill(children[i % 3], SIGKILL);
        waitpid(children[i % 3], NULL, 0);
        children[i % 3] = worker(db, names[i % 3]);
    }
    for (int i = 0; i < 3; i++) {
        kill(children[i], SIGKILL);
        waitpid(children[i], NULL, 0);
    }
    for (int i = 0; i < 3; i++) {
        CHECK_OK(job_free(db, arena, names[i]));
    }
    work(db, "job 4");
    struct db_read *r;
    struct audit_read_rows rows;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_read(r, (struct audit_read_in){0, 100000}, &rows));
    db_end_read(r);
    CHECK(rows.n == JOBS * STEPS);
    int64_t most_tries = 0;
    for (int i = 0; i < JOBS; i++) {
        struct job_view *v = seen(db, arena, ids[i]);
        CHECK(v->state == JOB_DONE);
        most_tries = v->tries > most_tries ? v->tries : most_tries;
        for (int64_t step = 1; step <= STEPS; step++) {
            int times = 0;
            for (size_t n = 0; n < rows.n; n++) {
                times += rows.at[n].record == ids[i] && rows.at[n].person == step;
            }
            CHECK(times == 1);
        }
    }
    CHECK(most_tries > 1);
}
