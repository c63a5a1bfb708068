/* What the pages of mail show. */
#ifndef MODULES_MAIL_MAIL_VIEW_H
#define MODULES_MAIL_MAIL_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

/* ---- The list of a box */
struct mail_row_view {
    struct link link;
    struct str subject, sender, excerpt, box_name, mark, holder_name, due_words;
    struct instant last_at;
    struct date snooze_on;
    int64_t letters;
    bool is_late, is_soon, is_done, is_unread, is_star, has_file, is_current, is_free, is_draft;
};
struct mail_choice_view {
    struct link link;
    struct str name;
    bool is_current, is_shared;
};
struct mail_list_view {
    struct str box, tab, title, q;
    int64_t box_id; /* 0: all, or none yet */
    LIST(struct mail_choice_view) boxes;
    struct tabs tabs;
    LIST(struct mail_row_view) rows;
    struct pages pages;
    struct link clear;
    bool is_shared, is_searched;
    struct str search_fault;
};

/* ---- A conversation */
struct mail_out_to_view {
    struct str address, words, tone, code, said, advice;
    struct instant at;
};
struct mail_letter_view {
    int64_t id, item;
    struct str from_name, from_note, to_words, cc_words, bcc_words, text, read_words, unread_words, encoding, excerpt;
    struct str number;
    struct date dated_on;
    struct instant sent_at;
    int64_t blocked;
    LIST(struct file_chip) files;
    LIST(struct str) dangers;           /* files that are not kept, and why */
    LIST(struct str) warnings;          /* what to be careful of */
    LIST(struct mail_out_to_view) outs; /* addresses outside */
    bool is_recalled, is_outside, is_machine, is_petition, may_recall, is_folded;
};
struct mail_note_view {
    struct str name, text;
    struct instant made_at;
};
struct mail_link_view {
    struct link link;
    struct str words, by_name;
    struct instant made_at;
};
struct mail_flow_view { /* letters and notes in the order of time */
    bool is_note;
    struct mail_letter_view letter;
    struct mail_note_view note;
};
struct mail_talk_view {
    int64_t id, letter;
    struct str subject, state, holder_name, box_name, sender, held_words, due_words;
    struct str number; /* of the document the newest letter brings */
    struct instant held_at, due_at;
    struct date snooze_on, dated_on;
    bool is_there, in_box, is_shared, is_mine, is_late, is_star, is_unread, is_done, is_free, may_reply, may_register,
        may_take, lacks_way;
    LIST(struct str) writing; /* who else is writing an answer */
    LIST(struct mail_link_view) links;
    LIST(struct mail_flow_view) flow;
    struct pick_options colleagues;
    struct form *note, *snooze, *hand;
    struct link back, newer, older;
};
struct mail_index_view {
    struct mail_list_view list;
    struct mail_talk_view talk;
};

/* ---- Writing */
struct mail_draft_file_view {
    int64_t id;
    struct str name;
    int64_t size;
};
struct mail_draft_view {
    int64_t id, seen;
    struct form *form;
    struct str box_name, state, fault, newer_from, newer_text;
    struct pick_options to, cc, bcc;
    LIST(struct mail_draft_file_view) files;
    LIST(struct mail_choice_view) answers;
    struct instant send_at, changed_at;
    struct link back, letter;
    bool is_draft, is_queued, is_answer, has_copies, has_way;
};

struct mail_task_view {
    int64_t id;
    struct str subject;
    struct form *form;
    struct pick_options leads;
};

struct mail_answer_view {
    int64_t id;
    struct str title, text;
};
struct mail_answers_view {
    int64_t box, id;
    struct str box_name;
    struct form *form;
    LIST(struct mail_answer_view) answers;
    struct link back;
};

struct mail_bring_line {
    struct str name, fault;
    int64_t letters, again, unread;
    struct instant made_at;
    bool is_over;
};
struct mail_bring_view {
    struct form *form;
    LIST(struct mail_bring_line) lines;
    struct link back;
};
#endif
