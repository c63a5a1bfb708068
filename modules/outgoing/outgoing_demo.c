/* Believable outgoing documents, so that each of the five people finds one at every step in the first minute. */
#include "base/arena.h"
#include "kernel/file/disk.h"
#include "kernel/file/file.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_demo.h"
#include "modules/outgoing/outgoing_rules.h"

enum { CLERK, CHAIR, OFFICER, COMMUNE, ADMIN, PEOPLE };
static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa"),
                                          S_INIT("quantri")};

/* How far a document has come. */
enum stage { DRAFTED, RETURNED, CONTENT, FORM, SIGN, APPROVED, NUMBERED, ISSUED, ANSWERED, RECALLED };
enum to { TO_NONE, TO_COMMUNES, TO_MEMBERS, TO_CITY, TO_OUTSIDE };
static const struct letter {
    struct str type, subject, addressee, body;
    const char *route, *field;
    int by, ago, reply; /* days ago; days until an answer is due, 0: none is asked for */
    enum to to;
    enum stage stage;
    int priority;
} letters[] = {
    {S_INIT("CV"), S_INIT("V/v rà soát hộ nghèo cần hỗ trợ sửa nhà trước Tết Đinh Mùi"),
     S_INIT("Ban Thường trực Ủy ban MTTQ Việt Nam các xã, phường, đặc khu"),
     S_INIT(
         "Thực hiện chương trình hỗ trợ nhà ở cho hộ nghèo, Ban Thường trực Ủy ban MTTQ Việt Nam thành phố đề nghị:\n"
         "1. Rà soát, lập danh sách hộ nghèo, hộ cận nghèo có nhà ở hư hỏng cần xây mới, sửa chữa, phân theo khu dân "
         "cư.\n"
         "2. Công khai danh sách tại nhà văn hóa trước khi gửi.\n3. Cử một cán bộ đầu mối, ghi rõ số điện thoại.\n"
         "Danh sách gửi về Ban Phong trào để tổng hợp.\nTrân trọng./."),
     "full", "an-sinh", OFFICER, 5, 2, TO_COMMUNES, ANSWERED, 1},
    {S_INIT("TB"), S_INIT("Lịch tiếp công dân quý I năm 2027 của Ban Thường trực"), S_INIT(""),
     S_INIT("Ban Thường trực Ủy ban MTTQ Việt Nam thành phố thông báo lịch tiếp công dân quý I năm 2027:\n"
            "1. Thứ Năm tuần thứ nhất và tuần thứ ba hằng tháng, từ 8 giờ 00.\n2. Địa điểm: phòng tiếp công dân của cơ "
            "quan./."),
     "short", "dan-chu", CLERK, 9, 0, TO_MEMBERS, ISSUED, 0},
    {S_INIT("GM"), S_INIT("Hội nghị sơ kết phong trào thi đua cụm"), S_INIT("Các tổ chức chính trị - xã hội thành phố"),
     S_INIT("Ban Thường trực Ủy ban MTTQ Việt Nam thành phố trân trọng kính mời dự Hội nghị sơ kết phong trào thi đua "
            "cụm.\n"
            "Thời gian: 14 giờ 00.\nĐịa điểm: Hội trường tầng 2.\nĐề nghị đến dự đúng thời gian, địa điểm trên./."),
     "short", "doan-ket", OFFICER, 7, 0, TO_MEMBERS, RECALLED, 0},
    {S_INIT("CV"), S_INIT("V/v phối hợp giám sát việc cấp thẻ bảo hiểm y tế cho người cao tuổi"),
     S_INIT("Bảo hiểm xã hội thành phố; Sở Y tế"),
     S_INIT("Thực hiện kế hoạch giám sát năm 2026, Ban Thường trực Ủy ban MTTQ Việt Nam thành phố đề nghị quý cơ quan "
            "cử đại "
            "diện tham gia đoàn giám sát.\nTrân trọng./."),
     "full", "giam-sat", OFFICER, 4, 6, TO_OUTSIDE, ISSUED, 0},
    {S_INIT("KH"), S_INIT("Kế hoạch tổ chức Tết vì người nghèo năm 2027"), S_INIT(""),
     S_INIT(
         "I. MỤC ĐÍCH, YÊU CẦU\n1. Mọi hộ nghèo đều được thăm, tặng quà trước Tết.\n2. Không để trùng, không để sót.\n"
         "II. NỘI DUNG\nVận động, tiếp nhận, phân bổ công khai.\nIII. TỔ CHỨC THỰC HIỆN\nBan Phong trào là đầu mối./."),
     "full", "an-sinh", OFFICER, 1, 0, TO_COMMUNES, SIGN, 0},
    {S_INIT("BC"), S_INIT("Kết quả Ngày hội Đại đoàn kết toàn dân tộc năm 2026"), S_INIT(""),
     S_INIT("I. KẾT QUẢ\nToàn thành phố tổ chức Ngày hội ở các khu dân cư.\nII. NHIỆM VỤ THỜI GIAN TỚI\nNhân rộng cách "
            "làm hay./."),
     "full", "doan-ket", OFFICER, 1, 0, TO_MEMBERS, CONTENT, 0},
    {S_INIT("HD"), S_INIT("Hướng dẫn bình xét khu dân cư tiêu biểu"), S_INIT(""),
     S_INIT("1. Tiêu chí: đoàn kết, an toàn, sạch đẹp.\n2. Cách bình xét: họp khu dân cư, bỏ phiếu.\n3. Báo cáo kết "
            "quả./."),
     "short", "doan-ket", OFFICER, 0, 0, TO_COMMUNES, FORM, 0},
    {S_INIT("CV"), S_INIT("V/v cử cán bộ tập huấn chuyển đổi số"), S_INIT("Ban Thường trực các xã, phường, đặc khu"),
     S_INIT("Ban Thường trực đề nghị mỗi đơn vị cử hai cán bộ dự tập huấn.\nTrân trọng./."), "short", "chuyen-doi-so",
     OFFICER, 2, 9, TO_COMMUNES, APPROVED, 0},
    {S_INIT("QĐ"), S_INIT("Về việc thành lập Tổ giúp việc Hội nghị Ủy ban"), S_INIT(""),
     S_INIT("QUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ giúp việc Hội nghị Ủy ban.\nĐiều 2. Quyết định này có hiệu lực kể từ "
            "ngày ký.\n"
            "Điều 3. Văn phòng và các ban chịu trách nhiệm thi hành./."),
     "short", "to-chuc", OFFICER, 1, 0, TO_MEMBERS, NUMBERED, 0},
    {S_INIT("TTr"), S_INIT("Về việc bổ sung kinh phí in ấn tài liệu tuyên truyền"), S_INIT("Sở Tài chính"),
     S_INIT("Ban Thường trực trình xem xét bổ sung kinh phí in tài liệu.\nKính trình xem xét, quyết định./."), "full",
     "tai-chinh", OFFICER, 3, 0, TO_OUTSIDE, RETURNED, 0},
    {S_INIT("CV"), S_INIT("V/v «việc đề nghị các xã, phường báo cáo»"), S_INIT("«Cơ quan nhận»"),
     S_INIT("Ban Thường trực đề nghị «nội dung»."), "full", "doan-ket", OFFICER, 0, 0, TO_NONE, DRAFTED, 0},
    {S_INIT("TB"), S_INIT("Lịch bảo trì hệ thống cuối tuần"), S_INIT(""),
     S_INIT("Hệ thống tạm dừng từ 20 giờ 00 đến 22 giờ 00 thứ Bảy để bảo trì./."), "short", "chuyen-doi-so", ADMIN, 0,
     0, TO_MEMBERS, SIGN, 0},
    {S_INIT("BC"), S_INIT("Kết quả vận động Quỹ Vì người nghèo tháng 11 năm 2026"), S_INIT(""),
     S_INIT(
         "I. KẾT QUẢ\nVận động được 42 triệu đồng, hỗ trợ năm hộ.\nII. ĐỀ NGHỊ\nHỗ trợ thêm hai nhà Đại đoàn kết./."),
     "short", "an-sinh", COMMUNE, 2, 0, TO_CITY, ISSUED, 0},
    {S_INIT("TB"), S_INIT("Tổ chức lấy ý kiến Nhân dân về quy hoạch khu dân cư"), S_INIT(""),
     S_INIT("Ban Thường trực thông báo thời gian, địa điểm lấy ý kiến Nhân dân về quy hoạch khu dân cư./."), "short",
     "dan-chu", COMMUNE, 0, 0, TO_CITY, DRAFTED, 0},
};

