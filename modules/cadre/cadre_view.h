/* What the pages of cadres show. Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_VIEW_H
#define MODULES_CADRE_CADRE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/fill/fill_view.h"
#include "kernel/shell/page_view.h"

/* A figure that opens its list. */
struct cadre_tile {
    struct str title, words;
    struct link link;
    int64_t count;
    bool is_hot;
};
struct cadre_option {
    struct str value, label;
    bool is_chosen;
};
struct cadre_row_view {
    struct link link;
    struct str name, post, unit, birth, staff_no, sex;
    int64_t n_findings;
    bool is_party;
};
struct cadre_index_view {
    struct str words;
    LIST(struct cadre_option) units;
    LIST(struct cadre_option) sexes;
    LIST(struct cadre_option) parties;
    LIST(struct cadre_tile) tiles;
    LIST(struct cadre_row_view) rows;
    struct tabs tabs;
    struct link next, first, own;
    bool is_keeper, is_filtered, is_findings, is_left;
};

struct cadre_fact {
    struct str label, shown, note;
};
struct cadre_entry_view {
    struct link edit; /* empty: none */
    struct str when, title;
    LIST(struct cadre_fact) facts;
};
struct cadre_group_card {
    struct link link;
    struct str title, class;
    int64_t n;
    bool is_many, is_locked, is_more;
    LIST(struct cadre_fact) facts;      /* of a group that is there once */
    LIST(struct cadre_entry_view) some; /* the newest of many */
};
struct cadre_side {
    struct str group, text;
    struct link link; /* empty: none */
};
struct cadre_finding_view {
    struct str words, source;
    struct cadre_side left, right;
};
struct cadre_due_line {
    struct str title, words;
    struct date on;
    bool is_late, is_soon;
};
struct cadre_proposal_line {
    struct link link;
    struct str title, words, state, who, unit;
    struct instant at;
    bool is_waiting;
};
struct cadre_look_line {
    struct str who, part, purpose;
    struct instant at;
};
struct cadre_print_link {
    struct link link;
    struct str name, who;
    struct instant at;
};
struct cadre_show_view {
    int64_t id;
    struct str name, post, unit, organ, staff_no, home_today;
    bool is_self, is_keeper, is_left, is_head;
    struct link place, print;
    LIST(struct cadre_group_card) groups;
    LIST(struct cadre_finding_view) findings;
    LIST(struct cadre_due_line) dues;
    LIST(struct cadre_proposal_line) proposals;
    LIST(struct cadre_look_line) looks;
    LIST(struct cadre_print_link) prints;
};

struct cadre_past_view {
    struct str act, who, basis, changes, title;
    struct instant at;
};
struct cadre_group_view {
    int64_t id, minutes;
    struct str name, title, class, nd27, code;
    struct link back, add;
    bool is_open, is_many, is_sensitive, is_keeper;
    struct str add_words;
    struct form *look;
    LIST(struct cadre_entry_view) entries;
    LIST(struct cadre_past_view) past;
};

/* Writing an entry, or proposing one. */
struct cadre_edit_view {
    struct str name, title, group, button;
    struct link to, back, removal;
    bool is_proposal, has_file, has_version;
    struct form *form;
    struct form *gone;
    LIST(struct fill_cell) cells;
    LIST(struct fill_fault) faults;
};
struct cadre_new_view {
    struct form *form;
    LIST(struct fill_cell) cells;
    LIST(struct fill_fault) faults;
    struct pick_options units, people;
};
struct cadre_place_view {
    int64_t id;
    struct str name;
    struct link back;
    struct form *form;
    struct pick_options units, people;
};

struct cadre_change {
    struct str label, was, is;
    bool is_changed;
};
struct cadre_proposal_view {
    int64_t id, proposal;
    struct str name, title, words, state, who, reason, decided_by;
    struct instant made_at, decided_at;
    struct link back;
    bool is_waiting, may_decide, may_withdraw, has_file, is_new, is_open;
    struct file_chip file;
    struct form *accept, *reject, *withdraw;
    LIST(struct cadre_change) changes;
    struct link group;
};
struct cadre_proposals_view {
    struct tabs tabs;
    LIST(struct cadre_proposal_line) rows;
    LIST(struct cadre_proposal_line) own;
    struct link next;
};

/* --- Printing --- */
struct cadre_prints_view {
    int64_t id;
    struct str name;
    struct link back;
    bool is_open;
    struct form *form;
    LIST(struct cadre_print_link) prints;
};
struct cadre_leaf_cell {
    struct str text;
};
struct cadre_leaf_row {
    LIST(struct cadre_leaf_cell) cells;
    bool is_new, is_gone;
};
struct cadre_leaf_line {
    struct str number, label, was;
    bool is_changed, is_table;
    LIST(struct cadre_leaf_cell) heads;
    LIST(struct cadre_leaf_row) rows;
    struct str text;
};
struct cadre_leaf_view {
    struct str name, title, form_name, organ, staff_no, who;
    struct instant at, before_at;
    struct link back;
    bool has_before;
    int64_t n_changed;
    LIST(struct cadre_leaf_line) lines;
};

/* --- Lists that run themselves --- */
struct cadre_due_row {
    struct link link;
    struct str name, post, unit, birth, words;
    struct date on;
    bool is_late;
};
struct cadre_due_view {
    struct tabs kinds;
    struct str title, waits, source;
    bool is_unchecked;
    struct tabs tabs;
    LIST(struct cadre_due_row) rows;
    int64_t count;
    struct str within;
    struct link next;
};
struct cadre_wave_row {
    int64_t year, all, women, men;
    struct link all_link, women_link, men_link;
};
struct cadre_wave_view {
    struct tabs tabs;
    LIST(struct cadre_wave_row) rows;
    int64_t total;
    struct link total_link;
    struct str source;
};

/* --- Committees --- */
struct cadre_committee_line {
    struct link link;
    struct str title, state;
    int64_t seats;
    struct date held_on;
};
struct cadre_committees_view {
    struct tabs tabs;
    LIST(struct cadre_committee_line) rows;
    struct link older;
};
struct cadre_measure_view {
    struct str words;
    struct link link;
    int64_t n, of, target, lacks;
    int64_t percent, goal;
    bool is_met, is_chosen;
};
struct cadre_nominee_view {
    struct str name, place, tags, reason;
    struct link link, removal;
    bool is_dropped;
};
struct cadre_committee_view {
    int64_t id, seats, n;
    struct str title, note, only;
    struct date held_on;
    bool is_open, is_over;
    struct link edit, all;
    LIST(struct cadre_measure_view) measures;
    LIST(struct cadre_nominee_view) nominees;
    struct form *add, *close;
    struct pick_options cadres;
};
struct cadre_committee_form_view {
    struct str title, button;
    struct link to, back;
    bool is_new;
    struct form *form;
};
#endif
