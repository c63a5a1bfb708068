#include "tests/db.h"

#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/rights/access.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"

#include "base/time.h"
#include "base/utf8.h"

enum { CLERK, CHAIR, OFFICER, SECOND, STRANGER, PEOPLE };
struct office {
    struct db_write *w;
    struct unit_id organ, other;
    struct who who[PEOPLE];
};
static const struct date day = {2026, 11, 6};

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit,
                                             .title = S("Chuyên viên"),
                                             .roles = ROLE_OFFICER,
                                             .from_on = date_plus(day, -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, day, who);
}

static struct err unit(struct db_write *w, struct str code, struct unit_id *id) {
    return org_unit_make(w, &(struct org_unit_new){.code = code, .kind = S("front"), .level = S("city"), .name = code},
                         id);
}

static struct err open_office(struct db *db, struct arena *arena, struct office *o) {
    static const struct str names[] = {S_INIT("Hoàng Vân"), S_INIT("Đào Công"), S_INIT("Trần Minh"), S_INIT("Lê Hoa")};
    *o = (struct office){0};
    clock_freeze(date_at(day, 9, 0));
    TRY(db_begin_write(db, arena, &o->w));
    TRY(org_seed(o->w, arena));
    TRY(unit(o->w, S("T1"), &o->organ));
    TRY(unit(o->w, S("T2"), &o->other));
    for (int i = 0; i < STRANGER; i++) {
        TRY(somebody(o->w, o->organ, names[i], &o->who[i]));
    }
    return somebody(o->w, o->other, S("Cao Biển"), &o->who[STRANGER]);
}

static struct meeting_words words(const struct office *o, const char *kind) {
    return (struct meeting_words){.kind = str_of(kind),
                                  .title = S("Họp thử"),
                                  .starts_at = date_at(day, 9, 0),
                                  .ends_at = date_at(day, 11, 0),
                                  .chair = o->who[CHAIR].post,
                                  .secretary = o->who[CLERK].post};
}

/* Chair, officer and second vote; the clerk keeps the minutes. */
static struct err invited(struct office *o, const char *kind, int64_t *id) {
    struct meeting_item_id made;
    struct meeting_words w = words(o, kind);
    int64_t people[] = {o->who[OFFICER].post.v, o->who[SECOND].post.v};
    TRY(meeting_make(o->w, &o->who[CLERK], &w, &made));
    TRY(meeting_invite_posts(o->w, &o->who[CLERK], made.v, (struct db_ids){people, 2}, true));
    *id = made.v;
    return meeting_move(o->w, &o->who[CLERK], made.v, "invitation", S(""));
}

static struct err opened(struct office *o, const char *kind, int64_t *id) {
    TRY(invited(o, kind, id));
    for (int i = CHAIR; i <= SECOND; i++) {
        TRY(meeting_presence(o->w, &o->who[i], *id, 0, false));
    }
    return meeting_move(o->w, &o->who[CLERK], *id, "opening", S(""));
}

TEST_DB("meeting: a room is not booked twice, not even around the rules") {
    struct office o;
    struct meeting_room_id room;
    struct meeting_item_id first, second;
    CHECK_OK(open_office(db, arena, &o));
    struct meeting_words w = words(&o, "standing");
    CHECK_OK(meeting_room_make(o.w, &o.who[CLERK], &(struct meeting_room_words){.name = S("A2"), .seats = 20}, &room));
    w.room = room;
    CHECK_OK(meeting_make(o.w, &o.who[CLERK], &w, &first));
    w.starts_at = date_at(day, 10, 59);
    w.ends_at = date_at(day, 12, 0);
    CHECK_ERR(meeting_make(o.w, &o.who[OFFICER], &w, &second), ERR_CONFLICT);
    w.starts_at = date_at(day, 11, 0);
    CHECK_OK(meeting_make(o.w, &o.who[OFFICER], &w, &second));
    CHECK_OK(meeting_move(o.w, &o.who[CLERK], first.v, "cancellation", S("Hoãn")));
    w.starts_at = date_at(day, 9, 30);
    w.ends_at = date_at(day, 10, 0);
    CHECK_OK(meeting_make(o.w, &o.who[OFFICER], &w, &second));
    struct meeting_slot_take_in in = {.room = room, .quarter = date_at(day, 9, 30).ms / 900000, .meeting = second};
    CHECK_ERR(meeting_slot_take(o.w, in, NULL), ERR_CONFLICT);
    db_rollback(o.w);
}

