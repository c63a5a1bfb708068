/* What the pages of the fund show. */
#ifndef MODULES_FUND_FUND_VIEW_H
#define MODULES_FUND_FUND_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "kernel/shell/public_view.h"
#include "modules/task/task_view.h"
#include "modules/thread/thread_view.h"

/* The head of every page of a fund. */
struct fund_head {
    int64_t id;
    struct str name;
    struct tabs tabs;
    bool may_keep, may_approve;
};

/* A row of any list. */
struct fund_row {
    struct link link;
    struct str title, meta, note; /* note: pressing, in red */
    struct str right;             /* a sum or a state */
    struct date on;
    bool is_late, is_soon, is_done;
};
struct fund_index_view {
    struct str box; /* of the desk; empty: the funds */
    LIST(struct fund_row) rows;
};

/* The rows behind a sum. */
struct fund_list_view {
    struct fund_head head;
    struct str title;
    LIST(struct fund_row) rows;
    struct pages pages;
};

/* --- One fund --- */
struct fund_account_line {
    struct str bank, number;
    int64_t held, balance;
    struct date balance_on;
    bool is_same;
};
struct fund_publication_line {
    struct link link;
    struct date on;
    struct str root;
    int64_t n, sum;
};
struct fund_show_view {
    struct fund_head head;
    struct str about;
    int64_t held, received, spent, bank, cash, goods, unclear, owed, paying;
    struct link unclear_link, owed_link, paying_link;
    LIST(struct fund_row) campaigns;
    LIST(struct fund_account_line) accounts;
    LIST(struct fund_publication_line) publications;
    struct link public_page;
    bool is_changed; /* since the last publication */
};

/* --- Forms --- */
enum fund_field_kind { FUND_FIELD, FUND_PICK, FUND_COMMUNE };
struct fund_field {
    const char *name;
    int64_t kind;
    struct pick_options options;
};
struct fund_form_view {
    struct fund_head head;
    struct str title, words, button;
    struct link to, back;
    struct form *form;
    LIST(struct fund_field) fields;
    struct commune_options communes;
};

/* --- Campaigns --- */
struct fund_commune_line {
    struct str commune, purpose;
    int64_t n, sum, shown;
    struct date last_on;
};
struct fund_campaign_view {
    struct fund_head head;
    int64_t id;
    struct str code, title, purpose;
    struct date from_on, until_on, total_due, spent_due;
    int64_t goal, received, spent, promised, left;
    LIST(struct fund_commune_line) communes;
    struct link gifts, edit, public_page;
    bool is_over;
};

/* --- Statements --- */
struct fund_statements_view {
    struct fund_head head;
    struct form *form;
    struct pick_options accounts;
    LIST(struct fund_row) rows;
    struct pages pages;
};
struct fund_transfer_line {
    int64_t id, line_no, amount;
    struct date on;
    struct str ref, memo, partner, kind, campaign, donor, doubt, state;
    bool is_out, is_hidden, may_correct;
    struct link correct;
};
struct fund_statement_view {
    struct fund_head head;
    int64_t id;
    struct str name, account, fault, warning;
    int64_t n_lines, n_doubtful, n_known, sum_in, sum_out;
    struct date first_on, last_on;
    struct instant taken_at;
    bool is_waiting, is_read, is_unreadable, is_taking, is_taken, is_undoing, is_undone;
    int64_t done, total;
    LIST(struct fund_transfer_line) lines;
    struct tabs filters;
    struct pages pages;
};

/* --- Gifts --- */
struct fund_gift_line {
    struct link link;
    struct str donor, title, via, goods, state;
    int64_t amount, receipt_no;
    struct date on;
    bool is_hidden;
};
struct fund_gifts_view {
    struct fund_head head;
    struct str words;
    struct tabs filters;
    LIST(struct fund_gift_line) lines;
    struct pages pages;
    struct link add;
};
struct fund_entry_line {
    struct date on;
    struct str words, kind;
    bool is_late;
};
struct fund_gift_view {
    struct fund_head head;
    int64_t id, amount, receipt_no, version;
    struct str donor, donor_kind, title, via, goods, contact, memo, state, reason, code;
    struct date on;
    bool is_hidden, is_held, is_owed, is_refunded, is_goods;
    struct str shown_name, shown_memo;
    struct form *move, *refund;
    struct pick_options campaigns;
    LIST(struct fund_entry_line) entries;
    struct link transfer;
    struct str proof;
    struct date proof_on;
};
struct fund_receipt_view {
    struct str fund, donor, title, via, goods, words, number, proof, contact;
    int64_t amount;
    struct date on, today;
    bool is_hidden;
    struct link back;
};

