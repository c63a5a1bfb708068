/* Bảng tính đưa vào: tables that people bring in as Excel or CSV, whatever they look like. Where the table stands,
   which column is which, what each cell means and every fault with its place; then, as a job that can be undone, the
   good rows. needs: db file queue read   shows: intake_run */
#ifndef KERNEL_INTAKE_INTAKE_H
#define KERNEL_INTAKE_INTAKE_H
#include "base/err.h"
#include "base/list.h"

struct arena;
struct read_book;

enum { INTAKE_COLUMNS = 64, INTAKE_LINES = 200000 };

enum intake_kind {
    INTAKE_TEXT = 1,
    INTAKE_INT,     /* 1.234; kept as 1234 */
    INTAKE_DECIMAL, /* 1,5; kept as 1.5, three places at most */
    INTAKE_MONEY,   /* in đồng: 1.234.567, 1 tỷ 200 triệu, 2tr5, năm trăm nghìn */
    INTAKE_DATE,    /* day first, in whatever way; kept as yyyy-mm-dd, yyyy-mm or yyyy */
    INTAKE_BOOL,    /* x, có, 1; kept as true or false */
    INTAKE_CHOICE,  /* one of choices; kept as its code */
    INTAKE_PHONE,   /* kept as 10 digits (11 of a landline) with the leading nought */
    INTAKE_ID_NO,   /* a citizen's number; kept as 12 digits */
    INTAKE_PLACE,   /* a commune; kept as its code */
};
struct intake_choice {
    struct str code, label;
    struct str synonyms; /* parted by | */
};
/* What we would like to find in a column. */
struct intake_wanted {
    struct str name;     /* ours: head_name */
    struct str title;    /* as forms have it: Họ và tên chủ hộ */
    struct str synonyms; /* other titles people write, parted by | */
    enum intake_kind kind;
    bool is_required;
    struct str unless;              /* the name of a column that makes up for this one when it is filled */
    bool may_be_month, may_be_year; /* of dates: known no better than that */
    int64_t low, high;              /* of numbers, both included; both 0: any that is not negative */
    const struct intake_choice *choices;
    size_t n_choices;
};

enum intake_place_state { INTAKE_PLACE_UNKNOWN, INTAKE_PLACE_FOUND, INTAKE_PLACE_OLD, INTAKE_PLACE_SEVERAL };
struct intake_place {
    enum intake_place_state state;
    struct str code;       /* FOUND, OLD: of today's */
    struct str suggestion; /* "Xã Nghi Dương (11713)"; several parted by "; " */
};
struct intake_want {
    struct str name, title;
    const struct intake_wanted *columns;
    size_t n; /* at most INTAKE_COLUMNS */
    struct str
        key; /* names of the columns that make a row what it is, parted by spaces; none: rows are never the same */
    void (*place)(struct arena *a, struct str text, struct intake_place *out); /* NULL: places are kept as text */
};

enum intake_fault_kind {
    INTAKE_REQUIRED_MISSING,
    INTAKE_BAD_DATE,
    INTAKE_BAD_NUMBER,
    INTAKE_BAD_ID,
    INTAKE_BAD_PHONE,
    INTAKE_BAD_CHOICE,
    INTAKE_FORMULA_FAULT,
    INTAKE_DUPLICATE,
    INTAKE_COMMUNE_UNKNOWN,
    INTAKE_COMMUNE_SEVERAL,
    INTAKE_ERRORS, /* those before leave the row out; those after do not */
    INTAKE_COMMUNE_OLD,
    INTAKE_ID_MENDED,
    INTAKE_PHONE_MENDED,
    INTAKE_DATE_FROM_NUMBER,
    INTAKE_HIDDEN_ROW,
    INTAKE_NO_FAULT
};
struct intake_fault {
    int64_t row;
    size_t column;
    enum intake_fault_kind kind;
    int field; /* of the wanted columns; -1: the row as a whole */
    struct str typed, suggestion;
    int64_t earlier; /* DUPLICATE: the row it repeats */
};
enum intake_skip { INTAKE_SKIP_TOTAL = 1, INTAKE_SKIP_NOTE, INTAKE_SKIP_HEADING, INTAKE_SKIP_TITLE, INTAKE_SKIP_BLANK };
struct intake_skipped {
    int64_t row;
    enum intake_skip kind;
};
struct intake_column {
    size_t column;
    struct str title; /* as the file has it */
    int field;        /* -1: nothing is read from it */
    bool is_hidden, is_by_content;
};
struct intake_row {
    int64_t number;
    bool is_good, is_hidden;
    struct str *values; /* one a wanted column; empty: none */
};
struct intake_table {
    struct str sheet;
    int64_t header_first, header_last, number_row; /* number_row: "(1) (2) (3)"; 0: none */
    int64_t first_row, last_row;                   /* of what stands below; 0: nothing does */
    LIST(struct intake_column) columns;
    LIST(int) missing; /* required columns that the table does not have: then no row of it can go in */
    LIST(struct intake_skipped) skipped;
    LIST(int64_t) hidden_rows;
    LIST(struct intake_row) rows;
    LIST(struct intake_fault) faults;
    size_t good, bad;
};
struct intake {
    bool is_1904;
    size_t hidden_sheets; /* not read */
    LIST(struct intake_table) tables;
    size_t good, bad;
};
/* Finds every table of the book that has the wanted columns, and reads it. May fill merged cells of the book in. */
void intake_look(struct arena *a, struct read_book *book, const struct intake_want *want, struct intake *out);
/* Of several kinds of table the one that fits the book best; NULL when none does. */
const struct intake_want *intake_fitting(struct arena *a, struct read_book *book, const struct intake_want *wants,
                                         size_t n);

/* "C14" */
struct str intake_cell(struct arena *a, size_t column, int64_t row);
/* What is wrong and what to do, as a Vietnamese sentence; what was probably meant, as another (may be empty); and
   "bad_date" and the like for programs. */
struct str intake_fault_words(struct arena *a, const struct intake_want *want, const struct intake_fault *f);
struct str intake_fault_advice(struct arena *a, const struct intake_fault *f);
struct str intake_fault_name(enum intake_fault_kind kind);
struct str intake_skip_name(enum intake_skip kind);
/* Why a table cannot go in as it stands: the required columns it lacks; empty when it has all. */
/* What a code of the usual lists is called; false when it is none of them. */
bool intake_choice_known(struct str code, struct intake_choice *choice);
struct str intake_missing_words(struct arena *a, const struct intake_want *want, const struct intake_table *t);
#endif
