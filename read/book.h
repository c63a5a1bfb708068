/* A whole workbook as people make them: every sheet, with what its cells are (number, date, truth, fault), what is
   merged and what is hidden; Excel (.xlsx) and CSV. Read in a sandboxed child. Formulas are never computed and links
   never followed: a cell is what was last stored in it. needs: read */
#ifndef READ_BOOK_H
#define READ_BOOK_H
#include "read/read.h"

enum { READ_BOOK_COLUMNS = 256, READ_BOOK_SHEETS = 30, READ_BOOK_SPANS = 2000, READ_BOOK_CELL = 4000 };

enum read_cell_kind {
    READ_CELL_TEXT = 1,
    READ_CELL_NUMBER, /* as stored: 37842, 3.02E+10 */
    READ_CELL_DATE,   /* a number shown as a date: days since the workbook's first */
    READ_CELL_BOOL,   /* 0 or 1 */
    READ_CELL_FAULT,  /* #REF!, #DIV/0! */
    READ_CELL_KINDS
};
struct read_cell {
    size_t column; /* 0 is A */
    enum read_cell_kind kind;
    struct str text; /* never empty; valid UTF-8 in NFC without control characters */
};
struct read_line {
    int64_t number; /* as Excel counts: 1 is the first */
    bool is_hidden;
    LIST(struct read_cell) cells; /* from left to right; empty ones are left out */
};
/* Merged cells, or hidden columns (then without rows). */
struct read_span {
    int64_t row, row_last;
    size_t column, column_last;
};
struct read_sheet {
    struct str name;
    bool is_hidden;
    LIST(struct read_line) lines; /* empty ones are left out */
    LIST(struct read_span) merged;
    LIST(struct read_span) hidden;
};
struct read_book {
    bool is_1904; /* days are counted from 1 January 1904 */
    LIST(struct read_sheet) sheets;
};

/* path is ours. ERR_INVALID with a Vietnamese sentence at field "file": no workbook, damaged, encrypted, a packed bomb,
   too slow, more lines than lines_most. */
struct err read_book(struct arena *a, const char *path, const struct read_limits *limits, size_t lines_most,
                     struct read_book *out);

/* The two halves, as in read/table.h: for the reader itself and its fuzz target. */
struct str read_book_say(struct arena *a, struct str bytes, const struct read_limits *limits, size_t lines_most);
bool read_book_hear(struct arena *a, struct str said, size_t lines_most, int *fault, struct read_book *out);
#endif
