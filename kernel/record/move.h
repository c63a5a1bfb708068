/* States of a record and the moves between them, as one const table: the guard of the act, the buttons of the page and
   the words of a refusal all come from the same row. */
#ifndef KERNEL_RECORD_MOVE_H
#define KERNEL_RECORD_MOVE_H
#include "base/list.h"
#include "kernel/rights/access.h"
#include "kernel/rights/auth.h"

struct move {
    const char *verb;  /* "close": the last word of its address */
    const char *label; /* on the button: "Kết thúc"; used in messages */
    const char *from;  /* states it begins in, parted by '|': "open|late" */
    const char *to;    /* the state it ends in */
    uint64_t roles;    /* the worn post has one of these; 0: any post */
    unsigned right;    /* CAN_… on the record; 0: reading it is enough */
    const char *ask;   /* asked before it is done: "Kết thúc việc này?"; NULL: nothing is asked */
};
/* A table of these ends with an empty verb. */

/* NULL when there is none of that verb. */
const struct move *move_named(const struct move *all, const char *verb);
/* Whether it may begin in a state. */
bool move_fits(const struct move *m, struct str state);
/* What keeps somebody from a move now: MISSING when they may not read the record, DENIED without the role or the right,
   CONFLICT when the record is in another state (somebody was quicker). Call it in the transaction that moves. */
struct err move_check(struct db_read *db, const struct move *m, const struct who *who, int64_t record,
                      struct str state);

struct moves {
    const struct move **at;
    size_t n;
};
/* The moves that are open to somebody from a state, in the table's order: for the buttons. */
struct err moves_open(struct db_read *db, const struct move *all, const struct who *who, int64_t record,
                      struct str state, struct moves *out);
#endif
