#include "modules/law/law_secret.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/erase/erase.h"
#include "kernel/queue/event.h"
#include "kernel/file/file.h"
#include "kernel/page/json.h"
#include "modules/document/document.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"
#include "modules/law/law_secret_queries.h"
#include "modules/org/org.h"

const struct field law_seal_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};

/* ---- The gate */

struct gate {
    struct job *job;
    const struct law_paper *paper;
    struct str seen;
    int64_t page;
};

static struct err tell(struct db_write *db, int64_t record, int64_t post, const char *kind, struct str words) {
    struct buf b = buf_in(db_write_arena(db));
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, words);
    buf_printf(&b, ",\"path\":\"/law/seal/%lld\"}", (long long)record);
    return event_emit(db, &(struct event){.kind = str_of(kind), .record = record, .to = post, .body = buf_str(&b)});
}

static struct err seal(struct db_write *db, void *thing) {
    const struct gate *g = thing;
    const struct law_paper *p = g->paper;
    struct arena *a = db_write_arena(db);
    struct org_deadline end;
    TRY(org_deadline(db_reading(db), a, clock_today(), 1, &end));
    TRY(law_seal_put(db,
                     (struct law_seal_put_in){.record = p->record,
                                              .post = p->post,
                                              .name = p->name,
                                              .page = g->page,
                                              .seen = g->seen,
                                              .sealed_at = clock_now(),
                                              .until_on = end.due_on,
                                              .job = g->job->kind,
                                              .args = g->job->args},
                     NULL));
    TRY(p->file.v ? file_unread(db, p->file) : OK);
    TRY(audit_note(db, &(struct audit){.verb = S("law.sealed"), .kind = S("law_draft"), .record = p->record}));
    TRY(job_add(db,
                &(struct job_new){.kind = S("law.seal"),
                                  .record = p->record,
                                  .post = p->post,
                                  .not_before = date_start(date_plus(end.due_on, 1))},
                NULL));
    return tell(db, p->record, p->post, "law.sealed", document_sealed_words(a, g->page, end.due_on));
}

/* The pages of the file, as they were read. */
static struct err look_at_pages(struct db_read *db, struct gate *g, bool *is_seen) {
    struct file f;
    struct arena *a = g->job->arena;
    TRY(file_find(db, a, g->paper->file, &f));
    for (int64_t n = 1; n <= f.pages && !*is_seen; n++) {
        struct arena *own = arena_new();
        struct read_page page = {0};
        struct str seen;
        struct err e = file_page(db, own, g->paper->file, n, &page);
        if (!e.why && page.how != READ_NOT && document_bears_stamp(own, &page, &seen)) {
            *is_seen = true;
            g->page = n;
            g->seen = str_copy(a, seen);
        }
        bool is_missing = err_is(e, ERR_MISSING);
        arena_free(own);
        if (e.why && !is_missing) {
            return FAIL(ERR_BUSY, "a page could not be looked at");
        }
    }
    return OK;
}

static struct err look(struct db_read *db, struct gate *g, bool *is_seen) {
    struct law_seal_of_row *row;
    TRY(law_seal_of(db, (struct law_seal_of_in){g->paper->record}, &row));
    if (row && row->is_open) {
        return OK;
    }
    if (g->paper->text.len) {
        *is_seen = document_text_bears_stamp(g->job->arena, g->paper->text, &g->seen);
        return OK;
    }
    return g->paper->file.v ? look_at_pages(db, g, is_seen) : OK;
}

struct err law_secret_gate(struct job *job, const struct law_paper *paper, bool *is_held) {
    struct gate g = {.job = job, .paper = paper};
    struct db_read *db;
    *is_held = false;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = look(db, &g, is_held);
    db_end_read(db);
    TRY(e);
    return *is_held ? job_finish(job, seal, &g) : OK;
}

struct err law_secret_is_held(struct db_read *db, int64_t record, bool *is_held) {
    struct law_seal_of_row *row;
    TRY(law_seal_of(db, (struct law_seal_of_in){record}, &row));
    *is_held = row && !row->is_open;
    return OK;
}

/* ---- Erasing */

static struct err erase_held(struct db_write *db, int64_t record) {
    TRY(law_seal_forget(db, (struct law_seal_forget_in){record}, NULL));
    TRY(law_draft_forget(db, (struct law_draft_forget_in){{record}}, NULL));
    TRY(law_check_erase(db, (struct law_check_erase_in){{record}}, NULL));
    return access_take_all(db, record);
}

