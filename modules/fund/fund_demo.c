/* The demonstration: a city's relief fund with a year and a half of statements, houses paid for and shown, one decision
   that waits for its leader, one statement that waits to be put in; and a commune's small fund for the poor. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_queries.h"
#include "modules/org/org.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum {
    MONTHS = 18,
    GIFTS = 22,
    DAY_GIFTS = 4,
    HOUSES = 16,
    HOUSE_EACH = 60000000,
    PAY_EACH_MONTHS = 3,
    HOUSES_A_PAYOUT = 2,
    LATE = 3
};
static const int64_t opening = 350000000;

struct demo {
    struct db_write *db;
    struct arena *arena;
    struct fund_by keeper, signer, commune; /* the officer, the leader; the commune's clerk */
    struct who officer, leader, clerk;
    uint64_t random;
    int64_t account, storm, houses, balance, ref, people;
    struct date first, today;
    int64_t households[HOUSES];
};

/* A person who does not exist; the same number is the same one. */
static struct str name_of(struct arena *a, uint64_t number) {
    static const char *const families[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ",
                                           "Đặng",   "Bùi",  "Đỗ", "Ngô",  "Đinh"};
    static const char *const middles[] = {"Văn", "Thị", "Đức", "Thị Thu", "Quang", "Thị Minh", "Xuân"};
    static const char *const givens[] = {"An",  "Bình", "Cường", "Hoa", "Hải",   "Hương", "Lan", "Liên",
                                         "Mai", "Nam",  "Phong", "Sơn", "Thắng", "Tuyết", "Vân", "Yến"};
    uint64_t mix = (number + 1) * 0x9e3779b97f4a7c15u;
    return str_format(a, "%s %s %s", families[(mix >> 11) % 11], middles[(mix >> 27) % 7], givens[(mix >> 43) % 16]);
}

static int64_t chance(struct demo *d, int64_t below) {
    d->random = d->random * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((d->random >> 33) % (uint64_t)below);
}

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct hats hats;
    struct fund_demo_person_row *row;
    *who = (struct who){0};
    TRY(fund_demo_person(db, (struct fund_demo_person_in){.login = login}, &row));
    if (!row) {
        return OK;
    }
    TRY(org_auth.hats(db, (struct person_id){row->person}, clock_today(), &hats));
    return hats.n ? org_auth.wear(db, (struct person_id){row->person}, hats.at[0].post, clock_today(), who) : OK;
}

static void as(struct demo *d, const struct who *who) {
    db_actor_set(d->db, &(struct db_actor){.person = who->person.v, .post = who->post.v});
}

/* --- A bank's statement of a month --- */
static struct date month_of(const struct demo *d, int n) {
    int month = d->first.month - 1 + n;
    return (struct date){(int16_t)(d->first.year + month / 12), (int8_t)(month % 12 + 1), 1};
}

static void row_put(struct demo *d, struct buf *b, int no, struct date on, int64_t amount, struct str memo) {
    d->balance += amount;
    buf_printf(b, "%d;%.*s;FT%06lld;", no, STR_ARG(date_vi(d->arena, on)), (long long)++d->ref);
    if (amount < 0) {
        buf_printf(b, "%lld;;", (long long)-amount);
    } else {
        buf_printf(b, ";%lld;", (long long)amount);
    }
    buf_printf(b, "%lld;%.*s\n", (long long)d->balance, STR_ARG(memo));
}

static struct str upper_plain(struct arena *a, struct str name) {
    struct str folded = utf8_fold(a, name);
    char *z = str_z(a, folded);
    for (size_t i = 0; i < folded.len; i++) {
        z[i] = z[i] >= 'a' && z[i] <= 'z' ? (char)(z[i] - 'a' + 'A') : z[i];
    }
    return (struct str){z, folded.len};
}

static struct str memo_make(struct demo *d, int64_t *amount) {
    static const struct {
        const char *before, *after;
        int64_t least, step, steps;
    } all[] = {{"", " ung ho bao so 3", 100000, 100000, 10},
               {"", " ung ho nha dai doan ket", 200000, 300000, 8},
               {"MBCT-", " ung ho bao so 3 xin khong cong khai ten", 200000, 100000, 10},
               {"IBFT ", " gop xay nha dai doan ket", 500000, 500000, 6},
               {"", " ung ho dong bao bi bao", 300000, 200000, 12},
               {"QR ", " ung ho nha dai doan ket giau ten", 1000000, 500000, 5},
               {"", " ung ho quy cuu tro", 50000, 50000, 12}};
    static const struct {
        const char *memo;
        int64_t amount;
    } large[] = {{"Cong ty TNHH Thep Song Cam ung ho nha dai doan ket", 100000000},
                 {"Cong ty CP Van tai bien Song Xanh ung ho bao so 3", 50000000},
                 {"CLB duong sinh Hoa Phuong ung ho dong bao bi bao 46 hoi vien", 4600000},
                 {"Lop 4A truong Tieu hoc Sao Bien ung ho bao so 3 nuoi heo dat", 1286000},
                 {"mot phat tu ung ho nha dai doan ket", 5000000},
                 {"Cong doan Nha may Xi mang Nui Deo ung ho nha dai doan ket", 40000000}};
    if (chance(d, 4) == 0) {
        size_t i = (size_t)chance(d, sizeof large / sizeof *large);
        *amount = large[i].amount;
        return str_of(large[i].memo);
    }
    size_t i = (size_t)chance(d, sizeof all / sizeof *all);
    *amount = all[i].least + all[i].step * chance(d, all[i].steps);
    struct str name = upper_plain(d->arena, name_of(d->arena, (uint64_t)(++d->people + 900)));
    return str_format(d->arena, "%s%.*s%s", all[i].before, STR_ARG(name), all[i].after);
}

