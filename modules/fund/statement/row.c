/* Rows of cells as transfers, and whether the statement adds up. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { HEAD_LEAST = 3 };

struct statement {
    struct column_titles titles;
    struct columns columns;
    bool has_columns, is_in_head;
    struct seen *seen;
    enum statement_fault fault;
    bool has_balance, is_repeated;
    int64_t balance, expected;
    struct statement_check check;
};

struct statement *statement_open(struct arena *a) {
    struct statement *s = arena_take(a, struct statement, 1);
    column_titles(a, &s->titles);
    columns_none(&s->columns);
    s->seen = seen_open(a);
    return s;
}

bool statement_has_columns(const struct statement *s) { return s->has_columns; }
enum statement_fault statement_fault(const struct statement *s) { return s->fault; }
struct statement_check statement_check(const struct statement *s) {
    return s->check;
}

static struct str cell(const struct statement *s, const struct statement_cells *cells, enum column column) {
    int at = s->columns.at[column];
    return at >= 0 && (size_t)at < cells->n ? cells->at[at] : S("");
}

static struct date day_of(struct str text) {
    struct date on = {0};
    struct str day, rest;
    str_cut(text, S(" "), &day, &rest);
    if (!date_read_vi(day, &on)) {
        str_cut(day, S("T"), &day, &rest);
        on = date_read_vi(day, &on) ? on : (struct date){0};
    }
    return on;
}

/* A heading, its second line, or the heading of a further page. */
static bool head_take(struct statement *s, struct arena *row, const struct statement_cells *cells) {
    struct columns found = s->columns;
    if (!s->is_in_head) {
        columns_none(&found);
    }
    size_t n = columns_look(&s->titles, row, cells, &found);
    bool is_head = n >= HEAD_LEAST && found.at[COLUMN_MEMO] >= 0;
    bool is_second = s->is_in_head && n && !day_of(cell(s, cells, COLUMN_DATE)).year;
    bool was_in_head = s->is_in_head;
    s->is_in_head = false;
    if (!is_head && !is_second) {
        return false;
    }
    s->is_in_head = is_head && !was_in_head;
    s->columns = found;
    s->has_columns = columns_are_enough(&found);
    return true;
}

/* Sums the statement states, and its first balance. */
static bool summary_take(struct statement *s, struct arena *row, const struct statement_cells *cells) {
    bool is_total = false, is_opening = false;
    int64_t n;
    for (size_t i = 0; i < cells->n; i++) {
        bool is_memo = (int)i == s->columns.at[COLUMN_MEMO] && cell(s, cells, COLUMN_REF).len;
        is_opening |= !is_memo && column_begins(&s->titles, row, COLUMN_OPENING, cells->at[i]);
        is_total |= !is_memo && column_begins(&s->titles, row, COLUMN_TOTAL, cells->at[i]);
    }
    for (size_t i = 0; i < cells->n && is_opening && !s->check.lines; i++) {
        if (statement_money(cells->at[i], &n)) {
            s->balance = n;
            s->has_balance = true;
        }
    }
    int64_t out = 0, in = 0;
    bool has_out = statement_money(cell(s, cells, COLUMN_DEBIT), &out);
    bool has_in = statement_money(cell(s, cells, COLUMN_CREDIT), &in);
    if (is_total && !is_opening && has_out && has_in) {
        s->check.has_total = true;
        s->check.total_out = out;
        s->check.total_in = in;
    }
    return is_total || is_opening;
}

static bool says_out(struct arena *row, struct str sign, bool *is_out) {
    struct str s = utf8_fold(row, str_trim(sign));
    static const struct str outs[] = {S_INIT("-"),   S_INIT("d"),  S_INIT("n"),
                                      S_INIT("chi"), S_INIT("ra"), S_INIT("rut")};
    static const struct str ins[] = {S_INIT("+"),   S_INIT("c"),   S_INIT("thu"),
                                     S_INIT("vao"), S_INIT("gui"), S_INIT("nop")};
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++) {
        if (str_starts(s, outs[i])) {
            *is_out = true;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof ins / sizeof *ins; i++) {
        if (str_starts(s, ins[i])) {
            *is_out = false;
            return true;
        }
    }
    return false;
}

