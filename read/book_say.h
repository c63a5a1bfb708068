/* Private to read/book*.c: what the child writes, line by line. The first field of a line says what it is:
   S hidden name · M row row_last column column_last · H column column_last · L row hidden, then cells "column kind
   text"; fields are parted by tabs. */
#ifndef READ_BOOK_SAY_H
#define READ_BOOK_SAY_H
#include "read/book.h"
#include "read/inside.h"

struct book_say {
    struct arena *arena, *row; /* row: reset with each line */
    const struct read_limits *limits;
    struct buf out, line; /* line: of the cells so far */
    size_t lines, lines_most, spans;
    bool is_1904, has_more;
};
void book_say_sheet(struct book_say *s, struct str name, bool is_hidden);
void book_say_cell(struct book_say *s, size_t column, enum read_cell_kind kind, struct str text);
void book_say_line(struct book_say *s, int64_t number, bool is_hidden); /* ends it */
void book_say_span(struct book_say *s, char what, const struct read_span *span);

/* read/book_xlsx.c, read/book_csv.c */
enum read_fault book_xlsx(struct book_say *s, struct str zip);
enum read_fault book_csv(struct book_say *s, struct str bytes);
#endif
