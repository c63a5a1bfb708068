/* A statement goes into the books, a few hundred lines a step; and out of them again, as if it had never been. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/queue/job.h"
#include "kernel/rights/access.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/statement/statement.h"

#include "base/banned.h"

enum { STEP_LINES = 200 };

const char *fund_account_of(struct str kind, bool is_out) {
    static const struct {
        const char *kind, *in, *out;
    } all[] = {
        {"donation", "gifts", "expense"}, {"mistake", "owed", "owed"},        {"refund", "owed", "owed"},
        {"fee", "other", "fee"},          {"interest", "interest", "fee"},    {"salary", "other", "expense"},
        {"payout", "other", "paying"},    {"internal", "transit", "transit"}, {"other_in", "other", "expense"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(kind, str_of(all[i].kind))) {
            return is_out ? all[i].out : all[i].in;
        }
    }
    return is_out ? "expense" : "unclear";
}

struct str fund_kind_words(struct str kind) {
    for (int k = 0; k < STATEMENT_KINDS; k++) {
        if (str_eq(kind, str_of(statement_kind_name((enum statement_kind)k)))) {
            return statement_kind_words((enum statement_kind)k);
        }
    }
    return kind;
}

/* What the public reads of a transfer that is no gift: never a memo, which may name a family. */
static struct str public_name(struct str kind, bool is_out) {
    static const struct {
        const char *kind;
        struct str words;
    } all[] = {
        {"interest", S_INIT("Lãi tiền gửi")},
        {"internal", S_INIT("Chuyển giữa các tài khoản của quỹ")},
        {"fee", S_INIT("Phí ngân hàng")},
        {"mistake", S_INIT("Tiền chuyển nhầm, sẽ trả lại")},
        {"refund", S_INIT("Trả lại tiền")},
        {"payout", S_INIT("Chi hỗ trợ")},
        {"other_in", S_INIT("Thu khác")},
        {"unclear", S_INIT("Khoản chưa rõ nội dung")},
        {"duplicate", S_INIT("Khoản chưa rõ nội dung")},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(kind, str_of(all[i].kind))) {
            return all[i].words;
        }
    }
    return is_out ? S("Chi khác") : S("Thu khác");
}

/* --- One line --- */
struct line {
    int64_t id, fund, account;
    struct date on;
    struct str memo, kind, donor, donor_kind;
    int64_t amount, campaign;
    bool is_out, is_hidden;
};

static struct err gift_put(struct db_write *db, const struct line *l) {
    struct fund_public p;
    int64_t gift;
    TRY(fund_gift_row(db, l->fund,
                      &(struct fund_gift_words){.campaign = l->campaign,
                                                .on = l->on,
                                                .via = S("bank"),
                                                .amount = l->amount,
                                                .transfer = l->id,
                                                .donor = l->donor,
                                                .donor_kind = l->donor_kind,
                                                .memo = l->memo,
                                                .is_hidden = l->is_hidden},
                      &gift));
    TRY(fund_gift_words_public(db_reading(db), gift, l->fund, &p));
    return fund_line_put(db, &p);
}

/* What a line is besides an entry: a gift, or a public line of its own. */
static struct err shown_put(struct db_write *db, const struct line *l) {
    if (str_eq(l->kind, S("donation")) && !l->is_out) {
        return gift_put(db, l);
    }
    return fund_line_put(db, &(struct fund_public){.fund = l->fund,
                                                   .about = l->id,
                                                   .on = l->on,
                                                   .amount = l->is_out ? -l->amount : l->amount,
                                                   .name = public_name(l->kind, l->is_out),
                                                   .memo = S("")});
}

