/* What the pages of consultations show. */
#ifndef MODULES_CONSULT_CONSULT_VIEW_H
#define MODULES_CONSULT_CONSULT_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/thread/thread_view.h"

/* ---- In the office */
struct consult_row {
    struct link link;
    struct str title, drafter, state_name, due_words;
    struct date closes_on;
    bool is_late, is_soon, is_done;
};
struct consult_index {
    struct str box_title;
    struct tabs tabs;
    LIST(struct consult_row) items;
    struct pages pages;
    bool may_make;
};
struct consult_form_view {
    struct link to, back;
    struct form *form;
    bool is_new;
};
struct consult_clause_view {
    int64_t n, said, people, waiting;
    struct str name, text;
    struct link said_link, waiting_link;
};
struct consult_act_view {
    struct str noun, label;
    struct form *form;
    bool is_main, is_open;
};
struct consult_count {
    struct str label;
    int64_t n;
    struct link link;
};
struct consult_theme_view {
    struct link link;
    struct str title, verdict_name, verdict, reason, wording, clause_name;
    int64_t id, clause, people, n;
};
struct consult_show {
    int64_t id;
    struct str title, lead, drafter, asked, state_name, due_words;
    struct date opens_on, closes_on, answer_on, published_on;
    bool is_public, is_late, may_edit, may_enter;
    struct link edit, enter, opinions, page, opinion;
    LIST(struct consult_count) counts;
    LIST(struct consult_clause_view) clauses;
    LIST(struct consult_theme_view) themes;
    LIST(struct consult_act_view) acts;
    struct thread_view thread;
};
struct consult_opinion_view {
    int64_t id, people;
    struct str clause_name, via_name, source, stance_name, text, name, place, theme_title, verdict_name;
    struct link theme;
    struct instant made_at;
};
struct consult_option {
    struct str value, label;
    bool is_chosen;
};
struct consult_options {
    struct consult_option *at;
    size_t n;
};
struct consult_opinions {
    int64_t id;
    struct str title, box;
    struct link back, enter;
    struct tabs tabs;
    LIST(struct consult_opinion_view) items;
    struct consult_options clauses;
    struct consult_options vias;
    struct consult_options stances;
    struct consult_options themes; /* of the chosen clause, to put opinions into */
    struct form *group;
    struct pages pages;
    bool may_group, may_enter; /* opinions of one clause are shown, and themes may be made */
};
struct consult_enter_view {
    int64_t id;
    struct str title;
    struct link to, back;
    struct form *form;
    struct consult_options clauses;
};
struct consult_theme_page {
    int64_t id, clause, people;
    struct str title, item_title, clause_name, clause_text, verdict_name, reason, wording;
    struct link back, to;
    struct form *form;
    LIST(struct consult_opinion_view) items;
    bool may_answer;
};

/* ---- For the public */
struct consult_public_line {
    struct link link;
    struct str title, lead, drafter, due_words;
    bool is_open, is_done;
};
struct consult_public_list {
    LIST(struct consult_public_line) open;
    LIST(struct consult_public_line) asked; /* being answered */
    LIST(struct consult_public_line) answered;
    struct link older;
};
struct consult_bar { /* of 300 */
    int64_t yes, part, refused, part_at, refused_at;
};
struct consult_public_clause {
    int64_t n, said, themes_n, yes, part, refused;
    struct str name, text, wording;
    struct link say;
    struct consult_bar bar;
    LIST(struct consult_theme_view) themes;
};
struct consult_public_show {
    int64_t id, people, themes, taken, part, refused, noted;
    struct str title, lead, drafter, asked, due_words;
    struct date opens_on, closes_on, answer_on, published_on;
    bool is_open, is_published;
    struct link say;
    LIST(struct consult_public_clause) clauses;
};
struct consult_say_view {
    struct str title, clause_name, clause_text;
    struct link to, back;
    struct form *form;
};
struct consult_check {
    struct str title, clause_name, stance_name, text, name, place;
    struct link to, change;
    struct form *form;
};
struct consult_receipt_view {
    struct str code, words, qr, title, clause_name, clause_text, text, stance_name, state_name, verdict, verdict_name,
        reason, wording, theme_title;
    int64_t qr_size, people;
    struct instant sent_at;
    struct date answer_on;
    struct link page, close_to;
    bool is_published;
};
#endif
