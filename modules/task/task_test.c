#include "tests/db.h"

#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "kernel/rights/access.h"
#include "modules/org/org_change.h"
#include "modules/task/task_box.h"
#include "modules/task/task_inside.h"

#include <stdlib.h>

/* A tiny business of the tests, "pebble": a record is only an id; a state follows its lead. */
static char pebble_heard[16];
static struct err pebble_changed(struct db_write *db, const struct who *who, const struct task_change *change) {
    (void)db;
    (void)who;
    memset(pebble_heard, 0, sizeof pebble_heard);
    memcpy(pebble_heard, change->verb, strlen(change->verb));
    return OK;
}
static const struct task_kind pebble_kinds[] = {
    {.kind = S_INIT("pebble"), .title = S_INIT("Hòn sỏi"), .changed = pebble_changed}, {.kind = S_INIT("")}};
static const struct module pebble_module = {.name = "pebble", .title = "Hòn sỏi", .task_kinds = pebble_kinds};
static const struct module *const all_modules[] = {&task_module, &thread_module, &pebble_module};
static const struct modules app = {all_modules, 3};

enum { CHAIR, HEAD, OFFICER, SECOND, STRANGER, OUTSIDER, PEOPLE };
struct office {
    struct db *db;
    struct arena *arena;
    struct unit_id organ, board, other, commune;
    struct who who[PEOPLE];
    int64_t record;
};

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, uint64_t roles, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit,
                                             .title = S("Chuyên viên"),
                                             .roles = roles,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err unit(struct db_write *w, struct str code, struct str kind, struct unit_id parent,
                       struct unit_id *id) {
    return org_unit_make(w,
                         &(struct org_unit_new){.code = code,
                                                .kind = kind,
                                                .level = S("city"),
                                                .name = code,
                                                .parent = parent,
                                                .edge = parent.v ? S("staff") : S("")},
                         id);
}

static struct err make(struct db_write *w, struct office *o) {
    TRY(org_seed(w, o->arena));
    TRY(unit(w, S("T1"), S("front"), (struct unit_id){0}, &o->organ));
    TRY(unit(w, S("T2"), S("board"), o->organ, &o->board));
    TRY(unit(w, S("T3"), S("board"), o->organ, &o->other));
    TRY(unit(w, S("T4"), S("front"), (struct unit_id){0}, &o->commune));
    TRY(somebody(w, o->organ, S("Đào Công"), ROLE_LEADER, &o->who[CHAIR]));
    TRY(somebody(w, o->board, S("Ngô Bình"), ROLE_HEAD, &o->who[HEAD]));
    TRY(somebody(w, o->board, S("Trần Minh"), ROLE_OFFICER, &o->who[OFFICER]));
    TRY(somebody(w, o->board, S("Lê Hoa"), ROLE_OFFICER, &o->who[SECOND]));
    TRY(somebody(w, o->other, S("Phạm Lan"), ROLE_OFFICER, &o->who[STRANGER]));
    TRY(somebody(w, o->commune, S("Cao Biển"), ROLE_LEADER, &o->who[OUTSIDER]));
    o->record = id_new();
    return access_give(w, &(struct access_grant_new){.kind = S("pebble"),
                                                     .record = o->record,
                                                     .principal = o->who[CHAIR].post.v,
                                                     .can = CAN_READ | CAN_APPROVE});
}

static struct err office_open(struct db *db, struct arena *arena, struct office *o) {
    struct db_write *w;
    *o = (struct office){.db = db, .arena = arena};
    clock_freeze(date_at((struct date){2026, 11, 6}, 9, 0)); /* a Friday */
    erase_use(&app);
    TRY(db_begin_write(db, arena, &w));
    struct err e = make(w, o);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err begin(struct office *o, int who, struct db_write **w) {
    TRY(db_begin_write(o->db, o->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = o->who[who].person.v, .post = o->who[who].post.v});
    return OK;
}

static struct err end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* One act of somebody in a transaction of its own; w and by are there for the call. */
#define ACT(o_, who_, call_)                                                                                           \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        [[maybe_unused]] struct task_by by = {&(o_)->who[who_], &app};                                                 \
        struct err act_err = begin((o_), (who_), &w);                                                                  \
        act_err.why ? act_err : end(w, (call_));                                                                       \
    })

