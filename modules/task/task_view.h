/* What the pages of tasks and the parts for other pages show. */
#ifndef MODULES_TASK_TASK_VIEW_H
#define MODULES_TASK_TASK_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/thread/thread_view.h"

struct form;

/* ---- The part task_items(&view): who has what of a record. */
struct task_item_view {
    int64_t id;
    struct str role_name, target_name, holder_name, state_name, text, report, reason, due_words, due_why;
    struct date due_on, done_on;
    int64_t percent;
    bool is_lead, is_late, is_soon, is_done, is_returned, is_sub;
};
struct task_items_view {
    LIST(struct task_item_view) items;
    struct link give; /* to the form that gives; empty: may not */
};

/* ---- The part task_acts(&view): what this person may do with one part now. */
struct task_extension_view {
    int64_t id;
    struct date old_due_on, new_due_on;
    struct str reason, note, state_name;
    bool may_answer;
};
struct task_acts_view {
    int64_t id;
    bool may_accept, may_see, may_pass, may_advance, may_report, may_return, may_ask, may_sub;
    bool may_confirm, may_redo, may_due, may_reassign, may_recall, may_undo;
    bool is_any;
    struct str at_fault; /* the act whose form came back */
    struct form *pass, *advance, *report, *give_back, *ask, *confirm, *redo, *due, *reassign, *recall;
    struct pick_options colleagues, receivers;
    LIST(struct task_extension_view) extensions;
};

/* ---- Pages */
struct task_line_view {
    struct link link;
    struct str title, kind_name, role_name, state_name, target_name, holder_name, given_name, due_words;
    struct date due_on, done_on;
    int64_t percent;
    bool is_late, is_soon, is_new, is_done;
};
struct task_option {
    struct str value, label;
    bool is_chosen;
};
struct task_index_view {
    struct str box, box_title, unit_text;
    struct tabs tabs;
    LIST(struct task_line_view) items;
    LIST(struct task_option) kinds;
    LIST(struct task_option) units;
    struct pages pages;
    struct link clear;
    bool is_late, is_filtered, may_give;
};

struct task_show_view {
    int64_t id;
    struct str title, text, kind_name, given_name;
    struct link record; /* the record's own page; empty: a sheet of its own */
    struct date given_on;
    struct task_item_view item;
    struct task_acts_view acts;
    struct task_items_view all;
    struct thread_view thread;
    struct link opinion;
};

struct task_new_view {
    struct form *form;
    struct pick_options leads, cooperate, inform;
    struct str title; /* of the record; empty: the form asks for one */
    struct link back;
    bool is_sheet, is_sub;
};

struct task_handover_view {
    struct form *form;
    struct pick_options from, to;
};
#endif