struct err law_erase(struct db_write *db, const struct erase *e) {
    if (!e->file) {
        return str_eq(e->kind, S("law_draft")) ? erase_held(db, e->record) : OK;
    }
    TRY(law_seals_of_file(db, (struct law_seals_of_file_in){*e->file}, NULL));
    TRY(law_drafts_of_file(db, (struct law_drafts_of_file_in){*e->file}, NULL));
    TRY(law_checks_of_file(db, (struct law_checks_of_file_in){*e->file}, NULL));
    return law_manifestations_of_file(db, (struct law_manifestations_of_file_in){*e->file}, NULL);
}

static struct err destroy(struct db_write *db, const struct law_seal_of_row *row) {
    struct law_secret_file_row *held;
    TRY(law_secret_file(db_reading(db), (struct law_secret_file_in){row->record}, &held));
    TRY(erase_record(db, &(struct erase){.kind = S("law_draft"),
                                         .record = row->record,
                                         .why = S("Tài liệu bí mật nhà nước không được đưa vào hệ thống này."),
                                         .since = row->sealed_at}));
    TRY(held && held->file.v ? erase_file(db, held->file) : OK);
    TRY(audit_note(db,
                   &(struct audit){.verb = S("law.secret_removed"), .kind = S("law_draft"), .record = row->record}));
    return tell(db, row->record, row->post, "law.secret_removed", document_secret_words());
}

static struct err overdue(struct db_write *db, void *thing) {
    const struct job *job = thing;
    struct law_seal_of_row *row;
    TRY(law_seal_of(db_reading(db), (struct law_seal_of_in){job->record}, &row));
    return row && !row->is_open && date_cmp(row->until_on, clock_today()) < 0 ? destroy(db, row) : OK;
}

/* The record's own jobs are cancelled as it goes, this one as well: so it ends in a step of its own first. */
struct err law_seal_job(struct job *job) {
    return job_finish(job, overdue, job);
}

/* ---- The bringer's answer */

static struct err seal_of(struct request *r, struct db_read *db, const struct who *who, struct law_seal_of_row **row) {
    int64_t record;
    TRY(path_id(r, S("seal"), &record));
    TRY(law_seal_of(db, (struct law_seal_of_in){record}, row));
    return *row && !(*row)->is_open && (*row)->post == who->post.v ? OK
                                                                   : FAIL(ERR_MISSING, "no such seal of this post");
}

struct err law_seal_get(struct get *g) {
    struct law_seal_of_row *row;
    TRY(seal_of(g->request, g->db, g->who, &row));
    struct law_seal_view v = {.seal = row->record,
                              .name = row->name,
                              .seen = row->seen,
                              .page = row->page,
                              .sealed_at = row->sealed_at,
                              .until_on = row->until_on,
                              .form = form_begin(g->arena, law_seal_fields, g->form)};
    return answer_law_seal(g, &v);
}

struct err law_seal_opening_post(struct post *p) {
    struct law_seal_of_row *row;
    struct buf b = buf_in(p->arena);
    TRY(seal_of(p->request, db_reading(p->db), p->who, &row));
    TRY(form_check(p->form));
    TRY(law_seal_open(p->db, (struct law_seal_open_in){form_text(p->form, "reason"), row->record}, NULL));
    TRY(job_add(p->db, &(struct job_new){.kind = row->job, .record = row->record, .args = row->args, .post = row->post},
                NULL));
    BUF_LIT(&b, "{\"reason\":");
    json_str(&b, form_text(p->form, "reason"));
    BUF_LIT(&b, "}");
    TRY(audit_note(
        p->db, &(struct audit){
                   .verb = S("law.unsealed"), .kind = S("law_draft"), .record = row->record, .after = buf_str(&b)}));
    flash(p, "Đã trả lại văn bản. Văn bản đang được đọc lại.");
    return see_other(p, str_eq(row->job, S("law.read")) ? "/law/add/%lld" : "/law/guard/%lld", (long long)row->record);
}

struct err law_seal_destruction_post(struct post *p) {
    struct law_seal_of_row *row;
    TRY(seal_of(p->request, db_reading(p->db), p->who, &row));
    TRY(destroy(p->db, row));
    flash(p, "Tài liệu mật đã được gỡ khỏi hệ thống.");
    return see_other(p, str_eq(row->job, S("law.read")) ? "/law/add" : "/law/guard");
}
