/* What waits for the worn post: modules/desk gathers it from all businesses. Lines and counts come from the same rows
   as the list a box opens, so that the three always agree. */
#ifndef KERNEL_PORT_WAITING_H
#define KERNEL_PORT_WAITING_H
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/rights/auth.h"

struct db_read;

/* The desk's tabs. */
enum waiting_tab {
    WAITING_MINE = 1, /* to be done by this post */
    WAITING_SOON,     /* of those: soon due */
    WAITING_LATE,     /* of those: overdue */
    WAITING_GIVEN,    /* given to others, still open */
    WAITING_INFORM,   /* to be known, not seen yet */
    WAITING_TABS
};

struct waiting_box {
    enum waiting_tab tab;
    struct str title; /* "Chờ chỉ đạo" */
    const char *path; /* its list: "/document?tab=presented" */
};

/* One line of a box. */
struct waiting_line {
    struct link link;
    struct str title;
    struct str number, from; /* may be empty */
    struct str what;         /* what is to be done with it, or who has it */
    struct str mark;         /* what presses: "Khẩn"; usually empty */
    struct str due_words;    /* "Quá hạn 3 ngày"; empty: no deadline */
    struct date due_on;
    bool is_late, is_soon, is_new;
};
struct waiting_lines {
    struct waiting_line *at;
    size_t n;
};

/* A table of these ends with an empty code. */
struct waiting_source {
    struct str code;                 /* first word of the events after which the desk looks again */
    const struct waiting_box *boxes; /* in the order in which they press; ended by a 0 tab */
    /* counts[i] for boxes[i]: one indexed look-up for all of them, whatever there is in total. */
    struct err (*counts)(struct db_read *db, const struct who *who, struct date today, int64_t *counts);
    /* The first lines of boxes[box], at most so many: due ones soonest first, others newest first. */
    struct err (*lines)(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *lines);
};
#endif
