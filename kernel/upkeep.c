/* What has to be done once a day: files nobody knows, sessions and drafts long over. */
#include "kernel/upkeep.h"

#include "kernel/auth.h"
#include "kernel/db.h"
#include "kernel/erase.h"
#include "kernel/file.h"
#include "kernel/http_queries.h"
#include "kernel/job.h"
#include "kernel/quota.h"

#include "base/banned.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static struct err plan(struct db_write *db, int64_t in_ms) {
    return job_add(
        db, &(struct job_new){.kind = S("kernel.upkeep"), .not_before = {clock_now().ms + in_ms}, .is_single = true},
        NULL);
}

struct err upkeep_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return plan(db, 60 * 60 * 1000);
}

static struct err sweep(struct db_write *db, void *thing) {
    struct job *job = thing;
    struct instant before = {clock_now().ms - DAY_MS};
    int64_t removed;
    TRY(file_sweep(db, job->arena, &removed));
    TRY(auth_prune(db));
    TRY(quota_prune(db));
    TRY(http_once_prune(db, (struct http_once_prune_in){.before = before}, NULL));
    TRY(http_kept_prune(db, (struct http_kept_prune_in){.before = before}, NULL));
    return http_draft_prune(db, (struct http_draft_prune_in){.before = before}, NULL);
}

static struct err plan_next(struct db_write *db, void *thing) {
    (void)thing;
    return plan(db, DAY_MS);
}

static struct err run(struct job *job) {
    TRY(job_step(job, S("swept"), sweep, job));
    return job_finish(job, plan_next, NULL);
}

const struct job_kind upkeep_job_kinds[] = {
    {.name = "kernel.upkeep", .title = "Dọn dẹp hằng ngày", .every_s = 86400, .run = run},
    {.name = "kernel.erase", .title = "Xóa hẳn nội dung khỏi đĩa", .max_tries = 1000, .run = erase_run},
    {0},
};
