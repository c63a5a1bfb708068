/* Believable dossiers, so that the clerk of the city and of a commune find work of every sort in the first minute. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/rights/auth.h"
#include "modules/org/org.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_inside.h"
#include "modules/task/task.h"

#include "base/banned.h"

enum { CLERK, CHAIR, OFFICER, COMMUNE, PEOPLE };
enum stage { SENT, RECEIVED, UNDER_WAY, DECIDED, ASKED, ANSWERED, REFUSED, DONE, WITHDRAWN };
enum { HOUR_MS = 3600 * 1000 };

/* What the office filled in, so that these may be opened. */
static const struct {
    struct str procedure, settings;
} opened[] = {
    {S_INIT("MTTQ.HP.01"), S_INIT("muc_xay_moi=80.000.000 đồng\nmuc_sua_chua=40.000.000 đồng\n")},
    {S_INIT("MTTQ.HP.02"), S_INIT("muc_khung=theo Quy chế Quỹ cứu trợ thành phố\nso_truc=0225 3000 119\n")},
    {S_INIT("MTTQ.HP.05"), S_INIT("")},
    {S_INIT("MTTQ.HP.07"), S_INIT("")},
    {S_INIT("MTTQ.HP.08"), S_INIT("")},
    {S_INIT("MTTQ.HP.11"), S_INIT("")},
};

static const char person[] =
    "\"cach_nhan\":\"tai_khoan\",\"xa\":\"%s\",\"bao_ho_ten\":\"%s\",\"ho_ten\":\"%s\",\"bao_dien_thoai\":\"%s\","
    "\"dien_thoai\":\"%s\",\"so_dinh_danh\":\"031166001234\"";
/* hours: sent so long ago. */
static const struct sheet {
    const char *procedure, *name, *phone, *said;
    bool is_commune;
    int hours;
    enum stage stage;
} sheets[] = {
    {"MTTQ.HP.02", "Lương Thị Nguyệt Ánh", "0912000345",
     "\"nguy_hiem\":\"da_qua\",\"tu_cach\":\"minh\",\"so_nguoi\":\"4\",\"loai\":\"chay\",\"mo_ta\":\"Cháy gian bếp lúc "
     "hai giờ sáng, lan sang mái nhà chính. Mất hết thóc, quần áo, sách vở của hai cháu.\",\"nha\":\"nang\","
     "\"nhu_cau\":\"cho_o,vat_lieu,hoc_tap\",\"cach_chi\":\"truc_tiep\"",
     true, 1, SENT},
    {"MTTQ.HP.02", "Phạm Văn Tuyên", "0936111222",
     "\"nguy_hiem\":\"khong\",\"tu_cach\":\"minh\",\"so_nguoi\":\"5\",\"loai\":\"benh\",\"mo_ta\":\"Con trai đang điều "
     "trị dài ngày, gia đình không còn khả năng chi trả.\",\"benh_ten\":\"Suy thận mạn, Bệnh viện Việt "
     "Tiệp\",\"chi_phi\":\"85000000\",\"nhu_cau\":\"tien,thuoc\",\"cach_chi\":\"tai_khoan_nh\",\"so_tai_khoan\":"
     "\"0031000123456\",\"ngan_hang\":\"VCB\",\"chu_tai_khoan\":\"Phạm Văn Tuyên\"",
     true, 30, UNDER_WAY},
    {"MTTQ.HP.02", "Vũ Thị Mận", "0904222333",
     "\"nguy_hiem\":\"khong\",\"tu_cach\":\"minh\",\"so_nguoi\":\"3\",\"loai\":\"bao_lu\",\"mo_ta\":\"Nước vào nhà ba "
     "ngày, hỏng tủ lạnh, ướt hết gạo.\",\"nha\":\"nhe\",\"nhu_cau\":\"luong_thuc,tien\",\"cach_chi\":\"truc_tiep\"",
     true, 400, DONE},
    {"MTTQ.HP.02", "Đặng Quốc Hưng", "0988333444",
     "\"nguy_hiem\":\"khong\",\"tu_cach\":\"minh\",\"so_nguoi\":\"2\",\"loai\":\"tai_nan\",\"mo_ta\":\"Tai nạn lao "
     "động, gãy chân, mất thu nhập hai tháng.\",\"nhu_cau\":\"tien\",\"cach_chi\":\"truc_tiep\"",
     true, 9, SENT},
    {"MTTQ.HP.02", "Bùi Thị Hợi", "0977444555",
     "\"nguy_hiem\":\"khong\",\"tu_cach\":\"minh\",\"so_nguoi\":\"1\",\"loai\":\"sap_do\",\"mo_ta\":\"Tường bếp sập "
     "sau "
     "trận mưa, chưa có chỗ nấu ăn.\",\"nha\":\"nang\",\"nhu_cau\":\"vat_lieu\",\"cach_chi\":\"truc_tiep\"",
     true, 50, ASKED},
    {"MTTQ.HP.11", "Nguyễn Đức Thọ", "0915555666", "\"muc_dich\":\"khac\",\"nam_sinh\":\"1958\"", false, 20, SENT},
    {"MTTQ.HP.11", "Trần Thị Kim Oanh", "0913666777", "\"muc_dich\":\"khac\",\"nam_sinh\":\"1962\"", false, 70,
     RECEIVED},
    {"MTTQ.HP.07", "Lê Hữu Phước", "0902777888",
     "\"ten_viec\":\"Công trình cống thoát nước đường liên thôn\",\"noi_dung\":\"Thi công kéo dài, rào chắn sơ sài, "
     "người dân chưa được biết ngày xong.\"",
     false, 60, UNDER_WAY},
    {"MTTQ.HP.07", "Hoàng Thị Thơm", "0901888999",
     "\"ten_viec\":\"Thu các khoản đầu năm học\",\"noi_dung\":\"Đề nghị xem lại một số khoản thu chưa công khai.\"",
     false, 300, REFUSED},
    {"MTTQ.HP.05", "Ngô Văn Khải", "0919999000", "\"noi_dung\":\"Đèn đường ngõ 12 hỏng đã một tháng.\"", false, 26,
     ANSWERED},
    {"MTTQ.HP.01", "Đoàn Thị Lụa", "0968000111",
     "\"ly_do\":\"Nhà dột nát, tường nứt, mái tôn đã mục.\",\"so_nguoi\":\"2\"", true, 90, RECEIVED},
    {"MTTQ.HP.01", "Vũ Đình Cảnh", "0967111000", "\"ly_do\":\"Nhà tạm dựng sau bão.\",\"so_nguoi\":\"3\"", true, 500,
     WITHDRAWN},
};

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct post_id post;
    struct org_post held;
    *who = (struct who){0};
    struct err e = auth_post_of_login(db, login, &post);
    if (e.why) {
        return err_is(e, ERR_MISSING) ? OK : e;
    }
    TRY(org_post(db, post, &held));
    return org_auth.wear(db, held.person, post, clock_today(), who);
}

