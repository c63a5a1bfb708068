/* The demonstration: a consultation that is open, and one that was answered and published. */
#include "base/arena.h"
#include "kernel/db/id.h"
#include "modules/consult/consult_inside.h"
#include "modules/org/org.h"
#include "modules/receipt/receipt.h"

#include "base/banned.h"

enum { OFFICER, LEADER, CLERK, PEOPLE };
static const struct str logins[PEOPLE] = {S_INIT("chuyenvien"), S_INIT("lanhdao"), S_INIT("vanthu")};

static const char houses[] =
    "Điều 1. Phạm vi điều chỉnh\nNghị quyết này quy định mức hỗ trợ xây mới, sửa chữa nhà Đại đoàn kết trên địa bàn "
    "thành phố từ năm 2027.\n"
    "Điều 2. Đối tượng áp dụng\nHộ nghèo, hộ cận nghèo, hộ gia đình người có công có khó khăn về nhà ở.\n"
    "Điều 3. Điều kiện được hỗ trợ\n1. Nhà ở hư hỏng nặng, chưa được Nhà nước hỗ trợ nhà ở trong 10 năm gần đây.\n2. "
    "Có đất ở hợp pháp, không có tranh chấp.\n"
    "Điều 4. Mức hỗ trợ\n1. Xây mới: 100 triệu đồng một nhà.\n2. Sửa chữa: 50 triệu đồng một nhà.\n3. Hộ ở đặc khu, "
    "hộ có người khuyết tật nặng được hỗ trợ thêm 20 phần trăm.\n"
    "Điều 5. Nguồn kinh phí\nNgân sách thành phố, Quỹ Vì người nghèo các cấp và đóng góp tự nguyện.\n"
    "Điều 6. Trình tự bình xét\nBan công tác Mặt trận họp dân bình xét công khai, niêm yết 5 ngày rồi trình Ủy ban "
    "nhân "
    "dân cấp xã.\n"
    "Điều 7. Diện tích, chất lượng nhà\nNhà xây mới không nhỏ hơn 30 mét vuông, bảo đảm nền cứng, khung cứng, mái "
    "cứng.\n"
    "Điều 8. Hiệu lực thi hành\nNghị quyết có hiệu lực từ ngày 01 tháng 01 năm 2027.\n";
static const char culture[] =
    "Điều 1. Nơi sinh hoạt chung\nMỗi tổ dân phố, thôn có một nhà văn hóa, mở cửa ít nhất ba buổi tối một tuần.\n"
    "Điều 2. Người trông coi\nTrưởng ban công tác Mặt trận phân công người trông coi, giữ chìa khóa.\n"
    "Điều 3. Kinh phí\nHỗ trợ tiền điện, nước 500.000 đồng một tháng.\n";