static struct task_item_id item_of(struct office *o, int64_t target) {
    struct db_read *r;
    struct task_items_of_record_rows rows = {0};
    struct task_item_id id = {0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(
            task_items_of_record(r, (struct task_items_of_record_in){.record = o->record, .kind = S("pebble")}, &rows));
        db_end_read(r);
    }
    for (size_t i = 0; i < rows.n; i++) {
        id = rows.at[i].target == target ? rows.at[i].id : id;
    }
    return id;
}

static struct str state_of(struct office *o, struct task_item_id id) {
    struct db_read *r;
    struct task_item_by_id_row *row = NULL;
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(task_item_by_id(r, (struct task_item_by_id_in){.id = id}, &row));
        db_end_read(r);
    }
    return row ? row->state : S("none");
}

static int64_t listed(struct db_read *r, struct post_id post, enum task_box box) {
    struct task_asked asked = {.box = box, .today = clock_today(), .limit = 7};
    struct task_rows rows;
    int64_t n = 0;
    bool more = true;
    while (more) {
        if (task_list(r, post, &asked, &rows, &more).why || (more && !rows.n)) {
            return -1;
        }
        n += (int64_t)rows.n;
        asked.after = more ? rows.at[rows.n - 1].place : S("");
    }
    return n;
}

static int64_t counted(struct office *o, int who, enum task_box box) {
    struct db_read *r;
    struct task_counts c = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct err e = task_counts(r, o->who[who].post, clock_today(), &c);
    db_end_read(r);
    return e.why ? -1 : c.n[box];
}

/* Every counter of every person equals what its box lists, page after page. */
static bool counters_are_lists(struct office *o) {
    struct db_read *r;
    bool all_right = true;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return false;
    }
    for (int p = 0; p < PEOPLE; p++) {
        struct task_counts c;
        all_right = all_right && !task_counts(r, o->who[p].post, clock_today(), &c).why;
        for (enum task_box b = 0; all_right && b < TASK_BOXES; b++) {
            all_right = c.n[b] == listed(r, o->who[p].post, b);
        }
    }
    db_end_read(r);
    return all_right;
}

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
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, o.who[STRANGER].post.v, o.who[SECOND].post.v));
    CHECK_STR(str_of(pebble_heard), S("assign"));
    struct task_item_id lead = item_of(&o, o.board.v);
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(counted(&o, HEAD, TASK_BOX_TODO) == 1);
    CHECK(counted(&o, CHAIR, TASK_BOX_GIVEN) == 2);
    CHECK(counted(&o, STRANGER, TASK_BOX_COOPERATE) == 1);
    CHECK(counted(&o, SECOND, TASK_BOX_INFORM) == 1);
    CHECK_OK(ACT(&o, OFFICER, task_accept(w, &by, lead)));
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(counted(&o, SECOND, TASK_BOX_TODO) == 0);
    CHECK(counted(&o, HEAD, TASK_BOX_UNIT) == 1);
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &(struct task_report){.text = S("Đã xong")})));
    CHECK_STR(str_of(pebble_heard), S("report"));
    CHECK_STR(state_of(&o, lead), S("reported"));
    CHECK(counted(&o, CHAIR, TASK_BOX_REPORTED) == 1);
    CHECK_OK(ACT(&o, CHAIR, task_redo(w, &by, lead, S("Thiếu biểu"))));
    CHECK_STR(state_of(&o, lead), S("working"));
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &(struct task_report){.text = S("Đủ biểu")})));
    CHECK_OK(ACT(&o, CHAIR, task_confirm(w, &by, lead, S(""))));
    CHECK_STR(state_of(&o, lead), S("done"));
    CHECK(counted(&o, OFFICER, TASK_BOX_DONE) == 1);
    CHECK(counted(&o, CHAIR, TASK_BOX_CLOSED) == 1);
    CHECK(counters_are_lists(&o));
}

TEST_DB("what is returned leaves the returner's boxes and waits for who gave it, who gives it to another") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = item_of(&o, o.who[OFFICER].post.v);
    CHECK_ERR(ACT(&o, OFFICER, task_return(w, &by, lead, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, task_return(w, &by, lead, S("Không thuộc nhiệm vụ"))));
    for (enum task_box b = 0; b < TASK_BOXES; b++) {
        CHECK(counted(&o, OFFICER, b) == 0);
    }
    CHECK(counted(&o, CHAIR, TASK_BOX_RETURNED) == 1);
    CHECK_ERR(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[OUTSIDER].post.v)), ERR_INVALID);
    CHECK_OK(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[STRANGER].post.v)));
    CHECK(counted(&o, CHAIR, TASK_BOX_RETURNED) == 0);
    CHECK(counted(&o, STRANGER, TASK_BOX_TODO) == 1);
    CHECK_ERR(ACT(&o, CHAIR, task_reassign(w, &by, lead, o.who[SECOND].post.v)), ERR_CONFLICT);
    CHECK(counters_are_lists(&o));
}

