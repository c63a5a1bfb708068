/* Pokes between the nodes of one PostgreSQL database (LISTEN and NOTIFY); nothing on SQLite, which has one node.
   For kernel/db/wake.c. */
#ifndef KERNEL_DB_LISTEN_H
#define KERNEL_DB_LISTEN_H
#include "kernel/db/db.h"

struct db_listen;

/* A connection of its own that hears pokes to the topic. NULL on SQLite. Ends with the arena. */
struct err db_listen_open(struct arena *arena, const struct db *db, const char *topic, struct db_listen **l);
int db_listen_fd(const struct db_listen *l);
/* Takes what came. False when the connection is lost: it hears nothing more. */
bool db_listen_drain(struct db_listen *l);
/* Pokes the topic on every node. May get lost. */
void db_notify(struct db *db, const char *topic);
#endif
