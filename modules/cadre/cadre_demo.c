/* About forty believable cadres of the city's committee and of three communes: whoever holds a post there. One has
   contradictions, one waits with a proposal, a committee is being drawn up. Facts follow from the post and a number. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/org/org.h"

#include "base/banned.h"

enum { CITY_ODD = 22, YEAR_OPENED = 2026 };

struct demo {
    struct db_write *db;
    struct arena *arena;
    struct cadre_group groups[CADRE_GROUPS];
    int64_t keeper; /* the post that wrote them */
    size_t n;
};

/* One person, made up from a number. */
struct human {
    struct demo *d;
    const struct cadre_demo_posts_row *post;
    struct cadre_person_id id;
    size_t no;
    int64_t born, began; /* years */
    bool is_woman, is_head, is_leader, is_city;
};

#define PICK(list_, n_) ((list_)[(n_) % (sizeof(list_) / sizeof *(list_))])

static const struct str homes[] = {S_INIT("xã Đại Thắng, huyện Tiên Lãng, thành phố Hải Phòng"),
                                   S_INIT("xã Ngũ Phúc, huyện Kiến Thụy, thành phố Hải Phòng"),
                                   S_INIT("xã Thượng Đạt, thành phố Hải Dương, tỉnh Hải Dương"),
                                   S_INIT("xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương"),
                                   S_INIT("phường Cát Dài, quận Lê Chân, thành phố Hải Phòng"),
                                   S_INIT("xã Liên Am, huyện Vĩnh Bảo, thành phố Hải Phòng"),
                                   S_INIT("xã Thanh Sơn, huyện Thanh Hà, tỉnh Hải Dương")};
static const struct str first_units[] = {
    S_INIT("Công ty Cảng Hải Phòng"),         S_INIT("Trường Trung học phổ thông Thái Phiên"),
    S_INIT("Thành đoàn Hải Phòng"),           S_INIT("Hội Nông dân thành phố Hải Phòng"),
    S_INIT("Sở Tư pháp thành phố Hải Phòng"), S_INIT("Báo Hải Phòng")};
static const struct str first_posts[] = {S_INIT("Nhân viên"), S_INIT("Giáo viên"), S_INIT("Cán bộ"),
                                         S_INIT("Chuyên viên")};
static const struct str schools[] = {S_INIT("Trường Đại học Hải Phòng"), S_INIT("Trường Đại học Hàng hải Việt Nam"),
                                     S_INIT("Trường Đại học Luật Hà Nội"), S_INIT("Học viện Báo chí và Tuyên truyền")};
static const struct str subjects[] = {S_INIT("Ngữ văn"), S_INIT("Quản trị kinh doanh"), S_INIT("Luật"),
                                      S_INIT("Xã hội học")};

static struct err put(const struct human *h, const char *part, struct str answers) {
    size_t at = cadre_group_at(str_of(part));
    struct cadre_write w = {.group = &h->d->groups[at], .basis = S("Hồ sơ gốc"), .post = h->d->keeper};
    struct fields_said_list said = {0};
    TRY(fields_said_read(h->d->arena, answers, &said));
    w.state = cadre_judge_said(h->d->arena, w.group, said);
    return w.state->faults ? FAIL(ERR_BROKEN, "a demonstration entry is at fault")
                           : cadre_entry_write(h->d->db, h->id, &w);
}
#define PUT(h_, part_, ...) TRY(put((h_), (part_), str_format((h_)->d->arena, __VA_ARGS__)))

