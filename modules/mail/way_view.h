/* What the pages of ways show, for administrators. */
#ifndef MODULES_MAIL_WAY_VIEW_H
#define MODULES_MAIL_WAY_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

struct mail_way_line {
    int64_t id;
    struct str box_name, address, fault;
    struct instant in_good_at, out_good_at;
    bool is_on, is_shared, has_out, has_in;
};
struct mail_ways_view {
    LIST(struct mail_way_line) ways;
    struct pages pages;
};

struct mail_way_form_view {
    int64_t id; /* 0: a new one */
    struct str box_name;
    struct form *form;
    struct pick_options owners;
};

struct mail_queue_to {
    struct str address, words, tone, said;
};
struct mail_queue_line {
    int64_t id, tries;
    struct str subject, from_name, words, tone, fault;
    struct instant made_at, next_at;
    bool may_again, may_settle, may_drop;
    LIST(struct mail_queue_to) to;
};
struct mail_way_view {
    int64_t id, got, left_there;
    struct str box_name, address, out_words, in_words, login, in_fault, out_fault, trial_out, trial_in;
    struct instant in_good_at, in_fault_at, out_good_at, out_fault_at, trial_at;
    bool is_on, has_out, has_in, is_trial_good_out, is_trial_good_in;
    struct tabs tabs;
    LIST(struct mail_queue_line) queue;
    struct pages pages;
};
#endif
