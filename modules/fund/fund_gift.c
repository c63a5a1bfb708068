/* Gifts: cash, goods and the bank's; shown or not, moved, given back, with a receipt. */
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/record/series.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/published.h"
#include "modules/org/org.h"

#include "base/banned.h"

static struct err gift_find(struct db_write *db, const struct fund_by *by, int64_t id,
                            struct fund_gift_find_row **gift) {
    TRY(access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE));
    TRY(fund_gift_find(db_reading(db), (struct fund_gift_find_in){.id = id, .fund = by->fund}, gift));
    return *gift && !str_eq((*gift)->state, S("void")) ? OK : FAIL(ERR_MISSING, "no such gift");
}

static struct err stale(struct db_write *db, int64_t id, int64_t version) {
    return org_stale_audited(db_reading(db), version, &(struct audit){.kind = S("fund"), .record = id});
}

/* --- What the public reads --- */
struct err fund_gift_words_public(struct db_read *db, int64_t id, int64_t fund, struct fund_public *p) {
    struct fund_gift_find_row *g;
    struct arena *a = db_arena(db);
    TRY(fund_gift_find(db, (struct fund_gift_find_in){.id = id, .fund = fund}, &g));
    if (!g) {
        return FAIL(ERR_MISSING, "no such gift");
    }
    struct str more = g->goods.len ? g->goods : g->is_hidden ? S("") : fund_memo_masked(a, g->memo);
    struct str title = g->title.len ? g->title : S("Chưa ghi rõ việc");
    *p = (struct fund_public){.fund = fund,
                              .about = id,
                              .on = g->day_on,
                              .amount = g->amount,
                              .campaign = g->campaign,
                              .name = g->is_hidden || !g->donor.len ? S("Người ủng hộ không nêu tên") : g->donor,
                              .memo = more.len ? str_format(a, "%.*s: %.*s", STR_ARG(title), STR_ARG(more)) : title};
    return OK;
}

static struct err say_again(struct db_write *db, const struct fund_by *by, int64_t id) {
    struct fund_public p;
    TRY(fund_gift_words_public(db_reading(db), id, by->fund, &p));
    return fund_line_say(db, &p);
}

/* --- A new one --- */
struct err fund_gift_row(struct db_write *db, int64_t fund, const struct fund_gift_words *w, int64_t *id) {
    unsigned char salt[FUND_SALT];
    *id = id_new();
    randombytes_buf(salt, sizeof salt);
    return fund_gift_insert(db,
                            (struct fund_gift_insert_in){.id = *id,
                                                         .fund = fund,
                                                         .campaign = w->campaign,
                                                         .day_on = w->on,
                                                         .via = w->via,
                                                         .amount = w->amount,
                                                         .goods = w->goods,
                                                         .donor = w->donor,
                                                         .donor_kind = w->donor_kind,
                                                         .contact = w->contact,
                                                         .memo = w->memo,
                                                         .is_hidden = w->is_hidden,
                                                         .transfer = w->transfer,
                                                         .salt = {(const char *)salt, sizeof salt},
                                                         .made_by = db_actor(db)->post,
                                                         .made_at = clock_now()},
                            NULL);
}

static struct err campaign_check(struct db_write *db, int64_t fund, int64_t campaign) {
    struct fund_campaign_find_row *row;
    if (!campaign) {
        return OK;
    }
    TRY(fund_campaign_find(db_reading(db), (struct fund_campaign_find_in){.id = campaign, .fund = fund}, &row));
    return row ? OK : REFUSE(ERR_INVALID, "campaign", "Quỹ không có đợt vận động này.");
}

struct err fund_gift_add(struct db_write *db, const struct fund_by *by, const struct fund_gift_words *w, int64_t *id) {
    struct fund_public p;
    bool is_goods = str_eq(w->via, S("goods"));
    TRY(access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE));
    TRY(campaign_check(db, by->fund, w->campaign));
    if (w->amount <= 0) {
        return REFUSE(ERR_INVALID, "amount", "Số tiền phải lớn hơn 0; hiện vật thì ghi giá trị quy ra tiền.");
    }
    if (is_goods && !w->goods.len) {
        return REFUSE(ERR_INVALID, "goods", "Ghi hiện vật gồm những gì, số lượng bao nhiêu.");
    }
    if (!is_goods && w->goods.len) {
        return REFUSE(ERR_INVALID, "goods", "Chỉ ghi ở đây khi nhận hiện vật.");
    }
    TRY(fund_gift_row(db, by->fund, w, id));
    TRY(fund_move(
        db, &(struct fund_entry){.fund = by->fund, .on = w->on, .kind = "gift", .about = *id, .words = w->donor},
        &(struct fund_move){{is_goods ? "goods" : "cash", 0, 0, 0}, {"gifts", 0, w->campaign, 0}, w->amount}));
    TRY(fund_gift_words_public(db_reading(db), *id, by->fund, &p));
    TRY(fund_line_put(db, &p));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.gift"), .record = *id});
}

