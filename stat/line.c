/* A line with one series: cells between commas (or semicolons, or tabs), some of them in quotes. The first cell is the
   name when it is no number; words after it are passed over. A first month and then how many values follow, as files of
   M3 have it, are no values. Behind "|" stands what came later. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "stat/stat.h"

#include "base/banned.h"

enum { CELL_MOST = 64 };

static char separator_of(struct str text) {
    return memchr(text.at, '\t', text.len) ? '\t' : memchr(text.at, ';', text.len) ? ';' : ',';
}

/* Where the cell at the beginning ends: at the next separator outside quotes. */
static size_t cell_end(struct str rest, char separator, size_t *quotes) {
    size_t i = 0;
    *quotes = 0;
    for (; i < rest.len && (*quotes % 2 || rest.at[i] != separator); i++) {
        *quotes += rest.at[i] == '"';
    }
    return i;
}

/* The next cell of *rest; a quoted one without its quotes, doubled ones inside halved. */
static struct str cell_next(struct arena *a, struct str *rest, char separator, bool *has_more) {
    size_t quotes, end = cell_end(*rest, separator, &quotes);
    struct str cell = str_trim(str_slice(*rest, 0, end));
    *has_more = end < rest->len;
    *rest = str_slice(*rest, end + 1, rest->len);
    if (!quotes) {
        return cell;
    }
    struct buf out = buf_in(a);
    for (size_t i = 0; i < cell.len; i++) {
        bool is_doubled = i > 0 && i + 1 < cell.len && cell.at[i] == '"' && cell.at[i + 1] == '"';
        if (cell.at[i] != '"' || is_doubled) {
            buf_put_char(&out, cell.at[i]);
        }
        i += is_doubled;
    }
    return str_trim(buf_str(&out));
}

enum kind { KIND_NUMBER, KIND_MISSING, KIND_MONTH, KIND_BAR, KIND_WORD };

static bool is_missing(struct str cell) {
    static const struct str words[] = {S_INIT(""),    S_INIT("na"),   S_INIT("n/a"),
                                       S_INIT("nan"), S_INIT("null"), S_INIT("-")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_ascii_nocase(cell, words[i])) {
            return true;
        }
    }
    return false;
}

/* A year and a month, with or without a day; old years may be short. */
static bool is_month(struct str cell) {
    size_t dashes = 0, digits = 0;
    for (size_t i = 0; i < cell.len; i++) {
        bool is_digit = cell.at[i] >= '0' && cell.at[i] <= '9';
        if (!is_digit && (cell.at[i] != '-' || !digits)) {
            return false;
        }
        dashes += !is_digit;
        digits = is_digit ? digits + 1 : 0;
    }
    return digits == 2 && (dashes == 1 || dashes == 2);
}

/* A decimal comma is read where commas do not separate. */
static bool is_number(struct str cell, char separator, double *out) {
    char z[CELL_MOST + 1] = {0}, *end = z;
    if (cell.len > CELL_MOST) {
        return false;
    }
    for (size_t i = 0; i < cell.len; i++) {
        z[i] = cell.at[i] == ',' && separator != ',' ? '.' : cell.at[i];
        if (!strchr("0123456789+-.eE", z[i])) {
            return false;
        }
    }
    double value = strtod(z, &end);
    *out = end == z + cell.len ? value : NAN;
    return end == z + cell.len;
}

static enum kind cell_kind(struct str cell, char separator, double *out) {
    *out = NAN;
    return is_missing(cell)                  ? KIND_MISSING
           : is_month(cell)                  ? KIND_MONTH
           : cell.at[0] == '|'               ? KIND_BAR
           : is_number(cell, separator, out) ? KIND_NUMBER
                                             : KIND_WORD;
}

/* Missing cells at the end are not there: tables are as wide as their longest line. */
static size_t without_end(const double *at, size_t n) {
    while (n && isnan(at[n - 1])) {
        n--;
    }
    return n;
}

struct reading {
    struct stat_line *line;
    struct arena *a;
    char separator;
    bool is_behind, has_month, has_missing;
    size_t cells, words;
};

/* A cell before the first value: the name, or what else is said of the series. */
static void head_take(struct reading *r, struct str cell, enum kind kind) {
    r->line->name = r->words ? r->line->name : cell;
    r->words++;
    r->has_month = kind == KIND_MONTH;
}

static void value_take(struct reading *r, struct str cell, enum kind kind, double value) {
    if (r->is_behind) {
        LIST_ADD(r->a, &r->line->tests, value);
        return;
    }
    LIST_ADD(r->a, &r->line->values, value);
    r->has_missing = r->has_missing || kind == KIND_MISSING;
    if (kind == KIND_WORD || kind == KIND_MONTH) {
        r->line->wrong = r->line->wrong.len ? r->line->wrong : cell;
    }
}

static void cell_take(struct reading *r, struct str cell) {
    double value;
    enum kind kind = cell_kind(cell, r->separator, &value);
    if (kind == KIND_BAR) {
        r->is_behind = true;
        cell = str_trim(str_slice(cell, 1, cell.len));
        kind = cell_kind(cell, r->separator, &value);
        if (!cell.len || kind == KIND_BAR) {
            return;
        }
    }
    bool is_head = !r->line->values.n && !r->is_behind;
    if (is_head && (kind == KIND_WORD || kind == KIND_MONTH)) {
        head_take(r, cell, kind);
    } else if (!is_head || kind != KIND_MISSING || r->cells) {
        value_take(r, cell, kind, value);
    }
}

bool stat_line_read(struct arena *a, struct str text, struct stat_line *out) {
    *out = (struct stat_line){0};
    text = str_starts(text, S("\xef\xbb\xbf")) ? str_slice(text, 3, text.len) : text;
    struct str rest = str_trim(text);
    struct reading r = {.line = out, .a = a, .separator = rest.len ? separator_of(rest) : ','};
    for (bool has_more = rest.len > 0; has_more; r.cells++) {
        cell_take(&r, cell_next(a, &rest, r.separator, &has_more));
    }
    out->values.n = without_end(out->values.at, out->values.n);
    out->tests.n = without_end(out->tests.at, out->tests.n);
    if (r.has_month && out->values.n > 1 && out->values.at[0] == (double)(out->values.n - 1)) {
        out->values.at++;
        out->values.n--;
    }
    return out->values.n > 0 || r.words == 1 || r.has_missing || r.is_behind;
}
