/* The lists: meetings by box, the week, rooms with their bookings, who came how often. */
#include "base/num.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_view.h"
#include "modules/org/org.h"

#include "base/arena.h"

enum { ON_A_PAGE = 20, PEOPLE_ON_A_PAGE = 60 };

static const struct {
    const char *code;
    struct str title;
    bool is_next; /* soonest first */
} boxes[] = {{"ahead", S_INIT("Sắp tới"), true},     {"answer", S_INIT("Chờ trả lời"), true},
             {"today", S_INIT("Họp hôm nay"), true}, {"plan", S_INIT("Đang chuẩn bị"), true},
             {"past", S_INIT("Đã họp"), false},      {"unassigned", S_INIT("Kết luận chờ giao"), false},
             {"all", S_INIT("Tất cả"), false}};
enum { BOXES = sizeof boxes / sizeof *boxes };

static size_t box_of(struct str code) {
    for (size_t i = 0; i < BOXES; i++) {
        if (str_eq(code, str_of(boxes[i].code))) {
            return i;
        }
    }
    return 0;
}

static struct str hours(struct arena *a, struct instant from, struct instant until) {
    struct str f = str_slice(meeting_clock_words(a, from), 0, 5), u = str_slice(meeting_clock_words(a, until), 0, 5);
    return str_format(a, "%.*s–%.*s", STR_ARG(f), STR_ARG(u));
}

static struct str kind_name(struct arena *a, struct str kind, struct instant at) {
    struct meeting_rule rule;
    struct err e = meeting_rule_on(a, kind, date_of(at), &rule);
    return e.why ? kind : rule.name;
}

/* One line of a list from any row with the columns of one. */
#define LINE_FROM(a_, r_)                                                                                              \
    ((struct meeting_line){.link = link_record((a_), S("/meeting/"), (r_)->id.v, S("")),                               \
                           .title = (r_)->title,                                                                       \
                           .state_name = meeting_state_name((r_)->state),                                              \
                           .where = (r_)->room_name.len ? (r_)->room_name : (r_)->place,                               \
                           .chair_name = (r_)->chair_name,                                                             \
                           .clock = hours((a_), (r_)->starts_at, (r_)->ends_at),                                       \
                           .day_on = date_of((r_)->starts_at),                                                         \
                           .is_now = str_eq((r_)->state, S("open")) || str_eq((r_)->state, S("paused")),               \
                           .is_today = date_is(date_of((r_)->starts_at), clock_today()),                               \
                           .is_done = str_eq((r_)->state, S("closed"))})

/* Where the last page ended: "starts-id". */
static bool place_read(struct str s, int64_t *at, int64_t *id) {
    struct str a, b;
    return str_cut(s, S("-"), &a, &b) && num_read_between(a, 0, INT64_MAX, at) && num_read_between(b, 1, INT64_MAX, id);
}

static struct instant day_end(void) { return date_start(date_plus(clock_today(), 1)); }

