/* The demonstration city: its committee with boards, five organisations, 114 communes with theirs, invented people,
 * five accounts. */
#include "base/utf8.h"
#include "modules/org/org_demo.h"
#include "modules/org/org_rows.h"

enum { ORGANISATIONS = 5 };
enum board { STANDING, OFFICE, ORGANISING, DEMOCRACY, MOVEMENT, PROPAGANDA, SYSTEM, BOARDS };

static const struct {
    struct str code, city, city_short, commune; /* commune: before "phường Lê Chân" */
    struct str head, notation;
} organisations[ORGANISATIONS] = {
    {S_INIT("LDLD"), S_INIT("Liên đoàn Lao động thành phố Hải Phòng"), S_INIT("Liên đoàn Lao động thành phố"),
     S_INIT("Công đoàn"), S_INIT("Chủ tịch"), S_INIT("LĐLĐ")},
    {S_INIT("HND"), S_INIT("Hội Nông dân thành phố Hải Phòng"), S_INIT("Hội Nông dân thành phố"),
     S_INIT("Hội Nông dân"), S_INIT("Chủ tịch"), S_INIT("HND")},
    {S_INIT("PN"), S_INIT("Hội Liên hiệp Phụ nữ thành phố Hải Phòng"), S_INIT("Hội LHPN thành phố"),
     S_INIT("Hội Liên hiệp Phụ nữ"), S_INIT("Chủ tịch"), S_INIT("BTV-PN")},
    {S_INIT("DTN"), S_INIT("Đoàn TNCS Hồ Chí Minh thành phố Hải Phòng"), S_INIT("Thành đoàn Hải Phòng"),
     S_INIT("Đoàn TNCS Hồ Chí Minh"), S_INIT("Bí thư"), S_INIT("ĐTN")},
    {S_INIT("CCB"), S_INIT("Hội Cựu chiến binh thành phố Hải Phòng"), S_INIT("Hội Cựu chiến binh thành phố"),
     S_INIT("Hội Cựu chiến binh"), S_INIT("Chủ tịch"), S_INIT("HCCB")},
};

struct demo {
    struct db_write *db;
    struct arena *arena;
    uint64_t people; /* invented so far */
    struct unit_id city_place, front;
    struct unit_id boards[BOARDS];
    struct unit_id unions[ORGANISATIONS];
    int64_t term;
};

static const struct date congress = {2025, 11, 26}, term_end = {2030, 11, 25}, communes_since = {2025, 7, 1};

static struct err person(struct demo *d, struct str name, struct str address, struct person_id *id) {
    d->people++;
    return org_person_make(
        d->db,
        &(struct org_person_new){.code = str_format(d->arena, "CB%04llu", (unsigned long long)d->people),
                                 .name = name,
                                 .address = address,
                                 .phone = str_format(d->arena, "0225 3%03llu %03llu",
                                                     (unsigned long long)(d->people * 37 % 1000),
                                                     (unsigned long long)(d->people * 91 % 1000))},
        id);
}

struct seat {
    struct unit_id unit;
    struct str title;
    uint64_t roles;
    unsigned signs;
    int64_t ordinal;
    int64_t term;
};

static struct err sit(struct demo *d, struct person_id who, struct seat s, struct post_id *post) {
    struct post_id ignored;
    return org_post_give(d->db,
                         &(struct org_post_new){.person = who,
                                                .unit = s.unit,
                                                .title = s.title,
                                                .roles = s.roles,
                                                .signs = s.signs,
                                                .ordinal = s.ordinal,
                                                .term = s.term,
                                                .from_on = s.term ? congress : communes_since},
                         post ? post : &ignored);
}

static struct err somebody(struct demo *d, struct seat s) {
    struct demo_name n = org_demo_name(d->arena, d->people);
    struct person_id id;
    TRY(person(d, n.name, n.address, &id));
    return sit(d, id, s, NULL);
}

static struct err account(struct demo *d, struct person_id who, struct str login) {
    return auth_account_make(d->db, who, login, S("doanket"), false);
}

