/* The acts of meetings, and all routes. */
#include "kernel/file/file.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/task/task.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { BODY_MOST = 101 * 1024 * 1024 };

static struct err ids_of(struct post *p, const char *name, int64_t *id, int64_t *part) {
    TRY(path_id(p->request, S("id"), id));
    return name ? path_id(p->request, str_of(name), part) : OK;
}

static struct err back(struct post *p, int64_t id, const char *tail) {
    return see_other(p, "/meeting/%lld%s", (long long)id, tail);
}

static struct err new_post(struct post *p) {
    struct meeting_words words;
    struct meeting_item_id id;
    TRY(meeting_words_of(p->form, &words));
    TRY(meeting_make(p->db, p->who, &words, &id));
    flash(p, "Đã lưu kế hoạch. Mời thêm chương trình, tài liệu và người dự, rồi gửi giấy mời.");
    return back(p, id.v, "");
}

static struct err edit_post(struct post *p) {
    struct meeting_words words;
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_words_of(p->form, &words));
    words.version = form_version(p->form);
    TRY(meeting_change(p->db, p->who, id, &words));
    flash(p, "Đã lưu.");
    return back(p, id, "");
}

/* The last word of the address is the move. */
static struct err move_post(struct post *p) {
    int64_t id;
    struct str rest = p->path, word = {0};
    TRY(ids_of(p, NULL, &id, NULL));
    while (str_next(&rest, '/', &word)) {
    }
    bool is_off = str_eq(word, S("cancellation"));
    TRY(meeting_move(p->db, p->who, id, str_z(p->arena, word), is_off ? form_text(p->form, "reason") : S("")));
    bool is_in = str_eq(word, S("opening")) || str_eq(word, S("pause")) || str_eq(word, S("resumption"));
    return back(p, id, is_in ? "/chair" : "");
}

static struct err person_post(struct post *p) {
    int64_t id;
    const struct form_value *people = form_value(p->form, "people");
    TRY(ids_of(p, NULL, &id, NULL));
    struct db_ids ids = {people->ids.at, people->ids.n};
    TRY(meeting_invite_posts(p->db, p->who, id, ids, form_flag(p->form, "is_voter")));
    return back(p, id, "#people");
}

static struct err guest_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_invite_guests(p->db, p->who, id, form_text(p->form, "guests"), form_flag(p->form, "is_voter")));
    return back(p, id, "#people");
}

static struct err away_post(struct post *p) {
    int64_t id, person;
    TRY(ids_of(p, "person", &id, &person));
    TRY(meeting_person_remove(p->db, p->who, id, person));
    return back(p, id, "#people");
}

static struct err come_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_presence(p->db, p->who, id, 0, false));
    flash(p, "Đã điểm danh.");
    return back(p, id, "/hall");
}

static struct err seat_come_post(struct post *p) {
    int64_t id, person;
    TRY(ids_of(p, "person", &id, &person));
    TRY(meeting_presence(p->db, p->who, id, person, false));
    return back(p, id, "#people");
}

static struct err seat_go_post(struct post *p) {
    int64_t id, person;
    TRY(ids_of(p, "person", &id, &person));
    TRY(meeting_presence(p->db, p->who, id, person, true));
    return back(p, id, "#people");
}

static struct err attend_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_answer(p->db, p->who, id, &(struct meeting_answer){.answer = S("yes")}));
    flash(p, "Đã trả lời: sẽ dự.");
    return back(p, id, "");
}

static struct err answer_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    struct meeting_answer answer = {.answer = form_text(p->form, "answer"),
                                    .reason = form_text(p->form, "reason"),
                                    .stand_in = {form_id(p->form, "stand_in")}};
    TRY(meeting_answer(p->db, p->who, id, &answer));
    flash(p, "Đã gửi trả lời.");
    return back(p, id, "");
}

static struct meeting_agenda_words item_of(const struct form *f) {
    return (struct meeting_agenda_words){.title = form_text(f, "title"),
                                         .presenter = form_text(f, "presenter"),
                                         .minutes = form_number(f, "minutes"),
                                         .ordinal = form_number(f, "ordinal")};
}

static struct err agenda_post(struct post *p) {
    int64_t id;
    struct meeting_agenda_words words = item_of(p->form);
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_agenda_add(p->db, p->who, id, &words));
    return back(p, id, "#programme");
}

