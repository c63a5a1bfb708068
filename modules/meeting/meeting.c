#include "modules/meeting/meeting_inside.h"

#include "kernel/db/id.h"
#include "kernel/page/html.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/record/bind.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/task/task.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { RUNS = CAN_READ | CAN_ACT | CAN_MANAGE | CAN_APPROVE };

const struct move meeting_moves[] = {
    {.verb = "invitation", .label = "Gửi giấy mời", .from = "plan", .to = "invited", .right = CAN_MANAGE},
    {.verb = "opening", .label = "Khai mạc", .from = "plan|invited", .to = "open", .right = CAN_MANAGE},
    {.verb = "pause", .label = "Tạm dừng", .from = "open", .to = "paused", .right = CAN_MANAGE},
    {.verb = "resumption", .label = "Họp tiếp", .from = "paused", .to = "open", .right = CAN_MANAGE},
    {.verb = "closing", .label = "Kết thúc", .from = "open|paused", .to = "closed", .right = CAN_MANAGE},
    {.verb = "cancellation", .label = "Hủy họp", .from = "plan|invited", .to = "cancelled", .right = CAN_MANAGE},
    {0},
};

const struct thread_verb meeting_thread_verbs[] = {
    {"meeting.add", "Lên kế hoạch họp.", false},
    {"meeting.change", "Sửa kế hoạch.", false},
    {"meeting.invitation", "Gửi giấy mời.", false},
    {"meeting.opening", "Khai mạc.", false},
    {"meeting.pause", "Tạm dừng.", false},
    {"meeting.resumption", "Họp tiếp.", false},
    {"meeting.closing", "Kết thúc.", false},
    {"meeting.cancellation", "Hủy họp.", false},
    {"meeting.paper", "Thêm tài liệu.", false},
    {"meeting.carried", "Biểu quyết xong.", false},
    {"meeting.annulled", "Hủy một lần biểu quyết.", false},
    {"meeting.conclusion", "Ghi kết luận.", false},
    {NULL, NULL, false},
};

bool meeting_is(const struct meeting_find_row *m, const char *states) {
    return move_fits(&(struct move){.from = states}, m->state);
}

struct err meeting_see(struct db_read *db, const struct who *who, int64_t id, struct meeting_seen *seen) {
    struct meeting_find_row *m;
    struct meeting_seat_row *seat;
    unsigned bits = 0;
    TRY(meeting_find(db, (struct meeting_find_in){.id = {id}, .post = who->post.v}, &m));
    if (!m) {
        return FAIL(ERR_MISSING, "no such meeting for this post");
    }
    TRY(access_bits(db, id, who->post.v, &bits));
    TRY(meeting_seat(db, (struct meeting_seat_in){.meeting = m->id, .of = who->post.v}, &seat));
    *seen = (struct meeting_seen){
        .m = m, .seat = seat, .runs = (bits & CAN_MANAGE) != 0, .is_stand_in = seat && seat->post != who->post.v};
    return OK;
}

struct err meeting_run(struct db_write *db, const struct who *who, int64_t id, const char *states,
                       struct meeting_seen *seen) {
    TRY(meeting_see(db_reading(db), who, id, seen));
    if (!seen->runs) {
        return FAIL(ERR_DENIED, "another's meeting");
    }
    if (!meeting_is(seen->m, states)) {
        return err_refuse(db_write_arena(db), ERR_CONFLICT, "", "Cuộc họp %.*s nên không làm được việc này.",
                          STR_ARG(utf8_lower(db_write_arena(db), meeting_state_name(seen->m->state))));
    }
    return OK;
}

struct err meeting_done(struct db_write *db, int64_t meeting, const char *verb) {
    return act_done(db, &(struct act){.verb = str_of(verb), .record = meeting});
}

struct err meeting_step(struct db_write *db, const struct who *who, int64_t meeting, const char *verb,
                        struct str text) {
    return thread_add(db, who,
                      &(struct thread_new){.kind = S("meeting"), .record = meeting, .verb = verb, .text = text}, NULL);
}

struct err meeting_tell(struct db_write *db, int64_t meeting, const char *event, int64_t to, struct str words) {
    struct buf b = buf_in(db_write_arena(db));
    if (!to) {
        return OK;
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(words, 300));
    BUF_LIT(&b, "}");
    return event_emit(db, &(struct event){.kind = str_of(event), .record = meeting, .to = to, .body = buf_str(&b)});
}