static struct err city_units(struct demo *d) {
    static const struct {
        struct str code, name, notation;
    } boards[BOARDS] = {
        {S_INIT("MT31-BTT"), S_INIT("Ban Thường trực"), S_INIT("MTTQ-BTT")},
        {S_INIT("MT31-VP"), S_INIT("Văn phòng"), S_INIT("MTTQ-VP")},
        {S_INIT("MT31-TCKT"), S_INIT("Ban Tổ chức - Kiểm tra"), S_INIT("MTTQ-BTCKT")},
        {S_INIT("MT31-DCGS"), S_INIT("Ban Dân chủ - Giám sát và Phản biện xã hội"), S_INIT("MTTQ-BDCGS")},
        {S_INIT("MT31-PT"), S_INIT("Ban Phong trào"), S_INIT("MTTQ-BPT")},
        {S_INIT("MT31-TGCT"), S_INIT("Ban Tuyên giáo - Công tác xã hội"), S_INIT("MTTQ-BTG")},
        {S_INIT("MT31-QT"), S_INIT("Tổ Quản trị hệ thống"), S_INIT("")},
    };
    TRY(org_unit_make(d->db,
                      &(struct org_unit_new){.code = S("MT31"),
                                             .kind = S("front"),
                                             .level = S("city"),
                                             .name = S("Ủy ban MTTQ Việt Nam thành phố Hải Phòng"),
                                             .short_name = S("MTTQ thành phố Hải Phòng"),
                                             .notation = S("MTTQ"),
                                             .phone = S("0225 3842 001"),
                                             .street = S("Đường Hoàng Diệu, Hải Phòng"),
                                             .email = S("mttq@haiphong.example")},
                      &d->front));
    TRY(org_edge_make(
        d->db,
        &(struct org_edge_new){.kind = S("place"), .from = d->front, .to = d->city_place, .from_on = communes_since}));
    TRY(org_term_make(d->db, d->front, S("Nhiệm kỳ 2025 - 2030"), congress, term_end, &d->term));
    for (size_t i = 0; i < BOARDS; i++) {
        TRY(org_unit_make(d->db,
                          &(struct org_unit_new){.code = boards[i].code,
                                                 .kind = S("board"),
                                                 .level = S("city"),
                                                 .name = boards[i].name,
                                                 .notation = boards[i].notation,
                                                 .parent = d->front,
                                                 .edge = S("staff"),
                                                 .ordinal = (int64_t)i + 1},
                          &d->boards[i]));
    }
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        TRY(org_unit_make(d->db,
                          &(struct org_unit_new){.code = str_format(d->arena, "%.*s31", STR_ARG(organisations[i].code)),
                                                 .kind = S("union"),
                                                 .level = S("city"),
                                                 .name = organisations[i].city,
                                                 .short_name = organisations[i].city_short,
                                                 .notation = organisations[i].notation,
                                                 .parent = d->front,
                                                 .edge = S("under"),
                                                 .ordinal = 20 + (int64_t)i,
                                                 .from_on = communes_since,
                                                 .source = S("Luật 97/2025/QH15")},
                          &d->unions[i]));
    }
    return OK;
}

