/* My tasks, one task, giving, handing over; routes last. */
#include "kernel/page/form.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_box.h"
#include "modules/task/task_forms.h"
#include "modules/task/task_pages_gen.h"
#include "modules/task/task_part.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 40, PEOPLE_MOST = 300 };

static struct str kind_title(struct get *g, struct str kind) {
    const struct task_kind *k = task_kind_named(g->app, kind);
    return k ? k->title : kind;
}

/* ---- One task */

static struct err item_fill(struct task_show_view *v) {
    for (size_t i = 0; i < v->all.items.n; i++) {
        if (v->all.items.at[i].id == v->id) {
            v->item = v->all.items.at[i];
        }
    }
    return OK;
}

struct err task_show_get(struct get *g) {
    static const struct thread_verb *const tables[] = {task_verbs, NULL};
    struct task_show_view v = {0};
    struct task_item_by_id_row *i;
    struct task_item_id id;
    TRY(task_item_of_path(g->request, &id));
    TRY(task_acts_fill(g, id, &v.acts));
    TRY(task_item_by_id(g->db, (struct task_item_by_id_in){.id = id}, &i));
    v.id = id.v;
    v.title = i->title;
    v.text = i->text;
    v.kind_name = kind_title(g, i->kind);
    v.given_name = i->given_name;
    v.given_on = date_of(i->given_at);
    v.item = (struct task_item_view){.state_name = task_state_name(i->role, i->state, i->read_at.ms != 0),
                                     .role_name = task_role_name(i->role),
                                     .target_name = i->target_name};
    if (!str_eq(i->kind, S("task"))) {
        v.record = link_local(g->arena, "/%.*s/%lld", STR_ARG(i->kind), (long long)i->record);
    }
    v.opinion = link_local(g->arena, "/thread/opinion?kind=%.*s&record=%lld&task=%lld", STR_ARG(i->kind),
                           (long long)i->record, (long long)id.v);
    TRY(task_items_fill(g, i->kind, i->record, &v.all));
    TRY(item_fill(&v));
    TRY(thread_fill(g, &(struct thread_asked){.kind = i->kind, .record = i->record, .tables = tables}, &v.thread));
    return answer_task_show(g, &v);
}

/* ---- My tasks */

static struct link list_link(struct arena *a, const struct task_asked *asked, struct str box, struct str after) {
    return link_local(a, "/task?box=%.*s&kind=%.*s&unit=%lld%s&after=%.*s", STR_ARG(box), STR_ARG(asked->kind),
                      (long long)asked->unit, asked->is_late ? "&late=1" : "", STR_ARG(after));
}

/* Boxes that are empty and rarely asked for are not shown. */
static void tabs_fill(struct get *g, const struct task_counts *c, const struct task_asked *asked, struct tabs *tabs) {
    tabs->at = arena_take(g->arena, struct tab, TASK_BOXES);
    for (enum task_box b = 0; b < TASK_BOXES; b++) {
        bool is_open_end = b == TASK_BOX_DONE || b == TASK_BOX_CLOSED;
        bool is_always = b == TASK_BOX_TODO || b == TASK_BOX_COOPERATE || b == TASK_BOX_LATE || b == TASK_BOX_GIVEN ||
                         b == TASK_BOX_INFORM || b == TASK_BOX_DONE;
        if (!is_always && b != asked->box && !c->n[b]) {
            continue;
        }
        tabs->at[tabs->n++] = (struct tab){.label = task_box_title(b),
                                           .link = link_local(g->arena, "/task?box=%.*s", STR_ARG(task_box_code(b))),
                                           .count = c->n[b],
                                           .is_counted = !is_open_end && c->n[b] > 0,
                                           .is_current = b == asked->box,
                                           .is_hot = (b == TASK_BOX_LATE || b == TASK_BOX_GIVEN_LATE) && c->n[b] > 0};
    }
}

