#include "tests/db.h"

#include "modules/org/org_change.h"
#include "modules/task/task_test_office.h"

#include "kernel/db/id.h"
#include "kernel/erase/erase.h"

/* A tiny business of the tests, "pebble": a record is only an id; a state follows its lead. */
static char pebble_heard[16];
static struct err pebble_changed(struct db_write *db, const struct who *who, const struct task_change *change) {
    (void)db;
    (void)who;
    memset(pebble_heard, 0, sizeof pebble_heard);
    memcpy(pebble_heard, change->verb, strlen(change->verb));
    return OK;
}
struct str task_office_heard(void) {
    return str_of(pebble_heard);
}
static const struct task_kind pebble_kinds[] = {
    {.kind = S_INIT("pebble"), .title = S_INIT("Hòn sỏi"), .changed = pebble_changed}, {.kind = S_INIT("")}};
static const struct module pebble_module = {.name = "pebble", .title = "Hòn sỏi", .task_kinds = pebble_kinds};
static const struct module *const all_modules[] = {&task_module, &thread_module, &pebble_module};
const struct modules task_office_app = {all_modules, 3};

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

struct err task_office_open(struct db *db, struct arena *arena, struct office *o) {
    struct db_write *w;
    *o = (struct office){.db = db, .arena = arena};
    clock_freeze(date_at((struct date){2026, 11, 6}, 9, 0)); /* a Friday */
    erase_use(&task_office_app);
    TRY(db_begin_write(db, arena, &w));
    struct err e = make(w, o);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct err task_office_begin(struct office *o, int who, struct db_write **w) {
    TRY(db_begin_write(o->db, o->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = o->who[who].person.v, .post = o->who[who].post.v});
    return OK;
}

struct err task_office_end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct task_item_id task_office_item(struct office *o, int64_t target) {
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

struct str task_office_state(struct office *o, struct task_item_id id) {
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

int64_t task_office_count(struct office *o, int who, enum task_box box) {
    struct db_read *r;
    struct task_counts c = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct err e = task_counts(r, o->who[who].post, clock_today(), &c);
    db_end_read(r);
    return e.why ? -1 : c.n[box];
}

bool task_office_counters_are_lists(struct office *o) {
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
