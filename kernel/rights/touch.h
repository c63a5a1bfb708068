/* The change feed of the index: says that a record, its text or who may see it has changed. Who follows the feed:
   kernel/index/feed.h. */
#ifndef KERNEL_RIGHTS_TOUCH_H
#define KERNEL_RIGHTS_TOUCH_H
#include "kernel/db/db.h"

/* Cheap; several calls for one record count as one. */
struct err search_touch(struct db_write *db, struct str kind, int64_t record);
/* The same for a record of which only the id is at hand, by the kind its grants name; nothing when it has none. */
struct err search_touch_granted(struct db_write *db, int64_t record);
/* The record's words must not be found in the index's files: they are written anew without what it said before. */
struct err search_erase(struct db_write *db, struct str kind, int64_t record);
#endif