/* ---- Making and changing */

static struct err check_words(struct arena *a, const struct meeting_words *w) {
    struct meeting_rule rule;
    if (!w->title.len) {
        return REFUSE(ERR_INVALID, "title", "Mời ghi tên cuộc họp.");
    }
    if (w->ends_at.ms <= w->starts_at.ms) {
        return REFUSE(ERR_INVALID, "until", "Giờ kết thúc phải sau giờ bắt đầu.");
    }
    if (w->ends_at.ms - w->starts_at.ms > INT64_C(5) * 86400000) {
        return REFUSE(ERR_INVALID, "until", "Một cuộc họp dài nhất 5 ngày. Mời chia thành nhiều cuộc.");
    }
    return meeting_rule_on(a, w->kind, date_of(w->starts_at), &rule);
}

static struct err name_of(struct db_read *db, const struct who *who, struct post_id post, const char *field,
                          struct str *name) {
    struct org_post p;
    if (!post.v) {
        *name = S("");
        return OK;
    }
    struct err e = org_post(db, post, &p);
    if (err_is(e, ERR_MISSING) || (!e.why && (p.organ.v != who->organ.v || !p.is_in_force))) {
        return err_refuse(db_arena(db), ERR_INVALID, field, "Mời chọn người đang giữ chức danh trong cơ quan.");
    }
    TRY(e);
    *name = p.person_name;
    return OK;
}

static struct err give_runners(struct db_write *db, int64_t meeting, const int64_t *posts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (posts[i]) {
            TRY(access_give(db, &(struct access_grant_new){
                                    .kind = S("meeting"), .record = meeting, .principal = posts[i], .can = RUNS}));
        }
    }
    return OK;
}

static struct err room_check(struct db_write *db, const struct who *who, struct meeting_room_id room) {
    struct meeting_room_by_id_row *row;
    if (!room.v) {
        return OK;
    }
    TRY(meeting_room_by_id(db_reading(db), (struct meeting_room_by_id_in){.id = room, .organ = who->organ.v}, &row));
    return row ? OK : REFUSE(ERR_INVALID, "room", "Không có phòng này. Mời chọn lại.");
}

struct err meeting_make(struct db_write *db, const struct who *who, const struct meeting_words *w,
                        struct meeting_item_id *id) {
    struct db_read *r = db_reading(db);
    struct meeting_insert_in in = {.id = {id_new()},
                                   .kind = w->kind,
                                   .title = w->title,
                                   .note = w->note,
                                   .organ = who->organ.v,
                                   .unit = who->unit.v,
                                   .starts_at = w->starts_at,
                                   .ends_at = w->ends_at,
                                   .room = w->room,
                                   .place = w->place,
                                   .chair = w->chair.v,
                                   .secretary = w->secretary.v,
                                   .eligible = w->eligible,
                                   .is_shown = w->is_shown,
                                   .made_by = who->post.v,
                                   .made_at = clock_now()};
    TRY(check_words(db_write_arena(db), w));
    TRY(name_of(r, who, w->chair, "chair", &in.chair_name));
    TRY(name_of(r, who, w->secretary, "secretary", &in.secretary_name));
    TRY(room_check(db, who, w->room));
    TRY(meeting_insert(db, in, NULL));
    TRY(meeting_book(db, in.id, w->room, w->starts_at, w->ends_at));
    int64_t runners[] = {who->post.v, w->chair.v, w->secretary.v};
    TRY(give_runners(db, in.id.v, runners, 3));
    TRY(meeting_invite_posts(db, who, in.id.v, (struct db_ids){&w->chair.v, w->chair.v != 0}, true));
    TRY(meeting_invite_posts(db, who, in.id.v, (struct db_ids){&w->secretary.v, w->secretary.v != 0}, false));
    TRY(meeting_step(db, who, in.id.v, "meeting.add", S("")));
    *id = in.id;
    return meeting_done(db, in.id.v, "meeting.add");
}

