/* Private to kernel/import: from a cell to a value, and from a sheet to its tables. */
#ifndef KERNEL_IMPORT_IMPORT_INSIDE_H
#define KERNEL_IMPORT_IMPORT_INSIDE_H
#include "kernel/import/import.h"
#include "read/book.h"

/* import_words.c: whether text begins with (or is) a word of that kind in words.tsv. */
bool import_word_begins(struct str lower, struct str kind);
bool import_word_is(struct str lower, struct str kind);
/* Folded, signs as spaces, single spaces: how titles and labels are compared. Without what stands in brackets when
   is_bare. */
struct str import_plain(struct arena *a, struct str text, bool is_bare);
/* Whether the words of one stand in the other, whole and in order. */
bool import_has_words(struct str text, struct str words);

/* import_number.c. A number as spreadsheets store it (3.02E+10) written out; false when it is none. */
bool import_stored(struct arena *a, struct str text, struct str *digits);
/* In thousandths. "1.234.567", "1,5", "1.234.567,00"; false when it could be read in no way. */
bool import_literal(struct str text, int64_t *thousandths);
/* Figures, words and units together: "1 tỷ 200 triệu", "năm trăm nghìn". Whole units. */
bool import_amount(struct arena *a, struct str text, int64_t *n);

/* import_date.c */
enum import_date { IMPORT_NO_DATE, IMPORT_IS_DATE, IMPORT_IS_SERIAL, IMPORT_MAY_BE_DATE };
struct import_day {
    int year, month, day; /* month and day 0: not known */
};
/* MAY_BE: not to be relied on; *day is what it may have been. */
enum import_date import_date_read(struct arena *a, const struct read_cell *cell, bool is_1904,
                                  const struct import_wanted *w, struct import_day *day);

/* import_value.c: a cell as the value of a wanted column. *value is empty after an error. Temporary things are taken
   from scratch, what stays from a. */
struct import_memo {
    const struct import_wanted *wanted;
    struct str typed, value, suggestion;
    enum import_fault_kind fault;
};
enum { IMPORT_MEMOS = 1024 };
struct import_reader {
    struct arena *a, *scratch;
    const struct import_want *want;
    bool is_1904;
    struct import_memo *memos; /* what was made of places and choices before: a table has few; NULL: not kept */
};
enum import_fault_kind import_value(const struct import_reader *r, const struct import_wanted *w,
                                    const struct read_cell *cell, struct str *value, struct str *suggestion);

/* import_head.c: the header that begins at line i, if one does. */
struct import_names; /* the wanted titles, ready to be compared */
struct import_names *import_names(struct arena *a, const struct import_want *want);
bool import_head(struct arena *a, const struct import_names *names, const struct read_sheet *sheet, size_t i,
                 struct import_table *t, size_t *after);

/* import_lines.c: what each line below a header is. from, to: lines of the sheet; to is where the next header begins,
   or their end. Gives those that are data. */
struct import_lines {
    LIST(size_t) data;
    size_t titles_from; /* lines from here to the next header are its titles */
};
void import_lines(struct arena *a, const struct read_sheet *sheet, size_t from, size_t to, struct import_table *t,
                  struct import_lines *out);
const struct read_cell *import_cell_at(const struct read_line *line, size_t column);
#endif