static struct str statement_make(struct demo *d, int n) {
    struct buf b = buf_in(d->arena);
    struct date month = month_of(d, n);
    int no = 0;
    BUF_LIT(&b, "STT;Ngày giờ GD;Số bút toán;Phát sinh nợ;Phát sinh có;Số dư;Diễn giải\n");
    for (int i = 0; i < GIFTS; i++) {
        int64_t amount;
        struct str memo = memo_make(d, &amount);
        row_put(d, &b, ++no, date_plus(month, i / DAY_GIFTS * DAY_GIFTS), amount, memo);
    }
    row_put(d, &b, ++no, date_plus(month, GIFTS), 120000 + chance(d, 30000), S("Tra lai tien gui"));
    row_put(d, &b, ++no, date_plus(month, GIFTS), -22000, S("Phi quan ly tai khoan"));
    if (n % PAY_EACH_MONTHS == PAY_EACH_MONTHS - 1) {
        row_put(d, &b, ++no, date_plus(month, GIFTS + 1), -(int64_t)HOUSES_A_PAYOUT * HOUSE_EACH,
                S("Chi ho tro xay nha dai doan ket theo quyet dinh"));
    }
    if (n + 1 == MONTHS) {
        row_put(d, &b, ++no, date_plus(month, GIFTS + 2), 300000, S("VU THI MAI LAN chuyen tien"));
        row_put(d, &b, ++no, date_plus(month, GIFTS + 2), 2000000, S("chuyen nham tai khoan xin hoan lai"));
    }
    return buf_str(&b);
}

static struct err statement_bring(struct demo *d, int n) {
    struct file_blob_id file;
    int64_t id;
    struct date month = month_of(d, n);
    struct str text = statement_make(d, n);
    struct date day = date_plus(month, GIFTS + 4);
    clock_freeze(date_at(date_cmp(day, d->today) > 0 ? d->today : day, 9, 30));
    as(d, &d->officer);
    TRY(file_keep_bytes(d->db, d->arena, text, &file));
    TRY(fund_statement_add(d->db, &d->keeper, d->account, file.v,
                           str_format(d->arena, "sao-ke-%04d-%02d.csv", month.year, month.month), &id));
    TRY(fund_statement_read_text(d->db, id, text));
    if (n + 1 == MONTHS) {
        return OK;
    }
    TRY(fund_statement_take(d->db, &d->keeper, id));
    return fund_statement_take_now(d->db, id);
}

/* --- What is spent --- */
static struct err households_make(struct demo *d) {
    static const char *const places[] = {"thôn Đông", "thôn Trung", "tổ dân phố số 5", "thôn Xuân Úc",
                                         "tổ dân phố số 2"};
    static const char *const classes[] = {"poor", "near", "hard", "hit"};
    struct place_communes communes = place_communes(place_open(d->arena));
    for (int i = 0; i < HOUSES; i++) {
        struct fund_household_words w = {.name = name_of(d->arena, (uint64_t)(i + 5000)),
                                         .commune = communes.at[(size_t)(i * 7 / 2 * 3) % communes.n].code,
                                         .place = str_of(places[i % 5]),
                                         .class = str_of(classes[i % 4])};
        TRY(fund_household_add(d->db, &d->keeper, &w, &d->households[i]));
    }
    return OK;
}