static struct err open_procedures(struct db_write *db) {
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++) {
        TRY(service_office_add(db,
                               (struct service_office_add_in){.procedure = opened[i].procedure,
                                                              .is_open = true,
                                                              .settings = opened[i].settings,
                                                              .changed_at = clock_now()},
                               NULL));
    }
    return OK;
}

static struct err sheet_send(struct db_write *db, const struct sheet *s, const struct who *who, size_t i, int64_t *id) {
    struct arena *a = db_write_arena(db);
    struct service_new n = {.channel = i % 4 == 3 ? S("phone") : S("online"), .organ = who->organ, .id = id_new()};
    struct service_form *f;
    struct org_unit unit;
    struct fields_said_list said = {0};
    struct receipt_item_id item;
    TRY(service_form_load(a, str_of(s->procedure), 0, &f));
    TRY(org_unit(db_reading(db), who->organ, &unit));
    struct str prefix = service_prefix(a, unit.code);
    struct buf json = buf_in(a);
    struct str yesterday = date_iso(a, date_of((struct instant){clock_now().ms - 24 * HOUR_MS}));
    BUF_LIT(&json, "{");
    buf_printf(&json, person, str_z(a, prefix), s->name, s->name, s->phone, s->phone);
    buf_printf(&json, ",\"ngay\":\"%.*s\",%s}", STR_ARG(yesterday), s->said);
    TRY(fields_said_read(a, buf_str(&json), &said));
    TRY(service_judge(db_reading(db), f, said, &n.state));
    n.form = f;
    n.by = str_eq(n.channel, S("phone")) ? who : NULL;
    struct receipt_made made = {.kind = S("service"),
                                .about = str_format(a, "%s/%lld", s->procedure, (long long)f->version),
                                .prefix = prefix,
                                .record = n.id,
                                .words = i == 0 ? S("cánh buồm, mưa rào, hoa gạo") : S("")};
    TRY(receipt_make(db, &made, &item, &n.code));
    *id = n.id;
    return service_submit(db, &n);
}

