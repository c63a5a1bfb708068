/* What the chart pages show. Every figure comes with the address of the records behind it. */
#ifndef MODULES_CHART_CHART_VIEW_H
#define MODULES_CHART_CHART_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct chart_figure {
    int64_t n;
    struct link link;
};

struct chart_line {
    struct str label;
    struct str hue; /* of the mark: green, red …; empty: the series' own */
    struct chart_figure total, on_time, late, done, overdue, waiting;
};

/* One chart and its table twin. */
struct chart_table {
    struct str id; /* of the element, for links and live updates */
    struct str title;
    struct str of;      /* what the lines are: Tuần từ ngày, Đơn vị chủ trì … */
    struct str summary; /* in words, for those who do not see the drawing */
    bool is_column;     /* upright, by time; else lying bars */
    bool is_open_only;  /* only what is open has columns */
    bool is_single;     /* one figure a line */
    LIST(struct chart_line) lines;
};

struct chart_option {
    struct str value, label;
    bool is_chosen;
};

/* A metric made of the figures. */
struct chart_metric {
    struct str code, title, definition, unit, source;
    struct chart_figure of, per; /* what is counted; of a ratio, of how many */
    int64_t percent;             /* of a ratio */
    bool is_ratio, has_percent;
    bool is_up_good, is_down_good;
    int64_t least; /* smaller figures are not given to others; 0: all are */
};

struct chart_show {
    struct str heading, live; /* what is counted; after which events it is drawn anew */
    struct str of, all_title, field_title;
    struct tabs sources;
    LIST(struct chart_metric) metrics;
    struct str scope_name, field_name, unit_name, commune_name;
    struct str scope, step, field, commune;
    int64_t unit;
    struct date from, to;
    struct instant at;
    struct str fault;
    struct chart_line sum;
    struct chart_table by_time, by_outcome, by_unit, by_field, by_age;
    LIST(struct chart_option) scopes;
    LIST(struct chart_option) steps;
    LIST(struct chart_option) fields;
    struct link excel, csv, all_units;
};

struct chart_record {
    struct link link;
    struct str arrival_no, code, subject, issuer, lead, field, outcome;
    struct date arrival_on;
    bool is_late, is_done;
};

struct chart_records_view {
    struct str title, heading, day, live;
    struct str words; /* what is filtered */
    struct link back, older, excel;
    LIST(struct chart_record) records;
};
#endif
