/* The ledger of a fund: entries whose legs add up to nothing, in whole đồng, never changed. A closed month takes no
   more; what mends it stands on the day it was mended. */
#ifndef MODULES_FUND_FUND_LEDGER_H
#define MODULES_FUND_FUND_LEDGER_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/db/db.h"

/* account: bank, cash, goods (what there is); gifts, opening, unclear, owed, interest, other, transit (where it came
   from); spent, paying, fee, expense (where it went). amount above 0: nợ, below: có. */
struct fund_leg {
    const char *account;
    int64_t bank, campaign, amount;
};
struct fund_entry {
    int64_t fund;
    struct date on;
    const char *kind;
    int64_t about;
    struct str words;
    bool is_mending; /* on today's day when its own month is closed */
};
/* INVALID at "day_on" when the month is closed, or the day lies in the future; BROKEN when the legs do not close. */
struct err fund_enter(struct db_write *db, const struct fund_entry *e, const struct fund_leg *legs, size_t n);
/* From one account to another: nợ to, có from. */
struct fund_move {
    struct fund_leg to, from; /* their amounts are not looked at */
    int64_t amount;
};
struct err fund_move(struct db_write *db, const struct fund_entry *e, const struct fund_move *m);
/* Every entry about a thing, turned round on its own day. */
struct err fund_enter_back(struct db_write *db, int64_t fund, int64_t about, struct str words);

struct str fund_month_of(struct arena *a, struct date on); /* 2026-11 */
struct err fund_is_closed(struct db_read *db, int64_t fund, struct date on, bool *is);
/* INVALID: it is not over, nothing stands in it, or an earlier one is open. */
struct err fund_close(struct db_write *db, int64_t fund, struct str month, int64_t post);
struct str fund_account_words(struct str account); /* Tiền gửi ngân hàng */
bool fund_account_is_held(struct str account);     /* what there is: bank, cash, goods */
#endif
