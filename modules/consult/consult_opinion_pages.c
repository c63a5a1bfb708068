/* The office's opinions: listed, entered from meetings and paper, put into themes, answered. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "modules/consult/consult_pages.h"
#include "modules/consult/consult_pages_gen.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

#define CHOICES(name_, ...) const struct choice name_[] = {__VA_ARGS__, {S_INIT(""), S_INIT("")}}
CHOICES(consult_stance_choices, {S_INIT("yes"), S_INIT("Đồng ý")}, {S_INIT("part"), S_INIT("Đồng ý một phần")},
        {S_INIT("no"), S_INIT("Không đồng ý")});
static CHOICES(ways, {S_INIT("meeting"), S_INIT("Hội nghị")}, {S_INIT("paper"), S_INIT("Phiếu giấy")},
               {S_INIT("organisation"), S_INIT("Tổ chức gửi")});
static CHOICES(answers, {S_INIT("taken"), S_INIT("Tiếp thu")}, {S_INIT("part"), S_INIT("Tiếp thu một phần")},
               {S_INIT("not"), S_INIT("Không tiếp thu, giải trình")}, {S_INIT("noted"), S_INIT("Ghi nhận")});

const struct field consult_no_fields[] = {{.kind = FIELD_END}};
const struct field consult_opinions_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("clause"), .label = S_INIT("Điều"), .most = 6},
    {.kind = FIELD_LINE, .name = S_INIT("via"), .label = S_INIT("Đường đến"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("stance"), .label = S_INIT("Thái độ"), .most = 6},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
    {0},
};
const struct field consult_enter_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("via"),
     .label = S_INIT("Ý kiến đến bằng đường nào"),
     .is_required = true,
     .choices = ways},
    {.kind = FIELD_LINE,
     .name = S_INIT("source"),
     .label = S_INIT("Hội nghị nào, phiếu số mấy, tổ chức và số văn bản"),
     .is_required = true,
     .most = 200},
    {.kind = FIELD_INT, .name = S_INIT("clause"), .label = S_INIT("Về điều nào"), .least = 0, .most = 500},
    {.kind = FIELD_CHOICE, .name = S_INIT("stance"), .label = S_INIT("Thái độ"), .choices = consult_stance_choices},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ý kiến"), .most = 5000},
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Người góp ý"), .most = 120},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Phường, xã, đơn vị"), .most = 120},
    {.kind = FIELD_INT, .name = S_INIT("people"), .label = S_INIT("Số người cùng ý kiến"), .least = 1, .most = 100000},
    {0},
};
const struct field consult_group_fields[] = {
    {.kind = FIELD_IDS, .name = S_INIT("opinion"), .label = S_INIT("Ý kiến")},
    {.kind = FIELD_ID, .name = S_INIT("theme"), .label = S_INIT("Vào nhóm đã có")},
    {.kind = FIELD_LINE,
     .name = S_INIT("title"),
     .label = S_INIT("Hoặc lập nhóm mới: các ý kiến này cùng nói điều gì"),
     .most = CONSULT_TITLE_MOST},
    {0},
};
const struct field consult_answer_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("title"),
     .label = S_INIT("Các ý kiến cùng nói"),
     .is_required = true,
     .most = CONSULT_TITLE_MOST},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("verdict"),
     .label = S_INIT("Tiếp thu đến đâu"),
     .is_required = true,
     .choices = answers},
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Lý do, giải trình"),
     .is_required = true,
     .most = 5000,
     .hint = S_INIT("Người góp ý đọc nguyên văn khi công bố.")},
    {.kind = FIELD_TEXT,
     .name = S_INIT("wording"),
     .label = S_INIT("Điều này sau khi sửa"),
     .most = 20000,
     .hint = S_INIT("Để trống nếu giữ nguyên lời văn.")},
    FORM_VERSION,
    {0},
};

/* ---- The list */

static const struct {
    const char *code, *title;
} boxes[] = {{"all", "Tất cả"}, {"loose", "Chưa gom"}, {"waiting", "Chưa trả lời"}, {"answered", "Đã trả lời"}};
enum { BOXES = sizeof boxes / sizeof *boxes };

struct asked {
    struct consult_by_id_row *row;
    size_t box;
    int64_t clause, before; /* clause -1: all */
    struct str via, stance;
};