struct demo {
    struct db_write *db;
    struct arena *arena;
    struct who people[PEOPLE];
    struct who leaders[PEOPLE]; /* who signs for each of them */
};

static struct err who_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct outgoing_demo_person_row *row;
    *who = (struct who){0};
    TRY(outgoing_demo_person(db, (struct outgoing_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

static struct err wear(struct demo *d, int64_t post, struct who *who) {
    struct org_post p;
    TRY(org_post(db_reading(d->db), (struct post_id){post}, &p));
    *who = (struct who){0};
    return org_auth.wear(db_reading(d->db), p.person, p.id, clock_today(), who);
}

static void as(struct demo *d, const struct who *who) {
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
}

static void later(int minutes) { clock_freeze((struct instant){clock_now().ms + minutes * INT64_C(60000)}); }

/* Whose turn it is agrees. */
static struct err approve(struct demo *d, struct outgoing_doc_id id) {
    struct outgoing_turns_of_rows turns;
    struct outgoing_by_id_row *doc;
    struct who who;
    TRY(outgoing_turns_of(db_reading(d->db), (struct outgoing_turns_of_in){id}, &turns));
    TRY(outgoing_by_id(db_reading(d->db), (struct outgoing_by_id_in){id}, &doc));
    if (!turns.n) {
        return FAIL(ERR_BROKEN, "a demonstration document waits for nobody");
    }
    TRY(wear(d, turns.at[0].principal, &who));
    as(d, &who);
    later(35);
    return outgoing_approve(d->db, &who, id, doc->draft_hash, S(""));
}

static struct err clerk_of(struct demo *d, int64_t organ, struct who *clerk) {
    struct org_principals clerks;
    TRY(org_posts_with(db_reading(d->db), (struct unit_id){organ}, ROLE_CLERK, &clerks));
    *clerk = (struct who){0};
    return clerks.n ? wear(d, clerks.at[0].id, clerk) : OK;
}

static struct err issue(struct demo *d, const struct who *clerk, struct outgoing_doc_id id, const struct letter *l) {
    struct outgoing_by_id_row *doc;
    struct outgoing_issue issue = {.pages = 1, .copies = 2};
    char hex[65];
    TRY(outgoing_by_id(db_reading(d->db), (struct outgoing_by_id_in){id}, &doc));
    struct str bytes = outgoing_demo_pdf(d->arena, doc->code, doc->subject, l->body);
    file_disk_sha256(bytes, hex);
    TRY(file_keep_bytes(d->db, d->arena, bytes, &issue.paper.file));
    issue.paper.name = str_format(d->arena, "ban-phat-hanh-%lld.pdf", (long long)doc->number);
    issue.paper.size = (int64_t)bytes.len;
    issue.paper.sha256 = str_copy(d->arena, str_of(hex));
    return outgoing_issue(d->db, clerk, id, &issue);
}

/* Of every seven receivers one has not looked, one has only read; the demonstration's commune is still to answer. */
static struct err answers(struct demo *d, struct outgoing_doc_id id) {
    struct outgoing_deliveries_rows all;
    TRY(outgoing_deliveries(db_reading(d->db),
                            (struct outgoing_deliveries_in){.doc = id, .state = S(""), .place = S("")}, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct who clerk;
        TRY(clerk_of(d, all.at[i].unit, &clerk));
        if (!clerk.post.v || i % 7 == 0 || all.at[i].unit == d->people[COMMUNE].organ.v) {
            continue;
        }
        as(d, &clerk);
        later(2);
        if (i % 7 == 1) {
            TRY(outgoing_delivery_read(
                d->db, (struct outgoing_delivery_read_in){.id = all.at[i].id, .read_at = clock_now()}, NULL));
            continue;
        }
        TRY(outgoing_answer(d->db, &clerk, all.at[i].id, S("Đã rà soát, danh sách kèm theo văn bản của đơn vị."),
                            &(struct outgoing_paper){.name = S("")}));
    }
    return OK;
}

static struct err go_on(struct demo *d, const struct letter *l, struct outgoing_doc_id id) {
    const struct who *author = &d->people[l->by];
    int approvals = l->stage == FORM || l->stage == CONTENT ? 0 : (str_eq(str_of(l->route), S("full")) ? 3 : 2);
    struct who clerk;
    TRY(outgoing_submit(d->db, author, id));
    approvals -= l->stage == SIGN ? 1 : 0;
    for (int i = 0; i < approvals && l->stage != RETURNED; i++) {
        struct outgoing_by_id_row *doc;
        TRY(outgoing_by_id(db_reading(d->db), (struct outgoing_by_id_in){id}, &doc));
        if (str_eq(doc->state, S("waiting"))) {
            TRY(approve(d, id));
        }
    }
    TRY(clerk_of(d, author->organ.v, &clerk));
    as(d, &clerk);
    later(20);
    if (l->stage >= NUMBERED) {
        TRY(outgoing_number(d->db, &clerk, id, (struct outgoing_number_id){0}));
    }
    if (l->stage >= ISSUED) {
        TRY(issue(d, &clerk, id, l));
    }
    if (l->stage == RECALLED) {
        later(120);
        TRY(outgoing_recall(d->db, &clerk, id, S("Hội nghị chuyển sang tuần sau, sẽ có giấy mời khác.")));
    }
    return l->stage == ANSWERED ? answers(d, id) : OK;
}

static struct err send_back(struct demo *d, struct outgoing_doc_id id) {
    struct outgoing_turns_of_rows turns;
    struct who who;
    TRY(outgoing_turns_of(db_reading(d->db), (struct outgoing_turns_of_in){id}, &turns));
    TRY(wear(d, turns.at[0].principal, &who));
    as(d, &who);
    later(50);
    return outgoing_return(d->db, &who, id, S("draft"), S("Ghi rõ số tiền đề nghị và nguồn kinh phí."));
}

static struct err letter_make(struct demo *d, const struct letter *l, struct instant now) {
    const struct who *author = &d->people[l->by], *signer = &d->leaders[l->by];
    struct outgoing_doc_id id;
    int64_t city = d->people[CLERK].organ.v;
    if (!author->post.v || !signer->post.v) {
        return OK;
    }
    clock_freeze(date_at(date_plus(date_of(now), -l->ago), 8, 5));
    as(d, author);
    struct outgoing_typed t = {.type = l->type,
                               .route = str_of(l->route),
                               .field = str_of(l->field),
                               .subject = l->subject,
                               .addressee = l->addressee,
                               .body = l->body,
                               .recipients =
                                   str_format(d->arena, "- Như trên;\n- Lưu: VT, %.*s.", STR_ARG(author->unit_name)),
                               .outside = l->to == TO_OUTSIDE ? l->addressee : S(""),
                               .priority = l->priority,
                               .signer = signer->post.v,
                               .is_open = l->by != ADMIN,
                               .to_communes = l->to == TO_COMMUNES,
                               .to_members = l->to == TO_MEMBERS,
                               .units = {&city, l->to == TO_CITY},
                               .reply_on = l->reply ? date_plus(date_of(now), l->reply) : (struct date){0}};
    TRY(outgoing_draft(d->db, author, &t, &id));
    later(40);
    TRY(l->stage == DRAFTED ? OK : go_on(d, l, id));
    return l->stage == RETURNED ? send_back(d, id) : OK;
}

static struct err book_make(struct demo *d) {
    struct outgoing_number_id id;
    as(d, &d->people[CLERK]);
    return d->people[CLERK].post.v ? outgoing_reserve(d->db, &d->people[CLERK], S("CV"),
                                                      S("Công văn giấy trình ký trực tiếp, chờ bản ký"), &id)
                                   : OK;
}

/* The chair signs for the city's people; in the commune its own leader. */
static struct err leaders_find(struct demo *d) {
    for (int i = 0; i < PEOPLE; i++) {
        struct org_principals all;
        d->leaders[i] = d->people[CHAIR];
        if (d->people[i].organ.v != d->people[CHAIR].organ.v) {
            TRY(org_posts_with(db_reading(d->db), d->people[i].organ, ROLE_LEADER, &all));
            TRY(all.n ? wear(d, all.at[0].id, &d->leaders[i]) : OK);
        }
    }
    return OK;
}

struct err outgoing_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .arena = arena};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = who_of(db_reading(db), logins[i], &d.people[i]);
    }
    e = e.why || !d.people[CHAIR].post.v ? e : leaders_find(&d);
    for (size_t i = 0; i < sizeof letters / sizeof *letters && !e.why && d.people[CHAIR].post.v; i++) {
        e = letter_make(&d, &letters[i], now);
    }
    clock_freeze(now);
    e = e.why ? e : book_make(&d);
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
