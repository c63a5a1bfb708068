#include "tests/db.h"

#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/file/file_queries.h"
#include "kernel/rights/access.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_line_queries.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/fund_test_queries.h"
#include "modules/fund/published.h"

enum { FUND_ID = 900, KEEPER = 50, LEADER = 51, STRANGER = 52 };

static const struct who keeper_who = {.person = {1}, .post = {KEEPER}, .unit = {60}, .organ = {60}},
                        leader_who = {.person = {2}, .post = {LEADER}, .unit = {60}, .organ = {60}},
                        stranger_who = {.person = {3}, .post = {STRANGER}, .unit = {61}, .organ = {61}};
static const struct fund_by keeper = {&keeper_who, FUND_ID}, leader = {&leader_who, FUND_ID},
                            stranger = {&stranger_who, FUND_ID};

struct book {
    int64_t storm, houses, account, household;
};

static struct err open_book(struct db_write *w, struct book *b) {
    int64_t none[] = {0};
    TRY(access_wear(w, KEEPER, (struct db_ids){none, 0}));
    TRY(access_wear(w, LEADER, (struct db_ids){none, 0}));
    TRY(access_wear(w, STRANGER, (struct db_ids){none, 0}));
    TRY(fund_insert(w,
                    (struct fund_insert_in){.id = FUND_ID,
                                            .organ = 60,
                                            .code = S("thu"),
                                            .name = S("Quỹ thử"),
                                            .about = S(""),
                                            .phone = S(""),
                                            .made_at = clock_now()},
                    NULL));
    TRY(access_give(w, &(struct access_grant_new){
                           .kind = S("fund"), .record = FUND_ID, .principal = KEEPER, .can = CAN_READ | CAN_MANAGE}));
    TRY(access_give(w, &(struct access_grant_new){
                           .kind = S("fund"), .record = FUND_ID, .principal = LEADER, .can = CAN_READ | CAN_APPROVE}));
    struct fund_campaign_words storm = {
        .code = S("bao3"), .title = S("Bão số 3"), .purpose = S("bão"), .from_on = {2025, 1, 1}};
    struct fund_campaign_words houses = {
        .code = S("ddk"), .title = S("Nhà Đại đoàn kết"), .purpose = S("nhà"), .from_on = {2025, 1, 1}};
    TRY(fund_campaign_add(w, &keeper, &storm, &b->storm));
    TRY(fund_campaign_add(w, &keeper, &houses, &b->houses));
    TRY(fund_account_add(w, &keeper, S("Ngân hàng thử"), S("0101"), &b->account));
    return fund_household_add(
        w, &keeper,
        &(struct fund_household_words){.name = S("Nguyễn Văn Thử"), .commune = S("11311"), .class = S("poor")},
        &b->household);
}

#define HEAD "STT;Ngày;Số bút toán;Phát sinh nợ;Phát sinh có;Số dư;Diễn giải\n"
static const char statement_text[] =
    HEAD "1;02/10/2026;FT1;;100000;1100000;NGUYEN THI HOA ung ho bao so 3\n"
         "2;03/10/2026;FT2;;300000;1400000;TRAN VAN DUNG ung ho nha dai doan ket xin khong cong khai ten\n"
         "3;03/10/2026;FT3;;200000;1600000;VU THI MAI LAN chuyen tien\n"
         "4;04/10/2026;FT4;11000;;1589000;Phi quan ly tai khoan\n"
         "5;05/10/2026;FT5;250000;;1339000;Chi ho tro xay nha dai doan ket\n"
         "6;05/10/2026;FT1;;100000;1439000;NGUYEN THI HOA ung ho bao so 3\n"
         "7;06/10/2026;FT7;;500000;1939000;LE VAN A 0912345678 ung ho nha dai doan ket\n";

