/* Of a whole record or a whole post: rights, the end and a new beginning, hand-over, lateness, erasing. */
#include "kernel/erase/erase.h"
#include "kernel/queue/job.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

/* ---- Rights: what the parts want, less what is there already; taken back is only what was given here */

static unsigned wanted_by(const struct task_rights_wanted_rows *rows, int64_t principal) {
    unsigned bits = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].principal == principal) {
            bits |= CAN_READ | (rows->at[i].acts ? CAN_ACT : 0U);
        }
    }
    return bits;
}

static unsigned bits_of(const struct task_grants_of_rows *rows, int64_t principal) {
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].principal == principal) {
            return (unsigned)rows->at[i].can;
        }
    }
    return 0;
}

struct rights {
    struct db_write *db;
    struct str kind;
    int64_t record;
    struct task_rights_wanted_rows wanted;
    struct task_rights_had_rows had;
    struct task_grants_of_rows grants;
};

static struct err right_of(const struct rights *r, int64_t principal, unsigned gave) {
    unsigned wanted = wanted_by(&r->wanted, principal), can = bits_of(&r->grants, principal);
    unsigned fresh = wanted & ~can, over = gave & ~wanted & can, now = (gave & wanted) | fresh;
    if (fresh) {
        TRY(access_give(r->db, &(struct access_grant_new){
                                   .kind = r->kind, .record = r->record, .principal = principal, .can = fresh}));
    }
    if (over) {
        TRY(access_take(r->db, r->record, principal, over));
    }
    if (now == gave) {
        return OK;
    }
    return now ? task_right_put(
                     r->db,
                     (struct task_right_put_in){.record = r->record, .principal = principal, .gave = (int64_t)now},
                     NULL)
               : task_right_drop(r->db, (struct task_right_drop_in){.record = r->record, .principal = principal}, NULL);
}

static unsigned gave_to(const struct task_rights_had_rows *had, int64_t principal) {
    for (size_t i = 0; i < had->n; i++) {
        if (had->at[i].principal == principal) {
            return (unsigned)had->at[i].gave;
        }
    }
    return 0;
}

struct err task_rights(struct db_write *db, struct str kind, int64_t record) {
    struct rights r = {.db = db, .kind = kind, .record = record};
    struct db_read *read = db_reading(db);
    TRY(task_rights_wanted(read, (struct task_rights_wanted_in){.record = record, .kind = kind}, &r.wanted));
    TRY(task_rights_had(read, (struct task_rights_had_in){.record = record}, &r.had));
    TRY(task_grants_of(read, (struct task_grants_of_in){.record = record}, &r.grants));
    int64_t last = 0;
    for (size_t i = 0; i < r.wanted.n; i++) {
        int64_t principal = r.wanted.at[i].principal;
        if (principal != last) {
            TRY(right_of(&r, principal, gave_to(&r.had, principal)));
        }
        last = principal;
    }
    for (size_t i = 0; i < r.had.n; i++) {
        if (!wanted_by(&r.wanted, r.had.at[i].principal)) {
            TRY(right_of(&r, r.had.at[i].principal, (unsigned)r.had.at[i].gave));
        }
    }
    return OK;
}

/* ---- The end of a record, and its beginning again */

struct err task_end(struct db_write *db, const struct who *who, struct str kind, int64_t record, struct str note) {
    struct task_items_open_rows open;
    TRY(task_items_open(db_reading(db), (struct task_items_open_in){.record = record, .kind = kind}, &open));
    int64_t *ids = arena_take(db_write_arena(db), int64_t, open.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < open.n; i++) {
        if (str_eq(open.at[i].role, S("inform"))) {
            continue;
        }
        ids[n++] = open.at[i].id.v;
        struct task_item_report_in in = {.state = S("done"),
                                         .report = S("Kết thúc cùng hồ sơ."),
                                         .done_at = clock_now(),
                                         .done_on = clock_today(),
                                         .done_by = who->post.v,
                                         .id = open.at[i].id};
        TRY(task_item_report(db, in, NULL));
    }
    TRY(task_extension_drop(db, (struct task_extension_drop_in){.decided_at = clock_now(), .items = {ids, n}}, NULL));
    TRY(task_settle(db, (struct db_ids){ids, n}));
    TRY(task_rights(db, kind, record));
    TRY(thread_add(db, who, &(struct thread_new){.kind = kind, .record = record, .verb = "task.end", .text = note},
                   NULL));
    return act_done(db, &(struct act){.verb = S("task.end"), .kind = kind, .record = record});
}

