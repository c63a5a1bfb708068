/* A register has an order of its own, which its index keeps; any other is made of what a filter leaves (decision 0071).
 */
#include "modules/document/document_sort.h"

#include <stdlib.h>

#include "base/utf8.h"

const struct choice document_sorts[] = {
    {S_INIT(""), S_INIT("Mới đến trước")},          {S_INIT("oldest"), S_INIT("Đến trước lên đầu")},
    {S_INIT("issued"), S_INIT("Ngày văn bản")},     {S_INIT("due"), S_INIT("Hạn gần nhất")},
    {S_INIT("issuer"), S_INIT("Cơ quan ban hành")},
};

/* A row with what it is sorted by: a number, then words, then its arrival. */
struct sorted {
    const struct document_row *row;
    struct str words;
    int64_t number, arrival;
};

static int by_number(int64_t x, int64_t y) { return (x > y) - (x < y); }

static int compare(const void *x, const void *y) {
    const struct sorted *a = x, *b = y;
    int c = by_number(a->number, b->number);
    c = c ? c : str_cmp(a->words, b->words);
    c = c ? c : by_number(a->arrival, b->arrival);
    c = c ? c : by_number(a->row->id.v, b->row->id.v);
    return c ? c : by_number(a->row->line, b->row->line);
}

static struct sorted sorted_of(struct arena *a, const struct document_row *r, struct str code) {
    struct sorted s = {.row = r, .arrival = -r->arrival};
    if (str_eq(code, S("oldest"))) {
        s.number = r->arrival;
    } else if (str_eq(code, S("issued"))) {
        s.number = r->issued_on.year ? -date_number(r->issued_on) : INT64_MAX;
    } else if (str_eq(code, S("due"))) {
        bool runs = document_is_open(r->state) || str_eq(r->state, S("waiting")) || str_eq(r->state, S("working"));
        s.number = runs && r->due_on.year ? date_number(r->due_on) : INT64_MAX;
    } else {
        s.number = r->issuer.len == 0;
        s.words = utf8_sort_key(a, r->issuer);
    }
    return s;
}

static bool is_known(struct str code) {
    for (size_t i = 1; i < DOCUMENT_SORTS; i++) {
        if (str_eq(document_sorts[i].value, code)) {
            return true;
        }
    }
    return false;
}

void document_rows_sort(struct arena *a, struct document_rows *rows, struct str code) {
    if (!is_known(code) || rows->n < 2) {
        return;
    }
    struct sorted *all = arena_take(a, struct sorted, rows->n);
    struct document_row *to = arena_take(a, struct document_row, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        all[i] = sorted_of(a, &rows->at[i], code);
    }
    list_sort(all, rows->n, sizeof *all, compare);
    for (size_t i = 0; i < rows->n; i++) {
        to[i] = *all[i].row;
    }
    rows->at = to;
}

/* The first row behind the one the last page ended with; all of them when that one is gone meanwhile. */
static size_t behind(const struct document_rows *rows, const struct document_place *after) {
    for (size_t i = 0; i < rows->n && after->doc; i++) {
        if (rows->at[i].id.v == after->doc && rows->at[i].line == after->line) {
            return i + 1;
        }
    }
    return 0;
}

struct err document_list_sorted(struct db_read *db, const struct who *who, const struct document_list_asked *asked,
                                struct document_rows *rows, bool *has_more, bool *is_too_many) {
    struct document_list_asked all = *asked;
    *is_too_many = false;
    if (!is_known(asked->filter->sort)) {
        return document_list(db, who, asked, rows, has_more);
    }
    all.after = (struct document_place){0};
    all.limit = DOCUMENT_SORT_MOST;
    TRY(document_list(db, who, &all, rows, is_too_many));
    if (*is_too_many) {
        return document_list(db, who, asked, rows, has_more);
    }
    document_rows_sort(db_arena(db), rows, asked->filter->sort);
    size_t from = behind(rows, &asked->after), left = rows->n - from;
    *has_more = left > asked->limit;
    *rows = (struct document_rows){rows->at + from, *has_more ? asked->limit : left};
    return OK;
}
