/* Believable articles of the city and four communes, each on its way: live, waiting, returned, withdrawn, set for a
 * time. */
#include "base/arena.h"
#include "base/facts.h"
#include "kernel/file/file.h"
#include "modules/org/org.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_duty.h"
#include "modules/portal/portal_queries.h"

FACTS(portal_demo_boats, "modules/portal/demo/lan-ha.jpg");
FACTS(portal_demo_house, "modules/portal/demo/nha-moi.jpg");

enum stage { DRAFT, SUBMITTED, RETURNED, SET, LIVE, TAKEN, PROPOSED, WITHDRAWN, CORRECTED };
enum picture { NONE, BOATS, HOUSE };
enum { OLDEST = 30 };
static const struct story {
    struct str code; /* of the committee's unit */
    int ago;         /* days */
    enum stage stage;
    enum picture picture;
    bool is_for_communes;
    struct str category, title, lead, body, alt, credit, reason;
} stories[] = {
    {S_INIT("MT31"), 12, LIVE, NONE, false, S_INIT("oversight"),
     S_INIT("Giám sát nước sạch nông thôn: bảy kiến nghị gửi ba sở, hạn trả lời 15/12"),
     S_INIT("Sau 12 buổi khảo sát tại sáu xã, đoàn giám sát của Mặt trận thành phố đề nghị sửa ba trạm cấp nước và "
            "công bố kết quả kiểm nghiệm từng tháng."),
     S_INIT(
         "Đoàn giám sát làm việc từ ngày 6 đến ngày 24/11/2026 tại sáu xã, gặp 214 hộ dùng nước từ trạm cấp nước tập "
         "trung.\n\n"
         "## Những gì đoàn thấy\n\n- Ba trạm có ngày mất nước quá tám giờ mà không báo trước.\n- Kết quả kiểm nghiệm "
         "không dán ở nhà văn hóa thôn.\n"
         "- Bà con ở cuối đường ống phải bơm thêm vào buổi tối.\n\n## Bảy kiến nghị\n\n1. Sửa ba trạm cấp nước trước "
         "Tết Đinh Mùi.\n"
         "2. Báo trước khi cắt nước, ít nhất một ngày.\n3. Dán kết quả kiểm nghiệm từng tháng tại nhà văn hóa thôn.\n\n"
         "Nhiều ý kiến được bà con nêu từ [Ngày hội Đại đoàn "
         "kết](/portal/thanh-pho/ngay-hoi-dai-doan-ket-nam-2026-1-912-khu-dan-cu-cung-to-chuc-phan-hoi-buoi-toi). Các "
         "kiến nghị còn lại nằm trong báo cáo gửi ba sở. Trả lời của từng sở sẽ được đăng ở đây.\n\n"
         "> Nước có màu thì chúng tôi chỉ dám dùng để tưới. Có tờ kiểm nghiệm dán ở thôn là yên tâm hơn nhiều.\n> — Bà "
         "con thôn Trung Am"),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT31"), 5, LIVE, NONE, true, S_INIT("notice"),
     S_INIT("114 phường, xã, đặc khu rà soát danh sách quà Tết Đinh Mùi cho hộ nghèo"),
     S_INIT("Danh sách niêm yết tại nhà văn hóa từ ngày 26/11 đến hết ngày 5/12/2026. Ai thấy sót, thấy trùng thì báo "
            "Ban Công tác Mặt trận nơi ở."),
     S_INIT("Mặt trận thành phố đề nghị mỗi phường, xã, đặc khu đối chiếu danh sách với khu dân cư trước khi chuyển "
            "quà.\n\n"
            "## Xem danh sách ở đâu\n\nDanh sách dán tại nhà văn hóa thôn, tổ dân phố và tại trụ sở Ủy ban MTTQ "
            "phường, xã, đặc khu.\n\n"
            "## Thấy chưa đúng thì làm gì\n\n1. Báo Trưởng ban Công tác Mặt trận khu dân cư.\n2. Hoặc đến trụ sở Mặt "
            "trận phường, xã trong giờ làm việc.\n"
            "3. Mặt trận trả lời tại chỗ hoặc trong ba ngày làm việc.\n\nQuà được trao từ ngày 15/1/2027, xong trước "
            "ngày 28 tháng Chạp."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT31"), 20, CORRECTED, NONE, false, S_INIT("movement"),
     S_INIT("Ngày hội Đại đoàn kết năm 2026: 1.912 khu dân cư cùng tổ chức phần hội buổi tối"),
     S_INIT("Phần lễ gọn trong một giờ, phần hội kéo dài đến khuya với bữa cơm chung của cả khu dân cư."),
     S_INIT("Từ ngày 10 đến ngày 18/11/2026, các khu dân cư trong thành phố tổ chức Ngày hội Đại đoàn kết toàn dân "
            "tộc.\n\n"
            "## Điều khác năm trước\n\n- Phần lễ không quá một giờ.\n- Bữa cơm chung do các hộ cùng góp.\n- Không treo "
            "phông in một lần rồi bỏ.\n\n"
            "Tại ngày hội, 96 nhà Đại đoàn kết được bàn giao. Danh sách từng nhà do xã, phường niêm yết."),
     S_INIT(""), S_INIT(""), S_INIT("Số nhà bàn giao từ 94 thành 96")},
    {S_INIT("MT31"), 16, WITHDRAWN, NONE, false, S_INIT("relief"),
     S_INIT("Danh sách hộ nhận hỗ trợ sửa nhà sau bão, đợt 1"),
     S_INIT("Danh sách theo từng phường, xã do Ban vận động Quỹ Cứu trợ thành phố lập."),
     S_INIT("Danh sách gồm 128 hộ ở 31 phường, xã có nhà hư hỏng sau bão số 3.\n\nMỗi hộ được hỗ trợ theo mức độ hư "
            "hỏng do tổ kiểm tra của xã ghi nhận."),
     S_INIT(""), S_INIT(""), S_INIT("Danh sách ghi cả số nhà của người nhận. Bản mới chỉ ghi thôn và số hộ.")},
    {S_INIT("MT31"), 1, SUBMITTED, NONE, false, S_INIT("activity"),
     S_INIT("Hội nghị Ban Thường trực tháng 12 bàn chương trình giám sát năm 2027"),
     S_INIT("Dự kiến giám sát bốn nội dung, trong đó có việc trả lời kiến nghị của cử tri ở cấp xã."),
     S_INIT("Hội nghị họp sáng 4/12/2026, xem xét chương trình giám sát, phản biện năm 2027.\n\n## Bốn nội dung dự "
            "kiến\n\n"
            "- Trả lời kiến nghị của cử tri ở cấp xã.\n- Thu, chi các quỹ vận động.\n- Bữa ăn bán trú.\n- Nhà ở cho "
            "công nhân."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT31"), 0, SET, NONE, false, S_INIT("notice"),
     S_INIT("Lịch tiếp công dân của Ban Thường trực, quý I năm 2027"),
     S_INIT("Ba buổi mỗi tháng tại phòng tiếp công dân, tầng 1. Ai cũng đến được, đặt trước thì không phải chờ."),
     S_INIT("## Lịch tháng 1/2027\n\n- Thứ Ba 5/1: Chủ tịch, buổi sáng.\n- Thứ Tư 13/1: Phó Chủ tịch Thường trực, buổi "
            "sáng.\n- Thứ Hai 25/1: Trưởng Ban Dân chủ - Giám sát và Phản biện xã hội, buổi chiều.\n\n"
            "## Cần mang gì\n\nGiấy tờ liên quan đến việc muốn hỏi; bản chụp cũng được."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT31"), 0, DRAFT, NONE, false, S_INIT("activity"),
     S_INIT("Tổng kết phong trào thi đua của Mặt trận các cấp năm 2026"), S_INIT(""),
     S_INIT("Chờ số liệu của các ban."), S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT11914"), 2, TAKEN, BOATS, false, S_INIT("relief"),
     S_INIT("Thuyền Đại đoàn kết ra làng bè Cái Bèo: 62 hộ nhận áo phao, pin mặt trời"),
     S_INIT("Trước mùa gió bấc, ba chiếc thuyền của bà con xã chài chở 186 áo phao và 62 bộ pin mặt trời từ bến Bèo ra "
            "tận từng nhà bè."),
     S_INIT("Làng bè Cái Bèo có 62 hộ, 241 người. Nhiều nhà còn thắp đèn dầu khi trời động, trẻ em đi học bằng thuyền "
            "nhỏ. "
            "Tháng Chín, tại buổi đối thoại ở đặc khu Cát Hải, bà con đề nghị hai việc: áo phao cho trẻ và đèn không "
            "cần máy nổ.\n\n"
            "> Có cái đèn này thì đêm động trời tôi vẫn nhìn thấy dây neo. Mười mấy năm ở bè, giờ mới yên tâm cho cháu "
            "ngủ.\n> — Ông Phúc, bè số 14\n\n"
            "## Mỗi hộ nhận gì\n\n- **Áo phao**: mỗi người lớn, trẻ em từ 4 tuổi một chiếc.\n- **Bộ pin mặt trời, hai "
            "đèn**: mỗi hộ một bộ.\n- **Phao tròn**: hai bè chung một chiếc.\n\n"
            "Tất cả hết 198.400.000 đồng, lấy từ phần người ủng hộ ghi rõ cho biển đảo.\n\n## Nơi khác cần thì làm thế "
            "nào\n\n"
            "Ban Công tác Mặt trận của khu dân cư lập danh sách rồi gửi một lần cho cả xóm. Người ở bè, ở bãi không có "
            "sổ hộ khẩu tại chỗ cũng được tính."),
     S_INIT("Buổi sớm trên vịnh Lan Hạ, ba chiếc thuyền gỗ cắm cờ đang vào làng bè dưới chân núi đá."),
     S_INIT("Mặt trận đặc khu Cát Hải"), S_INIT("")},
    {S_INIT("MT11914"), 9, LIVE, NONE, false, S_INIT("activity"),
     S_INIT("Đò Cái Bèo - Việt Hải chạy thêm chuyến chiều cho học sinh"),
     S_INIT("Từ ngày 23/11/2026, chuyến 16:40 đón học sinh về Việt Hải, không thu tiền của các cháu."),
     S_INIT("Đây là một trong 14 kiến nghị tại buổi đối thoại tháng Chín. Chủ đò và Ủy ban nhân dân đặc khu cùng thống "
            "nhất giờ chạy.\n\nNgày động trời, nhà trường báo phụ huynh trước 15:00."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT11911"), 3, PROPOSED, HOUSE, false, S_INIT("relief"),
     S_INIT("Bà Nhàn ở thôn Trung Am dọn về nhà mới trước mùa rét"),
     S_INIT("Ngôi nhà thứ 11 của xã Nguyễn Bỉnh Khiêm trong năm nay, làm trong 45 ngày với công của cả xóm."),
     S_INIT(
         "Nhà rộng 42 mét vuông, mái tôn chống nóng, có nhà vệ sinh liền bếp. Quỹ Vì người nghèo của xã góp 60.000.000 "
         "đồng, dòng họ và bà con góp công, góp gạch.\n\n"
         "> Mưa không phải hứng chậu nữa, đêm ngủ được.\n> — Bà Nhàn, 78 tuổi\n\n## Còn bao nhiêu nhà\n\nTheo rà soát "
         "tháng Mười, xã còn sáu hộ nhà dột nát. Danh sách đang niêm yết tại nhà văn hóa thôn đến ngày 4/12/2026."),
     S_INIT("Bà cụ cùng con trai và cháu nhỏ đứng trước ngôi nhà mới tường vàng, mái đỏ, có biển Nhà Đại đoàn kết."),
     S_INIT("Mặt trận xã Nguyễn Bỉnh Khiêm"), S_INIT("")},
    {S_INIT("MT11911"), 6, LIVE, NONE, false, S_INIT("movement"),
     S_INIT("Thôn Nam Tạ bàn đường hoa ven sông Hóa: 61 trên 64 hộ đồng ý hiến đất"),
     S_INIT("Ba hộ còn lại đề nghị nắn đường tránh giếng; thôn sẽ họp lại ngày 6/12."),
     S_INIT("Con đường dài 1,1 km, rộng thêm một mét về phía sông. Thôn không thu tiền của hộ nghèo.\n\n## Việc tiếp "
            "theo\n\n1. Đo lại đoạn qua ba giếng.\n2. Họp toàn thôn ngày 6/12.\n3. Trồng hoa trước Tết."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT11383"), 4, LIVE, NONE, false, S_INIT("activity"), S_INIT("Tổ dân phố họp bàn chỗ đỗ xe và giờ đổ rác"),
     S_INIT("Bốn tổ dân phố thống nhất giờ đổ rác từ 18:00 đến 19:30, không để xe trên vỉa hè trước trường học."),
     S_INIT("Buổi họp do Ban Công tác Mặt trận chủ trì, có đại diện công ty môi trường.\n\n- Xe rác đi từng ngõ vào "
            "18:00.\n- Nhà hàng tự thu gom trước cửa.\n- Trước cổng trường không đỗ xe từ 6:30 đến 7:30."),
     S_INIT(""), S_INIT(""), S_INIT("")},
    {S_INIT("MT11383"), 1, RETURNED, NONE, false, S_INIT("relief"),
     S_INIT("Trao mười suất quà cho học sinh khó khăn của phường"), S_INIT("Mỗi suất gồm cặp, vở và 500.000 đồng."),
     S_INIT("Mười cháu nhận quà trong giờ chào cờ. Danh sách các cháu ở cuối bài."), S_INIT(""), S_INIT(""),
     S_INIT("Bỏ danh sách tên các cháu; chỉ ghi số suất và trường.")},
    {S_INIT("MT10675"), 7, LIVE, NONE, false, S_INIT("movement"),
     S_INIT("Phường Kinh Môn giữ nghề gốm: mở lớp cuối tuần cho thanh niên"),
     S_INIT("Lớp học do ba nghệ nhân dạy, không thu học phí, bắt đầu từ ngày 5/12/2026."),
     S_INIT("Lớp học mở sáng thứ Bảy và Chủ nhật tại nhà văn hóa. Mặt trận phường đứng ra mời thợ, Đoàn Thanh niên ghi "
            "danh.\n\n## Ghi danh\n\nTại trụ sở Mặt trận phường, trong giờ làm việc."),
     S_INIT(""), S_INIT(""), S_INIT("")},
};

struct writing {
    struct db_write *db;
    struct who author, approver;
    const struct story *story;
    struct portal_article_id id;
    struct instant at;
};

/* Somebody of the committee with one of these roles, other than a post. */
static struct err somebody(struct db_read *db, struct unit_id organ, uint64_t roles, int64_t but, struct who *who) {
    struct org_principals posts;
    struct org_post post;
    *who = (struct who){0};
    TRY(org_posts_with(db, organ, roles, &posts));
    for (size_t i = 0; i < posts.n && !who->post.v; i++) {
        if (posts.at[i].id != but) {
            TRY(org_post(db, (struct post_id){posts.at[i].id}, &post));
            TRY(org_auth.wear(db, post.person, post.id, clock_today(), who));
        }
    }
    return OK;
}

static struct err account(struct db_read *db, struct str login, struct who *who) {
    struct portal_demo_person_row *row;
    struct hats hats;
    *who = (struct who){0};
    TRY(portal_demo_person(db, (struct portal_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

static struct err people(struct writing *w, struct unit_id organ) {
    struct db_read *db = db_reading(w->db);
    bool is_city = str_eq(w->story->code, S("MT31"));
    TRY(account(db, is_city ? S("chuyenvien") : S("xa"), &w->author));
    if (w->author.organ.v != organ.v) {
        TRY(somebody(db, organ, ROLE_OFFICER, 0, &w->author));
    }
    TRY(account(db, S("lanhdao"), &w->approver));
    if (w->approver.organ.v != organ.v) {
        TRY(somebody(db, organ, ROLE_LEADER, w->author.post.v, &w->approver));
    }
    return OK;
}

static struct err picture_of(struct db_write *db, enum picture picture, struct file_blob_id *file) {
    *file = (struct file_blob_id){0};
    return picture == NONE
               ? OK
               : file_keep_bytes(db, db_write_arena(db),
                                 picture == BOATS ? FACTS_STR(portal_demo_boats) : FACTS_STR(portal_demo_house), file);
}

static struct portal_draft draft_of(const struct writing *w) {
    const struct story *s = w->story;
    return (struct portal_draft){.title = s->title,
                                 .lead = s->lead,
                                 .body = s->body,
                                 .author = w->author.name,
                                 .source = w->author.organ_name,
                                 .alt = s->alt,
                                 .credit = s->credit,
                                 .category = s->category,
                                 .is_for_communes = s->is_for_communes};
}

static struct err move(struct writing *w, const struct who *who, const char *verb, struct portal_said said) {
    struct portal_article_by_id_row *a;
    w->at.ms += INT64_C(1800000);
    clock_freeze(w->at);
    db_actor_set(w->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    TRY(portal_article_by_id(db_reading(w->db), (struct portal_article_by_id_in){.id = w->id}, &a));
    said.version = a->version;
    return portal_move(w->db, who, w->id, verb, &said);
}

static struct err publish(struct writing *w, bool proposes, struct instant publish_at) {
    TRY(move(w, &w->author, "submission", (struct portal_said){.proposes = proposes}));
    return w->story->stage == SUBMITTED
               ? OK
               : move(w, &w->approver, "approval", (struct portal_said){.publish_at = publish_at});
}

/* A slip found after publishing: corrected beside what is read. */
static struct err correct(struct writing *w) {
    struct portal_article_by_id_row *a;
    struct portal_draft d = draft_of(w);
    TRY(portal_article_by_id(db_reading(w->db), (struct portal_article_by_id_in){.id = w->id}, &a));
    d.version = a->version;
    d.note = w->story->reason;
    TRY(portal_change(w->db, &w->author, w->id, &d));
    return publish(w, false, (struct instant){0});
}

static struct err go_on(struct writing *w, struct instant now) {
    struct who city;
    switch (w->story->stage) {
    case DRAFT: return OK;
    case SUBMITTED:
    case LIVE: return publish(w, false, (struct instant){0});
    case SET: return publish(w, false, date_at(date_plus(date_of(now), 1), 7, 30));
    case PROPOSED: return publish(w, true, (struct instant){0});
    case TAKEN:
        TRY(publish(w, true, (struct instant){0}));
        TRY(account(db_reading(w->db), S("lanhdao"), &city));
        return city.post.v ? move(w, &city, "taking", (struct portal_said){0}) : OK;
    case RETURNED:
        TRY(move(w, &w->author, "submission", (struct portal_said){0}));
        return move(w, &w->approver, "return", (struct portal_said){.reason = w->story->reason});
    case WITHDRAWN:
        TRY(publish(w, false, (struct instant){0}));
        return move(w, &w->approver, "withdrawal", (struct portal_said){.reason = w->story->reason});
    case CORRECTED: TRY(publish(w, false, (struct instant){0})); return correct(w);
    }
    return OK;
}

static struct err story_write(struct db_write *db, const struct story *s, struct instant now) {
    struct writing w = {.db = db, .story = s, .at = date_at(date_plus(date_of(now), -s->ago), 6, 30)};
    struct unit_id organ;
    TRY(org_unit_by_code(db_reading(db), s->code, &organ));
    if (!organ.v) {
        return OK;
    }
    TRY(people(&w, organ));
    if (!w.author.post.v || !w.approver.post.v) {
        return OK;
    }
    clock_freeze(w.at);
    db_actor_set(db, &(struct db_actor){.person = w.author.person.v, .post = w.author.post.v});
    struct portal_draft d = draft_of(&w);
    TRY(picture_of(db, s->picture, &d.picture));
    TRY(portal_add(db, &w.author, &d, &w.id));
    if (s->is_for_communes) {
        d.version = 1;
        TRY(portal_change(db, &w.author, w.id, &d));
    }
    return go_on(&w, now);
}

/* The city sees to most of its list; one commune has begun. */
static struct err duties(struct db_write *db, struct str slug, size_t kept, struct instant now) {
    static const struct str owners[] = {S_INIT("Văn phòng"), S_INIT("Ban Tuyên giáo - Công tác xã hội"),
                                        S_INIT("Ban Phong trào")};
    struct portal_site_by_slug_row *site;
    struct portal_duties_rows rows;
    TRY(portal_site_by_slug(db_reading(db), (struct portal_site_by_slug_in){.slug = slug}, &site));
    if (!site) {
        return OK;
    }
    TRY(portal_duties(db_reading(db), (struct portal_duties_in){.site = site->id}, &rows));
    for (size_t i = 0; i < rows.n && i < kept; i++) {
        TRY(portal_duty_change(db,
                               (struct portal_duty_change_in){.id = rows.at[i].id,
                                                              .owner = owners[i % 3],
                                                              .page = i % 4 == 3 ? S("") : S("/portal/news"),
                                                              .updated_on = date_plus(date_of(now), -(int)(i * 17) - 3),
                                                              .version = rows.at[i].version,
                                                              .changed_at = now},
                               NULL));
    }
    return OK;
}

struct err portal_demo(struct db_write *db, struct arena *arena) {
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    TRY(portal_sites_make(db, arena));
    struct err e = OK;
    /* The oldest first: what went live later stands above. */
    for (int ago = OLDEST; ago >= 0 && !e.why; ago--) {
        for (size_t i = 0; i < sizeof stories / sizeof *stories && !e.why; i++) {
            e = stories[i].ago == ago ? story_write(db, &stories[i], now) : OK;
        }
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    if (!e.why) {
        e = duties(db, S("thanh-pho"), 9, now);
    }
    return e.why ? e : duties(db, S("cat-hai"), 4, now);
}
