/* What the pages of services show. */
#ifndef MODULES_SERVICE_SERVICE_VIEW_H
#define MODULES_SERVICE_SERVICE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/fill/fill_view.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/task/task_view.h"
#include "modules/thread/thread_view.h"

/* ---- For the public */
struct service_guide_line {
    struct link link;
    struct str short_name, name, purpose;
    bool is_open;
};
struct service_guide_list {
    LIST(struct service_guide_line) lines;
    size_t open;
};
struct service_guide_step {
    struct str name, words;
};
struct service_guide_law {
    struct str doc, says;
    bool is_unchecked;
};
struct service_guide_need {
    struct str label, instead;
    bool is_required;
};
struct service_guide_test {
    struct str ask, otherwise;
};
struct service_guide {
    struct str code, name, purpose, receiver, fee, phone;
    int64_t version, questions;
    struct date valid_from;
    bool is_open, has_danger;
    struct link begin;
    LIST(struct service_guide_need) needs;
    LIST(struct service_guide_step) steps;
    LIST(struct service_guide_law) laws;
    LIST(struct service_guide_test) tests;
};

struct service_file_view {
    int64_t id;
    struct str name;
    int64_t size;
    struct link link, drop;
};
/* A question that is answered with files: a form of its own. */
struct service_file_ask {
    struct str name, label, help, instead, kinds, fault;
    bool is_required;
    LIST(struct service_file_view) files;
};
struct service_ask {
    struct fill_page page;
    struct link to, resume, file_to;
    struct str phone, fault;
    bool is_files;
    LIST(struct service_file_ask) files;
    struct instant saved_at;
};
struct service_check {
    struct fill_review review;
    struct link to, first;
    struct form *form;
    struct str agreement;
    bool is_staff;
};
struct service_resume {
    struct str code, words;
    struct link back, to;
    int64_t days;
};
struct service_next {
    struct str name, words;
};
struct service_slip {
    struct str name, code, words, qr, organ;
    int qr_size;
    struct link track;
    struct instant sent_at;
    LIST(struct service_next) next;
};
struct service_day {
    struct str class, words;
};
struct service_road {
    struct str name, note, class;
    struct instant at;
    bool is_now;
};
struct service_letter_line {
    struct str name;
    struct instant made_at;
    struct link link;
};
struct service_track {
    struct str name, code, state, state_name, organ, phone;
    struct str promise, due_words, class, state_words, basis; /* promise: what is promised; empty: nothing runs */
    LIST(struct service_day) days;
    LIST(struct service_next) why;
    LIST(struct service_road) road;
    LIST(struct service_letter_line) letters;
    struct str wanted; /* what the person is asked for */
    struct str notice; /* what was just done */
    struct form *answer, *withdraw;
    struct link answer_to, withdraw_to, close_to, slip;
    bool may_withdraw, has_ended, is_answer_refused, is_withdraw_refused;
};

/* ---- Behind the counter */
struct service_line {
    struct link link;
    struct str code, name, applicant, state_name, step, channel, due_words, due_time;
    bool is_late, is_soon, is_done;
};
struct service_choice_view {
    struct str value, label;
    bool is_chosen;
};
struct service_queue {
    struct tabs tabs;
    struct str box, box_title, procedure;
    LIST(struct service_choice_view) procedures;
    LIST(struct service_line) lines;
    struct pages pages;
    bool may_set;
};
struct service_clock_view {
    struct str name, state_name, due_words, basis, why;
    bool is_late, is_running;
};
struct service_alike {
    struct link link;
    struct str code, state_name;
    struct instant made_at;
};
struct service_show {
    int64_t id;
    struct str code, name, state, state_name, step_name, applicant, phone, channel, entered_name, receipt_code;
    struct instant made_at;
    struct fill_review review;
    struct link draft;
    LIST(struct service_clock_view) clocks;
    LIST(struct service_letter_line) letters;
    LIST(struct service_choice_view) letter_kinds;
    LIST(struct service_file_view) files;
    LIST(struct service_alike) alike;
    LIST(struct service_choice_view) next;
    struct thread_view thread;
    struct task_items_view tasks;
    struct form *receive, *advance, *supplement, *apology, *refusal, *look, *letter;
    struct str open; /* the act whose form came back */
    bool may_receive, may_advance, may_supplement, may_apologize, may_refuse, may_look, has_hidden, is_looking,
        may_letter;
};
struct service_placeholder_view {
    struct str name, label, value;
};
struct service_letter_form {
    struct str code, name;
    struct link to, back;
    LIST(struct service_placeholder_view) typed;
    LIST(struct service_placeholder_view) known;
};
struct service_letter_show {
    struct str organ, kind, name, code, opening, closing, by_name, by_post_name, signer, qr, place;
    int qr_size;
    struct instant made_at;
    LIST(struct service_placeholder_view) facts;
    struct link back;
};
struct service_entry {
    LIST(struct service_guide_line) lines;
    struct form *form;
};
struct service_office_line {
    struct link link;
    struct str code, name, lacking;
    int64_t version;
    bool is_open;
};
struct service_offices {
    LIST(struct service_office_line) lines;
    LIST(struct service_guide_line) lists;
};
struct service_office_setting {
    struct str key, note, value;
};
struct service_office_form {
    struct str code, name, lacking_lists;
    struct link to;
    struct form *form;
    bool is_open;
    LIST(struct service_office_setting) settings;
    LIST(struct service_choice_view) lists;
};
struct service_list_form {
    struct str name;
    struct link to;
    struct form *form;
};
#endif
