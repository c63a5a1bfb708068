#include "read/blocks.h"

#include "base/arena.h"

#include <string.h>

#include "base/banned.h"

struct read_blocks read_blocks_in(struct arena *a) {
    return (struct read_blocks){.arena = a, .text = buf_in(a)};
}

static bool at_line_start(const struct read_blocks *b) {
    size_t from = b->deep ? b->rows[b->deep - 1].cell_from : 0;
    return b->text.len <= from || b->text.at[b->text.len - 1] == '\n';
}

void read_blocks_words(struct read_blocks *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0) {
            b->wants_space = true;
            continue;
        }
        if (b->wants_space && !at_line_start(b)) {
            buf_put_char(&b->text, ' ');
        }
        b->wants_space = false;
        buf_put_char(&b->text, c);
    }
}

void read_blocks_break(struct read_blocks *b) {
    if (!at_line_start(b)) {
        buf_put_char(&b->text, '\n');
    }
    b->wants_space = false;
}

void read_blocks_row(struct read_blocks *b) {
    read_blocks_break(b);
    if (b->deep < READ_TABLES_DEEP) {
        b->rows[b->deep] = (struct read_row){.from = b->text.len, .cell_from = b->text.len};
    }
    b->deep++;
    if (b->deep > READ_TABLES_DEEP) {
        b->deep = READ_TABLES_DEEP; /* deeper rows are the outer's words */
    }
}

void read_blocks_cell(struct read_blocks *b) {
    if (b->deep) {
        b->rows[b->deep - 1].cell_from = b->text.len;
        b->wants_space = false;
    }
}

void read_blocks_cell_end(struct read_blocks *b) {
    if (!b->deep) {
        return;
    }
    struct read_row *row = &b->rows[b->deep - 1];
    struct str cell = str_trim(str_slice(buf_str(&b->text), row->cell_from, b->text.len));
    row->has_lines = row->has_lines || str_find(cell, S("\n"), 0) != SIZE_MAX;
    LIST_ADD(b->arena, &row->cells, str_copy(b->arena, cell));
    b->text.len = row->from < b->text.len ? row->from : b->text.len;
    row->cell_from = b->text.len;
    b->wants_space = false;
}

void read_blocks_row_end(struct read_blocks *b) {
    if (!b->deep) {
        return;
    }
    struct read_row *row = &b->rows[--b->deep];
    bool is_layout = row->cells.n < 2 || (row->has_lines && row->cells.n < 3);
    for (size_t i = 0; i < row->cells.n; i++) {
        struct str cell = row->cells.at[i];
        if (i && !is_layout) {
            buf_put_char(&b->text, '\t');
        }
        for (size_t k = 0; k < cell.len; k++) {
            bool is_end = cell.at[k] == '\n' && !is_layout;
            buf_put_char(&b->text, is_end ? ' ' : cell.at[k]);
        }
        if (is_layout && cell.len) {
            buf_put_char(&b->text, '\n');
        }
    }
    read_blocks_break(b);
}