/* --- Mending --- */
struct err fund_gift_show(struct db_write *db, const struct fund_by *by, int64_t id, bool is_hidden, int64_t version) {
    struct fund_gift_find_row *gift;
    int64_t changed = 0;
    TRY(gift_find(db, by, id, &gift));
    if (gift->is_hidden == is_hidden && gift->version == version) {
        return OK;
    }
    TRY(fund_gift_hide_set(db, (struct fund_gift_hide_set_in){.id = id, .is_hidden = is_hidden, .version = version},
                           &changed));
    if (!changed) {
        return stale(db, id, version);
    }
    TRY(say_again(db, by, id));
    return fund_tell(db, &(struct fund_told){.verb = is_hidden ? S("fund.hide") : S("fund.show"), .record = id});
}

struct err fund_gift_move(struct db_write *db, const struct fund_by *by, int64_t id, int64_t campaign,
                          int64_t version) {
    struct fund_gift_find_row *gift;
    int64_t changed = 0;
    TRY(gift_find(db, by, id, &gift));
    TRY(campaign_check(db, by->fund, campaign));
    if (gift->campaign == campaign || !str_eq(gift->state, S("held"))) {
        return REFUSE(ERR_INVALID, "campaign", "Khoản này đã ở đợt ấy, hoặc đang được trả lại.");
    }
    TRY(fund_gift_campaign_set(
        db, (struct fund_gift_campaign_set_in){.id = id, .campaign = campaign, .version = version}, &changed));
    if (!changed) {
        return stale(db, id, version);
    }
    struct fund_entry e = {.fund = by->fund,
                           .on = gift->day_on,
                           .kind = "correct",
                           .about = id,
                           .words = S("Chuyển sang đợt vận động khác"),
                           .is_mending = true};
    TRY(fund_move(db, &e,
                  &(struct fund_move){{"gifts", 0, gift->campaign, 0}, {"gifts", 0, campaign, 0}, gift->amount}));
    TRY(say_again(db, by, id));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.move"), .record = id});
}

static struct err refund_cash(struct db_write *db, const struct fund_by *by, const struct fund_gift_find_row *gift,
                              struct fund_entry *e) {
    bool is_goods = str_eq(gift->via, S("goods"));
    const char *from = is_goods ? "goods" : "cash";
    struct fund_balance_of_row *held;
    int64_t line = id_new();
    TRY(fund_balance_of(db_reading(db), (struct fund_balance_of_in){.fund = by->fund, .account = str_of(from)}, &held));
    if (held->held < gift->amount) {
        return REFUSE(ERR_INVALID, "via", "Quỹ tiền mặt hoặc kho hiện vật không còn đủ để trả lại.");
    }
    TRY(fund_move(db, e, &(struct fund_move){{"gifts", 0, gift->campaign, 0}, {from, 0, 0, 0}, gift->amount}));
    return fund_line_put(db, &(struct fund_public){.fund = by->fund,
                                                   .about = line,
                                                   .on = e->on,
                                                   .amount = -gift->amount,
                                                   .campaign = gift->campaign,
                                                   .name = S("Trả lại người ủng hộ"),
                                                   .memo = gift->title});
}

struct err fund_gift_refund(struct db_write *db, const struct fund_by *by, int64_t id, struct str via,
                            struct str reason) {
    struct fund_gift_find_row *gift;
    int64_t changed = 0;
    bool is_bank = str_eq(via, S("bank"));
    TRY(gift_find(db, by, id, &gift));
    struct fund_entry e = {.fund = by->fund, .on = clock_today(), .kind = "refund", .about = id, .words = reason};
    if (is_bank && str_eq(gift->via, S("goods"))) {
        return REFUSE(ERR_INVALID, "via", "Hiện vật thì trả lại bằng hiện vật.");
    }
    TRY(fund_gift_state_set(
        db,
        (struct fund_gift_state_set_in){
            .id = id, .state = is_bank ? S("owed") : S("refunded"), .reason = reason, .was = S("held")},
        &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Khoản này đã được trả lại, hoặc đang chờ trả.");
    }
    if (is_bank) {
        TRY(fund_move(db, &e, &(struct fund_move){{"gifts", 0, gift->campaign, 0}, {"owed", 0, 0, 0}, gift->amount}));
    } else {
        TRY(refund_cash(db, by, gift, &e));
    }
    TRY(fund_act_count(db, (struct fund_act_count_in){.id = by->fund}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.refund"), .record = id});
}

struct err fund_gift_receipt(struct db_write *db, const struct fund_by *by, int64_t id, int64_t *number) {
    struct fund_gift_find_row *gift;
    TRY(gift_find(db, by, id, &gift));
    *number = gift->receipt_no;
    if (*number) {
        return OK;
    }
    TRY(series_next(db, &(struct series){.name = S("fund.receipt"), .owner = by->fund, .year = gift->day_on.year},
                    number));
    TRY(fund_gift_receipt_set(db, (struct fund_gift_receipt_set_in){.id = id, .receipt_no = *number}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.receipt"), .record = id});
}
