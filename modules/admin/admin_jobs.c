/* Background jobs: what runs, what failed and why, again or no more. */
#include "modules/admin/admin_pages.h"

#include "base/arena.h"
#include "base/num.h"
#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/module.h"
#include "modules/admin/admin_pages_gen.h"
#include "modules/admin/admin_queries.h"

enum { ON_A_PAGE = 50 };

const struct field admin_jobs_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("state"), .label = S_INIT("Tình trạng"), .most = 5},
    {.kind = FIELD_ID, .name = S_INIT("before"), .label = S_INIT("Trước")},
    {0},
};

/* NULL when the program knows no such kind any more. */
static const struct job_kind *kind_of(const struct modules *all, struct str name) {
    for (size_t m = 0; m < all->n; m++) {
        for (const struct job_kind *k = all->at[m]->job_kinds; k && k->name; k++) {
            if (str_eq(str_of(k->name), name)) {
                return k;
            }
        }
    }
    return NULL;
}

static struct admin_job seen(const struct job_view *j, const struct job_kind *k) {
    return (struct admin_job){.id = j->id,
                              .done = j->done,
                              .total = j->total,
                              .tries = j->tries,
                              .title = k ? str_of(k->title) : j->kind,
                              .state = job_state_words(j->state),
                              .words = j->words,
                              .fault = j->fault,
                              .added_at = j->added_at,
                              .ended_at = j->ended_at,
                              .is_failed = j->state == JOB_FAILED,
                              .is_running = j->state == JOB_RUNNING,
                              .is_standing = k && k->every_s,
                              .is_retryable = j->state == JOB_FAILED || j->state == JOB_CANCELLED,
                              .is_cancellable = j->state == JOB_QUEUED || j->state == JOB_RUNNING,
                              .is_cancelling = j->is_cancelling};
}

static struct err tabs_fill(struct get *g, struct admin_jobs *v, int64_t state) {
    struct admin_jobs_counted_rows counted;
    int64_t n[JOB_CANCELLED + 1] = {0};
    TRY(admin_jobs_counted(g->db, &counted));
    for (size_t i = 0; i < counted.n; i++) {
        if (counted.at[i].state > 0 && counted.at[i].state <= JOB_CANCELLED) {
            n[counted.at[i].state] = counted.at[i].n;
        }
    }
    for (int s = 0; s <= JOB_CANCELLED; s++) {
        LIST_ADD(g->arena, &v->tabs,
                 (struct tab){.label = s ? job_state_words((enum job_state)s) : S("Tất cả"),
                              .link = link_local(g->arena, "/admin/job?state=%d", s),
                              .count = n[s],
                              .is_counted = s > 0,
                              .is_current = s == state,
                              .is_hot = s == JOB_FAILED && n[s] > 0});
    }
    return OK;
}

/* Which of the listed jobs the post may read the words of: those name files and say what was wrong in them. */
static struct err told_fill(struct get *g, struct admin_jobs *v) {
    int64_t *ids = arena_take(g->arena, int64_t, v->jobs.n + 1);
    struct admin_jobs_told_rows told;
    for (size_t i = 0; i < v->jobs.n; i++) {
        ids[i] = v->jobs.at[i].id;
    }
    TRY(admin_jobs_told(
        g->db, (struct admin_jobs_told_in){.ids = {ids, v->jobs.n}, .reader = g->who->post.v, .today = clock_today()},
        &told));
    for (size_t i = 0; i < v->jobs.n; i++) {
        struct admin_job *j = &v->jobs.at[i];
        for (size_t k = 0; k < told.n && !j->is_told; k++) {
            j->is_told = told.at[k].number.v == j->id;
        }
        if (!j->is_told) {
            j->words = j->fault = S("");
        }
    }
    return OK;
}

struct err admin_jobs_get(struct get *g) {
    struct admin_jobs v = {0};
    struct job_list jobs;
    int64_t state = 0, before = 0;
    if (!num_read_between(query_param(g->request, S("state")), 0, JOB_CANCELLED, &state)) {
        state = 0;
    }
    if (!id_read(query_param(g->request, S("before")), &before)) {
        before = 0;
    }
    TRY(tabs_fill(g, &v, state));
    TRY(job_list(g->db, (enum job_state)state, before, ON_A_PAGE, &jobs));
    for (size_t i = 0; i < jobs.n; i++) {
        LIST_ADD(g->arena, &v.jobs, seen(&jobs.at[i], kind_of(g->app, jobs.at[i].kind)));
    }
    TRY(told_fill(g, &v));
    if (jobs.n == ON_A_PAGE) {
        v.older = link_local(g->arena, "/admin/job?state=%lld&before=%lld", (long long)state,
                             (long long)jobs.at[jobs.n - 1].id);
    }
    return answer_admin_jobs(g, &v);
}

static struct err act(struct post *p, struct err (*what)(struct db_write *, int64_t), struct str verb) {
    int64_t id;
    struct job_view *job;
    TRY(path_id(p->request, S("id"), &id));
    TRY(job_find(db_reading(p->db), id, &job));
    if (!job) {
        return FAIL(ERR_MISSING, "no such job");
    }
    TRY(what(p->db, id));
    TRY(audit_note(p->db, &(struct audit){.verb = verb, .record = id}));
    return see_other(p, "/admin/job");
}

struct err admin_job_cancel_post(struct post *p) {
    return act(p, job_cancel, S("job.cancel"));
}
struct err admin_job_retry_post(struct post *p) {
    return act(p, job_retry, S("job.retry"));
}