TEST_DB("meeting: a plan is not there for who is invited until the invitations are out, and never for another organ") {
    struct office o;
    struct meeting_item_id id;
    struct meeting_seen seen;
    CHECK_OK(open_office(db, arena, &o));
    struct meeting_words w = words(&o, "standing");
    CHECK_OK(meeting_make(o.w, &o.who[CLERK], &w, &id));
    CHECK_OK(meeting_invite_posts(o.w, &o.who[CLERK], id.v, (struct db_ids){&o.who[OFFICER].post.v, 1}, true));
    CHECK_ERR(meeting_see(db_reading(o.w), &o.who[OFFICER], id.v, &seen), ERR_MISSING);
    CHECK_OK(meeting_move(o.w, &o.who[CHAIR], id.v, "invitation", S("")));
    CHECK_OK(meeting_see(db_reading(o.w), &o.who[OFFICER], id.v, &seen));
    CHECK(seen.seat && !seen.runs);
    CHECK_ERR(meeting_see(db_reading(o.w), &o.who[STRANGER], id.v, &seen), ERR_MISSING);
    CHECK_ERR(meeting_move(o.w, &o.who[OFFICER], id.v, "opening", S("")), ERR_DENIED);
    db_rollback(o.w);
}

TEST_DB("meeting: it is opened with the quorum only, and who left or sent another does not count") {
    struct office o;
    int64_t id;
    struct meeting_count c;
    struct meeting_seen seen;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(invited(&o, "standing", &id));
    CHECK_ERR(meeting_move(o.w, &o.who[CLERK], id, "opening", S("")), ERR_CONFLICT);
    struct meeting_answer other = {.answer = S("other"), .reason = S("Bận"), .stand_in = o.who[CLERK].post};
    CHECK_ERR(meeting_answer(o.w, &o.who[SECOND], id, &other), ERR_INVALID);
    CHECK_OK(meeting_presence(o.w, &o.who[CHAIR], id, 0, false));
    CHECK_OK(meeting_presence(o.w, &o.who[OFFICER], id, 0, false));
    CHECK_OK(meeting_move(o.w, &o.who[CLERK], id, "opening", S("")));
    CHECK_OK(meeting_see(db_reading(o.w), &o.who[OFFICER], id, &seen));
    CHECK_OK(meeting_presence(o.w, &o.who[CLERK], id, seen.seat->id.v, true));
    CHECK_OK(meeting_counted(db_reading(o.w), seen.m, &c));
    CHECK(c.heads.summoned == 3 && c.heads.present == 1 && c.need == 2 && !c.is_quorate);
    int64_t vote;
    CHECK_ERR(meeting_vote_begin(o.w, &o.who[CLERK], id, S("Nhất trí"), S("open"), &vote), ERR_CONFLICT);
    db_rollback(o.w);
}

TEST_DB("meeting: one votes once by name, may change and take it back until it is closed, and then no more") {
    struct office o;
    int64_t id, vote, again;
    struct meeting_vote_by_id_row *v;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(opened(&o, "standing", &id));
    CHECK_OK(meeting_vote_begin(o.w, &o.who[CLERK], id, S("Nhất trí"), S("open"), &vote));
    CHECK_ERR(meeting_vote_begin(o.w, &o.who[CHAIR], id, S("Nhất trí"), S("open"), &again), ERR_CONFLICT);
    CHECK_OK(meeting_vote_say(o.w, &o.who[CHAIR], id, vote, S("no")));
    CHECK_OK(meeting_vote_say(o.w, &o.who[CHAIR], id, vote, S("yes")));
    CHECK_OK(meeting_vote_say(o.w, &o.who[OFFICER], id, vote, S("yes")));
    CHECK_OK(meeting_vote_say(o.w, &o.who[OFFICER], id, vote, S("none")));
    CHECK_OK(meeting_vote_say(o.w, &o.who[OFFICER], id, vote, S("yes")));
    CHECK_ERR(meeting_vote_say(o.w, &o.who[CLERK], id, vote, S("yes")), ERR_DENIED);
    CHECK_OK(meeting_vote_close(o.w, &o.who[CLERK], id, vote));
    CHECK_ERR(meeting_vote_say(o.w, &o.who[SECOND], id, vote, S("no")), ERR_CONFLICT);
    CHECK_ERR(meeting_vote_close(o.w, &o.who[CLERK], id, vote), ERR_CONFLICT);
    CHECK_OK(meeting_vote_by_id(db_reading(o.w), (struct meeting_vote_by_id_in){.id = {vote}, .meeting = {id}}, &v));
    CHECK(v->yes == 2 && v->no == 0 && v->need == 2 && v->is_carried);
    db_rollback(o.w);
}

