/* Invented rows, so that each of the five people finds registers with something in them: three communes' books, the
   office's advisers, and a report that one unit sent, one was given back and one has still to send. */
#include "base/arena.h"
#include "base/facts.h"
#include "base/buf.h"
#include "kernel/rights/auth.h"
#include "modules/org/org.h"
#include "modules/register/register_port.h"
#include "modules/register/register_report.h"

#include "base/banned.h"

enum { COMMUNES = 3, HOUSEHOLDS = 24, HOUSES = 9, ORGANISATIONS = 5, ADVISERS = 8 };

static const struct str families[] = {S_INIT("Nguyễn"), S_INIT("Phạm"), S_INIT("Vũ"),  S_INIT("Trần"),
                                      S_INIT("Lê"),     S_INIT("Bùi"),  S_INIT("Đỗ"),  S_INIT("Hoàng"),
                                      S_INIT("Phan"),   S_INIT("Đặng"), S_INIT("Lưu"), S_INIT("Đào")};
static const struct str middles[] = {S_INIT("Văn"),   S_INIT("Thị"),     S_INIT("Đình"), S_INIT("Thị Thu"),
                                     S_INIT("Quang"), S_INIT("Thị Kim"), S_INIT("Hữu")};
static const struct str givens[] = {S_INIT("Bách"), S_INIT("Cúc"),   S_INIT("Đông"), S_INIT("Hạnh"), S_INIT("Khoát"),
                                    S_INIT("Hoa"),  S_INIT("Nghĩa"), S_INIT("Lan"),  S_INIT("Lộc"),  S_INIT("Mơ"),
                                    S_INIT("Tuấn"), S_INIT("Nhàn"),  S_INIT("Phúc")};
#define PICK(list_, n_) ((list_)[(n_) % (sizeof(list_) / sizeof *(list_))])

struct demo {
    struct db_write *db;
    struct arena *a;
    struct unit_id organs[COMMUNES];
    int64_t posts[COMMUNES];
    struct who officer;
    struct date today;
    uint64_t n; /* people invented so far */
};

static struct str name_of(struct demo *d) {
    uint64_t n = d->n++;
    return str_format(d->a, "%.*s %.*s %.*s", STR_ARG(PICK(families, n * 5 + n / 7)),
                      STR_ARG(PICK(middles, n * 3 + n / 11)), STR_ARG(PICK(givens, n * 7 + n / 5)));
}

static void say(struct demo *d, struct fields_said_list *said, const char *name, struct str typed) {
    LIST_ADD(d->a, said, (struct fields_said){str_of(name), typed});
}
static void say_int(struct demo *d, struct fields_said_list *said, const char *name, int64_t n) {
    say(d, said, name, str_format(d->a, "%lld", (long long)n));
}
static void say_day(struct demo *d, struct fields_said_list *said, const char *name, int ago) {
    say(d, said, name, date_iso(d->a, date_plus(d->today, -ago)));
}

static struct err row(struct demo *d, const struct register_type *type, struct register_book_id book, int64_t post,
                      struct fields_said_list said, int ago) {
    struct register_row_id id;
    clock_freeze(date_at(d->today, 7, 0)); /* judged as of today, written as of then */
    struct register_words w = {.state = register_judge(d->a, type, 0, said), .act = S("made"), .post = post};
    for (size_t i = 0; i < w.state->all.n; i++) {
        struct str fault = w.state->all.at[i].fault;
        if (fault.len) {
            return FAIL_WITH(d->a, ERR_BROKEN, "a demonstration row has a fault: %.*s", STR_ARG(fault));
        }
    }
    clock_freeze(date_at(date_plus(d->today, -ago), 8, 30));
    TRY(register_row_add(d->db, type, book, &w, &id));
    return register_row_tell(d->db, S("register.imported"), id.v, false);
}

static void household(struct demo *d, int c, int i, struct fields_said_list *said) {
    int people = 1 + (i * 3 + c) % 6;
    say(d, said, "head_name", name_of(d));
    say(d, said, "id_no", str_format(d->a, "0310%02d%06d", 40 + i % 50, 100000 + c * 1000 + i * 37));
    say_int(d, said, "birth", 1945 + (i * 7) % 45);
    say(d, said, "hamlet", str_format(d->a, c ? "Thôn %d" : "Tổ dân phố %d", 1 + i % 9));
    say(d, said, "poverty_class", i % 4 == 0 ? S("ngheo") : S("can_ngheo"));
    say_int(d, said, "members_n", people);
    say_int(d, said, "workers_n", people / 2);
    say(d, said, "phone", str_format(d->a, "0912%06d", 340000 + c * 1000 + i * 13));
    if (i % 3 == 0) {
        say_int(d, said, "support_amount", 1000000 * (1 + i % 4));
        say_day(d, said, "supported_on", 5 + i);
    }
    say(d, said, "reason", i % 2 ? S("Ốm đau, bệnh nặng") : S("Thiếu lao động"));
}