static struct err spans(const struct human *h) {
    struct str unit = h->is_city
                          ? str_format(h->d->arena, "%.*s, MTTQ thành phố Hải Phòng", STR_ARG(h->post->unit_name))
                          : h->post->organ_name;
    const char *rank = h->is_leader ? "lanh_dao" : h->is_head ? "cap_ban" : "chuyen_vien";
    int64_t middle = h->began + 5 + (int64_t)(h->no % 3);
    PUT(h, "span", "{\"from_on\":\"%lld-09\",\"to_on\":\"%lld-12\",\"unit\":\"%.*s\",\"post\":\"%.*s\"}",
        (long long)h->began, (long long)middle, STR_ARG(PICK(first_units, h->no)), STR_ARG(PICK(first_posts, h->no)));
    PUT(h, "span",
        "{\"from_on\":\"%lld-01\",\"to_on\":\"2025-06\",\"unit\":\"%s\",\"post\":\"%s\",\"rank\":\"chuyen_vien\"}",
        (long long)middle + 1, h->is_city ? "Ủy ban MTTQ Việt Nam thành phố Hải Phòng" : "Ủy ban MTTQ huyện An Lão",
        h->is_head || h->is_leader ? "Phó Trưởng ban" : "Cán bộ");
    struct str term =
        h->is_head || h->is_leader
            ? str_format(h->d->arena, ",\"term_years\":5,\"decision\":\"Quyết định %zu/QĐ-MTTQ-BTT\"", 20 + h->no)
            : S("");
    PUT(h, "span", "{\"from_on\":\"2025-07-01\",\"unit\":\"%.*s\",\"post\":\"%.*s\",\"rank\":\"%s\"%.*s}",
        STR_ARG(unit), STR_ARG(h->post->title), rank, STR_ARG(term));
    return OK;
}

/* Steps of three years up to the last few; coefficients of the official table. */
static struct err salary(const struct human *h) {
    static const struct {
        const char *grade;
        int64_t first, more; /* hundredths */
        int64_t most;
    } grades[] = {{"01.003", 234, 33, 9}, {"01.002", 440, 34, 8}};
    bool is_high = h->is_leader || h->is_head;
    int64_t last = YEAR_OPENED - (int64_t)(h->no % 4), step = (last - h->began) / 3 - (is_high ? 4 : 0);
    step = step < 2 ? 2 : step > grades[is_high].most - 1 ? grades[is_high].most - 1 : step;
    for (int64_t k = step - 1; k <= step; k++) {
        int64_t c = grades[is_high].first + grades[is_high].more * (k - 1);
        PUT(h, "salary", "{\"from_on\":\"%lld-%02zu-01\",\"grade\":\"%s\",\"step\":%lld,\"coefficient\":%lld.%02lld%s}",
            (long long)(last - 3 * (step - k)), 1 + h->no % 12, grades[is_high].grade, (long long)k, (long long)c / 100,
            (long long)c % 100, h->is_head ? ",\"allowance\":0.5" : "");
    }
    return OK;
}

static struct err learning(const struct human *h) {
    bool is_high = h->is_leader || h->is_head;
    PUT(h, "schooling",
        "{\"general\":\"12/12\",\"degree\":\"%s\",\"politics\":\"%s\",\"languages\":\"Tiếng Anh "
        "B1\",\"computing\":\"Cơ bản\",\"longest\":\"Công tác Mặt trận\"}",
        h->no % 4 ? "dai_hoc" : "thac_si", h->is_leader ? "cao_cap" : "trung_cap");
    PUT(h, "training",
        "{\"kind\":\"chuyen_mon\",\"level\":\"dai_hoc\",\"school\":\"%.*s\",\"subject\":\"%.*s\",\"from_on\":\"%lld-"
        "09\",\"to_on\":\"%lld-07\",\"mode\":\"Chính quy\",\"certificate\":\"Bằng cử nhân\"}",
        STR_ARG(PICK(schools, h->no)), STR_ARG(PICK(subjects, h->no)), (long long)h->born + 18,
        (long long)h->born + 22);
    if (h->no % 5) {
        PUT(h, "training",
            "{\"kind\":\"qlnn\",\"level\":\"%s\",\"school\":\"Trường Chính trị Tô Hiệu\",\"subject\":\"Quản lý nhà "
            "nước\",\"from_on\":\"%lld-03\",\"to_on\":\"%lld-05\",\"certificate\":\"Chứng chỉ\"}",
            is_high ? "chuyen_vien_chinh" : "chuyen_vien", (long long)h->began + 6, (long long)h->began + 6);
    }
    PUT(h, "recruit",
        "{\"work_before\":\"Sinh "
        "viên\",\"recruited_on\":\"%lld-09-01\",\"recruited_by\":\"%.*s\",\"organ_on\":\"2025-07-01\"}",
        (long long)h->began, STR_ARG(PICK(first_units, h->no)));
    return OK;
}

