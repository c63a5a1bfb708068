/* What tools/mksql knows of the struct that goes into a query and of the row that comes out: each member's name, type
   and place. Rows of two queries, forms and views meet by these names (kernel/record/bind.h). */
#ifndef KERNEL_DB_FIELDS_H
#define KERNEL_DB_FIELDS_H
#include <stddef.h>
#include <stdint.h>

enum db_type {
    DB_INT = 1,
    DB_TEXT,
    DB_TEXT_OR_NULL, /* a parameter: empty is written as NULL */
    DB_BYTES,
    DB_BYTES_OR_NULL,
    DB_REAL,
    DB_BOOL,
    DB_AT, /* struct instant; none is NULL */
    DB_ON, /* struct date; none is NULL */
    DB_ID, /* a struct of one int64_t; 0 is NULL */
    DB_IDS /* struct db_ids; a parameter */
};

/* A member of the struct that goes in or of the row that comes out. */
struct db_field {
    const char *name;
    uint16_t type;
    uint16_t at;
};

/* The whole of such a struct: x_in_shape and x_row_shape beside each query x. */
struct db_shape {
    const struct db_field *at;
    size_t n;
    size_t size; /* of the struct, bytes */
};
#endif