static void house(struct demo *d, int c, int i, struct fields_said_list *said) {
    bool is_new = i % 2 == 0, is_done = i % 3 == 2;
    int64_t cost = is_new ? 90000000 + i * 1500000 : 45000000;
    say(d, said, "head_name", name_of(d));
    say(d, said, "hamlet", str_format(d->a, c ? "Thôn %d" : "Tổ dân phố %d", 1 + i % 7));
    say(d, said, "poverty_class", i % 2 ? S("can_ngheo") : S("ngheo"));
    say(d, said, "work", is_new ? S("xay_moi") : S("sua_chua"));
    say_int(d, said, "cost", cost);
    say_int(d, said, "fund_amount", is_new ? 60000000 : 30000000);
    say_int(d, said, "other_amount", cost - (is_new ? 60000000 : 30000000));
    say_day(d, said, "started_on", 20 + i * 9);
    if (is_done) {
        say_day(d, said, "handover_on", 3 + i);
    }
    say(d, said, "state", is_done ? S("da_ban_giao") : S("dang_lam"));
}

static void organisation(struct demo *d, int c, int i, struct fields_said_list *said) {
    static const struct str names[ORGANISATIONS] = {S_INIT("Công đoàn"), S_INIT("Hội Nông dân"),
                                                    S_INIT("Hội Liên hiệp Phụ nữ"), S_INIT("Đoàn TNCS Hồ Chí Minh"),
                                                    S_INIT("Hội Cựu chiến binh")};
    int64_t members = 320 + c * 45 + i * 171;
    say(d, said, "name", names[i]);
    say(d, said, "kind", S("ct_xh"));
    say_int(d, said, "members_n", members);
    say_int(d, said, "women_n", i == 2 ? members : members / 2);
    say_int(d, said, "branches_n", 6 + i * 2);
    say_int(d, said, "fee", members * 60000);
    say(d, said, "head", name_of(d));
}

static void adviser(struct demo *d, int c, int i, struct fields_said_list *said) {
    static const struct str fields[] = {S_INIT("dan_chu"), S_INIT("kinh_te"), S_INIT("van_hoa"), S_INIT("khoa_hoc")};
    (void)c;
    say(d, said, "full_name", name_of(d));
    say(d, said, "field", PICK(fields, (uint64_t)i));
    say(d, said, "role", i < 4 ? S("chu_nhiem") : S("thanh_vien"));
    say(d, said, "organisation", i % 2 ? S("Trường Đại học Hải Phòng") : S("Hội Luật gia thành phố"));
    say_int(d, said, "since_on", 2025);
    say_int(d, said, "tasks_n", i % 4);
}

/* Rows of one register for the book of a commune, or of the city. */
struct filling {
    struct str code;
    int c; /* which commune */
    int n;
    void (*make)(struct demo *d, int c, int i, struct fields_said_list *said);
};
static struct err fill(struct demo *d, int64_t owner, int64_t post, struct filling f) {
    struct register_type type;
    struct register_book_id book;
    TRY(register_type(d->a, f.code, &type));
    TRY(register_book_open(d->db, &type.head, owner, &book));
    for (int i = 0; i < f.n; i++) {
        struct fields_said_list said = {0};
        f.make(d, f.c, i, &said);
        TRY(row(d, &type, book, post, said, 60 - i * 2));
    }
    return OK;
}

static struct err who_of(struct db_read *db, struct str login, struct who *who) {
    struct register_demo_person_row *person;
    struct hats hats;
    *who = (struct who){0};
    TRY(register_demo_person(db, (struct register_demo_person_in){.login = login}, &person));
    if (!person) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){person->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){person->person}, hats.at[0].post, clock_today(), who) : OK;
}

/* The commune of the account "xa" first, then two others. */
static struct err communes_of(struct demo *d, const struct who *xa) {
    struct register_organs_below_rows rows;
    size_t n = 1;
    d->organs[0] = xa->organ;
    TRY(register_organs_below(db_reading(d->db), &rows));
    for (size_t i = 0; i < rows.n && n < COMMUNES; i++) {
        if (rows.at[i].id.v != xa->organ.v) {
            d->organs[n++] = (struct unit_id){rows.at[i].id.v};
        }
    }
    for (size_t i = 0; i < n; i++) {
        struct org_principals posts;
        TRY(org_posts_with(db_reading(d->db), d->organs[i], ROLE_CLERK | ROLE_OFFICER, &posts));
        d->posts[i] = posts.n ? posts.at[0].id : 0;
    }
    return OK;
}