static struct err item_post(struct post *p) {
    int64_t id, agenda;
    struct meeting_agenda_words words = item_of(p->form);
    words.version = form_version(p->form);
    TRY(ids_of(p, "agenda", &id, &agenda));
    TRY(meeting_agenda_change(p->db, p->who, id, agenda, &words));
    return back(p, id, "#programme");
}

static struct err turn_post(struct post *p) {
    int64_t id, agenda;
    TRY(ids_of(p, "agenda", &id, &agenda));
    TRY(meeting_turn(p->db, p->who, id, agenda));
    return back(p, id, "/chair");
}

static struct err keep(struct post *p, struct meeting_paper_new *paper) {
    const struct upload *u = form_upload(p->form, "file");
    if (!u) {
        return REFUSE(ERR_INVALID, "file", "Mời chọn tệp.");
    }
    paper->size = u->size;
    paper->name = paper->name.len ? paper->name : utf8_cut(u->name, 200);
    return file_keep(p->db, p->arena, u, &paper->file);
}

static struct err paper_post(struct post *p) {
    int64_t id;
    const struct form_value *readers = form_value(p->form, "readers");
    struct meeting_paper_new paper = {.name = form_text(p->form, "name"),
                                      .agenda = form_id(p->form, "agenda"),
                                      .readers = {readers->ids.at, readers->ids.n}};
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(keep(p, &paper));
    TRY(meeting_paper_add(p->db, p->who, id, &paper));
    return back(p, id, "#papers");
}

static struct err version_post(struct post *p) {
    int64_t id, line;
    struct meeting_seen seen;
    const struct meeting_paper_find_row *old;
    TRY(ids_of(p, "paper", &id, &line));
    TRY(meeting_see(db_reading(p->db), p->who, id, &seen));
    TRY(meeting_paper_see(db_reading(p->db), &seen, line, &old));
    struct meeting_paper_new paper = {.name = old->name, .agenda = old->agenda.v, .line = line};
    TRY(keep(p, &paper));
    TRY(meeting_paper_add(p->db, p->who, id, &paper));
    return back(p, id, "#papers");
}

static struct err note_post(struct post *p) {
    int64_t id, paper, page = form_number(p->form, "page");
    TRY(ids_of(p, "paper", &id, &paper));
    TRY(meeting_note_add(p->db, p->who, id, paper, page ? page : 1, form_text(p->form, "text")));
    return see_other(p, "/meeting/%lld/paper/%lld?page=%lld", (long long)id, (long long)paper, (long long)page);
}

static struct err note_drop_post(struct post *p) {
    int64_t id, paper, note;
    TRY(ids_of(p, "paper", &id, &paper));
    TRY(path_id(p->request, S("note"), &note));
    TRY(meeting_note_drop(p->db, p->who, id, paper, note));
    return see_other(p, "/meeting/%lld/paper/%lld", (long long)id, (long long)paper);
}

static struct err shown_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_show_page(p->db, p->who, id, form_id(p->form, "paper"), form_number(p->form, "page")));
    return back(p, id, "/chair");
}

/* ---- Speaking */

static struct err speech_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_speech_ask(p->db, p->who, id, S("speak"), S(""), form_number(p->form, "minutes")));
    return back(p, id, "/hall");
}

static struct err question_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_speech_ask(p->db, p->who, id, S("question"), form_text(p->form, "text"), 0));
    flash(p, "Đã gửi câu hỏi.");
    return back(p, id, "/hall");
}

static struct err speech_act(struct post *p, const char *act, const char *to) {
    int64_t id, speech;
    TRY(ids_of(p, "speech", &id, &speech));
    TRY(meeting_speech_act(p->db, p->who, id, speech, act));
    return back(p, id, to);
}
static struct err call_post(struct post *p) { return speech_act(p, "call", "/chair"); }
static struct err more_post(struct post *p) { return speech_act(p, "more", "/chair"); }
static struct err first_post(struct post *p) { return speech_act(p, "first", "/chair"); }
static struct err removal_post(struct post *p) { return speech_act(p, "drop", "/chair"); }
static struct err withdrawal_post(struct post *p) { return speech_act(p, "drop", "/hall"); }

