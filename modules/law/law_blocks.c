/* A text as paragraphs and tables, its references as links. */
#include "modules/law/law_pages.h"

#include "base/arena.h"

struct cutting {
    struct arena *arena;
    struct str text;
    struct law_refs refs;
    size_t next; /* the first reference not yet passed */
};

/* A reference's end may lie beyond the line: what is left of it stands in no other line. */
static void pieces_put(struct cutting *c, size_t from, size_t to, struct law_cell *cell) {
    while (c->next < c->refs.n && c->refs.at[c->next].to <= from) {
        c->next++;
    }
    size_t at = from;
    for (size_t i = c->next; i < c->refs.n && c->refs.at[i].from < to; i++) {
        const struct law_ref *r = &c->refs.at[i];
        size_t begin = r->from < at ? at : r->from, end = r->to > to ? to : r->to;
        if (begin >= end) {
            continue;
        }
        if (begin > at) {
            LIST_ADD(c->arena, &cell->pieces, (struct law_piece){.text = str_slice(c->text, at, begin)});
        }
        LIST_ADD(
            c->arena, &cell->pieces,
            (struct law_piece){
                .text = str_slice(c->text, begin, end), .link = r->link, .on = r->on, .is_lost = r->link.v.len == 0});
        at = end;
    }
    if (at < to) {
        LIST_ADD(c->arena, &cell->pieces, (struct law_piece){.text = str_slice(c->text, at, to)});
    }
}

static struct law_table_row row_of(struct cutting *c, size_t from, size_t to) {
    struct law_table_row row = {0};
    for (size_t at = from; at <= to;) {
        size_t end = at;
        while (end < to && c->text.at[end] != '\t') {
            end++;
        }
        struct law_cell cell = {0};
        pieces_put(c, at, end, &cell);
        LIST_ADD(c->arena, &row.cells, cell);
        at = end + 1;
    }
    return row;
}

struct law_blocks law_blocks(struct arena *a, struct str text, struct law_refs refs) {
    struct cutting c = {a, text, refs, 0};
    struct law_blocks all = {0};
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        bool is_row = false;
        for (; end < text.len && text.at[end] != '\n'; end++) {
            is_row = is_row || text.at[end] == '\t';
        }
        struct law_block *last = all.n ? &all.at[all.n - 1] : NULL;
        if (is_row && last && last->is_table) {
            LIST_ADD(a, &last->rows, row_of(&c, at, end));
        } else if (is_row) {
            struct law_block table = {.is_table = true};
            LIST_ADD(a, &table.rows, row_of(&c, at, end));
            LIST_ADD(a, &all, table);
        } else if (str_trim(str_slice(text, at, end)).len) {
            pieces_put(&c, at, end, &LIST_PUSH(a, &all)->line);
        }
        at = end + 1;
    }
    return all;
}
