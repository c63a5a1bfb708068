/* Giving: one lead, those who cooperate, those who are informed, sub-tasks, and taking all of it back at once. */
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

struct err task_day_of(struct db_write *db, int64_t days, struct date asked, struct date *due, struct str *why) {
    struct arena *a = db_write_arena(db);
    struct db_read *r = db_reading(db);
    *due = asked;
    *why = S("");
    if (days) {
        struct org_deadline d;
        if (days < 1 || days > 365) {
            return REFUSE(ERR_INVALID, "days", "Số ngày làm việc từ 1 đến 365.");
        }
        TRY(org_deadline(r, a, clock_today(), days, &d));
        *due = d.due_on;
        *why = d.words;
        return OK;
    }
    if (!asked.year) {
        return OK;
    }
    if (date_cmp(asked, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "due_on", "Hạn xử lý không thể trước hôm nay.");
    }
    struct org_day day;
    int64_t n;
    TRY(org_day(r, asked, &day));
    TRY(org_working_days(r, clock_today(), asked, &n));
    struct buf b = buf_in(a);
    buf_printf(&b, "Người giao ấn định ngày %.*s, còn %lld ngày làm việc.", STR_ARG(date_vi(a, asked)), (long long)n);
    if (!day.is_work) {
        buf_printf(&b, "\nLưu ý: đó là ngày nghỉ (%.*s).", STR_ARG(day.reason));
    }
    *why = buf_str(&b);
    return OK;
}

struct err task_target_read(struct db_write *db, struct unit_id organ, int64_t id, const char *field,
                            struct task_target *t) {
    struct arena *a = db_write_arena(db);
    struct org_principal p;
    TRY(org_principal(db_reading(db), id, &p));
    bool is_known = (p.kind == ORG_POST || p.kind == ORG_UNIT) && p.organ.v == organ.v;
    if (is_known && p.kind == ORG_POST) {
        struct org_post post;
        TRY(org_post(db_reading(db), (struct post_id){id}, &post));
        is_known = post.is_in_force;
        *t = (struct task_target){id, false, p.unit.v,
                                  str_format(a, "%.*s (%.*s)", STR_ARG(post.person_name), STR_ARG(post.unit_name))};
    } else if (is_known) {
        *t = (struct task_target){id, true, id, p.name};
    }
    return is_known ? OK
                    : err_refuse(a, ERR_INVALID, field, "Mời chọn đơn vị hoặc người đang giữ chức vụ của cơ quan.");
}

struct giving {
    struct db_write *db;
    const struct task_by *by;
    struct task_new task; /* with the parent's kind, record and title, where there is one */
    struct task_directive_id directive;
    struct date due;
    struct str why;
    struct buf said; /* "Ban Phong trào; Trần Minh (Văn phòng)" */
    LIST(int64_t) items;
};

static struct err check_words(const struct task_new *t) {
    if (!t->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nội dung công việc.");
    }
    for (size_t i = 0; i < t->cooperate.n; i++) {
        if (t->cooperate.at[i] == t->lead) {
            return REFUSE(ERR_INVALID, "cooperate", "Nơi chủ trì không đồng thời phối hợp.");
        }
    }
    if (t->cooperate.n + t->inform.n > TASK_RECEIVERS_MOST) {
        return REFUSE(ERR_INVALID, "inform", "Mỗi lần giao không quá 200 nơi nhận.");
    }
    return OK;
}

static struct err check_lead(struct giving *g) {
    struct task_item_leads_row *lead = NULL;
    const struct task_new *t = &g->task;
    if (t->parent.v) {
        return t->lead ? OK : REFUSE(ERR_INVALID, "lead", "Mời chọn người làm việc con.");
    }
    TRY(task_item_leads(db_reading(g->db), (struct task_item_leads_in){.record = t->record, .kind = t->kind}, &lead));
    if (!t->lead && !lead) {
        return REFUSE(ERR_INVALID, "lead", "Mời chọn một đơn vị hoặc một người chủ trì.");
    }
    if (t->lead && lead) {
        return REFUSE(ERR_INVALID, "lead", "Đã có nơi chủ trì. Mời thu hồi trước khi giao nơi khác.");
    }
    return OK;
}

