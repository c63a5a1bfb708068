/* Bảng tính đưa vào: tables that people bring in as Excel or CSV, whatever they look like. Where the table stands,
   which column is which, what each cell means and every fault with its place; then, as a job that can be undone, the
   good rows. needs: db file queue read   shows: import_run */
#ifndef KERNEL_IMPORT_IMPORT_H
#define KERNEL_IMPORT_IMPORT_H
#include "base/err.h"
#include "base/list.h"

struct arena;
struct read_book;

enum { IMPORT_COLUMNS = 64, IMPORT_LINES = 200000 };

enum import_kind {
    IMPORT_TEXT = 1,
    IMPORT_INT,     /* 1.234; kept as 1234 */
    IMPORT_DECIMAL, /* 1,5; kept as 1.5, three places at most */
    IMPORT_MONEY,   /* in đồng: 1.234.567, 1 tỷ 200 triệu, 2tr5, năm trăm nghìn */
    IMPORT_DATE,    /* day first, in whatever way; kept as yyyy-mm-dd, yyyy-mm or yyyy */
    IMPORT_BOOL,    /* x, có, 1; kept as true or false */
    IMPORT_CHOICE,  /* one of choices; kept as its code */
    IMPORT_PHONE,   /* kept as 10 digits (11 of a landline) with the leading nought */
    IMPORT_ID_NO,   /* a citizen's number; kept as 12 digits */
    IMPORT_PLACE,   /* a commune; kept as its code */
};
struct import_choice {
    struct str code, label;
    struct str synonyms; /* parted by | */
};
/* What we would like to find in a column. */
struct import_wanted {
    struct str name;     /* ours: head_name */
    struct str title;    /* as forms have it: Họ và tên chủ hộ */
    struct str synonyms; /* other titles people write, parted by | */
    enum import_kind kind;
    bool is_required;
    struct str unless;              /* the name of a column that makes up for this one when it is filled */
    bool may_be_month, may_be_year; /* of dates: known no better than that */
    int64_t low, high;              /* of numbers, both included; both 0: any that is not negative */
    const struct import_choice *choices;
    size_t n_choices;
};

enum import_place_state { IMPORT_PLACE_UNKNOWN, IMPORT_PLACE_FOUND, IMPORT_PLACE_OLD, IMPORT_PLACE_SEVERAL };
struct import_place {
    enum import_place_state state;
    struct str code;       /* FOUND, OLD: of today's */
    struct str suggestion; /* "Xã Nghi Dương (11713)"; several parted by "; " */
};
struct import_want {
    struct str name, title;
    const struct import_wanted *columns;
    size_t n; /* at most IMPORT_COLUMNS */
    struct str
        key; /* names of the columns that make a row what it is, parted by spaces; none: rows are never the same */
    void (*place)(struct arena *a, struct str text, struct import_place *out); /* NULL: places are kept as text */
};

enum import_fault_kind {
    IMPORT_REQUIRED_MISSING,
    IMPORT_BAD_DATE,
    IMPORT_BAD_NUMBER,
    IMPORT_BAD_ID,
    IMPORT_BAD_PHONE,
    IMPORT_BAD_CHOICE,
    IMPORT_FORMULA_FAULT,
    IMPORT_DUPLICATE,
    IMPORT_COMMUNE_UNKNOWN,
    IMPORT_COMMUNE_SEVERAL,
    IMPORT_ERRORS, /* those before leave the row out; those after do not */
    IMPORT_COMMUNE_OLD,
    IMPORT_ID_MENDED,
    IMPORT_PHONE_MENDED,
    IMPORT_DATE_FROM_NUMBER,
    IMPORT_HIDDEN_ROW,
    IMPORT_NO_FAULT
};
struct import_fault {
    int64_t row;
    size_t column;
    enum import_fault_kind kind;
    int field; /* of the wanted columns; -1: the row as a whole */
    struct str typed, suggestion;
    int64_t earlier; /* DUPLICATE: the row it repeats */
};
enum import_skip { IMPORT_SKIP_TOTAL = 1, IMPORT_SKIP_NOTE, IMPORT_SKIP_HEADING, IMPORT_SKIP_TITLE, IMPORT_SKIP_BLANK };
struct import_skipped {
    int64_t row;
    enum import_skip kind;
};
struct import_column {
    size_t column;
    struct str title; /* as the file has it */
    int field;        /* -1: nothing is read from it */
    bool is_hidden, is_by_content;
};
struct import_row {
    int64_t number;
    bool is_good, is_hidden;
    struct str *values; /* one a wanted column; empty: none */
};
struct import_table {
    struct str sheet;
    int64_t header_first, header_last, number_row; /* number_row: "(1) (2) (3)"; 0: none */
    int64_t first_row, last_row;                   /* of what stands below; 0: nothing does */
    LIST(struct import_column) columns;
    LIST(int) missing; /* required columns that the table does not have: then no row of it can go in */
    LIST(struct import_skipped) skipped;
    LIST(int64_t) hidden_rows;
    LIST(struct import_row) rows;
    LIST(struct import_fault) faults;
    size_t good, bad;
};
struct import {
    bool is_1904;
    size_t hidden_sheets; /* not read */
    LIST(struct import_table) tables;
    size_t good, bad;
};
/* Finds every table of the book that has the wanted columns, and reads it. May fill merged cells of the book in. */
void import_look(struct arena *a, struct read_book *book, const struct import_want *want, struct import *out);
/* Of several kinds of table the one that fits the book best; NULL when none does. */
const struct import_want *import_fitting(struct arena *a, struct read_book *book, const struct import_want *wants,
                                         size_t n);

/* "C14" */
struct str import_cell(struct arena *a, size_t column, int64_t row);
/* What is wrong and what to do, as a Vietnamese sentence; what was probably meant, as another (may be empty); and
   "bad_date" and the like for programs. */
struct str import_fault_words(struct arena *a, const struct import_want *want, const struct import_fault *f);
struct str import_fault_advice(struct arena *a, const struct import_fault *f);
struct str import_fault_name(enum import_fault_kind kind);
struct str import_skip_name(enum import_skip kind);
/* Why a table cannot go in as it stands: the required columns it lacks; empty when it has all. */
/* What a code of the usual lists is called; false when it is none of them. */
bool import_choice_known(struct str code, struct import_choice *choice);
struct str import_missing_words(struct arena *a, const struct import_want *want, const struct import_table *t);
#endif