TEST_DB("meeting: stamped paper closes only when all sums agree, and not by who counted; an electronic vote is refused "
        "there") {
    struct office o;
    int64_t id, vote;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(opened(&o, "voters", &id));
    CHECK_ERR(meeting_vote_begin(o.w, &o.who[CLERK], id, S("Tín nhiệm"), S("open"), &vote), ERR_INVALID);
    CHECK_OK(meeting_vote_begin(o.w, &o.who[CLERK], id, S("Tín nhiệm"), S("paper"), &vote));
    struct meeting_tally t = {.issued = 3, .back = 2, .missed = 0, .valid = 2, .yes = 2};
    CHECK_ERR(meeting_vote_tally(o.w, &o.who[CLERK], id, vote, &t), ERR_INVALID);
    t.missed = 1;
    t.invalid = 1;
    CHECK_ERR(meeting_vote_tally(o.w, &o.who[CLERK], id, vote, &t), ERR_INVALID);
    t.invalid = 0;
    t.no = 1;
    CHECK_ERR(meeting_vote_tally(o.w, &o.who[CLERK], id, vote, &t), ERR_INVALID);
    CHECK_ERR(meeting_vote_close(o.w, &o.who[CHAIR], id, vote), ERR_CONFLICT);
    t.no = 0;
    CHECK_OK(meeting_vote_tally(o.w, &o.who[CLERK], id, vote, &t));
    CHECK_ERR(meeting_vote_close(o.w, &o.who[CLERK], id, vote), ERR_CONFLICT);
    CHECK_OK(meeting_vote_close(o.w, &o.who[CHAIR], id, vote));
    db_rollback(o.w);
}

TEST_DB("meeting: who speaks is one at a time, in the order of asking or as the chair puts it") {
    struct office o;
    int64_t id;
    struct meeting_speeches_rows rows;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(opened(&o, "briefing", &id));
    CHECK_OK(meeting_speech_ask(o.w, &o.who[OFFICER], id, S("speak"), S(""), 3));
    CHECK_ERR(meeting_speech_ask(o.w, &o.who[OFFICER], id, S("speak"), S(""), 3), ERR_CONFLICT);
    CHECK_OK(meeting_speech_ask(o.w, &o.who[SECOND], id, S("speak"), S(""), 3));
    CHECK_OK(meeting_speeches(db_reading(o.w), (struct meeting_speeches_in){.meeting = {id}}, &rows));
    int64_t first = rows.at[0].id.v, second = rows.at[1].id.v;
    CHECK_ERR(meeting_speech_act(o.w, &o.who[OFFICER], id, second, "call"), ERR_DENIED);
    CHECK_OK(meeting_speech_act(o.w, &o.who[CHAIR], id, second, "first"));
    CHECK_OK(meeting_speech_act(o.w, &o.who[CHAIR], id, second, "call"));
    CHECK_OK(meeting_speech_act(o.w, &o.who[CHAIR], id, first, "call"));
    CHECK_OK(meeting_speeches(db_reading(o.w), (struct meeting_speeches_in){.meeting = {id}}, &rows));
    CHECK(rows.n == 2 && rows.at[0].id.v == first && str_eq(rows.at[0].state, S("speaking")));
    CHECK(str_eq(rows.at[1].state, S("done")));
    CHECK(rows.at[0].until_at.ms - rows.at[0].began_at.ms == 180000);
    db_rollback(o.w);
}

