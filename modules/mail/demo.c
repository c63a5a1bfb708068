/* Believable mail: the office's box with conversations in every state, and something in the box of each of the five. */
#include "kernel/db/id.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/list.h"

enum who_is { CLERK, CHAIR, OFFICER, COMMUNE, ADMIN, PEOPLE, OFFICE = PEOPLE, OUTSIDE, NOBODY };
static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa"),
                                          S_INIT("quantri")};

enum stage { FRESH, CLAIMED, NOTED, ANSWERED, SNOOZED, ENDED, STARRED };
static const struct talk {
    struct str subject, text, answer;
    enum who_is from, to, cc;
    struct str outside; /* name and address of one from outside */
    struct str address;
    int hours; /* ago */
    enum stage stage;
    struct str about, number;
} talks[] = {
    {S_INIT("Báo cáo nhanh tình hình Nhân dân trước kỳ họp Hội đồng nhân dân"),
     S_INIT("Kính gửi Văn phòng,\n\nMTTQ xã báo cáo nhanh tình hình Nhân dân trong tuần: đời sống ổn định; cử tri quan "
            "tâm "
            "việc sửa đường liên thôn và giá nước sạch. Đề nghị Văn phòng cho ý kiến về mẫu tổng hợp.\n\nTrân trọng."),
     S_INIT(""), COMMUNE, OFFICE, NOBODY, S_INIT(""), S_INIT(""), 130, FRESH, S_INIT(""), S_INIT("")},
    {S_INIT("Về việc cung cấp số liệu hộ nghèo cần hỗ trợ sửa nhà trước Tết Đinh Mùi"),
     S_INIT(
         "Kính gửi Văn phòng Ủy ban MTTQ Việt Nam thành phố,\n\nSở gửi kèm Công văn số 1187/SNNMT-GN. Đề nghị quý cơ "
         "quan "
         "cung cấp danh sách hộ nghèo, hộ cận nghèo cần xây mới, sửa chữa nhà ở, phân theo khu dân cư, gửi về Sở trước "
         "ngày 04/12/2026."),
     S_INIT(""), OUTSIDE, OFFICE, NOBODY, S_INIT("Phòng Giảm nghèo, Sở Nông nghiệp và Môi trường"),
     S_INIT("giamngheo@sonnmt.haiphong.example"), 4, NOTED, S_INIT("document"), S_INIT("1187/SNNMT-GN")},
    {S_INIT("Đơn phản ánh đèn chiếu sáng ngõ 15 đường Trần Nguyên Hãn hỏng từ tháng 9"),
     S_INIT("Tôi là Phạm Thị Lụa, ở ngõ 15 đường Trần Nguyên Hãn. Đèn ngõ hỏng từ tháng 9, bà con đã báo nhiều lần mà "
            "chưa "
            "được sửa. Kính mong Mặt trận có ý kiến giúp."),
     S_INIT(""), OUTSIDE, OFFICE, NOBODY, S_INIT("Phạm Thị Lụa"), S_INIT("lua.pham@thudientu.example"), 7, FRESH,
     S_INIT("petition"), S_INIT("")},
    {S_INIT("Giấy mời dự hội nghị phản biện dự thảo Đề án thu gom rác thải tại nguồn"),
     S_INIT(
         "Sở Xây dựng trân trọng kính mời đại diện Ủy ban MTTQ thành phố dự hội nghị lúc 08:30 ngày 03/12/2026 tại hội "
         "trường tầng 3."),
     S_INIT(""), OUTSIDE, OFFICE, NOBODY, S_INIT("Sở Xây dựng"), S_INIT("vanthu@soxd.haiphong.example"), 20, CLAIMED,
     S_INIT("document"), S_INIT("")},
    {S_INIT("Xin lùi hạn nộp báo cáo Ngày hội Đại đoàn kết toàn dân tộc"),
     S_INIT("Do tàu ra đảo hoãn vì sóng lớn, MTTQ xã xin lùi hạn nộp báo cáo Ngày hội đến hết tuần sau."),
     S_INIT("Văn phòng đồng ý lùi hạn đến hết thứ Sáu tuần sau. Đề nghị gửi trước phần số liệu."), COMMUNE, OFFICE,
     NOBODY, S_INIT(""), S_INIT(""), 28, ANSWERED, S_INIT(""), S_INIT("")},
    {S_INIT("Tài liệu họp Ban Thường vụ Hội Nông dân tháng 12"),
     S_INIT("Gửi Văn phòng tài liệu họp để phối hợp bố trí hội trường."), S_INIT(""), OUTSIDE, OFFICE, NOBODY,
     S_INIT("Hội Nông dân thành phố"), S_INIT("vanphong@hoinongdan.haiphong.example"), 30, SNOOZED, S_INIT(""),
     S_INIT("")},
    {S_INIT("Đăng ký phòng họp tầng 2 chiều thứ Năm"),
     S_INIT("Ban Phong trào đăng ký phòng họp tầng 2 từ 14:00 đến 16:30 thứ Năm để làm việc với các phường."),
     S_INIT("Văn phòng đã xếp phòng, có máy chiếu."), OFFICER, OFFICE, NOBODY, S_INIT(""), S_INIT(""), 52, ENDED,
     S_INIT(""), S_INIT("")},
    {S_INIT("Danh sách đề nghị khen thưởng năm 2026"),
     S_INIT(
         "Gửi Văn phòng danh sách 12 tập thể, 25 cá nhân đề nghị khen thưởng; còn thiếu biên bản họp của hai chi bộ."),
     S_INIT(""), OFFICER, OFFICE, CHAIR, S_INIT(""), S_INIT(""), 9, CLAIMED, S_INIT(""), S_INIT("")},
    {S_INIT("Kế hoạch phối hợp tuyên truyền phòng cháy, chữa cháy tại khu dân cư"),
     S_INIT("Công an thành phố gửi kế hoạch phối hợp số 214/KH-CATP để cùng triển khai trong tháng 12."), S_INIT(""),
     OUTSIDE, OFFICE, NOBODY, S_INIT("Công an thành phố"), S_INIT("pc07@catp.haiphong.example"), 50, ENDED,
     S_INIT("document"), S_INIT("214/KH-CATP")},
    {S_INIT("Hỏi mẫu biểu tổng hợp Quỹ Vì người nghèo cấp xã"),
     S_INIT("MTTQ xã hỏi mẫu biểu mới tổng hợp ủng hộ Quỹ Vì người nghèo quý IV dùng theo phụ lục nào."), S_INIT(""),
     COMMUNE, OFFICE, OFFICER, S_INIT(""), S_INIT(""), 2, FRESH, S_INIT(""), S_INIT("")},
    {S_INIT("Góp ý đề cương báo cáo tổng kết năm"),
     S_INIT(
         "Đồng chí đọc và góp ý đề cương kèm dưới đây, chú ý phần giám sát, phản biện xã hội. Gửi lại trước thứ Tư."),
     S_INIT("Em đã đọc, góp ý ba điểm về số liệu giám sát, gửi anh trong chiều nay."), CHAIR, OFFICER, NOBODY,
     S_INIT(""), S_INIT(""), 26, ANSWERED, S_INIT(""), S_INIT("")},
    {S_INIT("Lịch tiếp công dân tháng 12"), S_INIT("Chị Vân xếp giúp lịch tiếp công dân vào các sáng thứ Ba."),
     S_INIT(""), CHAIR, CLERK, NOBODY, S_INIT(""), S_INIT(""), 5, STARRED, S_INIT(""), S_INIT("")},
    {S_INIT("Cấp lại mật khẩu cho hai cán bộ Ban Phong trào"),
     S_INIT("Nhờ anh Trị cấp lại mật khẩu cho hai đồng chí mới chuyển về Ban."), S_INIT(""), OFFICER, ADMIN, NOBODY,
     S_INIT(""), S_INIT(""), 6, FRESH, S_INIT(""), S_INIT("")},
    {S_INIT("Hướng dẫn bầu Ban Thanh tra nhân dân"),
     S_INIT("Văn phòng gửi hướng dẫn; đề nghị MTTQ xã hoàn thành trước ngày 20/12."), S_INIT(""), OFFICE, COMMUNE,
     NOBODY, S_INIT(""), S_INIT(""), 22, FRESH, S_INIT(""), S_INIT("")},
    {S_INIT("Ý kiến về dự thảo chương trình phối hợp năm 2027"),
     S_INIT("Trình đồng chí Chủ tịch dự thảo chương trình phối hợp với Hội đồng nhân dân thành phố."), S_INIT(""),
     OFFICER, CHAIR, NOBODY, S_INIT(""), S_INIT(""), 3, FRESH, S_INIT(""), S_INIT("")},
};

