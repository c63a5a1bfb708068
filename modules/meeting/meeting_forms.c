#include "modules/meeting/meeting_forms.h"

#include "kernel/page/html.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_view.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"

enum { PICK_MOST = 400 };

/* ---- What was typed */

static struct instant minute_of(struct date on, int minute) { return date_at(on, minute / 60, minute % 60); }

struct err meeting_words_of(struct form *f, struct meeting_words *w) {
    int from = 0, until = 0;
    struct date day = form_date(f, "day_on"), last = form_date(f, "until_on");
    if (!meeting_clock_read(form_text(f, "from"), &from)) {
        form_fault(f, "from", "Mời ghi giờ như 08:30.");
    }
    if (!meeting_clock_read(form_text(f, "until"), &until)) {
        form_fault(f, "until", "Mời ghi giờ như 11:00.");
    }
    *w = (struct meeting_words){.kind = form_text(f, "kind"),
                                .title = form_text(f, "title"),
                                .note = form_text(f, "note"),
                                .place = form_text(f, "place"),
                                .starts_at = minute_of(day, from),
                                .ends_at = minute_of(last.year ? last : day, until),
                                .room = {form_id(f, "room")},
                                .chair = {form_id(f, "chair")},
                                .secretary = {form_id(f, "secretary")},
                                .eligible = form_number(f, "eligible"),
                                .is_shown = form_flag(f, "is_shown")};
    return form_check(f);
}

struct err meeting_of_path(struct get *g, struct meeting_seen *seen) {
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    return meeting_see(g->db, g->who, id, seen);
}

/* ---- What one picks from */

static struct err people_of(struct get *g, bool has_units, struct pick_options *out) {
    struct org_principals found;
    TRY(org_assignable(g->db, g->who->organ, S(""), PICK_MOST, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct org_principal *p = &found.at[i];
        if (has_units || p->kind == ORG_POST) {
            LIST_ADD(g->arena, out, (struct pick_option){.id = p->id, .label = p->name, .note = p->words});
        }
    }
    return OK;
}

static struct err rooms_of(struct get *g, struct pick_options *out) {
    struct meeting_rooms_rows rows;
    TRY(meeting_rooms(g->db, (struct meeting_rooms_in){.organ = g->who->organ.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!rows.at[i].is_closed) {
            struct str seats = str_format(g->arena, "%lld chỗ", (long long)rows.at[i].seats);
            LIST_ADD(g->arena, out,
                     (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].name, .note = seats});
        }
    }
    return OK;
}

static struct err seats_of(struct get *g, const struct meeting_find_row *m, struct pick_options *out) {
    struct meeting_people_rows rows;
    TRY(meeting_people(g->db, (struct meeting_people_in){.meeting = m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].post) {
            LIST_ADD(g->arena, out,
                     (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].name, .note = rows.at[i].words});
        }
    }
    return OK;
}

static struct err items_of(struct get *g, const struct meeting_find_row *m, struct pick_options *out) {
    struct meeting_agendas_rows rows;
    TRY(meeting_agendas(g->db, (struct meeting_agendas_in){.meeting = m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, out, (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].title});
    }
    return OK;
}

static struct err options_of(struct get *g, struct str name, const struct meeting_find_row *m,
                             struct meeting_asked *x) {
    x->is_pick = true;
    if (str_eq(name, S("people")) || str_eq(name, S("lead"))) {
        return people_of(g, true, &x->options);
    }
    if (str_eq(name, S("chair")) || str_eq(name, S("secretary")) || str_eq(name, S("stand_in"))) {
        return people_of(g, false, &x->options);
    }
    if (str_eq(name, S("room"))) {
        return rooms_of(g, &x->options);
    }
    return str_eq(name, S("readers")) ? seats_of(g, m, &x->options) : items_of(g, m, &x->options);
}

static struct err fields_fill(struct get *g, const struct field *fields, const struct meeting_find_row *m,
                              struct meeting_ask *v) {
    for (const struct field *k = fields; k->kind; k++) {
        struct meeting_asked x = {.name = k->name.at};
        if (k->kind == FIELD_ID || k->kind == FIELD_IDS) {
            TRY(options_of(g, k->name, m, &x));
        }
        v->has_file = v->has_file || k->kind == FIELD_FILE;
        LIST_ADD(g->arena, &v->fields, x);
    }
    return OK;
}