/* Those who have the demonstration accounts in the city; one has two hats and an ended post. */
static struct err city_known(struct demo *d) {
    struct person_id p;
    TRY(person(d, S("Đào Công"), S("đồng chí"), &p));
    TRY(sit(d, p, (struct seat){d->boards[STANDING], S("Chủ tịch"), ROLE_LEADER, ORG_SIGN_TM, 10, d->term}, NULL));
    TRY(account(d, p, S("lanhdao")));
    TRY(person(d, S("Hoàng Thị Vân"), S("chị"), &p));
    TRY(sit(d, p, (struct seat){d->boards[OFFICE], S("Văn thư"), ROLE_CLERK, 0, 60, 0}, NULL));
    TRY(account(d, p, S("vanthu")));
    TRY(person(d, S("Trần Minh"), S("anh"), &p));
    TRY(sit(d, p, (struct seat){d->boards[MOVEMENT], S("Chuyên viên"), ROLE_OFFICER, 0, 80, 0}, NULL));
    TRY(account(d, p, S("chuyenvien")));
    /* A second hat for now, and a post that ended with the old term. */
    struct post_id second;
    TRY(org_post_give(d->db,
                      &(struct org_post_new){.person = p,
                                             .unit = d->boards[PROPAGANDA],
                                             .title = S("Thành viên Tổ biên tập"),
                                             .roles = ROLE_OFFICER,
                                             .is_second = true,
                                             .ordinal = 90,
                                             .from_on = {2026, 1, 15},
                                             .until_on = {2027, 12, 31},
                                             .basis = S("Quyết định 12/QĐ-MTTQ-BTT")},
                      &second));
    TRY(org_post_give(d->db,
                      &(struct org_post_new){.person = p,
                                             .unit = d->boards[OFFICE],
                                             .title = S("Chuyên viên"),
                                             .roles = ROLE_OFFICER,
                                             .is_second = true,
                                             .ordinal = 95,
                                             .from_on = {2023, 3, 1},
                                             .until_on = {2025, 11, 25}},
                      &second));
    TRY(person(d, S("Phạm Quốc Trị"), S("anh"), &p));
    TRY(sit(d, p, (struct seat){d->boards[SYSTEM], S("Quản trị hệ thống"), ROLE_ADMIN, 0, 85, 0}, NULL));
    return account(d, p, S("quantri"));
}

static struct err city_seats(struct demo *d) {
    for (int i = 0; i < 5; i++) {
        TRY(somebody(d, (struct seat){d->boards[STANDING], i ? S("Phó Chủ tịch") : S("Phó Chủ tịch Thường trực"),
                                      ROLE_LEADER, ORG_SIGN_TM | ORG_SIGN_KT, 20 + i, d->term}));
    }
    TRY(somebody(d, (struct seat){d->boards[OFFICE], S("Chánh Văn phòng"), ROLE_HEAD, ORG_SIGN_TL, 30, 0}));
    TRY(somebody(d, (struct seat){d->boards[OFFICE], S("Phó Chánh Văn phòng"), ROLE_HEAD, ORG_SIGN_TL, 40, 0}));
    TRY(somebody(d, (struct seat){d->boards[OFFICE], S("Văn thư - lưu trữ"), ROLE_CLERK, 0, 61, 0}));
    TRY(somebody(d, (struct seat){d->boards[OFFICE], S("Chuyên viên tổng hợp"), ROLE_OFFICER, 0, 80, 0}));
    for (size_t i = ORGANISING; i < SYSTEM; i++) {
        struct unit_id board = d->boards[i];
        TRY(somebody(d, (struct seat){board, S("Trưởng ban"), ROLE_HEAD, ORG_SIGN_TL, 30, 0}));
        TRY(somebody(d, (struct seat){board, S("Phó Trưởng ban"), ROLE_HEAD, ORG_SIGN_TL, 40, 0}));
        uint64_t auditor = i == ORGANISING ? ROLE_AUDITOR : 0;
        for (int n = 0; n < 4; n++) {
            TRY(somebody(d, (struct seat){board, S("Chuyên viên"), ROLE_OFFICER | (n ? 0 : auditor), 0, 80, 0}));
        }
    }
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        TRY(somebody(d, (struct seat){d->unions[i], organisations[i].head, ROLE_LEADER, ORG_SIGN_TM, 10, 0}));
        TRY(somebody(d, (struct seat){d->unions[i], S("Văn thư"), ROLE_CLERK | ROLE_OFFICER, 0, 60, 0}));
    }
    return OK;
}

/* "phường Lê Chân" from "Phường Lê Chân". */
static struct str inside(struct arena *a, struct str name) {
    size_t cut = 0;
    utf8_next(name, &cut);
    return str_format(a, "%.*s%.*s", STR_ARG(utf8_lower(a, str_slice(name, 0, cut))),
                      STR_ARG(str_slice(name, cut, name.len)));
}

