/* Thêm văn bản: files sent in, read in the background, shown as an outline beside the facts, confirmed. */
#include "modules/law/law_add.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"
#include "modules/law/law_secret.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { LAW_FILE_MOST = 100 << 20, SHOWN_MOST = 1200, FLAGS_SHOWN = 60 };

const struct field law_add_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp văn bản pháp luật"),
     .is_required = true,
     .is_many = true,
     .most = LAW_FILE_MOST,
     .hint =
         S_INIT("Word, PDF, ảnh quét, trang web đã lưu, Akoma Ntoso, JSON, văn bản thuần. Mỗi tệp là một văn bản.")},
    {0},
};

const struct field law_draft_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("type_name"), .label = S_INIT("Loại văn bản"), .is_required = true, .most = 60},
    {.kind = FIELD_LINE, .name = S_INIT("code"), .label = S_INIT("Số, ký hiệu"), .most = 80},
    {.kind = FIELD_TEXT,
     .name = S_INIT("title"),
     .label = S_INIT("Tên văn bản (trích yếu)"),
     .is_required = true,
     .most = 1000},
    {.kind = FIELD_LINE, .name = S_INIT("issuer"), .label = S_INIT("Cơ quan ban hành"), .most = 200},
    {.kind = FIELD_DATE, .name = S_INIT("issued_on"), .label = S_INIT("Ngày ban hành")},
    {.kind = FIELD_DATE,
     .name = S_INIT("effective_on"),
     .label = S_INIT("Ngày có hiệu lực"),
     .hint =
         S_INIT("Bỏ trống nếu chưa rõ: văn bản không có ngày hiệu lực không bao giờ được coi là đang có hiệu lực.")},
    {.kind = FIELD_LINE, .name = S_INIT("signer"), .label = S_INIT("Người ký"), .most = 100},
    {.kind = FIELD_FLAG,
     .name = S_INIT("is_sure"),
     .label = S_INIT("Đã đối chiếu với văn bản: giữ như tôi nhập dù khác chữ trong tệp")},
    {0},
};

/* ---- Sending */