TEST_DB("giving refuses what is not right, at the field") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
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
    CHECK(counters_are_lists(&o));
}

TEST_DB("every act is refused to those it is not for, and in a state it does not begin from") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, o.who[SECOND].post.v));
    struct task_item_id lead = item_of(&o, o.who[OFFICER].post.v), known = item_of(&o, o.who[SECOND].post.v);
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
    CHECK(counters_are_lists(&o));
}

TEST_DB("the head names who does it within the unit, and nobody from elsewhere") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, 0, 0));
    struct task_item_id lead = item_of(&o, o.board.v);
    CHECK_ERR(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[STRANGER].post)), ERR_INVALID);
    CHECK_OK(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[SECOND].post)));
    CHECK(counted(&o, SECOND, TASK_BOX_TODO) == 1);
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK_ERR(ACT(&o, OFFICER, task_return(w, &by, lead, S("x"))), ERR_DENIED);
    CHECK_OK(ACT(&o, HEAD, task_pass(w, &by, lead, o.who[OFFICER].post)));
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 1);
    CHECK(counters_are_lists(&o));
}

TEST_DB("more time is asked for once, and answered by who gave the task, who may also change the day") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = item_of(&o, o.who[OFFICER].post.v);
    struct date later = {2026, 11, 20};
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, (struct date){2026, 11, 8}, S("x"))), ERR_INVALID);
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S("Chờ số liệu"))));
    CHECK_ERR(ACT(&o, OFFICER, task_extension_ask(w, &by, lead, later, S("Lại chờ"))), ERR_CONFLICT);
    CHECK(counted(&o, CHAIR, TASK_BOX_ASKED) == 1);
    struct db_read *r;
    struct task_extension_waiting_row *x = NULL;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(task_extension_waiting(r, (struct task_extension_waiting_in){.item = lead}, &x));
    db_end_read(r);
    CHECK_OR_RETURN(x != NULL);
    CHECK_ERR(ACT(&o, OFFICER, task_extension_answer(w, &by, lead, x->id, true, S(""))), ERR_DENIED);
    CHECK_OK(ACT(&o, CHAIR, task_extension_answer(w, &by, lead, x->id, true, S("Đồng ý"))));
    CHECK_ERR(ACT(&o, CHAIR, task_extension_answer(w, &by, lead, x->id, true, S(""))), ERR_CONFLICT);
    CHECK(counted(&o, CHAIR, TASK_BOX_ASKED) == 0);
    struct task_due due = {{2026, 11, 25}, S("Thêm việc"), 1};
    CHECK_ERR(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)), ERR_CONFLICT);
    due.version = 2;
    CHECK_OK(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)));
    due.reason = S("");
    CHECK_ERR(ACT(&o, CHAIR, task_due_set(w, &by, lead, &due)), ERR_INVALID);
    clock_freeze(date_at((struct date){2026, 11, 26}, 9, 0));
    CHECK(counted(&o, OFFICER, TASK_BOX_LATE) == 1);
    CHECK(counters_are_lists(&o));
}

TEST_DB("sub-tasks end within their task, and it is not reported before them") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, 0));
    struct task_item_id lead = item_of(&o, o.who[OFFICER].post.v);
    struct task_new sub = {.text = S("Gọi các xã"), .lead = o.who[SECOND].post.v, .parent = lead, .days = 9};
    CHECK_ERR(ACT(&o, OFFICER, task_assign(w, &by, &sub, NULL)), ERR_INVALID);
    sub.days = 1;
    CHECK_ERR(ACT(&o, SECOND, task_assign(w, &by, &sub, NULL)), ERR_MISSING);
    CHECK_OK(ACT(&o, OFFICER, task_assign(w, &by, &sub, NULL)));
    struct task_item_id below = item_of(&o, o.who[SECOND].post.v);
    struct task_report report = {.text = S("Xong")};
    CHECK_ERR(ACT(&o, OFFICER, task_report(w, &by, lead, &report)), ERR_CONFLICT);
    CHECK_ERR(ACT(&o, CHAIR, task_recall(w, &by, lead, S("x"))), ERR_CONFLICT);
    CHECK_OK(ACT(&o, SECOND, task_report(w, &by, below, &report)));
    CHECK_OK(ACT(&o, OFFICER, task_confirm(w, &by, below, S(""))));
    CHECK_OK(ACT(&o, OFFICER, task_report(w, &by, lead, &report)));
    CHECK(counters_are_lists(&o));
}