/* One column for both directions: a sign before the sum, or a column that says which. */
static enum statement_fault amount_signed(const struct statement *s, struct arena *row,
                                          const struct statement_cells *cells, struct statement_line *line) {
    int64_t n;
    if (!statement_money(cell(s, cells, COLUMN_AMOUNT), &n) || n == 0) {
        return STATEMENT_NO_AMOUNT;
    }
    line->is_out = n < 0;
    line->amount = n < 0 ? -n : n;
    bool has_sign = s->columns.at[COLUMN_SIGN] >= 0;
    return has_sign && !says_out(row, cell(s, cells, COLUMN_SIGN), &line->is_out) ? STATEMENT_NO_DIRECTION : 0;
}

static enum statement_fault amount_take(const struct statement *s, struct arena *row,
                                        const struct statement_cells *cells, struct statement_line *line) {
    struct str debit = cell(s, cells, COLUMN_DEBIT), credit = cell(s, cells, COLUMN_CREDIT);
    if (s->columns.at[COLUMN_DEBIT] < 0 || s->columns.at[COLUMN_CREDIT] < 0) {
        return amount_signed(s, row, cells, line);
    }
    int64_t out = 0, in = 0;
    bool is_dash = str_eq(debit, S("-")) || str_eq(credit, S("-"));
    bool has_out = statement_money(debit, &out), has_in = statement_money(credit, &in);
    if (!is_dash && ((debit.len && !has_out) || (credit.len && !has_in))) {
        return STATEMENT_NO_AMOUNT;
    }
    if (out && in) {
        return STATEMENT_TWO_AMOUNTS;
    }
    /* Money credited below nought was taken back; the minus of a debit is only a way of writing. */
    line->is_out = out != 0 || in < 0;
    line->amount = out ? out : in;
    line->amount = line->amount < 0 ? -line->amount : line->amount;
    return line->amount ? 0 : STATEMENT_NO_AMOUNT;
}

static void balance_follow(struct statement *s, const struct statement_line *line) {
    if (!line->has_balance) {
        return;
    }
    int64_t moved = line->is_out ? -line->amount : line->amount;
    /* A line that is printed twice shows the balance it had the first time. */
    if (s->has_balance && line->balance != s->balance + moved && !s->is_repeated) {
        s->check.break_row = s->check.breaks ? s->check.break_row : line->row;
        s->check.breaks++;
    }
    if (!s->is_repeated || line->balance == s->balance + moved) {
        s->balance = line->balance;
        s->has_balance = true;
    }
}

static bool is_transfer(const struct statement *s, const struct statement_cells *cells,
                        const struct statement_line *l) {
    bool has_money = cell(s, cells, COLUMN_DEBIT).len || cell(s, cells, COLUMN_CREDIT).len ||
                     (s->columns.at[COLUMN_AMOUNT] >= 0 && cell(s, cells, COLUMN_AMOUNT).len);
    return s->has_columns && (l->on.year || (l->ref.len && has_money));
}

enum statement_row statement_take(struct statement *s, struct arena *row, const struct statement_cells *cells,
                                  struct statement_line *line) {
    bool is_dated = s->has_columns && day_of(cell(s, cells, COLUMN_DATE)).year;
    if (is_dated) {
        s->is_in_head = false;
    } else if (head_take(s, row, cells)) {
        return STATEMENT_OTHER;
    }
    *line = (struct statement_line){.row = cells->number,
                                    .ref = cell(s, cells, COLUMN_REF),
                                    .memo = cell(s, cells, COLUMN_MEMO),
                                    .partner = cell(s, cells, COLUMN_PARTNER),
                                    .on = day_of(cell(s, cells, COLUMN_DATE))};
    bool is_summary = !line->on.year && summary_take(s, row, cells);
    if (is_summary || !is_transfer(s, cells, line)) {
        return STATEMENT_OTHER;
    }
    s->fault = amount_take(s, row, cells, line);
    if (s->fault) {
        s->check.faults++;
        return STATEMENT_FAULT;
    }
    line->number = ++s->check.lines;
    line->has_balance = statement_money(cell(s, cells, COLUMN_BALANCE), &line->balance);
    *(line->is_out ? &s->check.out : &s->check.in) += line->amount;
    return STATEMENT_LINE;
}

struct statement_sense statement_judge(struct statement *s, const struct statement_words *w, struct arena *row,
                                       const struct statement_line *line) {
    struct statement_sense sense = statement_mean(w, row, line);
    sense.dup_of = seen_before(s->seen, line);
    s->is_repeated = sense.dup_of != 0;
    balance_follow(s, line);
    if (sense.dup_of) {
        sense.kind = STATEMENT_DUPLICATE;
    }
    return sense;
}
