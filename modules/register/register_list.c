#include "modules/register/register_list.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

/* What every query of a list takes, under the same names. */
struct bounds {
    struct str w1, w1_end, w2, w2_end;
    const struct register_filter *f;
    struct str field, from_sort;
    int64_t from_row;
};
#define FILTERS(b_)                                                                                                    \
    .field = (b_).field, .w1 = (b_).w1, .w1_end = (b_).w1_end, .w2 = (b_).w2, .w2_end = (b_).w2_end,                   \
    .f1 = (b_).f[0].field, .low1 = (b_).f[0].low, .high1 = (b_).f[0].high, .f2 = (b_).f[1].field,                      \
    .low2 = (b_).f[1].low, .high2 = (b_).f[1].high, .f3 = (b_).f[2].field, .low3 = (b_).f[2].low,                      \
    .high3 = (b_).f[2].high
#define PAGE(b_, q_) FILTERS(b_), .from_sort = (b_).from_sort, .from_row = (b_).from_row, .most = (q_)->most

/* What begins with a word lies from the word to the word with a letter behind all letters. */
static struct str end_of(struct arena *a, struct str word) {
    return word.len ? str_format(a, "%.*s\x7f", STR_ARG(word)) : S("");
}

static struct err bounds_of(struct db_read *db, const struct register_asked *q, struct bounds *b) {
    struct arena *a = db_arena(db);
    struct str rest = str_trim(utf8_fold(a, q->words));
    struct register_value_sort_row *at;
    *b = (struct bounds){.f = q->filters, .field = q->sort};
    str_next(&rest, ' ', &b->w1);
    rest = str_trim(rest);
    str_next(&rest, ' ', &b->w2);
    b->w1_end = end_of(a, b->w1);
    b->w2_end = end_of(a, b->w2);
    if (q->after) {
        TRY(register_value_sort(db, (struct register_value_sort_in){.row = {q->after}, .field = q->sort}, &at));
        b->from_sort = at ? at->sort : S("");
        b->from_row = at ? q->after : 0;
    }
    return OK;
}

#define ROWS_TAKE(a_, rows_, to_)                                                                                      \
    for (size_t i = 0; i < (rows_).n; i++) {                                                                           \
        LIST_ADD((a_), (to_),                                                                                          \
                 (struct register_listed){(rows_).at[i].id.v, (rows_).at[i].book.v, (rows_).at[i].answers,             \
                                          (rows_).at[i].type_version});                                                \
    }

static struct err list_book(struct db_read *db, const struct register_asked *q, const struct bounds *b,
                            struct register_rows *out) {
    if (q->is_down) {
        struct register_list_book_down_rows rows;
        TRY(register_list_book_down(
            db, (struct register_list_book_down_in){.book = q->book, .is_first = !b->from_row, PAGE(*b, q)}, &rows));
        ROWS_TAKE(db_arena(db), rows, out);
        return OK;
    }
    struct register_list_book_up_rows rows;
    TRY(register_list_book_up(db, (struct register_list_book_up_in){.book = q->book, PAGE(*b, q)}, &rows));
    ROWS_TAKE(db_arena(db), rows, out);
    return OK;
}

static struct err list_type(struct db_read *db, const struct register_asked *q, const struct bounds *b,
                            struct register_rows *out) {
    struct str type = q->type->head.code;
    if (q->is_down) {
        struct register_list_type_down_rows rows;
        TRY(register_list_type_down(
            db,
            (struct register_list_type_down_in){.type = type, .books = q->books, .is_first = !b->from_row, PAGE(*b, q)},
            &rows));
        ROWS_TAKE(db_arena(db), rows, out);
        return OK;
    }
    struct register_list_type_up_rows rows;
    TRY(register_list_type_up(db, (struct register_list_type_up_in){.type = type, .books = q->books, PAGE(*b, q)},
                              &rows));
    ROWS_TAKE(db_arena(db), rows, out);
    return OK;
}

struct err register_list(struct db_read *db, const struct register_asked *q, struct register_rows *rows) {
    struct bounds b;
    *rows = (struct register_rows){0};
    TRY(bounds_of(db, q, &b));
    return q->book ? list_book(db, q, &b, rows) : list_type(db, q, &b, rows);
}

struct err register_list_count(struct db_read *db, const struct register_asked *q, int64_t *n) {
    struct bounds b;
    TRY(bounds_of(db, q, &b));
    if (q->book) {
        struct register_count_book_row *row;
        TRY(register_count_book(db, (struct register_count_book_in){.book = q->book, FILTERS(b)}, &row));
        *n = row ? row->n : 0;
        return OK;
    }
    struct register_count_type_row *row;
    TRY(register_count_type(
        db, (struct register_count_type_in){.type = q->type->head.code, .books = q->books, FILTERS(b)}, &row));
    *n = row ? row->n : 0;
    return OK;
}

struct err register_list_totals(struct db_read *db, const struct register_asked *q, struct register_totals *totals) {
    struct bounds b;
    *totals = (struct register_totals){0};
    TRY(bounds_of(db, q, &b));
    if (q->book) {
        struct register_totals_book_rows rows;
        TRY(register_totals_book(db, (struct register_totals_book_in){.book = q->book, FILTERS(b)}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            LIST_ADD(db_arena(db), totals, (struct register_total){rows.at[i].field, rows.at[i].total});
        }
        return OK;
    }
    struct register_totals_type_rows rows;
    TRY(register_totals_type(
        db, (struct register_totals_type_in){.type = q->type->head.code, .books = q->books, FILTERS(b)}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), totals, (struct register_total){rows.at[i].field, rows.at[i].total});
    }
    return OK;
}

struct err register_measure(struct db_read *db, const struct register_asked *q, struct str field, int64_t *n,
                            int64_t *total) {
    struct bounds b;
    struct register_total_book_row *row;
    TRY(bounds_of(db, q, &b));
    TRY(register_total_book(db, (struct register_total_book_in){.book = q->book, .measure = field, FILTERS(b)}, &row));
    *n = row ? row->n : 0;
    *total = row ? row->total : 0;
    return OK;
}
