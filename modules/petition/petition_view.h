/* What the pages of letters show. Of a denunciation no member tells who wrote, but those of petition_identity. */
#ifndef MODULES_PETITION_PETITION_VIEW_H
#define MODULES_PETITION_PETITION_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/task/task_view.h"
#include "modules/thread/thread_view.h"

struct petition_option {
    struct str value, label;
    bool is_chosen;
};
struct petition_row_view {
    struct link link;
    int64_t number;
    struct str title, type_name, channel_name, writer, address, state_name, place_name, authority, due_words;
    struct date received_on, due_on, disposed_on;
    bool is_late, is_soon, is_done, is_protected, is_grave; /* is_grave: a type that is told apart by colour */
};
struct petition_index {
    struct str box, box_title, q, from_text, to_text;
    struct tabs tabs;
    LIST(struct petition_row_view) items;
    LIST(struct petition_option) types;
    LIST(struct petition_option) states;
    LIST(struct petition_option) channels;
    LIST(struct petition_option) places;
    struct pages pages;
    struct link clear, book, excel;
    bool is_filtered, is_far, may_receive;
};
struct petition_book {
    struct str organ, words;
    LIST(struct petition_row_view) items;
    int64_t most;
    bool is_cut;
};
struct petition_form_view {
    struct link to, back;
    struct form *form;
    bool is_new, is_protected;
};

/* ---- One letter */
struct petition_piece { /* of the letter's words; n: the finding that was read from it, 0 none */
    struct str text;
    int64_t n;
};
struct petition_finding_view {
    int64_t n; /* 0: no words of the letter show it */
    struct str name, label, shown, value, words, law;
    bool is_sure, is_decided, is_pick, is_place, is_day, is_authority, is_lacks;
    struct str kind, org, day_text; /* what stands now, for correcting */
    LIST(struct petition_option) options;
};
struct petition_day_view {
    struct str weekday, below;
    int64_t day;
    bool is_rest, is_gone, is_today, is_due, is_start;
};
struct petition_clock_view {
    struct str what, rule_name, left, law, why;
    struct date due_on;
    int64_t part;
    bool is_late, is_soon, is_unchecked, is_provisional;
    LIST(struct petition_day_view) days;
};
struct petition_act_view {
    struct str noun, label;
    struct form *form;
    bool is_main, is_open, has_body, has_kind, has_doc, has_text, has_on;
};
struct petition_transfer_view {
    struct str body, doc, state_name, reply_doc, reply;
    struct date sent_on, replied_on, urged_on;
    int64_t urged;
    bool is_wrong, is_waiting;
};
struct petition_same_view {
    struct link link, beside;
    struct str title, state_name;
    int64_t number, score;
    struct date received_on;
    bool is_same_case;
};
struct petition_part_view {
    int64_t n;
    struct str type_name, topic_name, authority;
};
struct petition_link {
    struct str label;
    struct link link;
};
struct petition_show {
    int64_t id, number, year, people, urged, wrong, denied, rating;
    struct str code, question; /* of its receipt; what who wrote was asked and has not answered */
    struct str title, type_name, channel_name, source, writer, state_name, place_name, due_words;
    struct date received_on, written_on;
    bool is_protected, is_late, is_soon, is_masked, may_manage, may_open, is_over, has_receipt;
    int64_t unsure, decided; /* findings to be looked at, and those a person took */
    LIST(struct petition_piece) pieces;
    LIST(struct petition_finding_view) findings;
    LIST(struct petition_option) places;
    LIST(struct petition_clock_view) clocks;
    LIST(struct petition_act_view) acts;
    LIST(struct petition_transfer_view) transfers;
    LIST(struct petition_same_view) alike;
    LIST(struct petition_same_view) of_case;
    LIST(struct petition_part_view) parts;
    LIST(struct petition_link) slips;
    LIST(struct file_chip) files;
    struct form *judge, *give;
    struct pick_options people_pick;
    struct task_items_view tasks;
    struct thread_view thread;
    struct link opinion, edit, identity;
    struct str at_fault;
};

/* ---- Two letters side by side */
struct petition_side {
    int64_t id, number;
    struct str title, writer, channel_name;
    struct date received_on;
    LIST(struct petition_piece) pieces; /* n 1: stands in the other too */
};
struct petition_beside {
    struct petition_side left, right;
    int64_t score;
    bool is_same_case, may_join;
    struct link back;
};

/* ---- Who denounces */
struct petition_opened {
    struct str name, reason;
    struct instant opened_at;
};
struct petition_added { /* words of who wrote, sent later */
    struct str text;
    struct instant at;
};
struct petition_identity {
    int64_t id, number, minutes;
    struct link back;
    struct form *form;
    bool is_open;
    struct str name, address, phone, email, text;
    LIST(struct file_chip) files;
    LIST(struct petition_added) added;
    LIST(struct petition_opened) opened;
};

/* ---- A paper to print */
struct petition_slip_line {
    struct str text;
    bool is_heading;
};
struct petition_slip_view {
    struct str upper, organ, notation, place, title, subject, law, since, to, sign;
    struct date on;
    struct link back;
    LIST(struct petition_slip_line) lines;
    bool is_unchecked;
};

/* ---- Form 01/XLD */
struct petition_cell_view {
    int64_t number, n; /* of the column, and what stands in it */
    struct str name;
    struct link link; /* to its letters */
    bool is_current;
};
struct petition_equation {
    struct str words;
    bool holds;
};
struct petition_report {
    struct str organ, period, period_name, cell_name;
    struct date from_on, to_on;
    LIST(struct petition_option) periods;
    LIST(struct petition_cell_view) cells;
    LIST(struct petition_equation) equations;
    LIST(struct petition_row_view) items; /* behind the chosen cell */
    struct link excel;
    bool is_whole, has_cell;
    int64_t letters_most;
};
#endif
