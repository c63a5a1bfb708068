/* Private to kernel/intake: from a cell to a value, and from a sheet to its tables. */
#ifndef KERNEL_INTAKE_INTAKE_INSIDE_H
#define KERNEL_INTAKE_INTAKE_INSIDE_H
#include "kernel/intake/intake.h"
#include "read/book.h"

/* intake_words.c: whether text begins with (or is) a word of that kind in words.tsv. */
bool intake_word_begins(struct str lower, struct str kind);
bool intake_word_is(struct str lower, struct str kind);
/* Folded, signs as spaces, single spaces: how titles and labels are compared. Without what stands in brackets when
   is_bare. */
struct str intake_plain(struct arena *a, struct str text, bool is_bare);
/* Whether the words of one stand in the other, whole and in order. */
bool intake_has_words(struct str text, struct str words);

/* intake_number.c. A number as spreadsheets store it (3.02E+10) written out; false when it is none. */
bool intake_stored(struct arena *a, struct str text, struct str *digits);
/* In thousandths. "1.234.567", "1,5", "1.234.567,00"; false when it could be read in no way. */
bool intake_literal(struct str text, int64_t *thousandths);
/* Figures, words and units together: "1 tỷ 200 triệu", "năm trăm nghìn". Whole units. */
bool intake_amount(struct arena *a, struct str text, int64_t *n);

/* intake_date.c */
enum intake_date { INTAKE_NO_DATE, INTAKE_IS_DATE, INTAKE_IS_SERIAL, INTAKE_MAY_BE_DATE };
struct intake_day {
    int year, month, day; /* month and day 0: not known */
};
/* MAY_BE: not to be relied on; *day is what it may have been. */
enum intake_date intake_date_read(struct arena *a, const struct read_cell *cell, bool is_1904,
                                  const struct intake_wanted *w, struct intake_day *day);

/* intake_value.c: a cell as the value of a wanted column. *value is empty after an error. Temporary things are taken
   from scratch, what stays from a. */
struct intake_memo {
    const struct intake_wanted *wanted;
    struct str typed, value, suggestion;
    enum intake_fault_kind fault;
};
enum { INTAKE_MEMOS = 1024 };
struct intake_reader {
    struct arena *a, *scratch;
    const struct intake_want *want;
    bool is_1904;
    struct intake_memo *memos; /* what was made of places and choices before: a table has few; NULL: not kept */
};
enum intake_fault_kind intake_value(const struct intake_reader *r, const struct intake_wanted *w,
                                    const struct read_cell *cell, struct str *value, struct str *suggestion);

/* intake_head.c: the header that begins at line i, if one does. */
struct intake_names; /* the wanted titles, ready to be compared */
struct intake_names *intake_names(struct arena *a, const struct intake_want *want);
bool intake_head(struct arena *a, const struct intake_names *names, const struct read_sheet *sheet, size_t i,
                 struct intake_table *t, size_t *after);

/* intake_lines.c: what each line below a header is. from, to: lines of the sheet; to is where the next header begins,
   or their end. Gives those that are data. */
struct intake_lines {
    LIST(size_t) data;
    size_t titles_from; /* lines from here to the next header are its titles */
};
void intake_lines(struct arena *a, const struct read_sheet *sheet, size_t from, size_t to, struct intake_table *t,
                  struct intake_lines *out);
const struct read_cell *intake_cell_at(const struct read_line *line, size_t column);
#endif
