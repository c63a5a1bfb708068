#include "kernel/record/series.h"

#include "kernel/record/series_queries.h"

#include "base/banned.h"

struct err series_next(struct db_write *db, const struct series *s, int64_t *number) {
    struct record_series_take_row *row;
    TRY(record_series_take(db, (struct record_series_take_in){.name = s->name, .owner = s->owner, .year = s->year},
                           &row));
    *number = row->number;
    return OK;
}

struct err series_peek(struct db_read *db, const struct series *s, int64_t *number) {
    struct record_series_peek_row *row;
    TRY(record_series_peek(db, (struct record_series_peek_in){.name = s->name, .owner = s->owner, .year = s->year},
                           &row));
    *number = row ? row->number : 1;
    return OK;
}
