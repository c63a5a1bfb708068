/* Which column of a statement is which. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"

#include "base/banned.h"

FACTS(statement_facts_columns, "modules/fund/statement/columns.tsv");

enum { TITLE_MOST = 80 };

static const char *const names[COLUMNS] = {"none",    "no",   "debit", "credit", "balance", "sign",   "ref",
                                           "partner", "memo", "date",  "amount", "total",   "opening"};

/* Small letters without marks, signs as spaces, one space between. */
static struct str plain(struct arena *a, struct str text) {
    struct str folded = utf8_fold(a, utf8_clean(a, str_slice(text, 0, (size_t)4 * TITLE_MOST)));
    struct buf b = buf_in(a);
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool is_sign = !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#' || (unsigned char)c >= 0x80);
        if (!is_sign) {
            buf_put_char(&b, c);
        } else if (b.len && b.at[b.len - 1] != ' ') {
            buf_put_char(&b, ' ');
        }
    }
    return str_trim(buf_str(&b));
}

void column_titles(struct arena *a, struct column_titles *out) {
    struct str rest = FACTS_STR(statement_facts_columns), cells[2];
    while (facts_next(&rest, cells, 2)) {
        struct column_title title = {.is_whole = str_starts(cells[1], S("="))};
        while (title.column < COLUMNS && !str_eq(cells[0], str_of(names[title.column]))) {
            title.column++;
        }
        title.words = plain(a, title.is_whole ? str_slice(cells[1], 1, cells[1].len) : cells[1]);
        if (title.column < COLUMNS && title.words.len) {
            LIST_ADD(a, &out->rows, title);
        }
    }
}

static bool has_words(struct str text, struct str words, bool only_first) {
    size_t at = str_find(text, words, 0);
    while (at != SIZE_MAX && (!only_first || at == 0)) {
        size_t to = at + words.len;
        if ((at == 0 || text.at[at - 1] == ' ') && (to == text.len || text.at[to] == ' ')) {
            return true;
        }
        at = str_find(text, words, at + 1);
    }
    return false;
}

static enum column column_of(const struct column_titles *t, struct str title) {
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct column_title *row = &t->rows.at[i];
        bool is_column = row->column != COLUMN_TOTAL && row->column != COLUMN_OPENING;
        if (is_column && (row->is_whole ? str_eq(title, row->words) : has_words(title, row->words, false))) {
            return row->column;
        }
    }
    return COLUMNS;
}

void columns_none(struct columns *c) {
    for (size_t i = 0; i < COLUMNS; i++) {
        c->at[i] = -1;
    }
}

bool columns_are_enough(const struct columns *c) {
    bool has_money = c->at[COLUMN_AMOUNT] >= 0 || (c->at[COLUMN_DEBIT] >= 0 && c->at[COLUMN_CREDIT] >= 0);
    return has_money && c->at[COLUMN_MEMO] >= 0;
}

size_t columns_look(const struct column_titles *t, struct arena *row, const struct statement_cells *cells,
                    struct columns *c) {
    size_t n = 0;
    bool is_seen[COLUMNS] = {false};
    for (size_t i = 0; i < cells->n; i++) {
        bool is_title = cells->at[i].len && cells->at[i].len <= TITLE_MOST;
        enum column column = is_title ? column_of(t, plain(row, cells->at[i])) : COLUMNS;
        if (column == COLUMNS || column == COLUMN_NONE || is_seen[column]) {
            continue;
        }
        is_seen[column] = true;
        c->at[column] = (int)i;
        n++;
    }
    return n;
}

bool column_begins(const struct column_titles *t, struct arena *row, enum column kind, struct str text) {
    struct str words = plain(row, text);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct column_title *r = &t->rows.at[i];
        if (r->column == kind && (r->is_whole ? str_eq(words, r->words) : has_words(words, r->words, true))) {
            return true;
        }
    }
    return false;
}