static struct err sensitive(const struct human *h) {
    static const char *const blood[] = {"O", "A", "B", "AB"};
    PUT(h, "papers",
        "{\"ethnic\":\"Kinh\",\"religion\":\"%s\",\"origin\":\"%s\",\"residence\":\"Số %zu phố Cát Dài, phường Lê "
        "Chân, Hải Phòng\",\"id_no\":\"0310%02lld%06zu\"}",
        h->no % 11 == 7 ? "Công giáo" : "Không", h->no % 2 ? "Nông dân" : "Công nhân", 10 + h->no,
        (long long)h->born % 100, 100000 + h->no * 7919);
    PUT(h, "family",
        "{\"relation\":\"vo_chong\",\"name\":\"%s\",\"birth\":\"%lld\",\"about\":\"Giáo viên, cùng nơi ở\"}",
        h->is_woman ? "Nguyễn Đức Toàn" : "Phạm Thị Thu Hiền", (long long)h->born + 2);
    PUT(h, "family", "{\"relation\":\"con\",\"name\":\"%s\",\"birth\":\"%lld\",\"about\":\"Học sinh\"}",
        h->no % 2 ? "Nguyễn Minh Khôi" : "Nguyễn Ngọc Mai", (long long)h->born + 28);
    PUT(h, "health", "{\"state\":\"Tốt\",\"height\":%zu,\"weight\":%zu,\"blood\":\"%s\",\"checked_on\":\"2026-03\"}",
        150 + h->no % 25, 48 + h->no % 25, PICK(blood, h->no));
    PUT(h, "assets",
        "{\"income\":%zu,\"house\":\"Nhà ở 60 m2\",\"land\":\"Đất ở 72 m2\",\"declared_on\":\"2026-01-15\"}",
        120000000 + h->no * 1500000);
    return OK;
}

static struct err party(const struct human *h) {
    int64_t joined = h->born + 24 + (int64_t)(h->no % 5);
    if (h->no % 9 == 8) {
        return OK;
    }
    PUT(h, "party",
        "{\"joined_on\":\"%lld-02-03\",\"official_on\":\"%lld-02-03\",\"cell\":\"Chi bộ cơ quan Mặt "
        "trận\",\"youth_on\":\"%lld-03-26\"}",
        (long long)joined, (long long)joined + 1, (long long)h->born + 16);
    PUT(h, "rating", "{\"year\":2025,\"result\":\"%s\"}", h->no % 6 ? "tot" : "xuat_sac");
    if (h->no % 3 == 0) {
        PUT(h, "reward", "{\"on\":\"2024-11-18\",\"form\":\"bang_khen\",\"reason\":\"Thành tích công tác Mặt trận\"}");
    }
    return OK;
}

/* What a paper entered in haste looks like: joined before 18, a gap, a coefficient that fell, a ward not there yet. */
static struct err odd(const struct human *h) {
    PUT(h, "span",
        "{\"from_on\":\"%lld-01\",\"to_on\":\"%lld-06\",\"unit\":\"UBND phường Lê Chân\",\"post\":\"Cán bộ văn hóa\"}",
        (long long)h->began - 2, (long long)h->began - 1);
    PUT(h, "salary", "{\"from_on\":\"2026-10-01\",\"grade\":\"01.003\",\"step\":1,\"coefficient\":2.34}");
    PUT(h, "party", "{\"joined_on\":\"%lld-02-03\",\"official_on\":\"%lld-05-03\"}", (long long)h->born + 17,
        (long long)h->born + 17);
    return OK;
}

static int64_t born_of(const struct human *h) {
    static const int spread[] = {0, 7, 3, 11, 5, 14, 2, 9, 17, 6};
    int64_t eldest = h->is_leader ? 1964 : h->is_head ? 1968 : 1972;
    return eldest + PICK(spread, h->no);
}

