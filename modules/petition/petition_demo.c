/* Believable letters of every sort and state, so that each person finds work in the first minute. Names are invented.
 */
#include "base/arena.h"
#include "kernel/rights/auth.h"
#include "modules/org/org.h"
#include "modules/petition/petition_list.h"
#include "modules/receipt/receipt.h"

enum { CLERK, CHAIR, OFFICER, COMMUNE, PEOPLE };
static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa")};

/* How far a letter has come. */
enum stage { NEW, GIVEN, ACCEPTED, SENT, WRONG, URGED, RESULT, ANSWERED, CLOSED, GUIDED, FILED, REFUSED };
static const struct sample {
    int by;
    int ago;  /* received so many days ago */
    int then; /* and dealt with so many days after */
    enum stage stage;
    const char *channel, *source;
    struct str title;
    struct str text;
} samples[] = {
    {CLERK, 40, 4, URGED, "counter", "", S_INIT("Thu hồi đất làm ngõ, bồi thường chưa đủ diện tích"),
     S_INIT(
         "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHải Phòng, ngày 15 tháng 10 năm 2026\n"
         "ĐƠN KÊU CỨU\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải Phòng\n"
         "Tôi tên là Phạm Văn Thiệp, sinh năm 1958, ở tổ 5, phường Hồng Bàng, thành phố Hải Phòng.\n"
         "Ngày 02 tháng 10 năm 2026 Ủy ban nhân dân phường Hồng Bàng ra Quyết định số 1874/QĐ-UBND thu hồi 62 m2 đất "
         "vườn nhà tôi để làm ngõ, nhưng chỉ bồi thường 38 m2, không tính cái bể nước và bốn gốc nhãn. Tôi đã lên hỏi "
         "hai lần, cán bộ địa chính chỉ bảo về chờ.\nTôi khiếu nại quyết định trên. Vì vậy tôi làm đơn này yêu cầu Ủy "
         "ban nhân dân phường Hồng Bàng hủy quyết định số 1874/QĐ-UBND, đo lại và bồi thường cho gia đình tôi đúng "
         "diện tích.\nNgười làm đơn\n(đã ký)\nPhạm Văn Thiệp\n")},
    {CLERK, 3, 0, NEW, "transfer", "Văn phòng Tiếp công dân thành phố, số 214/TCD",
     S_INIT("Thu hồi đất làm ngõ, đo lại diện tích"),
     S_INIT(
         "Hải Phòng, ngày 20 tháng 11 năm 2026\nĐƠN KHIẾU NẠI\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải Phòng\n"
         "Tôi tên là Phạm Văn Thiệp, ở tổ 5, phường Hồng Bàng, thành phố Hải Phòng.\nUỷ ban nhân dân phường Hồng Bàng "
         "ra Quyết định số 1874/QĐ-UBND thu hồi 62 m2 đất vườn nhà tôi để làm ngõ, nhưng chỉ bồi thường 38 m2, không "
         "tính cái bể nước và bốn gốc nhãn. Tôi khiếu nại quyết định số 1874/QĐ-UBND, yêu cầu hủy quyết định, đo lại "
         "và bồi "
         "thường đúng diện tích.\nNgười làm đơn\n(đã ký)\nPhạm Văn Thiệp\n")},
    {CLERK, 6, 0, NEW, "post", "", S_INIT("Ngập nước sau mưa ở ngõ 42"),
     S_INIT("Hải Phòng, ngày 20 tháng 11 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Mặt trận Tổ quốc thành phố\n"
            "Tôi tên là Vũ Thị Nhàn, ở số 42 phố Chùa Hàng, phường Lê Chân, thành phố Hải Phòng, điện thoại 0912 345 "
            "678.\nNgõ nhà tôi cứ mưa là ngập nửa mét vì cống bị bịt từ khi làm đường. Bà con đã báo tổ dân phố ba "
            "lần. Tôi "
            "kiến nghị Ủy ban nhân dân phường Lê Chân thông cống, trả lời bà con.\nNgười viết đơn\n(đã ký)\nVũ Thị "
            "Nhàn\n")},
    {CLERK, 5, 1, GIVEN, "counter", "", S_INIT("Trưởng thôn thu tiền làm đường không có phiếu thu"),
     S_INIT("Hải Phòng, ngày 24 tháng 11 năm 2026\nĐƠN TỐ CÁO\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải Phòng\n"
            "Tôi tên là Ngô Thị Bích Hạnh, ở thôn Đông, xã An Lão, thành phố Hải Phòng, điện thoại 0904 111 222.\n"
            "Tôi tố cáo ông Đặng Văn Cường, trưởng thôn Đông, đã thu của mỗi hộ 2.000.000 đồng làm đường mà không có "
            "phiếu "
            "thu, không công khai, giữ lại một phần để tiêu riêng. Tôi có danh sách 30 hộ đã nộp và giấy viết tay kèm "
            "theo. "
            "Đề nghị xác minh, xử lý ông Cường theo pháp luật và trả lại tiền cho bà con.\nNgười tố cáo\n(đã ký)\nNgô "
            "Thị Bích "
            "Hạnh\n")},
    {CLERK, 24, 3, SENT, "reception", "", S_INIT("Chậm chi trả trợ cấp người có công"),
     S_INIT(
         "Hải Phòng, ngày 05 tháng 11 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải Phòng\n"
         "Tôi tên là Bùi Đức Long, ở thôn Bắc, xã Kiến Thụy, thành phố Hải Phòng. Tôi là thương binh hạng 3/4. Trợ cấp "
         "từ "
         "tháng 7 năm 2026 của tôi đến nay chưa được chi trả. Tôi kiến nghị Sở Nội vụ xem xét, chi trả đủ.\nNgười làm "
         "đơn\n(đã ký)\nBùi Đức Long\n")},
    {CHAIR, 12, 3, WRONG, "leader", "", S_INIT("Xe tải chở đất làm hỏng đường thôn"),
     S_INIT(
         "Hải Phòng, ngày 16 tháng 11 năm 2026\nĐƠN PHẢN ÁNH\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải Phòng\n"
         "Tôi tên là Trịnh Văn Hậu, ở thôn 3, xã Vĩnh Bảo, thành phố Hải Phòng. Xe tải chở đất chạy suốt đêm làm hỏng "
         "đường thôn, bụi bay vào nhà dân. Tôi phản ánh để các cơ quan kiểm tra, xử lý.\nNgười viết\n(đã ký)\nTrịnh "
         "Văn "
         "Hậu\n")},
    {CLERK, 60, 5, RESULT, "email", "", S_INIT("Trường thu quỹ ngoài quy định"),
     S_INIT(
         "Hải Phòng, ngày 29 tháng 9 năm 2026\nĐƠN PHẢN ÁNH\nKính gửi: Mặt trận Tổ quốc thành phố Hải Phòng\nTôi tên "
         "là "
         "Mai Thị Thoa, ở số 7 phố Cát Cụt, phường Lê Chân, thành phố Hải Phòng. Trường trung học phổ thông của con "
         "tôi thu "
         "quỹ lớp 1.500.000 đồng mỗi em, không có biên lai. Tôi phản ánh và đề nghị Sở Giáo dục và Đào tạo kiểm tra.\n"
         "Người viết\n(đã ký)\nMai Thị Thoa\n")},
    {CHAIR, 75, 4, ANSWERED, "counter", "", S_INIT("Bình xét hộ nghèo ở khu dân cư"),
     S_INIT(
         "Hải Phòng, ngày 14 tháng 9 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Hải "
         "Phòng\nTôi tên là Lương Văn Tịnh, ở tổ 9, phường Kiến An, thành phố Hải Phòng. Cuộc họp bình xét hộ nghèo "
         "của khu "
         "dân cư không có giấy mời, gia đình tôi bị bỏ sót. Tôi kiến nghị Ủy ban Mặt trận Tổ quốc hướng dẫn họp bình "
         "xét "
         "lại.\nNgười làm đơn\n(đã ký)\nLương Văn Tịnh\n")},
    {CLERK, 90, 5, CLOSED, "post", "", S_INIT("Đèn đường hỏng ở ngõ 118"),
     S_INIT("Hải Phòng, ngày 30 tháng 8 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Mặt trận Tổ quốc thành phố Hải Phòng\nTôi "
            "tên là "
            "Đinh Công Sáu, ở ngõ 118 phố Trần Nguyên Hãn, phường Lê Chân, thành phố Hải Phòng. Đèn đường của ngõ hỏng "
            "đã hai "
            "tháng. Kiến nghị Ủy ban nhân dân phường Lê Chân sửa chữa.\nNgười viết\n(đã ký)\nĐinh Công Sáu\n")},
    {CLERK, 20, 2, GUIDED, "counter", "", S_INIT("Tranh chấp lối đi chung với hàng xóm"),
     S_INIT("ĐƠN ĐỀ NGHỊ\nKính gửi: Mặt trận Tổ quốc thành phố\nTôi là Hà Thị Xoan, ở tổ 2, phường Ngô Quyền, thành "
            "phố Hải "
            "Phòng. Nhà hàng xóm xây tường lấn lối đi chung. Tôi yêu cầu Tòa án nhân dân giải quyết tranh chấp lối "
            "đi.\n(đã "
            "ký)\nHà Thị Xoan\n")},
    {CLERK, 15, 2, FILED, "post", "", S_INIT("Đơn không ghi tên người viết"),
     S_INIT("Kính gửi Mặt trận\nCán bộ dạo này làm ăn không ra gì, dân khổ lắm. Đề nghị xem lại.\nMột người dân\n")},
    {CLERK, 16, 1, ACCEPTED, "reception", "", S_INIT("Chậm trả tiền hỗ trợ nhà Đại đoàn kết"),
     S_INIT("Hải Phòng, ngày 13 tháng 11 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Ủy ban Mặt trận Tổ quốc thành phố Hải "
            "Phòng\nTôi "
            "tên là Cao Thị Mến, ở thôn Tiên Cầm, xã An Hưng, thành phố Hải Phòng. Gia đình tôi được Quỹ Vì người "
            "nghèo hỗ trợ "
            "làm nhà Đại đoàn kết, đã xây xong từ tháng 9 nhưng chưa nhận đủ tiền. Kiến nghị Ban vận động Quỹ Vì người "
            "nghèo "
            "chi đủ.\nNgười làm đơn\n(đã ký)\nCao Thị Mến\n")},
    {COMMUNE, 4, 0, NEW, "counter", "", S_INIT("Rác thải tồn đọng ở chợ"),
     S_INIT("Hải Phòng, ngày 25 tháng 11 năm 2026\nĐƠN PHẢN ÁNH\nKính gửi: Ủy ban Mặt trận Tổ quốc phường\nTôi tên là "
            "Phan Thị "
            "Lụa, bán hàng ở chợ. Rác của chợ ba ngày không ai dọn, mùi hôi. Tôi phản ánh để phường xử lý.\nNgười "
            "viết\n(đã "
            "ký)\nPhan Thị Lụa\n")},
    {COMMUNE, 30, 4, SENT, "counter", "", S_INIT("Cấp giấy chứng nhận chậm"),
     S_INIT("Hải Phòng, ngày 29 tháng 10 năm 2026\nĐƠN KIẾN NGHỊ\nKính gửi: Ủy ban Mặt trận Tổ quốc phường\nTôi tên là "
            "Tô Văn "
            "Quý, ở tổ 4. Hồ sơ cấp giấy chứng nhận quyền sử dụng đất của tôi nộp từ tháng 6 chưa có kết quả. Kiến "
            "nghị Văn "
            "phòng đăng ký đất đai trả kết quả.\nNgười viết\n(đã ký)\nTô Văn Quý\n")},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

struct demo {
    struct db_write *db;
    struct who people[PEOPLE];
    struct date today;
};

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct petition_demo_person_row *row;
    *who = (struct who){0};
    TRY(petition_demo_person(db, (struct petition_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

static struct err act(struct demo *d, const struct who *who, struct petition_letter_id id, const struct petition_act *a,
                      struct date on) {
    clock_freeze(date_at(on, 14, 20));
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    return petition_act(d->db, who, id, a);
}

static struct err sent(struct demo *d, const struct who *who, struct petition_letter_id id, const struct sample *s,
                       struct date on) {
    struct petition_by_id_row *l;
    TRY(petition_by_id(db_reading(d->db), (struct petition_by_id_in){.id = id}, &l));
    struct str body = l->authority.len ? l->authority : S("UBND thành phố Hải Phòng");
    struct petition_act transfer = {.verb = "transfer",
                                    .doc = S("318/CV-MTTQ"),
                                    .body = body,
                                    .body_kind = l->authority_kind,
                                    .text = S("Đề nghị xem xét, giải quyết và thông báo kết quả.")};
    TRY(act(d, who, id, &transfer, on));
    if (s->stage == URGED) {
        return act(d, who, id, &(struct petition_act){.verb = "urge", .doc = S("402/CV-MTTQ")}, date_plus(on, 15));
    }
    if (s->stage == WRONG) {
        struct petition_act wrong = {.verb = "reply",
                                     .kind = S("wrong"),
                                     .text = S("Việc này thuộc thẩm quyền của UBND xã nơi có tuyến đường.")};
        return act(d, who, id, &wrong, date_plus(on, 4));
    }
    if (s->stage == SENT) {
        return OK;
    }
    struct petition_act result = {.verb = "reply",
                                  .kind = S("result"),
                                  .doc = S("1207/UBND-VP"),
                                  .text = S("Đã kiểm tra; đơn vị đã khắc phục và xin lỗi người dân.")};
    return act(d, who, id, &result, date_plus(on, 20));
}

static struct err answered(struct demo *d, const struct who *who, struct petition_letter_id id, const struct sample *s,
                           struct date on) {
    struct petition_act answer = {
        .verb = "answer", .doc = S("377/CV-MTTQ"), .text = S("Đã thông báo kết quả giải quyết.")};
    TRY(act(d, who, id, &answer, date_plus(on, 25)));
    return s->stage == CLOSED
               ? act(d, who, id, &(struct petition_act){.verb = "confirm", .kind = S("right")}, date_plus(on, 30))
               : OK;
}

static struct err given(struct demo *d, const struct who *who, struct petition_letter_id id) {
    struct task_by by = {who, &modules};
    const struct who *officer = &d->people[OFFICER];
    if (officer->organ.v != who->organ.v) {
        return OK;
    }
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    return petition_give(d->db, &by, id,
                         &(struct task_new){.lead = officer->post.v,
                                            .text = S("Nghiên cứu đơn, đề xuất hướng xử lý, dự thảo văn bản."),
                                            .days = 5});
}

static struct err go_on(struct demo *d, const struct sample *s, struct petition_letter_id id) {
    const struct who *who = &d->people[s->by];
    struct date on = date_plus(d->today, s->then - s->ago);
    switch (s->stage) {
    case NEW: return OK;
    case GIVEN: return given(d, who, id);
    case ACCEPTED: TRY(act(d, who, id, &(struct petition_act){.verb = "accept"}, on)); return given(d, who, id);
    case SENT:
    case WRONG:
    case URGED:
    case RESULT: return sent(d, who, id, s, on);
    case ANSWERED:
    case CLOSED: TRY(sent(d, who, id, s, on)); return answered(d, who, id, s, on);
    case GUIDED:
        return act(
            d, who, id,
            &(struct petition_act){.verb = "guide",
                                   .doc = S("301/HD-MTTQ"),
                                   .text = S("Tranh chấp dân sự giữa hai gia đình do Tòa án nhân dân giải quyết.")},
            on);
    case FILED:
        return act(d, who, id,
                   &(struct petition_act){.verb = "file", .text = S("Đơn không ghi tên, không có căn cứ xác minh.")},
                   on);
    case REFUSED:
        return act(d, who, id, &(struct petition_act){.verb = "refuse", .text = S("Không đủ điều kiện thụ lý.")}, on);
    }
    return OK;
}

static struct err letter_make(struct demo *d, const struct sample *s) {
    const struct who *who = &d->people[s->by];
    struct petition_letter_id id;
    struct date received = date_plus(d->today, -s->ago);
    if (!who->post.v) {
        return OK;
    }
    clock_freeze(date_at(received, 9, 10));
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    struct petition_new l = {.channel = str_of(s->channel),
                             .source = str_of(s->source),
                             .title = s->title,
                             .text = s->text,
                             .received_on = received};
    TRY(petition_keep(d->db, who, &l, &id));
    return go_on(d, s, id);
}

/* Two letters the public sent by the portal: one is asked for more. */
static const struct {
    int by, ago;
    struct str name, text, question;
} sent_by_public[] = {
    {COMMUNE, 3, S_INIT("Đinh Thị Ngần"),
     S_INIT(
         "Kính gửi: Ủy ban Mặt trận Tổ quốc phường\nTôi tên là Đinh Thị Ngần, ở số 21 đường Hồ Sen, phường Lê Chân.\n"
         "Đèn đường ngõ 21 hỏng đã hai tuần, tối trẻ em đi học thêm về rất sợ. Đề nghị sửa đèn.\nNgười viết đơn\n"
         "Đinh Thị Ngần\n"),
     S_INIT("Đèn hỏng ở đầu ngõ hay cuối ngõ, cột số mấy?")},
    {CLERK, 1, S_INIT("Bùi Văn Tường"),
     S_INIT(
         "Kính gửi: Ủy ban Mặt trận Tổ quốc thành phố\nTôi tên là Bùi Văn Tường, ở thôn Hạ, xã Kiến Thụy.\nKiến nghị "
         "thành phố có thêm chuyến xe buýt buổi tối từ khu công nghiệp về xã cho công nhân tan ca.\nNgười viết đơn\n"
         "Bùi Văn Tường\n"),
     S_INIT("")},
};

static struct err public_make(struct demo *d, size_t i) {
    const struct who *who = &d->people[sent_by_public[i].by];
    struct who nobody = petition_nobody_of(who->organ);
    struct petition_letter_id id;
    struct receipt_item_id receipt;
    struct str code;
    if (!who->post.v) {
        return OK;
    }
    clock_freeze(date_at(date_plus(d->today, -sent_by_public[i].ago), 20, 15));
    db_actor_set(d->db, &(struct db_actor){0});
    TRY(petition_keep(d->db, &nobody,
                      &(struct petition_new){.channel = S("portal"),
                                             .text = sent_by_public[i].text,
                                             .writer = {.name = sent_by_public[i].name}},
                      &id));
    TRY(receipt_make(
        d->db, &(struct receipt_made){.kind = S("petition"), .about = S("letter"), .prefix = S("31"), .record = id.v},
        &receipt, &code));
    return sent_by_public[i].question.len
               ? act(d, who, id, &(struct petition_act){.verb = "ask", .text = sent_by_public[i].question}, d->today)
               : OK;
}

/* The oldest first, as they came. */
struct err petition_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .today = clock_today()};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    (void)arena;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = person_of(db_reading(db), logins[i], &d.people[i]);
    }
    for (int ago = 120; ago >= 0; ago--) {
        for (size_t i = 0; i < SAMPLES && !e.why; i++) {
            e = samples[i].ago == ago ? letter_make(&d, &samples[i]) : e;
        }
    }
    for (size_t i = 0; i < sizeof sent_by_public / sizeof *sent_by_public && !e.why; i++) {
        e = public_make(&d, i);
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