/* A sub-task is given by who holds its parent, and is over before it. */
static struct err from_parent(struct giving *g) {
    struct task_act act;
    TRY(task_begin(g->db, g->by, g->task.parent, "sub", &act));
    g->task.kind = act.item->kind;
    g->task.record = act.item->record;
    g->task.title = act.item->title;
    if (!g->due.year) {
        g->due = act.item->due_on;
        g->why = act.item->due_why;
    }
    return act.item->due_on.year && date_cmp(g->due, act.item->due_on) > 0
               ? err_refuse(db_write_arena(g->db), ERR_INVALID, g->task.days ? "days" : "due_on",
                            "Việc con phải xong trong hạn của việc chính (%.*s).",
                            STR_ARG(date_vi(db_write_arena(g->db), act.item->due_on)))
               : OK;
}

/* A record is called as before, unless it is called anew. */
static struct err title_of(struct giving *g) {
    struct task_title_of_row *before;
    if (g->task.title.len) {
        return OK;
    }
    TRY(task_title_of(db_reading(g->db), (struct task_title_of_in){.record = g->task.record, .kind = g->task.kind},
                      &before));
    if (!before) {
        return REFUSE(ERR_INVALID, "title", "Mời ghi tên công việc.");
    }
    g->task.title = before->title;
    return OK;
}

static struct err may_give(struct giving *g) {
    const struct task_kind *kind = task_kind_named(g->by->app, g->task.kind);
    struct task_kind_of_record_row *row;
    struct db_read *r = db_reading(g->db);
    unsigned right = kind && kind->give_right ? kind->give_right : CAN_APPROVE;
    TRY(access_require(r, g->task.record, g->by->who->post.v, right));
    TRY(task_kind_of_record(r, (struct task_kind_of_record_in){.record = g->task.record, .kind = g->task.kind}, &row));
    return row ? title_of(g) : FAIL(ERR_MISSING, "the record is of another kind");
}

/* A sheet of its own is its own record: who writes it may do everything with it. */
static struct err own_sheet(struct giving *g) {
    if (!g->task.title.len) {
        return REFUSE(ERR_INVALID, "title", "Mời ghi tên công việc.");
    }
    g->task.kind = S("task");
    g->task.record = g->directive.v;
    return access_give(g->db, &(struct access_grant_new){.kind = S("task"),
                                                         .record = g->directive.v,
                                                         .principal = g->by->who->post.v,
                                                         .can = CAN_READ | CAN_MANAGE | CAN_APPROVE});
}

static struct err give_one(struct giving *g, const char *role, int64_t to) {
    struct arena *a = db_write_arena(g->db);
    struct task_target t;
    struct task_item_has_row *had;
    const struct task_new *n = &g->task;
    TRY(task_target_read(g->db, g->by->who->organ, to, role, &t));
    TRY(task_item_has(
        db_reading(g->db),
        (struct task_item_has_in){.record = n->record, .kind = n->kind, .target = to, .within = n->parent.v}, &had));
    if (had) {
        return err_refuse(a, ERR_INVALID, role, "%.*s đã được giao việc này.", STR_ARG(t.name));
    }
    bool acts = !str_eq(str_of(role), S("inform"));
    struct task_item_id id = {id_new()};
    struct date due = acts ? g->due : (struct date){0};
    struct task_item_insert_in in = {.id = id,
                                     .directive = g->directive,
                                     .kind = n->kind,
                                     .record = n->record,
                                     .parent = n->parent,
                                     .title = n->title,
                                     .role = str_of(role),
                                     .target_kind = t.is_unit ? S("unit") : S("post"),
                                     .target = to,
                                     .target_unit = t.unit,
                                     .target_name = t.name,
                                     .given_by = g->by->who->post.v,
                                     .given_name = g->by->who->name,
                                     .given_at = clock_now(),
                                     .due_on = due,
                                     .due_why = acts ? g->why : S(""),
                                     .due_place = task_due_place(a, due, id.v),
                                     .new_place = task_new_place(a, id.v)};
    TRY(task_item_insert(g->db, in, NULL));
    LIST_ADD(a, &g->items, id.v);
    buf_printf(&g->said, "%s%.*s", g->items.n > 1 ? "; " : "", STR_ARG(t.name));
    return task_tell(g->db,
                     &(struct task_told){.kind = n->kind,
                                         .record = n->record,
                                         .item = id.v,
                                         .event = acts ? "assigned" : "informed",
                                         .to = to,
                                         .words = str_format(a, "%.*s: %.*s", STR_ARG(task_role_name(str_of(role))),
                                                             STR_ARG(utf8_cut(n->title, 200)))});
}

