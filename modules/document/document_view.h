/* What the pages of incoming documents show. */
#ifndef MODULES_DOCUMENT_DOCUMENT_VIEW_H
#define MODULES_DOCUMENT_DOCUMENT_VIEW_H
#include "base/list.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

struct document_option {
    struct str value;
    struct str label;
    bool is_chosen;
};

/* One row of the register. */
struct document_item {
    struct link link;
    struct str subject;
    struct str code;
    struct str type_name;
    struct str issuer;
    struct str state_name;
    struct str role_name;
    struct str lead_name;
    struct str priority_name;
    struct str due_words;
    struct str signer;
    struct str note;
    int64_t arrival_no;
    struct date arrival_on;
    struct date issued_on;
    struct date due_on;
    struct date done_on;
    bool is_late;
    bool is_soon;
    bool is_new;
    bool is_done;
};

struct document_index_view {
    struct tabs tabs;
    struct str tab;
    struct str tab_name;
    struct str q;
    struct str issuer;
    struct str from_text;
    struct str to_text;
    struct str unit_text;
    struct str outcome;
    LIST(struct document_option) types;
    LIST(struct document_option) fields;
    LIST(struct document_option) states;
    LIST(struct document_option) sorts;
    bool is_too_many; /* to be put in the order asked for */
    int64_t sort_most;
    LIST(struct document_item) items;
    struct pages pages;
    struct link excel;
    struct link csv;
    struct link book;
    struct link clear;
    bool is_filtered;
    bool is_far; /* a filter of the folded ones is set */
    bool may_register;
};

/* The register as the law prints it: nine columns. */
struct document_book_view {
    struct str organ;
    struct str title;
    struct str words;
    LIST(struct document_item) items;
    bool is_cut;
    int64_t most;
};

struct document_new_view {
    struct form *form;
    LIST(struct document_item) drafts;
    struct str limit;
};

/* A field of the registration page with what was read from the paper. */
struct document_suggestion {
    struct str name;
    struct str label;
    struct str value; /* as it would be put into the field */
    struct str shown;
    struct str seen;
    struct link crop; /* empty: no picture of it */
    int64_t page;
    int64_t confidence;
    bool is_unsure;
    bool is_taken; /* the field holds it */
};

struct document_picture {
    struct link link;
    int64_t number;
};

struct document_paper_view {
    struct str name;
    struct str type_name;
    int64_t size;
    struct link file; /* empty: none */
    struct link download;
    bool is_pdf;
    bool is_reading;
    bool is_failed;
    bool is_damaged;   /* on the disk: there is nothing to download */
    bool is_partial;   /* the rest was too heavy */
    int64_t faulty;    /* pages that could not be read */
    struct link again; /* where to have it read again; empty: nothing to, or not for the asker */
    struct str reading_words;
    struct str fault;
    int64_t done;
    int64_t total;
    int64_t first; /* page to open at */
    LIST(struct document_picture) pictures;
};

struct document_twin_view {
    struct link link;
    struct str code;
    struct str subject;
    int64_t arrival_no;
    struct date arrival_on;
    bool is_same_bytes;
    bool is_found;
};

/* A file held back until who brought it says whether it is a state secret. */
struct document_seal_link {
    struct str name;
    struct date until_on;
    struct link link;
    bool is_mine; /* the asker brought it */
    bool is_main;
};
struct document_seals {
    LIST(struct document_seal_link) list;
};
struct document_secrecy_view {
    int64_t id, arrival_no;
    struct form *form;
};
struct document_seal_view {
    int64_t id, seal, page;
    struct str name, seen, bringer;
    struct instant sealed_at;
    struct date until_on;
    bool is_mine;
    struct form *form;
};

struct document_register_view {
    int64_t id;
    struct str title;
    struct str action;
    bool is_draft;
    bool is_secret;
    bool is_held; /* its paper is sealed: nothing to register from yet */
    struct str secret_words;
    int64_t arrival_no;
    struct form *form;
    struct document_seals seals;
    struct document_paper_view paper;
    struct document_twin_view twin;
    LIST(struct document_suggestion) suggestions;
};

