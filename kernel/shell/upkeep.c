/* What has to be done once a day: files nobody knows, sessions and drafts long over. */
#include "kernel/shell/upkeep.h"

#include "base/log.h"
#include "kernel/rights/auth.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/erase/erase.h"
#include "kernel/file/sweep.h"
#include "kernel/folder/folder.h"
#include "kernel/http/http_queries.h"
#include "kernel/queue/job.h"
#include "kernel/file/quota.h"

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

static struct err prune(struct db_write *db, void *thing) {
    (void)thing;
    struct instant before = {clock_now().ms - DAY_MS};
    TRY(auth_prune(db));
    TRY(quota_prune(db));
    TRY(http_once_prune(db, (struct http_once_prune_in){.before = before}, NULL));
    TRY(http_kept_prune(db, (struct http_kept_prune_in){.before = before}, NULL));
    return http_draft_prune(db, (struct http_draft_prune_in){.before = before}, NULL);
}

/* Nothing is looked for in a folder that is not this database's. */
static struct err look(struct job *job, struct file_finds *finds) {
    struct db_read *r;
    TRY(db_begin_read(job->db, job->arena, &r));
    struct err e = folder_compare(r, db_dir(job->db));
    if (!e.why) {
        e = file_sweep_look(r, job->arena, finds);
    }
    db_end_read(r);
    return e;
}

static struct err sweep(struct db_write *db, void *thing) {
    const struct file_finds *finds = thing;
    struct file_swept done;
    const struct config *config = config_here();
    TRY(file_sweep(db, finds, config ? config_int(config, SET_SWEEP_DAYS) : 30, &done));
    if (done.removed || done.waiting || done.strangers) {
        log_line(LOG_INFO,
                 "sweep: %lld files of no use removed (%lld bytes), %lld kept for now (%lld), "
                 "%lld that were here before the database never touched (%lld): doanket sweep lists them",
                 (long long)done.removed, (long long)done.removed_bytes, (long long)done.waiting,
                 (long long)done.waiting_bytes, (long long)done.strangers, (long long)done.stranger_bytes);
    }
    return OK;
}

static struct err plan_next(struct db_write *db, void *thing) {
    (void)thing;
    return plan(db, DAY_MS);
}

static struct err run(struct job *job) {
    struct file_finds finds = {0};
    TRY(job_step(job, S("pruned"), prune, NULL));
    struct err e = look(job, &finds);
    if (e.why) {
        log_fault(LOG_WARN, "nothing is swept", e);
    } else {
        TRY(job_step(job, S("swept"), sweep, &finds));
    }
    return job_finish(job, plan_next, NULL);
}

const struct job_kind upkeep_job_kinds[] = {
    {.name = "kernel.upkeep", .title = "Dọn dẹp hằng ngày", .every_s = 86400, .run = run},
    {.name = "kernel.erase", .title = "Xóa hẳn nội dung khỏi đĩa", .max_tries = 1000, .run = erase_run},
    {0},
};