static struct err give_all(struct giving *g) {
    const struct task_new *t = &g->task;
    if (t->lead) {
        TRY(give_one(g, "lead", t->lead));
    }
    for (size_t i = 0; i < t->cooperate.n; i++) {
        TRY(give_one(g, "cooperate", t->cooperate.at[i]));
    }
    for (size_t i = 0; i < t->inform.n; i++) {
        TRY(give_one(g, "inform", t->inform.at[i]));
    }
    return g->items.n ? OK : REFUSE(ERR_INVALID, "cooperate", "Mời chọn ít nhất một nơi nhận.");
}

static struct err given(struct giving *g) {
    struct arena *a = db_write_arena(g->db);
    const struct task_new *t = &g->task;
    const char *verb = t->parent.v ? "task.sub" : "task.assign";
    const struct task_kind *kind = task_kind_named(g->by->app, t->kind);
    TRY(task_settle(g->db, (struct db_ids){g->items.at, g->items.n}));
    TRY(task_rights(g->db, t->kind, t->record));
    TRY(thread_add(g->db, g->by->who,
                   &(struct thread_new){.kind = t->kind,
                                        .record = t->record,
                                        .verb = verb,
                                        .about = buf_str(&g->said),
                                        .day = g->due,
                                        .text = t->text,
                                        .item = t->parent.v ? t->parent.v : g->items.at[0]},
                   NULL));
    TRY(act_done(g->db, &(struct act){.verb = str_of(verb),
                                      .kind = t->kind,
                                      .record = t->record,
                                      .after = str_format(a, "{\"directive\":\"%lld\",\"receivers\":%zu}",
                                                          (long long)g->directive.v, g->items.n)}));
    return kind && kind->changed ? kind->changed(g->db, g->by->who,
                                                 &(struct task_change){.verb = "assign",
                                                                       .record = t->record,
                                                                       .role = t->lead ? S("lead") : S("cooperate"),
                                                                       .state = S("waiting"),
                                                                       .is_sub = t->parent.v != 0,
                                                                       .due_on = g->due})
                                 : OK;
}

struct err task_assign(struct db_write *db, const struct task_by *by, const struct task_new *task,
                       struct task_directive_id *id) {
    struct giving g = {.db = db, .by = by, .task = *task, .directive = {id_new()}, .said = buf_in(db_write_arena(db))};
    TRY(check_words(task));
    TRY(task_day_of(db, task->days, task->due_on, &g.due, &g.why));
    if (task->parent.v) {
        TRY(from_parent(&g));
    } else if (!task->kind.len) {
        TRY(own_sheet(&g));
    } else {
        TRY(may_give(&g));
    }
    TRY(check_lead(&g));
    struct task_directive_insert_in in = {.id = g.directive,
                                          .kind = g.task.kind,
                                          .record = g.task.record,
                                          .title = g.task.title,
                                          .text = task->text,
                                          .by_post = by->who->post.v,
                                          .made_at = clock_now(),
                                          .due_on = g.due};
    TRY(task_directive_insert(db, in, NULL));
    TRY(give_all(&g));
    if (id) {
        *id = g.directive;
    }
    return given(&g);
}

/* ---- Taken back as a whole */

