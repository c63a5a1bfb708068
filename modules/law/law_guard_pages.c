/* Kiểm tra trích dẫn: a text is pasted or sent as a file, and comes back with every citation marked. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file.h"
#include "kernel/form.h"
#include "kernel/http.h"
#include "modules/document/document.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_guard_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"
#include "modules/law/law_secret.h"

enum { DAYS_KEPT = 30, NAME_MOST = 70 };

const struct field law_guard_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Văn bản cần kiểm tra"),
     .most = LAW_GUARD_BYTES,
     .hint = S_INIT("Dán cả văn bản hay chỉ một đoạn.")},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Hoặc gửi tệp"),
     .most = INT64_C(50) << 20,
     .hint = S_INIT("Word, PDF, bản quét hoặc tệp chữ; tối đa 50 MB.")},
    {.kind = FIELD_DATE,
     .name = S_INIT("on"),
     .label = S_INIT("Ngày của văn bản"),
     .hint = S_INIT("Hiệu lực được xét vào ngày này; để trống là hôm nay.")},
    {0},
};

struct err law_guard_index_get(struct get *g) {
    struct law_guard_index_view v = {.form = form_begin(g->arena, law_guard_fields, g->form)};
    struct law_checks_of_rows rows;
    TRY(law_checks_of(g->db, (struct law_checks_of_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *LIST_PUSH(g->arena, &v.checks) = (struct law_check_item){.id = rows.at[i].id,
                                                                  .name = rows.at[i].name,
                                                                  .on = rows.at[i].day_on,
                                                                  .made_at = rows.at[i].made_at,
                                                                  .is_reading = str_eq(rows.at[i].state, S("reading"))};
    }
    v.may_review = (g->who->roles & (ROLE_OFFICER | ROLE_ADMIN)) != 0;
    return answer_law_guard_index(g, &v);
}

static struct str first_words(struct arena *a, struct str text) {
    struct str line, rest = str_trim(text);
    str_next(&rest, '\n', &line);
    return line.len > NAME_MOST ? str_format(a, "%.*s…", STR_ARG(utf8_cut(line, NAME_MOST))) : line;
}

static struct err job_start(struct post *p, struct law_check_id id) {
    struct str args = str_format(p->arena, "{\"check\":\"%lld\"}", (long long)id.v);
    return job_add(p->db, &(struct job_new){.kind = S("law.guard"), .record = id.v, .args = args}, NULL);
}

struct err law_guard_post(struct post *p) {
    struct upload *u = form_upload(p->form, "file");
    struct str text = form_text(p->form, "text");
    struct date on = form_date(p->form, "on");
    struct law_check_add_in in = {.id = {id_new()}, .post = p->who->post.v, .made_at = clock_now()};
    if (!u && !str_trim(text).len) {
        form_fault(p->form, "text", "Mời dán văn bản hoặc chọn một tệp.");
    }
    TRY(form_check(p->form));
    in.day_on = on.year ? on : clock_today();
    in.text = u ? S("") : text;
    struct str seen;
    bool waits = u || document_text_bears_stamp(p->arena, text, &seen);
    in.state = waits ? S("reading") : S("ready");
    in.name = u ? file_name_clean(p->arena, u->name) : first_words(p->arena, text);
    if (u) {
        TRY(file_keep(p->db, p->arena, u, &in.file));
    }
    struct instant month_ago = {clock_now().ms - INT64_C(86400000) * DAYS_KEPT};
    TRY(law_check_forget(p->db, (struct law_check_forget_in){.before = month_ago}, NULL));
    TRY(law_check_add(p->db, in, NULL));
    TRY(waits ? job_start(p, in.id) : OK);
    return see_other(p, "/law/guard/%lld", (long long)in.id.v);
}

static struct str tone_of(enum law_guard_level level) {
    return level == LAW_GUARD_RIGHT   ? S("green")
           : level == LAW_GUARD_LOOK  ? S("gold")
           : level == LAW_GUARD_WRONG ? S("red")
                                      : S("blue");
}

static struct str level_code(enum law_guard_level level) {
    return level == LAW_GUARD_RIGHT   ? S("right")
           : level == LAW_GUARD_LOOK  ? S("look")
           : level == LAW_GUARD_WRONG ? S("wrong")
                                      : S("unknown");
}

static void finding_fill(struct get *g, struct law_guard_view *v, struct str text, const struct law_guard_finding *f) {
    struct law_finding_view *x = LIST_PUSH(g->arena, &v->findings);
    *x = (struct law_finding_view){.n = (int64_t)v->findings.n,
                                   .from = (int64_t)f->from,
                                   .to = (int64_t)f->to,
                                   .cited = str_slice(text, f->from, f->to),
                                   .level = level_code(f->level),
                                   .level_name = law_guard_level_name(f->level),
                                   .tone = tone_of(f->level),
                                   .code = f->code,
                                   .sentence = f->sentence,
                                   .suggestion = f->suggestion,
                                   .work_name = f->work_name,
                                   .place = f->eid.len ? law_place_words(g->arena, f->eid) : S(""),
                                   .is_right = f->level == LAW_GUARD_RIGHT,
                                   .has_link = f->work.v != 0};
    if (x->has_link) {
        x->link = law_link(g->arena, f->work.v, f->eid, v->on);
    }
    for (size_t i = 0; i < f->pieces.n; i++) {
        struct law_mark_piece piece = {.words = f->pieces.at[i].words,
                                       .is_extra = f->pieces.at[i].kind == LAW_GUARD_EXTRA,
                                       .is_lacking = f->pieces.at[i].kind == LAW_GUARD_LACKS};
        *LIST_PUSH(g->arena, &x->pieces) = piece;
    }
}

static void mark_add(struct get *g, struct law_guard_view *v, struct str words, struct str tone, int64_t finding) {
    if (words.len) {
        struct law_mark m = {words, tone, finding};
        *LIST_PUSH(g->arena, &v->marks) = m;
    }
}

/* The text in stretches; of findings that overlap the first, worst one is marked. */
static void marks_fill(struct get *g, struct law_guard_view *v, struct str text) {
    size_t at = 0;
    for (size_t i = 0; i < v->findings.n; i++) {
        const struct law_finding_view *f = &v->findings.at[i];
        size_t from = (size_t)f->from, to = (size_t)f->to;
        if (from < at || to > text.len) {
            continue;
        }
        mark_add(g, v, str_slice(text, at, from), S(""), 0);
        mark_add(g, v, str_slice(text, from, to), f->tone, f->n);
        at = to;
    }
    mark_add(g, v, str_slice(text, at, text.len), S(""), 0);
}