static struct err put_in(struct db_write *w, const struct book *b, const char *text, int64_t *id) {
    *id = id_new();
    TRY(file_blob_insert(
        w,
        (struct file_blob_insert_in){.id = {*id},
                                     .sha256 = str_format(db_write_arena(w), "%064lld", (long long)*id),
                                     .type = S("txt"),
                                     .sums = S("0"),
                                     .kept_at = clock_now()},
        NULL));
    TRY(fund_statement_insert(w,
                              (struct fund_statement_insert_in){.id = *id,
                                                                .fund = FUND_ID,
                                                                .account = b->account,
                                                                .file = *id,
                                                                .file_name = S("sao-ke.csv"),
                                                                .made_by = KEEPER,
                                                                .made_at = clock_now()},
                              NULL));
    TRY(fund_statement_read_text(w, *id, str_of(text)));
    TRY(fund_statement_take(w, &keeper, *id));
    return fund_statement_take_now(w, *id);
}

/* What must hold whatever was done: both sides of the ledger are equal, what is kept beside it adds up to it, and the
   days the public sees add up to what there is. */
static struct err holds(struct db_write *w, bool *does) {
    struct db_read *r = db_reading(w);
    struct fund_test_sums_row *ledger;
    struct fund_balances_rows rows;
    struct fund_any_row *fund;
    struct fund_day_sums_row *days;
    int64_t debit = 0, credit = 0, held = 0;
    TRY(fund_test_sums(r, (struct fund_test_sums_in){.fund = FUND_ID}, &ledger));
    TRY(fund_balances(r, (struct fund_balances_in){.fund = FUND_ID}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        debit += rows.at[i].debit;
        credit += rows.at[i].credit;
        held += fund_account_is_held(rows.at[i].account) ? rows.at[i].debit - rows.at[i].credit : 0;
    }
    TRY(fund_any(r, (struct fund_any_in){.id = FUND_ID}, &fund));
    TRY(fund_day_sums(r, (struct fund_day_sums_in){.fund = FUND_ID, .from = {1000, 1, 1}, .to = {9999, 12, 31}},
                      &days));
    *does = debit == credit && ledger->debit == debit && ledger->credit == credit && ledger->uneven == 0 &&
            held == fund->opening + days->sum_in - days->sum_out;
    return OK;
}

static int64_t balance(struct db_write *w, const char *account) {
    struct fund_balance_of_row *row;
    struct err e =
        fund_balance_of(db_reading(w), (struct fund_balance_of_in){.fund = FUND_ID, .account = str_of(account)}, &row);
    return e.why ? INT64_MIN : row->held;
}

static size_t found(struct db_write *w, const char *q) {
    struct fund_found out;
    struct fund_page page = {.fund = FUND_ID, .most = 50};
    struct fund_sought s = fund_seek(db_write_arena(w), str_of(q), clock_today());
    struct err e = fund_find_lines(db_reading(w), &s, &page, &out);
    return e.why ? 999 : out.lines.n;
}

TEST_DB("a fund's statement goes into the books line by line, and the sums close") {
    struct db_write *w;
    struct book b;
    int64_t id;
    bool does;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    CHECK_OK(holds(w, &does));
    CHECK(does);
    CHECK(balance(w, "bank") == 1939000); /* the opening of 1,000,000 that the first line tells of is in it */
    CHECK(balance(w, "gifts") == -900000);
    CHECK(balance(w, "unclear") == -300000); /* without a purpose, and the one that came twice */
    CHECK(balance(w, "paying") == 250000);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("the same fund statement a second time changes nothing") {
    struct db_write *w;
    struct book b;
    int64_t id, again;
    struct fund_statement_find_row *s;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    int64_t bank = balance(w, "bank"), gifts = balance(w, "gifts");
    CHECK_OK(put_in(w, &b, statement_text, &again));
    CHECK_OK(fund_statement_find(db_reading(w), (struct fund_statement_find_in){.id = again, .fund = FUND_ID}, &s));
    CHECK(s->n_known == 7 && s->n_doubtful == 0);
    CHECK(balance(w, "bank") == bank && balance(w, "gifts") == gifts);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("a fund statement taken out of the books leaves them as they were, and may come again") {
    struct db_write *w;
    struct book b;
    int64_t id, again;
    bool does;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    CHECK_OK(fund_statement_undo(w, &keeper, id));
    CHECK_OK(fund_statement_undo_now(w, id));
    CHECK(balance(w, "bank") == 0 && balance(w, "gifts") == 0 && balance(w, "opening") == 0);
    CHECK(found(w, "hoa") == 0);
    CHECK_OK(holds(w, &does));
    CHECK(does);
    CHECK_OK(put_in(w, &b, statement_text, &again));
    CHECK(balance(w, "bank") == 1939000);
    CHECK(found(w, "hoa") == 1);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB(
    "the public finds a fund's line by a name, a sum, a day or all of them, and never a hidden giver or a telephone") {
    struct db_write *w;
    struct book b;
    int64_t id;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    CHECK(found(w, "Nguyễn Thị Hoa") == 1);
    CHECK(found(w, "hoa 100.000 ngày 2/10") == 1);
    CHECK(found(w, "hoa 100.000 ngày 3/10") == 0);
    CHECK(found(w, "300k") == 1);
    CHECK(found(w, "tran van dung") == 0);
    CHECK(found(w, "0912345678") == 0);
    CHECK(found(w, "3/10/2026") == 2);
    CHECK(found(w, "") == 7);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

static int64_t gift_named(struct db_write *w, const char *donor, int64_t *version) {
    struct fund_gifts_rows rows;
    struct err e = fund_gifts(
        db_reading(w), (struct fund_gifts_in){.fund = FUND_ID, .day = {9999, 12, 31}, .before = INT64_MAX, .most = 100},
        &rows);
    for (size_t i = 0; !e.why && i < rows.n; i++) {
        struct fund_gift_find_row *g;
        if (str_eq(rows.at[i].donor, str_of(donor)) &&
            !fund_gift_find(db_reading(w), (struct fund_gift_find_in){.id = rows.at[i].id.v, .fund = FUND_ID}, &g)
                 .why) {
            *version = g->version;
            return g->id.v;
        }
    }
    return 0;
}

TEST_DB("a giver who changes her mind is shown or hidden at once, and the sum stays") {
    struct db_write *w;
    struct book b;
    int64_t id, version = 0;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    int64_t gift = gift_named(w, "NGUYEN THI HOA", &version), gifts = balance(w, "gifts");
    CHECK_OK(fund_gift_show(w, &keeper, gift, true, version));
    CHECK(found(w, "hoa") == 0 && found(w, "100000") == 2);
    CHECK_ERR(fund_gift_show(w, &keeper, gift, false, version), ERR_CONFLICT);
    CHECK_OK(fund_gift_show(w, &keeper, gift, false, version + 1));
    CHECK(found(w, "hoa") == 1 && balance(w, "gifts") == gifts);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("a closed month of a fund takes no more, and a mistake in it is mended on the day it is mended") {
    struct db_write *w;
    struct book b;
    int64_t id, gift, version = 0;
    bool does;
    struct fund_journals_about_rows entries;
    struct fund_gift_words late = {
        .on = {2026, 10, 9}, .via = S("cash"), .amount = 1000, .donor = S("A"), .donor_kind = S("person")};
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    CHECK_ERR(fund_month_end(w, &keeper, S("2026-11")), ERR_INVALID);
    CHECK_OK(fund_month_end(w, &keeper, S("2026-10")));
    CHECK_ERR(fund_gift_add(w, &keeper, &late, &gift), ERR_INVALID);
    CHECK_ERR(fund_statement_undo(w, &keeper, id), ERR_INVALID);
    gift = gift_named(w, "NGUYEN THI HOA", &version);
    CHECK_OK(fund_gift_move(w, &keeper, gift, b.houses, version));
    CHECK_OK(fund_journals_about(db_reading(w), (struct fund_journals_about_in){.about = gift}, &entries));
    CHECK(entries.n == 1 && entries.at[0].is_late && date_is(entries.at[0].day_on, (struct date){2026, 11, 30}));
    CHECK_OK(holds(w, &does));
    CHECK(does);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB(
    "money goes to a house only by an approved decision that the campaign can pay, and out of one line of the bank") {
    struct db_write *w;
    struct book b;
    int64_t id, decision, payment;
    struct fund_transfers_payout_rows lines;
    struct fund_payments_public_rows shown;
    clock_freeze(date_at((struct date){2026, 10, 4}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    struct fund_decision_words words = {
        .campaign = b.houses, .number = S("1/QĐ"), .purpose = S("house"), .words = S("nhà"), .on = {2026, 10, 4}};
    CHECK_OK(fund_decision_add(w, &keeper, &words, &decision));
    CHECK_ERR(fund_decision_sign(w, &leader, decision), ERR_INVALID);
    struct fund_payment_words promise = {decision, b.household, 250000, {2026, 12, 1}};
    CHECK_OK(fund_payment_add(w, &keeper, &promise, &payment));
    CHECK_ERR(fund_payment_add(w, &keeper, &promise, &id), ERR_INVALID);
    CHECK_OK(fund_transfers_payout(db_reading(w), (struct fund_transfers_payout_in){.fund = FUND_ID}, &lines));
    struct fund_payout payout = {.payment = payment, .transfer = lines.at[0].id.v, .via = S("bank")};
    CHECK_ERR(fund_payment_make(w, &keeper, &payout), ERR_CONFLICT);
    CHECK_ERR(fund_decision_sign(w, &keeper, decision), ERR_DENIED);
    CHECK_OK(fund_decision_sign(w, &leader, decision));
    CHECK_OK(fund_payment_make(w, &keeper, &payout));
    CHECK(balance(w, "paying") == 0 && balance(w, "spent") == 250000);
    CHECK_ERR(fund_payment_make(w, &keeper, &payout), ERR_CONFLICT);
    CHECK(found(w, "Nguyễn Văn Thử") == 0 && found(w, "chi 1/QĐ") == 1);
    CHECK_OK(fund_payments_public(db_reading(w), (struct fund_payments_public_in){.campaign = b.houses}, &shown));
    CHECK(shown.n == 1 && shown.at[0].n == 1 && shown.at[0].sum == 250000);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("a decision of a fund that promises more than its campaign has is not approved") {
    struct db_write *w;
    struct book b;
    int64_t id, decision, payment;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    struct fund_decision_words words = {
        .campaign = b.storm, .number = S("2/QĐ"), .purpose = S("urgent"), .words = S("bão"), .on = {2026, 11, 1}};
    CHECK_OK(fund_decision_add(w, &keeper, &words, &decision));
    CHECK_OK(fund_payment_add(w, &keeper, &(struct fund_payment_words){decision, b.household, 100001, {2026, 12, 1}},
                              &payment));
    CHECK_ERR(fund_decision_sign(w, &leader, decision), ERR_INVALID);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("a hidden gift of a fund is given back by the bank's own line, and the public reads no name") {
    struct db_write *w;
    struct book b;
    int64_t id, version = 0;
    struct fund_gift_find_row *g;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    int64_t gift = gift_named(w, "TRAN VAN DUNG", &version);
    CHECK_OK(fund_gift_refund(w, &keeper, gift, S("bank"), S("xin lại")));
    CHECK_ERR(fund_gift_refund(w, &keeper, gift, S("bank"), S("xin lại")), ERR_CONFLICT);
    CHECK(balance(w, "owed") == -300000);
    CHECK_OK(put_in(w, &b, HEAD "1;10/10/2026;FT9;300000;;1639000;Hoan tra tien ung ho TRAN VAN DUNG\n", &id));
    CHECK(balance(w, "owed") == 0);
    CHECK_OK(fund_gift_find(db_reading(w), (struct fund_gift_find_in){.id = gift, .fund = FUND_ID}, &g));
    CHECK_STR(g->state, S("refunded"));
    CHECK(found(w, "tran van dung") == 0);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST_DB("a fund is not there for whom it is not open to") {
    struct db_write *w;
    struct book b;
    int64_t id;
    struct fund_gift_words gift = {
        .on = {2026, 11, 1}, .via = S("cash"), .amount = 1000, .donor = S("A"), .donor_kind = S("person")};
    struct fund_find_row *row;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_ERR(fund_gift_add(w, &stranger, &gift, &id), ERR_MISSING);
    CHECK_ERR(fund_gift_add(w, &leader, &gift, &id), ERR_DENIED);
    CHECK_ERR(fund_statement_add(w, &stranger, b.account, 1, S("x"), &id), ERR_MISSING);
    CHECK_OK(fund_find(db_reading(w), (struct fund_find_in){.id = FUND_ID, .post = STRANGER}, &row));
    CHECK(!row);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

/* --- Whatever is done, in whatever order --- */
static uint64_t random_next(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static struct err gift_by_chance(struct db_write *w, const struct book *b, uint64_t *state) {
    int64_t id;
    bool is_goods = random_next(state) % 3 == 0;
    return fund_gift_add(
        w, &keeper,
        &(struct fund_gift_words){.campaign = random_next(state) % 2 ? b->storm : b->houses,
                                  .on = date_plus((struct date){2026, 11, 1}, (int)(random_next(state) % 29)),
                                  .via = is_goods ? S("goods") : S("cash"),
                                  .goods = is_goods ? S("gạo") : S(""),
                                  .amount = 1000 + (int64_t)(random_next(state) % 900000),
                                  .donor = S("Người thử"),
                                  .donor_kind = S("person"),
                                  .is_hidden = random_next(state) % 2},
        &id);
}

static struct err act_by_chance(struct db_write *w, const struct book *b, uint64_t *state) {
    int64_t version = 0, gift = gift_named(w, "Người thử", &version), decision, payment;
    switch (random_next(state) % 5) {
    case 0: return fund_gift_show(w, &keeper, gift, random_next(state) % 2, version);
    case 1: return fund_gift_move(w, &keeper, gift, random_next(state) % 2 ? b->storm : b->houses, version);
    case 2: return fund_gift_refund(w, &keeper, gift, random_next(state) % 2 ? S("cash") : S("bank"), S("thử"));
    case 3:
        TRY(fund_decision_add(w, &keeper,
                              &(struct fund_decision_words){.campaign = random_next(state) % 2 ? b->storm : b->houses,
                                                            .number = S("9/QĐ"),
                                                            .purpose = S("health"),
                                                            .words = S("thử"),
                                                            .on = {2026, 11, 2}},
                              &decision));
        TRY(fund_payment_add(w, &keeper,
                             &(struct fund_payment_words){
                                 decision, b->household, 1000 + (int64_t)(random_next(state) % 400000), {2026, 12, 1}},
                             &payment));
        TRY(fund_decision_sign(w, &leader, decision));
        return fund_payment_make(w, &keeper,
                                 &(struct fund_payout){.payment = payment,
                                                       .via = random_next(state) % 2 ? S("cash") : S("goods"),
                                                       .on = {2026, 11, 20}});
    default: return gift_by_chance(w, b, state);
    }
}

TEST_DB("whatever is done with a fund, in whatever order, its sums close") {
    struct db_write *w;
    struct book b;
    int64_t id;
    uint64_t state = 7;
    bool does;
    int done = 0;
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_book(w, &b));
    CHECK_OK(put_in(w, &b, statement_text, &id));
    for (int i = 0; i < 120; i++) {
        struct err e = i % 3 == 0 ? gift_by_chance(w, &b, &state) : act_by_chance(w, &b, &state);
        done += !e.why;
        CHECK_OK(holds(w, &does));
        CHECK_OR_RETURN(does);
    }
    CHECK(done > 60);
    db_rollback(w);
    clock_freeze((struct instant){0});
}

TEST("a sum in words is said as people say it") {
    CHECK_STR(fund_amount_words(arena, 1205021), S("Một triệu hai trăm linh năm nghìn không trăm hai mươi mốt đồng"));
    CHECK_STR(fund_amount_words(arena, 60000000), S("Sáu mươi triệu đồng"));
    CHECK_STR(fund_amount_words(arena, 15), S("Mười lăm đồng"));
}