static struct err human_make(struct demo *d, const struct cadre_demo_posts_row *post, struct cadre_person_id *out) {
    struct human h = {.d = d,
                      .post = post,
                      .no = d->n++,
                      .is_woman = str_eq(post->address, S("chị")),
                      .is_leader = post->roles & ROLE_LEADER,
                      .is_head = post->roles & ROLE_HEAD,
                      .is_city = str_eq(post->organ_code, S("MT31"))};
    bool is_odd = h.is_city && h.no == CITY_ODD;
    struct fields_said_list said = {0};
    h.born = born_of(&h);
    h.began = h.born + 23;
    struct str answers =
        str_format(d->arena,
                   "{\"name\":\"%.*s\",\"sex\":\"%s\",\"birth\":\"%lld-%02zu-%02zu\",\"birth_place\":\"Hải "
                   "Phòng\",\"home_town\":\"%.*s\",\"staff_no\":\"%.*s\",\"kind\":\"chuyen_trach\"}",
                   STR_ARG(post->name), h.is_woman ? "nu" : "nam", (long long)h.born, 1 + h.no * 5 % 12,
                   1 + h.no * 7 % 28, STR_ARG(PICK(homes, h.no)), STR_ARG(post->code));
    TRY(fields_said_read(d->arena, answers, &said));
    struct cadre_new n = {.organ = {post->organ},
                          .unit = {post->unit.v},
                          .person = {post->person.v},
                          .identity = cadre_judge_said(d->arena, &d->groups[0], said),
                          .basis = S("Hồ sơ gốc"),
                          .post = d->keeper};
    TRY(cadre_add(d->db, &n, &h.id));
    TRY(spans(&h));
    TRY(learning(&h));
    TRY(salary(&h));
    TRY(sensitive(&h));
    TRY(is_odd ? odd(&h) : party(&h));
    TRY(cadre_follow_entries(d->db, h.id));
    *out = h.id;
    return OK;
}

/* --- What waits, and what is being drawn up --- */
static struct err proposal_make(struct demo *d, const struct cadre_demo_posts_row *post) {
    struct cadre_seat seat;
    struct who who;
    struct cadre_own_row *own;
    struct cadre_proposal_new n = {
        .write = {.group = &d->groups[cadre_group_at(S("training"))]},
        .words =
            S("Vừa học xong lớp trung cấp lý luận chính trị, xin ghi thêm vào hồ sơ; bằng gốc nộp ở Ban Tổ chức.")};
    struct fields_said_list said = {0};
    int64_t id;
    TRY(org_auth.wear(db_reading(d->db), (struct person_id){post->person.v}, (struct post_id){post->id.v},
                      clock_today(), &who));
    TRY(cadre_own(db_reading(d->db), (struct cadre_own_in){.person = {who.person.v}}, &own));
    TRY(cadre_seat_find(db_reading(d->db), &who, own ? own->id.v : 0, &seat));
    TRY(fields_said_read(
        d->arena,
        S("{\"kind\":\"llct\",\"level\":\"trung_cap\",\"school\":\"Trường Chính trị Tô Hiệu\",\"subject\":\"Trung cấp "
          "lý luận chính trị\",\"from_on\":\"2025-09\",\"to_on\":\"2026-10\",\"mode\":\"Không tập "
          "trung\",\"certificate\":\"Bằng tốt nghiệp\"}"),
        &said));
    n.write.state = cadre_judge_said(d->arena, n.write.group, said);
    db_actor_set(d->db, &(struct db_actor){.person = who.person.v, .post = who.post.v});
    TRY(cadre_propose(d->db, &who, &seat, &n, &id));
    db_actor_set(d->db, &(struct db_actor){0});
    return OK;
}

struct other {
    const char *name, *place, *birth;
    bool is_woman, is_party, is_ethnic, is_religious;
};
static const struct other others[] = {
    {"Linh mục Phạm Văn Tuyên", "Giáo xứ An Hải", "1975-04-12", false, false, false, true},
    {"Thượng tọa Thích Quảng Minh", "Ban Trị sự Giáo hội Phật giáo thành phố", "1968-08-01", false, false, false, true},
    {"Lương Thị Ngọc Ánh", "Giám đốc doanh nghiệp xã hội Hoa Phượng", "1990-06-20", true, false, false, false},
    {"Đặng Hoàng Nam", "Bí thư Đoàn Trường Đại học Hàng hải", "1995-03-26", false, true, false, false},
    {"Nông Thị Hà", "Bác sĩ Bệnh viện Việt Tiệp, dân tộc Tày", "1986-12-05", true, false, true, false},
};

static struct err nominee(struct demo *d, struct cadre_committee_id id, struct cadre_nominee_insert_in in) {
    in.id = (struct cadre_nominee_id){id_new()};
    in.committee = id;
    in.name_key = utf8_name_key(d->arena, in.name);
    in.added_by = d->keeper;
    in.added_at = clock_now();
    return cadre_nominee_insert(d->db, in, NULL);
}