static void asked_read(struct get *g, struct asked *x) {
    struct str box = query_param(g->request, S("box"));
    x->via = query_param(g->request, S("via"));
    x->stance = query_param(g->request, S("stance"));
    for (size_t i = 0; i < BOXES; i++) {
        x->box = is(box, boxes[i].code) ? i : x->box;
    }
    if (!num_read_between(query_param(g->request, S("clause")), 0, 500, &x->clause)) {
        x->clause = -1;
    }
    if (!num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &x->before)) {
        x->before = INT64_MAX;
    }
}

static struct link list_link(struct arena *a, const struct asked *x, size_t box, int64_t after) {
    struct str clause = x->clause < 0 ? S("") : str_format(a, "%lld", (long long)x->clause);
    struct str tail = after ? str_format(a, "&after=%lld", (long long)after) : S("");
    return link_local(a, "/consult/%lld/opinion?box=%s&clause=%.*s&via=%.*s&stance=%.*s%.*s", (long long)x->row->id.v,
                      boxes[box].code, STR_ARG(clause), STR_ARG(x->via), STR_ARG(x->stance), STR_ARG(tail));
}

static struct consult_opinion_view opinion_view(struct arena *a, const struct consult_opinions_row *o,
                                                const struct consult_clauses_rows *clauses, struct consult_item_id id) {
    return (struct consult_opinion_view){
        .id = o->id.v,
        .people = o->people,
        .clause_name = consult_clause_named(a, clauses, o->clause),
        .via_name = consult_word(consult_vias, o->via),
        .source = o->source,
        .stance_name = consult_word(consult_stances, o->stance),
        .text = o->text,
        .name = o->name,
        .place = o->place,
        .theme_title = o->title,
        .verdict_name = consult_word(consult_verdicts, o->verdict),
        .theme = o->theme ? link_local(a, "/consult/%lld/theme/%lld", (long long)id.v, (long long)o->theme)
                          : (struct link){{0}},
        .made_at = o->made_at};
}

static void words_fill(struct arena *a, const struct consult_word *w, struct str chosen, struct consult_options *out) {
    for (; w->code.len; w++) {
        LIST_ADD(a, out, (struct consult_option){w->code, w->name, str_eq(w->code, chosen)});
    }
}

static void clauses_options(struct arena *a, const struct consult_clauses_rows *rows, int64_t chosen,
                            struct consult_options *out) {
    LIST_ADD(a, out, (struct consult_option){S("0"), S("Cả dự thảo"), chosen == 0});
    for (size_t i = 0; i < rows->n; i++) {
        LIST_ADD(a, out,
                 (struct consult_option){str_format(a, "%lld", (long long)rows->at[i].n),
                                         consult_clause_name(a, &rows->at[i]), rows->at[i].n == chosen});
    }
}

static struct err themes_options(struct get *g, const struct asked *x, struct consult_opinions *v) {
    struct consult_themes_rows rows;
    TRY(consult_themes(g->db, (struct consult_themes_in){.item = x->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].clause == x->clause) {
            LIST_ADD(g->arena, &v->themes,
                     (struct consult_option){str_format(g->arena, "%lld", (long long)rows.at[i].id.v), rows.at[i].title,
                                             false});
        }
    }
    return OK;
}

static bool takes_answers(struct str state) { return is(state, "open") || is(state, "answering"); }