/* Who was invited hears what is other than it was. */
static struct err tell_change(struct db_write *db, const struct meeting_find_row *m, const struct meeting_words *w) {
    struct arena *a = db_write_arena(db);
    struct meeting_people_rows people;
    bool is_time = m->starts_at.ms != w->starts_at.ms || m->ends_at.ms != w->ends_at.ms;
    bool is_place = m->room.v != w->room.v || !str_eq(m->place, w->place);
    if (str_eq(m->state, S("plan")) || (!is_time && !is_place && str_eq(m->title, w->title))) {
        return OK;
    }
    const char *what = is_time && is_place ? "Đổi giờ và nơi họp"
                       : is_time           ? "Đổi giờ họp"
                       : is_place          ? "Đổi nơi họp"
                                           : "Đổi tên cuộc họp";
    struct str words =
        str_format(a, "%s: %.*s, %.*s", what, STR_ARG(w->title), STR_ARG(meeting_clock_words(a, w->starts_at)));
    TRY(meeting_people(db_reading(db), (struct meeting_people_in){.meeting = m->id}, &people));
    for (size_t i = 0; i < people.n; i++) {
        TRY(meeting_tell(db, m->id.v, "meeting.changed", people.at[i].post, words));
    }
    return OK;
}

static struct err change_row(struct db_write *db, const struct who *who, const struct meeting_words *w,
                             struct meeting_item_id id) {
    struct db_read *r = db_reading(db);
    int64_t changed = 0;
    struct meeting_update_in in = {.id = id,
                                   .kind = w->kind,
                                   .title = w->title,
                                   .note = w->note,
                                   .starts_at = w->starts_at,
                                   .ends_at = w->ends_at,
                                   .room = w->room,
                                   .place = w->place,
                                   .chair = w->chair.v,
                                   .secretary = w->secretary.v,
                                   .eligible = w->eligible,
                                   .is_shown = w->is_shown,
                                   .version = w->version,
                                   .changed_at = clock_now()};
    TRY(name_of(r, who, w->chair, "chair", &in.chair_name));
    TRY(name_of(r, who, w->secretary, "secretary", &in.secretary_name));
    TRY(meeting_update(db, in, &changed));
    return changed ? OK : org_stale_audited(r, w->version, &(struct audit){.kind = S("meeting"), .record = id.v});
}

/* The rights of who ran it and does not any more fall to those of a seat. */
static struct err runners_turn(struct db_write *db, const struct meeting_find_row *m, const struct meeting_words *w) {
    int64_t before[] = {m->chair, m->secretary}, now[] = {m->made_by, w->chair.v, w->secretary.v};
    for (size_t i = 0; i < 2; i++) {
        if (before[i] && before[i] != now[0] && before[i] != now[1] && before[i] != now[2]) {
            TRY(access_take(db, m->id.v, before[i], RUNS));
            TRY(meeting_person_rights(db, m->id.v, before[i]));
        }
    }
    return give_runners(db, m->id.v, now, 3);
}

struct err meeting_change(struct db_write *db, const struct who *who, int64_t id, const struct meeting_words *w) {
    struct meeting_seen seen;
    struct meeting_find_row *after;
    TRY(meeting_run(db, who, id, "plan|invited", &seen));
    TRY(check_words(db_write_arena(db), w));
    TRY(room_check(db, who, w->room));
    TRY(change_row(db, who, w, seen.m->id));
    TRY(meeting_book(db, seen.m->id, w->room, w->starts_at, w->ends_at));
    TRY(runners_turn(db, seen.m, w));
    TRY(meeting_invite_posts(db, who, id, (struct db_ids){&w->chair.v, w->chair.v != 0}, true));
    TRY(meeting_invite_posts(db, who, id, (struct db_ids){&w->secretary.v, w->secretary.v != 0}, false));
    TRY(tell_change(db, seen.m, w));
    TRY(meeting_papers_touch(db, seen.m->id));
    TRY(meeting_step(db, who, id, "meeting.change", S("")));
    TRY(meeting_find(db_reading(db), (struct meeting_find_in){.id = {id}, .post = who->post.v}, &after));
    struct str was = bind_changes(db_write_arena(db), &meeting_find_row_shape, seen.m, after);
    return act_done(db, &(struct act){.verb = S("meeting.change"), .record = id, .before = was});
}

/* ---- Moves */

struct err meeting_counted(struct db_read *db, const struct meeting_find_row *m, struct meeting_count *c) {
    struct meeting_present_row *row;
    *c = (struct meeting_count){0};
    TRY(meeting_rule_on(db_arena(db), m->kind, date_of(m->starts_at), &c->rule));
    TRY(meeting_present(db, (struct meeting_present_in){.meeting = m->id}, &row));
    c->heads = (struct meeting_heads){.eligible = m->eligible, .summoned = row->summoned, .present = row->present};
    c->here = row->here;
    c->need = meeting_quorum(&c->rule, &c->heads);
    c->is_quorate = c->heads.present >= c->need;
    return OK;
}

