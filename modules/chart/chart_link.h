/* The filter of the charts as an address, both ways, and in words. */
#ifndef MODULES_CHART_CHART_LINK_H
#define MODULES_CHART_CHART_LINK_H
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "modules/chart/chart.h"

extern const struct route chart_routes[];

struct str chart_scope_code(enum chart_scope scope); /* organ, unit, post */
struct str chart_scope_name(enum chart_scope scope); /* Vietnamese */
/* What the address says; what it leaves out is the widest scope and the last twelve months, by month. A senseless day
   or span is replaced by the usual one, and *fault says so. DENIED for a scope the hat has not. */
struct err chart_filter_read(struct get *g, struct chart_filter *f, struct str *fault);
struct link chart_link(struct arena *a, const char *path, const struct chart_filter *f, struct str outcome);
/* The list of records behind a mark. outcome: on_time late done overdue waiting, or empty for all. */
struct link chart_records_link(struct arena *a, const struct chart_filter *f, struct str outcome);
/* "Toàn cơ quan · đến từ 01/01/2026 đến 31/01/2026 · Quá hạn". */
struct err chart_filter_words(struct db_read *db, struct arena *a, const struct chart_filter *f, struct str outcome,
                              struct str *words);
#endif
