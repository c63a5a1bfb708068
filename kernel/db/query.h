/* What generated query functions stand on: a query is data, run by one of three functions.
   Only generated code and kernel/db_*.c include this. */
#ifndef KERNEL_DB_QUERY_H
#define KERNEL_DB_QUERY_H
#include <stddef.h>

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/db/fields.h"

enum db_query_flag { DB_WRITES = 1 };

/* One named query. All of the program's stand side by side in a linker section, so that a connection finds its prepared
   statement by the distance from the section's start; hence the fixed size. */
struct db_query {
    const char *name;
    const char *sqlite;
    const char *postgres;
    const struct db_field *in;
    const struct db_field *out;
    const char *file;
    uint16_t n_in;
    uint16_t n_out;
    uint32_t row_size;
    uint32_t flags;
    int line;
};
_Static_assert(sizeof(struct db_query) == 64, "the section's stride");

#ifdef __clang__
#define DB_QUERY_PLACE __attribute__((section("db_queries"), used, aligned(64), no_sanitize("address")))
#else
#define DB_QUERY_PLACE __attribute__((section("db_queries"), used, aligned(64)))
#endif

/* All queries of the program: db_queries_begin() … db_queries_end(). */
const struct db_query *db_queries_begin(void);
const struct db_query *db_queries_end(void);

struct db_rows {
    void *at;
    size_t n;
};

/* in: the query's own struct of parameters, or NULL without any. */
struct err db_one(struct db_read *db, const struct db_query *q, const void *in, void **row);
struct err db_many(struct db_read *db, const struct db_query *q, const void *in, struct db_rows *rows);
struct err db_exec(struct db_write *db, const struct db_query *q, const void *in, int64_t *changed);

/* The tables as they are today, in an order that makes what is referred to first; and the changes from yesterday's. */
struct db_statement {
    const char *part;   /* "document" */
    const char *sqlite; /* NULL: not on this engine */
    const char *postgres;
    const char *file;
    int line;
};
struct db_change {
    const char *part;
    const char *name;   /* "0003-late-reason" */
    const char *source; /* as written; its hash is kept */
    const struct db_statement *at;
    size_t n;
};
struct db_tables {
    const struct db_statement *at;
    size_t n;
    const struct db_change *changes; /* by part, then name; one that begins with 0000 is the first release's tables */
    size_t n_changes;
};
extern const struct db_tables db_tables;
#endif
