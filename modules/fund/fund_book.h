/* The acts on a fund. Each asks for its right, writes the ledger, the public line and the trail in one transaction.
   Rights are those on the fund: CAN_MANAGE keeps the books, CAN_APPROVE decides what is spent. A fund one may not read
   is MISSING, and so is a record that does not hang from it. */
#ifndef MODULES_FUND_FUND_BOOK_H
#define MODULES_FUND_FUND_BOOK_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/rights/auth.h"
#include "modules/fund/fund_line.h"

struct job;
struct file_blob_id;

/* Who acts on which fund. */
struct fund_by {
    const struct who *who;
    int64_t fund;
};
/* The trail, the event and, with words, a notice to a principal. */
struct fund_told {
    struct str verb, words, path;
    int64_t record, to;
    struct str before;
};
struct err fund_tell(struct db_write *db, const struct fund_told *t);
struct str fund_money(struct arena *a, int64_t amount); /* 1.234.567 đ */

/* --- fund_open.c: funds, campaigns, accounts --- */
struct fund_new {
    int64_t organ;
    struct str code, name, about, phone;
};
/* Opens it to the organ: its officers and heads keep the books, leaders approve, clerks read. Asks no right. */
struct err fund_open(struct db_write *db, const struct fund_new *n, int64_t *fund);
/* The same rights on a record that hangs from the fund. */
struct err fund_rights_copy(struct db_write *db, int64_t fund, int64_t record);
struct fund_campaign_words {
    struct str code, title, purpose;
    struct date from_on, until_on;
    int64_t goal, version;
};
struct err fund_campaign_add(struct db_write *db, const struct fund_by *by, const struct fund_campaign_words *w,
                             int64_t *id);
struct err fund_campaign_change(struct db_write *db, const struct fund_by *by, int64_t id,
                                const struct fund_campaign_words *w);
struct err fund_account_add(struct db_write *db, const struct fund_by *by, struct str bank, struct str number,
                            int64_t *id);
struct err fund_month_end(struct db_write *db, const struct fund_by *by, struct str month);
/* The dates by which NĐ 93/2021 wants a campaign's figures public; {0} while it is open. */
struct date fund_total_due(struct date until);
struct date fund_spent_due(struct date until);

/* --- fund_gift.c --- */
struct fund_gift_words {
    int64_t campaign;
    struct date on;
    struct str via; /* cash, goods; bank: transfer says which line */
    int64_t amount, transfer, account;
    struct str goods, donor, donor_kind, contact, memo;
    bool is_hidden;
};
struct err fund_gift_add(struct db_write *db, const struct fund_by *by, const struct fund_gift_words *w, int64_t *id);
/* The row alone, without its entry in the ledger and without a right being asked. */
struct err fund_gift_row(struct db_write *db, int64_t fund, const struct fund_gift_words *w, int64_t *id);
/* Whether the giver is shown: sums stay, the name goes or comes. */
struct err fund_gift_show(struct db_write *db, const struct fund_by *by, int64_t id, bool is_hidden, int64_t version);
struct err fund_gift_move(struct db_write *db, const struct fund_by *by, int64_t id, int64_t campaign, int64_t version);
/* Back to the giver: at once from the cash box, or owed until the bank's line comes. */
struct err fund_gift_refund(struct db_write *db, const struct fund_by *by, int64_t id, struct str via,
                            struct str reason);
/* A number of the year's receipt book; the same again. */
struct err fund_gift_receipt(struct db_write *db, const struct fund_by *by, int64_t id, int64_t *number);
/* What the public reads of it. */
struct err fund_gift_words_public(struct db_read *db, int64_t id, int64_t fund, struct fund_public *p);

/* --- fund_statement.c, fund_take.c: the bank's statements --- */
struct err fund_statement_add(struct db_write *db, const struct fund_by *by, int64_t account, int64_t file,
                              struct str name, int64_t *id);
struct err fund_statement_read_run(struct job *job); /* "fund.read" */
struct err fund_statement_take(struct db_write *db, const struct fund_by *by, int64_t id);
struct err fund_statement_take_run(struct job *job); /* "fund.take" */
struct err fund_statement_undo(struct db_write *db, const struct fund_by *by, int64_t id);
struct err fund_statement_undo_run(struct job *job); /* "fund.undo" */
/* All that is read, in one transaction: for tests and the demonstration. */
struct err fund_statement_read_text(struct db_write *db, int64_t id, struct str text);
struct err fund_statement_take_now(struct db_write *db, int64_t id);
struct err fund_statement_undo_now(struct db_write *db, int64_t id);
struct fund_sense {
    struct str kind; /* statement_kind_name */
    int64_t campaign;
    struct str donor;
    bool is_hidden;
};
/* Says what a line is, before or after it went into the books. */
struct err fund_transfer_correct(struct db_write *db, const struct fund_by *by, int64_t id, const struct fund_sense *s);
/* The account of the ledger that a kind of transfer belongs to. */
const char *fund_account_of(struct str kind, bool is_out);
struct str fund_kind_words(struct str kind);

/* --- fund_spend.c: households, decisions, payments --- */
struct fund_household_words {
    struct str name, commune, place, class, note;
    int64_t version;
};
struct err fund_household_add(struct db_write *db, const struct fund_by *by, const struct fund_household_words *w,
                              int64_t *id);
struct err fund_household_change(struct db_write *db, const struct fund_by *by, int64_t id,
                                 const struct fund_household_words *w);
struct fund_decision_words {
    int64_t campaign;
    struct str number, purpose, words;
    struct date on;
};
struct err fund_decision_add(struct db_write *db, const struct fund_by *by, const struct fund_decision_words *w,
                             int64_t *id);
struct fund_payment_words {
    int64_t decision, household, amount;
    struct date due_on;
};
struct err fund_payment_add(struct db_write *db, const struct fund_by *by, const struct fund_payment_words *w,
                            int64_t *id);
struct err fund_payment_drop(struct db_write *db, const struct fund_by *by, int64_t id);
/* INVALID when it holds nobody, or the campaign has less than it promises. */
struct err fund_decision_sign(struct db_write *db, const struct fund_by *by, int64_t id);
struct fund_payout {
    int64_t payment, transfer;
    struct str via; /* bank: as part of a line of the statement; cash, goods */
    struct date on;
};
struct err fund_payment_make(struct db_write *db, const struct fund_by *by, const struct fund_payout *p);
struct err fund_evidence_add(struct db_write *db, const struct fund_by *by, int64_t payment, int64_t file,
                             struct str name);
struct fund_word {
    struct str code, words;
};
extern const struct fund_word fund_purposes[], fund_classes[], fund_vias[]; /* ended by an empty code */
struct str fund_word_of(const struct fund_word *all, struct str code);

/* --- fund_root.c: publications --- */
struct err fund_publish_now(struct db_write *db, int64_t fund);
struct err fund_publish_run(struct job *job);     /* "fund.publish": of the job's record */
struct err fund_publish_day_run(struct job *job); /* "fund.daily": every fund that changed */
/* INVALID when nothing was published yet, or the gift is not in it. The line of JSON that opens its seal. */
struct err fund_gift_proof(struct db_read *db, int64_t fund, struct str salt, struct str *line, struct date *on);
#endif