/* ---- The forms, by the last words of their address */

enum begun { PLAIN, NEW, EDIT, ITEM_EDIT, ROOM, ROOM_NEW, TALLY, VOTER_FORM, VOTE_FORM };
static const struct ask {
    const char *end; /* of the address, numbers as # */
    struct str title, act, say;
    const struct field *fields;
    const char *back; /* after /meeting/{id}; NULL: that page */
    bool is_own;      /* of everybody with a seat, not of who runs it */
    enum begun begun;
} asks[] = {
    {"/meeting/new", S_INIT("Lên kế hoạch họp"), S_INIT("Lưu kế hoạch"), {0}, meeting_new_fields, NULL, false, NEW},
    {"/meeting/#/edit", S_INIT("Sửa kế hoạch họp"), S_INIT("Lưu"), {0}, meeting_fields, NULL, false, EDIT},
    {"/meeting/#/person",
     S_INIT("Mời người dự"),
     S_INIT("Thêm vào danh sách"),
     {0},
     meeting_person_fields,
     NULL,
     false,
     VOTER_FORM},
    {"/meeting/#/guest",
     S_INIT("Khách mời ngoài cơ quan"),
     S_INIT("Thêm vào danh sách"),
     {0},
     meeting_guest_fields,
     NULL,
     false,
     PLAIN},
    {"/meeting/#/agenda",
     S_INIT("Thêm mục chương trình"),
     S_INIT("Thêm mục"),
     {0},
     meeting_agenda_fields,
     NULL,
     false,
     PLAIN},
    {"/meeting/#/agenda/#/edit",
     S_INIT("Sửa mục chương trình"),
     S_INIT("Lưu"),
     {0},
     meeting_item_fields,
     NULL,
     false,
     ITEM_EDIT},
    {"/meeting/#/paper",
     S_INIT("Thêm tài liệu"),
     S_INIT("Thêm tài liệu"),
     {0},
     meeting_paper_fields,
     NULL,
     false,
     PLAIN},
    {"/meeting/#/paper/#/version", S_INIT("Thay bản mới"), S_INIT("Gửi bản mới"),
     S_INIT("Bản cũ vẫn giữ. Người được gửi nhận thông báo có bản mới."), meeting_version_fields, NULL, false, PLAIN},
    {"/meeting/#/vote", S_INIT("Mở biểu quyết"), S_INIT("Mở biểu quyết"),
     S_INIT("Mở rồi thì không sửa nội dung được, chỉ hủy có lý do rồi mở lần khác."), meeting_begin_fields, "/chair",
     false, VOTE_FORM},
    {"/meeting/#/vote/#/tally", S_INIT("Nhập kết quả đếm"), S_INIT("Ghi kết quả"),
     S_INIT("Người khác sẽ xác nhận. Cộng không khớp thì không ghi được."), NULL, "/chair", false, TALLY},
    {"/meeting/#/vote/#/annulment",
     S_INIT("Hủy lần biểu quyết"),
     S_INIT("Hủy lần này"),
     {0},
     meeting_reason_fields,
     "/chair",
     false,
     PLAIN},
    {"/meeting/#/conclusion", S_INIT("Kết luận"), S_INIT("Ghi kết luận"),
     S_INIT("Có người làm thì kết luận thành công việc khi bấm Giao."), meeting_conclusion_fields, NULL, false, PLAIN},
    {"/meeting/#/answer",
     S_INIT("Vắng hoặc cử người dự thay"),
     S_INIT("Gửi trả lời"),
     {0},
     meeting_answer_fields,
     NULL,
     true,
     PLAIN},
    {"/meeting/#/question",
     S_INIT("Chất vấn"),
     S_INIT("Gửi câu hỏi"),
     {0},
     meeting_question_fields,
     "/hall",
     true,
     PLAIN},
    {"/meeting/#/cancellation", S_INIT("Hủy cuộc họp"), S_INIT("Hủy cuộc họp"),
     S_INIT("Người đã được mời nhận thông báo. Phòng được trả lại."), meeting_reason_fields, NULL, false, PLAIN},
    {"/meeting/room/new", S_INIT("Thêm phòng họp"), S_INIT("Lưu"), {0}, meeting_room_fields, NULL, false, ROOM_NEW},
    {"/meeting/room/#/edit", S_INIT("Sửa phòng họp"), S_INIT("Lưu"), {0}, meeting_room_fields, NULL, false, ROOM},
    {NULL, {0}, {0}, {0}, NULL, NULL, false, PLAIN},
};

