#include "tests/db.h"

#include "modules/task/task_test_office.h"

#include <stdlib.h>

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
    struct task_by by = {&o->who[giver], &task_office_app};
    TRY(task_office_begin(o, giver, &w));
    return task_office_end(w, task_assign(w, &by, &t, NULL));
}

static struct err act_by_chance(struct office *o, struct chance *c, struct task_item_id id) {
    struct db_write *w;
    int who = (int)pick(c, PEOPLE);
    struct task_by by = {&o->who[who], &task_office_app};
    struct date day = date_plus(clock_today(), 1 + (int)pick(c, 20));
    struct err e = OK;
    TRY(task_office_begin(o, who, &w));
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
    return task_office_end(w, e);
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
    CHECK_OK(task_office_open(db, arena, &o));
    for (int i = 0; i < 160; i++) {
        struct err e = pick(&c, 4) ? act_by_chance(&o, &c, any_item(&o, &c)) : give_by_chance(&o, &c);
        went_well += e.why ? 0 : 1;
        CHECK_OR_RETURN(!err_is(e, ERR_BROKEN) && !err_is(e, ERR_BUSY));
        CHECK_OR_RETURN(task_office_counters_are_lists(&o));
        if (i % 40 == 39) {
            clock_freeze((struct instant){clock_now().ms + INT64_C(2) * 86400000});
            CHECK_OK(ACT(&o, CHAIR, task_hand_over(w, by.who, o.who[CHAIR].post, o.who[HEAD].post, &moved)));
            CHECK_OR_RETURN(task_office_counters_are_lists(&o));
        }
    }
    CHECK(went_well > 30);
}