static struct err opinions_answer(struct get *g, struct consult_item_id id) {
    struct consult_clauses_rows clauses;
    struct consult_opinions_rows rows;
    unsigned bits = 0;
    struct asked x = {0};
    TRY(consult_for(g->db, id, g->who, CAN_READ, &x.row));
    TRY(access_bits(g->db, id.v, g->who->post.v, &bits));
    asked_read(g, &x);
    TRY(consult_clauses(g->db, (struct consult_clauses_in){.item = id}, &clauses));
    TRY(consult_opinions(g->db,
                         (struct consult_opinions_in){.item = id,
                                                      .before = x.before,
                                                      .clause = x.clause,
                                                      .via = x.via,
                                                      .stance = x.stance,
                                                      .box = (int64_t)x.box,
                                                      .most = CONSULT_OPINION_PAGE + 1},
                         &rows));
    bool takes = takes_answers(x.row->state);
    struct consult_opinions v = {.id = id.v,
                                 .title = x.row->title,
                                 .box = str_of(boxes[x.box].code),
                                 .back = link_record(g->arena, S("/consult/"), id.v, S("")),
                                 .enter = link_record(g->arena, S("/consult/"), id.v, S("/opinion/new")),
                                 .group = form_begin(g->arena, consult_group_fields, g->form),
                                 .may_group = takes && x.clause >= 0 && (bits & CAN_MANAGE),
                                 .may_enter = takes && (bits & CAN_ACT)};
    v.tabs.at = arena_take(g->arena, struct tab, BOXES);
    for (size_t i = 0; i < BOXES; i++) {
        v.tabs.at[v.tabs.n++] = (struct tab){
            .label = str_of(boxes[i].title), .link = list_link(g->arena, &x, i, 0), .is_current = i == x.box};
    }
    for (size_t i = 0; i < rows.n && i < CONSULT_OPINION_PAGE; i++) {
        LIST_ADD(g->arena, &v.items, opinion_view(g->arena, &rows.at[i], &clauses, id));
    }
    clauses_options(g->arena, &clauses, x.clause, &v.clauses);
    words_fill(g->arena, consult_vias, x.via, &v.vias);
    words_fill(g->arena, consult_stances, x.stance, &v.stances);
    TRY(themes_options(g, &x, &v));
    if (rows.n > CONSULT_OPINION_PAGE) {
        v.pages.older = list_link(g->arena, &x, x.box, rows.at[CONSULT_OPINION_PAGE - 1].id.v);
    }
    if (x.before != INT64_MAX) {
        v.pages.newer = list_link(g->arena, &x, x.box, 0);
    }
    return answer_consult_opinions(g, &v);
}

struct err consult_opinions_get(struct get *g) {
    struct consult_item_id id;
    TRY(consult_of_path(g->request, &id));
    return opinions_answer(g, id);
}