static const struct ask *ask_of(struct arena *a, struct str path) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < path.len; i++) {
        bool is_digit = path.at[i] >= '0' && path.at[i] <= '9';
        if (!is_digit || !b.len || b.at[b.len - 1] != '#') {
            buf_put_char(&b, is_digit ? '#' : path.at[i]);
        }
    }
    for (const struct ask *x = asks; x->end; x++) {
        if (str_eq(str_of(x->end), buf_str(&b))) {
            return x;
        }
    }
    return NULL;
}

static struct str clock_of(struct arena *a, struct instant at) { return str_slice(meeting_clock_words(a, at), 0, 5); }

static struct form *edit_form(struct get *g, const struct meeting_find_row *m) {
    struct form *f = form_begin_at(g->arena, meeting_fields, g->form, m->version);
    form_set(f, "title", m->title);
    form_set(f, "kind", m->kind);
    form_set_date(f, "day_on", date_of(m->starts_at));
    form_set(f, "from", clock_of(g->arena, m->starts_at));
    form_set(f, "until", clock_of(g->arena, m->ends_at));
    if (!date_is(date_of(m->starts_at), date_of(m->ends_at))) {
        form_set_date(f, "until_on", date_of(m->ends_at));
    }
    form_set_id(f, "room", m->room.v);
    form_set(f, "place", m->place);
    form_set_id(f, "chair", m->chair);
    form_set_id(f, "secretary", m->secretary);
    form_set(f, "eligible", m->eligible ? str_format(g->arena, "%lld", (long long)m->eligible) : S(""));
    form_set(f, "note", m->note);
    form_set_id(f, "is_shown", m->is_shown);
    return f;
}

static struct form *new_form(struct get *g) {
    struct form *f = form_begin(g->arena, meeting_new_fields, g->form);
    form_set_id(f, "is_shown", 1);
    form_set_id(f, "secretary", g->who->post.v);
    return f;
}

