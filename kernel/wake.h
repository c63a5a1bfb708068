/* Wake-up between processes of one node without polling: datagram sockets under DIR/wake.
   A poke may get lost, so a waiter also looks by itself now and then (WAKE_FALLBACK_MS). needs: base */
#ifndef KERNEL_WAKE_H
#define KERNEL_WAKE_H
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
/* Pokes all processes of this node that listen to the topic. Never waits, never fails. */
void wake_poke(struct str dir, const char *topic);
#endif