static struct task_line_view line_view(struct get *g, const struct task_row *r, struct date today) {
    bool is_open = str_eq(r->state, S("waiting")) || str_eq(r->state, S("working"));
    struct date due = is_open ? r->due_on : (struct date){0};
    int64_t days = date_number(due) - date_number(today);
    return (struct task_line_view){.link = link_local(g->arena, "/task/%lld", (long long)r->id.v),
                                   .title = r->title,
                                   .kind_name = kind_title(g, r->kind),
                                   .role_name = task_role_name(r->role),
                                   .state_name = task_state_name(r->role, r->state, false),
                                   .target_name = r->target_name,
                                   .holder_name = r->holder_name,
                                   .given_name = r->given_name,
                                   .due_words = task_due_words(g->arena, due, today),
                                   .due_on = due,
                                   .done_on = r->done_on,
                                   .percent = r->percent,
                                   .is_late = due.year && days < 0,
                                   .is_soon = due.year && days >= 0 && days <= TASK_SOON_DAYS,
                                   .is_new = r->is_new,
                                   .is_done = str_eq(r->state, S("done"))};
}

static struct err filters_fill(struct get *g, const struct task_asked *asked, struct task_index_view *v) {
    struct org_principals all;
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct task_kind *k = g->app->at[i]->task_kinds; k && k->kind.len; k++) {
            LIST_ADD(g->arena, &v->kinds, (struct task_option){k->kind, k->title, str_eq(k->kind, asked->kind)});
        }
    }
    TRY(org_assignable(g->db, g->who->organ, S(""), 100, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].kind == ORG_UNIT) {
            LIST_ADD(g->arena, &v->units,
                     (struct task_option){str_format(g->arena, "%lld", (long long)all.at[i].id), all.at[i].name,
                                          all.at[i].id == asked->unit});
        }
    }
    return OK;
}

static struct task_asked asked_of(struct get *g) {
    struct task_asked a = {.today = clock_today(), .limit = ON_A_PAGE};
    if (!task_box_of_code(query_param(g->request, S("box")), &a.box)) {
        a.box = TASK_BOX_TODO;
    }
    if (!num_read_between(query_param(g->request, S("unit")), 0, INT64_MAX, &a.unit)) {
        a.unit = 0;
    }
    a.kind = query_param(g->request, S("kind"));
    a.after = query_param(g->request, S("after"));
    a.is_late = str_eq(query_param(g->request, S("late")), S("1"));
    return a;
}

struct err task_index_get(struct get *g) {
    struct task_asked asked = asked_of(g);
    struct task_index_view v = {.box = task_box_code(asked.box),
                                .box_title = task_box_title(asked.box),
                                .is_late = asked.is_late,
                                .is_filtered = asked.is_late || asked.kind.len || asked.unit,
                                .may_give = (g->who->roles & (ROLE_LEADER | ROLE_HEAD)) != 0};
    struct task_counts counts;
    struct task_rows rows;
    bool has_more = false;
    TRY(task_counts(g->db, g->who->post, asked.today, &counts));
    TRY(task_list(g->db, g->who->post, &asked, &rows, &has_more));
    tabs_fill(g, &counts, &asked, &v.tabs);
    TRY(filters_fill(g, &asked, &v));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.items, line_view(g, &rows.at[i], asked.today));
    }
    v.clear = link_local(g->arena, "/task?box=%.*s", STR_ARG(v.box));
    v.pages.older = has_more ? list_link(g->arena, &asked, v.box, rows.at[rows.n - 1].place) : (struct link){{0}};
    v.pages.newer = asked.after.len ? list_link(g->arena, &asked, v.box, S("")) : (struct link){{0}};
    return answer_task_index(g, &v);
}

/* ---- Giving */

static struct err people_fill(struct get *g, struct task_new_view *v) {
    struct org_principals all;
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct pick_option o = {.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words};
        LIST_ADD(g->arena, &v->leads, o);
        LIST_ADD(g->arena, &v->cooperate, o);
        LIST_ADD(g->arena, &v->inform, o);
    }
    return OK;
}

static void asked_into(struct get *g, struct form *f, const char *name) {
    int64_t id = 0;
    if (num_read_between(query_param(g->request, str_of(name)), 1, INT64_MAX, &id)) {
        form_set_id(f, name, id);
    }
}