static struct err item_form(struct get *g, const struct meeting_find_row *m, struct form **f) {
    struct meeting_agenda_by_id_row *row;
    int64_t id;
    TRY(path_id(g->request, S("agenda"), &id));
    TRY(meeting_agenda_by_id(g->db, (struct meeting_agenda_by_id_in){.id = {id}, .meeting = m->id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such item");
    }
    *f = form_begin_at(g->arena, meeting_item_fields, g->form, row->version);
    form_set(*f, "title", row->title);
    form_set(*f, "presenter", row->presenter);
    form_set(*f, "minutes", str_format(g->arena, "%lld", (long long)row->minutes));
    form_set(*f, "ordinal", str_format(g->arena, "%lld", (long long)row->ordinal));
    return OK;
}

static struct err room_form(struct get *g, struct form **f) {
    struct meeting_room_by_id_row *row;
    int64_t id;
    TRY(path_id(g->request, S("room"), &id));
    TRY(meeting_room_by_id(g->db, (struct meeting_room_by_id_in){.id = {id}, .organ = g->who->organ.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such room in this organ");
    }
    *f = form_begin_at(g->arena, meeting_room_fields, g->form, row->version);
    form_set(*f, "name", row->name);
    form_set(*f, "seats", str_format(g->arena, "%lld", (long long)row->seats));
    form_set(*f, "note", row->note);
    form_set_id(*f, "is_closed", row->is_closed);
    return OK;
}

static struct err tally_fields(struct get *g, const struct meeting_find_row *m, const struct field **fields) {
    struct meeting_vote_by_id_row *v;
    int64_t id;
    TRY(path_id(g->request, S("vote"), &id));
    TRY(meeting_vote_by_id(g->db, (struct meeting_vote_by_id_in){.id = {id}, .meeting = m->id}, &v));
    if (!v) {
        return FAIL(ERR_MISSING, "no such vote");
    }
    *fields = str_eq(v->way, S("hands")) ? meeting_hands_fields : meeting_tally_fields;
    return OK;
}

/* Only the ways that the row of the meeting's kind and day allows; a list to choose from only where there can be one.
 */
static struct err vote_fields(struct get *g, const struct meeting_find_row *m, const struct field **fields) {
    struct meeting_rule rule;
    LIST(struct field) few = {0};
    LIST(struct choice) ways = {0};
    TRY(meeting_rule_on(g->arena, m->kind, date_of(m->starts_at), &rule));
    for (const struct choice *c = meeting_way_choices; c->value.len; c++) {
        if (meeting_rule_allows(&rule, c->value)) {
            LIST_ADD(g->arena, &ways, *c);
        }
    }
    LIST_ADD(g->arena, &ways, (struct choice){0});
    for (const struct field *k = meeting_begin_fields; k->kind; k++) {
        struct field one = *k;
        bool is_list = str_eq(k->name, S("names")) || str_eq(k->name, S("most"));
        one.choices = k->kind == FIELD_CHOICE ? ways.at : k->choices;
        if (!is_list || meeting_rule_allows(&rule, S("secret"))) {
            LIST_ADD(g->arena, &few, one);
        }
    }
    LIST_ADD(g->arena, &few, (struct field){0});
    *fields = few.at;
    return OK;
}

/* What else the address names must be of the meeting. */
static struct err check_parts(struct get *g, const struct meeting_seen *seen) {
    const struct meeting_paper_find_row *paper;
    struct meeting_vote_by_id_row *v;
    int64_t id;
    if (path_param(g->request, S("paper")).len) {
        TRY(path_id(g->request, S("paper"), &id));
        TRY(meeting_paper_see(g->db, seen, id, &paper));
    }
    if (path_param(g->request, S("vote")).len) {
        TRY(path_id(g->request, S("vote"), &id));
        TRY(meeting_vote_by_id(g->db, (struct meeting_vote_by_id_in){.id = {id}, .meeting = seen->m->id}, &v));
        return v ? OK : FAIL(ERR_MISSING, "no such vote");
    }
    return OK;
}

static struct err form_of(struct get *g, const struct ask *x, const struct meeting_seen *seen,
                          const struct field **fields, struct form **f) {
    switch (x->begun) {
    case NEW: *f = new_form(g); return OK;
    case EDIT: *f = edit_form(g, seen->m); return OK;
    case ITEM_EDIT: return item_form(g, seen->m, f);
    case ROOM: return room_form(g, f);
    case ROOM_NEW: *f = form_begin_at(g->arena, *fields, g->form, 1); return OK;
    case TALLY:
        TRY(tally_fields(g, seen->m, fields));
        *f = form_begin(g->arena, meeting_tally_fields, g->form);
        return OK;
    case VOTE_FORM:
        TRY(vote_fields(g, seen->m, fields));
        *f = form_begin(g->arena, *fields, g->form);
        return OK;
    case VOTER_FORM:
        *f = form_begin(g->arena, *fields, g->form);
        form_set_id(*f, "is_voter", 1);
        return OK;
    case PLAIN: break;
    }
    *f = form_begin(g->arena, *fields, g->form);
    return OK;
}

static struct err may_ask(struct get *g, const struct ask *x, struct meeting_seen *seen) {
    TRY(meeting_of_path(g, seen));
    if (x->is_own ? !seen->seat : !seen->runs) {
        return FAIL(ERR_DENIED, "another's meeting");
    }
    return check_parts(g, seen);
}

struct err meeting_form_get(struct get *g) {
    const struct ask *x = ask_of(g->arena, g->path);
    struct meeting_seen seen = {0};
    struct meeting_ask v = {.to = link_local(g->arena, "%.*s", STR_ARG(g->path)),
                            .back = link_local(g->arena, "/meeting")};
    if (!x) {
        return FAIL(ERR_MISSING, "no such form");
    }
    const struct field *fields = x->fields;
    if (path_param(g->request, S("id")).len) {
        TRY(may_ask(g, x, &seen));
        v.of = seen.m->title;
        v.back = link_local(g->arena, "/meeting/%lld%s", (long long)seen.m->id.v, x->back ? x->back : "");
    }
    TRY(form_of(g, x, &seen, &fields, &v.form));
    v.title = x->title;
    v.act = x->act;
    v.say = x->say;
    TRY(fields_fill(g, fields, seen.m, &v));
    return answer_meeting_ask(g, &v);
}
