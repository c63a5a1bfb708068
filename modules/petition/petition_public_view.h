/* What who writes without an account sees: the letter while it is written, and afterwards by its receipt. */
#ifndef MODULES_PETITION_PETITION_PUBLIC_VIEW_H
#define MODULES_PETITION_PETITION_PUBLIC_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct petition_send_view { /* what it is, before anything is written */
    int64_t days;           /* kept so many while it is written */
};
struct petition_sent_file {
    struct str name;
    int64_t size;
    struct link drop;
};
struct petition_write {
    struct link to;
    struct form *form;
    struct commune_options communes;
    LIST(struct petition_sent_file) files;
    struct instant saved_at;
};
struct petition_answer_line {
    struct str label, shown, at; /* at: the field's place on the page before */
};
struct petition_check {
    struct link to, change;
    LIST(struct petition_answer_line) lines;
    LIST(struct petition_sent_file) files;
    struct str organ, dropped;
    struct form *form;
    bool is_whole; /* nothing is missing */
};
struct petition_receipt_view {
    struct str code, words, qr, organ, title;
    int64_t qr_size, number;
    struct instant sent_at;
    struct date due_on;
    struct link track;
};
struct petition_road_step {
    struct str name, note, text, class;
    int64_t files;
    struct instant at;
    bool is_now;
};
struct petition_track {
    struct str code, title, state, organ, phone, promise, due_words, class, state_words, why, law, question, notice;
    LIST(struct petition_road_step) road;
    struct form *add, *opine;
    struct link add_to, opine_to, close_to, receipt;
    int64_t rating;
    bool may_add, may_opine, is_protected, is_unchecked;
};
#endif
