#include "kernel/import/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

enum { LOOK_AT = 30, CONTENT_LEAST = 5 };

/* --- Each row --- */
struct rows {
    struct import_reader reader;
    const struct import_want *want;
    struct import_table *t;
    int column_of[IMPORT_COLUMNS]; /* of t->columns, of each wanted one; -1: none */
    size_t *seen;                  /* rows by the hash of their key, counted from 1 */
    size_t n_seen;
    struct str *keys; /* of each row */
};

static void fault_add(struct rows *r, const struct import_fault *f) { LIST_ADD(r->reader.a, &r->t->faults, *f); }

static int field_named(const struct import_want *want, struct str name) {
    for (size_t f = 0; f < want->n && name.len; f++) {
        if (str_eq(want->columns[f].name, name)) {
            return (int)f;
        }
    }
    return -1;
}

/* Whether an empty cell is missed. Of two columns that make up for each other only the first is. */
static bool is_missed(const struct rows *r, const struct read_line *l, size_t field) {
    const struct import_wanted *w = &r->want->columns[field];
    int other = field_named(r->want, w->unless);
    if (!w->is_required || other < 0 || r->column_of[other] < 0) {
        return w->is_required;
    }
    return !import_cell_at(l, r->t->columns.at[r->column_of[other]].column) && other > (int)field;
}

static bool cell_read(struct rows *r, const struct read_line *l, size_t i, struct import_row *row) {
    const struct import_column *c = &r->t->columns.at[i];
    const struct read_cell *cell = import_cell_at(l, c->column);
    struct import_fault f = {.row = l->number, .column = c->column, .field = c->field, .kind = IMPORT_NO_FAULT};
    if (!cell) {
        f.kind = is_missed(r, l, (size_t)c->field) ? IMPORT_REQUIRED_MISSING : IMPORT_NO_FAULT;
    } else {
        f.typed = cell->text;
        f.kind = import_value(&r->reader, &r->want->columns[c->field], cell, &row->values[c->field], &f.suggestion);
    }
    if (f.kind != IMPORT_NO_FAULT) {
        fault_add(r, &f);
    }
    return f.kind > IMPORT_ERRORS;
}

/* What makes a row what it is; empty when that cannot be said. */
static struct str key_of(struct rows *r, const struct import_row *row, const bool *is_right) {
    struct str rest = r->want->key, name;
    struct buf b = buf_in(r->reader.a);
    bool has_any = false;
    while (str_next(&rest, ' ', &name)) {
        int f = field_named(r->want, name);
        if (f >= 0 && !is_right[f]) {
            return S("");
        }
        struct str value = f < 0 ? S("") : utf8_lower(r->reader.scratch, row->values[f]);
        has_any = has_any || value.len;
        buf_put(&b, value);
        buf_put_char(&b, '\x1f');
    }
    return has_any ? buf_str(&b) : S("");
}

/* The row before it with the same key; 0: it is the first. */
static int64_t repeats(struct rows *r, struct str key, size_t row) {
    size_t at = (size_t)str_hash(key) & (r->n_seen - 1);
    while (r->seen[at]) {
        if (str_eq(r->keys[r->seen[at] - 1], key)) {
            return r->t->rows.at[r->seen[at] - 1].number;
        }
        at = (at + 1) & (r->n_seen - 1);
    }
    r->seen[at] = row + 1;
    r->keys[row] = key;
    return 0;
}

static size_t key_column(const struct rows *r) {
    struct str rest = r->want->key, name;
    while (str_next(&rest, ' ', &name)) {
        int f = field_named(r->want, name);
        if (f >= 0 && r->column_of[f] >= 0) {
            return r->t->columns.at[r->column_of[f]].column;
        }
    }
    return 0;
}

static void row_read(struct rows *r, const struct read_line *l, struct import_row *row, size_t n) {
    bool is_right[IMPORT_COLUMNS];
    memset(is_right, 1, sizeof is_right);
    *row = (struct import_row){.number = l->number,
                               .is_good = true,
                               .is_hidden = l->is_hidden,
                               .values = arena_take(r->reader.a, struct str, r->want->n)};
    for (size_t i = 0; i < r->t->columns.n; i++) {
        int f = r->t->columns.at[i].field;
        if (f >= 0) {
            is_right[f] = cell_read(r, l, i, row);
            row->is_good = row->is_good && is_right[f];
        }
    }
    struct str key = key_of(r, row, is_right);
    int64_t earlier = key.len ? repeats(r, key, n) : 0;
    if (earlier) {
        fault_add(
            r,
            &(struct import_fault){
                .row = l->number, .column = key_column(r), .kind = IMPORT_DUPLICATE, .field = -1, .earlier = earlier});
        row->is_good = false;
    }
    if (l->is_hidden) {
        LIST_ADD(r->reader.a, &r->t->hidden_rows, l->number);
        fault_add(r, &(struct import_fault){.row = l->number, .kind = IMPORT_HIDDEN_ROW, .field = -1});
    }
    *(row->is_good ? &r->t->good : &r->t->bad) += 1;
}