static struct err parent_fill(struct get *g, struct task_new_view *v) {
    struct task_item_by_id_row *item;
    struct task_item_id id = {form_value(v->form, "parent")->number};
    TRY(task_item_by_id(g->db, (struct task_item_by_id_in){.id = id}, &item));
    if (!item) {
        return FAIL(ERR_MISSING, "no such task");
    }
    TRY(access_require(g->db, item->record, g->who->post.v, CAN_READ));
    v->title = item->title;
    v->back = link_local(g->arena, "/task/%lld", (long long)id.v);
    return OK;
}

struct err task_new_get(struct get *g) {
    struct task_new_view v = {.form = form_begin(g->arena, task_new_fields, g->form)};
    if (!g->form) {
        form_set(v.form, "kind", query_param(g->request, S("kind")));
        asked_into(g, v.form, "record");
        asked_into(g, v.form, "parent");
    }
    int64_t record = form_value(v.form, "record")->number;
    struct str kind = form_value(v.form, "kind")->text;
    v.is_sub = form_value(v.form, "parent")->number != 0;
    v.is_sheet = !v.is_sub && !kind.len;
    v.back = link_local(g->arena, "/task");
    if (v.is_sub) {
        TRY(parent_fill(g, &v));
    } else if (kind.len) {
        struct task_title_of_row *before;
        TRY(thread_may_read(g->db, g->who, kind, record));
        TRY(task_title_of(g->db, (struct task_title_of_in){.record = record, .kind = kind}, &before));
        v.title = before ? before->title : S("");
        v.back =
            str_eq(kind, S("task")) ? v.back : link_local(g->arena, "/%.*s/%lld", STR_ARG(kind), (long long)record);
    }
    TRY(people_fill(g, &v));
    return answer_task_new(g, &v);
}

struct err task_assignment_post(struct post *p) {
    TRY(form_check(p->form));
    const struct form_value *cooperate = form_value(p->form, "cooperate"), *inform = form_value(p->form, "inform");
    struct task_new task = {.kind = form_text(p->form, "kind"),
                            .record = form_id(p->form, "record"),
                            .title = form_text(p->form, "title"),
                            .text = form_text(p->form, "text"),
                            .lead = form_id(p->form, "lead"),
                            .cooperate = {cooperate->ids.at, cooperate->ids.n},
                            .inform = {inform->ids.at, inform->ids.n},
                            .days = form_number(p->form, "days"),
                            .due_on = form_date(p->form, "due_on"),
                            .parent = {form_id(p->form, "parent")}};
    struct task_by by = {p->who, p->app};
    struct task_directive_id id;
    struct task_items_of_directive_rows items;
    TRY(task_assign(p->db, &by, &task, &id));
    TRY(task_items_of_directive(db_reading(p->db), (struct task_items_of_directive_in){.directive = id}, &items));
    flash(p, "Đã giao việc.");
    return see_other(p, "/task/%lld", (long long)items.at[0].id.v);
}

/* ---- Handing over */

struct err task_handover_get(struct get *g) {
    struct task_handover_view v = {.form = form_begin(g->arena, task_handover_fields, g->form)};
    struct org_principals all;
    bool is_admin = (g->who->roles & ROLE_ADMIN) != 0, is_head = (g->who->roles & ROLE_HEAD) != 0;
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct org_principal *p = &all.at[i];
        struct pick_option o = {.id = p->id, .label = p->name, .note = p->words};
        if (p->kind != ORG_POST) {
            continue;
        }
        LIST_ADD(g->arena, &v.to, o);
        if (p->id == g->who->post.v || is_admin || (is_head && p->unit.v == g->who->unit.v)) {
            LIST_ADD(g->arena, &v.from, o);
        }
    }
    return answer_task_handover(g, &v);
}

struct err task_handover_post(struct post *p) {
    int64_t moved = 0;
    TRY(form_check(p->form));
    TRY(task_hand_over(p->db, p->who, (struct post_id){form_id(p->form, "from")},
                       (struct post_id){form_id(p->form, "to")}, &moved));
    flash(p, "Đã bàn giao %lld phần việc.", (long long)moved);
    return see_other(p, "/task");
}
