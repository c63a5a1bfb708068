/* Where a table begins: one line or several whose cells, taken together, are the titles we want. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

enum { HEAD_LINES = 3, SURE = 95, FAIR = 60, ENOUGH = 2, TITLE_MOST = 300, DEEPEST = 6 };

struct name {
    struct str plain;
    int field;
};
struct import_names {
    struct arena *arena;
    const struct import_want *want;
    LIST(struct name) list;
};

struct import_names *import_names(struct arena *a, const struct import_want *want) {
    struct import_names *names = arena_take(a, struct import_names, 1);
    names->arena = a;
    names->want = want;
    for (size_t f = 0; f < want->n && f < IMPORT_COLUMNS; f++) {
        const struct import_wanted *w = &want->columns[f];
        struct str rest = str_format(a, "%.*s|%.*s", STR_ARG(w->title), STR_ARG(w->synonyms)), one;
        while (str_next(&rest, '|', &one)) {
            struct str plain = import_plain(a, one, false);
            if (plain.len) {
                LIST_ADD(a, &names->list, (struct name){plain, (int)f});
            }
        }
    }
    return names;
}

/* A title of a column: as it stands in the lowest line that has one, and with what stands above it. */
struct label {
    struct str text, whole;
    size_t line; /* the text's */
};
struct head {
    struct label labels[READ_BOOK_COLUMNS];
    int field[READ_BOOK_COLUMNS], sure[READ_BOOK_COLUMNS];
    size_t found;
};

static int score_of(struct str title, struct str bare, struct str name) {
    if (str_eq(title, name)) {
        return 100;
    }
    if (str_eq(bare, name)) {
        return SURE;
    }
    struct str longer = title.len > name.len ? title : name, shorter = title.len > name.len ? name : title;
    bool is_in = shorter.len > 3 && shorter.len * 2 >= longer.len && import_has_words(longer, shorter);
    return is_in ? FAIR + (int)(shorter.len * 30 / longer.len) : 0;
}

/* How well a title fits each of the wanted columns. */
static void scores(const struct import_names *names, struct arena *a, struct str text, int less, int *best) {
    struct str title = import_plain(a, utf8_cut(text, TITLE_MOST), false);
    struct str bare = import_plain(a, utf8_cut(text, TITLE_MOST), true);
    for (size_t i = 0; i < names->list.n && title.len; i++) {
        int s = score_of(title, bare, names->list.at[i].plain) - less;
        int *b = &best[names->list.at[i].field];
        *b = s > *b ? s : *b;
    }
}

static size_t span_end(const struct read_sheet *sheet, int64_t row, size_t column) {
    for (size_t i = 0; i < sheet->merged.n; i++) {
        if (sheet->merged.at[i].row == row && sheet->merged.at[i].column == column) {
            return sheet->merged.at[i].column_last;
        }
    }
    return column;
}

static void labels_add(struct arena *a, const struct read_sheet *sheet, size_t line, struct label *labels) {
    const struct read_line *l = &sheet->lines.at[line];
    for (size_t c = 0; c < l->cells.n; c++) {
        const struct read_cell *cell = &l->cells.at[c];
        size_t end = span_end(sheet, l->number, cell->column);
        for (size_t at = cell->column; at <= end; at++) {
            labels[at].whole = str_format(a, "%.*s %.*s", STR_ARG(labels[at].whole), STR_ARG(cell->text));
        }
        labels[cell->column].text = cell->text;
        labels[cell->column].line = line;
    }
}

static size_t best_of(const int *all, size_t n) {
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        best = all[i] > all[best] ? i : best;
    }
    return best;
}