static const struct task_items_of_record_row *last_lead(const struct task_items_of_record_rows *rows) {
    for (size_t i = rows->n; i-- > 0;) {
        bool is_over = str_eq(rows->at[i].state, S("done")) || str_eq(rows->at[i].state, S("reported"));
        if (str_eq(rows->at[i].role, S("lead")) && !rows->at[i].parent.v && is_over) {
            return &rows->at[i];
        }
    }
    return NULL;
}

struct err task_reopen(struct db_write *db, const struct who *who, struct str kind, int64_t record, struct str reason) {
    struct task_items_of_record_rows rows;
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do mở lại.");
    }
    TRY(task_items_of_record(db_reading(db), (struct task_items_of_record_in){.record = record, .kind = kind}, &rows));
    const struct task_items_of_record_row *lead = last_lead(&rows);
    if (lead) {
        struct str words = str_format(db_write_arena(db), "Mở lại: %.*s", STR_ARG(utf8_cut(reason, 200)));
        TRY(task_item_state(db, (struct task_item_state_in){.state = S("working"), .reason = S(""), .id = lead->id},
                            NULL));
        TRY(task_settle(db, (struct db_ids){&lead->id.v, 1}));
        TRY(task_rights(db, kind, record));
        TRY(task_tell(db, &(struct task_told){.kind = kind,
                                              .record = record,
                                              .item = lead->id.v,
                                              .event = "assigned",
                                              .to = lead->holder,
                                              .words = words}));
    }
    TRY(thread_add(db, who, &(struct thread_new){.kind = kind, .record = record, .verb = "task.reopen", .text = reason},
                   NULL));
    return act_done(db, &(struct act){.verb = S("task.reopen"), .kind = kind, .record = record});
}

/* ---- Hand-over */

enum { HAND_MOST = 10000 };

static struct err may_hand_over(struct db_write *db, const struct who *who, struct post_id from, struct post_id to,
                                struct org_post *old, struct org_post *fresh) {
    TRY(org_post(db_reading(db), from, old));
    struct err e = org_post(db_reading(db), to, fresh);
    bool is_head = (who->roles & ROLE_HEAD) && who->unit.v == old->unit.v;
    bool is_admin = (who->roles & ROLE_ADMIN) && who->organ.v == old->organ.v;
    if (who->post.v != from.v && !is_head && !is_admin) {
        return FAIL(ERR_DENIED, "another's tasks");
    }
    if (err_is(e, ERR_MISSING) || from.v == to.v ||
        (!e.why && (!fresh->is_in_force || fresh->organ.v != old->organ.v))) {
        return REFUSE(ERR_INVALID, "to", "Mời chọn người khác đang giữ chức vụ của cơ quan.");
    }
    return e;
}

static struct err handed(struct db_write *db, const struct who *who, struct db_ids items, struct str name) {
    struct task_records_of_rows records;
    TRY(task_records_of(db_reading(db), (struct task_records_of_in){.items = items}, &records));
    for (size_t i = 0; i < records.n; i++) {
        const struct task_records_of_row *r = &records.at[i];
        TRY(task_rights(db, r->kind, r->record));
        TRY(thread_add(
            db, who, &(struct thread_new){.kind = r->kind, .record = r->record, .verb = "task.handover", .about = name},
            NULL));
        TRY(act_done(db, &(struct act){.verb = S("task.handover"), .kind = r->kind, .record = r->record}));
    }
    return OK;
}

