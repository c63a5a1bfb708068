/* What pages of a form show. */
#ifndef KERNEL_FILL_FILL_VIEW_H
#define KERNEL_FILL_FILL_VIEW_H
#include "base/list.h"
#include "base/str.h"

/* How a question is drawn. */
enum fill_look {
    FILL_LINE,
    FILL_TEXT,
    FILL_NUMBER,
    FILL_RADIOS,
    FILL_TICKS,
    FILL_DECLARATION,
    FILL_TABLE,
    FILL_FILE,
    FILL_SHOWN
};

struct fill_option {
    struct str value, label, hint;
    bool is_chosen;
};
struct fill_cell {
    int look;
    struct str name, label, help, typed, fault, sample, fill;
    bool is_required, is_short;
    LIST(struct fill_option) options;
};
struct fill_row {
    size_t number;
    LIST(struct fill_cell) cells;
};
struct fill_question {
    struct fill_cell cell;
    LIST(struct fill_row) rows;
};
/* A fault with the place it is at, for the list on top. */
struct fill_fault {
    struct str name, words;
};
struct fill_page {
    struct str form_name, title, hint, id;
    size_t number, count; /* among the pages that are shown */
    LIST(struct fill_question) questions;
    LIST(struct fill_fault) faults;
};
struct fill_line {
    struct str name, label, shown;
    bool is_wrong;
};
struct fill_part {
    struct str title;
    struct str change;
    LIST(struct fill_line) lines;
};
struct fill_review {
    struct str form_name, declaration, consent;
    size_t faults;
    LIST(struct fill_part) parts;
    LIST(struct fill_line) dropped;
};
#endif
