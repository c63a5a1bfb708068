/* The clocks of records, kept in the database: started by an event, paused, resumed and extended by documents, met.
   Who may do so is the calling module's to decide, and the act is its own to tell. */
#ifndef MODULES_DEADLINE_DEADLINE_CLOCK_H
#define MODULES_DEADLINE_DEADLINE_CLOCK_H
#include "kernel/db/ids/deadline_clock.h"
#include "modules/deadline/deadline.h"

struct db_read;
struct db_write;

enum deadline_state { DEADLINE_RUNNING = 1, DEADLINE_IS_PAUSED, DEADLINE_MET, DEADLINE_DROPPED };
struct deadline_clock {
    struct deadline_clock_id id;
    int64_t record;
    enum deadline_state state;
    struct date ended_on;
    struct deadline_ask ask; /* what it is counted from, papers among it */
    struct deadline deadline;
};
/* A clock for a record; the version of the rule that holds now stays the clock's. Pauses and extensions of ask are not
   looked at: they come by documents. */
struct err deadline_clock_start(struct db_write *db, int64_t record, const struct deadline_ask *ask,
                                struct deadline_clock *clock);
/* MISSING when there is none. wants_days: with every day it counted. */
struct err deadline_clock_read(struct db_read *db, struct deadline_clock_id id, bool wants_days,
                               struct deadline_clock *clock);
/* In the order in which they were started. */
struct deadline_clocks {
    LIST(struct deadline_clock_id) ids;
};
struct err deadline_clocks_of(struct db_read *db, int64_t record, struct deadline_clocks *clocks);

/* A document about a clock. INVALID at "doc" or "on" when something lacks or it would have no effect, with the reason;
   CONFLICT when the clock is not in a state for it. */
struct deadline_paper {
    struct str doc, article;
    struct date on;
    int64_t amount; /* of an extension, in the rule's unit; 0: the most the rule allows */
};
struct err deadline_clock_pause(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *paper);
struct err deadline_clock_resume(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *paper);
struct err deadline_clock_extend(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *paper);
/* Done, or no longer asked for, on a day; CONFLICT when it had ended. */
struct err deadline_clock_end(struct db_write *db, struct deadline_clock_id id, enum deadline_state state,
                              struct date on);
/* Counts provisional clocks after an id again, at most that many, as when a year's notice was entered. *last: the id to
   go on after, 0 at the end; *changed: how many fall due on another day. */
struct err deadline_clocks_again(struct db_write *db, int64_t after, int64_t most, int64_t *last, int64_t *changed);
/* Of a due day, from today: working days left, negative when late. */
struct err deadline_clock_remaining(struct db_read *db, const struct deadline_clock *clock, struct date today,
                                    int64_t *days);
#endif
