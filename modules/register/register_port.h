/* What registers tell those who know no business by name. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_PORT_H
#define MODULES_REGISTER_REGISTER_PORT_H
#include "kernel/index/feed.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"

extern const struct metric_source register_metrics[];
extern const struct waiting_source register_waiting[];
extern const struct told_kind register_told[];
extern const struct search_source register_sources[];

/* Three communes' books, and a report half sent. */
struct err register_demo(struct db_write *db, struct arena *arena);
#endif
