/* The receiver's acts: taking up, seeing, passing on, progress, reporting, returning, asking for more time. */
#include "kernel/db/id.h"
#include "modules/org/org.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

static struct err take(const struct task_act *act, struct post_id post, struct str name) {
    /* A part given to a post by name stays with that post; one given to a unit goes to who takes it up. */
    bool is_named = str_eq(act->item->target_kind, S("post"));
    struct task_item_take_in in = {.holder = is_named ? act->item->holder : post.v,
                                   .holder_name = is_named ? act->item->holder_name : name,
                                   .at = clock_now(),
                                   .id = act->item->id};
    return task_item_take(act->db, in, NULL);
}

struct err task_accept(struct db_write *db, const struct task_by *by, struct task_item_id id) {
    struct task_act act;
    TRY(task_begin(db, by, id, "accept", &act));
    TRY(take(&act, by->who->post, by->who->name));
    return task_done(&act, &(struct task_deed){0});
}

struct err task_see(struct db_write *db, const struct task_by *by, struct task_item_id id) {
    struct task_act act;
    TRY(task_begin(db, by, id, "see", &act));
    TRY(task_item_seen(db, (struct task_item_seen_in){.at = clock_now(), .id = id}, NULL));
    return task_done(&act, &(struct task_deed){0});
}

struct err task_pass(struct db_write *db, const struct task_by *by, struct task_item_id id, struct post_id to) {
    struct task_act act;
    struct org_post post;
    TRY(task_begin(db, by, id, "pass", &act));
    struct err e = org_post(db_reading(db), to, &post);
    if (err_is(e, ERR_MISSING) || (!e.why && (post.unit.v != act.item->target_unit || !post.is_in_force))) {
        return REFUSE(ERR_INVALID, "to", "Mời chọn người đang công tác tại đơn vị.");
    }
    TRY(e);
    TRY(take(&act, to, post.person_name));
    struct str words =
        str_format(db_write_arena(db), "Được phân công xử lý: %.*s", STR_ARG(utf8_cut(act.item->title, 200)));
    return task_done(&act, &(struct task_deed){.about = post.person_name, .to = to.v, .words = words});
}

struct err task_advance(struct db_write *db, const struct task_by *by, struct task_item_id id,
                        const struct task_progress *progress) {
    struct task_act act;
    int64_t changed = 0;
    TRY(task_begin(db, by, id, "advance", &act));
    if (progress->percent < 0 || progress->percent > 99) {
        return REFUSE(ERR_INVALID, "percent", "Tiến độ từ 0 đến 99; làm xong thì báo hoàn thành.");
    }
    struct task_item_advance_in in = {.percent = progress->percent, .id = id, .version = progress->version};
    TRY(task_item_advance(db, in, &changed));
    if (!changed) {
        return org_stale(db_reading(db), progress->version, 0, (struct instant){0});
    }
    struct str about = str_format(db_write_arena(db), "%lld %%", (long long)progress->percent);
    return task_done(&act, &(struct task_deed){.about = about, .text = progress->text});
}

struct err task_report(struct db_write *db, const struct task_by *by, struct task_item_id id,
                       const struct task_report *report) {
    struct task_act act;
    struct task_item_open_below_row *below;
    TRY(task_begin(db, by, id, "report", &act));
    if (!report->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi kết quả xử lý.");
    }
    TRY(task_item_open_below(db_reading(db), (struct task_item_open_below_in){.parent = id}, &below));
    if (below) {
        return REFUSE(ERR_CONFLICT, "", "Còn việc con chưa xong. Mời chờ hoặc thu hồi việc con trước khi báo.");
    }
    struct task_item_report_in in = {.state = str_eq(act.item->role, S("lead")) ? S("reported") : S("done"),
                                     .report = report->text,
                                     .done_at = clock_now(),
                                     .done_on = clock_today(),
                                     .done_by = by->who->post.v,
                                     .id = id};
    TRY(task_item_report(db, in, NULL));
    TRY(task_extension_drop(db, (struct task_extension_drop_in){.decided_at = clock_now(), .items = {&id.v, 1}}, NULL));
    struct str words = str_format(db_write_arena(db), "%.*s báo xong: %.*s", STR_ARG(act.item->target_name),
                                  STR_ARG(utf8_cut(act.item->title, 200)));
    struct task_deed deed = {
        .text = report->text, .to = act.item->given_by, .words = words, .papers = report->evidence};
    return task_done(&act, &deed);
}

struct err task_return(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason) {
    struct task_act act;
    TRY(task_begin(db, by, id, "return", &act));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do trả lại.");
    }
    TRY(task_item_state(db, (struct task_item_state_in){.state = S("returned"), .reason = reason, .id = id}, NULL));
    TRY(task_extension_drop(db, (struct task_extension_drop_in){.decided_at = clock_now(), .items = {&id.v, 1}}, NULL));
    struct str words = str_format(db_write_arena(db), "%.*s trả lại “%.*s”: %.*s", STR_ARG(act.item->target_name),
                                  STR_ARG(utf8_cut(act.item->title, 80)), STR_ARG(utf8_cut(reason, 120)));
    return task_done(&act, &(struct task_deed){.text = reason, .to = act.item->given_by, .words = words});
}

struct err task_extension_ask(struct db_write *db, const struct task_by *by, struct task_item_id id, struct date to,
                              struct str reason) {
    struct arena *a = db_write_arena(db);
    struct task_act act;
    struct task_extension_waiting_row *waiting;
    TRY(task_begin(db, by, id, "ask", &act));
    if (!act.item->due_on.year) {
        return REFUSE(ERR_CONFLICT, "", "Phần việc này không có hạn đang chạy.");
    }
    if (date_cmp(to, act.item->due_on) <= 0 || date_cmp(to, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "due_on", "Hạn mới phải sau hạn hiện tại và không trước hôm nay.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do xin gia hạn.");
    }
    TRY(task_extension_waiting(db_reading(db), (struct task_extension_waiting_in){.item = id}, &waiting));
    if (waiting) {
        return REFUSE(ERR_CONFLICT, "", "Đề nghị gia hạn trước đang chờ trả lời.");
    }
    struct task_extension_insert_in in = {.id = {id_new()},
                                          .item = id,
                                          .asked_by = by->who->post.v,
                                          .asked_at = clock_now(),
                                          .old_due_on = act.item->due_on,
                                          .new_due_on = to,
                                          .reason = reason};
    TRY(task_extension_insert(db, in, NULL));
    struct str words =
        str_format(a, "Xin gia hạn đến %.*s: %.*s", STR_ARG(date_vi(a, to)), STR_ARG(utf8_cut(act.item->title, 200)));
    return task_done(&act, &(struct task_deed){.day = to, .text = reason, .to = act.item->given_by, .words = words});
}