/* --- Households, decisions, payments --- */
struct fund_households_view {
    struct fund_head head;
    struct str q;
    LIST(struct fund_row) rows;
    struct pages pages;
};
struct fund_payment_line {
    struct link link;
    struct str name, commune, state, note;
    int64_t id, amount, evidence;
    struct date due_on, paid_on;
    bool is_late, is_paid;
};
struct fund_household_view {
    struct fund_head head;
    int64_t id;
    struct str name, commune, place, class, note;
    LIST(struct fund_payment_line) payments;
    int64_t paid;
};
struct fund_decisions_view {
    struct fund_head head;
    struct tabs filters;
    LIST(struct fund_row) rows;
    struct pages pages;
};
struct fund_decision_view {
    struct fund_head head;
    int64_t id, sum, paid, left;
    struct str number, title, purpose, words;
    struct date on;
    bool is_draft, may_sign;
    struct instant approved_at;
    LIST(struct fund_payment_line) payments;
    struct form *add;
    struct pick_options households;
    struct task_items_view tasks;
    struct thread_view thread;
    struct link opinion;
};
struct fund_payment_view {
    struct fund_head head;
    int64_t id, amount, decision;
    struct str name, commune, place, class, number, title, purpose, via, state;
    struct date due_on, paid_on;
    struct link household;
    bool is_planned, is_paid, is_approved, is_late;
    struct form *bank, *cash, *evidence;
    struct pick_options transfers;
    LIST(struct file_chip) files;
};

/* --- The books --- */
struct fund_balance_line {
    struct str account;
    int64_t debit, credit, held;
};
struct fund_month_line {
    struct str month;
    int64_t debit, credit;
    bool is_closed, may_close;
};
struct fund_leg_line {
    struct str account;
    int64_t debit, credit;
};
struct fund_journal_line {
    struct date on;
    struct str words, kind;
    int64_t amount;
    bool is_late;
    LIST(struct fund_leg_line) legs;
};
struct fund_book_view {
    struct fund_head head;
    LIST(struct fund_balance_line) balances;
    LIST(struct fund_month_line) months;
    LIST(struct fund_journal_line) journals;
    int64_t debit, credit;
    struct pages pages;
};

/* --- What everybody sees --- */
struct fund_public_row {
    struct link link;
    struct str name, about;
    int64_t lines;
};
struct fund_public_index_view {
    LIST(struct fund_public_row) rows;
};
struct fund_public_line {
    struct str name, memo, amount;
    struct date on;
    bool is_out;
};
struct fund_public_day {
    struct date on;
    struct str words;
    bool is_today;
    LIST(struct fund_public_line) lines;
};
struct fund_public_month {
    int64_t month, in, out, x, in_y, in_h, out_y, out_h; /* the bars in a frame of 128 */
};
struct fund_public_cause {
    struct link link;
    struct str title, words;
};
struct fund_public_view {
    struct str name, about, phone, q;
    struct link home, to, call;
    struct date today;
    struct instant at;
    int64_t year, carried, received, n_received, spent, n_spent, left, total;
    bool is_same, has_bank, is_sought, is_filtered;
    struct tabs chips;
    LIST(struct fund_public_day) days;
    LIST(struct fund_public_month) months;
    LIST(struct fund_public_cause) causes;
    struct str said, none, none_why; /* of a search */
    struct tabs drops;               /* what may be left out of it */
    struct link older, file;
    struct date file_on;
    int64_t file_size;
    struct str root;
};
struct fund_public_campaign_view {
    struct str fund, title, purpose;
    struct link home, statement, lines;
    struct date from_on, until_on, total_due, spent_due;
    int64_t goal, received, spent, left, percent, households;
    LIST(struct fund_commune_line) communes;
    bool is_over;
};
#endif
