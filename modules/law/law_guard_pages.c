/* Kiểm tra trích dẫn: a text is pasted or sent as a file, and comes back with every citation marked. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/module.h"
#include "modules/document/document.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_guard_keep.h"
#include "modules/law/law_guard_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"
#include "modules/law/law_secret.h"

enum { DAYS_KEPT = 30, NAME_MOST = 70, AT_ONCE_BYTES = 4000 };
/* A page of findings with the text around them stays within some 200 kB. */
enum { ON_A_PAGE = 25, CITED_MOST = 400, BETWEEN_BYTES = 4000 };

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

const struct field law_guard_page_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("after"), .label = S_INIT("Sau mục"), .most = 1000000},
    {.kind = FIELD_LINE, .name = S_INIT("level"), .label = S_INIT("Mức"), .most = 20},
    {0},
};

struct err law_guard_index_get(struct get *g) {
    struct law_guard_index_view v = {.form = form_begin(g->arena, law_guard_fields, g->form)};
    struct law_checks_of_rows rows;
    TRY(law_checks_of(g->db, (struct law_checks_of_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *LIST_PUSH(g->arena, &v.checks) = (struct law_check_item){
            .id = rows.at[i].id,
            .name = rows.at[i].name,
            .on = rows.at[i].day_on,
            .made_at = rows.at[i].made_at,
            .is_reading = str_eq(rows.at[i].state, S("reading")) || str_eq(rows.at[i].state, S("checking"))};
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

/* A paragraph is checked while the person waits, before the transaction; more is a job's. */
struct err law_guard_try(struct get *g) {
    struct str text = form_text(g->form, "text");
    struct date on = form_date(g->form, "on");
    if (form_upload(g->form, "file")) {
        return file_before(g);
    }
    if (text.len > AT_ONCE_BYTES) {
        return OK;
    }
    struct law_guard *out = arena_take(g->arena, struct law_guard, 1);
    TRY(law_guard_check(g->db, text, on.year ? on : clock_today(), out));
    request_carry(g->request, out);
    return OK;
}

static struct err old_forget(struct db_write *db) {
    struct instant month_ago = {clock_now().ms - INT64_C(86400000) * DAYS_KEPT};
    TRY(law_findings_forget(db, (struct law_findings_forget_in){.before = month_ago}, NULL));
    return law_check_forget(db, (struct law_check_forget_in){.before = month_ago}, NULL);
}

struct err law_guard_post(struct post *p) {
    const struct law_guard *out = request_carried(p->request);
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
    bool is_stamped = !u && document_text_bears_stamp(p->arena, text, &seen);
    in.state = u || is_stamped ? S("reading") : S("checking");
    in.name = u ? file_name_clean(p->arena, u->name) : first_words(p->arena, text);
    if (u) {
        TRY(file_keep(p->db, p->arena, u, &in.file));
    }
    TRY(old_forget(p->db));
    TRY(law_check_add(p->db, in, NULL));
    TRY(out && !is_stamped ? law_guard_keep(p->db, in.id, out) : job_start(p, in.id));
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

/* Words of the checked text as they are cited; a long quotation by its beginning. */
static struct str cited_words(struct arena *a, struct str text, const struct law_guard_finding *f) {
    struct str all = str_slice(text, f->from, f->to), cut = utf8_cut(all, CITED_MOST);
    return cut.len < all.len ? str_format(a, "%.*s…", STR_ARG(cut)) : all;
}

static void finding_fill(struct get *g, struct law_guard_view *v, struct str text, const struct law_guard_finding *f,
                         int64_t n) {
    struct law_finding_view *x = LIST_PUSH(g->arena, &v->findings);
    *x = (struct law_finding_view){.n = n,
                                   .from = (int64_t)f->from,
                                   .to = (int64_t)f->to,
                                   .cited = cited_words(g->arena, text, f),
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

/* The end of the text as far as it is characters: the last at most so many. */
static struct str tail_of(struct str s, size_t bytes) {
    size_t from = s.len > bytes ? s.len - bytes : 0;
    while (from < s.len && ((unsigned char)s.at[from] & 0xC0) == 0x80) {
        from++;
    }
    return str_slice(s, from, s.len);
}

/* Words between two marks; of many only those beside the marks. is_open: no mark before them. */
static void between_add(struct get *g, struct law_guard_view *v, struct str words, bool is_open, bool is_last) {
    if (words.len <= BETWEEN_BYTES) {
        mark_add(g, v, words, S(""), 0);
        return;
    }
    struct str head = is_open ? S("") : utf8_cut(words, BETWEEN_BYTES / 4);
    struct str tail = is_last ? S("") : tail_of(words, BETWEEN_BYTES / 2);
    v->is_part = true;
    mark_add(g, v, str_format(g->arena, "%.*s\n[…]\n%.*s", STR_ARG(head), STR_ARG(tail)), S(""), 0);
}

/* The text in stretches around this page's findings; of findings that overlap the first, worst one is marked. */
static void marks_fill(struct get *g, struct law_guard_view *v, struct str text, bool is_first, bool is_last) {
    size_t at = 0;
    for (size_t i = 0; i < v->findings.n; i++) {
        const struct law_finding_view *f = &v->findings.at[i];
        size_t from = (size_t)f->from, to = (size_t)f->to;
        if (from < at || to > text.len) {
            continue;
        }
        between_add(g, v, str_slice(text, at, from), at == 0 && !is_first, false);
        mark_add(g, v, f->cited, f->tone, f->n);
        at = to;
    }
    between_add(g, v, str_slice(text, at, text.len), at == 0, !is_last || at > 0);
}

static void tab_add(struct get *g, struct law_guard_view *v, struct str label, const char *level, int64_t count) {
    struct tab t = {.label = label,
                    .link =
                        link_local(g->arena, "/law/guard/%lld%s%s", (long long)v->id.v, *level ? "?level=" : "", level),
                    .count = count,
                    .is_counted = true,
                    .is_current = str_eq(form_text(g->form, "level"), str_of(level))};
    *LIST_PUSH(g->arena, &v->tabs) = t;
}

static enum law_guard_level level_asked(struct get *g) {
    for (int level = LAW_GUARD_RIGHT; level <= LAW_GUARD_UNKNOWN; level++) {
        if (str_eq(form_text(g->form, "level"), level_code((enum law_guard_level)level))) {
            return (enum law_guard_level)level;
        }
    }
    return 0;
}

static void pages_fill(struct get *g, struct law_guard_view *v, int64_t after, bool has_more) {
    struct str level = form_text(g->form, "level");
    const char *mark = level.len ? "&level=" : "";
    if (after > 0) {
        v->first = link_local(g->arena, "/law/guard/%lld%s%.*s", (long long)v->id.v, level.len ? "?level=" : "",
                              STR_ARG(level));
    }
    if (has_more) {
        v->next = link_local(g->arena, "/law/guard/%lld?after=%lld%s%.*s", (long long)v->id.v, (long long)v->last_n,
                             mark, STR_ARG(level));
    }
}

static struct err found_fill(struct get *g, const struct law_check_of_row *row, struct law_guard_view *v) {
    struct law_kept kept = {0};
    struct law_kept_asked asked = {
        .check = v->id, .level = level_asked(g), .after = form_number(g->form, "after"), .most = ON_A_PAGE + 1};
    TRY(law_guard_kept(g->db, &asked, &kept));
    bool has_more = kept.findings.n > ON_A_PAGE;
    for (size_t i = 0; i < kept.findings.n && i < ON_A_PAGE; i++) {
        finding_fill(g, v, row->text, &kept.findings.at[i], kept.numbers.at[i]);
        v->first_n = v->first_n ? v->first_n : kept.numbers.at[i];
        v->last_n = kept.numbers.at[i];
    }
    marks_fill(g, v, row->text, asked.after == 0 && !asked.level, !has_more && !asked.level);
    pages_fill(g, v, asked.after, has_more);
    return OK;
}

static struct err check_fill(struct get *g, const struct law_check_of_row *row, struct law_guard_view *v) {
    v->citations = row->right_n + row->look_n + row->wrong_n + row->unknown_n;
    v->right = row->right_n;
    v->look = row->look_n;
    v->wrong = row->wrong_n;
    v->unknown = row->unknown_n;
    v->is_cut = row->is_cut;
    v->is_empty = !v->citations;
    tab_add(g, v, S("Tất cả"), "", v->citations);
    tab_add(g, v, S("Sai"), "wrong", v->wrong);
    tab_add(g, v, S("Cần xem"), "look", v->look);
    tab_add(g, v, S("Không có trong thư viện"), "unknown", v->unknown);
    tab_add(g, v, S("Đúng"), "right", v->right);
    return found_fill(g, row, v);
}

static struct err progress_fill(struct get *g, struct law_guard_view *v) {
    struct job_view *job;
    TRY(job_latest(g->db, S("law.guard"), v->id.v, &job));
    v->doing = str_eq(v->state, S("reading")) ? S("Đang đọc tệp") : S("Đang đối chiếu từng trích dẫn");
    if (job) {
        v->done = job->done;
        v->total = job->total;
        v->is_unreadable = job->state == JOB_FAILED || job->state == JOB_CANCELLED;
        v->fault = v->is_unreadable && !v->fault.len ? S("Việc kiểm tra đã dừng giữa chừng. Mời gửi lại.") : v->fault;
    }
    return OK;
}

/* Another post's is not told from nothing. */
static struct err check_of(struct request *r, struct db_read *db, const struct who *who,
                           struct law_check_of_row **row) {
    struct law_check_id id;
    TRY(path_id(r, S("check"), &id.v));
    TRY(law_check_of(db, (struct law_check_of_in){.id = id, .post = who->post.v}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such check of this post");
}

struct err law_guard_show_get(struct get *g) {
    struct law_check_of_row *row;
    TRY(check_of(g->request, g->db, g->who, &row));
    bool is_held = false;
    TRY(law_secret_is_held(g->db, row->id.v, &is_held));
    if (is_held) {
        return see_other_get(g, "/law/seal/%lld", (long long)row->id.v);
    }
    struct law_guard_view v = {
        .id = row->id, .name = row->name, .state = row->state, .fault = row->fault, .on = row->day_on};
    v.is_reading = str_eq(row->state, S("reading")) || str_eq(row->state, S("checking"));
    v.is_unreadable = str_eq(row->state, S("unreadable"));
    if (v.is_reading) {
        TRY(progress_fill(g, &v));
    } else if (!v.is_unreadable) {
        TRY(check_fill(g, row, &v));
    }
    v.is_reading = v.is_reading && !v.is_unreadable;
    return answer_law_guard(g, &v);
}

/* What only this check held goes from the disk; what a record holds, too, is that record's. */
static struct err file_end(struct post *p, struct file_blob_id file) {
    struct file_uses uses = {0};
    for (size_t i = 0; i < p->app->n; i++) {
        const struct module *m = p->app->at[i];
        TRY(m->file_uses ? m->file_uses(db_reading(p->db), p->arena, file, &uses) : OK);
    }
    if (uses.n) {
        flash(p, "Đã xóa lần kiểm tra này. Tệp cùng nội dung còn được hồ sơ khác dùng nên vẫn được giữ.");
        return OK;
    }
    flash(p, "Đã xóa, cả tệp đã gửi lên.");
    return erase_file(p->db, file);
}

struct err law_guard_end(struct post *p) {
    struct law_check_of_row *row;
    TRY(check_of(p->request, db_reading(p->db), p->who, &row));
    struct law_check_id id = row->id;
    TRY(law_findings_delete(p->db, (struct law_findings_delete_in){.id = id, .post = p->who->post.v}, NULL));
    TRY(law_check_delete(p->db, (struct law_check_delete_in){.id = id, .post = p->who->post.v}, NULL));
    flash(p, "Đã xóa.");
    TRY(row->file.v ? file_end(p, row->file) : OK);
    return see_other(p, "/law/guard");
}