struct document_chip {
    struct str label;
    bool is_lead;
    bool is_done;
    bool is_returned;
};

struct document_step_view {
    struct str name;
    struct str post_name;
    struct str text;
    struct instant made_at;
    struct link file;
    struct str file_name;
    bool is_system;
    LIST(struct document_chip) chips;
};

/* What the asker can do with one line. */
struct document_line_view {
    int64_t id;
    struct str role_name;
    struct str target_name;
    struct str state_name;
    struct str doer;
    struct str report;
    struct str reason;
    struct str due_why;
    struct str due_words;
    struct date due_on;
    struct date done_on;
    bool is_lead;
    bool is_late;
    bool is_soon;
    bool is_working;
    bool is_done;
    bool is_returned;
    bool is_mine;
    bool may_accept;
    bool may_read;
    bool may_assign;
    bool may_report;
    bool may_extend;
    bool may_recall;
};

struct document_extension_view {
    int64_t id;
    struct str line_name;
    struct str reason;
    struct str state_name;
    struct str note;
    struct date old_due_on;
    struct date new_due_on;
    bool may_answer;
};

struct document_fact_view {
    struct str label;
    struct str value;
    struct str from; /* where it came from, in words */
    struct link crop;
    bool is_corrected;
};

struct document_related_view {
    struct link link;
    struct str subject;
    struct str code;
    struct str state_name;
    int64_t arrival_no;
    struct date arrival_on;
};

struct document_show_view {
    int64_t id;
    struct str subject;
    struct str code;
    struct str state;
    struct str state_name;
    struct str type_name;
    struct str issuer;
    struct str signer;
    struct str priority_name;
    struct str field_name;
    struct str lead_name;
    struct str note;
    struct str void_reason;
    struct str duplicate_reason;
    struct link duplicate;
    int64_t arrival_no;
    struct date arrival_on;
    struct date issued_on;
    struct date due_on;
    struct str due_words;
    struct str due_why;
    bool is_late;
    bool is_soon;
    struct str tab;
    struct tabs tabs;
    struct document_seals seals;
    struct document_paper_view paper;
    LIST(struct document_paper_view) others;
    LIST(struct document_step_view) steps;
    LIST(struct document_line_view) lines;
    LIST(struct document_extension_view) extensions;
    LIST(struct document_fact_view) facts;
    LIST(struct document_related_view) related;
    /* What the asker may do now. */
    bool may_register;
    bool may_amend;
    bool may_present;
    bool may_void;
    bool may_secret; /* take it out as a state secret */
    bool may_remove;
    bool may_direct;
    bool may_undo;
    bool may_close;
    bool may_reopen;
    bool may_say;
    bool may_attach;
    bool has_lead;
    int64_t undo_minutes;
    struct document_line_view mine; /* the asker's own open part; id 0: none */
    LIST(struct pick_option) leaders;
    LIST(struct pick_option) leads;
    LIST(struct pick_option) cooperate;
    LIST(struct pick_option) inform;
    LIST(struct pick_option) colleagues;
    struct str lead_fault;
    struct str leader_fault;
    struct str colleague_fault;
    struct str others_fault;
    bool is_directing; /* the form came back */
    bool is_presenting;
    bool is_reporting;
    bool is_returning;
    bool is_extending;
    bool is_recalling;
    bool is_voiding;
    bool is_reopening;
    bool is_assigning;
    int64_t line_at_fault;
    struct form *direct;
    struct form *say;
    struct form *report;
    struct form *give_back;
    struct form *extend;
    struct form *recall;
    struct form *present;
    struct form *cancel;
    struct form *reopen;
    struct form *close;
    struct form *attach;
};

/* What a deadline of n working days would be, before the direction is given. */
struct document_deadline_view {
    struct date due_on;
    struct str words;
    struct str fault;
};
#endif