static struct err check_fill(struct get *g, const struct law_check_of_row *row, struct law_guard_view *v) {
    struct law_guard out;
    TRY(law_guard_check(g->db, row->text, row->day_on, &out));
    for (size_t i = 0; i < out.findings.n; i++) {
        finding_fill(g, v, row->text, &out.findings.at[i]);
    }
    marks_fill(g, v, row->text);
    v->citations = (int64_t)(out.right + out.look + out.wrong + out.unknown);
    v->right = (int64_t)out.right;
    v->look = (int64_t)out.look;
    v->wrong = (int64_t)out.wrong;
    v->unknown = (int64_t)out.unknown;
    v->is_cut = out.is_cut;
    v->is_empty = !out.findings.n;
    return OK;
}

struct err law_guard_show_get(struct get *g) {
    struct law_check_of_row *row;
    struct law_check_id id;
    TRY(path_id(g->request, S("check"), &id.v));
    TRY(law_check_of(g->db, (struct law_check_of_in){.id = id, .post = g->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such check of this post");
    }
    bool is_held = false;
    TRY(law_secret_is_held(g->db, id.v, &is_held));
    if (is_held) {
        return see_other_get(g, "/law/seal/%lld", (long long)id.v);
    }
    struct law_guard_view v = {
        .id = id, .name = row->name, .state = row->state, .fault = row->fault, .on = row->day_on};
    v.is_reading = str_eq(row->state, S("reading"));
    v.is_unreadable = str_eq(row->state, S("unreadable"));
    if (!v.is_reading && !v.is_unreadable) {
        TRY(check_fill(g, row, &v));
    }
    return answer_law_guard(g, &v);
}

struct err law_guard_end(struct post *p) {
    struct law_check_id id;
    TRY(path_id(p->request, S("check"), &id.v));
    TRY(law_check_delete(p->db, (struct law_check_delete_in){.id = id, .post = p->who->post.v}, NULL));
    flash(p, "Đã xóa.");
    return see_other(p, "/law/guard");
}
