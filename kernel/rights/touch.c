#include "kernel/rights/touch.h"

#include "kernel/rights/touch_queries.h"

#include "base/banned.h"

struct err search_touch(struct db_write *db, struct str kind, int64_t record) {
    return search_change_touch(db, (struct search_change_touch_in){.record = record, .kind = kind}, NULL);
}

struct err search_touch_granted(struct db_write *db, int64_t record) {
    return search_change_touch_granted(db, (struct search_change_touch_granted_in){.record = record}, NULL);
}

struct err search_erase(struct db_write *db, struct str kind, int64_t record) {
    return search_change_erase(db, (struct search_change_erase_in){.record = record, .kind = kind}, NULL);
}