TEST_DB("what was just given is undone as a whole within ten minutes, while nobody took it up") {
    struct office o;
    struct task_directive_id id;
    CHECK_OK(office_open(db, arena, &o));
    struct task_new t = pebble(&o, o.who[OFFICER].post.v);
    CHECK_OK(ACT(&o, CHAIR, task_assign(w, &by, &t, &id)));
    CHECK_ERR(ACT(&o, OFFICER, task_undo(w, &by, id)), ERR_DENIED);
    CHECK_OK(ACT(&o, CHAIR, task_undo(w, &by, id)));
    CHECK_ERR(ACT(&o, CHAIR, task_undo(w, &by, id)), ERR_CONFLICT);
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK_OK(ACT(&o, CHAIR, task_assign(w, &by, &t, &id)));
    clock_freeze((struct instant){clock_now().ms + INT64_C(660000)});
    CHECK_ERR(ACT(&o, CHAIR, task_undo(w, &by, id)), ERR_CONFLICT);
    CHECK(counters_are_lists(&o));
}

TEST_DB("rights come with a task and go with it, and what the business gave stays") {
    struct office o;
    bool may = false;
    CHECK_OK(office_open(db, arena, &o));
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
    struct task_item_id lead = item_of(&o, officer), other = item_of(&o, o.who[STRANGER].post.v);
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
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, o.who[STRANGER].post.v, 0));
    struct post_id from = o.who[OFFICER].post, to = o.who[SECOND].post;
    CHECK_ERR(ACT(&o, STRANGER, task_hand_over(w, by.who, from, to, &moved)), ERR_DENIED);
    CHECK_ERR(ACT(&o, HEAD, task_hand_over(w, by.who, from, o.who[OUTSIDER].post, &moved)), ERR_INVALID);
    CHECK_OK(ACT(&o, HEAD, task_hand_over(w, by.who, from, to, &moved)));
    CHECK(moved == 1);
    CHECK(counted(&o, OFFICER, TASK_BOX_TODO) == 0);
    CHECK(counted(&o, SECOND, TASK_BOX_TODO) == 1);
    struct task_item_id lead = item_of(&o, to.v);
    CHECK_OK(ACT(&o, SECOND, task_accept(w, &by, lead)));
    CHECK_OK(ACT(&o, CHAIR, task_hand_over(w, by.who, o.who[CHAIR].post, o.who[HEAD].post, &moved)));
    CHECK(moved == 2);
    CHECK(counted(&o, HEAD, TASK_BOX_GIVEN) == 2);
    CHECK(counters_are_lists(&o));
}

TEST_DB("lateness is told once, again only after the day has changed") {
    struct office o;
    int64_t told = 0;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.who[OFFICER].post.v, 0, o.who[SECOND].post.v));
    clock_freeze(date_at((struct date){2026, 11, 12}, 9, 0));
    CHECK_OK(ACT(&o, CHAIR, task_tell_late(w, clock_today(), &told)));
    CHECK(told == 1);
    CHECK_OK(ACT(&o, CHAIR, task_tell_late(w, clock_today(), &told)));
    CHECK(told == 0);
    CHECK(counted(&o, OFFICER, TASK_BOX_LATE) == 1);
    CHECK(counted(&o, CHAIR, TASK_BOX_GIVEN_LATE) == 1);
    CHECK(counters_are_lists(&o));
}

TEST_DB("a record's end closes its tasks, and its lead works again when it is opened anew") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(give(&o, o.board.v, o.who[STRANGER].post.v, 0));
    CHECK_OK(ACT(&o, CHAIR, task_end(w, by.who, S("pebble"), o.record, S(""))));
    CHECK_STR(state_of(&o, item_of(&o, o.board.v)), S("done"));
    CHECK(counted(&o, CHAIR, TASK_BOX_GIVEN) == 0);
    CHECK_ERR(ACT(&o, CHAIR, task_reopen(w, by.who, S("pebble"), o.record, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, CHAIR, task_reopen(w, by.who, S("pebble"), o.record, S("Chưa đủ"))));
    CHECK_STR(state_of(&o, item_of(&o, o.board.v)), S("working"));
    CHECK(counters_are_lists(&o));
}

