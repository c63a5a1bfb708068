/* Sao kê: what the lines of a bank statement mean to a fund. Cells as any bank prints them become transfers; the memo
   of each says what kind of money it is, for which campaign, from whom, and whether the giver wants to stay unnamed.
   Pure: no database, no files, one line at a time. needs: nothing */
#ifndef MODULES_FUND_STATEMENT_STATEMENT_H
#define MODULES_FUND_STATEMENT_STATEMENT_H
#include "base/list.h"
#include "base/time.h"

struct arena;

/* --- Cells --- */
enum { STATEMENT_COLUMNS = 40, STATEMENT_CELL = 4000 };
struct statement_cells {
    struct str at[STATEMENT_COLUMNS]; /* those a row lacks are empty */
    size_t n;
    int64_t number; /* of the row in its file, 1 the first */
};
/* What parts the cells of a text, seen in its first lines. */
char statement_separator(struct arena *a, struct str text);
/* The next row of *rest, in UTF-8; quotes as in CSV. number is counted on. False at the end. */
bool statement_csv_next(struct arena *a, struct str *rest, char separator, struct statement_cells *row);
/* In whole đồng, signed: 1.234.567 · 100,000 VND · -50.000,00 · (20 000). False when it cannot be read. */
bool statement_money(struct str text, int64_t *amount);

/* --- Transfers --- */
struct statement_line {
    int64_t number; /* among the transfers of the statement, 1 the first */
    int64_t row;    /* in the file */
    struct str ref, memo, partner;
    struct date on; /* {0}: not given */
    bool is_out;
    int64_t amount; /* đồng, above 0 */
    bool has_balance;
    int64_t balance; /* after it */
};
enum statement_row {
    STATEMENT_OTHER, /* a title, a heading, a total, a note */
    STATEMENT_LINE,
    STATEMENT_FAULT, /* a transfer that cannot be read: see fault */
};
enum statement_fault { STATEMENT_NO_AMOUNT = 1, STATEMENT_TWO_AMOUNTS, STATEMENT_NO_DIRECTION };

/* One statement being read. It keeps its columns, what identifies the transfers it has seen (some 200 bytes each at
   most), and sums; never the lines. */
struct statement;
struct statement *statement_open(struct arena *a);
/* Takes the next row. The line's texts lie in row's arena or in the cells. */
enum statement_row statement_take(struct statement *s, struct arena *row, const struct statement_cells *cells,
                                  struct statement_line *line);
bool statement_has_columns(const struct statement *s);           /* a heading was found */
enum statement_fault statement_fault(const struct statement *s); /* of the last row that was one */
struct statement_check {
    int64_t lines, faults;
    int64_t in, out; /* sums of all lines */
    bool has_total;  /* the statement states sums of its own */
    int64_t total_out, total_in;
    int64_t breaks, break_row; /* lines whose balance does not follow from the one before, and the row of the first */
};
struct statement_check statement_check(const struct statement *s);

/* --- What they mean --- */
enum statement_kind {
    STATEMENT_UNCLEAR, /* money in without a word of a purpose */
    STATEMENT_DONATION,
    STATEMENT_DUPLICATE, /* of a line with the same reference, direction and amount */
    STATEMENT_MISTAKE,   /* money in that was sent by mistake */
    STATEMENT_REFUND,
    STATEMENT_FEE,
    STATEMENT_INTEREST,
    STATEMENT_SALARY,
    STATEMENT_PAYOUT,
    STATEMENT_INTERNAL, /* between the fund's own accounts */
    STATEMENT_OTHER_IN, /* rent, advances repaid */
    STATEMENT_KINDS
};
enum statement_donor { STATEMENT_UNKNOWN, STATEMENT_PERSON, STATEMENT_FAMILY, STATEMENT_GROUP, STATEMENT_ORG };
struct statement_sense {
    enum statement_kind kind;
    struct str campaign; /* of gifts: its code; of payouts: what for; empty: not said */
    struct str donor;    /* of gifts and unclear money: upper case without marks; empty: not known */
    enum statement_donor donor_kind;
    bool is_anonymous; /* the name is kept and not shown */
    int64_t dup_of;    /* of a duplicate: the number of the line it repeats */
};
const char *statement_kind_name(enum statement_kind kind);   /* "donation" */
const char *statement_donor_name(enum statement_donor kind); /* "person" */
struct str statement_kind_words(enum statement_kind kind);   /* Vietnamese */

/* The words, read from the program itself. */
struct statement_words;
const struct statement_words *statement_words(struct arena *a);
/* Alone: never a duplicate. */
struct statement_sense statement_mean(const struct statement_words *w, struct arena *row,
                                      const struct statement_line *line);
/* Among the lines taken before it. */
struct statement_sense statement_judge(struct statement *s, const struct statement_words *w, struct arena *row,
                                       const struct statement_line *line);
#endif
