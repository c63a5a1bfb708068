/* What the pages of registers show. */
#ifndef MODULES_REGISTER_REGISTER_VIEW_H
#define MODULES_REGISTER_REGISTER_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/fill/fill_view.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

/* ---- All registers */
struct register_index_line {
    struct str name, unit;
    struct link link, form;
    int64_t n;
    bool is_open; /* the reader has books of it, or may begin one */
};
struct register_index_group {
    struct str name;
    LIST(struct register_index_line) lines;
};
struct register_index {
    LIST(struct register_index_group) groups;
};

/* ---- What a register asks */
struct register_form_line {
    struct str name, label, kind, class_name, rule;
    bool is_required, is_key;
};
struct register_form_view {
    struct str code, title, keeper;
    int64_t version;
    struct link list; /* empty: nothing of it for this person */
    LIST(struct register_form_line) lines;
    LIST(struct str) checks;
};

/* ---- One register as a table */
struct register_cell {
    struct str text;
    bool is_number, is_veiled, is_late;
};
struct register_line {
    struct link link;
    struct str title, owner;
    LIST(struct register_cell) cells;
};
struct register_column {
    struct str label;
    struct link link; /* sorts by it; empty: may not */
    bool is_number, is_up, is_down;
};
struct register_option {
    struct str value, label;
    bool is_chosen;
};
struct register_filter_view {
    struct str name, label, low, high;
    bool is_choice, is_date;
    LIST(struct register_option) options;
};
struct register_chip {
    struct str label, value;
    struct link off;
};
struct register_list_view {
    struct str code, title, unit, words, sort;
    bool may_write, has_owners, is_filtered, is_down, is_one;
    int64_t n;
    LIST(struct register_column) columns;
    LIST(struct register_line) lines;
    LIST(struct register_cell) sums;
    LIST(struct register_option) owners;
    LIST(struct register_filter_view) filters;
    LIST(struct register_chip) chips;
    struct link add, import, export_, template_, form, clear, next, first;
    struct str fault; /* what of the filters was not understood */
};

/* ---- One row */
struct register_value {
    struct str label, shown;
    bool is_veiled;
};
struct register_past_line {
    struct str act, why, who, changes;
    struct date valid_on;
    struct instant at;
    int64_t version;
};
struct register_row_view {
    struct str type_name, title, owner;
    struct link list, edit, self;
    int64_t id, version;
    bool may_write, is_gone, is_known; /* is_known: shown as it was recorded on a day */
    struct date known_on;
    struct str known_fault;
    struct instant changed_at;
    LIST(struct register_value) values;
    LIST(struct register_past_line) past;
    LIST(struct file_chip) files;
    struct form *remove, *restore, *file;
};
struct register_edit_view {
    struct str type_name, title;
    struct link to, back;
    struct form *form;
    bool is_new;
    LIST(struct fill_cell) cells;
    LIST(struct fill_fault) faults;
};

/* ---- Sheets */
struct register_sheet_line {
    struct link link;
    struct str name, state;
    struct instant at;
    int64_t n_make, n_change, n_same, n_bad;
};
struct register_import_view {
    struct str code, title;
    struct link list, template_;
    struct form *form;
    LIST(struct register_sheet_line) sheets;
};
struct register_sheet_cell {
    struct str typed, value, fault;
    bool is_bad, is_mended, is_number;
};
struct register_sheet_row {
    int64_t number;
    struct str does, does_name;
    struct link row;
    LIST(struct register_sheet_cell) cells;
};
struct register_sheet_fault {
    struct str cell, words;
    bool is_bad;
};
struct register_sheet_view {
    struct str type_name, file_name, fault, sheet_name, header, progress, done_words;
    int64_t id, version, n_make, n_change, n_same, n_bad, n_good, n_kept, done, total;
    struct instant at;
    bool is_reading, is_unreadable, is_read, is_taken, is_undone, is_undoing, is_going, is_refused, may_undo, may_take;
    struct link import, list, next;
    struct tabs tabs;
    LIST(struct register_column) columns;
    LIST(struct register_sheet_row) rows;
    LIST(struct register_sheet_fault) faults;
    struct form *take, *drop, *undo;
};

/* ---- Reports */
struct register_report_line {
    struct link link;
    struct str title, state, from, due_words;
    struct date from_on, to_on, due_on;
    int64_t asked, sent;
    bool is_late, is_done, is_soon;
};
struct register_reports_view {
    LIST(struct register_report_line) own;
    LIST(struct register_report_line) seen;
    bool may_make, is_only_late;
    struct link older;
    struct str filter;
};
struct register_report_form {
    struct form *form;
    struct pick_options units;
    LIST(struct register_option) samples;
};
struct register_figure {
    struct str shown;
    bool is_missing;
};
struct register_report_row {
    struct str name, state, words;
    struct link link;
    struct instant sent_at;
    bool is_late, is_sent, is_returned;
    LIST(struct register_figure) figures;
};
struct register_report_column {
    int64_t place;
    struct str title, unit;
};
struct register_report_view {
    struct str title, note, organ;
    struct date from_on, to_on, due_on, cut_on;
    int64_t asked, sent, late;
    bool is_cut;
    struct link export_;
    struct tabs tabs;
    LIST(struct register_report_column) columns;
    LIST(struct register_figure) sums;
    LIST(struct register_report_row) rows;
};
struct register_return_line {
    int64_t place;
    struct str name, title, unit, typed, shown, fault, how;
    struct link rows; /* what is behind a live figure */
    bool is_typed, is_live, is_sum, is_check, is_broken;
};
struct register_return_view {
    struct str title, note, organ, owner, state_name, words, reason, sent_by;
    int64_t id, version;
    struct date from_on, to_on, due_on, cut_on;
    struct instant sent_at;
    bool may_send, may_return, is_sent, is_returned, is_cut, is_late;
    struct link report;
    LIST(struct register_return_line) lines;
    struct form *form, *give_back;
};
#endif