struct demo {
    struct db_write *db;
    struct who people[PEOPLE];
};

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct mail_demo_person_row *row;
    TRY(mail_demo_person(db, (struct mail_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

static int64_t principal_of(const struct demo *d, enum who_is who) {
    return who < PEOPLE ? d->people[who].post.v : who == OFFICE ? d->people[CLERK].unit.v : 0;
}

static void as(struct demo *d, const struct who *who) {
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
}

/* By the house's own way: a draft, queued and gone. */
static struct err write_one(struct demo *d, enum who_is by, int64_t draft, const struct mail_typed *typed) {
    const struct who *who = &d->people[by == OFFICE ? CLERK : by];
    as(d, who);
    TRY(mail_draft_keep(d->db, who, draft, typed));
    struct mail_sending sending = {.seen = INT64_MAX};
    TRY(mail_draft_send(d->db, who, draft, &sending));
    clock_freeze((struct instant){clock_now().ms + INT64_C(1000) * (MAIL_UNDO_S + 1)});
    TRY(job_cancel_about(d->db, S("mail.send"), draft));
    return mail_draft_go(d->db, draft);
}

static struct err from_inside(struct demo *d, const struct talk *t) {
    int64_t to = principal_of(d, t->to), cc = principal_of(d, t->cc), draft, box = 0;
    const struct who *who = &d->people[t->from == OFFICE ? CLERK : t->from];
    struct mail_box_by_id_row *row;
    TRY(mail_box_get(d->db, principal_of(d, t->from), &row));
    box = row->id.v;
    TRY(mail_draft_begin(d->db, who, box, &draft));
    return write_one(
        d, t->from, draft,
        &(struct mail_typed){.subject = t->subject, .text = t->text, .to = {&to, 1}, .cc = {&cc, cc ? 1 : 0}});
}

static struct err from_outside(struct demo *d, const struct talk *t) {
    struct mail_receiver to = {.role = S("to"), .principal = principal_of(d, t->to)};
    struct mail_new l = {.to = &to, .n_to = 1};
    int64_t letter, item;
    l.row = (struct mail_letter_insert_in){.from_name = t->outside,
                                           .from_note = t->address,
                                           .subject = t->subject,
                                           .text = t->text,
                                           .own_text = t->text,
                                           .sent_at = clock_now(),
                                           .about = t->about,
                                           .number = t->number};
    return mail_deliver(d->db, &l, &letter, &item);
}

/* The receiver's conversation that came last. */
static struct err item_of(struct demo *d, const struct talk *t, int64_t *item) {
    struct mail_box_by_id_row *box;
    struct mail_items_by_recent_rows rows;
    TRY(mail_box_get(d->db, principal_of(d, t->to), &box));
    TRY(mail_items_by_recent(
        db_reading(d->db),
        (struct mail_items_by_recent_in){.boxes = {&box->id.v, 1}, .after_place = INT64_MIN, .most = 100}, &rows));
    *item = 0;
    for (size_t i = 0; i < rows.n; i++) {
        *item = str_eq(rows.at[i].subject, t->subject) ? rows.at[i].id.v : *item;
    }
    return OK;
}

static struct err answer(struct demo *d, const struct talk *t, const struct who *who, int64_t item) {
    int64_t draft, to = principal_of(d, t->from);
    TRY(mail_item_read(d->db, who, item));
    TRY(mail_draft_answer(d->db, who, item, MAIL_REPLY, &draft));
    struct str subject = str_format(db_write_arena(d->db), "Trả lời: %.*s", STR_ARG(t->subject));
    return write_one(d, t->to, draft, &(struct mail_typed){.subject = subject, .text = t->answer, .to = {&to, 1}});
}

static struct err go_on(struct demo *d, const struct talk *t, struct instant began) {
    const struct who *who = &d->people[t->to == OFFICE ? CLERK : t->to];
    int64_t item;
    if (t->stage == FRESH) {
        return OK;
    }
    TRY(item_of(d, t, &item));
    clock_freeze((struct instant){began.ms + INT64_C(1800000)});
    as(d, who);
    if (t->stage == STARRED) {
        return mail_star(d->db, who, item, true);
    }
    TRY(t->to == OFFICE ? mail_claim(d->db, who, item) : OK);
    TRY(mail_item_read(d->db, who, item));
    if (t->answer.len) {
        TRY(answer(d, t, who, item));
    }
    if (t->stage == NOTED) {
        return mail_note(
            d->db, who, item,
            S("Ban Phong trào đã có số của 97 đơn vị. Vào sổ rồi chuyển anh Trần Minh trả lời trong hôm nay."));
    }
    if (t->stage == SNOOZED) {
        return mail_snooze(d->db, who, item, date_plus(date_of(began), 4));
    }
    return t->stage == ENDED ? mail_end(d->db, who, item) : OK;
}

static struct err talk_make(struct demo *d, const struct talk *t, struct instant now) {
    struct instant at = {now.ms - INT64_C(3600000) * t->hours};
    int64_t from = principal_of(d, t->from), to = principal_of(d, t->to);
    if (!to || (t->from != OUTSIDE && !from)) {
        return OK;
    }
    clock_freeze(at);
    TRY(t->from == OUTSIDE ? from_outside(d, t) : from_inside(d, t));
    return go_on(d, t, at);
}

/* The office's way out is set and not yet turned on: nothing of the demonstration leaves the house. */
static struct err way_make(struct demo *d) {
    struct mail_box_by_id_row *box;
    struct mail_way_id way = {id_new()};
    int64_t letter, item;
    TRY(mail_box_get(d->db, d->people[CLERK].unit.v, &box));
    TRY(mail_way_insert(d->db,
                        (struct mail_way_insert_in){.id = way,
                                                    .box = box->id,
                                                    .organ = d->people[CLERK].organ.v,
                                                    .address = S("vanphong@mattran.haiphong.example"),
                                                    .out_host = S("thu.mattran.haiphong.example"),
                                                    .out_port = 465,
                                                    .out_safety = S("tls"),
                                                    .in_port = 993,
                                                    .in_safety = S("tls")},
                        NULL));
    struct mail_receiver to = {.role = S("to"), .name = S("Sở Y tế"), .address = S("vanthu@soyte.haiphong.example")};
    struct mail_new l = {.from_box = box->id.v, .to = &to, .n_to = 1};
    struct mail_outside all = {.way = way.v};
    LIST_ADD(db_write_arena(d->db), &all.to, to);
    l.row = (struct mail_letter_insert_in){
        .from_name = box->name,
        .from_note = d->people[CLERK].name,
        .by_post = d->people[CLERK].post.v,
        .subject = S("Mời cử người dự tập huấn sơ cứu tại khu dân cư"),
        .text = S("Văn phòng mời quý Sở cử một báo cáo viên hướng dẫn sơ cứu cho cán bộ Mặt trận ngày 10/12/2026."),
        .own_text = S("Văn phòng mời quý Sở cử một báo cáo viên hướng dẫn sơ cứu."),
        .sent_at = {clock_now().ms - INT64_C(5400000)},
        .message_id = S("<taphuan.doanket@mattran.haiphong.example>")};
    as(d, &d->people[CLERK]);
    TRY(mail_deliver(d->db, &l, &letter, &item));
    return mail_out_add(d->db, &all, letter, l.row.message_id);
}

static struct err rest(struct demo *d) {
    struct mail_box_by_id_row *box;
    int64_t draft;
    const struct who *clerk = &d->people[CLERK];
    if (!clerk->post.v) {
        return OK;
    }
    TRY(mail_box_get(d->db, clerk->unit.v, &box));
    TRY(mail_answer_insert(
        d->db,
        (struct mail_answer_insert_in){.id = {box->id.v + 1},
                                       .box = box->id,
                                       .title = S("Đã nhận, đang xử lý"),
                                       .text = S("Văn phòng đã nhận được thư và đang phối hợp các ban để trả lời trong "
                                                 "thời gian sớm nhất.\n\nTrân trọng.")},
        NULL));
    TRY(way_make(d));
    TRY(mail_draft_begin(d->db, clerk, 0, &draft));
    return mail_draft_keep(d->db, clerk, draft,
                           &(struct mail_typed){.subject = S("Nhắc nộp báo cáo tuần"), .text = S("Kính gửi các ban,")});
}

struct err mail_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    (void)arena;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = person_of(db_reading(db), logins[i], &d.people[i]);
    }
    for (size_t i = 0; i < sizeof talks / sizeof *talks && !e.why; i++) {
        e = talk_make(&d, &talks[i], now);
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    e = e.why ? e : rest(&d);
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
