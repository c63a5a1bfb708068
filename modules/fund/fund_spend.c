/* What is spent: on which household, by which decision, out of which money, and what shows it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/record/bind.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_queries.h"
#include "modules/org/org.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum { NAMED_COMMUNES = 3 };

const struct fund_word fund_purposes[] = {{S_INIT("house"), S_INIT("Nhà Đại đoàn kết")},
                                          {S_INIT("living"), S_INIT("Sinh kế")},
                                          {S_INIT("school"), S_INIT("Học bổng")},
                                          {S_INIT("tet"), S_INIT("Quà Tết")},
                                          {S_INIT("health"), S_INIT("Khám, chữa bệnh")},
                                          {S_INIT("urgent"), S_INIT("Cứu trợ đột xuất")},
                                          {{0}, {0}}};
const struct fund_word fund_classes[] = {{S_INIT("poor"), S_INIT("Hộ nghèo")},
                                         {S_INIT("near"), S_INIT("Hộ cận nghèo")},
                                         {S_INIT("hard"), S_INIT("Hoàn cảnh khó khăn")},
                                         {S_INIT("hit"), S_INIT("Bị thiên tai, hoả hoạn")},
                                         {{0}, {0}}};
const struct fund_word fund_vias[] = {{S_INIT("bank"), S_INIT("Chuyển khoản")},
                                      {S_INIT("cash"), S_INIT("Tiền mặt")},
                                      {S_INIT("goods"), S_INIT("Hiện vật")},
                                      {{0}, {0}}};

struct str fund_word_of(const struct fund_word *all, struct str code) {
    for (; all->code.len; all++) {
        if (str_eq(all->code, code)) {
            return all->words;
        }
    }
    return code;
}

static struct err may_keep(struct db_write *db, const struct fund_by *by) {
    return access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE);
}

/* --- Households --- */
static struct err household_check(struct db_write *db, const struct fund_by *by, int64_t but,
                                  const struct fund_household_words *w) {
    struct fund_household_like_row *like;
    TRY(fund_household_like(
        db_reading(db),
        (struct fund_household_like_in){
            .fund = by->fund, .folded = utf8_fold(db_write_arena(db), w->name), .commune = w->commune, .but = but},
        &like));
    return like && !w->place.len ? REFUSE(ERR_INVALID, "place",
                                          "Xã, phường này đã có hộ trùng tên trong sổ. Ghi thôn, tổ dân phố để phân "
                                          "biệt, hoặc dùng hộ đã có.")
                                 : OK;
}