static struct err next_fill(struct get *g, size_t box, struct meeting_list *v) {
    struct meeting_list_next_rows rows;
    struct meeting_list_next_in in = {.post = g->who->post.v,
                                      .box = str_of(boxes[box].code),
                                      .now = clock_now().ms,
                                      .tomorrow = day_end().ms,
                                      .most = ON_A_PAGE + 1};
    if (!place_read(query_param(g->request, S("after")), &in.from_at, &in.from)) {
        in.from_at = in.from = 0;
    }
    TRY(meeting_list_next(g->db, in, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        struct meeting_line l = LINE_FROM(g->arena, &rows.at[i]);
        l.kind_name = kind_name(g->arena, rows.at[i].kind, rows.at[i].starts_at);
        LIST_ADD(g->arena, &v->lines, l);
    }
    if (rows.n > ON_A_PAGE) {
        const struct meeting_list_next_row *last = &rows.at[ON_A_PAGE - 1];
        v->pages.older = link_local(g->arena, "/meeting?box=%s&after=%lld-%lld", boxes[box].code,
                                    (long long)last->starts_at.ms, (long long)last->id.v);
    }
    return OK;
}

static struct err last_fill(struct get *g, size_t box, int64_t of, struct meeting_list *v) {
    struct meeting_list_last_rows rows;
    struct str how = query_param(g->request, S("how"));
    struct meeting_list_last_in in = {.post = g->who->post.v,
                                      .box = str_of(boxes[box].code),
                                      .now = clock_now().ms,
                                      .tomorrow = day_end().ms,
                                      .of = of,
                                      .how = how,
                                      .most = ON_A_PAGE + 1};
    if (!place_read(query_param(g->request, S("after")), &in.from_at, &in.from)) {
        in.from_at = in.from = INT64_MAX;
    }
    TRY(meeting_list_last(g->db, in, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        struct meeting_line l = LINE_FROM(g->arena, &rows.at[i]);
        l.kind_name = kind_name(g->arena, rows.at[i].kind, rows.at[i].starts_at);
        LIST_ADD(g->arena, &v->lines, l);
    }
    if (rows.n > ON_A_PAGE) {
        const struct meeting_list_last_row *last = &rows.at[ON_A_PAGE - 1];
        struct str more = of ? str_format(g->arena, "&of=%lld&how=%.*s", (long long)of, STR_ARG(how)) : S("");
        v->pages.older = link_local(g->arena, "/meeting?box=%s&after=%lld-%lld%.*s", boxes[box].code,
                                    (long long)last->starts_at.ms, (long long)last->id.v, STR_ARG(more));
    }
    return OK;
}

static struct err tabs_fill(struct get *g, size_t box, struct meeting_list *v) {
    int64_t counts[8] = {0};
    TRY(meeting_waiting[0].counts(g->db, g->who, clock_today(), counts));
    for (size_t i = 0; i < BOXES; i++) {
        struct tab tab = {.label = boxes[i].title,
                          .link = link_local(g->arena, "/meeting?box=%s", boxes[i].code),
                          .is_current = i == box};
        for (size_t n = 0; meeting_waiting[0].boxes[n].tab; n++) {
            if (str_ends(str_of(meeting_waiting[0].boxes[n].path), str_format(g->arena, "=%s", boxes[i].code))) {
                tab.is_counted = true;
                tab.count = counts[n];
            }
        }
        LIST_ADD(g->arena, &v->tabs, tab);
    }
    return OK;
}

struct err meeting_list_get(struct get *g) {
    struct meeting_list v = {0};
    struct str box_asked = query_param(g->request, S("box"));
    int64_t of = 0;
    size_t box = box_of(box_asked);
    if (num_read_between(query_param(g->request, S("of")), 1, INT64_MAX, &of)) {
        struct org_principal p;
        TRY(org_principal(g->db, of, &p));
        v.of_name = p.name;
        v.has_of = true;
        box = box_of(S("past"));
    }
    TRY(tabs_fill(g, box, &v));
    TRY(boxes[box].is_next ? next_fill(g, box, &v) : last_fill(g, box, of, &v));
    return answer_meeting_list(g, &v);
}

/* ---- The week */

static struct date asked_day(struct get *g) {
    struct date on;
    return date_read_iso(query_param(g->request, S("on")), &on) && on.year >= 2000 && on.year <= 2100 ? on
                                                                                                      : clock_today();
}

static struct link week_link(struct get *g, struct date on) {
    return link_local(g->arena, "/meeting/week?on=%.*s", STR_ARG(date_iso(g->arena, on)));
}

struct err meeting_week_get(struct get *g) {
    struct date on = asked_day(g), monday = date_plus(on, 1 - date_weekday(on));
    struct meeting_week_rows rows;
    struct meeting_week v = {.from_on = monday,
                             .until_on = date_plus(monday, 6),
                             .before = week_link(g, date_plus(monday, -7)),
                             .after = week_link(g, date_plus(monday, 7)),
                             .today = week_link(g, clock_today())};
    TRY(meeting_week(g->db,
                     (struct meeting_week_in){.post = g->who->post.v,
                                              .organ = g->who->organ.v,
                                              .since = date_start(monday).ms,
                                              .until = date_start(date_plus(monday, 7)).ms},
                     &rows));
    for (int i = 0; i < 7; i++) {
        struct meeting_day d = {.day_on = date_plus(monday, i)};
        d.is_today = date_is(d.day_on, clock_today());
        for (size_t n = 0; n < rows.n; n++) {
            if (date_is(date_of(rows.at[n].starts_at), d.day_on)) {
                LIST_ADD(g->arena, &d.lines, LINE_FROM(g->arena, &rows.at[n]));
            }
        }
        LIST_ADD(g->arena, &v.days, d);
    }
    return answer_meeting_week(g, &v);
}

/* ---- Rooms */

static struct meeting_room_line room_line(struct get *g, const struct meeting_rooms_row *r, bool may,
                                          const struct meeting_booked_rows *booked) {
    struct meeting_room_line line = {.name = r->name, .note = r->note, .seats = r->seats, .is_closed = r->is_closed};
    if (may) {
        line.edit = link_local(g->arena, "/meeting/room/%lld/edit", (long long)r->id.v);
    }
    for (size_t i = 0; i < booked->n; i++) {
        const struct meeting_booked_row *b = &booked->at[i];
        if (b->room.v == r->id.v) {
            struct meeting_booking_line x = {.title = b->title, .clock = hours(g->arena, b->starts_at, b->ends_at)};
            x.link = b->title.len ? link_record(g->arena, S("/meeting/"), b->id.v, S("")) : x.link;
            LIST_ADD(g->arena, &line.bookings, x);
        }
    }
    return line;
}

static struct link rooms_link(struct get *g, struct date on) {
    return link_local(g->arena, "/meeting/room?on=%.*s", STR_ARG(date_iso(g->arena, on)));
}

struct err meeting_rooms_get(struct get *g) {
    struct date on = asked_day(g);
    struct meeting_rooms_rows rooms;
    struct meeting_booked_rows booked;
    bool may = (g->who->roles & (ROLE_CLERK | ROLE_HEAD | ROLE_ADMIN)) != 0;
    struct meeting_rooms_view v = {
        .day_on = on, .before = rooms_link(g, date_plus(on, -1)), .after = rooms_link(g, date_plus(on, 1))};
    if (may) {
        v.add = link_local(g->arena, "/meeting/room/new");
    }
    TRY(meeting_rooms(g->db, (struct meeting_rooms_in){.organ = g->who->organ.v}, &rooms));
    TRY(meeting_booked(g->db,
                       (struct meeting_booked_in){.post = g->who->post.v,
                                                  .organ = g->who->organ.v,
                                                  .since = date_start(on).ms,
                                                  .until = date_start(date_plus(on, 1)).ms},
                       &booked));
    for (size_t i = 0; i < rooms.n; i++) {
        LIST_ADD(g->arena, &v.rooms, room_line(g, &rooms.at[i], may, &booked));
    }
    return answer_meeting_rooms(g, &v);
}

/* ---- Attendance */

static struct link attended_link(struct get *g, int64_t post, const char *how) {
    return link_local(g->arena, "/meeting?box=past&of=%lld&how=%s", (long long)post, how);
}

static struct meeting_attendance_line attended_line(struct get *g, const struct meeting_attendance_row *r) {
    return (struct meeting_attendance_line){.name = r->name,
                                            .words = r->words,
                                            .n = r->n,
                                            .came = r->came,
                                            .replaced = r->replaced,
                                            .excused = r->excused,
                                            .absent = r->absent,
                                            .all = attended_link(g, r->of_post, ""),
                                            .came_link = attended_link(g, r->of_post, "came"),
                                            .replaced_link = attended_link(g, r->of_post, "stand_in"),
                                            .excused_link = attended_link(g, r->of_post, "excused"),
                                            .absent_link = attended_link(g, r->of_post, "absent")};
}

struct err meeting_attendance_get(struct get *g) {
    struct meeting_attendance_rows rows;
    struct meeting_attendance_view v = {0};
    struct meeting_attendance_in in = {.post = g->who->post.v, .most = PEOPLE_ON_A_PAGE + 1};
    if (!num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &in.after)) {
        in.after = 0;
    }
    TRY(meeting_attendance(g->db, in, &rows));
    for (size_t i = 0; i < rows.n && i < PEOPLE_ON_A_PAGE; i++) {
        LIST_ADD(g->arena, &v.lines, attended_line(g, &rows.at[i]));
    }
    if (rows.n > PEOPLE_ON_A_PAGE) {
        v.pages.older =
            link_local(g->arena, "/meeting/attendance?after=%lld", (long long)rows.at[PEOPLE_ON_A_PAGE - 1].of_post);
    }
    return answer_meeting_attendance(g, &v);
}
