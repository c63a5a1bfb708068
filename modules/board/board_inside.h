/* What the files of boards share: metrics found by code, boards and their cards, the filter in the address, and the
   figures of one source under it. */
#ifndef MODULES_BOARD_BOARD_INSIDE_H
#define MODULES_BOARD_BOARD_INSIDE_H
#include "kernel/http/http.h"
#include "kernel/page/html.h"
#include "kernel/port/metric.h"
#include "kernel/queue/job.h"
#include "modules/chart/chart.h"

extern const struct route board_routes[];
extern const struct job_kind board_jobs[];

/* --- Metrics --------------------------------------------------------------------------------------------------- */
struct board_metric {
    const struct metric_source *of;
    const struct metric *m;
};
/* False: no module brings it (any more). */
bool board_metric_find(const struct modules *all, struct str code, struct board_metric *out);
struct board_metrics {
    struct board_metric *at;
    size_t n;
};
void board_metrics(struct arena *a, const struct modules *all, struct board_metrics *out);
/* "xong đúng hạn ÷ (xong đúng hạn + xong trễ + quá hạn)". */
struct str board_formula(struct arena *a, const struct metric *m);
struct str board_kind_name(enum metric_kind kind);

/* How a card is drawn. */
enum board_kind {
    BOARD_NUMBER = 1,
    BOARD_LINE,
    BOARD_UNIT,
    BOARD_FIELD,
    BOARD_OUTCOME,
    BOARD_TABLE,
    BOARD_HEAT,
    BOARD_MAP,
};
enum { BOARD_KINDS = 8, BOARD_CARDS_MOST = 100 };
struct str board_drawn_code(enum board_kind kind);
struct str board_drawn_name(enum board_kind kind);
enum board_kind board_drawn_read(struct str code); /* 0: none of that name */

/* --- Boards ---------------------------------------------------------------------------------------------------- */
struct board_item {
    int64_t id; /* of its row; 0 on boards of the program */
    struct str group, metric;
    enum board_kind kind;
};
struct board_set {
    int64_t id;      /* 0: of the program */
    struct str code; /* of those of the program */
    struct str title;
    bool is_mine;
    int64_t unit; /* shared with; 0: nobody */
    int64_t version;
    LIST(struct board_item) items;
};
struct board_ready { /* one of the program's */
    struct str code, title, roles;
};
bool board_ready_at(size_t i, struct board_ready *out);
/* The board of that code; the one for the hat's roles when there is no such. */
void board_ready_read(struct arena *a, const struct who *who, struct str code, struct board_set *out);
bool board_ready_uses(struct str code, struct str metric);
/* MISSING for who may not see it. */
struct err board_own_read(struct db_read *db, const struct who *who, int64_t id, struct board_set *out);

/* --- The filter ------------------------------------------------------------------------------------------------ */
enum board_span { BOARD_MONTH = 1, BOARD_QUARTER, BOARD_YEAR, BOARD_TWELVE };
struct board_filter {
    struct str path; /* "/board" or "/board/42" */
    struct str code; /* of a board of the program; empty on one's own */
    enum board_span span;
    bool is_year_ago; /* against the same days of the year before; else of the span before */
    struct date on;   /* a day within */
    struct date from, to;
    struct date before_from, before_to; /* what it is held against */
    enum chart_scope scope;
    int64_t principal;
    int64_t unit;
    struct str commune, source; /* empty: all */
};
struct err board_filter_read(struct get *g, struct str path, struct str code, struct board_filter *f,
                             struct str *fault);
struct link board_link(struct arena *a, struct str path, const struct board_filter *f);
struct str board_span_code(enum board_span span);
struct str board_span_name(enum board_span span);
struct str board_period_words(struct arena *a, const struct board_filter *f); /* "Tháng 11/2026" */
struct str board_before_words(struct arena *a, const struct board_filter *f); /* "cùng số ngày của tháng trước" */
struct err board_filter_words(struct db_read *db, struct arena *a, const struct board_filter *f, struct str *words);
void board_dates_of(struct board_filter *f, struct date today); /* from, to and what they are held against */
struct date board_month_plus(struct date month, int n);

/* --- Figures --------------------------------------------------------------------------------------------------- */
enum { BOARD_MONTHS = 36 };
/* One month of a metric. */
struct board_month {
    struct date on; /* its first day */
    bool is_known;  /* false: nothing was counted yet, which is not 0 */
    bool is_begun;  /* counting began within it: what there is is not the whole month */
    bool is_past;   /* from a report: no records behind it */
    bool is_whole;  /* the month is over */
    int64_t of, per;
    double value; /* percent of a ratio */
};
/* What the cards of one source need. */
struct board_source {
    const struct metric_source *of;
    struct chart_filter chart; /* of the period */
    struct chart_days days;    /* of the last BOARD_MONTHS months */
    struct chart_days stocks;
    struct date first; /* {0}: nothing is counted */
};
struct board_look {
    struct db_read *db;
    struct arena *arena;
    const struct board_filter *filter;
    int64_t organ;
    struct date today;
    LIST(struct board_source) sources;
};
struct err board_source_look(struct board_look *look, const struct metric_source *of, struct board_source **out);
/* The sum of the days from…to; what stands now of a stock. */
struct chart_sum board_sum(const struct board_source *s, struct date from, struct date to);
/* False: of a ratio nothing to divide by, or nothing was counted before to. */
bool board_value(const struct board_metric *m, const struct chart_sum *sum, double *value);
struct board_months {
    struct board_month at[BOARD_MONTHS];
};
/* The months up to that of the filter's last day, oldest first. */
struct err board_months(struct board_look *look, const struct board_source *s, const struct board_metric *m,
                        struct board_months *out);
/* The chart filter behind a card: of the period; of all days for what stands now. */
struct chart_filter board_chart(const struct board_source *s, const struct board_metric *m);
/* "92,4", "1.204". */
struct str board_number(struct arena *a, double value, bool is_ratio);

/* --- Small figures --------------------------------------------------------------------------------------------- */
/* Of the cells of a row whose sum is known: hides those from 1 to least − 1, and as many more, the smallest first, as
   it takes that none can be worked out from the sum. Returns whether the sum itself has to be hidden too. */
bool board_hide(const int64_t *cells, size_t n, int64_t least, bool *is_hidden);
#endif