/* The best pairs first, each column and each wanted one once. */
static void pair(struct arena *a, const struct import_names *names, struct head *h) {
    size_t n = names->want->n;
    int *all = arena_take(a, int, READ_BOOK_COLUMNS *n);
    for (size_t c = 0; c < READ_BOOK_COLUMNS; c++) {
        h->field[c] = -1;
        if (h->labels[c].text.len) {
            scores(names, a, h->labels[c].text, 0, all + c * n);
            scores(names, a, h->labels[c].whole, 2, all + c * n);
        }
    }
    for (;;) {
        size_t best = best_of(all, READ_BOOK_COLUMNS * n);
        if (all[best] < FAIR) {
            return;
        }
        h->field[best / n] = (int)(best % n);
        h->sure[best / n] = all[best];
        h->found++;
        for (size_t i = 0; i < READ_BOOK_COLUMNS * n; i++) {
            all[i] = i / n == best / n || i % n == best % n ? 0 : all[i];
        }
    }
}

static size_t surely(const struct head *h, size_t line) {
    size_t n = 0;
    for (size_t c = 0; c < READ_BOOK_COLUMNS; c++) {
        n += h->field[c] >= 0 && h->sure[c] >= SURE - 2 && (line == SIZE_MAX || h->labels[c].line == line);
    }
    return n;
}

static struct head *head_of(struct arena *a, const struct import_names *names, const struct read_sheet *sheet,
                            size_t from, size_t lines) {
    struct head *h = arena_take(a, struct head, 1);
    for (size_t i = 0; i < lines; i++) {
        labels_add(a, sheet, from + i, h->labels);
    }
    pair(a, names, h);
    return h;
}

/* Lines of titles hang together: one that has none of ours belongs to those below only by cells merged into them, or by
   the column of line numbers. */
static bool leads_down(struct arena *a, const struct read_sheet *sheet, size_t line) {
    const struct read_line *l = &sheet->lines.at[line];
    for (size_t i = 0; i < sheet->merged.n; i++) {
        const struct read_span *s = &sheet->merged.at[i];
        if (s->row == l->number && s->row_last > s->row && s->row_last < s->row + DEEPEST) {
            return true;
        }
    }
    return import_word_is(utf8_lower(a, l->cells.at[0].text), S("ordinal"));
}

static bool is_sure_title(const struct import_names *names, struct arena *a, struct str text) {
    struct str plain = import_plain(a, utf8_cut(text, TITLE_MOST), false);
    for (size_t i = 0; i < names->list.n; i++) {
        struct str name = names->list.at[i].plain;
        if (str_eq(plain, name) || (str_starts(plain, name) && str_eq(import_plain(a, text, true), name))) {
            return true;
        }
    }
    return false;
}

/* Lines of titles do not begin with a number. */
static bool is_wordy(const struct read_line *l) {
    const struct read_cell *first = l->cells.at;
    return l->cells.n >= 2 && first->kind == READ_CELL_TEXT && (first->text.at[0] < '0' || first->text.at[0] > '9');
}

/* A quick look, for all the lines that are none. */
static bool may_begin(const struct import_names *names, struct arena *a, const struct read_sheet *sheet, size_t line) {
    size_t sure = 0;
    for (size_t i = line; i < sheet->lines.n && i < line + HEAD_LINES && sure < ENOUGH; i++) {
        for (size_t c = 0; c < sheet->lines.at[i].cells.n && sure < ENOUGH; c++) {
            sure += is_sure_title(names, a, sheet->lines.at[i].cells.at[c].text);
        }
    }
    return sure >= ENOUGH;
}

/* One line, or as many as each bring more. */
static struct head *deepest(struct arena *a, const struct import_names *names, const struct read_sheet *sheet, size_t i,
                            size_t *lines) {
    struct head *best = head_of(a, names, sheet, i, 1);
    *lines = 1;
    bool may_go_on = best->found || leads_down(a, sheet, i);
    for (size_t n = 2; n <= HEAD_LINES && may_go_on && i + n <= sheet->lines.n; n++) {
        if (sheet->lines.at[i + n - 1].number != sheet->lines.at[i].number + (int64_t)n - 1) {
            break;
        }
        struct head *h = head_of(a, names, sheet, i, n);
        if (h->found > best->found && surely(h, i + n - 1)) {
            best = h;
            *lines = n;
        }
    }
    return best;
}

