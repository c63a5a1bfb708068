/* What the pages of outgoing documents show. */
#ifndef MODULES_OUTGOING_OUTGOING_VIEW_H
#define MODULES_OUTGOING_OUTGOING_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/task/task_view.h"
#include "modules/thread/thread_view.h"

struct form;

struct outgoing_option {
    struct str value, label;
    bool is_chosen;
};

/* ---- Lists */
struct outgoing_line_view {
    struct link link;
    struct str type, code, subject, state_name, from, who, mark;
    struct date due_on, dated_on;
    bool is_late, is_soon, is_over;
};
struct outgoing_index_view {
    struct str box, title;
    struct tabs tabs;
    LIST(struct outgoing_line_view) items;
    LIST(struct outgoing_option) types;
    struct pages pages;
    bool is_filtered, may_draft, is_clerk;
};

/* ---- The paper, by Nghị định 30/2020/NĐ-CP, Phụ lục I */
struct outgoing_text {
    struct str text;
    bool is_heading; /* QUYẾT ĐỊNH:, I. MỤC ĐÍCH */
};
struct outgoing_paper_view {
    struct str organ, body_name; /* the organ; the body in whose name it is signed, may be empty */
    struct str number, type_name, subject, addressee, place_day, priority;
    LIST(struct outgoing_text) lines;
    LIST(struct outgoing_text) competence;
    LIST(struct outgoing_text) recipients;
    struct str position, signer;
    bool is_letter, has_number, is_file;
    struct file_chip file;
    struct link url; /* of a PDF, for the viewer; empty: none */
    struct str passport, address, qr;
    int64_t qr_size;
    struct str stamp; /* ĐÃ THU HỒI; empty: it holds */
};

/* ---- One document */
struct outgoing_way_view {
    struct str title, name, text, when_words;
    struct instant at;
    bool is_done, is_now, is_back, is_next;
};
struct outgoing_fault_view {
    struct str words, why;
    bool is_fault;
};
struct outgoing_version_view {
    int64_t no;
    struct str by, file;
    struct instant at;
    bool is_now;
};
struct outgoing_copy_view {
    struct str code, kind, receivers, by;
    struct instant at;
    int64_t copies;
};
struct outgoing_move_view {
    bool may_submit, may_redraft, may_approve, may_return, may_withdraw, may_drop, may_number, may_unnumber, may_issue;
    bool may_recall, may_remind, may_copy, is_any;
    struct str act; /* what the red button says at this step */
    struct str at_fault;
    struct form *approve, *give_back, *drop, *number, *unnumber, *issue, *recall, *copy;
    LIST(struct outgoing_option) steps;
};
struct outgoing_share_view {
    struct str state, name;
    int64_t n;
    struct link link;
};
struct outgoing_show_view {
    int64_t id, draft_no;
    struct str subject, type_name, code, state, state_name, unit_name, author_name, field_name, priority_name, reason,
        hash;
    struct str next_code; /* the number it would get now */
    struct date reply_on;
    struct instant issued_at;
    bool is_issued, is_late, is_returned;
    int64_t receivers, answered, faults;
    struct str relation_words;
    struct link related;
    struct outgoing_paper_view paper;
    LIST(struct outgoing_fault_view) checks;
    LIST(struct outgoing_way_view) way;
    LIST(struct outgoing_version_view) versions;
    LIST(struct outgoing_copy_view) copies;
    LIST(struct file_chip) files;
    LIST(struct outgoing_share_view) shares;
    struct outgoing_move_view acts;
    struct task_items_view tasks;
    struct thread_view thread;
    struct link opinion;
};

struct outgoing_edit_view {
    struct link to, back;
    struct form *form;
    struct pick_options signers, units;
    struct str file_name, relation_words;
    LIST(struct outgoing_option) templates;
    bool is_new, has_template;
};

struct outgoing_piece {
    struct str text;
    bool is_changed;
};
struct outgoing_part_view {
    struct str title;
    LIST(struct outgoing_piece) left;
    LIST(struct outgoing_piece) right;
    bool is_same;
};
struct outgoing_compare_view {
    int64_t id, before, after;
    struct str subject;
    LIST(struct outgoing_part_view) parts;
    LIST(struct outgoing_version_view) versions;
    struct str before_file, after_file;
};

struct outgoing_print_view {
    int64_t id;
    struct str subject;
    struct outgoing_paper_view paper;
};

/* ---- Who has read, who has answered */
struct outgoing_receiver_view {
    int64_t id;
    struct str name, state, state_name, answer, by, kind_name;
    struct instant at;
    int64_t reminded;
    struct link answer_doc;
    LIST(struct file_chip) files;
    bool is_late, may_send, may_answer;
};
struct outgoing_receivers_view {
    int64_t id, all, answered, unread, read, unsent, open;
    struct str code, subject, state, answered_percent;
    struct instant issued_at;
    struct date reply_on;
    bool is_late, is_soon, may_remind, has_map;
    struct tabs tabs;
    struct commune_map map;
    LIST(struct outgoing_receiver_view) items;
    LIST(struct outgoing_share_view) shares;
    struct form *answer;
    struct str place; /* the only commune shown; empty: all */
    int64_t answer_of;
};

/* ---- The register */
struct outgoing_book_line {
    int64_t id;
    struct str code, type_name, subject, signer, receivers, keeper, note, state_name;
    struct date dated_on;
    int64_t copies;
    struct link link;
    bool is_reserved, is_void;
};
struct outgoing_book_view {
    struct str organ;
    int64_t year;
    LIST(struct outgoing_book_line) items;
    LIST(struct outgoing_option) types;
    LIST(struct outgoing_option) years;
    struct pages pages;
    struct link excel;
    struct form *reserve, *void_form;
    int64_t void_of;
    bool is_clerk, is_reserved_only;
};

/* ---- At the receiver */
struct outgoing_delivery_view {
    int64_t id;
    struct str subject, code, type_name, organ, state_name, reason, answer, answered_by, relation_words, passport;
    struct date dated_on, reply_on;
    struct instant answered_at;
    bool is_held, is_late, may_answer, may_see, is_answered;
    struct link incoming, reply;
    struct outgoing_paper_view paper;
    LIST(struct file_chip) files;
    struct form *form;
};

/* ---- The passport, for everybody */
struct outgoing_passport_view {
    struct str asked, code, type_name, organ, subject, sha256, state, reason, compared;
    struct date dated_on;
    struct instant issued_at, ended_at;
    bool is_found, is_held, is_replaced, is_same, is_compared;
    struct link other;
    struct str other_code;
    struct form *form;
};
#endif