struct err law_add_get(struct get *g) {
    struct law_add_view v = {.form = form_begin(g->arena, law_add_fields, g->form)};
    struct law_drafts_waiting_rows rows;
    TRY(law_drafts_waiting(g->db, (struct law_drafts_waiting_in){g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct law_drafts_waiting_row *r = &rows.at[i];
        bool is_reading = str_eq(r->state, S("reading")), is_failed = str_eq(r->state, S("failed"));
        LIST_ADD(g->arena, &v.drafts,
                 (struct law_draft_row){.id = r->id,
                                        .name = r->name,
                                        .said = is_reading  ? S("Đang đọc")
                                                : is_failed ? S("Không đọc được")
                                                            : S("Chờ kiểm tra"),
                                        .tone = is_failed    ? S("red")
                                                : is_reading ? S("blue")
                                                             : S("gold"),
                                        .made_at = r->made_at});
    }
    return answer_law_add(g, &v);
}

struct err law_add_post(struct post *p) {
    const struct form_value *files = form_value(p->form, "file");
    struct law_draft_id id = {0};
    TRY(form_check(p->form));
    for (size_t i = 0; i < files->uploads.n; i++) {
        TRY(law_draft_add(p->db, p->who, files->uploads.at[i], &id));
    }
    if (files->uploads.n == 1) {
        return see_other(p, "/law/add/%lld", (long long)id.v);
    }
    flash(p, "Đã nhận %zu tệp, đang đọc.", files->uploads.n);
    return see_other(p, "/law/add");
}

/* ---- Looking at what was read */

static struct err draft_of(struct request *r, struct db_read *db, const struct who *who,
                           struct law_draft_mine_row **draft) {
    struct law_draft_id id;
    TRY(path_id(r, S("draft"), &id.v));
    TRY(law_draft_mine(db, (struct law_draft_mine_in){id, who->post.v}, draft));
    return *draft ? OK : FAIL(ERR_MISSING, "no such draft of this post");
}

static void form_fill(struct get *g, struct law_draft_view *v, const struct law_head *h) {
    v->form = form_begin(g->arena, law_draft_fields, g->form);
    if (g->form) {
        return;
    }
    struct law_about own = {.code = h->code, .type_name = h->type_name, .title = h->title, .issuer = h->issuer};
    law_about_finish(g->arena, &own);
    form_set(v->form, "type_name", h->type_name);
    form_set(v->form, "code", h->code);
    form_set(v->form, "title", law_title_case(g->arena, own.title.len ? own.title : h->title, h->preamble));
    struct str known = law_issuer_of_key(own.code_key);
    form_set(v->form, "issuer", known.len ? known : own.issuer);
    form_set(v->form, "signer", h->signer);
    form_set_date(v->form, "issued_on", h->issued_on);
    form_set_date(v->form, "effective_on", h->effective_on);
}

static int64_t outline_depth(const struct law_node *n) {
    return n->level == LAW_ANNEX ? 0 : n->level < LAW_ARTICLE ? n->level - 1 : n->level == LAW_ARTICLE ? 4 : 5;
}

/* Containers, articles and annexes, and what stands in none of them. */
static bool is_in_outline(const struct law_node *n) {
    bool is_place = n->level <= LAW_ARTICLE || n->level == LAW_ANNEX || n->article == LAW_NO_NODE;
    return is_place && n->level != LAW_TABLE && n->level != LAW_PARAGRAPH;
}

/* Each with how many clauses stand below it. */
static void outline_fill(struct get *g, struct law_draft_view *v, const struct law_tree *t) {
    for (size_t i = 0; i < t->nodes.n; i++) {
        const struct law_node *n = &t->nodes.at[i];
        v->articles += n->level == LAW_ARTICLE;
        v->clauses += n->level == LAW_CLAUSE;
        v->points += n->level == LAW_POINT;
        v->tables += n->level == LAW_TABLE;
        if (is_in_outline(n) && v->outline.n < SHOWN_MOST) {
            LIST_ADD(g->arena, &v->outline,
                     (struct law_outline_line){.label = law_label_printed(g->arena, n->level, n->label),
                                               .heading = n->heading.len ? n->heading : utf8_cut(n->text, 100),
                                               .depth = outline_depth(n)});
        } else if (n->level == LAW_CLAUSE && v->outline.n) {
            v->outline.at[v->outline.n - 1].clauses++;
        }
    }
}

static void flags_fill(struct get *g, struct law_draft_view *v, const struct law_tree *t) {
    for (size_t i = 0; i < t->flags.n && i < FLAGS_SHOWN; i++) {
        const struct law_text_flag *f = &t->flags.at[i];
        struct str where = f->node == LAW_NO_NODE ? S("") : law_place_words(g->arena, t->nodes.at[f->node].eid);
        LIST_ADD(g->arena, &v->flags, (struct law_draft_flag){.words = f->words, .where = where});
    }
    v->more_flags = t->flags.n > FLAGS_SHOWN ? (int64_t)(t->flags.n - FLAGS_SHOWN) : 0;
}

static struct err progress_fill(struct get *g, const struct law_draft_mine_row *draft, struct law_draft_view *v) {
    struct job_view *job;
    TRY(job_latest(g->db, S("law.read"), draft->id.v, &job));
    v->progress = S("Chờ đến lượt đọc");
    if (job) {
        v->done = job->done;
        v->total = job->total;
        v->progress = job->words.len ? job->words : v->progress;
        v->fault = job->state == JOB_FAILED ? job->fault : S("");
    }
    return OK;
}

static struct err read_fill(struct get *g, const struct law_draft_mine_row *draft, struct law_draft_view *v) {
    struct law_file file;
    TRY(law_draft_tree(g->db, draft, &file));
    v->is_read = true;
    v->format = law_format_name(file.format);
    v->pages = file.pages;
    v->confidence = file.format == LAW_FORMAT_SCAN ? file.confidence : 0;
    v->encoding = file.encoding > READ_NFD ? read_encoding_name(file.encoding) : S("");
    form_fill(g, v, &file.tree.head);
    outline_fill(g, v, &file.tree);
    flags_fill(g, v, &file.tree);
    return OK;
}

struct err law_draft_get(struct get *g) {
    struct law_draft_mine_row *draft;
    TRY(draft_of(g->request, g->db, g->who, &draft));
    struct law_draft_view v = {.id = draft->id, .name = draft->name, .fault = draft->fault};
    if (str_eq(draft->state, S("added"))) {
        return see_other_get(g, "/law/%lld", (long long)draft->work.v);
    }
    bool is_held = false;
    TRY(law_secret_is_held(g->db, draft->id.v, &is_held));
    if (is_held) {
        return see_other_get(g, "/law/seal/%lld", (long long)draft->id.v);
    }
    v.is_reading = str_eq(draft->state, S("reading"));
    if (v.is_reading) {
        TRY(progress_fill(g, draft, &v));
    } else if (str_eq(draft->state, S("read"))) {
        TRY(read_fill(g, draft, &v));
    }
    return answer_law_draft(g, &v);
}

/* ---- Confirming */

/* What the text itself says must be what is confirmed, or somebody has looked. */
static void check(struct post *p, const struct law_head *h, const struct law_about *about) {
    struct arena *a = p->arena;
    if (form_flag(p->form, "is_sure")) {
        return;
    }
    struct str text_key = law_code_key(a, h->code), typed_key = law_code_key(a, about->code);
    if (text_key.len && !str_eq(text_key, typed_key)) {
        form_fault(p->form, "code", "Trong tệp là %.*s. Nếu đúng như đã nhập, đánh dấu “Đã đối chiếu” rồi gửi lại.",
                   STR_ARG(h->code));
    }
    if (h->issued_on.year && about->issued_on.year && !date_is(h->issued_on, about->issued_on)) {
        struct str day = date_vi(a, h->issued_on);
        form_fault(p->form, "issued_on",
                   "Trong tệp là %.*s. Nếu đúng như đã nhập, đánh dấu “Đã đối chiếu” rồi gửi lại.", STR_ARG(day));
    }
    struct str in_text = utf8_fold(a, h->title), typed = utf8_fold(a, about->title);
    bool is_named =
        in_text.len == 0 || str_find(typed, in_text, 0) != SIZE_MAX || str_find(in_text, typed, 0) != SIZE_MAX;
    if (!is_named) {
        form_fault(p->form, "title",
                   "Tên trong tệp khác: “%.*s”. Nếu đúng như đã nhập, đánh dấu “Đã đối chiếu” rồi gửi lại.",
                   STR_ARG(utf8_cut(h->title, 200)));
    }
    if (about->effective_on.year && about->issued_on.year && date_cmp(about->effective_on, about->issued_on) < 0) {
        form_fault(p->form, "effective_on", "Ngày có hiệu lực sớm hơn ngày ban hành.");
    }
}

struct err law_draft_post(struct post *p) {
    struct law_draft_mine_row *draft;
    struct law_file file;
    struct law_work_id work;
    TRY(draft_of(p->request, db_reading(p->db), p->who, &draft));
    struct law_about about = {.type_name = form_text(p->form, "type_name"),
                              .code = form_text(p->form, "code"),
                              .title = form_text(p->form, "title"),
                              .issuer = form_text(p->form, "issuer"),
                              .signer = form_text(p->form, "signer"),
                              .issued_on = form_date(p->form, "issued_on"),
                              .effective_on = form_date(p->form, "effective_on")};
    TRY(law_draft_tree(db_reading(p->db), draft, &file));
    check(p, &file.tree.head, &about);
    TRY(form_check(p->form));
    TRY(law_draft_confirm(p->db, p->who, draft, &about, &work));
    flash(p, "Đã thêm vào thư viện.");
    return see_other(p, "/law/%lld", (long long)work.v);
}

struct err law_draft_end(struct post *p) {
    struct law_draft_mine_row *draft;
    TRY(draft_of(p->request, db_reading(p->db), p->who, &draft));
    TRY(law_draft_ended(
        p->db, (struct law_draft_ended_in){.id = draft->id, .state = S("dropped"), .changed_at = clock_now()}, NULL));
    flash(p, "Đã bỏ tệp, không thêm vào thư viện.");
    return see_other(p, "/law/add");
}
