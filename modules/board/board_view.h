/* What the pages of boards show. Drawings are whole numbers on a field 380 wide, made here, not in the browser. */
#ifndef MODULES_BOARD_BOARD_VIEW_H
#define MODULES_BOARD_BOARD_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

enum { BOARD_WIDE = 380 };

struct board_mark { /* a rectangle that opens its records */
    struct link link;
    struct str words; /* what it says, read out */
    int x, y, w, h;
    struct str hue;
};
struct board_text {
    int x, y;
    struct str words, anchor; /* start middle end */
};
struct board_rule {
    int x1, y1, x2, y2;
    struct str hue;
};
struct board_drawing {
    int height;                           /* 0: nothing is drawn */
    struct str line, ahead, wide, narrow; /* paths: known, forecast, its two bands */
    LIST(struct board_mark) marks;
    LIST(struct board_mark) hits; /* whole columns over a line */
    LIST(struct board_text) texts;
    LIST(struct board_rule) rules;
    struct board_mark dot; /* the last value known; w 0: none */
};
struct board_key {
    struct str hue, words;
};

/* The table under each drawing, and what is exported. */
struct board_cell {
    struct str words;
    struct link link; /* empty: nothing to open */
    bool has_number;
    double number;
};
struct board_row {
    struct str label;
    LIST(struct board_cell) cells;
};
struct board_table {
    struct str of;
    LIST(struct str) heads;
    LIST(struct board_row) rows;
};

struct board_card {
    int64_t id;
    struct str title, kind, unit;
    struct link link, per_link, metric_link; /* records; of what; what it means */
    struct str value, of_words, per_words;   /* of a ratio also the two counts */
    struct str delta, delta_hue, target;
    struct str missing; /* said in place of figures */
    struct str summary; /* of the drawing, in a sentence */
    struct str spark;   /* path of twelve months, 96 × 28 */
    int spark_x, spark_y;
    bool is_late, is_number, is_wide, has_map, has_rows;
    struct board_drawing drawing;
    struct commune_map map;
    LIST(struct board_key) keys;
    LIST(struct str) notes;
    struct board_table table;
};
struct board_group {
    struct str title;
    LIST(struct board_card) cards;
};
struct board_option {
    struct str value, label;
    bool is_chosen;
};
struct board_select_options {
    struct board_option *at;
    size_t n;
};
struct board_thing { /* worth knowing: a sentence and where it leads */
    struct str words, act;
    struct link link;
};
struct board_show {
    struct str title, code, words, before;
    struct link path; /* of the filter's form */
    int64_t id;
    bool is_mine, is_hidden;
    struct tabs tabs, periods;
    LIST(struct board_option) scopes;
    LIST(struct board_option) against;
    LIST(struct board_option) units;
    LIST(struct board_option) sources;
    struct commune_options communes;
    struct str scope, period, commune;
    struct date on;
    struct str fault;
    LIST(struct board_group) numbers; /* rows of numbers */
    LIST(struct board_card) charts;
    LIST(struct board_thing) things;
    struct link excel, csv, wall, edit, back;
    struct instant at;
};

struct board_metric_line {
    struct str code, title, definition, unit, source, kind, good, target;
    struct link link;
};
struct board_metric_group {
    struct str title, source;
    LIST(struct board_metric_line) metrics;
};
struct board_metrics_view {
    LIST(struct board_metric_group) groups;
    int64_t n;
};
struct board_use {
    struct str title;
    struct link link;
};
struct board_edition {
    int64_t edition;
    struct date since_on;
    struct str title, words, formula;
};
struct board_metric_view {
    struct board_metric_line metric;
    struct str formula, grain, dimensions, hiding;
    LIST(struct board_use) uses;
    LIST(struct board_edition) editions;
    struct link records;
    struct form *form;
    LIST(struct board_option) scopes;
};

struct board_edit_card {
    int64_t id;
    struct str title, kind;
    bool is_first, is_last;
};
struct board_edit_view {
    int64_t id;
    struct str title;
    LIST(struct board_edit_card) cards;
    struct board_select_options metrics;
    struct board_select_options kinds;
    struct form *form, *card;
    struct str unit_name;
};
struct board_new_view {
    struct form *form;
    struct board_select_options copies;
};

struct board_past_line {
    int64_t id;
    struct str metric, month, n, report;
};
struct board_past_view {
    LIST(struct board_past_line) lines;
    struct board_select_options metrics;
    struct form *form;
    struct link older;
    struct str words;
    bool may_write;
};

struct board_score {
    struct str month, origin, value, band, actual, miss, naive_miss;
    bool is_over, is_held, is_better;
};
struct board_scores {
    struct str title, words;
    struct link link;
    LIST(struct board_score) scores;
};
struct board_forecast_view {
    LIST(struct board_scores) metrics;
    struct str scope_name;
};

struct board_alert_line {
    int64_t id;
    struct str title, rule, now;
    struct link link;
    bool is_crossed;
    struct instant since_at;
};
struct board_alert_view {
    LIST(struct board_alert_line) alerts;
};
#endif
