/* The office's list, form and record of consultations. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "modules/consult/consult_pages.h"
#include "modules/consult/consult_pages_gen.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

#define ITEM_FIELDS                                                                                                    \
    {.kind = FIELD_LINE,                                                                                               \
     .name = S_INIT("title"),                                                                                          \
     .label = S_INIT("Lấy ý kiến về"),                                                                                 \
     .is_required = true,                                                                                              \
     .most = CONSULT_TITLE_MOST},                                                                                      \
        {.kind = FIELD_TEXT,                                                                                           \
         .name = S_INIT("lead"),                                                                                       \
         .label = S_INIT("Nói ngắn cho người dân: văn bản gì, ai soạn, thay đổi điều gì"),                             \
         .is_required = true,                                                                                          \
         .most = 1000},                                                                                                \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("drafter"),                                                                                    \
         .label = S_INIT("Cơ quan soạn thảo"),                                                                         \
         .is_required = true,                                                                                          \
         .most = 200},                                                                                                 \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("asked"),                                                                                      \
         .label = S_INIT("Hỏi những ai"),                                                                              \
         .most = 300,                                                                                                  \
         .hint = S_INIT("Ví dụ: nhân dân toàn thành phố; Mặt trận các xã, phường; tổ chức thành viên.")},              \
        {.kind = FIELD_FLAG, .name = S_INIT("is_public"), .label = S_INIT("Ai cũng góp ý được trên cổng")},            \
        {.kind = FIELD_DATE,                                                                                           \
         .name = S_INIT("closes_on"),                                                                                  \
         .label = S_INIT("Nhận ý kiến đến hết ngày"),                                                                  \
         .is_required = true},                                                                                         \
        {.kind = FIELD_DATE, .name = S_INIT("answer_on"), .label = S_INIT("Trả lời trước ngày"), .is_required = true}, \
    {                                                                                                                  \
        .kind = FIELD_TEXT, .name = S_INIT("draft"), .label = S_INIT("Nội dung dự thảo"), .is_required = true,         \
        .most = 200000,                                                                                                \
        .hint = S_INIT("Dán cả dự thảo; mỗi Điều thành một chỗ để góp ý. Không có Điều thì theo đoạn.")                \
    }

const struct field consult_item_fields[] = {ITEM_FIELDS, {0}};
const struct field consult_edit_fields[] = {ITEM_FIELDS, FORM_VERSION, {0}};
const struct field consult_act_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ghi chú"), .most = 2000}, {0}};
const struct field consult_index_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
    {0},
};

struct err consult_of_path(struct request *r, struct consult_item_id *id) {
    return path_id(r, S("id"), &id->v);
}

static bool may_make(const struct who *who) {
    return (who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER)) != 0;
}

/* ---- The list */

static struct consult_row row_of(struct arena *a, const struct consult_newest_row *r) {
    struct date today = clock_today();
    bool is_open = is(r->state, "open"), is_done = is(r->state, "published");
    struct date due = is_open ? r->closes_on : r->answer_on;
    return (struct consult_row){
        .link = link_record(a, S("/consult/"), r->id.v, S("")),
        .title = r->title,
        .drafter = r->drafter,
        .state_name = consult_word(consult_states, r->state),
        .due_words = is_done   ? str_format(a, "Công bố %.*s", STR_ARG(date_vi(a, r->published_on)))
                     : is_open ? str_format(a, "Nhận ý kiến đến %.*s", STR_ARG(date_vi(a, due)))
                               : str_format(a, "Trả lời trước %.*s", STR_ARG(date_vi(a, due))),
        .closes_on = r->closes_on,
        .is_late = !is_done && date_cmp(due, today) < 0,
        .is_soon = !is_done && date_cmp(due, today) >= 0 && date_number(due) - date_number(today) <= 3,
        .is_done = is_done};
}

static struct err index_answer(struct get *g, enum consult_box box) {
    struct consult_newest_rows rows;
    int64_t counts[CONSULT_BOXES], before = INT64_MAX;
    bool is_first = !num_read(query_param(g->request, S("after")), &before);
    TRY(consult_box_counts(g->db, g->who, counts));
    TRY(consult_box_rows(g->db, g->who, box, is_first ? INT64_MAX : before, CONSULT_LIST_PAGE + 1, &rows));
    struct consult_index v = {.box_title = consult_box_title(box), .may_make = may_make(g->who)};
    v.tabs.at = arena_take(g->arena, struct tab, CONSULT_BOXES);
    for (enum consult_box b = 0; b < CONSULT_BOXES; b++) {
        if (counts[b] || b == box || b >= CONSULT_OPEN) {
            v.tabs.at[v.tabs.n++] =
                (struct tab){.label = consult_box_title(b),
                             .link = link_local(g->arena, "/consult?tab=%.*s", STR_ARG(consult_box_code(b))),
                             .count = counts[b],
                             .is_counted = counts[b] > 0,
                             .is_current = b == box,
                             .is_hot = b == CONSULT_APPROVE && counts[b]};
        }
    }
    for (size_t i = 0; i < rows.n && i < CONSULT_LIST_PAGE; i++) {
        LIST_ADD(g->arena, &v.items, row_of(g->arena, &rows.at[i]));
    }
    struct str code = consult_box_code(box);
    if (rows.n > CONSULT_LIST_PAGE) {
        v.pages.older = link_local(g->arena, "/consult?tab=%.*s&after=%lld", STR_ARG(code),
                                   (long long)rows.at[CONSULT_LIST_PAGE - 1].id.v);
    }
    if (!is_first) {
        v.pages.newer = link_local(g->arena, "/consult?tab=%.*s", STR_ARG(code));
    }
    return answer_consult_index(g, &v);
}

