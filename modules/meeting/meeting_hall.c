/* In the room: the current item, the page everybody follows, and who speaks. */
#include "kernel/db/id.h"
#include "kernel/queue/event.h"
#include "kernel/rights/access.h"
#include "modules/meeting/meeting_inside.h"

#include "base/arena.h"

#define RUNNING "open|paused"

struct err meeting_turn(struct db_write *db, const struct who *who, int64_t id, int64_t agenda) {
    struct meeting_seen seen;
    struct meeting_agenda_by_id_row *row;
    struct instant now = clock_now();
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    TRY(meeting_agenda_by_id(db_reading(db), (struct meeting_agenda_by_id_in){.id = {agenda}, .meeting = {id}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such item");
    }
    if (str_eq(row->state, S("now"))) {
        return OK;
    }
    TRY(meeting_agenda_end(db, (struct meeting_agenda_end_in){.meeting = {id}, .ended_at = now}, NULL));
    TRY(meeting_agenda_begin(db, (struct meeting_agenda_begin_in){.id = row->id, .meeting = {id}, .began_at = now},
                             NULL));
    TRY(meeting_speech_stop(db, (struct meeting_speech_stop_in){.meeting = {id}, .ended_at = now}, NULL));
    return meeting_done(db, id, "meeting.turn");
}

/* Turning pages is heard by open pages only: the trail would hold nothing else. */
struct err meeting_show_page(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t page) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *row;
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    if (paper) {
        TRY(meeting_paper_see(db_reading(db), &seen, paper, &row));
        if (!str_eq(row->open_to, S("all"))) {
            return REFUSE(ERR_CONFLICT, "", "Tài liệu này chỉ gửi cho một số người nên không chiếu chung.");
        }
    }
    TRY(meeting_live_set(
        db, (struct meeting_live_set_in){.meeting = {id}, .paper = {paper}, .page = page > 0 ? page : 1}, NULL));
    return event_emit(db, &(struct event){.kind = S("meeting.page"), .record = id});
}

/* ---- Speaking */

static struct err current_item(struct db_read *db, struct meeting_item_id id, struct meeting_agenda_id *now) {
    struct meeting_agendas_rows rows;
    TRY(meeting_agendas(db, (struct meeting_agendas_in){.meeting = id}, &rows));
    *now = (struct meeting_agenda_id){0};
    for (size_t i = 0; i < rows.n; i++) {
        *now = str_eq(rows.at[i].state, S("now")) ? rows.at[i].id : *now;
    }
    return OK;
}

static struct err may_ask(struct db_read *db, const struct meeting_seen *seen, struct str kind) {
    struct meeting_speech_waiting_row *waiting;
    if (!seen->seat) {
        return FAIL(ERR_DENIED, "was not invited");
    }
    if (!meeting_is(seen->m, RUNNING)) {
        return REFUSE(ERR_CONFLICT, "", "Cuộc họp chưa khai mạc hoặc đã kết thúc.");
    }
    if (!seen->seat->came_at.ms || seen->seat->left_at.ms) {
        return REFUSE(ERR_CONFLICT, "", "Mời điểm danh trước khi đăng ký.");
    }
    TRY(meeting_speech_waiting(
        db, (struct meeting_speech_waiting_in){.meeting = seen->m->id, .person = seen->seat->id, .kind = kind},
        &waiting));
    return waiting ? REFUSE(ERR_CONFLICT, "", "Bạn đã đăng ký và đang chờ tới lượt.") : OK;
}

struct err meeting_speech_ask(struct db_write *db, const struct who *who, int64_t id, struct str kind, struct str text,
                              int64_t minutes) {
    struct meeting_seen seen;
    struct meeting_speech_ends_row *ends;
    struct meeting_speech_insert_in in = {.id = {id_new()},
                                          .meeting = {id},
                                          .kind = kind,
                                          .text = text,
                                          .minutes = minutes ? minutes : 3,
                                          .asked_at = clock_now()};
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(may_ask(db_reading(db), &seen, kind));
    if (str_eq(kind, S("question")) && !text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi câu hỏi chất vấn.");
    }
    TRY(current_item(db_reading(db), seen.m->id, &in.agenda));
    TRY(meeting_speech_ends(db_reading(db), (struct meeting_speech_ends_in){.meeting = seen.m->id}, &ends));
    in.person = seen.seat->id;
    in.place = ends->last + 1;
    TRY(meeting_speech_insert(db, in, NULL));
    return meeting_done(db, id, "meeting.speech");
}

static struct err call(struct db_write *db, const struct meeting_speech_by_id_row *s, int64_t meeting) {
    struct instant now = clock_now();
    if (!str_eq(s->state, S("asked"))) {
        return REFUSE(ERR_CONFLICT, "", "Người này không còn chờ phát biểu.");
    }
    TRY(meeting_speech_stop(db, (struct meeting_speech_stop_in){.meeting = {meeting}, .ended_at = now}, NULL));
    struct instant until = {now.ms + s->minutes * INT64_C(60000)};
    return meeting_speech_call(db, (struct meeting_speech_call_in){.id = s->id, .began_at = now, .until_at = until},
                               NULL);
}

/* A minute more from now on, when the time has run out already. */
static struct err more(struct db_write *db, const struct meeting_speech_by_id_row *s) {
    int64_t now = clock_now().ms, from = s->until_at.ms > now ? s->until_at.ms : now;
    if (!str_eq(s->state, S("speaking"))) {
        return REFUSE(ERR_CONFLICT, "", "Người này không còn phát biểu.");
    }
    return meeting_speech_more(db, (struct meeting_speech_more_in){.id = s->id, .until_at = {from + 60000}}, NULL);
}

static struct err first(struct db_write *db, const struct meeting_speech_by_id_row *s, int64_t meeting) {
    struct meeting_speech_ends_row *ends;
    TRY(meeting_speech_ends(db_reading(db), (struct meeting_speech_ends_in){.meeting = {meeting}}, &ends));
    return meeting_speech_first(db, (struct meeting_speech_first_in){.id = s->id, .place = ends->first - 1}, NULL);
}

struct err meeting_speech_act(struct db_write *db, const struct who *who, int64_t id, int64_t speech, const char *act) {
    struct meeting_seen seen;
    struct meeting_speech_by_id_row *s;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(meeting_speech_by_id(db_reading(db), (struct meeting_speech_by_id_in){.id = {speech}, .meeting = {id}}, &s));
    if (!s) {
        return FAIL(ERR_MISSING, "no such speech");
    }
    bool is_drop = !strcmp(act, "drop"), is_own = seen.seat && seen.seat->id.v == s->person.v;
    if (!is_drop || !is_own) {
        TRY(meeting_run(db, who, id, RUNNING, &seen));
    }
    if (is_drop) {
        TRY(meeting_speech_drop(db, (struct meeting_speech_drop_in){.id = s->id, .ended_at = clock_now()}, NULL));
    } else if (!strcmp(act, "call")) {
        TRY(call(db, s, id));
    } else if (!strcmp(act, "more")) {
        TRY(more(db, s));
    } else {
        TRY(first(db, s, id));
    }
    return meeting_done(db, id, "meeting.floor");
}

struct err meeting_speech_end(struct db_write *db, const struct who *who, int64_t id) {
    struct meeting_seen seen;
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    TRY(meeting_speech_stop(db, (struct meeting_speech_stop_in){.meeting = {id}, .ended_at = clock_now()}, NULL));
    return meeting_done(db, id, "meeting.floor");
}
