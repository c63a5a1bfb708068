/* Rows already read, kept for as long as the database stands still: docs/decisions/0061. For kernel/db_*.c only. */
#ifndef KERNEL_DB_MEMO_H
#define KERNEL_DB_MEMO_H
#include "kernel/db/engine.h"

enum { DB_MEMO_KEY_MOST = 1024 };

/* A query and the values bound to it, byte for byte. */
struct db_memo_key {
    size_t n;
    uint64_t hash;
    uint64_t words[DB_MEMO_KEY_MOST / sizeof(uint64_t)];
};

/* Empty; lives until db_memo_free. */
struct db_memo *db_memo_new(void);
void db_memo_free(struct db_memo *m);
/* Forgets everything: whoever may have changed the database, or cannot tell, calls it. */
void db_memo_clear(struct db_memo *m);

/* False when the values are too long to be worth keeping. */
bool db_memo_key(const struct db_run *run, struct db_memo_key *key);
/* The rows kept under the key, copied into the run's arena: the caller may do with them what it likes. */
bool db_memo_find(struct db_memo *m, const struct db_memo_key *key, struct db_run *run);
void db_memo_put(struct db_memo *m, const struct db_memo_key *key, const struct db_run *run);
/* Reads answered from it so far. */
int64_t db_memo_hits(const struct db_memo *m);
#endif
