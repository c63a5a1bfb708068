/* What the assistant's pages show. */
#ifndef MODULES_ASSISTANT_ASSISTANT_VIEW_H
#define MODULES_ASSISTANT_ASSISTANT_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/form.h"
#include "kernel/html.h"
#include "kernel/id.h"

/* A sentence somebody else wrote, checked against the quotes it names. */
struct assistant_line {
    struct str words;
    struct str quotes; /* 1, 3 */
};
struct assistant_summary_shown {
    bool is_waiting;
    bool is_failed;
    struct str model;
    int64_t dropped;
    LIST(struct assistant_line) lines;
};

/* One verbatim quote and where it stands. */
struct assistant_said {
    struct html text;
    struct str verbatim; /* the same bytes without marks */
    struct str number;
    struct str title;
    struct date date;
    int64_t page;
    struct link link; /* the page of the record */
    int64_t ordinal;  /* 1 the first */
    int64_t sure;     /* percent */
};

struct assistant_asked {
    struct str question;
    struct instant asked_at;
    bool is_found;
    bool is_current;
    struct link link;
    struct assistant_question_id id;
};

struct assistant_show {
    struct str question;
    bool is_asked;
    bool is_found;
    bool is_kept; /* it stands in the history, and may be taken out */
    struct assistant_question_id id;
    LIST(struct assistant_said) quotes;
    struct assistant_summary_shown summary;
    LIST(struct assistant_asked) recent;
    struct form *form;
    struct link search;
};
#endif
