/* The giver's acts: confirming, asking to do it again, taking back, answering about time, changing the day. */
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

struct err task_confirm(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str note) {
    struct task_act act;
    TRY(task_begin(db, by, id, "confirm", &act));
    TRY(task_item_confirm(db, (struct task_item_confirm_in){.id = id}, NULL));
    struct str words =
        str_format(db_write_arena(db), "Đã xác nhận hoàn thành: %.*s", STR_ARG(utf8_cut(act.item->title, 200)));
    return task_done(&act, &(struct task_deed){.text = note, .to = act.item->holder, .words = words});
}

struct err task_redo(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason) {
    struct task_act act;
    struct task_item_leads_row *lead = NULL;
    TRY(task_begin(db, by, id, "redo", &act));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do yêu cầu làm lại.");
    }
    if (str_eq(act.item->role, S("lead")) && !act.item->parent.v) {
        struct task_item_leads_in in = {.record = act.item->record, .kind = act.item->kind};
        TRY(task_item_leads(db_reading(db), in, &lead));
    }
    if (lead && lead->id.v != id.v) {
        return REFUSE(ERR_CONFLICT, "", "Đã có nơi chủ trì khác. Mời thu hồi trước khi yêu cầu làm lại.");
    }
    TRY(task_item_state(db, (struct task_item_state_in){.state = S("working"), .reason = reason, .id = id}, NULL));
    struct str words = str_format(db_write_arena(db), "Yêu cầu làm lại: %.*s", STR_ARG(utf8_cut(reason, 200)));
    return task_done(&act, &(struct task_deed){.text = reason, .to = act.item->holder, .words = words});
}

struct err task_recall(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason) {
    struct task_act act;
    struct task_item_open_below_row *below;
    TRY(task_begin(db, by, id, "recall", &act));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do thu hồi.");
    }
    TRY(task_item_open_below(db_reading(db), (struct task_item_open_below_in){.parent = id}, &below));
    if (below) {
        return REFUSE(ERR_CONFLICT, "", "Còn việc con đang làm. Mời thu hồi việc con trước.");
    }
    TRY(task_item_state(db, (struct task_item_state_in){.state = S("recalled"), .reason = reason, .id = id}, NULL));
    TRY(task_extension_drop(db, (struct task_extension_drop_in){.decided_at = clock_now(), .items = {&id.v, 1}}, NULL));
    struct str words = str_format(db_write_arena(db), "Đã thu hồi việc: %.*s", STR_ARG(utf8_cut(act.item->title, 200)));
    return task_done(&act, &(struct task_deed){
                               .about = act.item->target_name, .text = reason, .to = act.item->holder, .words = words});
}

static struct err set_day(struct db_write *db, const struct task_item_by_id_row *item, const struct task_due *due,
                          struct str why) {
    int64_t changed = 0;
    struct task_item_due_in in = {.due_on = due->on,
                                  .due_why = why,
                                  .due_place = task_due_place(db_write_arena(db), due->on, item->id.v),
                                  .id = item->id,
                                  .version = due->version};
    TRY(task_item_due(db, in, &changed));
    return changed ? OK
                   : org_stale_audited(db_reading(db), due->version,
                                       &(struct audit){.kind = item->kind, .record = item->record});
}

/* Agreeing decides on the request; the day is set from the state this transaction read. */
static struct err agree(const struct task_act *act, const struct task_extension_by_id_row *x) {
    struct arena *a = db_write_arena(act->db);
    struct str why = str_format(a, "Gia hạn từ %.*s đến %.*s: %.*s", STR_ARG(date_vi(a, x->old_due_on)),
                                STR_ARG(date_vi(a, x->new_due_on)), STR_ARG(x->reason));
    return set_day(act->db, act->item, &(struct task_due){.on = x->new_due_on, .version = act->item->version}, why);
}

struct err task_extension_answer(struct db_write *db, const struct task_by *by, struct task_item_id id,
                                 struct task_extension_id extension, bool is_agreed, struct str note) {
    struct arena *a = db_write_arena(db);
    struct task_act act;
    struct task_extension_by_id_row *x;
    int64_t changed = 0;
    TRY(task_begin(db, by, id, "answer", &act));
    TRY(task_extension_by_id(db_reading(db), (struct task_extension_by_id_in){.id = extension, .item = id}, &x));
    if (!x) {
        return FAIL(ERR_MISSING, "no such request of this task");
    }
    if (x->asked_by == by->who->post.v) {
        return FAIL(ERR_DENIED, "nobody answers an own request");
    }
    struct task_extension_decide_in in = {.state = is_agreed ? S("agreed") : S("refused"),
                                          .decided_by = by->who->post.v,
                                          .decided_at = clock_now(),
                                          .note = note,
                                          .id = extension};
    TRY(task_extension_decide(db, in, &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Đề nghị này đã được trả lời.");
    }
    if (is_agreed) {
        TRY(agree(&act, x));
    }
    struct str words = str_format(a, is_agreed ? "Đồng ý gia hạn đến %.*s." : "Không đồng ý gia hạn đến %.*s.",
                                  STR_ARG(date_vi(a, x->new_due_on)));
    struct task_deed deed = {.about = words, .text = note, .to = x->asked_by, .words = words};
    return task_done(&act, &deed);
}

struct err task_due_set(struct db_write *db, const struct task_by *by, struct task_item_id id,
                        const struct task_due *due) {
    struct arena *a = db_write_arena(db);
    struct task_act act;
    TRY(task_begin(db, by, id, "due", &act));
    if (!due->on.year || date_cmp(due->on, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "due_on", "Hạn xử lý không thể trước hôm nay.");
    }
    if (!due->reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do đổi hạn.");
    }
    struct str why =
        str_format(a, "Người giao đổi hạn thành %.*s: %.*s", STR_ARG(date_vi(a, due->on)), STR_ARG(due->reason));
    TRY(set_day(db, act.item, due, why));
    struct str words = str_format(a, "Hạn đổi thành %.*s: %.*s", STR_ARG(date_vi(a, due->on)),
                                  STR_ARG(utf8_cut(act.item->title, 200)));
    struct task_deed deed = {.day = due->on, .text = due->reason, .to = act.item->holder, .words = words};
    return task_done(&act, &deed);
}