static struct err committee_make(struct demo *d, const struct cadre_demo_posts_rows *posts) {
    static const struct {
        struct str code;
        int64_t percent;
    } targets[] = {{S_INIT("women"), 30}, {S_INIT("young"), 15}, {S_INIT("nonparty"), 30}, {S_INIT("religious"), 10}};
    struct cadre_committee_id id = {id_new()};
    if (!posts->n) {
        return OK;
    }
    TRY(cadre_committee_insert(
        d->db,
        (struct cadre_committee_insert_in){.id = id,
                                           .organ = {posts->at[0].organ},
                                           .title = S("Hội đồng tư vấn Dân chủ - Pháp luật, nhiệm kỳ 2025 - 2030"),
                                           .seats = 15,
                                           .held_on = {2027, 1, 20},
                                           .note = S("Đề án kiện toàn các hội đồng tư vấn."),
                                           .made_by = d->keeper,
                                           .made_at = clock_now()},
        NULL));
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        TRY(cadre_target_put(
            d->db,
            (struct cadre_target_put_in){.committee = id, .code = targets[i].code, .percent = targets[i].percent},
            NULL));
    }
    for (size_t i = 0; i < posts->n && i < 24; i += 4) {
        struct cadre_own_row *own;
        struct cadre_find_row *c;
        TRY(cadre_own(db_reading(d->db), (struct cadre_own_in){.person = posts->at[i].person}, &own));
        TRY(cadre_find(db_reading(d->db), (struct cadre_find_in){.id = {own ? own->id.v : 0}}, &c));
        if (c) {
            struct cadre_nominee_insert_in in = {
                .cadre = c->id,
                .name = c->name,
                .place = str_format(d->arena, "%.*s, %.*s", STR_ARG(c->post), STR_ARG(c->unit_name)),
                .is_woman = str_eq(c->sex, S("nu")),
                .is_party = c->is_party};
            date_read_iso(c->birth, &in.birth_on);
            TRY(nominee(d, id, in));
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct cadre_nominee_insert_in in = {.name = str_of(others[i].name),
                                             .place = str_of(others[i].place),
                                             .is_woman = others[i].is_woman,
                                             .is_party = others[i].is_party,
                                             .is_ethnic = others[i].is_ethnic,
                                             .is_religious = others[i].is_religious};
        date_read_iso(str_of(others[i].birth), &in.birth_on);
        TRY(nominee(d, id, in));
    }
    return OK;
}

static struct err organ_make(struct demo *d, struct str code, struct cadre_demo_posts_rows *posts) {
    TRY(cadre_demo_posts(db_reading(d->db), (struct cadre_demo_posts_in){.organ_code = code, .today = clock_today()},
                         posts));
    for (size_t i = 0; i < posts->n; i++) {
        struct cadre_person_id id;
        TRY(human_make(d, &posts->at[i], &id));
    }
    return OK;
}

static struct err keeper_of(struct demo *d) {
    struct unit_id city;
    struct org_principals found;
    TRY(org_unit_by_code(db_reading(d->db), S("MT31"), &city));
    TRY(city.v ? org_posts_with(db_reading(d->db), city, ROLE_AUDITOR, &found) : OK);
    d->keeper = city.v && found.n ? found.at[0].id : 0;
    return OK;
}

struct err cadre_demo(struct db_write *db, struct arena *arena) {
    static const struct str communes[] = {S_INIT("MT11383"), S_INIT("MT11407"), S_INIT("MT10525")};
    struct demo *d = arena_take(arena, struct demo, 1);
    struct cadre_demo_posts_rows city, commune;
    *d = (struct demo){.db = db, .arena = arena};
    TRY(cadre_groups(arena, d->groups));
    TRY(keeper_of(d));
    TRY(organ_make(d, S("MT31"), &city));
    TRY(committee_make(d, &city));
    for (size_t i = 0; i < sizeof communes / sizeof *communes; i++) {
        TRY(organ_make(d, communes[i], &commune));
    }
    for (size_t i = 0; i < city.n; i++) {
        if (str_eq(city.at[i].name, S("Trần Minh"))) {
            return proposal_make(d, &city.at[i]);
        }
    }
    return OK;
}