struct saying {
    int64_t clause;
    const char *via, *source, *stance, *name, *place;
    struct str text;
    int64_t people;
};
static const struct saying of_houses[] = {
    {1, "web", "", "yes", "", "", S_INIT(""), 1},
    {1, "web", "", "part", "", "xã Kiến Thụy", S_INIT("Nên nói rõ áp dụng cả cho nhà đã khởi công cuối năm 2026."), 1},
    {2, "meeting", "Hội nghị góp ý phường Lê Chân", "part", "", "phường Lê Chân",
     S_INIT("Bổ sung hộ mới thoát nghèo dưới 36 tháng mà nhà vẫn dột nát."), 14},
    {2, "web", "", "part", "Lưu Thị Hạnh", "xã An Lão", S_INIT("Thêm hộ mới thoát nghèo, nhà vẫn hỏng."), 1},
    {2, "organisation", "Hội Cựu chiến binh thành phố, công văn 88/CV-CCB", "yes", "", "",
     S_INIT("Nhất trí đưa hộ người có công vào đối tượng."), 1},
    {3, "web", "", "part", "", "phường Hồng Bàng",
     S_INIT("Mười năm dài quá. Nhà bị bão năm 2024 thì xét lại, không đợi đủ mười năm."), 1},
    {3, "paper", "Phiếu số 12, xã Vĩnh Bảo", "no", "", "xã Vĩnh Bảo",
     S_INIT("Nhà hỏng vì bão thì không nên tính thời hạn mười năm."), 1},
    {3, "paper", "Phiếu số 13, xã Vĩnh Bảo", "yes", "", "xã Vĩnh Bảo", S_INIT(""), 1},
    {3, "web", "", "part", "", "", S_INIT("Hộ ở nhờ đất bố mẹ, có xác nhận của xã thì cũng cho hỗ trợ."), 1},
    {4, "web", "", "part", "", "đặc khu Cát Hải",
     S_INIT("Nhà ở đảo phải chở xi măng, cát bằng tàu, giá gấp rưỡi đất liền. Thêm 20 phần trăm chưa đủ tiền chở."), 1},
    {4, "meeting", "Hội nghị góp ý đặc khu Cát Hải", "part", "", "đặc khu Cát Hải",
     S_INIT("Vật liệu chở ra đảo đắt, đề nghị thêm 50 phần trăm."), 31},
    {4, "web", "", "yes", "Vương Đình Tuyển", "phường Kiến An", S_INIT("Mức này hợp lý, sát giá năm nay."), 1},
    {4, "web", "", "part", "", "xã Tiên Lãng",
     S_INIT("Nên tính thêm hộ chỉ có người cao tuổi sống một mình, không vay được ở đâu."), 1},
    {4, "paper", "Phiếu số 27, xã Tiên Lãng", "part", "", "xã Tiên Lãng",
     S_INIT("Cho nhận tiền làm hai đợt, đợt đầu ngay khi khởi công."), 1},
    {4, "web", "", "no", "", "", S_INIT("Sửa chữa 50 triệu thì ít, nâng lên 80 triệu."), 1},
    {5, "web", "", "part", "", "", S_INIT("Ghi rõ mỗi nguồn bao nhiêu, công khai từng nhà."), 1},
    {5, "organisation", "Hội Nông dân thành phố, công văn 41/CV-HND", "yes", "", "",
     S_INIT("Nhất trí. Hội vận động thêm ngày công của hội viên."), 1},
    {6, "meeting", "Hội nghị góp ý xã Thủy Nguyên", "part", "", "xã Thủy Nguyên",
     S_INIT("Niêm yết 5 ngày ngắn, người đi làm xa không kịp biết; nên 10 ngày."), 22},
    {6, "web", "", "part", "Bế Văn Lực", "xã Thủy Nguyên", S_INIT("Niêm yết mười ngày, cả ở nhà văn hóa thôn."), 1},
    {6, "web", "", "yes", "", "", S_INIT("Bình xét công khai là đúng, dân mới tin."), 1},
    {6, "paper", "Phiếu số 31, phường Hải An", "no", "", "phường Hải An",
     S_INIT("Phải có đại diện hộ được xét dự họp."), 1},
    {7, "web", "", "part", "", "đặc khu Bạch Long Vĩ", S_INIT("Nhà ở đảo cần chằng chống bão, nên ghi thêm."), 1},
    {7, "web", "", "no", "", "", S_INIT("Ba mươi mét vuông cho hộ sáu người thì chật quá."), 1},
    {8, "web", "", "yes", "", "", S_INIT(""), 1},
    {0, "organisation", "Hội Liên hiệp Phụ nữ thành phố, công văn 120/CV-PN", "yes", "", "",
     S_INIT("Nhất trí với dự thảo; đề nghị sớm ban hành để kịp mùa xây dựng đầu năm."), 1},
};
static const struct saying of_culture[] = {
    {1, "web", "", "part", "", "phường Ngô Quyền", S_INIT("Mở cửa cả chiều Chủ nhật cho trẻ em đọc sách."), 1},
    {1, "meeting", "Hội nghị tổ dân phố số 7", "yes", "", "",
     S_INIT("Đồng tình, nhà văn hóa khóa cửa quanh năm rất phí."), 18},
    {2, "web", "", "no", "", "", S_INIT("Người trông coi phải có phụ cấp, không thể làm không công mãi."), 1},
    {3, "paper", "Phiếu số 3", "part", "", "", S_INIT("500.000 đồng không đủ tiền điện mùa hè."), 1},
};
static const struct {
    int64_t clause;
    struct str title;
    const char *verdict;
    struct str reason, wording;
} answers[] = {
    {1, S_INIT("Mở cửa thêm, cho trẻ em đọc sách"), "taken", S_INIT("Đã thêm chiều Chủ nhật vào Điều 1."),
     S_INIT("Mỗi tổ dân phố, thôn có một nhà văn hóa, mở cửa ít nhất ba buổi tối một tuần và chiều Chủ nhật.")},
    {2, S_INIT("Người trông coi cần có phụ cấp"), "not",
     S_INIT(
         "Phụ cấp phải do Hội đồng nhân dân quyết định, ngoài phạm vi của quy chế này. Mặt trận đã kiến nghị riêng."),
     S_INIT("")},
    {3, S_INIT("Tiền điện, nước chưa đủ"), "part",
     S_INIT("Nâng lên 700.000 đồng trong ba tháng hè; các tháng khác giữ nguyên vì vượt dự toán."),
     S_INIT("Hỗ trợ tiền điện, nước 500.000 đồng một tháng; tháng 6, 7, 8 là 700.000 đồng.")},
};
#define COUNT(a_) (sizeof(a_) / sizeof *(a_))

struct demo {
    struct db_write *db;
    struct who people[PEOPLE];
    struct date today;
};

static void at(struct demo *d, int ago, int who) {
    clock_freeze(date_at(date_plus(d->today, -ago), 9, 30));
    db_actor_set(d->db, &(struct db_actor){.person = d->people[who].person.v, .post = d->people[who].post.v});
}

static struct err act(struct demo *d, int who, int ago, struct consult_item_id id, const char *verb) {
    at(d, ago, who);
    return consult_act(d->db, &d->people[who], id, verb, S(""));
}

