/* Believable task sheets, so that each of the five people finds work of every sort in the first minute. */
#include "kernel/rights/auth.h"
#include "modules/org/org.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"

enum { PEOPLE = 5 };
static const struct str logins[PEOPLE] = {S_INIT("vanthu"), S_INIT("lanhdao"), S_INIT("chuyenvien"), S_INIT("xa"),
                                          S_INIT("quantri")};
enum { CLERK, CHAIR, OFFICER, COMMUNE, ADMIN, NOBODY };

/* How far a sheet has come. */
enum stage { GIVEN, TAKEN, HALF, REPORTED, DONE, RETURNED, ASKED };
static const struct sheet {
    struct str title, text;
    int by, lead, cooperate, inform; /* of the five; NOBODY */
    int ago, days;                   /* given so many days ago, with so many working days; 0: no deadline */
    enum stage stage;
} sheets[] = {
    {S_INIT("Chuẩn bị Hội nghị Ban Thường trực tháng 12"),
     S_INIT("Soạn chương trình, giấy mời, bố trí hội trường; trình duyệt trước hội nghị ba ngày."), CHAIR, CLERK,
     OFFICER, ADMIN, 1, 7, TAKEN},
    {S_INIT("Tổng hợp kết quả Ngày hội Đại đoàn kết toàn dân tộc năm 2026"),
     S_INIT("Tổng hợp số khu dân cư tổ chức, số nhà Đại đoàn kết bàn giao; có biểu kèm theo."), CHAIR, OFFICER, CLERK,
     NOBODY, 13, 5, HALF},
    {S_INIT("Rà soát danh sách hộ nghèo đề nghị hỗ trợ Tết Đinh Mùi 2027"),
     S_INIT("Đối chiếu với danh sách của 114 xã, phường, đặc khu; báo số trùng."), CHAIR, OFFICER, NOBODY, CLERK, 12,
     20, ASKED},
    {S_INIT("Lập danh mục hồ sơ năm 2027"), S_INIT("Lấy ý kiến các ban trước khi trình ký."), CHAIR, CLERK, NOBODY,
     NOBODY, 20, 10, REPORTED},
    {S_INIT("Gửi báo cáo tuần của Văn phòng"), S_INIT("Theo mẫu của Văn phòng Thành ủy."), CHAIR, CLERK, NOBODY, NOBODY,
     15, 5, DONE},
    {S_INIT("Kiểm kê máy in, máy quét của cơ quan"), S_INIT("Ghi rõ máy hỏng, đề xuất thay."), CHAIR, ADMIN, CLERK,
     NOBODY, 3, 15, TAKEN},
    {S_INIT("Trả lời kiến nghị về dạy thêm, học thêm"), S_INIT("Phối hợp Sở Giáo dục và Đào tạo, trả lời cử tri."),
     CHAIR, OFFICER, NOBODY, NOBODY, 6, 10, RETURNED},
    {S_INIT("Cấp tài khoản cho cán bộ mới của Ban Phong trào"), S_INIT("Hai người, làm việc từ đầu tháng 12."), CHAIR,
     ADMIN, NOBODY, NOBODY, 1, 2, GIVEN},
    {S_INIT("Đăng ký thi đua cụm năm 2027"), S_INIT("Gửi Ban Thi đua - Khen thưởng."), CHAIR, OFFICER, NOBODY, CHAIR,
     30, 8, DONE},
    {S_INIT("Vận động ủng hộ Quỹ Vì người nghèo tại các thôn"),
     S_INIT("Mỗi thôn một buổi; nộp danh sách ủng hộ về văn phòng xã."), COMMUNE, COMMUNE, NOBODY, NOBODY, 4, 12,
     TAKEN},
    {S_INIT("Giám sát cấp giấy khai sinh tại bộ phận một cửa"),
     S_INIT("Lập biên bản, có ý kiến của Ban Thanh tra nhân dân."), COMMUNE, COMMUNE, NOBODY, NOBODY, 14, 5, HALF},
};

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct task_demo_person_row *row;
    *who = (struct who){0};
    TRY(task_demo_person(db, (struct task_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

struct demo {
    struct db_write *db;
    struct who people[PEOPLE + 1];
};

static struct err as(struct demo *d, const struct who *who) {
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    return OK;
}

static struct err go_on(struct demo *d, const struct sheet *s, struct task_item_id item, struct instant given) {
    struct task_by doer = {&d->people[s->lead], NULL}, giver = {&d->people[s->by], NULL};
    if (s->stage == GIVEN) {
        return OK;
    }
    clock_freeze((struct instant){given.ms + INT64_C(5400000)});
    TRY(as(d, doer.who));
    if (s->stage == RETURNED) {
        return task_return(d->db, &doer, item,
                           S("Nội dung thuộc nhiệm vụ của Ban Dân chủ - Pháp luật, đề nghị giao lại."));
    }
    TRY(task_accept(d->db, &doer, item));
    if (s->stage == HALF) {
        return task_advance(d->db, &doer, item,
                            &(struct task_progress){60, S("Đã có số liệu của hơn nửa số đơn vị."), 2});
    }
    if (s->stage == REPORTED || s->stage == DONE) {
        TRY(task_report(d->db, &doer, item, &(struct task_report){.text = S("Đã làm xong, có văn bản kèm theo.")}));
    }
    if (s->stage == DONE) {
        TRY(as(d, giver.who));
        return task_confirm(d->db, &giver, item, S("Đạt yêu cầu."));
    }
    return OK;
}

static struct err ask(struct demo *d, const struct sheet *s, struct task_item_id item) {
    struct task_by doer = {&d->people[s->lead], NULL};
    struct task_item_by_id_row *row;
    TRY(task_item_by_id(db_reading(d->db), (struct task_item_by_id_in){.id = item}, &row));
    TRY(as(d, doer.who));
    return task_extension_ask(d->db, &doer, item, date_plus(row->due_on, 7), S("Còn chờ danh sách của hai đặc khu."));
}

static struct err sheet_make(struct demo *d, const struct sheet *s, struct instant now) {
    const struct who *by = &d->people[s->by], *lead = &d->people[s->lead];
    struct instant given = date_at(date_plus(date_of(now), -s->ago), 8, 30);
    int64_t cooperate = d->people[s->cooperate].post.v, inform = d->people[s->inform].post.v;
    struct task_directive_id id;
    struct task_items_of_directive_rows items;
    if (!by->post.v || !lead->post.v || by->organ.v != lead->organ.v) {
        return OK;
    }
    clock_freeze(given);
    TRY(as(d, by));
    TRY(task_assign(d->db, &(struct task_by){by, NULL},
                    &(struct task_new){.title = s->title,
                                       .text = s->text,
                                       .lead = lead->post.v,
                                       .cooperate = {&cooperate, cooperate != 0},
                                       .inform = {&inform, inform != 0},
                                       .days = s->days},
                    &id));
    TRY(task_items_of_directive(db_reading(d->db), (struct task_items_of_directive_in){.directive = id}, &items));
    TRY(go_on(d, s, items.at[0].id, given));
    return s->stage == ASKED ? ask(d, s, items.at[0].id) : OK;
}

struct err task_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = OK;
    (void)arena;
    for (size_t i = 0; i < PEOPLE && !e.why; i++) {
        e = person_of(db_reading(db), logins[i], &d.people[i]);
    }
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets && !e.why; i++) {
        e = sheet_make(&d, &sheets[i], now);
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
