#include "modules/law/law_add.h"

#include "base/arena.h"
#include "base/num.h"
#include "kernel/rights/access.h"
#include "kernel/queue/event.h"
#include "kernel/file/file.h"
#include "modules/law/law_secret.h"
#include "modules/law/law_store.h"

struct err law_draft_add(struct db_write *db, const struct who *who, const struct upload *u, struct law_draft_id *id) {
    struct arena *a = db_write_arena(db);
    struct file_blob_id file;
    TRY(file_keep_markup(db, a, u, &file));
    id->v = id_new();
    TRY(law_draft_insert(db,
                         (struct law_draft_insert_in){.id = *id,
                                                      .file = file,
                                                      .name = file_name_clean(a, u->name),
                                                      .made_by = who->post.v,
                                                      .made_at = clock_now()},
                         NULL));
    TRY(access_give(db, &(struct access_grant_new){
                            .kind = S("law_draft"), .record = id->v, .principal = who->post.v, .can = CAN_READ}));
    return job_add(db, &(struct job_new){.kind = S("law.read"), .record = id->v, .is_single = true}, NULL);
}

static bool has_pages(enum file_type type) {
    return type == FILE_PDF || type == FILE_PNG || type == FILE_JPEG || type == FILE_TIFF;
}

/* ---- Reading, in the background. */

struct reading {
    struct job *job;
    struct law_draft_by_id_row *draft;
    struct file file;
    struct read_whole whole;
    struct str fault;
    bool is_done; /* nothing more to read at another turn */
};

static struct err load(struct reading *r) {
    struct db_read *db;
    TRY(db_begin_read(r->job->db, r->job->arena, &db));
    struct err e = law_draft_by_id(db, (struct law_draft_by_id_in){{r->job->record}}, &r->draft);
    if (!e.why && r->draft) {
        e = file_find(db, r->job->arena, r->draft->file, &r->file);
    }
    db_end_read(db);
    return e;
}

static struct err done_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    bool is_bad = r->fault.len > 0;
    TRY(law_draft_read_set(db,
                           (struct law_draft_read_set_in){.id = r->draft->id,
                                                          .state = is_bad ? S("failed") : S("read"),
                                                          .text = r->whole.text,
                                                          .encoding = r->whole.encoding ? r->whole.encoding : READ_UTF8,
                                                          .certainty = r->whole.encoding ? r->whole.certainty : 100,
                                                          .fault = r->fault,
                                                          .changed_at = clock_now()},
                           NULL));
    return event_emit(db, &(struct event){.kind = S("law.read"), .record = r->draft->id.v, .to = r->draft->made_by});
}

static struct err read_it(struct reading *r) {
    enum file_type type = r->file.type;
    if (!file_type_has_text(type) || type == FILE_XLSX) {
        r->fault = S("Loại tệp này không đọc được thành văn bản pháp luật.");
        return OK;
    }
    if (has_pages(type)) {
        TRY(file_read_in_job(r->job, r->draft->file, &r->is_done));
        TRY(load(r));
        r->fault = r->file.fault; /* half a law is none */
        return OK;
    }
    TRY(job_progress(r->job, 0, 1, S("Đang đọc tệp")));
    struct str path;
    struct err e = file_whole(r->job->arena, &r->file, &path);
    TRY(file_damage_in_job(r->job, r->draft->file, e));
    e = read_whole(r->job->arena, path.at, type, &read_limits_usual, &r->whole);
    if (err_is(e, ERR_INVALID)) {
        r->fault = e.why->message;
        return OK;
    }
    return e;
}

struct err law_draft_read(struct job *job) {
    struct reading r = {.job = job, .is_done = true};
    TRY(load(&r));
    if (!r.draft || !str_eq(r.draft->state, S("reading"))) {
        return OK;
    }
    TRY(read_it(&r));
    if (!r.is_done) {
        return OK;
    }
    bool is_held = false;
    struct law_paper paper = {.record = r.draft->id.v,
                              .post = r.draft->made_by,
                              .name = r.draft->name,
                              .file = r.draft->file,
                              .text = r.whole.text};
    TRY(law_secret_gate(job, &paper, &is_held));
    return is_held ? OK : job_finish(job, done_step, &r);
}

/* ---- What was read. */

struct err law_draft_tree(struct db_read *db, const struct law_draft_mine_row *draft, struct law_file *out) {
    struct arena *a = db_arena(db);
    struct file file;
    TRY(file_find(db, a, draft->file, &file));
    if (!has_pages(file.type)) {
        struct read_whole whole = {
            .text = draft->text, .encoding = (enum read_encoding)draft->encoding, .certainty = (int)draft->certainty};
        law_file_of_whole(a, &whole, file.type, out);
        return OK;
    }
    struct str text, page;
    struct read_page first = {0};
    LIST(struct read_page) pages = {0};
    TRY(file_text(db, a, draft->file, &text));
    err_ignore(file_page(db, a, draft->file, 1, &first));
    while (str_cut(text, S("\f"), &page, &text) || page.len) {
        enum read_how how = str_trim(page).len ? first.how : READ_NOT;
        LIST_ADD(a, &pages, (struct read_page){.how = how, .confidence = first.confidence, .text = page});
    }
    law_file_of_pages(a, pages.at, pages.n, out);
    return OK;
}

/* ---- Confirmed. */

static struct err keep_file(struct db_write *db, const struct who *who, const struct law_draft_mine_row *draft,
                            const struct law_file *file, struct law_work_id work) {
    struct law_expression_first_row *expression;
    TRY(law_expression_first(db_reading(db), (struct law_expression_first_in){work}, &expression));
    return expression
               ? law_manifestation_insert(db,
                                          (struct law_manifestation_insert_in){.id = {id_new()},
                                                                               .expression = expression->id,
                                                                               .format = law_format_code(file->format),
                                                                               .file = draft->file,
                                                                               .name = draft->name,
                                                                               .confidence = file->confidence,
                                                                               .added_by = who->post.v,
                                                                               .added_at = clock_now()},
                                          NULL)
               : OK;
}

struct err law_draft_confirm(struct db_write *db, const struct who *who, const struct law_draft_mine_row *draft,
                             const struct law_about *about, struct law_work_id *work) {
    struct law_file file;
    struct law_store in = {.about = *about};
    struct law_stored done = {0};
    int64_t changed = 0;
    if (!str_eq(draft->state, S("read"))) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này đã được xử lý, hoặc chưa đọc xong.");
    }
    TRY(law_draft_tree(db_reading(db), draft, &file));
    in.about.source = draft->name;
    TRY(law_store_tree(db, &file.tree, &in, &done));
    TRY(keep_file(db, who, draft, &file, done.work));
    *work = done.work;
    return law_draft_ended(
        db,
        (struct law_draft_ended_in){.id = draft->id, .state = S("added"), .work = done.work, .changed_at = clock_now()},
        &changed);
}