static struct err owed_end(struct db_write *db, const struct line *l) {
    struct fund_gift_owed_of_rows rows;
    struct arena *a = db_write_arena(db);
    if (!l->is_out || !str_eq(l->kind, S("refund"))) {
        return OK;
    }
    TRY(fund_gift_owed_of(db_reading(db), (struct fund_gift_owed_of_in){.fund = l->fund, .amount = l->amount}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_named =
            rows.at[i].donor.len && str_find(utf8_fold(a, l->memo), utf8_fold(a, rows.at[i].donor), 0) != SIZE_MAX;
        if (rows.n == 1 || is_named) {
            return fund_gift_state_set(db,
                                       (struct fund_gift_state_set_in){.id = rows.at[i].id.v,
                                                                       .state = S("refunded"),
                                                                       .reason = S("Ngân hàng đã chuyển trả"),
                                                                       .was = S("owed")},
                                       NULL);
        }
    }
    return OK;
}

static struct err line_enter(struct db_write *db, const struct line *l, const char *kind) {
    const char *other = fund_account_of(l->kind, l->is_out);
    int64_t campaign = str_eq(l->kind, S("donation")) ? l->campaign : 0;
    struct fund_leg bank = {"bank", l->account, 0, 0}, beside = {other, 0, campaign, 0};
    struct fund_entry e = {
        .fund = l->fund, .on = l->on, .kind = kind, .about = l->id, .words = l->memo, .is_mending = true};
    return fund_move(
        db, &e,
        &(struct fund_move){.to = l->is_out ? beside : bank, .from = l->is_out ? bank : beside, .amount = l->amount});
}

static struct err line_take(struct db_write *db, const struct fund_transfers_next_row *t) {
    int64_t is_new = 0;
    struct line l = {.id = t->id.v,
                     .fund = t->fund.v,
                     .account = t->account.v,
                     .on = t->day_on.year ? t->day_on : clock_today(),
                     .memo = t->memo,
                     .kind = t->kind,
                     .donor = t->donor,
                     .donor_kind = t->donor_kind,
                     .amount = t->amount,
                     .campaign = t->campaign,
                     .is_out = t->is_out,
                     .is_hidden = t->is_hidden};
    TRY(fund_take_mark(db, (struct fund_take_mark_in){.account = l.account, .mark = t->mark, .transfer = l.id},
                       &is_new));
    if (!is_new) {
        return fund_transfer_state_set(db, (struct fund_transfer_state_set_in){.id = l.id, .state = S("known")}, NULL);
    }
    TRY(line_enter(db, &l, "transfer"));
    TRY(shown_put(db, &l));
    TRY(owed_end(db, &l));
    if (t->has_balance) {
        TRY(fund_account_balance_set(
            db, (struct fund_account_balance_set_in){.id = l.account, .balance = t->balance, .balance_on = l.on},
            NULL));
    }
    return fund_transfer_state_set(db, (struct fund_transfer_state_set_in){.id = l.id, .state = S("posted")}, NULL);
}

/* What there was before the first line of an account. */
static struct err opening_put(struct db_write *db, const struct fund_statement_find_row *s) {
    struct fund_account_find_row *account;
    TRY(fund_account_find(db_reading(db), (struct fund_account_find_in){.id = s->account.v, .fund = s->fund.v},
                          &account));
    if (account->balance_on.year || s->opening <= 0 || !s->first_on.year) {
        return OK;
    }
    TRY(fund_opening_set(db, (struct fund_opening_set_in){.id = s->fund.v, .by = s->opening}, NULL));
    return fund_move(db,
                     &(struct fund_entry){.fund = s->fund.v,
                                          .on = s->first_on,
                                          .kind = "opening",
                                          .about = s->id.v,
                                          .words = S("Số dư đầu kỳ theo sao kê"),
                                          .is_mending = true},
                     &(struct fund_move){{"bank", s->account.v, 0, 0}, {"opening", 0, 0, 0}, s->opening});
}

/* --- The whole of it --- */
static struct err statement_of(struct db_read *db, const struct fund_by *by, int64_t id,
                               struct fund_statement_find_row **s) {
    TRY(access_require(db, by->fund, by->who->post.v, CAN_MANAGE));
    TRY(fund_statement_find(db, (struct fund_statement_find_in){.id = id, .fund = by->fund}, s));
    return *s ? OK : FAIL(ERR_MISSING, "no such statement");
}

static struct err state_move(struct db_write *db, int64_t id, struct str was, struct str state) {
    int64_t changed = 0;
    struct instant at = str_eq(state, S("taken")) ? clock_now() : (struct instant){0};
    TRY(fund_statement_move(db, (struct fund_statement_move_in){.id = id, .state = state, .was = was, .taken_at = at},
                            &changed));
    return changed ? OK : REFUSE(ERR_CONFLICT, "", "Sao kê này đã được xử lý ở nơi khác; mời xem lại.");
}

struct err fund_statement_take(struct db_write *db, const struct fund_by *by, int64_t id) {
    struct fund_statement_find_row *s;
    TRY(statement_of(db_reading(db), by, id, &s));
    TRY(state_move(db, id, S("read"), S("taking")));
    TRY(opening_put(db, s));
    TRY(job_add(db, &(struct job_new){.kind = S("fund.take"), .record = id}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.take"), .record = id});
}

struct walk {
    int64_t statement;
    struct str state;
    struct err (*each)(struct db_write *db, const struct fund_transfers_next_row *t);
    size_t done;
};

static struct err some(struct db_write *db, void *thing) {
    struct walk *w = thing;
    struct fund_transfers_next_rows rows;
    TRY(fund_transfers_next(
        db_reading(db),
        (struct fund_transfers_next_in){.statement = w->statement, .state = w->state, .after = 0, .most = STEP_LINES},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(w->each(db, &rows.at[i]));
    }
    w->done = rows.n;
    return OK;
}

static struct err take_end(struct db_write *db, void *thing) {
    return state_move(db, ((struct walk *)thing)->statement, S("taking"), S("taken"));
}

struct err fund_statement_take_now(struct db_write *db, int64_t id) {
    struct walk w = {id, S("read"), line_take, 1};
    while (w.done) {
        TRY(some(db, &w));
    }
    return take_end(db, &w);
}

static struct err job_walk(struct job *job, struct walk *w, struct str words,
                           struct err (*last)(struct db_write *db, void *thing)) {
    int64_t n = 0;
    if (!num_read(job->mark, &n)) {
        n = 0;
    }
    while (w->done) {
        TRY(job_step(job, str_format(job->arena, "%lld", (long long)n + STEP_LINES), some, w));
        n += (int64_t)w->done;
        TRY(job_progress(job, n, 0, words));
        if (w->done && job_turn_is_over(job)) {
            return job_again(job);
        }
    }
    return job_finish(job, last, w);
}

/* Whether the statement still waits for this job. */
static struct err is_in(struct job *job, struct str state, bool *is) {
    struct fund_statement_any_row *s;
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = fund_statement_any(db, (struct fund_statement_any_in){.id = job->record}, &s);
    db_end_read(db);
    TRY(e);
    *is = s && str_eq(s->state, state);
    return OK;
}

struct err fund_statement_take_run(struct job *job) {
    bool is;
    TRY(is_in(job, S("taking"), &is));
    if (!is) {
        return OK;
    }
    struct walk w = {job->record, S("read"), line_take, 1};
    return job_walk(job, &w, S("Đang vào sổ"), take_end);
}

/* --- And out again --- */
static struct err undo_check(struct db_write *db, const struct fund_statement_find_row *s) {
    struct db_read *r = db_reading(db);
    struct fund_transfers_used_row *used;
    struct fund_statement_receipt_row *receipt;
    struct fund_statement_closed_row *closed;
    struct fund_statement_later_row *later;
    struct arena *a = db_write_arena(db);
    TRY(fund_transfers_used(r, (struct fund_transfers_used_in){.statement = s->id.v}, &used));
    TRY(fund_statement_receipt(r, (struct fund_statement_receipt_in){.statement = s->id.v}, &receipt));
    TRY(fund_statement_later(r, (struct fund_statement_later_in){.account = s->account.v, .id = s->id.v}, &later));
    TRY(fund_statement_closed(r,
                              (struct fund_statement_closed_in){.fund = s->fund.v,
                                                                .from = fund_month_of(a, s->first_on),
                                                                .to = fund_month_of(a, s->last_on)},
                              &closed));
    if (closed) {
        return err_refuse(a, ERR_INVALID, "",
                          "Sổ tháng %.*s đã khóa, không rút sao kê ra được; sửa từng khoản bằng bút toán.",
                          STR_ARG(closed->month));
    }
    if (later) {
        return REFUSE(ERR_INVALID, "", "Có sao kê vào sổ sau của cùng tài khoản; rút sao kê ấy ra trước.");
    }
    if (used || receipt) {
        return REFUSE(ERR_INVALID, "",
                      "Có khoản đã gắn với hộ được hỗ trợ, đã cấp biên nhận hoặc đang trả lại, nên không rút ra được.");
    }
    return OK;
}

static struct err line_undo(struct db_write *db, const struct fund_transfers_next_row *t) {
    struct fund_gift_of_transfer_row *gift;
    struct str words = S("Rút sao kê ra khỏi sổ");
    TRY(fund_gift_of_transfer(db_reading(db), (struct fund_gift_of_transfer_in){.transfer = t->id.v}, &gift));
    if (gift) {
        TRY(fund_enter_back(db, t->fund.v, gift->id.v, words));
        TRY(fund_line_drop(db, gift->id.v));
        TRY(fund_gift_state_set(
            db,
            (struct fund_gift_state_set_in){.id = gift->id.v, .state = S("void"), .reason = words, .was = S("held")},
            NULL));
    }
    TRY(fund_enter_back(db, t->fund.v, t->id.v, words));
    TRY(fund_line_drop(db, t->id.v));
    TRY(fund_untake(db, (struct fund_untake_in){.transfer = t->id.v}, NULL));
    return fund_transfer_state_set(db, (struct fund_transfer_state_set_in){.id = t->id.v, .state = S("undone")}, NULL);
}

struct err fund_statement_undo(struct db_write *db, const struct fund_by *by, int64_t id) {
    struct fund_statement_find_row *s;
    TRY(statement_of(db_reading(db), by, id, &s));
    if (str_eq(s->state, S("read"))) {
        TRY(state_move(db, id, S("read"), S("undone")));
        return fund_tell(db, &(struct fund_told){.verb = S("fund.undo"), .record = id});
    }
    TRY(undo_check(db, s));
    TRY(state_move(db, id, S("taken"), S("undoing")));
    TRY(job_add(db, &(struct job_new){.kind = S("fund.undo"), .record = id}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.undo"), .record = id});
}

static struct err undo_end(struct db_write *db, void *thing) {
    int64_t id = ((struct walk *)thing)->statement;
    struct fund_statement_any_row *s;
    struct fund_account_last_row *last;
    struct fund_journals_about_rows opening;
    TRY(fund_statement_any(db_reading(db), (struct fund_statement_any_in){.id = id}, &s));
    TRY(fund_account_last(db_reading(db), (struct fund_account_last_in){.account = s->account.v}, &last));
    TRY(fund_account_balance_back(
        db,
        (struct fund_account_balance_back_in){.id = s->account.v,
                                              .balance = last ? last->balance : 0,
                                              .balance_on = last ? last->day_on : (struct date){0}},
        NULL));
    TRY(fund_journals_about(db_reading(db), (struct fund_journals_about_in){.about = id}, &opening));
    if (opening.n) {
        TRY(fund_opening_set(db, (struct fund_opening_set_in){.id = s->fund.v, .by = -s->opening}, NULL));
        TRY(fund_enter_back(db, s->fund.v, id, S("Rút sao kê ra khỏi sổ")));
    }
    return state_move(db, id, S("undoing"), S("undone"));
}

struct err fund_statement_undo_run(struct job *job) {
    bool is;
    TRY(is_in(job, S("undoing"), &is));
    if (!is) {
        return OK;
    }
    struct walk w = {job->record, S("posted"), line_undo, 1};
    return job_walk(job, &w, S("Đang rút khỏi sổ"), undo_end);
}

struct err fund_statement_undo_now(struct db_write *db, int64_t id) {
    struct walk w = {id, S("posted"), line_undo, 1};
    while (w.done) {
        TRY(some(db, &w));
    }
    return undo_end(db, &w);
}

/* --- One line, corrected --- */
static struct err posted_correct(struct db_write *db, const struct fund_transfer_find_row *t,
                                 const struct fund_sense *s) {
    struct fund_entry e = {.fund = t->fund.v,
                           .on = t->day_on.year ? t->day_on : clock_today(),
                           .kind = "correct",
                           .about = t->id.v,
                           .words = t->memo,
                           .is_mending = true};
    struct fund_leg was = {fund_account_of(t->kind, t->is_out), 0, 0, 0},
                    is = {fund_account_of(s->kind, t->is_out), 0, str_eq(s->kind, S("donation")) ? s->campaign : 0, 0};
    struct line l = {.id = t->id.v,
                     .fund = t->fund.v,
                     .account = t->account.v,
                     .on = e.on,
                     .memo = t->memo,
                     .kind = s->kind,
                     .donor = s->donor,
                     .donor_kind = t->donor_kind,
                     .amount = t->amount,
                     .campaign = s->campaign,
                     .is_out = t->is_out,
                     .is_hidden = s->is_hidden};
    if (str_eq(t->kind, S("donation")) || t->used > 0) {
        return REFUSE(ERR_INVALID, "kind", "Khoản này đã là ủng hộ hoặc đã gắn với hộ; sửa ở trang của khoản ấy.");
    }
    TRY(fund_move(db, &e,
                  &(struct fund_move){.to = t->is_out ? is : was, .from = t->is_out ? was : is, .amount = t->amount}));
    TRY(fund_line_drop(db, t->id.v));
    return shown_put(db, &l);
}

struct err fund_transfer_correct(struct db_write *db, const struct fund_by *by, int64_t id,
                                 const struct fund_sense *s) {
    struct fund_transfer_find_row *t;
    struct fund_campaign_find_row *campaign;
    TRY(access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE));
    TRY(fund_transfer_find(db_reading(db), (struct fund_transfer_find_in){.id = id, .fund = by->fund}, &t));
    if (!t) {
        return FAIL(ERR_MISSING, "no such line");
    }
    if (s->campaign) {
        TRY(fund_campaign_find(db_reading(db), (struct fund_campaign_find_in){.id = s->campaign, .fund = by->fund},
                               &campaign));
        if (!campaign) {
            return REFUSE(ERR_INVALID, "campaign", "Quỹ không có đợt vận động này.");
        }
    }
    bool is_in_kind = str_eq(s->kind, S("donation")) || str_eq(s->kind, S("other_in")) ||
                      str_eq(s->kind, S("mistake")) || str_eq(s->kind, S("interest"));
    bool is_out_kind = str_eq(s->kind, S("payout")) || str_eq(s->kind, S("refund")) || str_eq(s->kind, S("fee")) ||
                       str_eq(s->kind, S("salary"));
    if ((t->is_out && is_in_kind) || (!t->is_out && is_out_kind)) {
        return t->is_out ? REFUSE(ERR_INVALID, "kind", "Đây là tiền đi ra; chọn một loại chi.")
                         : REFUSE(ERR_INVALID, "kind", "Đây là tiền vào; chọn một loại thu.");
    }
    if (str_eq(t->state, S("posted"))) {
        TRY(posted_correct(db, t, s));
    } else if (!str_eq(t->state, S("read"))) {
        return REFUSE(ERR_CONFLICT, "", "Dòng này không vào sổ nên không có gì để sửa.");
    }
    if (t->doubt.len) {
        TRY(fund_statement_doubt_less(db, (struct fund_statement_doubt_less_in){.id = t->statement.v}, NULL));
    }
    TRY(fund_transfer_sense_set(
        db,
        (struct fund_transfer_sense_set_in){
            .id = id, .kind = s->kind, .campaign = s->campaign, .donor = s->donor, .is_hidden = s->is_hidden},
        NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.correct"), .record = t->statement.v});
}