static struct err send_invitations(struct db_write *db, const struct meeting_find_row *m) {
    struct arena *a = db_write_arena(db);
    struct meeting_people_rows people;
    struct str words =
        str_format(a, "Mời họp: %.*s, %.*s", STR_ARG(m->title), STR_ARG(meeting_clock_words(a, m->starts_at)));
    TRY(meeting_people(db_reading(db), (struct meeting_people_in){.meeting = m->id}, &people));
    for (size_t i = 0; i < people.n; i++) {
        TRY(meeting_person_rights(db, m->id.v, people.at[i].post));
        TRY(meeting_tell(db, m->id.v, "meeting.invited", people.at[i].post, words));
    }
    return m->is_shown
               ? access_give(db,
                             &(struct access_grant_new){
                                 .kind = S("meeting"), .record = m->id.v, .principal = m->organ, .can = CAN_READ})
               : OK;
}

static struct err may_open(struct db_write *db, const struct meeting_find_row *m) {
    struct meeting_count c;
    TRY(meeting_counted(db_reading(db), m, &c));
    if (c.is_quorate) {
        return OK;
    }
    return err_refuse(db_write_arena(db), ERR_CONFLICT, "",
                      "Chưa đủ túc số: có mặt %lld, cần ít nhất %lld. Mời điểm danh đủ rồi khai mạc.",
                      (long long)c.heads.present, (long long)c.need);
}

static struct err may_close(struct db_write *db, const struct meeting_find_row *m) {
    struct meeting_vote_open_row *open;
    TRY(meeting_vote_open(db_reading(db), (struct meeting_vote_open_in){.meeting = m->id}, &open));
    if (open) {
        return REFUSE(ERR_CONFLICT, "", "Còn một lần biểu quyết chưa đóng. Mời đóng hoặc hủy trước khi kết thúc.");
    }
    TRY(meeting_agenda_end(db, (struct meeting_agenda_end_in){.meeting = m->id, .ended_at = clock_now()}, NULL));
    return meeting_speech_clear(db, (struct meeting_speech_clear_in){.meeting = m->id, .ended_at = clock_now()}, NULL);
}

/* Those who were to come hear that they need not. */
static struct err call_off(struct db_write *db, const struct meeting_find_row *m, struct str reason) {
    struct arena *a = db_write_arena(db);
    struct meeting_people_rows people;
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do hủy.");
    }
    TRY(meeting_book(db, m->id, (struct meeting_room_id){0}, m->starts_at, m->ends_at));
    TRY(meeting_people(db_reading(db), (struct meeting_people_in){.meeting = m->id}, &people));
    struct str words = str_format(a, "Hủy họp: %.*s. %.*s", STR_ARG(m->title), STR_ARG(reason));
    for (size_t i = 0; i < people.n && !str_eq(m->state, S("plan")); i++) {
        TRY(meeting_tell(db, m->id.v, "meeting.called_off", people.at[i].post, words));
    }
    return OK;
}

static struct err moving(struct db_write *db, const struct meeting_find_row *m, const struct move *move,
                         struct str reason) {
    struct str to = str_of(move->to), verb = str_of(move->verb);
    bool is_first = str_eq(m->state, S("plan"));
    if (str_eq(verb, S("opening"))) {
        TRY(may_open(db, m));
    }
    if (str_eq(to, S("closed"))) {
        TRY(may_close(db, m));
    }
    if (str_eq(to, S("cancelled"))) {
        return call_off(db, m, reason);
    }
    return is_first ? send_invitations(db, m) : OK;
}

struct err meeting_move(struct db_write *db, const struct who *who, int64_t id, const char *verb, struct str reason) {
    struct meeting_seen seen;
    const struct move *move = move_named(meeting_moves, verb);
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(move_check(db_reading(db), move, who, id, seen.m->state));
    TRY(moving(db, seen.m, move, reason));
    TRY(meeting_state_set(db,
                          (struct meeting_state_set_in){
                              .id = seen.m->id, .state = str_of(move->to), .reason = reason, .changed_at = clock_now()},
                          NULL));
    TRY(meeting_papers_touch(db, seen.m->id));
    const char *told = str_z(db_write_arena(db), str_format(db_write_arena(db), "meeting.%s", verb));
    TRY(meeting_step(db, who, id, told, reason));
    return meeting_done(db, id, told);
}

