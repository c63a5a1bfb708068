#include "kernel/erase/erase.h"

#include "base/arena.h"
#include "kernel/rights/audit.h"
#include "kernel/erase/erase_queries.h"
#include "kernel/file/file.h"
#include "kernel/http/http.h"
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"
#include "kernel/verify/verify.h"

#include "base/banned.h"

static const struct modules *told;

void erase_use(const struct modules *all) { told = all; }

static struct err plan(struct db_write *db) {
    return job_add(db, &(struct job_new){.kind = S("kernel.erase"), .is_single = true}, NULL);
}

/* ---- Records */

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
    TRY(event_erase(db, e->record));
    TRY(job_erase(db, e->record));
    TRY(draft_erase(db, e->kind, e->record));
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

struct err erase_file(struct db_write *db, struct file_blob_id id) {
    struct file *f = arena_take(db_write_arena(db), struct file, 1);
    struct file_uses uses = {0};
    bool is_held = false;
    TRY(ask_modules(db, &(struct erase){.file = &id, .is_held = &is_held}));
    TRY(file_uses(db_reading(db), db_write_arena(db), told, id, &uses));
    if (is_held || uses.n) {
        return OK;
    }
    TRY(file_find(db_reading(db), db_write_arena(db), id, f));
    TRY(kept_erase(db, f->sha256));
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
        bool is_again;
        TRY(file_is_known(db_reading(db), rows.at[i].sha256, &is_again));
        if (!is_again) {
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
