/* A bank's file, row by row: CSV and text in whatever encoding, and Excel. */
#ifndef MODULES_FUND_SOURCE_H
#define MODULES_FUND_SOURCE_H
#include "base/err.h"
#include "base/time.h"
#include "modules/fund/statement/statement.h"

struct read_cell;

/* What is done with each row; row is an arena that is reset after it. What it returns ends the reading. */
struct fund_rows {
    struct err (*take)(void *thing, struct arena *row, const struct statement_cells *cells);
    void *thing;
};
/* ERR_INVALID with a Vietnamese sentence at "file": no such file, empty, neither CSV nor Excel. Text in UTF-8 is read
   where it lies and never held; other encodings and workbooks are held while they are read. */
struct err fund_source_each(struct arena *a, const char *path, const struct fund_rows *rows);
/* The same of a text that is already here. */
struct err fund_text_each(struct arena *a, struct str bytes, const struct fund_rows *rows);
/* A cell of a workbook as a bank would have printed it: 2026-09-01, 1234567. */
struct str fund_cell_text(struct arena *a, const struct read_cell *cell, bool is_1904);

/* A file mapped for reading; let go of when the arena is reset. */
struct err fund_file_map(struct arena *a, const char *path, struct str *bytes);
#endif
