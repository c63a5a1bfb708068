/* A statement is read by a job: each line becomes a transfer with what it seems to be, for a person to look at before
   anything goes into the books. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "kernel/rights/access.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/source.h"

#include "base/banned.h"

enum { STEP_LINES = 500, MEMO_MOST = 500 };

struct read_transfer {
    struct statement_line line;
    struct statement_sense sense;
    int64_t campaign, copies;
    struct str mark, doubt, state;
};
struct reading {
    struct arena *arena;
    struct job *job; /* NULL: read within one transaction */
    struct fund_statement_any_row *row;
    struct statement *statement;
    const struct statement_words *words;
    struct fund_campaigns_rows campaigns;
    LIST(struct read_transfer) lines;
    struct err outcome;
    size_t from;
    struct buf warning;
    int64_t n_doubtful, n_known;
};

struct err fund_statement_add(struct db_write *db, const struct fund_by *by, int64_t account, int64_t file,
                              struct str name, int64_t *id) {
    struct fund_account_find_row *row;
    struct fund_statement_same_row *same;
    TRY(access_require(db_reading(db), by->fund, by->who->post.v, CAN_MANAGE));
    TRY(fund_account_find(db_reading(db), (struct fund_account_find_in){.id = account, .fund = by->fund}, &row));
    if (!row) {
        return REFUSE(ERR_INVALID, "account", "Chọn một tài khoản của quỹ.");
    }
    TRY(fund_statement_same(db_reading(db), (struct fund_statement_same_in){.file = file, .account = account}, &same));
    if (same) {
        *id = same->id.v;
        return OK;
    }
    *id = id_new();
    TRY(fund_statement_insert(db,
                              (struct fund_statement_insert_in){.id = *id,
                                                                .fund = by->fund,
                                                                .account = account,
                                                                .file = file,
                                                                .file_name = name,
                                                                .made_by = by->who->post.v,
                                                                .made_at = clock_now()},
                              NULL));
    TRY(fund_rights_copy(db, by->fund, *id));
    TRY(job_add(db, &(struct job_new){.kind = S("fund.read"), .record = *id}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.statement"), .record = *id});
}

/* --- Reading --- */
static int64_t campaign_of(const struct reading *r, struct str code) {
    for (size_t i = 0; i < r->campaigns.n; i++) {
        if (code.len && str_eq(r->campaigns.at[i].code, code)) {
            return r->campaigns.at[i].id.v;
        }
    }
    return 0;
}

/* The same transfer gives the same mark in whatever file it comes; a second one of its kind in a file, another. */
static struct str mark_of(struct arena *a, const struct statement_line *l, int64_t copy) {
    struct buf b = buf_in(a);
    buf_printf(&b, "%s%lld", l->is_out ? "-" : "+", (long long)l->amount);
    if (l->ref.len) {
        buf_printf(&b, "|%.*s", STR_ARG(l->ref));
    } else {
        buf_printf(&b, "|%.*s|%lld|%.*s", STR_ARG(l->on.year ? date_iso(a, l->on) : S("")), (long long)l->balance,
                   STR_ARG(utf8_fold(a, utf8_cut(l->memo, MEMO_MOST))));
    }
    if (copy) {
        buf_printf(&b, "|%lld", (long long)copy);
    }
    return buf_str(&b);
}

static struct str doubt_of(struct arena *a, const struct read_transfer *t) {
    enum statement_kind kind = t->sense.kind;
    if (kind == STATEMENT_DUPLICATE) {
        return str_format(a, "Giống hệt dòng %lld: cùng số bút toán, cùng số tiền", (long long)t->sense.dup_of);
    }
    if (kind == STATEMENT_DONATION && t->sense.campaign.len && !t->campaign) {
        return str_format(a, "Nhắc đến đợt “%.*s” mà quỹ chưa lập", STR_ARG(t->sense.campaign));
    }
    return kind == STATEMENT_UNCLEAR   ? S("Không ghi rõ việc gì")
           : kind == STATEMENT_MISTAKE ? S("Có vẻ chuyển nhầm, người gửi xin lại")
                                       : S("");
}

static struct statement_line line_copy(struct arena *a, const struct statement_line *line) {
    struct statement_line l = *line;
    l.ref = str_copy(a, utf8_clean(a, l.ref));
    l.memo = str_copy(a, utf8_clean(a, utf8_cut(l.memo, MEMO_MOST)));
    l.partner = str_copy(a, utf8_clean(a, l.partner));
    return l;
}

static void fault_note(struct reading *r, int64_t row) {
    if (r->warning.len < MEMO_MOST) {
        buf_printf(&r->warning, "%sDòng %lld của tệp không đọc được số tiền vào, ra; xem lại tệp trước khi vào sổ.",
                   r->warning.len ? "\n" : "", (long long)row);
    }
}

static struct err row_take(void *thing, struct arena *row, const struct statement_cells *cells) {
    struct reading *r = thing;
    struct arena *a = r->arena;
    struct statement_line line;
    enum statement_row kind = statement_take(r->statement, row, cells, &line);
    if (kind == STATEMENT_FAULT) {
        fault_note(r, cells->number);
    }
    if (kind != STATEMENT_LINE) {
        return OK;
    }
    struct read_transfer *t = LIST_PUSH(a, &r->lines);
    t->sense = statement_judge(r->statement, r->words, row, &line);
    t->line = line_copy(a, &line);
    t->sense.donor = str_copy(a, t->sense.donor);
    t->sense.campaign = str_copy(a, t->sense.campaign);
    t->campaign = campaign_of(r, t->sense.kind == STATEMENT_PAYOUT ? S("") : t->sense.campaign);
    t->state = S("read");
    int64_t copy = 0;
    if (t->sense.dup_of > 0 && (size_t)t->sense.dup_of < r->lines.n) {
        struct read_transfer *first = &r->lines.at[t->sense.dup_of - 1];
        copy = ++first->copies;
        bool is_printed_twice =
            t->line.has_balance && first->line.has_balance && t->line.balance == first->line.balance;
        t->state = is_printed_twice ? S("skipped") : S("read");
    }
    t->mark = mark_of(a, &t->line, copy);
    t->doubt = str_eq(t->state, S("read")) ? doubt_of(a, t) : S("");
    if (!t->line.on.year) {
        t->doubt = S("Không có ngày; sẽ ghi vào ngày vào sổ");
    }
    return OK;
}

static struct err begin(struct db_read *db, struct reading *r, int64_t id) {
    TRY(fund_statement_any(db, (struct fund_statement_any_in){.id = id}, &r->row));
    if (!r->row) {
        return OK;
    }
    r->statement = statement_open(r->arena);
    r->words = statement_words(r->arena);
    return fund_campaigns(db, (struct fund_campaigns_in){.fund = r->row->fund.v}, &r->campaigns);
}

static struct err begin_in_job(struct reading *r) {
    struct db_read *db;
    TRY(db_begin_read(r->job->db, r->arena, &db));
    struct err e = begin(db, r, r->job->record);
    db_end_read(db);
    return e;
}

static struct err file_of(struct reading *r, struct file *f) {
    struct db_read *db;
    TRY(db_begin_read(r->job->db, r->job->arena, &db));
    struct err e = file_find(db, r->job->arena, r->row->file, f);
    db_end_read(db);
    return e;
}

static struct err lines_read(struct reading *r) {
    struct file f;
    struct str path;
    struct arena *a = r->job->arena;
    struct fund_rows rows = {row_take, r};
    TRY(file_of(r, &f));
    TRY(file_damage_in_job(r->job, r->row->file, file_whole(a, &f, &path)));
    r->outcome = f.type == FILE_XLSX || f.type == FILE_XLS || f.type == FILE_TEXT
                     ? fund_source_each(a, str_z(a, path), &rows)
                     : REFUSE(ERR_INVALID, "file", "Sao kê phải là tệp .csv, .txt hoặc .xlsx.");
    if (!r->outcome.why && !r->lines.n) {
        r->outcome = REFUSE(ERR_INVALID, "file",
                            "Không thấy dòng giao dịch nào: cần có hàng tiêu đề với cột nội dung và cột số tiền.");
    }
    return r->outcome.why && r->outcome.why->kind != ERR_INVALID ? r->outcome : OK;
}

/* --- Keeping --- */
static struct err line_keep(struct db_write *db, struct reading *r, struct read_transfer *t) {
    const struct statement_line *l = &t->line;
    struct fund_taken_is_row *known;
    TRY(fund_taken_is(db_reading(db), (struct fund_taken_is_in){.account = r->row->account.v, .mark = t->mark},
                      &known));
    bool is_known = known != NULL;
    return fund_transfer_insert(db,
                                (struct fund_transfer_insert_in){
                                    .id = id_new(),
                                    .statement = r->row->id.v,
                                    .fund = r->row->fund.v,
                                    .account = r->row->account.v,
                                    .line_no = l->number,
                                    .day_on = l->on,
                                    .ref = l->ref,
                                    .memo = l->memo,
                                    .partner = l->partner,
                                    .is_out = l->is_out,
                                    .amount = l->amount,
                                    .has_balance = l->has_balance,
                                    .balance = l->balance,
                                    .mark = t->mark,
                                    .kind = str_of(statement_kind_name(t->sense.kind)),
                                    .campaign = t->campaign,
                                    .donor = t->sense.donor,
                                    .donor_kind = str_of(statement_donor_name(t->sense.donor_kind)),
                                    .is_hidden = t->sense.is_anonymous,
                                    .doubt = is_known ? S("") : t->doubt,
                                    .state = is_known ? S("known") : t->state,
                                },
                                NULL);
}

static struct err some_keep(struct db_write *db, void *thing) {
    struct reading *r = thing;
    for (size_t i = r->from; i < r->lines.n && i < r->from + STEP_LINES; i++) {
        TRY(line_keep(db, r, &r->lines.at[i]));
    }
    return OK;
}

static void totals_warn(struct reading *r, const struct statement_check *c) {
    if (c->has_total && (c->in != c->total_in || c->out != c->total_out)) {
        buf_printf(&r->warning, "%sTổng phát sinh ghi trên sao kê không bằng các dòng cộng lại; cần hỏi lại ngân hàng.",
                   r->warning.len ? "\n" : "");
    }
    if (c->breaks) {
        buf_printf(&r->warning,
                   "%sSố dư không liền mạch ở %lld dòng, đầu tiên là dòng %lld của tệp; có thể thiếu dòng.",
                   r->warning.len ? "\n" : "", (long long)c->breaks, (long long)c->break_row);
    }
}

static int64_t opening_of(const struct reading *r) {
    const struct statement_line *l = r->lines.n ? &r->lines.at[0].line : NULL;
    return l && l->has_balance ? l->balance - (l->is_out ? -l->amount : l->amount) : 0;
}

static struct err end(struct db_write *db, void *thing) {
    struct reading *r = thing;
    struct statement_check c = statement_check(r->statement);
    struct date first = {0}, last = {0};
    struct fund_statement_counts_row *counts;
    totals_warn(r, &c);
    for (size_t i = 0; i < r->lines.n; i++) {
        struct date on = r->lines.at[i].line.on;
        first = on.year && (!first.year || date_cmp(on, first) < 0) ? on : first;
        last = on.year && (!last.year || date_cmp(on, last) > 0) ? on : last;
    }
    TRY(fund_statement_counts(db_reading(db), (struct fund_statement_counts_in){.statement = r->row->id.v}, &counts));
    TRY(fund_statement_read_set(
        db,
        (struct fund_statement_read_set_in){.id = r->row->id.v,
                                            .state = r->outcome.why ? S("unreadable") : S("read"),
                                            .fault = r->outcome.why ? r->outcome.why->message : S(""),
                                            .warning = buf_str(&r->warning),
                                            .n_lines = (int64_t)r->lines.n,
                                            .n_doubtful = counts->doubtful,
                                            .n_known = counts->known,
                                            .sum_in = c.in,
                                            .sum_out = c.out,
                                            .opening = opening_of(r),
                                            .first_on = first,
                                            .last_on = last},
        NULL));
    return fund_tell(db,
                     &(struct fund_told){.verb = S("fund.read"),
                                         .record = r->row->id.v,
                                         .to = r->row->made_by,
                                         .words = r->outcome.why ? S("Không đọc được sao kê")
                                                                 : S("Đã đọc xong sao kê, mời xem trước khi vào sổ"),
                                         .path = str_format(r->arena, "/fund/%lld/statement/%lld",
                                                            (long long)r->row->fund.v, (long long)r->row->id.v)});
}

struct err fund_statement_read_run(struct job *job) {
    struct reading r = {.arena = job->arena, .job = job, .warning = buf_in(job->arena)};
    int64_t done = 0;
    TRY(begin_in_job(&r));
    if (!r.row || !str_eq(r.row->state, S("waiting"))) {
        return OK;
    }
    TRY(job_progress(job, 0, 0, S("Đang đọc sao kê")));
    TRY(lines_read(&r));
    if (num_read(job->mark, &done)) {
        r.from = (size_t)done;
    }
    for (; !r.outcome.why && r.from < r.lines.n; r.from += STEP_LINES) {
        struct str mark = str_format(job->arena, "%zu", r.from + STEP_LINES);
        TRY(job_step(job, mark, some_keep, &r));
        TRY(job_progress(job, (int64_t)r.from, (int64_t)r.lines.n, S("Đang đọc sao kê")));
    }
    return job_finish(job, end, &r);
}

struct err fund_statement_read_text(struct db_write *db, int64_t id, struct str text) {
    struct arena *a = db_write_arena(db);
    struct reading r = {.arena = a, .warning = buf_in(a)};
    struct fund_rows rows = {row_take, &r};
    TRY(begin(db_reading(db), &r, id));
    TRY(fund_text_each(a, text, &rows));
    for (; r.from < r.lines.n; r.from += STEP_LINES) {
        TRY(some_keep(db, &r));
    }
    return end(db, &r);
}
