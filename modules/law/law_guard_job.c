/* Reading an uploaded text: page by page in sandboxed children, within a job. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/event.h"
#include "kernel/file.h"
#include "kernel/json_read.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_add.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_secret.h"
#include "modules/law/law_watch.h"
#include "modules/law/law_guard_queries.h"

struct reading {
    struct law_check_id check;
    struct law_check_words_in words;
};

static struct err words_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    return law_check_words(db, r->words, NULL);
}

static struct err words_take(struct job *job, struct law_check_read_row *row, struct reading *r) {
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
    r->words = (struct law_check_words_in){.id = r->check,
                                           .text = text,
                                           .state = is_read ? S("ready") : S("unreadable"),
                                           .fault = is_read       ? S("")
                                                    : f.fault.len ? f.fault
                                                                  : S("Không đọc được chữ nào trong tệp.")};
    return OK;
}

static struct err run_guard(struct job *job) {
    struct reading r = {.check = {json_read_int(job->arena, job->args, "check")}};
    struct law_check_read_row *row;
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = law_check_read(db, (struct law_check_read_in){.id = r.check}, &row);
    db_end_read(db);
    TRY(e);
    if (!row) {
        return OK;
    }
    if (row->file.v) {
        bool is_done = false;
        TRY(file_read_in_job(job, row->file, &is_done));
        if (!is_done) {
            return OK;
        }
        TRY(words_take(job, row, &r));
    } else {
        r.words = (struct law_check_words_in){.id = r.check, .text = row->text, .state = S("ready")};
    }
    bool is_held = false;
    struct law_paper paper = {
        .record = r.check.v, .post = row->post, .name = row->name, .file = row->file, .text = row->text};
    TRY(law_secret_gate(job, &paper, &is_held));
    if (is_held) {
        return OK;
    }
    return job_finish(job, words_step, &r);
}

const struct job_kind law_job_kinds[] = {
    {.name = "law.guard", .title = "Đọc văn bản để kiểm tra trích dẫn", .lease_s = 300, .run = run_guard},
    {.name = "law.read", .title = "Đọc văn bản pháp luật", .lease_s = 300, .run = law_draft_read},
    {.name = "law.seal", .title = "Xóa tệp quá hạn xác nhận độ mật", .run = law_seal_job},
    {.name = "law.watch", .title = "Báo thay đổi cho người theo dõi", .is_short = true, .run = law_watch_job},
    {0},
};