struct err consult_group_post(struct post *p) {
    struct consult_item_id id;
    struct consult_theme_id theme;
    const struct form_value *ids = form_value(p->form, "opinion");
    TRY(consult_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct consult_grouping x = {.opinions = {ids->ids.at, ids->ids.n},
                                 .theme = form_id(p->form, "theme"),
                                 .title = form_text(p->form, "title")};
    TRY(consult_group(p->db, p->who, id, &x, &theme));
    return see_other(p, "/consult/%lld/theme/%lld", (long long)id.v, (long long)theme.v);
}

/* ---- Entering */

struct err consult_enter_get(struct get *g) {
    struct consult_item_id id;
    struct consult_by_id_row *row;
    struct consult_clauses_rows clauses;
    int64_t clause = 0;
    TRY(consult_of_path(g->request, &id));
    TRY(consult_for(g->db, id, g->who, CAN_ACT, &row));
    TRY(consult_clauses(g->db, (struct consult_clauses_in){.item = id}, &clauses));
    struct consult_enter_view v = {.id = id.v,
                                   .title = row->title,
                                   .to = link_record(g->arena, S("/consult/"), id.v, S("/opinion/new")),
                                   .back = link_record(g->arena, S("/consult/"), id.v, S("")),
                                   .form = form_begin(g->arena, consult_enter_fields, g->form)};
    if (g->form) {
        clause = form_number(g->form, "clause");
    }
    clauses_options(g->arena, &clauses, clause, &v.clauses);
    return answer_consult_enter(g, &v);
}

struct err consult_enter_post(struct post *p) {
    struct consult_item_id id;
    struct consult_opinion_id opinion;
    const struct form *f = p->form;
    TRY(consult_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct consult_said x = {.item = id,
                             .clause = form_number(f, "clause"),
                             .via = form_text(f, "via"),
                             .source = form_text(f, "source"),
                             .stance = form_text(f, "stance"),
                             .text = form_text(f, "text"),
                             .name = form_text(f, "name"),
                             .place = form_text(f, "place"),
                             .people = form_number(f, "people")};
    TRY(consult_say(p->db, p->who, &x, &opinion));
    flash(p, "Đã nhập. Mời nhập ý kiến tiếp theo, hoặc quay lại.");
    return see_other(p, "/consult/%lld/opinion/new", (long long)id.v);
}

struct err consult_part_post(struct post *p) {
    struct consult_item_id id;
    struct consult_opinion_id opinion;
    TRY(consult_of_path(p->request, &id));
    TRY(path_id(p->request, S("opinion"), &opinion.v));
    TRY(consult_part(p->db, p->who, id, opinion));
    flash(p, "Đã tách khỏi nhóm.");
    return see_other(p, "/consult/%lld/opinion?box=loose", (long long)id.v);
}

/* ---- A theme */

static struct err theme_of(struct get *g, struct consult_item_id id, struct consult_theme_by_id_row **row) {
    struct consult_theme_id theme;
    TRY(path_id(g->request, S("theme"), &theme.v));
    TRY(consult_theme_by_id(g->db, (struct consult_theme_by_id_in){.id = theme}, row));
    return *row && (*row)->item.v == id.v ? OK : FAIL(ERR_MISSING, "no such theme of this consultation");
}

static struct err said_fill(struct get *g, struct consult_theme_id theme, struct consult_theme_page *v) {
    struct consult_of_theme_rows rows;
    TRY(consult_of_theme(g->db, (struct consult_of_theme_in){.theme = theme.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct consult_of_theme_row *o = &rows.at[i];
        v->people += o->people;
        LIST_ADD(g->arena, &v->items,
                 (struct consult_opinion_view){.id = o->id.v,
                                               .people = o->people,
                                               .via_name = consult_word(consult_vias, o->via),
                                               .source = o->source,
                                               .stance_name = consult_word(consult_stances, o->stance),
                                               .text = o->text,
                                               .name = o->name,
                                               .place = o->place,
                                               .made_at = o->made_at});
    }
    return OK;
}

static struct err theme_answer(struct get *g, struct consult_item_id id) {
    struct consult_by_id_row *row;
    struct consult_theme_by_id_row *t;
    struct consult_clause_of_row *clause;
    unsigned bits = 0;
    TRY(consult_for(g->db, id, g->who, CAN_READ, &row));
    TRY(access_bits(g->db, id.v, g->who->post.v, &bits));
    TRY(theme_of(g, id, &t));
    TRY(consult_clause_of(g->db, (struct consult_clause_of_in){.item = id, .n = t->clause}, &clause));
    struct consult_theme_page v = {
        .id = t->id.v,
        .clause = t->clause,
        .title = t->title,
        .item_title = row->title,
        .clause_name = clause ? str_format(g->arena, "%.*s. %.*s", STR_ARG(clause->label), STR_ARG(clause->heading))
                              : S("Cả dự thảo"),
        .clause_text = clause ? clause->text : S(""),
        .verdict_name = consult_word(consult_verdicts, t->verdict),
        .reason = t->reason,
        .wording = t->wording,
        .back = link_record(g->arena, S("/consult/"), id.v, S("")),
        .to = link_local(g->arena, "/consult/%lld/theme/%lld", (long long)id.v, (long long)t->id.v),
        .form = form_begin_at(g->arena, consult_answer_fields, g->form, t->version),
        .may_answer = takes_answers(row->state) && (bits & CAN_MANAGE)};
    form_set(v.form, "title", t->title);
    form_set(v.form, "verdict", t->verdict);
    form_set(v.form, "reason", t->reason);
    form_set(v.form, "wording", t->wording);
    TRY(said_fill(g, t->id, &v));
    return answer_consult_theme(g, &v);
}

struct err consult_theme_get(struct get *g) {
    struct consult_item_id id;
    TRY(consult_of_path(g->request, &id));
    return theme_answer(g, id);
}

struct err consult_theme_post(struct post *p) {
    struct consult_item_id id;
    struct consult_theme_id theme;
    TRY(consult_of_path(p->request, &id));
    TRY(path_id(p->request, S("theme"), &theme.v));
    TRY(form_check(p->form));
    struct consult_answer_new x = {.title = form_text(p->form, "title"),
                                   .verdict = form_text(p->form, "verdict"),
                                   .reason = form_text(p->form, "reason"),
                                   .wording = form_text(p->form, "wording"),
                                   .version = form_version(p->form)};
    TRY(consult_answer(p->db, p->who, id, theme, &x));
    flash(p, "Đã lưu câu trả lời. Người góp ý đọc khi công bố.");
    return see_other(p, "/consult/%lld", (long long)id.v);
}
