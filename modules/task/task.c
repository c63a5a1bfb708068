#include "modules/task/task.h"

#include "kernel/page/html.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_box.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

#define OPEN_NOW "Phần việc này không còn đang xử lý. Mời xem lại diễn biến."

const struct task_move task_moves[] = {
    {{.verb = "accept", .label = "Tiếp nhận", .from = "waiting", .to = "working", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     "Phần việc này đã được tiếp nhận hoặc không còn chờ."},
    {{.verb = "see", .label = "Đã xem", .from = "waiting", .to = "done"}, TASK_HOLDER, true, "Việc này đã được xem."},
    {{.verb = "pass", .label = "Phân công", .from = "waiting|working", .to = "working", .right = CAN_ACT},
     TASK_HEAD,
     false,
     OPEN_NOW},
    {{.verb = "advance", .label = "Cập nhật tiến độ", .from = "waiting|working", .to = "working", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     OPEN_NOW},
    {{.verb = "report", .label = "Báo hoàn thành", .from = "waiting|working", .to = "reported", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     OPEN_NOW},
    {{.verb = "return", .label = "Trả lại", .from = "waiting|working", .to = "returned", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     OPEN_NOW},
    {{.verb = "ask", .label = "Xin gia hạn", .from = "waiting|working", .to = "", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     "Phần việc này không có hạn đang chạy."},
    {{.verb = "sub", .label = "Giao việc con", .from = "waiting|working", .to = "", .right = CAN_ACT},
     TASK_HOLDER,
     false,
     OPEN_NOW},
    {{.verb = "confirm", .label = "Xác nhận hoàn thành", .from = "reported", .to = "done"},
     TASK_GIVER,
     false,
     "Phần việc này chưa được báo hoàn thành, hoặc đã được xác nhận."},
    {{.verb = "redo", .label = "Yêu cầu làm lại", .from = "reported|done", .to = "working"},
     TASK_GIVER,
     false,
     "Chỉ yêu cầu làm lại việc đã báo hoàn thành."},
    {{.verb = "answer", .label = "Trả lời gia hạn", .from = "waiting|working", .to = ""}, TASK_GIVER, false, OPEN_NOW},
    {{.verb = "due", .label = "Đổi hạn", .from = "waiting|working", .to = ""}, TASK_GIVER, false, OPEN_NOW},
    {{.verb = "reassign", .label = "Giao nơi khác", .from = "returned", .to = "recalled"},
     TASK_GIVER,
     false,
     "Chỉ giao lại việc đã bị trả lại."},
    {{.verb = "recall", .label = "Thu hồi", .from = "waiting|working|returned", .to = "recalled"},
     TASK_GIVER,
     false,
     "Phần việc này không thu hồi được nữa."},
    {.move = {.verb = NULL}},
};

const struct thread_verb task_verbs[] = {
    {"task.assign", "Giao việc cho %s.", false},
    {"task.sub", "Giao việc con cho %s.", false},
    {"task.undo", "Thu hồi việc vừa giao.", false},
    {"task.accept", "Tiếp nhận, đang xử lý.", false},
    {"task.see", "Đã xem.", true},
    {"task.pass", "Phân công %s xử lý.", false},
    {"task.advance", "Tiến độ: %s.", false},
    {"task.report", "Báo hoàn thành.", false},
    {"task.return", "Trả lại.", false},
    {"task.ask", "Xin gia hạn đến %s.", false},
    {"task.answer", "%s", false},
    {"task.due", "Đổi hạn thành %s.", false},
    {"task.confirm", "Xác nhận đã hoàn thành.", false},
    {"task.redo", "Yêu cầu làm lại.", false},
    {"task.reassign", "Giao lại cho %s.", false},
    {"task.recall", "Thu hồi từ %s.", false},
    {"task.late", "%s quá hạn %s.", false},
    {"task.end", "Kết thúc.", false},
    {"task.reopen", "Mở lại.", false},
    {"task.handover", "Bàn giao công việc cho %s.", false},
    {NULL, NULL, false},
};

const struct task_move *task_move_named(const char *verb) {
    for (const struct task_move *m = task_moves; m->move.verb; m++) {
        if (strcmp(m->move.verb, verb) == 0) {
            return m;
        }
    }
    return NULL;
}

const struct task_kind *task_kind_named(const struct modules *app, struct str kind) {
    for (size_t i = 0; app && i < app->n; i++) {
        for (const struct task_kind *k = app->at[i]->task_kinds; k && k->kind.len; k++) {
            if (str_eq(k->kind, kind)) {
                return k;
            }
        }
    }
    return NULL;
}

struct str task_role_name(struct str role) {
    return str_eq(role, S("lead")) ? S("Chủ trì") : str_eq(role, S("cooperate")) ? S("Phối hợp") : S("Để biết");
}

struct str task_state_name(struct str role, struct str state, bool is_read) {
    static const struct {
        const char *code;
        struct str name;
    } names[] = {{"waiting", S_INIT("Chờ tiếp nhận")}, {"working", S_INIT("Đang xử lý")},
                 {"reported", S_INIT("Chờ đánh giá")}, {"done", S_INIT("Đã hoàn thành")},
                 {"returned", S_INIT("Bị trả lại")},   {"recalled", S_INIT("Đã thu hồi")}};
    if (str_eq(role, S("inform")) && !str_eq(state, S("recalled"))) {
        return is_read ? S("Đã xem") : S("Chưa xem");
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(state, str_of(names[i].code))) {
            return names[i].name;
        }
    }
    return state;
}

/* ---- What an act begins with */

struct err task_sides_of(struct db_read *db, const struct who *who, const struct task_item_by_id_row *item,
                         struct task_sides *sides) {
    int64_t some[] = {item->holder, item->target, item->given_by};
    struct task_wears_rows wears;
    unsigned bits = 0;
    *sides = (struct task_sides){0};
    TRY(access_bits(db, item->record, who->post.v, &bits));
    TRY(task_wears(db, (struct task_wears_in){.post = who->post.v, .some = {some, 3}}, &wears));
    bool is_target = false;
    for (size_t i = 0; i < wears.n; i++) {
        is_target = is_target || wears.at[i].principal == item->target;
        sides->is_holder = sides->is_holder || wears.at[i].principal == item->holder;
        sides->is_giver = sides->is_giver || wears.at[i].principal == item->given_by;
    }
    sides->is_head = is_target && (who->roles & ROLE_HEAD) && str_eq(item->target_kind, S("unit")) &&
                     who->unit.v == item->target_unit;
    sides->is_holder = sides->is_holder || sides->is_head;
    sides->is_giver = sides->is_giver || (bits & CAN_APPROVE);
    return OK;
}

static bool has_side(const struct task_move *m, const struct task_sides *sides) {
    switch (m->side) {
    case TASK_HOLDER: return sides->is_holder;
    case TASK_HEAD: return sides->is_head;
    case TASK_GIVER: return sides->is_giver;
    }
    return false;
}

bool task_may(const struct task_move *m, const struct task_sides *sides, const struct task_item_by_id_row *item) {
    bool is_inform = str_eq(item->role, S("inform"));
    bool is_recall = str_eq(str_of(m->move.verb), S("recall"));
    return has_side(m, sides) && (m->is_of_inform == is_inform || is_recall) && move_fits(&m->move, item->state);
}

struct err task_begin(struct db_write *db, const struct task_by *by, struct task_item_id id, const char *verb,
                      struct task_act *act) {
    struct db_read *r = db_reading(db);
    struct arena *a = db_write_arena(db);
    *act = (struct task_act){.db = db, .by = by, .move = task_move_named(verb)};
    TRY(task_item_by_id(r, (struct task_item_by_id_in){.id = id}, &act->item));
    if (!act->item) {
        return FAIL(ERR_MISSING, "no such task");
    }
    TRY(access_require(r, act->item->record, by->who->post.v, CAN_READ));
    TRY(task_sides_of(r, by->who, act->item, &act->sides));
    if (!has_side(act->move, &act->sides)) {
        return FAIL(ERR_DENIED, "another's part of the task");
    }
    if (!task_may(act->move, &act->sides, act->item)) {
        bool is_other = str_eq(act->item->role, S("inform")) && !act->move->is_of_inform;
        return is_other ? REFUSE(ERR_CONFLICT, "", "Việc này chỉ gửi để biết.")
                        : err_refuse(a, ERR_CONFLICT, "", "%s", act->move->wrong);
    }
    return move_check(r, &act->move->move, by->who, act->item->record, act->item->state);
}

/* ---- What it ends with */

struct err task_settle(struct db_write *db, struct db_ids items) {
    TRY(task_count_less(db, (struct task_count_less_in){.items = items}, NULL));
    TRY(task_box_clear(db, (struct task_box_clear_in){.items = items}, NULL));
    TRY(task_box_fill(db, (struct task_box_fill_in){.items = items}, NULL));
    return task_count_more(db, (struct task_count_more_in){.items = items}, NULL);
}

struct err task_tell(struct db_write *db, const struct task_told *told) {
    struct arena *a = db_write_arena(db);
    struct buf b = buf_in(a);
    if (!told->to) {
        return OK;
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(told->words, 300));
    buf_printf(&b, ",\"path\":\"/task/%lld\"}", (long long)told->item);
    return event_emit(db, &(struct event){.kind = str_format(a, "task.%s", told->event),
                                          .record = told->record,
                                          .to = told->to,
                                          .body = buf_str(&b)});
}

static struct err kind_told(const struct task_act *act) {
    const struct task_kind *kind = task_kind_named(act->by->app, act->item->kind);
    struct task_item_by_id_row *now;
    if (!kind || !kind->changed) {
        return OK;
    }
    TRY(task_item_by_id(db_reading(act->db), (struct task_item_by_id_in){.id = act->item->id}, &now));
    return kind->changed(act->db, act->by->who,
                         &(struct task_change){.verb = act->move->move.verb,
                                               .record = now->record,
                                               .item = now->id,
                                               .role = now->role,
                                               .state = now->state,
                                               .is_sub = now->parent.v != 0,
                                               .due_on = now->due_on});
}

struct err task_done(const struct task_act *act, const struct task_deed *deed) {
    struct arena *a = db_write_arena(act->db);
    const struct task_item_by_id_row *i = act->item;
    struct str verb = str_format(a, "task.%s", act->move->move.verb);
    TRY(task_settle(act->db, (struct db_ids){&i->id.v, 1}));
    TRY(task_rights(act->db, i->kind, i->record));
    TRY(thread_add(act->db, act->by->who,
                   &(struct thread_new){.kind = i->kind,
                                        .record = i->record,
                                        .verb = str_z(a, verb),
                                        .about = deed->about,
                                        .day = deed->day,
                                        .text = deed->text,
                                        .item = i->id.v,
                                        .papers = deed->papers},
                   NULL));
    TRY(act_done(act->db, &(struct act){.verb = verb,
                                        .kind = i->kind,
                                        .record = i->record,
                                        .after = str_format(a, "{\"task\":\"%lld\"}", (long long)i->id.v)}));
    TRY(kind_told(act));
    return task_tell(act->db, &(struct task_told){.kind = i->kind,
                                                  .record = i->record,
                                                  .item = i->id.v,
                                                  .event = act->move->move.verb,
                                                  .to = deed->to,
                                                  .words = deed->words});
}

/* Tells where the number beside the navigation comes from: what waits for the post, hot when some of it is late. */
static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct task_counts c;
    TRY(task_counts(db, who->post, clock_today(), &c));
    *n = c.n[TASK_BOX_TODO] + c.n[TASK_BOX_COOPERATE] + c.n[TASK_BOX_REPORTED] + c.n[TASK_BOX_RETURNED] +
         c.n[TASK_BOX_ASKED];
    *is_hot = c.n[TASK_BOX_LATE] > 0;
    return OK;
}

static const struct nav_entry task_nav[] = {
    {.area = AREA_WORK,
     .order = 5,
     .title = "Công việc",
     .path = "/task",
     .icon = ICON("list-checks"),
     .count = nav_count},
    {0},
};
static const struct task_kind own_kinds[] = {
    {.kind = S_INIT("task"), .title = S_INIT("Phiếu giao việc")},
    {.kind = S_INIT("")},
};

static const struct verb_words task_audit[] = {
    {"task.assign", "Giao việc"},
    {"task.sub", "Giao việc con"},
    {"task.undo", "Thu hồi việc vừa giao"},
    {"task.accept", "Tiếp nhận việc"},
    {"task.see", "Xem việc"},
    {"task.pass", "Phân công trong đơn vị"},
    {"task.advance", "Ghi tiến độ"},
    {"task.report", "Báo hoàn thành"},
    {"task.return", "Trả lại việc"},
    {"task.ask", "Xin gia hạn"},
    {"task.answer", "Trả lời xin gia hạn"},
    {"task.due", "Đổi hạn"},
    {"task.confirm", "Xác nhận đã hoàn thành"},
    {"task.redo", "Yêu cầu làm lại"},
    {"task.reassign", "Giao lại việc"},
    {"task.recall", "Thu hồi việc đã giao"},
    {"task.late", "Việc quá hạn"},
    {"task.end", "Kết thúc việc"},
    {"task.reopen", "Mở lại việc"},
    {"task.handover", "Bàn giao công việc"},
    {NULL, NULL},
};

const struct module task_module = {.name = "task",
                                   .title = "Công việc",
                                   .routes = task_routes,
                                   .nav = task_nav,
                                   .task_kinds = own_kinds,
                                   .job_kinds = task_job_kinds,
                                   .verbs = task_audit,
                                   .metrics = task_metrics,
                                   .waiting = task_waiting,
                                   .told = task_told_kinds,
                                   .demo = task_demo,
                                   .seed = task_seed,
                                   .erase = task_forget};
