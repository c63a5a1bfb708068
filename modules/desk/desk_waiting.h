/* What waits for the worn post, gathered from the waiting sources of all modules. */
#ifndef MODULES_DESK_DESK_WAITING_H
#define MODULES_DESK_DESK_WAITING_H
#include "kernel/http/http.h"
#include "modules/desk/desk_view.h"

/* The tab the address names, its lines, the counts of all, and where the rest of it is. */
struct err desk_waiting_fill(struct get *g, struct desk_show *v);
/* For the rail: how many wait; *is_hot: something is late. */
struct err desk_waiting_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot);
#endif
