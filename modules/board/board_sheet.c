/* A board as a file: every card's rows, under the filters and the time they say. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/sheet.h"
#include "modules/board/board_pages.h"

#include "base/banned.h"

enum { NAME_WIDE = 40, WORD_WIDE = 24 };

static void cell_put(struct sheet *s, const struct board_cell *c) {
    if (c && c->has_number) {
        sheet_number(s, c->number);
        sheet_text(s, S(""));
        return;
    }
    sheet_text(s, S(""));
    sheet_text(s, c ? c->words : S(""));
}

static void line_put(struct sheet *s, struct str card, struct str label, struct str what, const struct board_cell *c) {
    sheet_text(s, card);
    sheet_text(s, label);
    sheet_text(s, what);
    cell_put(s, c);
    sheet_row(s);
}

static void card_put(struct sheet *s, const struct board_card *c) {
    if (c->missing.len || c->is_number) {
        struct board_cell cell = {.words = c->missing.len ? c->missing : c->value};
        line_put(s, c->title, S("Con số"), c->unit, &cell);
    }
    for (size_t i = 0; i < c->table.rows.n; i++) {
        const struct board_row *row = &c->table.rows.at[i];
        for (size_t k = 0; k < row->cells.n && k < c->table.heads.n; k++) {
            if (row->cells.at[k].has_number || row->cells.at[k].words.len) {
                line_put(s, c->title, row->label, c->table.heads.at[k], &row->cells.at[k]);
            }
        }
    }
    for (size_t i = 0; c->has_map && i < c->map.shapes.n; i++) {
        struct board_cell cell = {.words = c->map.shapes.at[i].value};
        line_put(s, c->title, c->map.shapes.at[i].name, c->map.title, &cell);
    }
}

static void cards_put(struct sheet *s, const struct board_show *v) {
    for (size_t i = 0; i < v->numbers.n; i++) {
        for (size_t k = 0; k < v->numbers.at[i].cards.n; k++) {
            card_put(s, &v->numbers.at[i].cards.at[k]);
        }
    }
    for (size_t i = 0; i < v->charts.n; i++) {
        card_put(s, &v->charts.at[i]);
    }
}

static const struct sheet_column columns[] = {{S_INIT("Thẻ"), NAME_WIDE}, {S_INIT("Dòng"), NAME_WIDE},
                                              {S_INIT("Cột"), WORD_WIDE}, {S_INIT("Số"), 0},
                                              {S_INIT("Lời"), WORD_WIDE}, {{0}, 0}};

struct err board_file_get(struct get *g) {
    struct board_show v;
    struct sheet *s;
    struct str bytes;
    struct buf notes = buf_in(g->arena);
    bool is_csv = str_eq(query_param(g->request, S("format")), S("csv"));
    enum sheet_format format = is_csv ? SHEET_CSV : SHEET_XLSX;
    TRY(board_show_fill(g, false, &v));
    buf_printf(&notes, "%.*s · so với %.*s", STR_ARG(v.words), STR_ARG(v.before));
    BUF_LIT(&notes, "\nTính đến ");
    instant_put_vi(&notes, v.at);
    TRY(sheet_begin(g->arena, format, v.title, buf_str(&notes), columns, &s));
    if (is_csv) { /* a CSV has no lines above its table */
        line_put(s, v.title, v.words, S("Tính đến"), &(struct board_cell){.words = buf_str(&notes)});
    }
    cards_put(s, &v);
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(format), is_csv ? S("bang-so-lieu.csv") : S("bang-so-lieu.xlsx"), bytes);
}
