/* Checking a text in a job: a file is read first, page by page in sandboxed children. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/queue/event.h"
#include "kernel/file/file.h"
#include "read/json.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_add.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_guard_keep.h"
#include "modules/law/law_secret.h"
#include "modules/law/law_watch.h"
#include "modules/law/law_guard_queries.h"

enum { CITES_A_STEP = 40 };

struct words_step {
    struct law_check_words_in words;
};

static struct err words_step(struct db_write *db, void *thing) {
    struct words_step *w = thing;
    return law_check_words(db, w->words, NULL);
}

static struct err words_take(struct job *job, struct law_check_read_row *row, struct words_step *w) {
    struct db_read *db;
    struct file f;
    struct str text = {0};
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = file_find(db, job->arena, row->file, &f);
    e = e.why ? e : file_text(db, job->arena, row->file, &text);
    db_end_read(db);
    TRY(e);
    text = utf8_clean(job->arena, str_slice(text, 0, LAW_GUARD_BYTES));
    bool is_read = f.state == FILE_READ && str_trim(text).len > 0;
    w->words = (struct law_check_words_in){.id = row->id,
                                           .text = text,
                                           .state = is_read ? S("checking") : S("unreadable"),
                                           .fault = is_read       ? S("")
                                                    : f.fault.len ? f.fault
                                                                  : S("Không đọc được chữ nào trong tệp.")};
    return OK;
}

struct found {
    struct law_check_id check;
    const struct law_guard *out;
};

static struct err found_step(struct db_write *db, void *thing) {
    struct found *f = thing;
    return law_guard_keep(db, f->check, f->out);
}

/* Some citations at a time: between them others write, and the person sees how far it is. */
static struct err check_all(struct job *job, struct law_check_id id, struct str text, struct date on) {
    struct law_guard_run *run = arena_take(job->arena, struct law_guard_run, 1);
    law_guard_begin(job->arena, text, on, run);
    while (!run->is_done) {
        struct db_read *db;
        TRY(db_begin_read(job->db, job->arena, &db));
        struct err e = law_guard_step(run, db, CITES_A_STEP);
        db_end_read(db);
        TRY(e);
        TRY(job_progress(job, (int64_t)run->done, (int64_t)run->total, S("Đang đối chiếu từng trích dẫn")));
    }
    struct found found = {id, &run->out};
    return job_finish(job, found_step, &found);
}

static struct err check_row(struct job *job, struct law_check_id id, struct law_check_read_row **row) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = law_check_read(db, (struct law_check_read_in){.id = id}, row);
    db_end_read(db);
    return e;
}

/* What was sent: a file is read, and every paper asked about that seems to bear a secrecy stamp. */
static struct err take_in(struct job *job, struct law_check_read_row *row, bool *is_ready) {
    struct words_step w = {{.id = row->id, .text = row->text, .state = S("checking")}};
    bool is_held = false;
    *is_ready = false;
    if (row->file.v) {
        bool is_done = false;
        TRY(file_read_in_job(job, row->file, &is_done));
        if (!is_done) {
            return OK;
        }
        TRY(words_take(job, row, &w));
    }
    struct law_paper paper = {
        .record = row->id.v, .post = row->post, .name = row->name, .file = row->file, .text = row->text};
    TRY(law_secret_gate(job, &paper, &is_held));
    *is_ready = !is_held;
    return is_held ? OK : job_step(job, S("read"), words_step, &w);
}

static struct err run_guard(struct job *job) {
    struct law_check_id id = {json_read_int(job->arena, job->args, "check")};
    struct law_check_read_row *row;
    bool is_ready = true;
    TRY(check_row(job, id, &row));
    if (row && str_eq(row->state, S("reading"))) {
        TRY(take_in(job, row, &is_ready));
        TRY(check_row(job, id, &row));
    }
    bool is_next = row && is_ready && str_eq(row->state, S("checking"));
    return is_next ? check_all(job, id, row->text, row->day_on) : OK;
}

const struct job_kind law_job_kinds[] = {
    {.name = "law.guard", .title = "Kiểm tra trích dẫn của một văn bản", .lease_s = 300, .run = run_guard},
    {.name = "law.read", .title = "Đọc văn bản pháp luật", .lease_s = 300, .run = law_draft_read},
    {.name = "law.seal", .title = "Xóa tệp quá hạn xác nhận độ mật", .run = law_seal_job},
    {.name = "law.watch", .title = "Báo thay đổi cho người theo dõi", .is_short = true, .run = law_watch_job},
    {0},
};
