/* What the desk shows. */
#ifndef MODULES_DESK_DESK_VIEW_H
#define MODULES_DESK_DESK_VIEW_H
#include "base/list.h"
#include "kernel/shell/page_view.h"

struct desk_row {
    struct link link;
    struct str subject;
    struct str code;
    struct str issuer;
    struct str what;          /* what is to be done with it, or who has it */
    struct str priority_name; /* empty: ordinary */
    struct str due_words;
    struct date due_on;
    int64_t place; /* in its tab */
    bool is_late, is_soon, is_new;
};

/* A second list under the first, while that is short. */
struct desk_section {
    struct str title;
    struct link link;
    int64_t count;
    LIST(struct desk_row) rows;
};

struct desk_bar {
    struct str label;
    struct link link;
    int64_t n;
    int64_t x, y, height; /* in the drawing */
    bool is_last;
};

struct desk_told {
    int64_t id;
    struct str words;
    struct instant told_at;
    bool is_new;
};

/* The list of a box, and how many stand in it. */
struct desk_list {
    struct str title;
    struct link link;
    int64_t count;
};

/* What a paper in hand may become. */
struct desk_paper {
    struct str act;
    struct link link;
    struct html icon;
    int64_t order;
};

struct desk_show {
    struct str greeting; /* chị Vân */
    struct date today;
    struct str lunar;
    struct str tomorrow; /* why tomorrow is no working day; empty: it is one */
    struct tabs tabs;
    LIST(struct desk_row) rows;
    LIST(struct desk_section) sections;
    struct str empty_title, empty_words;
    struct str live;              /* events after which what waits is drawn anew */
    int64_t hidden;               /* rows of the tab not shown here */
    LIST(struct desk_list) lists; /* where they are */
    LIST(struct desk_paper) papers;
    struct str weeks_of, weeks_live;
    LIST(struct desk_bar) weeks;
    int64_t this_week, last_week;
    struct link chart;
    LIST(struct desk_told) told;
    bool may_ask, has_weeks;
};
#endif