struct err task_hand_over(struct db_write *db, const struct who *who, struct post_id from, struct post_id to,
                          int64_t *moved) {
    struct arena *a = db_write_arena(db);
    struct org_post old, fresh;
    struct task_hand_held_rows held;
    struct task_hand_given_rows given;
    TRY(may_hand_over(db, who, from, to, &old, &fresh));
    TRY(task_hand_held(db_reading(db), (struct task_hand_held_in){.post = from.v, .most = HAND_MOST}, &held));
    TRY(task_hand_given(db_reading(db), (struct task_hand_given_in){.post = from.v, .most = HAND_MOST}, &given));
    int64_t *ids = arena_take(a, int64_t, held.n + given.n + 1);
    for (size_t i = 0; i < held.n; i++) {
        ids[i] = held.at[i].id.v;
    }
    for (size_t i = 0; i < given.n; i++) {
        ids[held.n + i] = given.at[i].id.v;
    }
    struct task_hand_holder_in in = {
        .old = from.v,
        .fresh = to.v,
        .name = fresh.person_name,
        .target_name = str_format(a, "%.*s (%.*s)", STR_ARG(fresh.person_name), STR_ARG(fresh.unit_name)),
        .target_unit = fresh.unit.v,
        .items = {ids, held.n}};
    TRY(task_hand_holder(db, in, NULL));
    struct task_hand_giver_in to_giver = {.fresh = to.v, .name = fresh.person_name, .items = {ids + held.n, given.n}};
    TRY(task_hand_giver(db, to_giver, NULL));
    struct db_ids all = {ids, held.n + given.n};
    *moved = (int64_t)all.n;
    TRY(task_settle(db, all));
    return handed(db, who, all, fresh.person_name);
}

/* ---- Lateness, told once */

struct err task_tell_late(struct db_write *db, struct date today, int64_t *told) {
    struct arena *a = db_write_arena(db);
    struct task_overdue_rows late;
    TRY(task_overdue(db_reading(db), (struct task_overdue_in){.today = today}, &late));
    *told = (int64_t)late.n;
    int64_t *ids = arena_take(a, int64_t, late.n + 1);
    for (size_t i = 0; i < late.n; i++) {
        const struct task_overdue_row *l = &late.at[i];
        ids[i] = l->id.v;
        struct str words =
            str_format(a, "Quá hạn %.*s: %.*s", STR_ARG(date_vi(a, l->due_on)), STR_ARG(utf8_cut(l->title, 200)));
        struct task_told to_holder = {
            .kind = l->kind, .record = l->record, .item = l->id.v, .event = "overdue", .to = l->holder, .words = words};
        struct task_told to_giver = to_holder;
        to_giver.to = l->given_by == l->holder ? 0 : l->given_by;
        TRY(task_tell(db, &to_holder));
        TRY(task_tell(db, &to_giver));
        TRY(thread_add(db, NULL,
                       &(struct thread_new){.kind = l->kind,
                                            .record = l->record,
                                            .verb = "task.late",
                                            .about = l->target_name,
                                            .day = l->due_on,
                                            .item = l->id.v},
                       NULL));
        TRY(act_done(db, &(struct act){.verb = S("task.late"), .kind = l->kind, .record = l->record}));
    }
    return late.n ? task_told(db, (struct task_told_in){.late_told_on = today, .items = {ids, late.n}}, NULL) : OK;
}

struct look {
    struct date today;
    int64_t told;
};

static struct err look_step(struct db_write *db, void *thing) {
    struct look *l = thing;
    return task_tell_late(db, l->today, &l->told);
}

static struct err look_end(struct db_write *db, void *thing) {
    struct look *l = thing;
    TRY(task_count_sweep(db, (struct task_count_sweep_in){.today_day = date_iso(db_write_arena(db), l->today)}, NULL));
    return job_add(
        db,
        &(struct job_new){.kind = S("task.late"), .not_before = {clock_now().ms + INT64_C(3600000)}, .is_single = true},
        NULL);
}

static struct err late_run(struct job *job) {
    struct look l = {.today = clock_today()};
    do {
        TRY(job_step(job, S(""), look_step, &l));
    } while (l.told > 0);
    return job_finish(job, look_end, &l);
}

const struct job_kind task_job_kinds[] = {
    {.name = "task.late", .title = "Tìm công việc quá hạn", .is_short = true, .every_s = 3600, .run = late_run},
    {0},
};

struct err task_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("task.late"), .is_single = true}, NULL);
}

/* ---- Erasing */

struct err task_forget(struct db_write *db, const struct erase *e) {
    struct str gone = S("Nội dung đã được xóa theo yêu cầu.");
    if (e->file) {
        return OK;
    }
    TRY(task_erase_extensions(db, (struct task_erase_extensions_in){.record = e->record}, NULL));
    TRY(task_erase_items(db, (struct task_erase_items_in){.record = e->record, .title = gone}, NULL));
    return task_erase_directives(db, (struct task_erase_directives_in){.record = e->record, .title = gone}, NULL);
}
