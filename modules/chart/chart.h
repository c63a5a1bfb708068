/* Thống kê: figures of whatever the modules count (kernel/port/metric.h) by time, unit, field, on time or late, and
   age; each opens its records. Figures belong to one principal, so none ever holds a record its reader may not open.
   needs: db http kernel org out page place port rights shell queue   shows: chart_link */
#ifndef MODULES_CHART_CHART_H
#define MODULES_CHART_CHART_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/rights/auth.h"
#include "kernel/module.h"
#include "kernel/port/metric.h"

struct arena;
struct db_read;
struct db_write;

/* Whose figures: of the whole organ (clerks, leaders), of the unit, of the post itself. */
enum chart_scope { CHART_ORGAN = 1, CHART_UNIT, CHART_POST };
enum chart_step { CHART_WEEK = 1, CHART_MONTH };

extern const struct module chart_module;

struct chart_filter {
    const struct metric_source *of;
    enum chart_scope scope;
    int64_t principal; /* that the scope stands for, of this hat */
    enum chart_step step;
    struct date from, to; /* both inclusive */
    struct str field;     /* empty: all; CHART_NO_FIELD: those without one */
    int64_t unit;         /* 0: all; CHART_NO_UNIT: those nobody has yet */
    struct str commune;   /* code; empty: all; CHART_NO_FIELD: what is about none */
};
#define CHART_NO_FIELD S("-")
enum { CHART_NO_UNIT = -1 };

struct chart_sum {
    int64_t total;
    int64_t on_time; /* done by the deadline */
    int64_t late;    /* done after it */
    int64_t done;    /* done, without a deadline */
    int64_t overdue; /* open, and past the deadline */
    int64_t waiting; /* open, not past it */
};

/* One mark of a chart: a span of days, a unit or a field. */
struct chart_bucket {
    struct str label;
    struct date from, to; /* marks of time and age */
    struct str field;
    int64_t unit;
    struct chart_sum sum;
};
struct chart_buckets {
    struct chart_bucket *at;
    size_t n;
};

struct chart_figures {
    struct chart_sum sum;
    struct chart_buckets by_time;  /* every span of the period, also empty ones */
    struct chart_buckets by_unit;  /* most first */
    struct chart_buckets by_field; /* most first */
    struct chart_buckets by_age;   /* of what is open: days since arrival */
};

/* The scopes a hat may look at, widest first; n is 0 for a hat that sees no figures. */
struct chart_scopes {
    enum chart_scope at[3];
    size_t n;
};
void chart_scopes_of(const struct who *who, struct chart_scopes *scopes);
/* The principal whose figures a scope of this hat shows. DENIED when the hat has no such scope. */
struct err chart_principal(struct db_read *db, const struct who *who, enum chart_scope scope, int64_t *principal);

/* What the modules count, first the one a code names; NULL when nothing is counted. */
const struct metric_source *chart_source(const struct modules *all, struct str code);

struct err chart_figures(struct db_read *db, const struct chart_filter *filter, struct date today,
                         struct chart_figures *out);
/* The days of the filter's span that have something, rising. */
struct chart_day {
    struct date on;
    struct chart_sum sum;
};
struct chart_days {
    struct chart_day *at;
    size_t n;
};
struct err chart_days(struct db_read *db, const struct chart_filter *filter, struct date today, struct chart_days *out);
/* The first day of the source the filter's principal has figures of; {0}: none at all. Before it nothing is known. */
struct err chart_first_day(struct db_read *db, const struct chart_filter *filter, struct date *first);
/* By commune: .field of a bucket is its code, CHART_NO_FIELD for what is about none; no label. */
struct err chart_communes(struct db_read *db, const struct chart_filter *filter, struct date today,
                          struct chart_buckets *out);
/* By unit and month: .unit and .from say which; no label. */
struct err chart_unit_months(struct db_read *db, const struct chart_filter *filter, struct date today,
                             struct chart_buckets *out);
/* What was open at the ends of days, as it was kept each night: .overdue and .waiting only. */
struct err chart_stocks(struct db_read *db, const struct chart_filter *filter, struct chart_days *out);
void chart_sum_add(struct chart_sum *to, const struct chart_sum *more);
/* How many of a sum stand as a metric says (enum metric_outcome together). */
int64_t chart_count(const struct chart_sum *sum, unsigned outcomes);
/* Brings the figures of one record up to date: after any change of it or of its rights. */
struct err chart_count_record(struct db_write *db, const struct metric_source *of, int64_t record, struct date today);
/* Counts everything of a source anew when nothing of it is counted yet (a new module, the demonstration). */
struct err chart_fill(struct db_write *db, const struct metric_source *of, struct date today);
/* Keeps how much of a source is open at the end of a day. */
struct err chart_stock_take(struct db_write *db, const struct metric_source *of, struct date today);
#endif
