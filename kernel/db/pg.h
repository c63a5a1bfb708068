/* PostgreSQL's binary values; for kernel/db_pg*.c and their tests only. */
#ifndef KERNEL_DB_PG_H
#define KERNEL_DB_PG_H
#include <libpq-fe.h>

#include "kernel/db/query.h"

struct pg_params {
    struct arena *arena;
    const char **values; /* NULL until put */
    int *lengths;
    int *formats;
};
struct pg_params pg_params_in(struct arena *arena, int n);
void pg_put_int(struct pg_params *p, int i, int64_t v);
void pg_put_real(struct pg_params *p, int i, double v);
void pg_put_bytes(struct pg_params *p, int i, struct str s);
void pg_put_ids(struct pg_params *p, int i, struct arena *arena, const struct db_ids *ids);

/* One value of a binary result into a row's member; NULL leaves it zeroed (text: empty). */
void pg_read_value(const PGresult *r, int row, int column, const struct db_field *f, void *at, struct arena *arena);
/* Whether a column of this type (an OID) may be read as the field's type. */
bool pg_type_fits(unsigned type, const struct db_field *f);
/* Prepares the query on the server, and tells its columns' types: for the test that prepares them all. */
struct err db_pg_describe(struct db *db, struct arena *arena, const struct db_query *q, unsigned types[], size_t n);
#endif
