/* The machine's clock against what the database knows. base/clock.h holds a jump within a process; here the latest
   known instant outlives the processes, and what the administrator says about a jump reaches all of them. needs: db
   event */
#ifndef KERNEL_QUEUE_CLOCK_H
#define KERNEL_QUEUE_CLOCK_H
#include "kernel/db/db.h"

/* At the start of a process, before anything is written: goes on from the latest known instant. */
struct err clock_start(struct db_read *db);
/* Every few seconds in each process: takes in that the administrator took the machine's clock. Asks the database only
   while the clock is held. */
struct err clock_look(struct db_read *db);
/* The same for loops that hold nothing open. */
void clock_follow(struct db *db);
/* Every minute, in job workers: writes down the latest known instant; tells by an event "clock.held" when a jump is
   first seen, and every six hours while it lasts. */
struct err clock_tick(struct db *db, struct arena *arena);

/* How it stands with this process; for pages and commands. */
struct clock_state {
    bool is_held;
    struct instant now;  /* what is gone by */
    struct instant wall; /* what the machine says */
};
struct clock_state clock_state(void);
/* In words for the administrator; empty when nothing is held. */
struct str clock_words(struct arena *a, const struct clock_state *s);
/* The machine's clock is right as it is now. CONFLICT when nothing is held. Noted in the audit trail. */
struct err clock_take(struct db_write *db);
#endif
