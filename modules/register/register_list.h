/* A register as a table: filtered, sorted, a page at a time, with its sums. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_LIST_H
#define MODULES_REGISTER_REGISTER_LIST_H
#include "modules/register/register_row.h"

enum { REGISTER_FILTERS = 3 };

struct register_filter {
    struct str field, low, high; /* of register_value.sort, both included */
};
struct register_asked {
    const struct register_type *type;
    struct register_filter filters[REGISTER_FILTERS]; /* those with a field count */
    size_t n_filters;
    struct str words; /* as typed; the first two begin words of the row */
    struct str sort;  /* a field */
    bool is_down;
    int64_t book; /* 0: all of books */
    struct db_ids books;
    int64_t after; /* the row the page before ended with; 0: from the start */
    int64_t most;
};
struct register_listed {
    int64_t id, book;
    struct str answers;
    int64_t type_version;
};
struct register_rows {
    struct register_listed *at;
    size_t n;
};
/* One more than `most` is asked by the caller who wants to know whether there are more. */
struct err register_list(struct db_read *db, const struct register_asked *q, struct register_rows *rows);
struct err register_list_count(struct db_read *db, const struct register_asked *q, int64_t *n);
struct register_total {
    struct str field;
    int64_t total; /* ten-thousandths */
};
struct register_totals {
    struct register_total *at;
    size_t n;
};
struct err register_list_totals(struct db_read *db, const struct register_asked *q, struct register_totals *totals);
/* How many rows of one book the filters leave, and what a field comes to over them (empty: nothing). */
struct err register_measure(struct db_read *db, const struct register_asked *q, struct str field, int64_t *n,
                            int64_t *total);
#endif