/* ---- Words */

struct str meeting_state_name(struct str state) {
    return str_eq(state, S("plan"))      ? S("Đang chuẩn bị")
           : str_eq(state, S("invited")) ? S("Đã gửi giấy mời")
           : str_eq(state, S("open"))    ? S("Đang họp")
           : str_eq(state, S("paused"))  ? S("Đang tạm dừng")
           : str_eq(state, S("closed"))  ? S("Đã kết thúc")
                                         : S("Đã hủy");
}

struct str meeting_answer_name(struct str answer) {
    return str_eq(answer, S("yes"))     ? S("Sẽ dự")
           : str_eq(answer, S("no"))    ? S("Vắng")
           : str_eq(answer, S("other")) ? S("Cử người dự thay")
                                        : S("Chưa trả lời");
}

struct str meeting_clock_words(struct arena *a, struct instant at) {
    int hour, minute, second;
    struct date d = date_of(at);
    instant_clock(at, &hour, &minute, &second);
    return str_format(a, "%02d:%02d ngày %02d/%02d/%d", hour, minute, d.day, d.month, d.year);
}

static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    int64_t counts[8] = {0};
    TRY(meeting_waiting[0].counts(db, who, clock_today(), counts));
    *n = counts[0];
    *is_hot = false;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 30,
     .title = "Họp",
     .path = "/meeting",
     .icon = ICON("presentation"),
     .count = nav_count},
    {0},
};

static const struct task_kind task_kinds[] = {
    {.kind = S_INIT("meeting_conclusion"), .title = S_INIT("Kết luận cuộc họp"), .give_right = CAN_MANAGE},
    {.kind = S_INIT("")},
};

static const struct verb_words verbs[] = {
    {"meeting.add", "Lên kế hoạch họp"},
    {"meeting.read", "Đọc tài liệu họp"},
    {"meeting.change", "Sửa kế hoạch họp"},
    {"meeting.invitation", "Gửi giấy mời họp"},
    {"meeting.opening", "Khai mạc"},
    {"meeting.pause", "Tạm dừng họp"},
    {"meeting.resumption", "Họp tiếp"},
    {"meeting.closing", "Kết thúc họp"},
    {"meeting.cancellation", "Hủy họp"},
    {"meeting.person", "Thêm người dự họp"},
    {"meeting.person_gone", "Bỏ người dự họp"},
    {"meeting.answer", "Trả lời giấy mời"},
    {"meeting.presence", "Điểm danh"},
    {"meeting.agenda", "Sửa chương trình họp"},
    {"meeting.paper", "Thêm tài liệu họp"},
    {"meeting.note", "Ghi chú riêng trên tài liệu"},
    {"meeting.turn", "Sang mục khác"},
    {"meeting.page", "Chiếu trang tài liệu"},
    {"meeting.speech", "Đăng ký phát biểu, chất vấn"},
    {"meeting.floor", "Điều hành phát biểu"},
    {"meeting.vote", "Mở biểu quyết"},
    {"meeting.voice", "Biểu quyết"},
    {"meeting.token", "Nhận lá phiếu kín"},
    {"meeting.casting", "Mở bỏ phiếu kín"},
    {"meeting.tally", "Nhập kết quả đếm"},
    {"meeting.carried", "Đóng biểu quyết"},
    {"meeting.annulled", "Hủy biểu quyết"},
    {"meeting.conclusion", "Ghi kết luận họp"},
    {"meeting.task", "Giao việc từ kết luận"},
    {"meeting.room", "Sửa danh sách phòng họp"},
    {0},
};

const struct module meeting_module = {.name = "meeting",
                                      .title = "Họp",
                                      .routes = meeting_routes,
                                      .nav = nav,
                                      .job_kinds = meeting_jobs,
                                      .sources = meeting_sources,
                                      .verbs = verbs,
                                      .metrics = meeting_metrics,
                                      .waiting = meeting_waiting,
                                      .told = meeting_told,
                                      .task_kinds = task_kinds,
                                      .file_uses = meeting_file_uses,
                                      .demo = meeting_demo,
                                      .erase = meeting_erase};