static struct err decision_make(struct demo *d, int number, struct date on, bool is_signed, int64_t *payments) {
    int64_t id;
    clock_freeze(date_at(on, 10, 0));
    as(d, &d->officer);
    TRY(fund_decision_add(
        d->db, &d->keeper,
        &(struct fund_decision_words){.campaign = d->houses,
                                      .number = str_format(d->arena, "%d/QĐ-BVĐ", 40 + number),
                                      .purpose = S("house"),
                                      .words = S("Hỗ trợ xây nhà Đại đoàn kết cho hộ nghèo, hộ khó khăn về nhà ở"),
                                      .on = on},
        &id));
    for (int i = 0; i < HOUSES_A_PAYOUT; i++) {
        TRY(fund_payment_add(
            d->db, &d->keeper,
            &(struct fund_payment_words){.decision = id,
                                         .household = d->households[(number * HOUSES_A_PAYOUT + i) % HOUSES],
                                         .amount = HOUSE_EACH,
                                         .due_on = date_plus(on, 20)},
            &payments[i]));
    }
    if (!is_signed) {
        return OK;
    }
    clock_freeze(date_at(on, 15, 0));
    as(d, &d->leader);
    return fund_decision_sign(d->db, &d->signer, id);
}

static struct err evidence_make(struct demo *d, int64_t payment, struct date on) {
    struct file_blob_id file;
    struct str text =
        str_format(d->arena,
                   "BIÊN BẢN BÀN GIAO NHÀ ĐẠI ĐOÀN KẾT\nNgày %.*s\nĐã bàn giao nhà và kinh phí hỗ trợ %lld "
                   "đồng cho hộ gia đình, có đại diện Ban Công tác Mặt trận chứng kiến. Khoản %lld.\n",
                   STR_ARG(date_vi(d->arena, on)), (long long)HOUSE_EACH, (long long)payment);
    TRY(file_keep_bytes(d->db, d->arena, text, &file));
    return fund_evidence_add(d->db, &d->keeper, payment, file.v, S("bien-ban-ban-giao.txt"));
}

/* The money the bank paid out in a month goes to two houses. */
static struct err houses_pay(struct demo *d, int n) {
    int64_t payments[HOUSES_A_PAYOUT];
    struct fund_transfers_payout_rows rows;
    struct date on = date_plus(month_of(d, n), GIFTS);
    if (n % PAY_EACH_MONTHS != PAY_EACH_MONTHS - 1 || n + 1 == MONTHS) {
        return OK;
    }
    TRY(decision_make(d, n / PAY_EACH_MONTHS, on, true, payments));
    clock_freeze(date_at(date_plus(on, 5), 9, 0));
    as(d, &d->officer);
    TRY(fund_transfers_payout(db_reading(d->db), (struct fund_transfers_payout_in){.fund = d->keeper.fund}, &rows));
    for (int i = 0; i < HOUSES_A_PAYOUT && rows.n; i++) {
        TRY(fund_payment_make(
            d->db, &d->keeper,
            &(struct fund_payout){.payment = payments[i], .transfer = rows.at[0].id.v, .via = S("bank")}));
        if (i == 0 || n < MONTHS - LATE * 2) {
            TRY(evidence_make(d, payments[i], on));
        }
    }
    return OK;
}

/* --- Cash and goods, a receipt, one given back --- */
static struct err by_hand(struct demo *d, int n) {
    int64_t id, number;
    struct date on = date_plus(month_of(d, n), 9);
    struct fund_gift_words cash = {.campaign = d->storm,
                                   .on = on,
                                   .via = S("cash"),
                                   .amount = 500000 + 250000 * chance(d, 6),
                                   .donor = name_of(d->arena, (uint64_t)(n + 7000)),
                                   .donor_kind = S("person"),
                                   .is_hidden = chance(d, 4) == 0},
                           goods = {.campaign = d->storm,
                                    .on = on,
                                    .via = S("goods"),
                                    .amount = 6000000,
                                    .goods = S("300 kg gạo, 40 thùng mì"),
                                    .donor = S("Hợp tác xã nông nghiệp Đồng Tâm"),
                                    .donor_kind = S("org")};
    clock_freeze(date_at(on, 14, 0));
    as(d, &d->officer);
    TRY(fund_gift_add(d->db, &d->keeper, &cash, &id));
    TRY(fund_gift_receipt(d->db, &d->keeper, id, &number));
    if (n == MONTHS - LATE) {
        TRY(fund_gift_add(d->db, &d->keeper, &goods, &id));
    }
    return n == MONTHS / 2 ? fund_gift_refund(d->db, &d->keeper, id, S("cash"),
                                              S("Người ủng hộ nộp hai lần, xin nhận lại một lần."))
                           : OK;
}

static struct err months_live(struct demo *d) {
    for (int n = 0; n < MONTHS; n++) {
        TRY(by_hand(d, n));
        TRY(statement_bring(d, n));
        TRY(houses_pay(d, n));
        if (n >= LATE && n + 1 < MONTHS) {
            as(d, &d->officer);
            TRY(fund_month_end(d->db, &d->keeper, fund_month_of(d->arena, month_of(d, n - LATE))));
        }
    }
    return OK;
}