/* Goes on along the first road of the definition, so many steps. */
static struct err go_on(struct db_write *db, const struct service_act *act, int steps) {
    for (int i = 0; i < steps; i++) {
        struct service_case c;
        TRY(service_case_any(db_reading(db), act->id, &c));
        const struct service_step_def *step = service_step_of(c.form, c.row->step);
        struct str to = step && step->next.n ? step->next.at[0] : S("");
        bool is_end = str_eq(to, S("done"));
        if (!step || str_eq(c.row->phase, S("done")) || (!is_end && !service_step_of(c.form, to))) {
            return OK;
        }
        if (!is_end && str_eq(service_step_of(c.form, to)->state, S("supplement"))) {
            to = step->next.n > 1 ? step->next.at[1] : to;
        }
        TRY(service_advance(db, act, to));
    }
    return OK;
}

static struct err stage_reach(struct db_write *db, const struct sheet *s, const struct who *who, int64_t id) {
    enum { WHOLE_ROAD = 12 };
    struct service_act act = {.id = id, .who = who};
    if (s->stage == WITHDRAWN) {
        return service_withdraw(db, id, S("Đã được họ hàng giúp dựng lại nhà."));
    }
    if (s->stage == SENT) {
        return OK;
    }
    TRY(service_receive(db, &act));
    if (s->stage == ASKED || s->stage == ANSWERED) {
        act.note = S("Cần thêm một ảnh chụp hiện trạng và cho biết số nhà hoặc cột đèn gần nhất.");
        TRY(service_supplement(db, &act));
    }
    if (s->stage == ANSWERED) {
        TRY(service_answer(db, id, S("Gần cột đèn số 7, trước nhà số 45.")));
    }
    act.note = S("");
    return s->stage == UNDER_WAY ? go_on(db, &act, 1) : s->stage == DONE ? go_on(db, &act, WHOLE_ROAD) : OK;
}

static struct err refuse(struct db_write *db, const struct who *chair, int64_t id) {
    return service_refuse(
        db, &(struct service_act){.id = id, .who = chair},
        &(struct service_refusal){
            .reason = S("Việc này đang được thanh tra theo kế hoạch năm 2026 nên không giám sát trùng."),
            .law = S("Nghị quyết liên tịch 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN, Điều 7"),
            .where = S("Ông/bà gửi thêm thông tin tới Thanh tra thành phố; Mặt trận theo dõi kết luận.")});
}

static struct err give_task(struct db_write *db, const struct who *giver, const struct who *lead, int64_t id) {
    return task_assign(db, &(struct task_by){giver, NULL},
                       &(struct task_new){.kind = S("service"),
                                          .record = id,
                                          .title = S("Xem xét đề nghị giám sát cống thoát nước"),
                                          .text = S("Làm việc với xã, đề xuất có giám sát hay không."),
                                          .lead = lead->post.v,
                                          .days = 5},
                       NULL);
}

struct err service_demo(struct db_write *db, struct arena *arena) {
    static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa")};
    struct who people[PEOPLE];
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    (void)arena;
    for (size_t i = 0; i < PEOPLE; i++) {
        TRY(person_of(db_reading(db), logins[i], &people[i]));
    }
    if (!people[CLERK].post.v || !people[COMMUNE].post.v) {
        return OK;
    }
    TRY(open_procedures(db));
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        const struct sheet *s = &sheets[i];
        const struct who *who = &people[s->is_commune ? COMMUNE : CLERK];
        int64_t id;
        db_actor_set(db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
        clock_freeze((struct instant){now.ms - (int64_t)s->hours * HOUR_MS});
        TRY(sheet_send(db, s, who, i, &id));
        clock_freeze((struct instant){now.ms - (int64_t)s->hours * HOUR_MS * 3 / 4});
        TRY(stage_reach(db, s, who, id));
        if (s->stage == REFUSED) {
            TRY(refuse(db, &people[CHAIR], id));
        }
        if (s->stage == UNDER_WAY && !s->is_commune) {
            TRY(give_task(db, &people[CHAIR], &people[OFFICER], id));
        }
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    return OK;
}
