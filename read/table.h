/* The first sheet of an Excel workbook as rows of text, read in a sandboxed child like every untrusted file. needs:
 * read */
#ifndef READ_TABLE_H
#define READ_TABLE_H
#include "read/read.h"

enum { READ_TABLE_COLUMNS = 40, READ_TABLE_CELL = 4000 };

/* Cells are as the file has them (a date is Excel's number of days), valid UTF-8 without control characters, cut at
   READ_TABLE_CELL bytes; cells left out are empty. Cells beyond READ_TABLE_COLUMNS are not read. */
struct read_row {
    int64_t number; /* as Excel counts: 1 is the first */
    struct str cells[READ_TABLE_COLUMNS];
    size_t n; /* up to the last one that is not empty */
};
struct read_table {
    LIST(struct read_row) rows; /* empty rows are left out */
    bool has_more;              /* there were more than rows_most */
};

/* path is ours. ERR_INVALID with a Vietnamese sentence at field "file": no workbook, damaged, encrypted, a packed bomb,
 * too slow. */
struct err read_table(struct arena *a, const char *path, const struct read_limits *limits, size_t rows_most,
                      struct read_table *out);

/* The two halves: what the child says of a workbook's bytes, and what the parent makes of that, believing nothing.
   For the reader itself and its fuzz target. */
struct str read_table_say(struct arena *a, struct str bytes, const struct read_limits *limits, size_t rows_most);
/* False when it is not well formed; *fault is what the child found. */
bool read_table_hear(struct arena *a, struct str said, size_t rows_most, int *fault, struct read_table *out);
#endif