static struct err city_open(struct demo *d) {
    struct date until = date_plus(d->today, 60);
    clock_freeze(date_at(d->first, 8, 0));
    as(d, &d->officer);
    TRY(fund_open(
        d->db,
        &(struct fund_new){.organ = d->officer.organ.v,
                           .code = S("cuu-tro"),
                           .name = S("Quỹ Cứu trợ thành phố"),
                           .about = S("Giúp người bị thiên tai, hoả hoạn và hộ khó khăn về nhà ở trong thành phố."),
                           .phone = S("02253000115")},
        &d->keeper.fund));
    d->signer.fund = d->keeper.fund;
    TRY(fund_campaign_add(
        d->db, &d->keeper,
        &(struct fund_campaign_words){.code = S("bao3"),
                                      .title = S("Bão số 3"),
                                      .purpose = S("Giúp người dân vùng bão, lũ sửa nhà, mua lại đồ dùng, con giống."),
                                      .from_on = d->first,
                                      .until_on = date_plus(d->today, -40)},
        &d->storm));
    TRY(fund_campaign_add(
        d->db, &d->keeper,
        &(struct fund_campaign_words){.code = S("ddk"),
                                      .title = S("Nhà Đại đoàn kết"),
                                      .purpose = S("Xây, sửa nhà cho hộ nghèo, hộ cận nghèo khó khăn về nhà ở."),
                                      .from_on = d->first,
                                      .until_on = until,
                                      .goal = 3000000000},
        &d->houses));
    TRY(fund_account_add(d->db, &d->keeper, S("Ngân hàng TMCP Cảng Biển"), S("0310000002222"), &d->account));
    return households_make(d);
}

static struct err last_decisions(struct demo *d) {
    int64_t payments[HOUSES_A_PAYOUT];
    TRY(decision_make(d, 6, date_plus(d->today, -32), true, payments));
    TRY(decision_make(d, 7, date_plus(d->today, -2), false, payments));
    return fund_publish_now(d->db, d->keeper.fund);
}

static struct err commune_live(struct demo *d) {
    int64_t campaign, id;
    clock_freeze(date_at(date_plus(d->today, -20), 8, 0));
    as(d, &d->clerk);
    TRY(fund_open(
        d->db,
        &(struct fund_new){.organ = d->clerk.organ.v,
                           .code = S("vi-nguoi-ngheo"),
                           .name = str_format(d->arena, "Quỹ Vì người nghèo %.*s", STR_ARG(d->clerk.organ_name)),
                           .about = S("Quà Tết, học bổng, sinh kế cho hộ nghèo trong xã, phường.")},
        &d->commune.fund));
    TRY(fund_campaign_add(d->db, &d->commune,
                          &(struct fund_campaign_words){.code = S("tet2027"),
                                                        .title = S("Tết Đinh Mùi 2027"),
                                                        .purpose = S("Mỗi hộ nghèo, hộ cận nghèo một phần quà Tết."),
                                                        .from_on = date_plus(d->today, -20)},
                          &campaign));
    for (int i = 0; i < GIFTS; i++) {
        clock_freeze(date_at(date_plus(d->today, i - GIFTS), 9, i));
        TRY(fund_gift_add(d->db, &d->commune,
                          &(struct fund_gift_words){.campaign = campaign,
                                                    .on = date_plus(d->today, i - GIFTS),
                                                    .via = S("cash"),
                                                    .amount = 100000 + 50000 * chance(d, 9),
                                                    .donor = name_of(d->arena, (uint64_t)(i + 8000)),
                                                    .donor_kind = S("person"),
                                                    .is_hidden = i % 6 == 0},
                          &id));
    }
    return OK;
}

static struct err live(struct demo *d) {
    if (d->officer.post.v && d->leader.post.v) {
        TRY(city_open(d));
        TRY(months_live(d));
        TRY(last_decisions(d));
    }
    return d->clerk.post.v ? commune_live(d) : OK;
}

struct err fund_demo(struct db_write *db, struct arena *arena) {
    struct demo *d = arena_take(arena, struct demo, 1);
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    d->db = db;
    d->arena = arena;
    d->random = 20261130;
    d->balance = opening;
    d->today = clock_today();
    struct date last = date_plus(d->today, -(GIFTS + 4)); /* in the last month that has a whole statement */
    int month = last.month - MONTHS + 1;
    d->first =
        (struct date){(int16_t)(last.year + (month < 1 ? (month - 12) / 12 : 0)), (int8_t)((month + 23) % 12 + 1), 1};
    TRY(person_of(db_reading(db), S("chuyenvien"), &d->officer));
    TRY(person_of(db_reading(db), S("lanhdao"), &d->leader));
    TRY(person_of(db_reading(db), S("xa"), &d->clerk));
    d->keeper.who = &d->officer;
    d->signer.who = &d->leader;
    d->commune.who = &d->clerk;
    struct err e = live(d);
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
