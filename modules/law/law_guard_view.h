/* Views of the citation guard and of the review of changes. */
#ifndef MODULES_LAW_LAW_GUARD_VIEW_H
#define MODULES_LAW_LAW_GUARD_VIEW_H
#include "base/list.h"
#include "kernel/page/html.h"
#include "kernel/db/ids/law_check.h"
#include "kernel/db/ids/law_event.h"
#include "kernel/shell/page_view.h"

/* ---- The citation guard. */
struct law_mark { /* a stretch of the checked text */
    struct str words;
    struct str tone; /* red, gold, green, blue; '' not cited */
    int64_t finding; /* the number of its finding; 0 none */
};
struct law_mark_piece {
    struct str words;
    bool is_extra, is_lacking;
};
struct law_finding_view {
    int64_t n;
    int64_t from, to; /* bytes of the text */
    struct str cited, level, level_name, tone, code, sentence, suggestion, work_name, place;
    struct link link;
    bool has_link, is_right;
    LIST(struct law_mark_piece) pieces;
};
struct law_guard_view {
    struct law_check_id id;
    struct str name, state, fault;
    bool is_reading, is_unreadable, is_empty, is_cut;
    bool is_part;        /* of a longer text: not all of it is on this page */
    int64_t done, total; /* of what is still being read or checked; total 0: not known */
    struct str doing;
    struct tabs tabs;
    struct link first, next; /* pages of findings; empty: there is none */
    int64_t first_n, last_n; /* numbers of the findings on this page */
    struct date on;
    int64_t citations, right, look, wrong, unknown;
    LIST(struct law_mark) marks;
    LIST(struct law_finding_view) findings;
};
struct law_check_item {
    struct law_check_id id;
    struct str name;
    struct date on;
    struct instant made_at;
    bool is_reading;
};
struct law_guard_index_view {
    struct form *form;
    LIST(struct law_check_item) checks;
    bool may_review;
};

/* ---- Changes to be reviewed. */
struct law_change_item {
    struct law_event_id id;
    struct str op_name, place, target_name, acting_name, why, state, state_name, tone;
    struct date on;
};
struct law_change_index_view {
    LIST(struct law_change_item) items;
    struct str state;
    struct pages pages;
};
struct law_change_show_view {
    struct law_change_item item;
    struct str evidence, new_text, heading;
    struct link acting_link, target_link;
    bool has_target, may_accept, may_reject, may_undo;
    struct str before, after; /* the place's words around its day */
    struct form *form;
};
#endif
