/* The database and its folder while they are in use: opened only where they are, compared with their place before
   each commit, and what the last commit found.
   needs: db */
#ifndef KERNEL_DB_GUARD_H
#define KERNEL_DB_GUARD_H
#include "kernel/db/db.h"

/* db_open, but never makes a database: MISSING, with a sentence, when the SQLite file is not there or is empty. */
struct err db_open_there(struct arena *arena, struct str where, struct db **db);
/* Asked before each commit on this connection, beside the database's own look whether its file is still at its place;
   a failure rolls back. */
void db_guard_set(struct db *db, struct err (*guard)(struct arena *arena));
/* Both now: OK, or BUSY with a sentence. */
struct err db_stands(struct db *db, struct arena *arena);
/* A change on this connection found no room in the last ten seconds, and none has gone well since. */
bool db_was_full(const struct db *db);
struct err db_has_table(struct db_read *r, const char *table, bool *has);
#endif
