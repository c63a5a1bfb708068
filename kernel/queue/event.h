/* Events: written in the transaction that causes them, delivered after it commits, in the order of commits.
   Listeners hear each event once, in a transaction that also moves their cursor. Open pages read them with event_after.
   needs: db access wake */
#ifndef KERNEL_QUEUE_EVENT_H
#define KERNEL_QUEUE_EVENT_H
#include <signal.h>

#include "kernel/rights/access.h"
#include "kernel/db/db.h"

struct event {
    struct str kind; /* "document.assigned" */
    int64_t record;  /* what it is about; those who may read it may see the event */
    int64_t to;      /* a principal it is for alone; 0: all who may read the record */
    int64_t post;    /* who acted; taken from the transaction's actor when left out */
    struct str body; /* a small JSON object, or empty; never more than a reader of the record may know */
    int64_t id;      /* given when written: 1, 2, 3 … without gaps, in the order of commits */
    struct instant at;
};

struct err event_emit(struct db_write *db, const struct event *e);

/* pattern: a kind, "document.*", or "*". name stays the same for ever: the cursor is kept under it. */
struct event_listener {
    const char *name;
    const char *pattern;
    struct err (*hear)(struct db_write *db, const struct event *e);
};
/* A listener new to the database hears all that is still kept.
   A failing one is tried again after growing pauses (1 s … 5 min); after EVENT_TRIES the event is set aside in
   event_parked, for the administrator, and the listener goes on. */
enum { EVENT_TRIES = 8 };

/* One round: delivers what waits. *more says whether to come back at once. */
struct err event_deliver(struct db *db, struct arena *arena, const struct event_listener *listeners, size_t n,
                         bool *more);
/* The deliverer: works until *stop. Any number may run on any number of nodes: a lease lets one work at a time. */
void event_deliver_loop(struct db *db, const struct event_listener *listeners, size_t n,
                        const volatile sig_atomic_t *stop);
/* Gives a parked event to its listener again. MISSING when there is none. */
struct err event_retry(struct db_write *db, int64_t parked);

struct event_list {
    struct event *at;
    size_t n;
};
/* Events with an id above last, oldest first, at most limit. *is_complete is false when some between were pruned
   already: the page must then load itself anew. */
struct err event_after(struct db_read *db, int64_t last, int64_t limit, struct event_list *events, bool *is_complete);
struct err event_last_id(struct db_read *db, int64_t *id);
/* The last one written before an instant; 0 none. */
struct err event_id_before(struct db_read *db, struct instant at, int64_t *id);
/* The posts that may see the event, ascending. */
struct err event_audience(struct db_read *db, const struct event *e, struct access_ids *posts);
/* Whether one post may. */
struct err event_may_see(struct db_read *db, const struct event *e, int64_t post, bool *may);
/* Removes events older than before that every listener has passed; never the last. The deliverer does it by itself
   (after 7 days). */
struct err event_prune(struct db_write *db, struct instant before, int64_t *pruned);
/* What events told of a record is taken out of those still kept: for kernel/erase. */
struct err event_erase(struct db_write *db, int64_t record);
#endif
