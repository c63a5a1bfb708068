/* Who comes: invitations to posts, whole units and guests; answers and stand-ins; coming and going. */
#include "kernel/db/id.h"
#include "kernel/rights/access.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { PEOPLE_MOST = 800, NAME_MOST = 120 };

struct err meeting_person_rights(struct db_write *db, int64_t meeting, int64_t post) {
    struct meeting_seat_row *seat;
    if (!post) {
        return OK;
    }
    TRY(meeting_seat(db_reading(db), (struct meeting_seat_in){.meeting = {meeting}, .of = post}, &seat));
    return seat
               ? access_give(db,
                             &(struct access_grant_new){
                                 .kind = S("meeting"), .record = meeting, .principal = post, .can = CAN_READ | CAN_ACT})
               : OK;
}

static struct err sit(struct db_write *db, struct meeting_item_id meeting, struct meeting_person_insert_in *in) {
    struct arena *a = db_write_arena(db);
    in->id = (struct meeting_person_id){id_new()};
    in->meeting = meeting;
    in->place = in->post ? in->post : in->id.v;
    in->sort_key = utf8_name_key(a, in->name);
    return meeting_person_insert(db, *in, NULL);
}

static struct err sit_post(struct db_write *db, const struct meeting_find_row *m, struct post_id post, bool is_voter) {
    struct arena *a = db_write_arena(db);
    struct org_post p;
    TRY(org_post(db_reading(db), post, &p));
    struct meeting_person_insert_in in = {.post = post.v,
                                          .name = p.person_name,
                                          .words = str_format(a, "%.*s, %.*s", STR_ARG(p.title), STR_ARG(p.unit_name)),
                                          .is_voter = is_voter};
    TRY(sit(db, m->id, &in));
    if (str_eq(m->state, S("plan"))) {
        return OK;
    }
    TRY(meeting_person_rights(db, m->id.v, post.v));
    return meeting_tell(
        db, m->id.v, "meeting.invited", post.v,
        str_format(a, "Mời họp: %.*s, %.*s", STR_ARG(m->title), STR_ARG(meeting_clock_words(a, m->starts_at))));
}

static struct err seats_left(struct db_read *db, struct meeting_item_id id, int64_t more) {
    struct meeting_present_row *row;
    TRY(meeting_present(db, (struct meeting_present_in){.meeting = id}, &row));
    return row->n + more <= PEOPLE_MOST ? OK
                                        : err_refuse(db_arena(db), ERR_INVALID, "people",
                                                     "Một cuộc họp có nhiều nhất %d người dự.", (int)PEOPLE_MOST);
}

struct err meeting_invite_posts(struct db_write *db, const struct who *who, int64_t id, struct db_ids principals,
                                bool is_voter) {
    struct db_read *r = db_reading(db);
    struct meeting_seen seen;
    TRY(meeting_run(db, who, id, "plan|invited|open|paused", &seen));
    for (size_t i = 0; i < principals.n; i++) {
        struct org_principal p;
        struct org_post_ids posts;
        TRY(org_principal(r, principals.at[i], &p));
        if (p.kind != ORG_POST && p.kind != ORG_UNIT) {
            return REFUSE(ERR_INVALID, "people", "Mời chọn người hoặc đơn vị trong danh sách.");
        }
        TRY(org_posts_of(r, principals.at[i], &posts));
        TRY(seats_left(r, seen.m->id, (int64_t)posts.n));
        for (size_t n = 0; n < posts.n; n++) {
            TRY(sit_post(db, seen.m, posts.at[n], is_voter));
        }
    }
    TRY(meeting_papers_touch(db, seen.m->id));
    return principals.n ? meeting_done(db, id, "meeting.person") : OK;
}

struct err meeting_invite_guests(struct db_write *db, const struct who *who, int64_t id, struct str lines,
                                 bool is_voter) {
    struct meeting_seen seen;
    struct str rest = lines, line, name, words;
    int64_t n = 0;
    TRY(meeting_run(db, who, id, "plan|invited|open|paused", &seen));
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        str_cut(line, S(","), &name, &words);
        if (!line.len) {
            continue;
        }
        if (!name.len || name.len > NAME_MOST * 4) {
            return REFUSE(ERR_INVALID, "guests", "Mỗi dòng ghi một người: họ tên, rồi dấu phẩy và chức vụ.");
        }
        struct meeting_person_insert_in in = {.name = str_trim(name), .words = str_trim(words), .is_voter = is_voter};
        TRY(seats_left(db_reading(db), seen.m->id, 1));
        TRY(sit(db, seen.m->id, &in));
        n++;
    }
    return n ? meeting_done(db, id, "meeting.person") : OK;
}

