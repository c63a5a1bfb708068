#include "modules/task/task_part.h"

#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_box.h"
#include "modules/task/task_forms.h"

#include "base/arena.h"

enum { PEOPLE_MOST = 300 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct task_item_view item_view(struct get *g, const struct task_items_of_record_row *r) {
    struct date today = clock_today();
    bool is_open = (is(r->state, "waiting") || is(r->state, "working")) && !is(r->role, "inform");
    struct date due = is_open ? r->due_on : (struct date){0};
    int64_t days = date_number(due) - date_number(today);
    return (struct task_item_view){.id = r->id.v,
                                   .role_name = task_role_name(r->role),
                                   .target_name = r->target_name,
                                   .holder_name = r->holder_name,
                                   .state_name = task_state_name(r->role, r->state, r->read_at.ms != 0),
                                   .text = r->text,
                                   .report = r->report,
                                   .reason = r->reason,
                                   .due_words = task_due_words(g->arena, due, today),
                                   .due_why = is_open ? r->due_why : S(""),
                                   .due_on = due,
                                   .done_on = r->done_on,
                                   .percent = r->percent,
                                   .is_lead = is(r->role, "lead"),
                                   .is_late = due.year && days < 0,
                                   .is_soon = due.year && days >= 0 && days <= TASK_SOON_DAYS,
                                   .is_done = is(r->state, "done"),
                                   .is_returned = is(r->state, "returned"),
                                   .is_sub = r->parent.v != 0};
}

struct err task_items_fill(struct get *g, struct str kind, int64_t record, struct task_items_view *v) {
    struct task_items_of_record_rows rows;
    const struct task_kind *k = task_kind_named(g->app, kind);
    bool may = false;
    *v = (struct task_items_view){0};
    TRY(task_items_of_record(g->db, (struct task_items_of_record_in){.record = record, .kind = kind}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!is(rows.at[i].state, "recalled")) {
            LIST_ADD(g->arena, &v->items, item_view(g, &rows.at[i]));
        }
    }
    TRY(access_can(g->db, record, g->who->post.v, k && k->give_right ? k->give_right : CAN_APPROVE, &may));
    if (may) {
        v->give = link_local(g->arena, "/task/new?kind=%.*s&record=%lld", STR_ARG(kind), (long long)record);
    }
    return OK;
}

/* ---- Acts */

static struct form *form_of(struct get *g, const struct field *fields, struct str act) {
    bool is_back = g->form && str_ends(g->path, act);
    return form_begin(g->arena, fields, is_back ? g->form : NULL);
}

static struct err people_fill(struct get *g, const struct task_item_by_id_row *item, struct task_acts_view *v) {
    struct org_principals all = {0};
    if (!v->may_pass && !v->may_reassign) {
        return OK;
    }
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct org_principal *p = &all.at[i];
        struct pick_option o = {.id = p->id, .label = p->name, .note = p->words};
        if (p->kind == ORG_POST && p->unit.v == item->target_unit) {
            LIST_ADD(g->arena, &v->colleagues, o);
        }
        if (p->id != item->target) {
            LIST_ADD(g->arena, &v->receivers, o);
        }
    }
    return OK;
}

static struct err extensions_fill(struct get *g, const struct task_item_by_id_row *item, bool may_answer,
                                  struct task_acts_view *v) {
    struct task_extensions_of_rows rows;
    TRY(task_extensions_of(g->db, (struct task_extensions_of_in){.item = item->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct task_extensions_of_row *x = &rows.at[i];
        bool waits = is(x->state, "waiting");
        LIST_ADD(g->arena, &v->extensions,
                 (struct task_extension_view){.id = x->id.v,
                                              .old_due_on = x->old_due_on,
                                              .new_due_on = x->new_due_on,
                                              .reason = x->reason,
                                              .note = x->note,
                                              .state_name = waits                    ? S("Chờ trả lời")
                                                            : is(x->state, "agreed") ? S("Đồng ý")
                                                                                     : S("Không đồng ý"),
                                              .may_answer = waits && may_answer && x->asked_by != g->who->post.v});
    }
    return OK;
}

static void forms_fill(struct get *g, const struct task_item_by_id_row *item, struct task_acts_view *v) {
    bool is_due_back = g->form && str_ends(g->path, S("/due"));
    bool is_progress_back = g->form && str_ends(g->path, S("/progress"));
    v->pass = form_of(g, task_to_fields, S("/assignee"));
    v->report = form_of(g, task_report_fields, S("/report"));
    v->give_back = form_of(g, task_reason_fields, S("/return"));
    v->ask = form_of(g, task_ask_fields, S("/extension"));
    v->confirm = form_of(g, task_note_fields, S("/confirmation"));
    v->redo = form_of(g, task_reason_fields, S("/redo"));
    v->reassign = form_of(g, task_to_fields, S("/reassignment"));
    v->recall = form_of(g, task_reason_fields, S("/recall"));
    v->due = form_begin_at(g->arena, task_due_fields, is_due_back ? g->form : NULL, item->version);
    v->advance = form_begin_at(g->arena, task_advance_fields, is_progress_back ? g->form : NULL, item->version);
    if (!is_due_back && item->due_on.year) {
        form_set_date(v->due, "due_on", item->due_on);
    }
    if (!is_progress_back) {
        form_set(v->advance, "percent", str_format(g->arena, "%lld", (long long)item->percent));
    }
}

static void may_fill(struct get *g, const struct task_sides *sides, const struct task_item_by_id_row *item,
                     struct task_acts_view *v) {
    const struct {
        const char *verb;
        bool *may;
    } all[] = {{"accept", &v->may_accept},   {"see", &v->may_see},       {"pass", &v->may_pass},
               {"advance", &v->may_advance}, {"report", &v->may_report}, {"return", &v->may_return},
               {"ask", &v->may_ask},         {"sub", &v->may_sub},       {"confirm", &v->may_confirm},
               {"redo", &v->may_redo},       {"due", &v->may_due},       {"reassign", &v->may_reassign},
               {"recall", &v->may_recall}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i].may = task_may(task_move_named(all[i].verb), sides, item);
        v->is_any = v->is_any || *all[i].may;
    }
    v->may_ask = v->may_ask && item->due_on.year;
    v->may_undo = item->given_by == g->who->post.v && is(item->state, "waiting") &&
                  clock_now().ms - item->given_at.ms <= TASK_UNDO_MINUTES * INT64_C(60000);
}

struct err task_acts_fill(struct get *g, struct task_item_id id, struct task_acts_view *v) {
    struct task_item_by_id_row *item;
    struct task_sides sides;
    struct str rest = g->path, piece;
    *v = (struct task_acts_view){.id = id.v};
    TRY(task_item_by_id(g->db, (struct task_item_by_id_in){.id = id}, &item));
    if (!item) {
        return FAIL(ERR_MISSING, "no such task");
    }
    TRY(access_require(g->db, item->record, g->who->post.v, CAN_READ));
    TRY(task_sides_of(g->db, g->who, item, &sides));
    may_fill(g, &sides, item, v);
    forms_fill(g, item, v);
    while (g->form && str_next(&rest, '/', &piece)) {
        v->at_fault = piece;
    }
    TRY(people_fill(g, item, v));
    return extensions_fill(g, item, sides.is_giver, v);
}