static struct err silence_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_speech_end(p->db, p->who, id));
    return back(p, id, "/chair");
}

/* ---- After */

static struct err conclusion_post(struct post *p) {
    int64_t id;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_conclude(p->db, p->who, id, form_text(p->form, "text"), form_id(p->form, "lead"),
                         form_date(p->form, "due_on")));
    return back(p, id, "#conclusions");
}

static struct err conclusion_drop_post(struct post *p) {
    int64_t id, conclusion;
    TRY(ids_of(p, "conclusion", &id, &conclusion));
    TRY(meeting_conclusion_drop(p->db, p->who, id, conclusion));
    return back(p, id, "#conclusions");
}

static struct err task_post(struct post *p) {
    int64_t id, n;
    TRY(ids_of(p, NULL, &id, NULL));
    TRY(meeting_assign(p->db, p->who, p->app, id, &n));
    flash(p, "Đã giao %lld việc.", (long long)n);
    return back(p, id, "#conclusions");
}

static struct meeting_room_words room_of(const struct form *f) {
    return (struct meeting_room_words){.name = form_text(f, "name"),
                                       .seats = form_number(f, "seats"),
                                       .note = form_text(f, "note"),
                                       .is_closed = form_flag(f, "is_closed"),
                                       .version = form_version(f)};
}

static struct err room_new_post(struct post *p) {
    struct meeting_room_id id;
    struct meeting_room_words words = room_of(p->form);
    TRY(meeting_room_make(p->db, p->who, &words, &id));
    flash(p, "Đã thêm phòng họp.");
    return see_other(p, "/meeting/room");
}

static struct err room_edit_post(struct post *p) {
    int64_t id;
    struct meeting_room_words words = room_of(p->form);
    TRY(path_id(p->request, S("room"), &id));
    TRY(meeting_room_change(p->db, p->who, id, &words));
    flash(p, "Đã lưu.");
    return see_other(p, "/meeting/room");
}

/* ---- */

#define GET_AT(path_, get_, name_)                                                                                     \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_) }
#define POST_AT(path_, post_, name_)                                                                                   \
    { .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .name = S_INIT(name_) }
/* A form drawn and taken at one address. */
#define FORM_AT(path_, post_, fields_, name_)                                                                          \
    GET_AT(path_, meeting_form_get, name_), {                                                                          \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = meeting_form_get, .name = S_INIT(name_)                                                               \
    }
#define FILE_AT(path_, post_, fields_, name_)                                                                          \
    GET_AT(path_, meeting_form_get, name_), {                                                                          \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .before = file_before, .again = meeting_form_get, .body_limit = BODY_MOST, .name = S_INIT(name_)               \
    }
/* A move that is refused is explained on the meeting's page. */
#define MOVE_AT(path_, name_)                                                                                          \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = move_post,                         \
        .fields = meeting_no_fields, .again = meeting_show_get, .name = S_INIT(name_)                                  \
    }
#define TAKEN_AT(path_, post_, fields_, name_)                                                                         \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .name = S_INIT(name_)                                                                                          \
    }
enum { ROOM_KEEPERS = ROLE_CLERK | ROLE_HEAD | ROLE_ADMIN };

