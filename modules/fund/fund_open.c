/* Funds, campaigns, accounts, and the end of a month. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/record/bind.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/rights/touch.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_queries.h"
#include "modules/org/org.h"

#include "base/banned.h"

/* Nghị định 93/2021/NĐ-CP, Điều 14: the sum received within 15 days, the sum spent within 30. */
enum { TOTAL_DAYS = 15, SPENT_DAYS = 30 };

struct date fund_total_due(struct date until) {
    return until.year ? date_plus(until, TOTAL_DAYS) : until;
}
struct date fund_spent_due(struct date until) {
    return until.year ? date_plus(until, SPENT_DAYS) : until;
}

struct str fund_money(struct arena *a, int64_t amount) {
    struct buf b = buf_in(a);
    num_put_vi(&b, amount);
    BUF_LIT(&b, " đ");
    return buf_str(&b);
}

struct err fund_tell(struct db_write *db, const struct fund_told *t) {
    struct buf body = buf_in(db_write_arena(db));
    BUF_LIT(&body, "{\"words\":");
    json_str(&body, t->words);
    BUF_LIT(&body, ",\"path\":");
    json_str(&body, t->path);
    BUF_LIT(&body, "}");
    return act_done(db, &(struct act){.verb = t->verb,
                                      .kind = S("fund"),
                                      .record = t->record,
                                      .before = t->before,
                                      .to = t->to,
                                      .body = t->words.len ? buf_str(&body) : S("")});
}

struct err fund_rights_copy(struct db_write *db, int64_t fund, int64_t record) {
    struct fund_grants_rows rows;
    TRY(fund_grants(db_reading(db), (struct fund_grants_in){.record = fund}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(access_give(db, &(struct access_grant_new){.kind = S("fund"),
                                                       .record = record,
                                                       .principal = rows.at[i].principal,
                                                       .can = (unsigned)rows.at[i].can}));
    }
    return OK;
}

struct err fund_open(struct db_write *db, const struct fund_new *n, int64_t *fund) {
    static const struct {
        enum role role;
        unsigned can;
    } whom[] = {{ROLE_CLERK, CAN_READ},
                {ROLE_OFFICER, CAN_READ | CAN_ACT | CAN_MANAGE},
                {ROLE_HEAD, CAN_READ | CAN_ACT | CAN_MANAGE},
                {ROLE_LEADER, CAN_READ | CAN_ACT | CAN_APPROVE}};
    *fund = id_new();
    TRY(fund_insert(db,
                    (struct fund_insert_in){.id = *fund,
                                            .organ = n->organ,
                                            .code = n->code,
                                            .name = n->name,
                                            .about = n->about,
                                            .phone = n->phone,
                                            .made_at = clock_now()},
                    NULL));
    for (size_t i = 0; i < sizeof whom / sizeof *whom; i++) {
        int64_t principal;
        TRY(org_group(db_reading(db), (struct unit_id){n->organ}, whom[i].role, &principal));
        TRY(access_give(db, &(struct access_grant_new){
                                .kind = S("fund"), .record = *fund, .principal = principal, .can = whom[i].can}));
    }
    return fund_tell(db, &(struct fund_told){.verb = S("fund.open"), .record = *fund});
}

static struct err may_keep(struct db_write *db, const struct fund_by *by) {
    return access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE);
}

/* --- Campaigns --- */
static struct err campaign_check(const struct fund_campaign_words *w) {
    if (w->until_on.year && date_cmp(w->until_on, w->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc phải từ ngày bắt đầu trở đi.");
    }
    for (size_t i = 0; i < w->code.len; i++) {
        bool is_fine = (w->code.at[i] >= 'a' && w->code.at[i] <= 'z') || (w->code.at[i] >= '0' && w->code.at[i] <= '9');
        if (!is_fine) {
            return REFUSE(ERR_INVALID, "code", "Mã chỉ gồm chữ thường không dấu và chữ số: bao3, tet2027.");
        }
    }
    return OK;
}

struct err fund_campaign_add(struct db_write *db, const struct fund_by *by, const struct fund_campaign_words *w,
                             int64_t *id) {
    struct fund_campaigns_rows all;
    TRY(may_keep(db, by));
    TRY(campaign_check(w));
    TRY(fund_campaigns(db_reading(db), (struct fund_campaigns_in){.fund = by->fund}, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (str_eq(all.at[i].code, w->code)) {
            return REFUSE(ERR_INVALID, "code", "Quỹ đã có đợt vận động mang mã này.");
        }
    }
    *id = id_new();
    TRY(fund_campaign_insert(db,
                             (struct fund_campaign_insert_in){.id = *id,
                                                              .fund = by->fund,
                                                              .code = w->code,
                                                              .title = w->title,
                                                              .purpose = w->purpose,
                                                              .from_on = w->from_on,
                                                              .until_on = w->until_on,
                                                              .goal = w->goal,
                                                              .made_by = by->who->post.v,
                                                              .made_at = clock_now()},
                             NULL));
    TRY(fund_rights_copy(db, by->fund, *id));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.campaign"), .record = *id});
}

struct err fund_campaign_change(struct db_write *db, const struct fund_by *by, int64_t id,
                                const struct fund_campaign_words *w) {
    struct fund_campaign_find_row *before, *after;
    struct fund_campaign_find_in in = {.id = id, .fund = by->fund};
    int64_t changed = 0;
    TRY(may_keep(db, by));
    TRY(campaign_check(w));
    TRY(fund_campaign_find(db_reading(db), in, &before));
    if (!before) {
        return FAIL(ERR_MISSING, "no such campaign");
    }
    TRY(fund_campaign_update(db,
                             (struct fund_campaign_update_in){.id = id,
                                                              .title = w->title,
                                                              .purpose = w->purpose,
                                                              .from_on = w->from_on,
                                                              .until_on = w->until_on,
                                                              .goal = w->goal,
                                                              .version = w->version,
                                                              .changed_at = clock_now()},
                             &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), w->version, &(struct audit){.kind = S("fund"), .record = id});
    }
    TRY(fund_campaign_find(db_reading(db), in, &after));
    struct str was = bind_changes(db_write_arena(db), &fund_campaign_find_row_shape, before, after);
    return fund_tell(db, &(struct fund_told){.verb = S("fund.campaign_change"), .record = id, .before = was});
}

struct err fund_account_add(struct db_write *db, const struct fund_by *by, struct str bank, struct str number,
                            int64_t *id) {
    struct fund_accounts_rows all;
    TRY(may_keep(db, by));
    TRY(fund_accounts(db_reading(db), (struct fund_accounts_in){.fund = by->fund}, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (str_eq(all.at[i].number, number)) {
            return REFUSE(ERR_INVALID, "number", "Quỹ đã có tài khoản mang số này.");
        }
    }
    *id = id_new();
    TRY(fund_account_insert(db,
                            (struct fund_account_insert_in){.id = *id,
                                                            .fund = by->fund,
                                                            .bank = bank,
                                                            .number = number,
                                                            .made_by = by->who->post.v,
                                                            .made_at = clock_now()},
                            NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.account"), .record = *id});
}

struct err fund_month_end(struct db_write *db, const struct fund_by *by, struct str month) {
    TRY(may_keep(db, by));
    TRY(fund_close(db, by->fund, month, by->who->post.v));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.close"), .record = by->fund});
}