struct err fund_household_add(struct db_write *db, const struct fund_by *by, const struct fund_household_words *w,
                              int64_t *id) {
    TRY(may_keep(db, by));
    TRY(household_check(db, by, 0, w));
    *id = id_new();
    TRY(fund_household_insert(db,
                              (struct fund_household_insert_in){.id = *id,
                                                                .fund = by->fund,
                                                                .name = w->name,
                                                                .folded = utf8_fold(db_write_arena(db), w->name),
                                                                .commune = w->commune,
                                                                .place = w->place,
                                                                .class = w->class,
                                                                .note = w->note,
                                                                .made_by = by->who->post.v,
                                                                .made_at = clock_now()},
                              NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.household"), .record = *id});
}

struct err fund_household_change(struct db_write *db, const struct fund_by *by, int64_t id,
                                 const struct fund_household_words *w) {
    struct fund_household_find_row *before, *after;
    struct fund_household_find_in in = {.id = id, .fund = by->fund};
    int64_t changed = 0;
    TRY(may_keep(db, by));
    TRY(fund_household_find(db_reading(db), in, &before));
    if (!before) {
        return FAIL(ERR_MISSING, "no such household");
    }
    TRY(household_check(db, by, id, w));
    TRY(fund_household_update(db,
                              (struct fund_household_update_in){.id = id,
                                                                .name = w->name,
                                                                .folded = utf8_fold(db_write_arena(db), w->name),
                                                                .commune = w->commune,
                                                                .place = w->place,
                                                                .class = w->class,
                                                                .note = w->note,
                                                                .version = w->version},
                              &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), w->version, &(struct audit){.kind = S("fund"), .record = id});
    }
    TRY(fund_household_find(db_reading(db), in, &after));
    struct str was = bind_changes(db_write_arena(db), &fund_household_find_row_shape, before, after);
    return fund_tell(db, &(struct fund_told){.verb = S("fund.household_change"), .record = id, .before = was});
}

/* --- Decisions --- */
static struct err decision_of(struct db_write *db, const struct fund_by *by, int64_t id,
                              struct fund_decision_find_row **d) {
    TRY(fund_decision_find(db_reading(db), (struct fund_decision_find_in){.id = id, .fund = by->fund}, d));
    return *d ? OK : FAIL(ERR_MISSING, "no such decision");
}

struct err fund_decision_add(struct db_write *db, const struct fund_by *by, const struct fund_decision_words *w,
                             int64_t *id) {
    struct fund_campaign_find_row *campaign;
    TRY(may_keep(db, by));
    TRY(fund_campaign_find(db_reading(db), (struct fund_campaign_find_in){.id = w->campaign, .fund = by->fund},
                           &campaign));
    if (!campaign) {
        return REFUSE(ERR_INVALID, "campaign", "Quỹ không có đợt vận động này.");
    }
    *id = id_new();
    TRY(fund_decision_insert(db,
                             (struct fund_decision_insert_in){.id = *id,
                                                              .fund = by->fund,
                                                              .campaign = w->campaign,
                                                              .number = w->number,
                                                              .day_on = w->on,
                                                              .purpose = w->purpose,
                                                              .words = w->words,
                                                              .made_by = by->who->post.v,
                                                              .made_at = clock_now()},
                             NULL));
    TRY(fund_rights_copy(db, by->fund, *id));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.decision"), .record = *id});
}

struct err fund_payment_add(struct db_write *db, const struct fund_by *by, const struct fund_payment_words *w,
                            int64_t *id) {
    struct fund_decision_find_row *d;
    struct fund_household_find_row *h;
    struct fund_payment_has_row *has;
    TRY(may_keep(db, by));
    TRY(decision_of(db, by, w->decision, &d));
    TRY(fund_household_find(db_reading(db), (struct fund_household_find_in){.id = w->household, .fund = by->fund}, &h));
    if (!h) {
        return REFUSE(ERR_INVALID, "household", "Chọn một hộ trong sổ.");
    }
    if (!str_eq(d->state, S("draft"))) {
        return REFUSE(ERR_CONFLICT, "", "Quyết định đã duyệt, không thêm hộ được nữa; lập quyết định bổ sung.");
    }
    if (w->amount <= 0) {
        return REFUSE(ERR_INVALID, "amount", "Số tiền phải lớn hơn 0.");
    }
    TRY(fund_payment_has(db_reading(db),
                         (struct fund_payment_has_in){.decision = w->decision, .household = w->household}, &has));
    if (has) {
        return REFUSE(ERR_INVALID, "household", "Hộ này đã có trong quyết định.");
    }
    *id = id_new();
    TRY(fund_payment_insert(db,
                            (struct fund_payment_insert_in){.id = *id,
                                                            .fund = by->fund,
                                                            .decision = w->decision,
                                                            .campaign = d->campaign.v,
                                                            .household = w->household,
                                                            .amount = w->amount,
                                                            .due_on = w->due_on,
                                                            .made_by = by->who->post.v,
                                                            .made_at = clock_now()},
                            NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.payment"), .record = w->decision});
}

static struct err payment_of(struct db_write *db, const struct fund_by *by, int64_t id,
                             struct fund_payment_find_row **p) {
    TRY(may_keep(db, by));
    TRY(fund_payment_find(db_reading(db), (struct fund_payment_find_in){.id = id, .fund = by->fund}, p));
    return *p ? OK : FAIL(ERR_MISSING, "no such payment");
}

struct err fund_payment_drop(struct db_write *db, const struct fund_by *by, int64_t id) {
    struct fund_payment_find_row *p;
    TRY(payment_of(db, by, id, &p));
    if (!str_eq(p->decision_state, S("draft"))) {
        return REFUSE(ERR_CONFLICT, "", "Quyết định đã duyệt, không bỏ hộ ra được.");
    }
    TRY(fund_payment_delete(db, (struct fund_payment_delete_in){.id = id}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.payment_drop"), .record = p->decision.v});
}

struct err fund_decision_sign(struct db_write *db, const struct fund_by *by, int64_t id) {
    struct fund_decision_find_row *d;
    struct fund_payments_of_decision_rows rows;
    struct fund_campaign_left_row *left;
    struct arena *a = db_write_arena(db);
    int64_t changed = 0, sum = 0;
    TRY(access_require(db_reading(db), by->fund, by->who->post.v, CAN_APPROVE));
    TRY(decision_of(db, by, id, &d));
    TRY(fund_payments_of_decision(db_reading(db), (struct fund_payments_of_decision_in){.decision = id}, &rows));
    TRY(fund_campaign_left(db_reading(db), (struct fund_campaign_left_in){.campaign = d->campaign.v}, &left));
    for (size_t i = 0; i < rows.n; i++) {
        sum += rows.at[i].amount;
    }
    if (!rows.n) {
        return REFUSE(ERR_INVALID, "", "Quyết định chưa có hộ nào.");
    }
    if (sum > left->received - left->spent - left->promised) {
        return err_refuse(
            a, ERR_INVALID, "", "Đợt vận động chỉ còn %.*s chưa dùng, không đủ cho %.*s của quyết định này.",
            STR_ARG(fund_money(a, left->received - left->spent - left->promised)), STR_ARG(fund_money(a, sum)));
    }
    TRY(fund_decision_approve(
        db, (struct fund_decision_approve_in){.id = id, .approved_by = by->who->post.v, .approved_at = clock_now()},
        &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Quyết định này đã được duyệt.");
    }
    return fund_tell(
        db, &(struct fund_told){.verb = S("fund.approve"),
                                .record = id,
                                .to = d->made_by,
                                .words = str_format(a, "Đã duyệt quyết định %.*s", STR_ARG(d->number)),
                                .path = str_format(a, "/fund/%lld/decision/%lld", (long long)by->fund, (long long)id)});
}

/* --- Paying --- */
struct communes {
    struct str names[NAMED_COMMUNES];
    size_t n;
    int64_t more;
};

static void commune_add(struct communes *c, struct str name) {
    for (size_t i = 0; i < c->n; i++) {
        if (str_eq(c->names[i], name)) {
            return;
        }
    }
    if (c->n < NAMED_COMMUNES) {
        c->names[c->n++] = name;
    } else {
        c->more++;
    }
}

static struct str communes_words(struct arena *a, const struct communes *c) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < c->n; i++) {
        buf_printf(&b, "%s%.*s", i ? ", " : "", STR_ARG(c->names[i]));
    }
    if (c->more) {
        BUF_LIT(&b, " và nơi khác");
    }
    return buf_str(&b);
}

/* What the public reads of money that went to households: how many, in which communes, by which decision. */
static struct err transfer_say(struct db_write *db, int64_t fund, int64_t transfer, int64_t campaign) {
    struct fund_payments_of_transfer_rows rows;
    struct communes communes = {0};
    struct arena *a = db_write_arena(db);
    const struct place_index *places = place_open(a);
    TRY(fund_payments_of_transfer(db_reading(db), (struct fund_payments_of_transfer_in){.transfer = transfer}, &rows));
    if (!rows.n) {
        return OK;
    }
    for (size_t i = 0; i < rows.n; i++) {
        const struct place_commune *c = place_commune(places, rows.at[i].commune);
        if (c && !str_eq(rows.at[i].purpose, S("health"))) {
            commune_add(&communes, c->full);
        }
    }
    struct str where = communes_words(a, &communes);
    const struct fund_payments_of_transfer_row *last = &rows.at[rows.n - 1];
    struct str name = str_format(a, "Chi: %zu hộ%s%.*s", rows.n, where.len ? ", " : "", STR_ARG(where));
    struct str memo = str_format(a, "%.*s: %.*s, Quyết định %.*s", STR_ARG(last->title),
                                 STR_ARG(fund_word_of(fund_purposes, last->purpose)), STR_ARG(last->number));
    return fund_line_say(
        db, &(struct fund_public){.fund = fund, .about = transfer, .campaign = campaign, .name = name, .memo = memo});
}

static struct err bank_pay(struct db_write *db, const struct fund_payment_find_row *p, int64_t transfer,
                           struct fund_payout *payout) {
    struct fund_transfer_find_row *t;
    int64_t changed = 0;
    TRY(fund_transfer_find(db_reading(db), (struct fund_transfer_find_in){.id = transfer, .fund = p->fund.v}, &t));
    if (!t) {
        return REFUSE(ERR_INVALID, "transfer", "Chọn khoản chi trên sao kê mà tiền này nằm trong đó.");
    }
    TRY(fund_transfer_use(db, (struct fund_transfer_use_in){.id = transfer, .by = p->amount}, &changed));
    if (!changed) {
        return REFUSE(ERR_INVALID, "transfer", "Khoản chi này trên sao kê không còn đủ tiền chưa gắn với hộ nào.");
    }
    payout->on = t->day_on;
    return OK;
}

static struct err held_check(struct db_write *db, int64_t fund, struct str account, int64_t amount) {
    struct fund_balance_of_row *held;
    TRY(fund_balance_of(db_reading(db), (struct fund_balance_of_in){.fund = fund, .account = account}, &held));
    return held->held >= amount ? OK : REFUSE(ERR_INVALID, "via", "Quỹ tiền mặt hoặc kho hiện vật không còn đủ.");
}

static struct err line_pay(struct db_write *db, const struct fund_payment_find_row *p,
                           const struct fund_payout *payout) {
    struct arena *a = db_write_arena(db);
    const struct place_commune *c = place_commune(place_open(a), p->commune);
    bool is_said = c && !str_eq(p->purpose, S("health"));
    return fund_line_put(db,
                         &(struct fund_public){
                             .fund = p->fund.v,
                             .about = p->id.v,
                             .on = payout->on,
                             .amount = -p->amount,
                             .campaign = p->campaign.v,
                             .name = is_said ? str_format(a, "Chi: 1 hộ, %.*s", STR_ARG(c->full)) : S("Chi: 1 hộ"),
                             .memo = str_format(a, "%.*s: %.*s, Quyết định %.*s", STR_ARG(p->title),
                                                STR_ARG(fund_word_of(fund_purposes, p->purpose)), STR_ARG(p->number))});
}

static struct err state_check(const struct fund_payment_find_row *p) {
    if (!str_eq(p->decision_state, S("approved"))) {
        return REFUSE(ERR_CONFLICT, "", "Quyết định chưa được duyệt.");
    }
    return str_eq(p->state, S("planned")) ? OK : REFUSE(ERR_CONFLICT, "", "Khoản này đã trả.");
}

static struct err day_check(const struct fund_payment_find_row *p, const struct fund_payout *payout) {
    if (date_cmp(payout->on, p->day_on) < 0) {
        return REFUSE(ERR_INVALID, "paid_on", "Ngày trả không thể trước ngày của quyết định.");
    }
    return date_cmp(payout->on, clock_today()) > 0 ? REFUSE(ERR_INVALID, "paid_on", "Ngày trả không thể ở tương lai.")
                                                   : OK;
}

struct err fund_payment_make(struct db_write *db, const struct fund_by *by, const struct fund_payout *asked) {
    struct fund_payment_find_row *p;
    struct fund_payout payout = *asked;
    int64_t changed = 0;
    bool is_bank = str_eq(payout.via, S("bank"));
    TRY(payment_of(db, by, payout.payment, &p));
    TRY(state_check(p));
    if (is_bank) {
        TRY(bank_pay(db, p, payout.transfer, &payout));
    } else {
        payout.transfer = 0;
        payout.on = payout.on.year ? payout.on : clock_today();
        TRY(held_check(db, by->fund, payout.via, p->amount));
    }
    TRY(day_check(p, &payout));
    TRY(fund_payment_pay(
        db,
        (struct fund_payment_pay_in){
            .id = payout.payment, .via = payout.via, .paid_on = payout.on, .transfer = payout.transfer},
        &changed));
    struct fund_entry e = {.fund = by->fund,
                           .on = payout.on,
                           .kind = "payment",
                           .about = payout.payment,
                           .words = str_format(db_write_arena(db), "Quyết định %.*s", STR_ARG(p->number)),
                           .is_mending = is_bank};
    const char *from = is_bank ? "paying" : str_eq(payout.via, S("goods")) ? "goods" : "cash";
    TRY(fund_move(db, &e, &(struct fund_move){{"spent", 0, p->campaign.v, 0}, {from, 0, 0, 0}, p->amount}));
    TRY(is_bank ? transfer_say(db, by->fund, payout.transfer, p->campaign.v) : line_pay(db, p, &payout));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.pay"), .record = p->decision.v});
}

struct err fund_evidence_add(struct db_write *db, const struct fund_by *by, int64_t payment, int64_t file,
                             struct str name) {
    struct fund_payment_find_row *p;
    TRY(payment_of(db, by, payment, &p));
    if (!str_eq(p->state, S("paid"))) {
        return REFUSE(ERR_CONFLICT, "", "Khoản này chưa trả nên chưa có gì để chứng minh.");
    }
    TRY(fund_evidence_insert(db,
                             (struct fund_evidence_insert_in){.id = id_new(),
                                                              .payment = payment,
                                                              .file = file,
                                                              .name = name,
                                                              .made_by = by->who->post.v,
                                                              .made_at = clock_now()},
                             NULL));
    TRY(fund_payment_evidence_more(db, (struct fund_payment_evidence_more_in){.id = payment}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.evidence"), .record = p->decision.v});
}
