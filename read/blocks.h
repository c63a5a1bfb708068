/* Private to kernel/read_{docx,html,akn}.c: paragraphs and tables of marked-up text, as lines. */
#ifndef READ_BLOCKS_H
#define READ_BLOCKS_H
#include "read/inside.h"

enum { READ_TABLES_DEEP = 8 };

struct read_row {
    size_t from, cell_from;
    LIST(struct str) cells;
    bool has_lines; /* a cell holds several paragraphs */
};

struct read_blocks {
    struct arena *arena;
    struct buf text;
    bool wants_space;
    size_t deep; /* rows open within each other */
    struct read_row rows[READ_TABLES_DEEP];
};

struct read_blocks read_blocks_in(struct arena *a);
void read_blocks_words(struct read_blocks *b, struct str s); /* runs of white space count as one blank */
void read_blocks_break(struct read_blocks *b);               /* the next words begin a line */
void read_blocks_row(struct read_blocks *b);
void read_blocks_cell(struct read_blocks *b);
void read_blocks_cell_end(struct read_blocks *b);
/* Cells parted by tabs; a row that only lays out paragraphs (head and foot of a letter) becomes these, one cell after
   the other. */
void read_blocks_row_end(struct read_blocks *b);
#endif
