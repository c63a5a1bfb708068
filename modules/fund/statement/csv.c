/* Cells of a text, row by row. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

enum { LOOK_ROWS = 60 };

/* One field; "" within quotes is a quote. *rest is left at the sign that ended it. */
static struct str field(struct arena *a, struct str *rest, char separator) {
    struct str s = *rest;
    size_t at = 0;
    if (!str_starts(s, S("\""))) {
        while (at < s.len && s.at[at] != separator && s.at[at] != '\n') {
            at++;
        }
        *rest = str_slice(s, at, s.len);
        return str_slice(s, 0, at < STATEMENT_CELL ? at : STATEMENT_CELL);
    }
    struct buf b = buf_in(a);
    for (at = 1; at < s.len; at++) {
        bool is_quote = s.at[at] == '"';
        if (is_quote && (at + 1 == s.len || s.at[at + 1] != '"')) {
            at++;
            break;
        }
        at += is_quote;
        if (b.len < STATEMENT_CELL) {
            buf_put_char(&b, s.at[at]);
        }
    }
    while (at < s.len && s.at[at] != separator && s.at[at] != '\n') {
        at++;
    }
    *rest = str_slice(s, at, s.len);
    return buf_str(&b);
}

bool statement_csv_next(struct arena *a, struct str *rest, char separator, struct statement_cells *row) {
    int64_t number = row->number + 1;
    if (!rest->len) {
        return false;
    }
    *row = (struct statement_cells){.number = number};
    for (size_t column = 0;; column++) {
        struct str cell = str_trim(field(a, rest, separator));
        if (column < STATEMENT_COLUMNS) {
            row->at[column] = cell;
            row->n = cell.len ? column + 1 : row->n;
        }
        bool is_more = rest->len && rest->at[0] == separator;
        *rest = str_slice(*rest, 1, rest->len);
        if (!is_more) {
            return true;
        }
    }
}

char statement_separator(struct arena *a, struct str text) {
    static const char choices[] = {';', ',', '\t', '|'};
    struct column_titles titles = {0};
    size_t best = 0, best_n = 0;
    column_titles(a, &titles);
    for (size_t i = 0; i < sizeof choices; i++) {
        struct str rest = text;
        struct statement_cells row = {0};
        struct columns columns;
        for (size_t n = 0; n < LOOK_ROWS && statement_csv_next(a, &rest, choices[i], &row); n++) {
            size_t found = columns_look(&titles, a, &row, &columns);
            best = found > best_n ? i : best;
            best_n = found > best_n ? found : best_n;
        }
    }
    return choices[best];
}
