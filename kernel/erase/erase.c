#include "kernel/erase/erase.h"

#include "base/arena.h"
#include "kernel/rights/audit.h"
#include "kernel/erase/erase_queries.h"
#include "kernel/file/file.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/work/job.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"

#include <unistd.h>

#include "base/banned.h"

static const struct modules *told;

void erase_use(const struct modules *all) { told = all; }

static struct err plan(struct db_write *db) {
    return job_add(db, &(struct job_new){.kind = S("kernel.erase"), .is_single = true}, NULL);
}

/* ---- Records */

static struct err erase_told(struct db_write *db, const struct erase *e) {
    TRY(erase_events(db, (struct erase_events_in){e->record}, NULL));
    TRY(erase_parked(db, (struct erase_parked_in){e->record}, NULL));
    TRY(erase_jobs_queued(db, (struct erase_jobs_queued_in){.ended_at = clock_now(), .record = e->record}, NULL));
    TRY(erase_jobs_running(db, (struct erase_jobs_running_in){e->record}, NULL));
    return erase_jobs_words(db, (struct erase_jobs_words_in){e->record}, NULL);
}

static struct err erase_typed(struct db_write *db, const struct erase *e) {
    struct arena *a = db_write_arena(db);
    struct str path = str_format(a, "/%.*s/%lld", STR_ARG(e->kind), (long long)e->record);
    return erase_drafts(db,
                        (struct erase_drafts_in){.path = path,
                                                 .first = str_format(a, "%.*s/", STR_ARG(path)),
                                                 .last = str_format(a, "%.*s0", STR_ARG(path))},
                        NULL);
}

static struct err ask_modules(struct db_write *db, const struct erase *e) {
    if (!told) {
        return FAIL(ERR_BROKEN, "nobody has said which modules keep content");
    }
    for (size_t i = 0; i < told->n; i++) {
        TRY(told->at[i]->erase ? told->at[i]->erase(db, e) : OK);
    }
    return OK;
}

struct err erase_record(struct db_write *db, const struct erase *e) {
    TRY(ask_modules(db, e));
    TRY(erase_told(db, e));
    TRY(erase_typed(db, e));
    TRY(audit_erase(db, e->kind, e->record, e->why));
    TRY(search_erase(db, e->kind, e->record));
    return plan(db);
}

/* ---- Files */

static void bytes_away(struct db *db, void *file) {
    (void)db;
    struct arena *own = arena_new();
    file_erase(own, file);
    arena_free(own);
}

static void copy_away(struct db *db, void *path) {
    (void)db;
    unlink(path);
}

static struct err copies_away(struct db_write *db, struct str sha256) {
    struct arena *a = db_write_arena(db);
    struct erase_kept_rows kept;
    TRY(erase_kept(db, (struct erase_kept_in){sha256}, &kept));
    for (size_t i = 0; i < kept.n; i++) {
        struct str path = str_format(a, "%.*s/tmp/%.*s", STR_ARG(file_store_dir()), STR_ARG(kept.at[i].place));
        db_after_commit(db, copy_away, str_z(a, path));
    }
    return OK;
}

struct err erase_file(struct db_write *db, struct file_blob_id id) {
    struct file *f = arena_take(db_write_arena(db), struct file, 1);
    bool is_held = false;
    TRY(ask_modules(db, &(struct erase){.file = &id, .is_held = &is_held}));
    if (is_held) {
        return OK;
    }
    TRY(file_find(db_reading(db), db_write_arena(db), id, f));
    TRY(copies_away(db, f->sha256));
    TRY(file_forget(db, id));
    TRY(erase_file_put(db, (struct erase_file_put_in){f->sha256, clock_now()}, NULL));
    db_after_commit(db, bytes_away, f);
    return plan(db);
}

/* ---- Afterwards: what a deletion leaves in files */

/* What came in anew meanwhile is another's: it stays. */
static struct err away_step(struct db_write *db, void *thing) {
    struct job *job = thing;
    struct erase_files_rows rows;
    TRY(erase_files(db_reading(db), &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct file_blob_by_sha256_row *again;
        TRY(file_blob_by_sha256(db_reading(db), (struct file_blob_by_sha256_in){rows.at[i].sha256}, &again));
        if (!again) {
            file_erase(job->arena, &(struct file){.sha256 = rows.at[i].sha256});
        }
        TRY(erase_file_done(db, (struct erase_file_done_in){rows.at[i].sha256}, NULL));
    }
    return OK;
}

static struct err nothing_more(struct db_write *db, void *thing) {
    (void)db;
    (void)thing;
    return OK;
}

struct err erase_run(struct job *job) {
    TRY(job_step(job, S("bytes"), away_step, job));
    TRY(db_scrub(job->db, job->arena));
    return job_finish(job, nothing_more, NULL);
}
