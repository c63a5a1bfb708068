/* Tables as files: Excel (libxlsxwriter, numbers and dates typed) and CSV (UTF-8 with a byte-order mark, for Excel
   too). Text is never a formula in either. needs: base */
#ifndef KERNEL_OUT_SHEET_H
#define KERNEL_OUT_SHEET_H
#include "base/err.h"
#include "base/time.h"

struct arena;
struct sheet;

enum sheet_format { SHEET_XLSX = 1, SHEET_CSV };

struct sheet_column {
    struct str title;
    double width; /* characters; 0: 16 */
};

/* notes: lines above the table saying what it holds (filters, as of when); one string, lines parted by \n; not in CSV.
   columns end with an empty title; the titles are written at once. */
struct err sheet_begin(struct arena *a, enum sheet_format format, struct str title, struct str notes,
                       const struct sheet_column *columns, struct sheet **out);
/* The next cell of the row. Text longer than Excel's 32,767 characters is cut there. A date or instant of zero is an
 * empty cell. */
void sheet_text(struct sheet *s, struct str text);
void sheet_int(struct sheet *s, int64_t n);
void sheet_number(struct sheet *s, double n);
void sheet_date(struct sheet *s, struct date d);
void sheet_instant(struct sheet *s, struct instant at);
void sheet_row(struct sheet *s); /* ends the row */
/* The file's bytes, in the arena. BROKEN when it cannot be made. */
struct err sheet_end(struct sheet *s, struct str *bytes);
struct str sheet_type(enum sheet_format format); /* media type */
#endif