TEST_DB("what is erased leaves no words of a task, and its rows stay") {
    struct office o;
    CHECK_OK(office_open(db, arena, &o));
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
    CHECK(counters_are_lists(&o));
}

/* ---- The property: whatever people do, right or refused, every counter is its list. */

struct chance {
    uint64_t state;
};
static size_t pick(struct chance *c, size_t n) {
    c->state = c->state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(c->state >> 33) % n;
}

static struct err give_by_chance(struct office *o, struct chance *c) {
    struct db_write *w;
    int giver = pick(c, 2) ? CHAIR : HEAD;
    int64_t some[] = {
        o->board.v,         o->other.v, o->who[OFFICER].post.v, o->who[SECOND].post.v, o->who[STRANGER].post.v,
        o->who[HEAD].post.v};
    int64_t cooperate = some[pick(c, 6)], inform = some[pick(c, 6)];
    struct task_new t = {.title = S("Phiếu"),
                         .text = S("Việc"),
                         .lead = some[pick(c, 6)],
                         .cooperate = {&cooperate, pick(c, 2)},
                         .inform = {&inform, pick(c, 2)},
                         .days = (int64_t)pick(c, 6)};
    struct task_by by = {&o->who[giver], &app};
    TRY(begin(o, giver, &w));
    return end(w, task_assign(w, &by, &t, NULL));
}

static struct err act_by_chance(struct office *o, struct chance *c, struct task_item_id id) {
    struct db_write *w;
    int who = (int)pick(c, PEOPLE);
    struct task_by by = {&o->who[who], &app};
    struct date day = date_plus(clock_today(), 1 + (int)pick(c, 20));
    struct err e = OK;
    TRY(begin(o, who, &w));
    switch (pick(c, 12)) {
    case 0: e = task_accept(w, &by, id); break;
    case 1: e = task_see(w, &by, id); break;
    case 2: e = task_pass(w, &by, id, o->who[pick(c, PEOPLE)].post); break;
    case 3: e = task_report(w, &by, id, &(struct task_report){.text = S("Xong")}); break;
    case 4: e = task_return(w, &by, id, S("Không phải việc của tôi")); break;
    case 5: e = task_recall(w, &by, id, S("Thôi")); break;
    case 6: e = task_confirm(w, &by, id, S("")); break;
    case 7: e = task_redo(w, &by, id, S("Chưa đạt")); break;
    case 8: e = task_reassign(w, &by, id, o->who[pick(c, PEOPLE)].post.v); break;
    case 9: e = task_extension_ask(w, &by, id, day, S("Chờ")); break;
    case 10: e = task_due_set(w, &by, id, &(struct task_due){day, S("Đổi"), 1 + (int64_t)pick(c, 4)}); break;
    default: {
        struct task_new sub = {.text = S("Con"), .lead = o->who[pick(c, PEOPLE)].post.v, .parent = id, .days = 1};
        e = task_assign(w, &by, &sub, NULL);
    }
    }
    return end(w, e);
}

static struct task_item_id any_item(struct office *o, struct chance *c) {
    struct db_read *r;
    struct task_some_rows rows = {0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(task_some(r, (struct task_some_in){.most = 400}, &rows));
        db_end_read(r);
    }
    return rows.n ? rows.at[pick(c, rows.n)].id : (struct task_item_id){0};
}

TEST_DB("after each of many acts by chance, every counter of everybody is the number of rows of its box") {
    struct office o;
    const char *seed = getenv("SEED");
    struct chance c = {seed ? (uint64_t)strtoull(seed, NULL, 10) : 20261130U};
    int64_t moved = 0;
    size_t went_well = 0;
    CHECK_OK(office_open(db, arena, &o));
    for (int i = 0; i < 160; i++) {
        struct err e = pick(&c, 4) ? act_by_chance(&o, &c, any_item(&o, &c)) : give_by_chance(&o, &c);
        went_well += e.why ? 0 : 1;
        CHECK_OR_RETURN(!err_is(e, ERR_BROKEN) && !err_is(e, ERR_BUSY));
        CHECK_OR_RETURN(counters_are_lists(&o));
        if (i % 40 == 39) {
            clock_freeze((struct instant){clock_now().ms + INT64_C(2) * 86400000});
            CHECK_OK(ACT(&o, CHAIR, task_hand_over(w, by.who, o.who[CHAIR].post, o.who[HEAD].post, &moved)));
            CHECK_OR_RETURN(counters_are_lists(&o));
        }
    }
    CHECK(went_well > 30);
}
