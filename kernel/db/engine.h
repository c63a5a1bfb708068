/* Between kernel/db/db.c and the two engines; for kernel/db_*.c only. */
#ifndef KERNEL_DB_ENGINE_H
#define KERNEL_DB_ENGINE_H
#include "kernel/db/guard.h"
#include "kernel/db/query.h"

/* What a run is to do: the rows wanted, and what came. */
struct db_run {
    const struct db_query *q;
    const void *in;
    struct arena *arena;
    bool is_one;         /* stop after the first row */
    bool is_ahead;       /* asked for nothing, in a transaction that need not wait: a fault may be said later */
    struct db_rows rows; /* made in the arena */
    int64_t changed;
};

enum db_begin { DB_BEGIN_READ, DB_BEGIN_WRITE, DB_BEGIN_WRITE_AT_ONCE /* or not: then db->is_taken */ };

struct db_engine {
    /* A read within a turn also says in db->has_moved whether the database may be another than at the last one. */
    struct err (*begin)(struct db *db, struct arena *arena, enum db_begin how);
    struct err (*commit)(struct db *db, struct arena *arena);
    void (*rollback)(struct db *db); /* also ends a read transaction */
    struct err (*run)(struct db *db, struct db_run *run);
    /* Statements of the tables and their changes, which are constants of the program. */
    struct err (*script)(struct db *db, struct arena *arena, const char *sql);
    /* Rows of one text column, a line each. */
    struct err (*lines)(struct db *db, struct arena *arena, const char *sql, struct str *lines);
    struct err (*has_table)(struct db *db, struct arena *arena, const char *table, bool *has);
    struct err (*scrub)(struct db *db, struct arena *arena);
    /* Whether what is open is still what is at its place; NULL: cannot be otherwise. BUSY, with a sentence, when not.
     */
    struct err (*stands)(struct db *db, struct arena *arena);
    void (*close)(struct db *db);
};

struct db {
    const struct db_engine *engine;
    void *connection; /* the engine's own */
    struct arena *arena;
    struct str where;
    struct str dir;
    struct db_write *writer;
    struct db_memo *memo; /* NULL until the first turn */
    struct err (*guard)(struct arena *arena);
    int readers;
    int fail_after;
    int64_t steps;
    int64_t full_at_us;  /* when a change last found no room; 0: none did since one went well */
    int64_t deadline_us; /* of reads; 0: none */
    int64_t begun_us;    /* the open change, or the last one */
    int64_t held_us;     /* how long the last change kept everybody else out */
    int64_t freed_us;    /* when it ended */
    bool in_turn;
    bool has_snapshot;
    bool has_moved;
    bool is_taken;   /* another one writes */
    bool is_kept;    /* the snapshot is a turn's, and the memo holds rows of it alone */
    bool is_spoiled; /* a read failed: its snapshot serves nobody else */
    bool is_closed;
    bool is_looked_at;   /* nothing may be written, beside it neither */
    bool is_to_be_there; /* opened only when it is */
};

struct err db_sqlite_open(struct db *db);
struct err db_pg_open(struct db *db);

/* A row's place: the next of rows, zeroed. */
void *db_row_push(struct db_run *run);
/* INVALID unless text is valid UTF-8 without NUL: the two engines then refuse the same. */
struct err db_text_check(struct arena *arena, const struct db_query *q, const struct db_field *f, struct str text);
/* A statement outside of the named queries, in the open write transaction. */
struct err db_script(struct db_write *w, const char *sql);
/* With other tables than the program's own: for tests of changes. */
struct err db_upgrade_to(struct db *db, struct arena *arena, const struct db_tables *tables);
/* Tests only: what tables, columns, keys and indexes there are, in words that are the same however they came about. */
struct err db_shape(struct db *db, struct arena *arena, struct str *words);
struct err db_check_against(struct db *db, struct arena *arena, const struct db_tables *tables);
#endif