static bool is_hidden_column(const struct read_sheet *sheet, size_t column) {
    for (size_t i = 0; i < sheet->hidden.n; i++) {
        if (column >= sheet->hidden.at[i].column && column <= sheet->hidden.at[i].column_last) {
            return true;
        }
    }
    return false;
}

static void keep(struct arena *a, const struct import_names *names, const struct read_sheet *sheet,
                 const struct head *h, struct import_table *t) {
    bool has[IMPORT_COLUMNS] = {false};
    for (size_t c = 0; c < READ_BOOK_COLUMNS; c++) {
        if (h->labels[c].text.len) {
            LIST_ADD(a, &t->columns,
                     (struct import_column){.column = c,
                                            .title = h->labels[c].text,
                                            .field = h->field[c],
                                            .is_hidden = is_hidden_column(sheet, c)});
            if (h->field[c] >= 0) {
                has[h->field[c]] = true;
            }
        }
    }
    for (size_t f = 0; f < names->want->n; f++) {
        const struct import_wanted *w = &names->want->columns[f];
        bool is_made_up = false;
        for (size_t o = 0; o < names->want->n; o++) {
            is_made_up = is_made_up || (w->unless.len && has[o] && str_eq(names->want->columns[o].name, w->unless));
        }
        if (w->is_required && !has[f] && !is_made_up) {
            LIST_ADD(a, &t->missing, (int)f);
        }
    }
}

static int64_t head_end(const struct read_sheet *sheet, int64_t first, int64_t last) {
    int64_t end = last;
    for (size_t i = 0; i < sheet->merged.n; i++) {
        const struct read_span *s = &sheet->merged.at[i];
        if (s->row >= first && s->row <= last && s->row_last > end && s->row_last < first + DEEPEST) {
            end = s->row_last;
        }
    }
    return end;
}

/* "(1) (2) (3)" or "1 2 3" or "A B 1 2": columns counted. */
static bool is_number_line(const struct read_line *l) {
    int64_t last = 0;
    size_t counted = 0;
    for (size_t c = 0; c < l->cells.n; c++) {
        struct str t = l->cells.at[c].text;
        t = str_starts(t, S("(")) && str_ends(t, S(")")) ? str_slice(t, 1, t.len - 1) : t;
        bool is_letter = t.len == 1 && t.at[0] >= 'A' && t.at[0] <= 'E' && !counted;
        bool is_next = t.len && t.len <= 2 && t.at[0] > '0' && t.at[0] <= '9' &&
                       (t.len == 1 || (t.at[1] >= '0' && t.at[1] <= '9'));
        int64_t n = !is_next ? 0 : t.len == 1 ? t.at[0] - '0' : (t.at[0] - '0') * 10 + (t.at[1] - '0');
        if (!is_letter && (!is_next || (counted && n != last + 1) || (!counted && n > 2))) {
            return false;
        }
        counted += is_next;
        last = n;
    }
    return counted >= 3;
}

bool import_head(struct arena *a, const struct import_names *names, const struct read_sheet *sheet, size_t i,
                 struct import_table *t, size_t *after) {
    if (!is_wordy(&sheet->lines.at[i])) {
        return false;
    }
    struct arena *scratch = arena_new();
    size_t lines = 1;
    bool is_head = false;
    struct head *h = NULL;
    if (may_begin(names, scratch, sheet, i)) {
        h = deepest(scratch, names, sheet, i, &lines);
        is_head = surely(h, SIZE_MAX) >= ENOUGH;
    }
    if (is_head) {
        int64_t first = sheet->lines.at[i].number;
        *t = (struct import_table){.sheet = sheet->name,
                                   .header_first = first,
                                   .header_last = head_end(sheet, first, first + (int64_t)lines - 1)};
        keep(a, names, sheet, h, t);
        *after = i + lines;
        while (*after < sheet->lines.n && sheet->lines.at[*after].number <= t->header_last) {
            *after += 1;
        }
        if (*after < sheet->lines.n && is_number_line(&sheet->lines.at[*after])) {
            t->number_row = sheet->lines.at[*after].number;
            *after += 1;
        }
    }
    arena_free(scratch);
    return is_head;
}