struct err meeting_person_remove(struct db_write *db, const struct who *who, int64_t id, int64_t person) {
    struct meeting_seen seen;
    struct meeting_person_by_id_row *row;
    TRY(meeting_run(db, who, id, "plan|invited", &seen));
    TRY(meeting_person_by_id(db_reading(db), (struct meeting_person_by_id_in){.id = {person}, .meeting = {id}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such seat");
    }
    if (row->came_at.ms) {
        return REFUSE(ERR_CONFLICT, "", "Người này đã điểm danh nên không bỏ khỏi danh sách được.");
    }
    if (row->post && (row->post == seen.m->chair || row->post == seen.m->secretary)) {
        return REFUSE(ERR_CONFLICT, "", "Chủ tọa và thư ký luôn có trong danh sách. Mời đổi người ở phần Sửa.");
    }
    TRY(meeting_paper_unread(db, (struct meeting_paper_unread_in){.person = row->id}, NULL));
    TRY(meeting_person_delete(db, (struct meeting_person_delete_in){.id = row->id, .meeting = {id}}, NULL));
    if (row->post && row->post != seen.m->made_by) {
        TRY(access_take(db, id, row->post, CAN_READ));
    }
    TRY(meeting_papers_touch(db, seen.m->id));
    return meeting_done(db, id, "meeting.person_gone");
}

/* ---- Answers */

static struct err stand_in_of(struct db_write *db, const struct who *who, const struct meeting_seen *seen,
                              struct post_id post, struct str *name) {
    struct meeting_seat_row *seat;
    struct org_post p;
    if (!post.v || post.v == who->post.v) {
        return REFUSE(ERR_INVALID, "stand_in", "Mời chọn người dự thay.");
    }
    struct err e = org_post(db_reading(db), post, &p);
    if (err_is(e, ERR_MISSING) || (!e.why && (p.organ.v != who->organ.v || !p.is_in_force))) {
        return REFUSE(ERR_INVALID, "stand_in", "Mời chọn người đang giữ chức danh trong cơ quan.");
    }
    TRY(e);
    TRY(meeting_seat(db_reading(db), (struct meeting_seat_in){.meeting = seen->m->id, .of = post.v}, &seat));
    if (seat && seat->id.v != seen->seat->id.v) {
        return REFUSE(ERR_INVALID, "stand_in",
                      "Người này đã được mời hoặc đã dự thay người khác. Mời chọn người khác.");
    }
    *name = p.person_name;
    return OK;
}

static struct err take_back(struct db_write *db, const struct meeting_seen *seen, int64_t stand_in) {
    return seen->seat->stand_in && seen->seat->stand_in != stand_in
               ? access_take(db, seen->m->id.v, seen->seat->stand_in, CAN_READ)
               : OK;
}

struct err meeting_answer(struct db_write *db, const struct who *who, int64_t id, const struct meeting_answer *answer) {
    struct arena *a = db_write_arena(db);
    struct meeting_seen seen;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    if (!seen.seat || seen.is_stand_in) {
        return FAIL(ERR_DENIED, "was not invited");
    }
    if (!meeting_is(seen.m, "invited") || seen.seat->came_at.ms) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ trả lời được trước khi họp.");
    }
    struct meeting_person_answer_in in = {
        .id = seen.seat->id, .answer = answer->answer, .reason = answer->reason, .answered_at = clock_now()};
    if (!str_eq(answer->answer, S("yes")) && !answer->reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do.");
    }
    if (str_eq(answer->answer, S("other"))) {
        in.stand_in = answer->stand_in.v;
        TRY(stand_in_of(db, who, &seen, answer->stand_in, &in.stand_in_name));
    }
    TRY(meeting_person_answer(db, in, NULL));
    TRY(take_back(db, &seen, in.stand_in));
    TRY(meeting_person_rights(db, id, in.stand_in));
    TRY(meeting_tell(db, id, "meeting.invited", in.stand_in,
                     str_format(a, "Dự thay %.*s: %.*s, %.*s", STR_ARG(who->name), STR_ARG(seen.m->title),
                                STR_ARG(meeting_clock_words(a, seen.m->starts_at)))));
    TRY(meeting_papers_touch(db, seen.m->id));
    return meeting_done(db, id, "meeting.answer");
}

/* ---- Coming and going */

struct err meeting_presence(struct db_write *db, const struct who *who, int64_t id, int64_t person, bool is_out) {
    struct meeting_seen seen;
    struct meeting_person_id seat = {person};
    TRY(meeting_see(db_reading(db), who, id, &seen));
    if (person) {
        struct meeting_person_by_id_row *row;
        TRY(meeting_run(db, who, id, "invited|open|paused", &seen));
        TRY(meeting_person_by_id(db_reading(db), (struct meeting_person_by_id_in){.id = seat, .meeting = {id}}, &row));
        if (!row) {
            return FAIL(ERR_MISSING, "no such seat");
        }
    } else if (!seen.seat) {
        return FAIL(ERR_DENIED, "was not invited");
    } else {
        seat = seen.seat->id;
    }
    if (!meeting_is(seen.m, "invited|open|paused") || clock_now().ms < seen.m->starts_at.ms - 12 * INT64_C(3600000)) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ điểm danh được từ 12 giờ trước giờ họp đến khi kết thúc.");
    }
    if (is_out) {
        TRY(meeting_person_leave(db, (struct meeting_person_leave_in){.id = seat, .left_at = clock_now()}, NULL));
    } else {
        TRY(meeting_person_come(
            db,
            (struct meeting_person_come_in){.id = seat, .came_at = clock_now(), .how = person ? S("desk") : S("self")},
            NULL));
    }
    return meeting_done(db, id, "meeting.presence");
}