static void rows_read(struct arena *a, const struct read_sheet *sheet, const struct import_want *want, bool is_1904,
                      const struct import_lines *lines, struct import_table *t) {
    struct rows r = {.reader = {.a = a, .scratch = arena_new(), .want = want, .is_1904 = is_1904},
                     .want = want,
                     .t = t,
                     .n_seen = 16,
                     .keys = arena_take(a, struct str, lines->data.n)};
    while (r.n_seen < lines->data.n * 2) {
        r.n_seen *= 2;
    }
    r.seen = arena_take(a, size_t, r.n_seen);
    r.reader.memos = arena_take(a, struct import_memo, IMPORT_MEMOS);
    for (size_t f = 0; f < IMPORT_COLUMNS; f++) {
        r.column_of[f] = -1;
    }
    for (size_t i = 0; i < t->columns.n; i++) {
        if (t->columns.at[i].field >= 0) {
            r.column_of[t->columns.at[i].field] = (int)i;
        }
    }
    t->rows.at = arena_take(a, struct import_row, lines->data.n);
    for (size_t i = 0; i < lines->data.n; i++) {
        t->rows.n++;
        row_read(&r, &sheet->lines.at[lines->data.at[i]], &t->rows.at[i], i);
        arena_reset(r.reader.scratch);
    }
    arena_free(r.reader.scratch);
}

/* --- Each table --- */
/* A column whose title says nothing, by what is in it: only for what nothing else looks like. */
static bool is_full_of(const struct import_reader *r, const struct read_sheet *sheet, const struct import_lines *lines,
                       size_t column, const struct import_wanted *w) {
    size_t seen = 0;
    struct str value, suggestion;
    for (size_t i = 0; i < lines->data.n && i < LOOK_AT; i++) {
        const struct read_cell *cell = import_cell_at(&sheet->lines.at[lines->data.at[i]], column);
        if (cell && import_value(r, w, cell, &value, &suggestion) < IMPORT_ERRORS) {
            return false;
        }
        seen += cell != NULL;
    }
    return seen >= CONTENT_LEAST;
}

static bool has_field(const struct import_table *t, int field) {
    for (size_t i = 0; i < t->columns.n; i++) {
        if (t->columns.at[i].field == field) {
            return true;
        }
    }
    return false;
}

static void missing_drop(struct import_table *t, int field) {
    size_t to = 0;
    for (size_t i = 0; i < t->missing.n; i++) {
        if (t->missing.at[i] != field) {
            t->missing.at[to++] = t->missing.at[i];
        }
    }
    t->missing.n = to;
}

static void by_content(const struct import_reader *r, const struct read_sheet *sheet, const struct import_lines *lines,
                       struct import_table *t) {
    for (size_t f = 0; f < r->want->n; f++) {
        const struct import_wanted *w = &r->want->columns[f];
        if ((w->kind != IMPORT_ID_NO && w->kind != IMPORT_PHONE) || has_field(t, (int)f)) {
            continue;
        }
        for (size_t i = 0; i < t->columns.n; i++) {
            if (t->columns.at[i].field < 0 && is_full_of(r, sheet, lines, t->columns.at[i].column, w)) {
                t->columns.at[i].field = (int)f;
                t->columns.at[i].is_by_content = true;
                missing_drop(t, (int)f);
                break;
            }
        }
    }
}

static size_t line_at(const struct read_sheet *sheet, int64_t number) {
    size_t low = 0, high = sheet->lines.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sheet->lines.at[mid].number < number) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static void cell_put(struct arena *a, struct read_line *line, const struct read_cell *cell) {
    struct read_cell *cells = arena_take(a, struct read_cell, line->cells.n + 1);
    size_t at = 0;
    while (at < line->cells.n && line->cells.at[at].column < cell->column) {
        at++;
    }
    for (size_t i = 0; i < line->cells.n; i++) {
        cells[i + (i >= at)] = line->cells.at[i];
    }
    cells[at] = *cell;
    line->cells.at = cells;
    line->cells.n++;
}

