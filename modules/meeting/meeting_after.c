/* What follows: conclusions, and the tasks they become in one press. Also rooms and their bookings. */
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/org/org.h"
#include "modules/task/task.h"

#include "base/arena.h"

struct err meeting_conclude(struct db_write *db, const struct who *who, int64_t id, struct str text, int64_t lead,
                            struct date due) {
    struct meeting_seen seen;
    struct org_principal p = {0};
    struct meeting_agendas_rows rows;
    struct meeting_conclusion_insert_in in = {
        .id = {id_new()}, .meeting = {id}, .text = text, .lead = lead, .due_on = due, .made_at = clock_now()};
    TRY(meeting_run(db, who, id, "open|paused|closed", &seen));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi kết luận.");
    }
    if (lead) {
        TRY(org_principal(db_reading(db), lead, &p));
        if ((p.kind != ORG_POST && p.kind != ORG_UNIT) || p.organ.v != who->organ.v) {
            return REFUSE(ERR_INVALID, "lead", "Mời chọn người hoặc đơn vị trong cơ quan.");
        }
        in.lead_name = p.name;
    }
    if (due.year && (!lead || date_cmp(due, clock_today()) < 0)) {
        return lead ? REFUSE(ERR_INVALID, "due_on", "Hạn không được trước hôm nay.")
                    : REFUSE(ERR_INVALID, "lead", "Có hạn thì phải có người làm.");
    }
    TRY(meeting_agendas(db_reading(db), (struct meeting_agendas_in){.meeting = seen.m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        in.agenda = str_eq(rows.at[i].state, S("now")) ? rows.at[i].id : in.agenda;
    }
    TRY(meeting_conclusion_insert(db, in, NULL));
    TRY(meeting_step(db, who, id, "meeting.conclusion", text));
    return meeting_done(db, id, "meeting.conclusion");
}

struct err meeting_conclusion_drop(struct db_write *db, const struct who *who, int64_t id, int64_t conclusion) {
    struct meeting_seen seen;
    int64_t n = 0;
    struct meeting_conclusion_delete_in in = {.id = {conclusion}, .meeting = {id}};
    TRY(meeting_run(db, who, id, "open|paused|closed", &seen));
    TRY(meeting_conclusion_delete(db, in, &n));
    return n ? meeting_done(db, id, "meeting.conclusion") : FAIL(ERR_MISSING, "no such conclusion, or a task already");
}

/* A record has one who leads, so each conclusion is a record of its own, given by who ran the meeting. */
static struct err assign_one(struct db_write *db, const struct task_by *by, const struct meeting_find_row *m,
                             const struct meeting_conclusions_row *c) {
    struct arena *a = db_write_arena(db);
    struct task_directive_id directive;
    TRY(access_give(db, &(struct access_grant_new){.kind = S("meeting_conclusion"),
                                                   .record = c->id.v,
                                                   .principal = by->who->post.v,
                                                   .can = CAN_READ | CAN_MANAGE | CAN_APPROVE}));
    struct task_new task = {.kind = S("meeting_conclusion"),
                            .record = c->id.v,
                            .title = str_format(a, "Kết luận: %.*s", STR_ARG(m->title)),
                            .text = str_format(a, "%.*s (Kết luận cuộc họp ngày %.*s.)", STR_ARG(c->text),
                                               STR_ARG(date_vi(a, date_of(m->starts_at)))),
                            .lead = c->lead,
                            .due_on = c->due_on};
    TRY(task_assign(db, by, &task, &directive));
    return meeting_conclusion_given(db, (struct meeting_conclusion_given_in){.id = c->id, .directive = directive},
                                    NULL);
}

struct err meeting_assign(struct db_write *db, const struct who *who, const struct modules *app, int64_t id,
                          int64_t *n) {
    struct meeting_seen seen;
    struct meeting_conclusions_rows rows;
    TRY(meeting_run(db, who, id, "open|paused|closed", &seen));
    TRY(meeting_conclusions(db_reading(db), (struct meeting_conclusions_in){.meeting = {id}}, &rows));
    *n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].lead && !rows.at[i].directive.v) {
            TRY(assign_one(db, &(struct task_by){who, app}, seen.m, &rows.at[i]));
            ++*n;
        }
    }
    return *n ? meeting_done(db, id, "meeting.task")
              : REFUSE(ERR_CONFLICT, "", "Không còn kết luận nào chờ giao. Kết luận cần có người làm mới giao được.");
}

/* ---- Rooms */

enum { QUARTER_MS = 15 * 60 * 1000 };

struct err meeting_book(struct db_write *db, struct meeting_item_id id, struct meeting_room_id room,
                        struct instant starts_at, struct instant ends_at) {
    struct meeting_slot_taken_row *taken;
    struct arena *a = db_write_arena(db);
    int64_t first = starts_at.ms / QUARTER_MS, last = (ends_at.ms + QUARTER_MS - 1) / QUARTER_MS - 1;
    TRY(meeting_slot_free(db, (struct meeting_slot_free_in){.meeting = id}, NULL));
    if (!room.v) {
        return OK;
    }
    TRY(meeting_slot_taken(db_reading(db),
                           (struct meeting_slot_taken_in){.room = room, .first = first, .last = last, .meeting = id},
                           &taken));
    if (taken) {
        return err_refuse(
            a, ERR_CONFLICT, "room", "Phòng đã có cuộc họp từ %.*s đến %.*s. Mời chọn phòng hoặc giờ khác.",
            STR_ARG(meeting_clock_words(a, taken->starts_at)), STR_ARG(meeting_clock_words(a, taken->ends_at)));
    }
    for (int64_t q = first; q <= last; q++) {
        TRY(meeting_slot_take(db, (struct meeting_slot_take_in){.room = room, .quarter = q, .meeting = id}, NULL));
    }
    return OK;
}

/* A room is no meeting: the trail names it by a kind of its own. */
static struct err room_done(struct db_write *db, int64_t room) {
    return act_done(db, &(struct act){.verb = S("meeting.room"), .kind = S("meeting_room"), .record = room});
}

struct err meeting_room_make(struct db_write *db, const struct who *who, const struct meeting_room_words *w,
                             struct meeting_room_id *id) {
    struct meeting_room_insert_in in = {.id = {id_new()},
                                        .organ = who->organ.v,
                                        .name = w->name,
                                        .seats = w->seats,
                                        .note = w->note,
                                        .changed_at = clock_now()};
    TRY(meeting_room_insert(db, in, NULL));
    *id = in.id;
    return room_done(db, in.id.v);
}

struct err meeting_room_change(struct db_write *db, const struct who *who, int64_t id,
                               const struct meeting_room_words *w) {
    struct meeting_room_by_id_row *row;
    int64_t changed = 0;
    TRY(meeting_room_by_id(db_reading(db), (struct meeting_room_by_id_in){.id = {id}, .organ = who->organ.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such room in this organ");
    }
    struct meeting_room_update_in in = {.id = row->id,
                                        .organ = who->organ.v,
                                        .name = w->name,
                                        .seats = w->seats,
                                        .note = w->note,
                                        .is_closed = w->is_closed,
                                        .version = w->version,
                                        .changed_at = clock_now()};
    TRY(meeting_room_update(db, in, &changed));
    return changed ? room_done(db, id) : org_stale(db_reading(db), w->version, 0, (struct instant){0});
}
