/* What each line below a header is: data, the heading of a group, a sum, a note, or the title of the next table. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

enum { GAP_MOST = 100 };

const struct read_cell *import_cell_at(const struct read_line *line, size_t column) {
    size_t low = 0, high = line->cells.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (line->cells.at[mid].column < column) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < line->cells.n && line->cells.at[low].column == column ? &line->cells.at[low] : NULL;
}

struct look {
    struct arena *scratch;
    const struct import_table *t;
    size_t ordinal;   /* the column of line numbers; SIZE_MAX: none */
    size_t fields;    /* columns something is read from */
    bool is_numbered; /* most lines have their number */
};

static bool is_ordinal(const struct look *k, const struct read_line *l) {
    const struct read_cell *c = k->ordinal == SIZE_MAX ? NULL : import_cell_at(l, k->ordinal);
    return c && c->text.at[0] >= '0' && c->text.at[0] <= '9' && c->text.len <= 7;
}

static size_t filled(const struct look *k, const struct read_line *l) {
    size_t n = 0;
    for (size_t i = 0; i < k->t->columns.n; i++) {
        n += k->t->columns.at[i].field >= 0 && import_cell_at(l, k->t->columns.at[i].column);
    }
    return n;
}

static bool is_sum(const struct look *k, const struct read_line *l) {
    for (size_t c = 0; c < l->cells.n; c++) {
        if (l->cells.at[c].kind == READ_CELL_TEXT) {
            struct str lower = utf8_lower(k->scratch, l->cells.at[c].text);
            return !is_ordinal(k, l) && import_word_begins(lower, S("total")) && !import_word_begins(lower, S("name"));
        }
    }
    return false;
}

static bool is_data(const struct look *k, const struct read_line *l) {
    size_t n = filled(k, l);
    if (is_ordinal(k, l)) {
        return n > 0;
    }
    if (is_sum(k, l)) {
        return false;
    }
    size_t share = k->is_numbered ? 2 : 3;
    return n * share >= k->fields && (n >= 2 || k->fields == 1);
}

static struct look look_of(struct arena *scratch, const struct read_sheet *sheet, size_t from, size_t to,
                           const struct import_table *t) {
    struct look k = {.scratch = scratch, .t = t, .ordinal = SIZE_MAX};
    size_t numbered = 0, all = 0;
    for (size_t i = 0; i < t->columns.n; i++) {
        k.fields += t->columns.at[i].field >= 0;
        if (import_word_is(utf8_lower(scratch, t->columns.at[i].title), S("ordinal"))) {
            k.ordinal = t->columns.at[i].column;
        }
    }
    for (size_t i = from; i < to; i++) {
        bool has = is_ordinal(&k, &sheet->lines.at[i]);
        numbered += has;
        all += has || filled(&k, &sheet->lines.at[i]) >= 2;
    }
    k.is_numbered = numbered * 10 >= all * 6;
    return k;
}

static void blanks(struct arena *a, int64_t from, int64_t to, struct import_table *t) {
    for (int64_t row = from; row < to && to - from <= GAP_MOST; row++) {
        LIST_ADD(a, &t->skipped, (struct import_skipped){row, IMPORT_SKIP_BLANK});
    }
}

static enum import_skip skip_of(const struct look *k, const struct read_line *l, bool is_after) {
    if (is_sum(k, l) && (l->cells.n > 1 || !is_after)) {
        return IMPORT_SKIP_TOTAL;
    }
    if (is_ordinal(k, l) && l->cells.n == 1) {
        return IMPORT_SKIP_BLANK;
    }
    return is_after ? IMPORT_SKIP_NOTE : IMPORT_SKIP_HEADING;
}

/* Lines that stand right above the next header, one under the other. */
static size_t titles_of(const struct look *k, const struct read_sheet *sheet, size_t from, size_t to, int64_t next) {
    size_t i = to;
    while (i > from && next && sheet->lines.at[i - 1].number + 1 == next && !is_sum(k, &sheet->lines.at[i - 1])) {
        next = sheet->lines.at[i - 1].number;
        i--;
    }
    return i;
}

void import_lines(struct arena *a, const struct read_sheet *sheet, size_t from, size_t to, struct import_table *t,
                  struct import_lines *out) {
    struct arena *scratch = arena_new();
    struct look k = look_of(scratch, sheet, from, to, t);
    size_t last = from; /* behind the last line of data */
    *out = (struct import_lines){0};
    for (size_t i = from; i < to; i++) {
        if (is_data(&k, &sheet->lines.at[i])) {
            LIST_ADD(a, &out->data, i);
            last = i + 1;
        }
        arena_reset(scratch);
    }
    k.scratch = a;
    out->titles_from = titles_of(&k, sheet, last, to, to < sheet->lines.n ? sheet->lines.at[to].number : 0);
    if (last > from) {
        t->first_row = sheet->lines.at[from].number;
        t->last_row = sheet->lines.at[last - 1].number;
    }
    for (size_t i = from, d = 0; i < out->titles_from; i++) {
        const struct read_line *l = &sheet->lines.at[i];
        if (i > from && i < last) {
            blanks(a, sheet->lines.at[i - 1].number + 1, l->number, t);
        }
        if (d < out->data.n && out->data.at[d] == i) {
            d++;
        } else {
            LIST_ADD(a, &t->skipped, (struct import_skipped){l->number, skip_of(&k, l, i >= last)});
        }
    }
    arena_free(scratch);
}
