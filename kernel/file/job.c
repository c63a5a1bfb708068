/* Reading a kept file in a job: its look, then page by page, each page kept as it is done. */
#include "kernel/file/file.h"
#include "kernel/file/steps.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"

#include "base/banned.h"

struct look_step {
    struct file_blob_id id;
    struct file_look look;
};

static struct err keep_look(struct db_write *db, void *thing) {
    struct look_step *s = thing;
    return file_look_keep(db, s->id, &s->look);
}

struct page_step {
    struct file_blob_id id;
    struct file_page_done done;
};

static struct err keep_page(struct db_write *db, void *thing) {
    struct page_step *s = thing;
    return file_page_keep(db, s->id, &s->done);
}

static struct err see(struct job *job, struct arena *a, struct file_blob_id id, struct file *f, int64_t *next) {
    struct db_read *db;
    TRY(db_begin_read(job->db, a, &db));
    struct err e = file_find(db, a, id, f);
    e = e.why ? e : file_next(db, id, next);
    db_end_read(db);
    return e;
}

static struct err look(struct job *job, struct arena *a, const struct file *f, struct file_blob_id id) {
    TRY(job_progress(job, 0, 0, S("Đang mở tệp")));
    struct look_step *step = arena_take(a, struct look_step, 1);
    step->id = id;
    file_look(a, f, &step->look);
    return job_step(job, S("looked"), keep_look, step);
}

static struct err one_page(struct job *job, struct arena *a, const struct file *f, struct file_blob_id id, int64_t n) {
    TRY(job_progress(job, n - 1, f->pages,
                     str_format(a, "Đang đọc trang %lld trên %lld", (long long)n, (long long)f->pages)));
    struct page_step *step = arena_take(a, struct page_step, 1);
    step->id = id;
    file_read_one(a, f, n, &step->done);
    return job_step(job, str_format(a, "page %lld", (long long)n), keep_page, step);
}

static struct err leave(struct db_write *db, void *thing) { return file_leave(db, db_write_arena(db), thing); }

static void arena_done(void *thing) { arena_free(thing); }

static struct err read_all(struct job *job, struct arena *a, struct file_blob_id id, bool *is_done) {
    struct file f = {0};
    int64_t next = 0;
    *is_done = false;
    TRY(see(job, a, id, &f, &next));
    if (f.state == FILE_WAITING) {
        TRY(look(job, a, &f, id));
        TRY(see(job, a, id, &f, &next));
    }
    while (next) {
        if (file_is_too_heavy(&f)) {
            TRY(job_step(job, S("too heavy"), leave, &f));
            break;
        }
        if (job_turn_is_over(job)) {
            return job_again(job);
        }
        TRY(one_page(job, a, &f, id, next));
        arena_reset(a);
        TRY(see(job, a, id, &f, &next));
    }
    *is_done = true;
    return job_progress(job, f.pages, f.pages, S("Đã đọc xong"));
}

struct err file_damage_in_job(struct job *job, struct file_blob_id id, struct err e) {
    struct db_write *w;
    struct instant at = clock_now();
    if (!file_is_damaged(e)) {
        return e;
    }
    TRY(db_begin_write(job->db, job->arena, &w));
    struct err noted = file_damage_note(w, id, at, e.why->detail);
    if (noted.why) {
        db_rollback(w);
        return noted;
    }
    TRY(db_commit(w));
    return e;
}

struct err file_read_in_job(struct job *job, struct file_blob_id id, bool *is_done) {
    struct arena *a = arena_new();
    arena_on_reset(job->arena, arena_done, a);
    return file_damage_in_job(job, id, read_all(job, a, id, is_done));
}