static struct err may_undo(struct db_write *db, const struct task_by *by, const struct task_directive_by_id_row *d,
                           const struct task_items_of_directive_rows *items) {
    TRY(access_require(db_reading(db), d->record, by->who->post.v, CAN_READ));
    if (d->by_post != by->who->post.v) {
        return FAIL(ERR_DENIED, "another post's direction");
    }
    if (d->is_undone) {
        return REFUSE(ERR_CONFLICT, "", "Việc này đã được thu hồi.");
    }
    if (clock_now().ms - d->made_at.ms > TASK_UNDO_MINUTES * INT64_C(60000)) {
        return REFUSE(ERR_CONFLICT, "", "Đã quá 10 phút. Mời thu hồi từng nơi nhận, kèm lý do.");
    }
    for (size_t i = 0; i < items->n; i++) {
        if (!str_eq(items->at[i].state, S("waiting"))) {
            return REFUSE(ERR_CONFLICT, "", "Đã có nơi tiếp nhận. Mời thu hồi từng nơi nhận, kèm lý do.");
        }
    }
    return OK;
}

struct err task_undo(struct db_write *db, const struct task_by *by, struct task_directive_id id) {
    struct task_directive_by_id_row *d;
    struct task_items_of_directive_rows items;
    const struct task_kind *kind;
    TRY(task_directive_by_id(db_reading(db), (struct task_directive_by_id_in){.id = id}, &d));
    if (!d) {
        return FAIL(ERR_MISSING, "no such direction");
    }
    TRY(task_items_of_directive(db_reading(db), (struct task_items_of_directive_in){.directive = id}, &items));
    TRY(may_undo(db, by, d, &items));
    int64_t *ids = arena_take(db_write_arena(db), int64_t, items.n + 1);
    for (size_t i = 0; i < items.n; i++) {
        ids[i] = items.at[i].id.v;
        TRY(task_tell(db, &(struct task_told){.kind = d->kind,
                                              .record = d->record,
                                              .item = ids[i],
                                              .event = "taken_back",
                                              .to = items.at[i].target,
                                              .words = S("Một việc vừa giao đã được thu hồi.")}));
    }
    TRY(task_directive_undo(db, (struct task_directive_undo_in){.id = id}, NULL));
    TRY(task_items_recall_directive(
        db, (struct task_items_recall_directive_in){.reason = S("Thu hồi việc vừa giao"), .directive = id}, NULL));
    TRY(task_settle(db, (struct db_ids){ids, items.n}));
    TRY(task_rights(db, d->kind, d->record));
    TRY(thread_add(
        db, by->who,
        &(struct thread_new){.kind = d->kind, .record = d->record, .verb = "task.undo", .item = items.n ? ids[0] : 0},
        NULL));
    TRY(act_done(db, &(struct act){.verb = S("task.undo"), .kind = d->kind, .record = d->record}));
    kind = task_kind_named(by->app, d->kind);
    return kind && kind->changed
               ? kind->changed(db, by->who, &(struct task_change){.verb = "undo", .record = d->record})
               : OK;
}

/* ---- What came back goes elsewhere */

struct err task_reassign(struct db_write *db, const struct task_by *by, struct task_item_id id, int64_t to) {
    struct task_act act;
    struct task_target t;
    TRY(task_begin(db, by, id, "reassign", &act));
    TRY(task_target_read(db, by->who->organ, to, "to", &t));
    TRY(task_item_state(db, (struct task_item_state_in){.state = S("recalled"), .reason = act.item->reason, .id = id},
                        NULL));
    struct giving g = {.db = db,
                       .by = by,
                       .directive = act.item->directive,
                       .due = act.item->due_on,
                       .why = act.item->due_why,
                       .task = {.kind = act.item->kind,
                                .record = act.item->record,
                                .title = act.item->title,
                                .lead = str_eq(act.item->role, S("lead")) ? to : 0,
                                .parent = act.item->parent},
                       .said = buf_in(db_write_arena(db))};
    if (g.task.lead) {
        TRY(check_lead(&g));
    }
    TRY(give_one(&g, g.task.lead ? "lead" : "cooperate", to));
    TRY(task_settle(db, (struct db_ids){g.items.at, g.items.n}));
    return task_done(&act, &(struct task_deed){.about = t.name});
}
