/* The demonstration: a meeting that is over with its conclusions, one of today, one being prepared; and the commune's.
 */
#include "modules/meeting/meeting_demo.h"

#include "kernel/file/file.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/org/org.h"

#include "base/arena.h"

enum { CLERK, CHAIR, OFFICER, COMMUNE, ADMIN, PEOPLE };
static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa"),
                                          S_INIT("quantri")};

struct demo {
    struct db_write *db;
    struct arena *arena;
    struct who who[PEOPLE];
    struct meeting_room_id hall, small;
};

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct meeting_demo_person_row *row;
    *who = (struct who){0};
    TRY(meeting_demo_person(db, (struct meeting_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

/* From now on it is that time, and this person acts. */
static const struct who *as(struct demo *d, int who, struct date on, int hour, int minute) {
    clock_freeze(date_at(on, hour, minute));
    db_actor_set(d->db, &(struct db_actor){.person = d->who[who].person.v, .post = d->who[who].post.v});
    return &d->who[who];
}

struct item {
    struct str title, presenter;
    int64_t minutes;
};

static struct err items_add(struct demo *d, const struct who *by, int64_t id, const struct item *items, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct meeting_agenda_words w = {
            .title = items[i].title, .presenter = items[i].presenter, .minutes = items[i].minutes};
        TRY(meeting_agenda_add(d->db, by, id, &w));
    }
    return OK;
}

static struct err paper_add(struct demo *d, const struct who *by, int64_t id, struct str name, struct str words) {
    struct str pdf = meeting_demo_pdf(d->arena, name, words);
    struct meeting_paper_new paper = {.name = name, .size = (int64_t)pdf.len};
    TRY(file_keep_bytes(d->db, d->arena, pdf, &paper.file));
    return meeting_paper_add(d->db, by, id, &paper);
}

static struct err everybody_comes(struct demo *d, const struct who *by, int64_t id, struct str but) {
    struct meeting_people_rows rows;
    TRY(meeting_people(db_reading(d->db), (struct meeting_people_in){.meeting = {id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(rows.at[i].name, but)) {
            TRY(meeting_presence(d->db, by, id, rows.at[i].id.v, false));
        }
    }
    return OK;
}

static struct err invite(struct demo *d, const struct who *by, int64_t id) {
    int64_t people[] = {d->who[CHAIR].unit.v, d->who[OFFICER].post.v, d->who[ADMIN].post.v};
    TRY(meeting_invite_posts(d->db, by, id, (struct db_ids){people, 3}, true));
    return meeting_invite_guests(d->db, by, id,
                                 S("Nguyễn Thị Hạnh, Hội Liên hiệp Phụ nữ thành phố\n"
                                   "Lưu Đức Thắng, Hội Cựu chiến binh thành phố"),
                                 false);
}

static const struct item past_items[] = {
    {S_INIT("Khai mạc, thông qua chương trình"), S_INIT("Chủ tọa"), 10},
    {S_INIT("Báo cáo kết quả Ngày hội Đại đoàn kết toàn dân tộc năm 2026"), S_INIT("Ban Phong trào"), 30},
    {S_INIT("Thảo luận phân bổ kinh phí hỗ trợ nhà Đại đoàn kết"), S_INIT("Chủ tọa"), 40},
    {S_INIT("Kết luận"), S_INIT("Chủ tọa"), 10},
};
static const struct item today_items[] = {
    {S_INIT("Khai mạc, điểm danh"), S_INIT("Chủ tọa"), 10},
    {S_INIT("Báo cáo công tác Mặt trận tháng 11"), S_INIT("Văn phòng"), 20},
    {S_INIT("Thảo luận phương hướng, nhiệm vụ năm 2027"), S_INIT("Ban Phong trào"), 40},
    {S_INIT("Thông qua kế hoạch Tết Vì người nghèo"), S_INIT("Chủ tọa"), 20},
};
static const struct item next_items[] = {
    {S_INIT("Khai mạc, thông qua chương trình"), S_INIT("Chủ tọa"), 15},
    {S_INIT("Báo cáo công tác Mặt trận năm 2026"), S_INIT("Ban Thường trực"), 45},
    {S_INIT("Hiệp thương cử bổ sung Ủy viên Ủy ban"), S_INIT("Ban Tổ chức - Kiểm tra"), 40},
    {S_INIT("Thông qua nghị quyết, bế mạc"), S_INIT("Chủ tọa"), 20},
};
#define N(list_) (sizeof(list_) / sizeof *(list_))

static const struct str report =
    S_INIT("I. KẾT QUẢ\n"
           "1. Toàn thành phố có 100 % khu dân cư tổ chức Ngày hội Đại đoàn kết toàn dân tộc; nhiều nơi tổ chức cả "
           "phần lễ và phần hội.\n"
           "2. Ủy ban Mặt trận các cấp vận động Quỹ “Vì người nghèo”, bàn giao nhà Đại đoàn kết cho hộ nghèo trước "
           "ngày 18 tháng 11.\n"
           "3. Ý kiến, kiến nghị của Nhân dân tại Ngày hội được tổng hợp, chuyển cơ quan có thẩm quyền.\f"
           "II. NHIỆM VỤ TRỌNG TÂM\n"
           "1. Tổ chức lấy ý kiến Nhân dân về phương án sắp xếp khu dân cư, công khai kết quả tại nhà văn hóa.\n"
           "2. Phân bổ kinh phí hỗ trợ xây mới, sửa chữa nhà Đại đoàn kết, ưu tiên hộ nghèo ở các xã đảo.\n"
           "3. Mỗi kiến nghị sau giám sát có thời hạn trả lời và được theo dõi đến cùng.\f"
           "III. TỔ CHỨC THỰC HIỆN\n"
           "Các ban, đơn vị căn cứ nhiệm vụ được giao xây dựng kế hoạch, báo cáo Ban Thường trực.");

/* Counted by the clerk, confirmed by the chair. */
static struct err vote_through(struct demo *d, struct date on, int64_t id) {
    struct meeting_vote_by_id_row *v;
    int64_t vote;
    TRY(meeting_vote_begin(d->db, as(d, CLERK, on, 9, 20), id,
                           S("Nhất trí phân bổ kinh phí hỗ trợ nhà Đại đoàn kết đợt 4"), S("hands"), &vote));
    TRY(meeting_vote_by_id(db_reading(d->db), (struct meeting_vote_by_id_in){.id = {vote}, .meeting = {id}}, &v));
    TRY(meeting_vote_tally(d->db, as(d, CLERK, on, 9, 23), id, vote,
                           &(struct meeting_tally){.yes = v->present - 1, .other = 1}));
    return meeting_vote_close(d->db, as(d, CHAIR, on, 9, 25), id, vote);
}

static struct err concluded(struct demo *d, struct date on, struct date now, int64_t id) {
    struct meeting_agendas_rows rows;
    TRY(meeting_agendas(db_reading(d->db), (struct meeting_agendas_in){.meeting = {id}}, &rows));
    for (int i = 0; i < 3; i++) {
        TRY(meeting_turn(d->db, as(d, CLERK, on, 8, 1 + i * 20), id, rows.at[i].id.v));
    }
    TRY(meeting_speech_ask(d->db, as(d, OFFICER, on, 8, 50), id, S("question"),
                           S("Hộ đã được doanh nghiệp hỗ trợ thì có nằm trong đợt 4 không?"), 3));
    TRY(vote_through(d, on, id));
    TRY(meeting_demo_ballot(d->db, as(d, CLERK, on, 9, 28), id));
    const struct who *clerk = as(d, CLERK, on, 9, 40);
    TRY(meeting_turn(d->db, clerk, id, rows.at[3].id.v));
    TRY(meeting_conclude(d->db, clerk, id,
                         S("Rà soát danh sách hộ đề nghị hỗ trợ, công khai tại khu dân cư trước khi phân bổ."),
                         d->who[OFFICER].post.v, date_plus(now, 9)));
    TRY(meeting_conclude(d->db, clerk, id,
                         S("Văn phòng tổng hợp kiến nghị của Nhân dân tại Ngày hội, trình Ban Thường trực."),
                         d->who[CLERK].unit.v, date_plus(now, 5)));
    TRY(meeting_conclude(d->db, clerk, id, S("Ban Thường trực biểu dương các khu dân cư tổ chức Ngày hội tốt."), 0,
                         (struct date){0}));
    return meeting_move(d->db, as(d, CLERK, on, 9, 55), id, "closing", S(""));
}

static struct err past(struct demo *d, struct date now) {
    struct date on = date_plus(now, -6), sent = date_plus(on, -5);
    const struct who *clerk = as(d, CLERK, sent, 9, 0);
    struct meeting_item_id id;
    int64_t n;
    struct meeting_words w = {.kind = S("standing"),
                              .title = S("Họp Ban Thường trực đánh giá Ngày hội Đại đoàn kết toàn dân tộc"),
                              .note = S("Đánh giá kết quả, bàn phân bổ kinh phí hỗ trợ nhà Đại đoàn kết."),
                              .starts_at = date_at(on, 8, 0),
                              .ends_at = date_at(on, 10, 0),
                              .room = d->small,
                              .chair = d->who[CHAIR].post,
                              .secretary = clerk->post,
                              .is_shown = true};
    TRY(meeting_make(d->db, clerk, &w, &id));
    TRY(items_add(d, clerk, id.v, past_items, N(past_items)));
    TRY(invite(d, clerk, id.v));
    TRY(paper_add(d, clerk, id.v, S("Báo cáo kết quả Ngày hội Đại đoàn kết năm 2026"), report));
    TRY(meeting_move(d->db, clerk, id.v, "invitation", S("")));
    TRY(everybody_comes(d, as(d, CLERK, on, 7, 50), id.v, S("Nguyễn Thị Hạnh")));
    TRY(meeting_move(d->db, as(d, CLERK, on, 8, 0), id.v, "opening", S("")));
    TRY(concluded(d, on, now, id.v));
    return meeting_assign(d->db, as(d, CHAIR, on, 10, 30), NULL, id.v, &n);
}

static struct err today(struct demo *d, struct date now) {
    const struct who *clerk = as(d, CLERK, date_plus(now, -3), 9, 0);
    struct meeting_item_id id;
    struct meeting_words w = {.kind = S("standing"),
                              .title = S("Họp Ban Thường trực tháng 11, bàn nhiệm vụ năm 2027"),
                              .note = S("Các ban chuẩn bị ý kiến về phương hướng năm 2027."),
                              .starts_at = date_at(now, 8, 0),
                              .ends_at = date_at(now, 23, 30),
                              .room = d->hall,
                              .chair = d->who[CHAIR].post,
                              .secretary = clerk->post,
                              .is_shown = true};
    TRY(meeting_make(d->db, clerk, &w, &id));
    TRY(items_add(d, clerk, id.v, today_items, N(today_items)));
    TRY(invite(d, clerk, id.v));
    TRY(paper_add(d, clerk, id.v, S("Dự thảo phương hướng, nhiệm vụ năm 2027"), report));
    TRY(meeting_move(d->db, clerk, id.v, "invitation", S("")));
    TRY(meeting_answer(d->db, as(d, CHAIR, date_plus(now, -2), 10, 0), id.v,
                       &(struct meeting_answer){.answer = S("yes")}));
    return everybody_comes(d, as(d, CLERK, now, 0, 5), id.v, d->who[OFFICER].name);
}

static struct err ahead(struct demo *d, struct date now) {
    const struct who *clerk = as(d, CLERK, date_plus(now, -1), 14, 0);
    struct date on = date_plus(now, 10);
    struct meeting_item_id id;
    struct meeting_words w = {.kind = S("committee"),
                              .title = S("Hội nghị Ủy ban MTTQ Việt Nam thành phố lần thứ 4"),
                              .note = S("Tổng kết công tác năm 2026, hiệp thương cử bổ sung Ủy viên."),
                              .starts_at = date_at(on, 13, 30),
                              .ends_at = date_at(on, 16, 30),
                              .room = d->hall,
                              .chair = d->who[CHAIR].post,
                              .secretary = clerk->post,
                              .eligible = 9,
                              .is_shown = true};
    TRY(meeting_make(d->db, clerk, &w, &id));
    TRY(items_add(d, clerk, id.v, next_items, N(next_items)));
    TRY(invite(d, clerk, id.v));
    TRY(paper_add(d, clerk, id.v, S("Dự thảo báo cáo công tác Mặt trận năm 2026"), report));
    return paper_add(d, clerk, id.v, S("Dự thảo nghị quyết"),
                     S("Hội nghị thống nhất các nội dung sau.\n1. Thông qua báo cáo.\n2. Cử bổ sung Ủy viên."));
}

static struct err of_commune(struct demo *d, struct date now) {
    const struct who *clerk = as(d, COMMUNE, date_plus(now, -1), 15, 0);
    struct meeting_item_id id;
    struct meeting_words w = {.kind = S("briefing"),
                              .title = S("Giao ban với các Ban công tác Mặt trận khu dân cư"),
                              .note = S("Mỗi khu dân cư báo cáo số hộ nghèo cần hỗ trợ Tết."),
                              .starts_at = date_at(date_plus(now, 2), 8, 0),
                              .ends_at = date_at(date_plus(now, 2), 10, 0),
                              .place = S("Nhà văn hóa khu 3"),
                              .chair = clerk->post,
                              .is_shown = true};
    TRY(meeting_make(d->db, clerk, &w, &id));
    TRY(meeting_agenda_add(d->db, clerk, id.v,
                           &(struct meeting_agenda_words){.title = S("Hỗ trợ hộ nghèo dịp Tết"), .minutes = 60}));
    return meeting_move(d->db, clerk, id.v, "invitation", S(""));
}

static struct err city(struct demo *d, struct date now) {
    struct meeting_room_words hall = {.name = S("Hội trường A2"), .seats = 120, .note = S("Máy chiếu, âm thanh")};
    struct meeting_room_words small = {.name = S("Phòng họp tầng 3"), .seats = 20, .note = S("Màn hình")};
    const struct who *clerk = as(d, CLERK, date_plus(now, -20), 9, 0);
    TRY(meeting_room_make(d->db, clerk, &hall, &d->hall));
    TRY(meeting_room_make(d->db, clerk, &small, &d->small));
    TRY(past(d, now));
    TRY(today(d, now));
    return ahead(d, now);
}

struct err meeting_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .arena = arena};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = person_of(db_reading(db), logins[i], &d.who[i]);
    }
    bool has_city = d.who[CLERK].post.v && d.who[CHAIR].post.v && d.who[OFFICER].post.v && d.who[ADMIN].post.v;
    e = e.why || !has_city ? e : city(&d, date_of(now));
    e = e.why || !d.who[COMMUNE].post.v ? e : of_commune(&d, date_of(now));
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