TEST_DB("meeting: conclusions that somebody is to do become tasks, once") {
    struct office o;
    int64_t id, n;
    struct meeting_conclusions_rows rows;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(opened(&o, "briefing", &id));
    CHECK_OK(meeting_conclude(o.w, &o.who[CLERK], id, S("Rà soát"), o.who[OFFICER].post.v, date_plus(day, 5)));
    CHECK_OK(meeting_conclude(o.w, &o.who[CLERK], id, S("Tổng hợp"), o.who[SECOND].post.v, (struct date){0}));
    CHECK_OK(meeting_conclude(o.w, &o.who[CLERK], id, S("Biểu dương"), 0, (struct date){0}));
    CHECK_ERR(meeting_conclude(o.w, &o.who[CLERK], id, S("Khác"), o.who[STRANGER].post.v, (struct date){0}),
              ERR_INVALID);
    CHECK_OK(meeting_assign(o.w, &o.who[CHAIR], NULL, id, &n));
    CHECK(n == 2);
    CHECK_ERR(meeting_assign(o.w, &o.who[CHAIR], NULL, id, &n), ERR_CONFLICT);
    CHECK_OK(meeting_conclusions(db_reading(o.w), (struct meeting_conclusions_in){.meeting = {id}}, &rows));
    CHECK(rows.n == 3 && rows.at[0].task_part && rows.at[1].task_part && !rows.at[2].task_part);
    CHECK_STR(rows.at[0].task_state, S("waiting"));
    CHECK_ERR(meeting_conclusion_drop(o.w, &o.who[CLERK], id, rows.at[0].id.v), ERR_MISSING);
    db_rollback(o.w);
}

TEST_DB("meeting: a change made before another's is a conflict, and who was invited hears of a new hour") {
    struct office o;
    int64_t id;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(invited(&o, "standing", &id));
    struct meeting_words w = words(&o, "standing");
    w.version = 1;
    w.starts_at = date_at(day, 9, 30);
    CHECK_OK(meeting_change(o.w, &o.who[CHAIR], id, &w));
    CHECK_ERR(meeting_change(o.w, &o.who[CLERK], id, &w), ERR_CONFLICT);
    db_rollback(o.w);
}

TEST("meeting: an hour is read as people type it") {
    static const struct {
        const char *typed;
        int minute;
    } good[] = {{"8:30", 510}, {"08h30", 510}, {"14h", 840}, {" 7g05 ", 425}, {"23:59", 1439}};
    int minute;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(meeting_clock_read(str_of(good[i].typed), &minute) && minute == good[i].minute);
    }
    static const char *const bad[] = {"", "8", "24:00", "8:60", "tám giờ", "8:3x", "-1:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!meeting_clock_read(str_of(bad[i]), &minute));
    }
}

TEST("meeting: a calendar's lines are at most 75 bytes, whole letters, and unfold to what was said") {
    struct str title = S("Hội nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Hải Phòng lần thứ tư; bàn việc cuối năm, "
                         "hiệp thương cử bổ sung Ủy viên Ủy ban nhiệm kỳ 2025 - 2030");
    struct str ics = meeting_ics(arena, &(struct meeting_ics){.id = 7,
                                                              .version = 2,
                                                              .title = title,
                                                              .note = S("Dòng một\nDòng hai"),
                                                              .starts_at = date_at((struct date){2026, 12, 10}, 8, 30),
                                                              .ends_at = date_at((struct date){2026, 12, 10}, 11, 0),
                                                              .at = date_at(day, 9, 0)});
    struct str rest = ics, line;
    while (str_next(&rest, '\n', &line)) {
        CHECK(!line.len || (line.len <= 76 && line.at[line.len - 1] == '\r'));
        CHECK(utf8_valid(line));
    }
    CHECK(str_find(ics, S("DTSTART:20261210T013000Z\r\n"), 0) != SIZE_MAX);
    CHECK(str_find(ics, S("DESCRIPTION:Dòng một\\nDòng hai\r\n"), 0) != SIZE_MAX);
    struct buf b = buf_in(arena);
    while (str_cut(ics, S("\r\n "), &line, &rest)) {
        buf_put(&b, line);
        ics = rest;
    }
    buf_put(&b, ics);
    CHECK(str_find(buf_str(&b), S("lần thứ tư\\; bàn việc cuối năm\\, hiệp thương"), 0) != SIZE_MAX);
}
