/* Numbers without gaps: 1, 2, 3 … of a book, an owner and a year. A number belongs to the transaction that took it; if
   that one is rolled back, the next gets it. */
#ifndef KERNEL_RECORD_SERIES_H
#define KERNEL_RECORD_SERIES_H
#include "kernel/db/db.h"

struct series {
    struct str name; /* "petition": the book */
    int64_t owner;   /* whose: an organ, a unit; 0: one for all */
    int64_t year;    /* 0: it never begins anew */
};
struct err series_next(struct db_write *db, const struct series *s, int64_t *number);
/* What series_next would give now, for showing before the act. */
struct err series_peek(struct db_read *db, const struct series *s, int64_t *number);
#endif
