/* What the fund tells those who know no business by name, and its demonstration. Private to modules/fund. */
#ifndef MODULES_FUND_FUND_PORT_H
#define MODULES_FUND_FUND_PORT_H
#include "kernel/index/feed.h"
#include "kernel/module.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"

enum { FUND_WAITING_MOST = 100 };
extern const struct route fund_routes[];
extern const struct metric_source fund_metrics[];
extern const struct waiting_source fund_waiting[];
extern const struct told_kind fund_told_kinds[];
extern const struct search_source fund_sources[];
struct err fund_demo(struct db_write *db, struct arena *arena);
struct err fund_waiting_get(struct get *g);
#endif