struct err consult_index_get(struct get *g) {
    enum consult_box box;
    bool is_box = consult_box_of_code(query_param(g->request, S("tab")), &box);
    return index_answer(g, is_box ? box : CONSULT_ALL);
}

/* ---- The form */

static struct consult_new new_of(const struct form *f) {
    return (struct consult_new){.title = form_text(f, "title"),
                                .lead = form_text(f, "lead"),
                                .drafter = form_text(f, "drafter"),
                                .asked = form_text(f, "asked"),
                                .draft = form_text(f, "draft"),
                                .is_public = form_flag(f, "is_public"),
                                .closes_on = form_date(f, "closes_on"),
                                .answer_on = form_date(f, "answer_on")};
}

struct err consult_new_get(struct get *g) {
    struct consult_form_view v = {.to = link_local(g->arena, "/consult/new"),
                                  .back = link_local(g->arena, "/consult"),
                                  .form = form_begin(g->arena, consult_item_fields, g->form),
                                  .is_new = true};
    if (!g->form) {
        form_set_id(v.form, "is_public", 1);
    }
    return answer_consult_form(g, &v);
}

struct err consult_new_post(struct post *p) {
    struct consult_item_id id;
    TRY(form_check(p->form));
    struct consult_new x = new_of(p->form);
    TRY(consult_add(p->db, p->who, &x, &id));
    flash(p, "Đã lập. Mời xem các điều đã tách rồi trình duyệt mở.");
    return see_other(p, "/consult/%lld", (long long)id.v);
}

struct err consult_edit_get(struct get *g) {
    struct consult_item_id id;
    struct consult_by_id_row *row;
    TRY(consult_of_path(g->request, &id));
    TRY(consult_for(g->db, id, g->who, CAN_MANAGE, &row));
    struct consult_form_view v = {.to = link_record(g->arena, S("/consult/"), id.v, S("/edit")),
                                  .back = link_record(g->arena, S("/consult/"), id.v, S("")),
                                  .form = form_begin_at(g->arena, consult_edit_fields, g->form, row->version)};
    form_set(v.form, "title", row->title);
    form_set(v.form, "lead", row->lead);
    form_set(v.form, "drafter", row->drafter);
    form_set(v.form, "asked", row->asked);
    form_set(v.form, "draft", row->draft);
    form_set_id(v.form, "is_public", row->is_public);
    form_set_date(v.form, "closes_on", row->closes_on);
    form_set_date(v.form, "answer_on", row->answer_on);
    return answer_consult_form(g, &v);
}

