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
/* outcomes: enum metric_outcome together; METRIC_EVERY is left out of the address. */
struct link chart_link(struct arena *a, struct str path, const struct chart_filter *f, unsigned outcomes);
/* The list of records behind a mark. */
struct link chart_records_link(struct arena *a, const struct chart_filter *f, unsigned outcomes);
/* The same as a file: ".xlsx", ".csv". */
struct link chart_file_link(struct arena *a, const struct chart_filter *f, unsigned outcomes, struct str ending);
/* "overdue" or "on_time,late": METRIC_EVERY when it names none. */
unsigned chart_outcomes_read(struct str typed);
/* What a dimension's value is called. */
struct str chart_field_name(const struct metric_source *of, struct str code);
/* Xã An Hưng; the code itself when there is no such. */
struct str chart_commune_name(struct arena *a, struct str code);
struct err chart_unit_name(struct db_read *db, int64_t unit, struct str *name);
/* "Toàn cơ quan · đến từ 01/01/2026 đến 31/01/2026 · Quá hạn". */
struct err chart_filter_words(struct db_read *db, struct arena *a, const struct chart_filter *f, unsigned outcomes,
                              struct str *words);

/* Handlers of chart_list.c. */
struct err chart_records_get(struct get *g);
#endif
