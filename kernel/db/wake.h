/* Wake-up between processes without polling: datagram sockets under DIR/wake, and NOTIFY between nodes on PostgreSQL.
   A poke may get lost, so a waiter also looks by itself now and then (WAKE_FALLBACK_MS). needs: base */
#ifndef KERNEL_DB_WAKE_H
#define KERNEL_DB_WAKE_H
#include "base/err.h"

struct arena;
struct db;
struct wake;

enum { WAKE_FALLBACK_MS = 200 };

/* Listens for pokes to the topic ("event", "job"), until the arena ends. With PostgreSQL also for other nodes' pokes.
   Any number of processes may listen to one topic. */
struct err wake_open(struct arena *arena, struct db *db, const char *topic, struct wake **w);
int wake_fd(const struct wake *w); /* readable when poked; for an event loop */
void wake_drain(struct wake *w);
/* Waits until poked or so many milliseconds; true when poked. */
bool wake_wait(struct wake *w, int ms);
/* Pokes all processes that listen to the topic: on this node, and with PostgreSQL on every node. No transaction may be
   open on the connection (call it from db_after_commit). Never waits for them, never fails. */
void wake_poke(struct db *db, const char *topic);
#endif