/* --- The report --- */
static struct err report_make(struct demo *d, struct register_report_id *id) {
    int64_t owners[COMMUNES] = {d->organs[0].v, d->organs[1].v, d->organs[2].v};
    struct register_report_new n = {.title = S("Báo cáo hộ nghèo, hộ cận nghèo và hỗ trợ"),
                                    .note = S("Số hộ lấy thẳng từ sổ; đơn vị rà lại sổ trước khi gửi."),
                                    .from_on = date_plus(d->today, -60),
                                    .to_on = d->today,
                                    .due_on = date_plus(d->today, 5),
                                    .cut_on = date_plus(d->today, 15),
                                    .owners = {owners, COMMUNES}};
    TRY(register_lines_read(d->a,
                            S("Hộ nghèo đầu kỳ | hộ\n"
                              "Hộ nghèo đang theo dõi | hộ | đếm poor_household poverty_class=ngheo\n"
                              "Hộ cận nghèo đang theo dõi | hộ | đếm poor_household poverty_class=can_ngheo\n"
                              "Cộng hộ nghèo, cận nghèo | hộ | = 2 + 3\n"
                              "Tiền hỗ trợ trong kỳ | đồng | cộng poor_household support_amount supported_on=kỳ\n"
                              "Hộ thoát nghèo trong kỳ | hộ\n"
                              "kiểm: 1 >= 6 | Số hộ thoát nghèo không được hơn số hộ nghèo đầu kỳ.\n"),
                            &n.lines));
    clock_freeze(date_at(date_plus(d->today, -6), 9, 0));
    db_actor_set(d->db, &(struct db_actor){.person = d->officer.person.v, .post = d->officer.post.v});
    return register_report_make(d->db, &d->officer, &n, id);
}

static struct err send(struct demo *d, struct register_report_id report, const struct register_returns_of_row *r,
                       int64_t post) {
    struct register_lines lines;
    struct who who = {.post = {post}, .organ = {r->owner.v}, .unit = {r->owner.v}};
    struct register_period period = {date_plus(d->today, -60), d->today};
    TRY(register_lines_load(db_reading(d->db), report.v, &lines));
    struct register_number *numbers = arena_take(d->a, struct register_number, lines.n);
    for (size_t i = 0; i < lines.n; i++) {
        if (lines.at[i].source == REGISTER_TYPED) {
            numbers[i] = (struct register_number){(i ? 2 : 9) * FIELDS_ONE, true};
        }
    }
    TRY(register_live(db_reading(d->db), &lines, r->owner.v, &period, numbers));
    db_actor_set(d->db, &(struct db_actor){.post = post});
    return register_return_send(
        d->db, &who, &(struct register_sending){.id = r->id.v, .version = 1, .numbers = numbers, .words = S("")});
}

static struct err report(struct demo *d) {
    struct register_report_id id;
    struct register_returns_of_rows rows;
    TRY(report_make(d, &id));
    TRY(register_returns_of(db_reading(d->db), (struct register_returns_of_in){.report = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (int c = 1; c < COMMUNES; c++) {
            if (rows.at[i].owner.v != d->organs[c].v || !d->posts[c]) {
                continue;
            }
            clock_freeze(date_at(date_plus(d->today, -3 + c), 10, 0));
            TRY(send(d, id, &rows.at[i], d->posts[c]));
            if (c == 2) {
                db_actor_set(d->db, &(struct db_actor){.person = d->officer.person.v, .post = d->officer.post.v});
                TRY(register_return_back(d->db, &d->officer, rows.at[i].id.v, 2,
                                         S("Số hộ thoát nghèo chưa khớp với quyết định của Ủy ban nhân dân xã.")));
            }
        }
    }
    return OK;
}

static struct err all(struct demo *d) {
    struct who xa, clerk;
    TRY(who_of(db_reading(d->db), S("xa"), &xa));
    TRY(who_of(db_reading(d->db), S("chuyenvien"), &d->officer));
    TRY(who_of(db_reading(d->db), S("vanthu"), &clerk));
    if (!xa.organ.v || !d->officer.organ.v) {
        return OK;
    }
    TRY(communes_of(d, &xa));
    for (int c = 0; c < COMMUNES; c++) {
        int64_t owner = d->organs[c].v, post = d->posts[c];
        db_actor_set(d->db, &(struct db_actor){.post = post});
        TRY(fill(d, owner, post, (struct filling){S("poor_household"), c, HOUSEHOLDS, household}));
        TRY(fill(d, owner, post, (struct filling){S("unity_house"), c, HOUSES, house}));
        TRY(fill(d, owner, post, (struct filling){S("member_organisation"), c, ORGANISATIONS, organisation}));
    }
    TRY(fill(d, clerk.organ.v, clerk.post.v, (struct filling){S("adviser"), 0, ADVISERS, adviser}));
    return report(d);
}

struct err register_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .a = arena, .today = clock_today()};
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    struct err e = all(&d);
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