struct err consult_edit_post(struct post *p) {
    struct consult_item_id id;
    TRY(consult_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct consult_new x = new_of(p->form);
    TRY(consult_change(p->db, p->who, id, &x, form_version(p->form)));
    flash(p, "Đã lưu.");
    return see_other(p, "/consult/%lld", (long long)id.v);
}

/* ---- The record */

static void count_add(struct get *g, struct consult_show *v, const char *label, int64_t n, const char *box) {
    LIST_ADD(g->arena, &v->counts,
             (struct consult_count){str_of(label), n,
                                    link_local(g->arena, "/consult/%lld/opinion?box=%s", (long long)v->id, box)});
}

static struct err clauses_fill(struct get *g, const struct consult_by_id_row *row, struct consult_show *v,
                               struct consult_clauses_rows *clauses) {
    struct consult_counts_rows counts;
    int64_t all = 0, loose = 0, waiting = 0;
    long long id = (long long)row->id.v;
    TRY(consult_clauses(g->db, (struct consult_clauses_in){.item = row->id}, clauses));
    TRY(consult_counts(g->db, (struct consult_counts_in){.item = row->id}, &counts));
    for (size_t i = 0; i <= clauses->n; i++) {
        int64_t n = i ? clauses->at[i - 1].n : 0;
        struct consult_clause_view c = {
            .n = n,
            .name = i ? consult_clause_name(g->arena, &clauses->at[i - 1]) : S("Cả dự thảo"),
            .text = i ? clauses->at[i - 1].text : S(""),
            .said_link = link_local(g->arena, "/consult/%lld/opinion?clause=%lld", id, (long long)n),
            .waiting_link = link_local(g->arena, "/consult/%lld/opinion?clause=%lld&box=waiting", id, (long long)n)};
        for (size_t k = 0; k < counts.n; k++) {
            if (counts.at[k].clause == n) {
                c.said = counts.at[k].n;
                c.people = counts.at[k].people;
                c.waiting = counts.at[k].waiting;
                all += c.said, loose += counts.at[k].loose, waiting += c.waiting;
            }
        }
        if (i || c.said) {
            LIST_ADD(g->arena, &v->clauses, c);
        }
    }
    count_add(g, v, "Ý kiến", all, "all");
    count_add(g, v, "Chưa gom", loose, "loose");
    count_add(g, v, "Chưa trả lời", waiting, "waiting");
    count_add(g, v, "Đã trả lời", all - waiting, "answered");
    return OK;
}

static struct err themes_fill(struct get *g, const struct consult_by_id_row *row,
                              const struct consult_clauses_rows *clauses, struct consult_show *v) {
    struct consult_themes_rows rows;
    TRY(consult_themes(g->db, (struct consult_themes_in){.item = row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct consult_themes_row *t = &rows.at[i];
        LIST_ADD(g->arena, &v->themes,
                 (struct consult_theme_view){
                     .id = t->id.v,
                     .link = link_local(g->arena, "/consult/%lld/theme/%lld", (long long)row->id.v, (long long)t->id.v),
                     .title = t->title,
                     .verdict = t->verdict,
                     .verdict_name = consult_word(consult_verdicts, t->verdict),
                     .clause_name = consult_clause_named(g->arena, clauses, t->clause),
                     .people = t->people,
                     .n = t->n});
    }
    return OK;
}

static struct err acts_fill(struct get *g, const struct consult_by_id_row *row, struct consult_show *v) {
    struct moves open;
    TRY(moves_open(g->db, consult_moves, g->who, row->id.v, row->state, &open));
    for (size_t i = 0; i < open.n; i++) {
        const struct move *m = open.at[i];
        bool is_back = g->form && str_ends(g->path, str_format(g->arena, "/%s", m->verb));
        LIST_ADD(g->arena, &v->acts,
                 (struct consult_act_view){.noun = str_of(m->verb),
                                           .label = str_of(m->label),
                                           .form = form_begin(g->arena, consult_act_fields, is_back ? g->form : NULL),
                                           .is_main = strcmp(m->verb, "return") != 0,
                                           .is_open = is_back});
    }
    return OK;
}

static bool takes_opinions(struct str state) { return is(state, "open") || is(state, "answering"); }

static struct err show_answer(struct get *g, struct consult_item_id id) {
    static const struct thread_verb *const tables[] = {consult_verbs, NULL};
    struct consult_by_id_row *row;
    struct consult_clauses_rows clauses;
    unsigned bits = 0;
    TRY(consult_for(g->db, id, g->who, CAN_READ, &row));
    TRY(access_bits(g->db, id.v, g->who->post.v, &bits));
    long long n = (long long)id.v;
    bool is_shown = !is(row->state, "draft") && !is(row->state, "review");
    struct consult_show v = {.id = id.v,
                             .title = row->title,
                             .lead = row->lead,
                             .drafter = row->drafter,
                             .asked = row->asked,
                             .state_name = consult_word(consult_states, row->state),
                             .opens_on = row->opens_on,
                             .closes_on = row->closes_on,
                             .answer_on = row->answer_on,
                             .published_on = row->published_on,
                             .is_public = row->is_public,
                             .is_late = !row->published_on.year && date_cmp(row->answer_on, clock_today()) < 0,
                             .may_edit = is(row->state, "draft") && (bits & CAN_MANAGE),
                             .may_enter = takes_opinions(row->state) && (bits & CAN_ACT),
                             .edit = link_local(g->arena, "/consult/%lld/edit", n),
                             .enter = link_local(g->arena, "/consult/%lld/opinion/new", n),
                             .opinions = link_local(g->arena, "/consult/%lld/opinion", n),
                             .opinion = link_local(g->arena, "/thread/opinion?kind=consult&record=%lld", n)};
    if (is_shown && row->is_public) {
        v.page = link_local(g->arena, "/consult/open/%lld", n);
    }
    TRY(clauses_fill(g, row, &v, &clauses));
    TRY(themes_fill(g, row, &clauses, &v));
    TRY(acts_fill(g, row, &v));
    TRY(thread_fill(g, &(struct thread_asked){.kind = S("consult"), .record = id.v, .tables = tables}, &v.thread));
    return answer_consult_show(g, &v);
}

struct err consult_show_get(struct get *g) {
    struct consult_item_id id;
    TRY(consult_of_path(g->request, &id));
    return show_answer(g, id);
}

struct err consult_act_post(struct post *p) {
    struct consult_item_id id;
    TRY(consult_of_path(p->request, &id));
    TRY(form_check(p->form));
    for (const struct move *m = consult_moves; m->verb; m++) {
        if (str_ends(p->path, str_format(p->arena, "/%s", m->verb))) {
            TRY(consult_act(p->db, p->who, id, m->verb, form_text(p->form, "text")));
            flash(p, "Đã ghi.");
            return see_other(p, "/consult/%lld", (long long)id.v);
        }
    }
    return FAIL(ERR_BROKEN, "a route without its act");
}
