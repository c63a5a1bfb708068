#include "tests/db.h"

#include "modules/task/task_test_office.h"

#include "kernel/erase/erase.h"

static struct task_new pebble(struct office *o, int64_t lead) {
    return (struct task_new){.kind = S("pebble"),
                             .record = o->record,
                             .title = S("Tổng hợp số liệu"),
                             .text = S("Giao tổng hợp"),
                             .lead = lead,
                             .days = 3};
}

static struct err give(struct office *o, int64_t lead, int64_t cooperate, int64_t inform) {
    struct task_new t = pebble(o, lead);
    t.cooperate = (struct db_ids){&cooperate, cooperate != 0};
    t.inform = (struct db_ids){&inform, inform != 0};
    return ACT(o, CHAIR, task_assign(w, &by, &t, NULL));
}

TEST_DB("a task given to a unit is taken up, reported and confirmed, and its business hears each act") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, o.who[STRANGER].post.v, o.who[SECOND].post.v));
    CHECK_STR(task_office_heard(), S("assign"));
    struct task_item_id lead = task_office_item(&o, o.board.v);
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(task_office_count(&o, HEAD, TASK_BOX_TODO) == 1);
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_GIVEN) == 2);
    CHECK(task_office_count(&o, STRANGER, TASK_BOX_COOPERATE) == 1);
    CHECK(task_office_count(&o, SECOND, TASK_BOX_INFORM) == 1);
    CHECK_OK(ACT(&o, OFFICER, task_accept(w, &by, lead)));
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(task_office_count(&o, SECOND, TASK_BOX_TODO) == 0);
    CHECK(task_office_count(&o, HEAD, TASK_BOX_UNIT) == 1);
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &(struct task_report){.text = S("Đã xong")})));
    CHECK_STR(task_office_heard(), S("report"));
    CHECK_STR(task_office_state(&o, lead), S("reported"));
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_REPORTED) == 1);
    CHECK_OK(ACT(&o, CHAIR, task_redo(w, &by, lead, S("Thiếu biểu"))));
    CHECK_STR(task_office_state(&o, lead), S("working"));
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &(struct task_report){.text = S("Đủ biểu")})));
    CHECK_OK(ACT(&o, CHAIR, task_confirm(w, &by, lead, S(""))));
    CHECK_STR(task_office_state(&o, lead), S("done"));
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_DONE) == 1);
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_CLOSED) == 1);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("what is returned leaves the returner's boxes and waits for who gave it, who gives it to another") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = task_office_item(&o, o.who[OFFICER].post.v);
    CHECK_ERR(ACT(&o, OFFICER, task_return(w, &by, lead, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, task_return(w, &by, lead, S("Không thuộc nhiệm vụ"))));
    for (enum task_box b = 0; b < TASK_BOXES; b++) {
        CHECK(task_office_count(&o, OFFICER, b) == 0);
    }
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_RETURNED) == 1);
    CHECK_ERR(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[OUTSIDER].post.v)), ERR_INVALID);
    CHECK_OK(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[STRANGER].post.v)));
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_RETURNED) == 0);
    CHECK(task_office_count(&o, STRANGER, TASK_BOX_TODO) == 1);
    CHECK_ERR(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[SECOND].post.v)), ERR_CONFLICT);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("giving refuses what is not right, at the field") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    struct task_new t = pebble(&o, o.board.v), bad = t;
    bad.text = S("");
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    bad = pebble(&o, 0);
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    bad = pebble(&o, o.commune.v);
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    bad = t;
    bad.days = 400;
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    bad.days = 0;
    bad.due_on = date_plus(clock_today(), -1);
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    bad = t;
    bad.cooperate = (struct db_ids){&t.lead, 1};
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    CHECK_ERR(ACT(&o, OFFICER, task_assign(w, &by, &t, NULL)), ERR_MISSING);
    bad = t;
    bad.kind = S("law");
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_MISSING);
    CHECK_OK(ACT(&o, CHAIR, task_assign(w, &by, &t, NULL)));
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &t, NULL)), ERR_INVALID);
    bad = pebble(&o, 0);
    bad.inform = (struct db_ids){&t.lead, 1};
    CHECK_ERR(ACT(&o, CHAIR, task_assign(w, &by, &bad, NULL)), ERR_INVALID);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("every act is refused to those it is not for, and in a state it does not begin from") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, o.who[SECOND].post.v));
    struct task_item_id lead = task_office_item(&o, o.who[OFFICER].post.v),
                        known = task_office_item(&o, o.who[SECOND].post.v);
    struct task_report report = {.text = S("Xong")};
    CHECK_ERR(ACT(&o, STRANGER, task_accept(w, &by, lead)), ERR_MISSING);
    CHECK_ERR(ACT(&o, OUTSIDER, task_recall(w, &by, lead, S("x"))), ERR_MISSING);
    CHECK_ERR(ACT(&o, SECOND, task_accept(w, &by, lead)), ERR_DENIED);
    CHECK_ERR(ACT(&o, SECOND, task_report(w, &by, known, &report)), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, OFFICER, task_recall(w, &by, lead, S("x"))), ERR_DENIED);
    CHECK_ERR(ACT(&o, OFFICER, task_pass(w, &by, lead, o.who[SECOND].post)), ERR_DENIED);
    CHECK_ERR(ACT(&o, OFFICER, task_see(w, &by, lead)), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, CHAIR, task_confirm(w, &by, lead, S(""))), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, CHAIR, task_redo(w, &by, lead, S("x"))), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, OFFICER, task_report(w, &by, lead, &(struct task_report){.text = S("")})), ERR_INVALID);
    CHECK_ERR(ACT(&o, CHAIR, task_recall(w, &by, lead, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, task_accept(w, &by, lead)));
    CHECK_ERR(ACT(&o, OFFICER, task_accept(w, &by, lead)), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, OFFICER, task_advance(w, &by, lead, &(struct task_progress){120, S(""), 2})), ERR_INVALID);
    CHECK_ERR(ACT(&o, OFFICER, task_advance(w, &by, lead, &(struct task_progress){50, S(""), 1})), ERR_CONFLICT);
    CHECK_OK(ACT(&o, OFFICER, task_advance(w, &by, lead, &(struct task_progress){50, S("Nửa"), 2})));
    CHECK_OK(ACT(&o, SECOND, task_see(w, &by, known)));
    CHECK_ERR(ACT(&o, SECOND, task_see(w, &by, known)), ERR_CONFLICT);
    CHECK_OK(ACT(&o, CHAIR, task_recall(w, &by, lead, S("Đổi kế hoạch"))));
    CHECK_ERR(ACT(&o, CHAIR, task_recall(w, &by, lead, S("x"))), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, OFFICER, task_report(w, &by, lead, &report)), ERR_MISSING);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("the head names who does it within the unit, and nobody from elsewhere") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, 0, 0));
    struct task_item_id lead = task_office_item(&o, o.board.v);
    CHECK_ERR(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[STRANGER].post)), ERR_INVALID);
    CHECK_OK(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[SECOND].post)));
    CHECK(task_office_count(&o, SECOND, TASK_BOX_TODO) == 1);
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK_ERR(ACT(&o, OFFICER, task_return(w, &by, lead, S("x"))), ERR_DENIED);
    CHECK_OK(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[OFFICER].post)));
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("more time is asked for once, and answered by who gave the task, who may also change the day") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = task_office_item(&o, o.who[OFFICER].post.v);
    struct date later = {2026, 11, 20};
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, (struct date){2026, 11, 8}, S("x"))), ERR_INVALID);
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S("Chờ số liệu"))));
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S("Lại chờ"))), ERR_CONFLICT);
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_ASKED) == 1);
    struct db_read *r;
    struct task_extension_waiting_row *x = NULL;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(task_extension_waiting(r, (struct task_extension_waiting_in){.item = lead}, &x));
    db_end_read(r);
    CHECK_OR_RETURN(x != NULL);
    CHECK_ERR(ACT(&o, OFFICER, task_extension_answer(w, &by, lead, x->id, true, S(""))), ERR_DENIED);
    CHECK_OK(ACT(&o, CHAIR, task_extension_answer(w, &by, lead, x->id, true, S("Đồng ý"))));
    CHECK_ERR(ACT(&o, CHAIR, task_extension_answer(w, &by, lead, x->id, true, S(""))), ERR_CONFLICT);
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_ASKED) == 0);
    struct task_due due = {{2026, 11, 25}, S("Thêm việc"), 1};
    CHECK_ERR(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)), ERR_CONFLICT);
    due.version = 2;
    CHECK_OK(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)));
    due.reason = S("");
    CHECK_ERR(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)), ERR_INVALID);
    clock_freeze(date_at((struct date){2026, 11, 26}, 9, 0));
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_LATE) == 1);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("sub-tasks end within their task, and it is not reported before them") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = task_office_item(&o, o.who[OFFICER].post.v);
    struct task_new sub = {.text = S("Gọi các xã"), .lead = o.who[SECOND].post.v, .parent = lead, .days = 9};
    CHECK_ERR(ACT(&o, OFFICER, task_assign(w, &by, &sub, NULL)), ERR_INVALID);
    sub.days = 1;
    CHECK_ERR(ACT(&o, SECOND, task_assign(w, &by, &sub, NULL)), ERR_MISSING);
    CHECK_OK(ACT(&o, OFFICER, task_assign(w, &by, &sub, NULL)));
    struct task_item_id below = task_office_item(&o, o.who[SECOND].post.v);
    struct task_report report = {.text = S("Xong")};
    CHECK_ERR(ACT(&o, OFFICER, task_report(w, &by, lead, &report)), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, CHAIR, task_recall(w, &by, lead, S("x"))), ERR_CONFLICT);
    CHECK_OK(ACT(&o, SECOND, task_report(w, &by, below, &report)));
    CHECK_OK(ACT(&o, OFFICER, task_confirm(w, &by, below, S(""))));
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &report)));
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("what was just given is undone as a whole within ten minutes, while nobody took it up") {
    struct office o;
    struct task_directive_id id;
    CHECK_OK(task_office_open(db, arena, &o));
    struct task_new t = pebble(&o, o.who[OFFICER].post.v);
    CHECK_OK(ACT(&o, CHAIR, task_assign(w, &by, &t, &id)));
    CHECK_ERR(ACT(&o, OFFICER, task_undo(w, &by, id)), ERR_DENIED);
    CHECK_OK(ACT(&o, CHAIR, task_undo(w, &by, id)));
    CHECK_ERR(ACT(&o, CHAIR, task_undo(w, &by, id)), ERR_CONFLICT);
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK_OK(ACT(&o, CHAIR, task_assign(w, &by, &t, &id)));
    clock_freeze((struct instant){clock_now().ms + INT64_C(660000)});
    CHECK_ERR(ACT(&o, CHAIR, task_undo(w, &by, id)), ERR_CONFLICT);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("rights come with a task and go with it, and what the business gave stays") {
    struct office o;
    bool may = false;
    CHECK_OK(task_office_open(db, arena, &o));
    int64_t officer = o.who[OFFICER].post.v;
    CHECK_OK(ACT(&o, CHAIR,
                 access_give(w, &(struct access_grant_new){
                                    .kind = S("pebble"), .record = o.record, .principal = officer, .can = CAN_READ})));
    CHECK_OK(give(&o, officer, o.who[STRANGER].post.v, 0));
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(access_can(r, o.record, officer, CAN_ACT, &may));
    db_end_read(r);
    CHECK(may);
    struct task_item_id lead = task_office_item(&o, officer), other = task_office_item(&o, o.who[STRANGER].post.v);
    CHECK_OK(ACT(&o, CHAIR, task_recall(w, &by, lead, S("x"))));
    CHECK_OK(ACT(&o, CHAIR, task_recall(w, &by, other, S("x"))));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(access_can(r, o.record, officer, CAN_ACT, &may));
    CHECK(!may);
    CHECK_OK(access_can(r, o.record, officer, CAN_READ, &may));
    CHECK(may);
    CHECK_OK(access_can(r, o.record, o.who[STRANGER].post.v, CAN_READ, &may));
    db_end_read(r);
    CHECK(!may);
}

TEST_DB("a post's open tasks go to another, held and given") {
    struct office o;
    int64_t moved = 0;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, o.who[STRANGER].post.v, 0));
    struct post_id from = o.who[OFFICER].post, to = o.who[SECOND].post;
    CHECK_ERR(ACT(&o, STRANGER, task_hand_over(w, by.who, from, to, &moved)), ERR_DENIED);
    CHECK_ERR(ACT(&o, HEAD, task_hand_over(w, by.who, from, o.who[OUTSIDER].post, &moved)), ERR_INVALID);
    CHECK_OK(ACT(&o, HEAD, task_hand_over(w, by.who, from, to, &moved)));
    CHECK(moved == 1);
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK(task_office_count(&o, SECOND, TASK_BOX_TODO) == 1);
    struct task_item_id lead = task_office_item(&o, to.v);
    CHECK_OK(ACT(&o, SECOND, task_accept(w, &by, lead)));
    CHECK_OK(ACT(&o, CHAIR, task_hand_over(w, by.who, o.who[CHAIR].post, o.who[HEAD].post, &moved)));
    CHECK(moved == 2);
    CHECK(task_office_count(&o, HEAD, TASK_BOX_GIVEN) == 2);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("lateness is told once, again only after the day has changed") {
    struct office o;
    int64_t told = 0;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, o.who[SECOND].post.v));
    clock_freeze(date_at((struct date){2026, 11, 12}, 9, 0));
    CHECK_OK(ACT(&o, CHAIR, task_tell_late(w, clock_today(), &told)));
    CHECK(told == 1);
    CHECK_OK(ACT(&o, CHAIR, task_tell_late(w, clock_today(), &told)));
    CHECK(told == 0);
    CHECK(task_office_count(&o, OFFICER, TASK_BOX_LATE) == 1);
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_GIVEN_LATE) == 1);
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("a record's end closes its tasks, and its lead works again when it is opened anew") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, o.who[STRANGER].post.v, 0));
    CHECK_OK(ACT(&o, CHAIR, task_end(w, by.who, S("pebble"), o.record, S(""))));
    CHECK_STR(task_office_state(&o, task_office_item(&o, o.board.v)), S("done"));
    CHECK(task_office_count(&o, CHAIR, TASK_BOX_GIVEN) == 0);
    CHECK_ERR(ACT(&o, CHAIR, task_reopen(w, by.who, S("pebble"), o.record, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, CHAIR, task_reopen(w, by.who, S("pebble"), o.record, S("Chưa đủ"))));
    CHECK_STR(task_office_state(&o, task_office_item(&o, o.board.v)), S("working"));
    CHECK(task_office_counters_are_lists(&o));
}

TEST_DB("what is erased leaves no words of a task, and its rows stay") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, 0, 0));
    CHECK_OK(
        ACT(&o, CHAIR, erase_record(w, &(struct erase){.kind = S("pebble"), .record = o.record, .why = S("Yêu cầu")})));
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    struct task_items_of_record_rows rows;
    CHECK_OK(task_items_of_record(r, (struct task_items_of_record_in){.record = o.record, .kind = S("pebble")}, &rows));
    CHECK((int64_t)rows.n == 1);
    CHECK_STR(rows.at[0].text, S(""));
    db_end_read(r);
    CHECK(task_office_counters_are_lists(&o));
}