const struct route meeting_routes[] = {
    GET_AT("/meeting", meeting_list_get, "Họp"),
    GET_AT("/meeting/week", meeting_week_get, "Lịch tuần"),
    GET_AT("/meeting/attendance", meeting_attendance_get, "Thống kê dự họp"),
    GET_AT("/meeting/room", meeting_rooms_get, "Phòng họp"),
    {.method = METHOD_GET,
     .path = "/meeting/room/new",
     .access = ACCESS_ROLES,
     .roles = ROOM_KEEPERS,
     .get = meeting_form_get,
     .name = S_INIT("Thêm phòng họp")},
    {.method = METHOD_POST,
     .path = "/meeting/room/new",
     .access = ACCESS_ROLES,
     .roles = ROOM_KEEPERS,
     .post = room_new_post,
     .fields = meeting_room_fields,
     .again = meeting_form_get,
     .name = S_INIT("Thêm phòng họp")},
    {.method = METHOD_GET,
     .path = "/meeting/room/{room}/edit",
     .access = ACCESS_ROLES,
     .roles = ROOM_KEEPERS,
     .get = meeting_form_get,
     .name = S_INIT("Sửa phòng họp")},
    {.method = METHOD_POST,
     .path = "/meeting/room/{room}/edit",
     .access = ACCESS_ROLES,
     .roles = ROOM_KEEPERS,
     .post = room_edit_post,
     .fields = meeting_room_fields,
     .again = meeting_form_get,
     .name = S_INIT("Sửa phòng họp")},
    GET_AT("/meeting/new", meeting_form_get, "Lên kế hoạch họp"),
    {.method = METHOD_POST,
     .path = "/meeting/new",
     .access = ACCESS_SIGNED_IN,
     .post = new_post,
     .fields = meeting_new_fields,
     .again = meeting_form_get,
     .edit = "/meeting/{id}/edit",
     .name = S_INIT("Lên kế hoạch họp")},
    GET_AT("/meeting/{id}", meeting_show_get, "Một cuộc họp"),
    FORM_AT("/meeting/{id}/edit", edit_post, meeting_fields, "Sửa kế hoạch họp"),
    MOVE_AT("/meeting/{id}/invitation", "Gửi giấy mời"),
    MOVE_AT("/meeting/{id}/opening", "Khai mạc"),
    MOVE_AT("/meeting/{id}/pause", "Tạm dừng"),
    MOVE_AT("/meeting/{id}/resumption", "Họp tiếp"),
    MOVE_AT("/meeting/{id}/closing", "Kết thúc"),
    FORM_AT("/meeting/{id}/cancellation", move_post, meeting_reason_fields, "Hủy cuộc họp"),
    GET_AT("/meeting/{id}/ics", meeting_ics_get, "Thêm vào lịch"),
    GET_AT("/meeting/{id}/minutes", meeting_minutes_get, "Biên bản"),
    FORM_AT("/meeting/{id}/person", person_post, meeting_person_fields, "Mời người dự"),
    FORM_AT("/meeting/{id}/guest", guest_post, meeting_guest_fields, "Khách mời"),
    POST_AT("/meeting/{id}/person/{person}/removal", away_post, "Bỏ người dự"),
    POST_AT("/meeting/{id}/person/{person}/presence", seat_come_post, "Điểm danh"),
    POST_AT("/meeting/{id}/person/{person}/departure", seat_go_post, "Ra về"),
    POST_AT("/meeting/{id}/presence", come_post, "Điểm danh"),
    POST_AT("/meeting/{id}/attendance", attend_post, "Sẽ dự"),
    FORM_AT("/meeting/{id}/answer", answer_post, meeting_answer_fields, "Trả lời giấy mời"),
    FORM_AT("/meeting/{id}/agenda", agenda_post, meeting_agenda_fields, "Thêm mục chương trình"),
    FORM_AT("/meeting/{id}/agenda/{agenda}/edit", item_post, meeting_item_fields, "Sửa mục chương trình"),
    POST_AT("/meeting/{id}/agenda/{agenda}/turn", turn_post, "Sang mục này"),
    FILE_AT("/meeting/{id}/paper", paper_post, meeting_paper_fields, "Thêm tài liệu"),
    GET_AT("/meeting/{id}/paper/{paper}", meeting_paper_get, "Tài liệu họp"),
    FILE_AT("/meeting/{id}/paper/{paper}/version", version_post, meeting_version_fields, "Thay bản mới"),
    GET_AT("/meeting/{id}/paper/{paper}/file", meeting_file_get, "Tệp gốc"),
    GET_AT("/meeting/{id}/paper/{paper}/page/{page}", meeting_picture_get, "Trang tài liệu"),
    {.method = METHOD_POST,
     .path = "/meeting/{id}/paper/{paper}/note",
     .access = ACCESS_SIGNED_IN,
     .post = note_post,
     .fields = meeting_note_fields,
     .again = meeting_paper_get,
     .name = S_INIT("Ghi chú riêng")},
    POST_AT("/meeting/{id}/paper/{paper}/note/{note}/removal", note_drop_post, "Xóa ghi chú"),
    TAKEN_AT("/meeting/{id}/shown", shown_post, meeting_shown_fields, "Chiếu trang"),
    GET_AT("/meeting/{id}/hall", meeting_hall_get, "Phòng họp"),
    GET_AT("/meeting/{id}/chair", meeting_chair_get, "Điều hành"),
    GET_AT("/meeting/{id}/screen", meeting_screen_get, "Màn hình lớn"),
    TAKEN_AT("/meeting/{id}/speech", speech_post, meeting_ask_fields, "Giơ tay"),
    FORM_AT("/meeting/{id}/question", question_post, meeting_question_fields, "Chất vấn"),
    POST_AT("/meeting/{id}/silence", silence_post, "Dừng phát biểu"),
    POST_AT("/meeting/{id}/speech/{speech}/call", call_post, "Mời phát biểu"),
    POST_AT("/meeting/{id}/speech/{speech}/minute", more_post, "Thêm 1 phút"),
    POST_AT("/meeting/{id}/speech/{speech}/first", first_post, "Đưa lên đầu"),
    POST_AT("/meeting/{id}/speech/{speech}/removal", removal_post, "Bỏ khỏi danh sách"),
    POST_AT("/meeting/{id}/speech/{speech}/withdrawal", withdrawal_post, "Hạ tay"),
    FORM_AT("/meeting/{id}/vote", meeting_vote_post, meeting_begin_fields, "Mở biểu quyết"),
    GET_AT("/meeting/{id}/vote/{vote}", meeting_vote_get, "Biểu quyết"),
    GET_AT("/meeting/{id}/vote/{vote}/ballots", meeting_ballots_get, "In phiếu"),
    TAKEN_AT("/meeting/{id}/vote/{vote}/voice", meeting_voice_post, meeting_choice_fields, "Biểu quyết"),
    {.method = METHOD_POST,
     .path = "/meeting/{id}/vote/{vote}/token",
     .access = ACCESS_SIGNED_IN,
     .post = meeting_token_post,
     .fields = meeting_take_fields,
     .again = meeting_vote_get,
     .name = S_INIT("Nhận lá phiếu kín")},
    {.method = METHOD_POST,
     .path = "/meeting/{id}/vote/{vote}/casting",
     .access = ACCESS_SIGNED_IN,
     .post = meeting_casting_post,
     .fields = meeting_no_fields,
     .again = meeting_vote_get,
     .name = S_INIT("Mở bỏ phiếu kín")},
    {.method = METHOD_POST,
     .path = "/meeting/{id}/vote/{vote}/slip",
     .access = ACCESS_PUBLIC,
     .post = meeting_cast_post,
     .fields = meeting_cast_fields,
     .is_stateless = true,
     .name = S_INIT("Bỏ lá phiếu vào hòm")},
    {.method = METHOD_GET,
     .path = "/meeting/{id}/vote/{vote}/slip",
     .access = ACCESS_PUBLIC,
     .get = meeting_slip_get,
     .fields = meeting_slip_fields,
     .name = S_INIT("Biên nhận của hòm phiếu")},
    {.method = METHOD_GET,
     .path = "/meeting/{id}/vote/{vote}/board",
     .access = ACCESS_SIGNED_IN,
     .get = meeting_board_get,
     .budget_bytes = 8 * 1024 * 1024,
     .name = S_INIT("Bảng phiếu công bố")},
    FORM_AT("/meeting/{id}/vote/{vote}/tally", meeting_tally_post, meeting_tally_fields, "Nhập kết quả đếm"),
    POST_AT("/meeting/{id}/vote/{vote}/closing", meeting_close_post, "Đóng biểu quyết"),
    FORM_AT("/meeting/{id}/vote/{vote}/annulment", meeting_annul_post, meeting_reason_fields, "Hủy lần biểu quyết"),
    FORM_AT("/meeting/{id}/conclusion", conclusion_post, meeting_conclusion_fields, "Kết luận"),
    POST_AT("/meeting/{id}/conclusion/{conclusion}/removal", conclusion_drop_post, "Bỏ kết luận"),
    {.method = METHOD_POST,
     .path = "/meeting/{id}/task",
     .access = ACCESS_SIGNED_IN,
     .post = task_post,
     .fields = meeting_no_fields,
     .again = meeting_show_get,
     .name = S_INIT("Giao việc từ kết luận")},
    {0},
};