static struct err commune_organisations(struct demo *d, struct unit_id front, struct str code, struct str name) {
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        struct unit_id id;
        TRY(org_unit_make(
            d->db,
            &(struct org_unit_new){
                .code = str_format(d->arena, "%.*s%.*s", STR_ARG(organisations[i].code), STR_ARG(code)),
                .kind = S("union"),
                .level = S("commune"),
                .name = str_format(d->arena, "%.*s %.*s", STR_ARG(organisations[i].commune), STR_ARG(name)),
                .notation = organisations[i].notation,
                .parent = front,
                .edge = S("under"),
                .ordinal = 20 + (int64_t)i,
                .from_on = communes_since,
                .source = S("Luật 97/2025/QH15")},
            &id));
        TRY(org_edge_make(d->db, &(struct org_edge_new){.kind = S("line"),
                                                        .from = id,
                                                        .to = d->unions[i],
                                                        .permits = ORG_PERMIT_SEND | ORG_PERMIT_FIGURES,
                                                        .from_on = communes_since}));
    }
    return OK;
}

static struct err commune(struct demo *d, struct unit_id place, struct str code, struct str place_name,
                          int64_t ordinal) {
    struct str name = inside(d->arena, place_name);
    struct unit_id front;
    TRY(org_unit_make(d->db,
                      &(struct org_unit_new){.code = str_format(d->arena, "MT%.*s", STR_ARG(code)),
                                             .kind = S("front"),
                                             .level = S("commune"),
                                             .name = str_format(d->arena, "Ủy ban MTTQ Việt Nam %.*s", STR_ARG(name)),
                                             .short_name = str_format(d->arena, "MTTQ %.*s", STR_ARG(name)),
                                             .notation = S("MTTQ-BTT"),
                                             .parent = d->front,
                                             .edge = S("line"),
                                             .ordinal = 100,
                                             .from_on = communes_since},
                      &front));
    TRY(org_edge_make(
        d->db, &(struct org_edge_new){.kind = S("place"), .from = front, .to = place, .from_on = communes_since}));
    TRY(commune_organisations(d, front, code, name));
    TRY(somebody(d, (struct seat){front, S("Chủ tịch"), ROLE_LEADER, ORG_SIGN_TM, 10, 0}));
    TRY(somebody(d, (struct seat){front, S("Phó Chủ tịch"), ROLE_LEADER | ROLE_OFFICER, ORG_SIGN_KT, 20, 0}));
    if (!str_eq(code, S("11383"))) { /* in a commune one person is the clerk and the one who works */
        return ordinal % 4 == 3 ? OK
                                : somebody(d, (struct seat){front, S("Công chức văn phòng, văn thư"),
                                                            ROLE_CLERK | ROLE_OFFICER, 0, 60, 0});
    }
    struct person_id p;
    TRY(person(d, S("Lê Thị Hoa"), S("chị"), &p));
    TRY(sit(d, p, (struct seat){front, S("Công chức văn phòng, văn thư"), ROLE_CLERK | ROLE_OFFICER, 0, 60, 0}, NULL));
    return account(d, p, S("xa"));
}

struct err org_demo(struct db_write *db, struct arena *arena) {
    struct demo d = {.db = db, .arena = arena};
    struct org_unit_children_rows communes;
    TRY(org_places(db, arena));
    TRY(org_unit_by_code(db_reading(db), S("31"), &d.city_place));
    TRY(city_units(&d));
    TRY(city_known(&d));
    TRY(city_seats(&d));
    TRY(org_unit_children(
        db_reading(db), (struct org_unit_children_in){.parent = {d.city_place.v}, .today = clock_today()}, &communes));
    for (size_t i = 0; i < communes.n; i++) {
        TRY(commune(&d, (struct unit_id){communes.at[i].id.v}, communes.at[i].code, communes.at[i].name, (int64_t)i));
    }
    return OK;
}