/* A cell merged over several rows of data is every one's. */
static void merged_fill(struct arena *a, struct read_sheet *sheet, const struct import_table *t) {
    for (size_t i = 0; i < sheet->merged.n; i++) {
        const struct read_span *s = &sheet->merged.at[i];
        if (s->row <= t->header_last || s->row_last == s->row || s->column != s->column_last) {
            continue;
        }
        size_t line = line_at(sheet, s->row);
        const struct read_cell *from = line < sheet->lines.n && sheet->lines.at[line].number == s->row
                                           ? import_cell_at(&sheet->lines.at[line], s->column)
                                           : NULL;
        struct read_cell cell = from ? *from : (struct read_cell){0};
        for (line++; from && line < sheet->lines.n && sheet->lines.at[line].number <= s->row_last; line++) {
            if (!import_cell_at(&sheet->lines.at[line], s->column)) {
                cell_put(a, &sheet->lines.at[line], &cell);
            }
        }
    }
}

struct found {
    struct import_table table;
    size_t head, after;
};
struct founds {
    struct found *at;
    size_t n;
};

static void heads(struct arena *a, const struct import_want *want, const struct read_sheet *sheet, struct founds *out) {
    struct import_names *names = import_names(a, want);
    *out = (struct founds){0};
    for (size_t i = 0; i < sheet->lines.n; i++) {
        struct found f = {.head = i};
        if (import_head(a, names, sheet, i, &f.table, &f.after)) {
            LIST_ADD(a, out, f);
            i = f.after - 1;
        }
    }
}

static void sheet_look(struct arena *a, struct read_sheet *sheet, const struct import_want *want, struct import *out) {
    struct founds found;
    heads(a, want, sheet, &found);
    size_t titles = 0;
    for (size_t i = 0; i < found.n; i++) {
        struct found *f = &found.at[i];
        struct import_lines lines;
        struct import_reader reader = {.a = a, .scratch = a, .want = want, .is_1904 = out->is_1904};
        size_t to = i + 1 < found.n ? found.at[i + 1].head : sheet->lines.n;
        for (size_t t = titles; i && t < f->head; t++) {
            LIST_ADD(a, &f->table.skipped, (struct import_skipped){sheet->lines.at[t].number, IMPORT_SKIP_TITLE});
        }
        merged_fill(a, sheet, &f->table);
        import_lines(a, sheet, f->after, to, &f->table, &lines);
        titles = lines.titles_from;
        by_content(&reader, sheet, &lines, &f->table);
        rows_read(a, sheet, want, out->is_1904, &lines, &f->table);
        out->good += f->table.good;
        out->bad += f->table.bad;
        LIST_ADD(a, &out->tables, f->table);
    }
}

void import_look(struct arena *a, struct read_book *book, const struct import_want *want, struct import *out) {
    *out = (struct import){.is_1904 = book->is_1904};
    for (size_t i = 0; i < book->sheets.n; i++) {
        if (book->sheets.at[i].is_hidden) {
            out->hidden_sheets++;
        } else {
            sheet_look(a, &book->sheets.at[i], want, out);
        }
    }
}

/* How well a sheet fits: for each column that was found, against what is missing. */
static long fit_of(struct arena *a, const struct import_want *want, struct read_sheet *sheet) {
    struct founds found;
    long score = 0;
    if (sheet->is_hidden) {
        return 0;
    }
    heads(a, want, sheet, &found);
    for (size_t i = 0; i < found.n; i++) {
        const struct import_table *t = &found.at[i].table;
        for (size_t c = 0; c < t->columns.n; c++) {
            score += t->columns.at[c].field >= 0 ? 2 : 0;
        }
        score -= 3 * (long)t->missing.n;
    }
    return score;
}

const struct import_want *import_fitting(struct arena *a, struct read_book *book, const struct import_want *wants,
                                         size_t n) {
    const struct import_want *best = NULL;
    long most = 0;
    for (size_t w = 0; w < n; w++) {
        long score = 0;
        for (size_t s = 0; s < book->sheets.n; s++) {
            score += fit_of(a, &wants[w], &book->sheets.at[s]);
        }
        best = score > most ? &wants[w] : best;
        most = score > most ? score : most;
    }
    return best;
}

struct str import_cell(struct arena *a, size_t column, int64_t row) {
    char letters[4];
    size_t n = 0;
    for (size_t c = column + 1; c && n < sizeof letters; c = (c - 1) / 26) {
        letters[n++] = (char)('A' + (c - 1) % 26);
    }
    struct buf b = buf_in(a);
    while (n) {
        buf_put_char(&b, letters[--n]);
    }
    buf_put_int(&b, row);
    return buf_str(&b);
}
