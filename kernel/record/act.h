/* An act on a record, told everywhere at once: the trail, those who listen, and the index. In the transaction that does
   it; rolled back with it. */
#ifndef KERNEL_RECORD_ACT_H
#define KERNEL_RECORD_ACT_H
#include "kernel/db/db.h"

struct act {
    struct str verb; /* "visit.change": the trail's verb and the event's kind */
    struct str kind; /* "visit"; left out: what stands before the dot of the verb */
    int64_t record;
    struct str before, after; /* small JSON objects for the trail; may be empty (kernel/record/bind.h makes them) */
    struct str body;          /* a small JSON object for those who listen; never more than a reader may know */
    int64_t to;               /* a principal the event is for alone; 0: all who may read the record */
};
struct err act_done(struct db_write *db, const struct act *act);
#endif