static struct err said(struct demo *d, struct consult_item_id id, const struct saying *s, int ago) {
    struct consult_opinion_id opinion;
    struct receipt_item_id receipt;
    struct str code;
    bool is_web = str_eq(str_of(s->via), S("web"));
    at(d, ago, CLERK);
    struct consult_said x = {.item = id,
                             .clause = s->clause,
                             .via = str_of(s->via),
                             .source = str_of(s->source),
                             .stance = str_of(s->stance),
                             .text = s->text,
                             .name = str_of(s->name),
                             .place = str_of(s->place),
                             .people = s->people};
    if (is_web) {
        db_actor_set(d->db, &(struct db_actor){0});
    }
    TRY(consult_say(d->db, is_web ? NULL : &d->people[CLERK], &x, &opinion));
    struct receipt_made made = {.kind = S("consult"), .prefix = S("31"), .record = opinion.v};
    return is_web ? receipt_make(d->db, &made, &receipt, &code) : OK;
}

static struct err opened(struct demo *d, const struct consult_new *x, int ago, struct consult_item_id *id) {
    at(d, ago, OFFICER);
    TRY(consult_add(d->db, &d->people[OFFICER], x, id));
    TRY(act(d, OFFICER, ago, *id, "submission"));
    return act(d, LEADER, ago - 1, *id, "opening");
}

static struct err theme(struct demo *d, struct consult_item_id id, size_t i) {
    struct consult_opinions_rows rows;
    struct consult_theme_id theme;
    struct consult_theme_by_id_row *t;
    TRY(consult_opinions(
        db_reading(d->db),
        (struct consult_opinions_in){.item = id, .before = INT64_MAX, .clause = answers[i].clause, .most = 50}, &rows));
    int64_t *ids = arena_take(db_write_arena(d->db), int64_t, rows.n + 1);
    for (size_t k = 0; k < rows.n; k++) {
        ids[k] = rows.at[k].id.v;
    }
    struct consult_grouping g = {.opinions = {ids, rows.n}, .title = answers[i].title};
    TRY(consult_group(d->db, &d->people[OFFICER], id, &g, &theme));
    TRY(consult_theme_by_id(db_reading(d->db), (struct consult_theme_by_id_in){.id = theme}, &t));
    return consult_answer(d->db, &d->people[OFFICER], id, theme,
                          &(struct consult_answer_new){.title = answers[i].title,
                                                       .verdict = str_of(answers[i].verdict),
                                                       .reason = answers[i].reason,
                                                       .wording = answers[i].wording,
                                                       .version = t->version});
}

static struct err make_answered(struct demo *d) {
    struct consult_item_id id;
    struct consult_new x = {.title = S("Quy chế dùng nhà văn hóa thôn, tổ dân phố"),
                            .lead = S("Dự thảo quy chế mẫu: giờ mở cửa, người trông coi, tiền điện nước."),
                            .drafter = S("Sở Văn hóa, Thể thao và Du lịch"),
                            .asked = S("nhân dân toàn thành phố"),
                            .draft = str_of(culture),
                            .is_public = true,
                            .closes_on = date_plus(d->today, -40),
                            .answer_on = date_plus(d->today, -15)};
    TRY(opened(d, &x, 70, &id));
    for (size_t i = 0; i < COUNT(of_culture); i++) {
        TRY(said(d, id, &of_culture[i], 60 - (int)i));
    }
    TRY(act(d, OFFICER, 39, id, "end"));
    for (size_t i = 0; i < COUNT(answers); i++) {
        at(d, 30, OFFICER);
        TRY(theme(d, id, i));
    }
    TRY(act(d, OFFICER, 20, id, "request"));
    return act(d, LEADER, 19, id, "publication");
}

static struct err make_open(struct demo *d) {
    struct consult_item_id id;
    struct consult_new x = {
        .title = S("Mức hỗ trợ xây mới, sửa chữa nhà Đại đoàn kết"),
        .lead = S("Dự thảo Nghị quyết của Hội đồng nhân dân thành phố: ai được hỗ trợ, bao nhiêu, bình xét thế nào."),
        .drafter = S("Sở Xây dựng"),
        .asked = S("nhân dân toàn thành phố, Mặt trận các xã, phường, tổ chức thành viên"),
        .draft = str_of(houses),
        .is_public = true,
        .closes_on = date_plus(d->today, 9),
        .answer_on = date_plus(d->today, 28)};
    TRY(opened(d, &x, 20, &id));
    for (size_t i = 0; i < COUNT(of_houses); i++) {
        TRY(said(d, id, &of_houses[i], 18 - (int)(i * 17 / COUNT(of_houses))));
    }
    return OK;
}

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct consult_demo_person_row *row;
    TRY(consult_demo_person(db, (struct consult_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

struct err consult_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .today = clock_today()};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    (void)arena;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = person_of(db_reading(db), logins[i], &d.people[i]);
    }
    if (!e.why && d.people[OFFICER].post.v && d.people[LEADER].post.v && d.people[CLERK].post.v) {
        e = make_answered(&d);
        e = e.why ? e : make_open(&d);
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
