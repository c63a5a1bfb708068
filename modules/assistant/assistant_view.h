/* What the assistant's pages show. */
#ifndef MODULES_ASSISTANT_ASSISTANT_VIEW_H
#define MODULES_ASSISTANT_ASSISTANT_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/db/ids/assistant_question.h"
#include "kernel/db/ids/law_provision.h"
#include "kernel/db/ids/law_version.h"

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

/* Verbatim words of one place. */
struct assistant_said_span {
    struct str label; /* of law: 2., a) */
    struct html text;
    struct str verbatim; /* the same bytes without marks */
    struct law_provision_id place;
    struct law_version_id version;
    bool is_point;
    bool is_after_gap;
    struct link place_link; /* opens at the place */
    bool has_place;
};
/* What one record says, and where it stands. */
struct assistant_said {
    LIST(struct assistant_said_span) spans;
    struct str number;
    struct str title;
    struct date date;
    int64_t page;
    struct link link; /* the place in the record */
    struct link only; /* the same question, of this work alone; none when it is so already */
    bool has_only;
    int64_t ordinal; /* 1 the first */
    bool is_law;
    struct str status, tone; /* of law: còn hiệu lực … */
    bool is_in_force;
    bool is_computed;
    struct date valid_from, valid_to;
    int64_t sure; /* percent */
};

/* A document the question names, and its state on the day asked about. */
struct assistant_stood {
    struct str name, number, status, tone;
    struct date on; /* the day it is told for */
    struct date effective_on, expired_on;
    struct link law, history;
    struct link compare; /* with the first one; none for the first itself */
    bool has_compare;
};

/* What the answer was asked within; taken away by its link. */
struct assistant_chip {
    struct str name;
    struct str value;
    struct link without;
};
struct assistant_option {
    struct str title;
    struct link link;
};

struct assistant_asked {
    struct str question;
    struct instant asked_at;
    bool is_found;
    bool is_current;
    struct link link;
    struct assistant_question_id id;
};

/* A part of all that may be asked alone. */
struct assistant_part {
    struct str code, name;
    bool is_chosen;
};

/* A form the question seems to ask for. */
struct assistant_form_link {
    struct str name;
    struct link link;
};

struct assistant_show {
    struct str question;
    bool is_asked;
    bool is_found;
    bool is_past;
    bool is_ambiguous;
    bool is_kept;    /* it stands in the history, and may be taken out */
    bool is_foreign; /* asked in English */
    bool has_feedback, is_useful;
    struct str reason;
    struct str why;
    struct date on; /* the day law is quoted of */
    LIST(struct assistant_stood) stands;
    struct link share;
    struct assistant_question_id id;
    LIST(struct assistant_said) quotes;
    struct assistant_summary_shown summary;
    LIST(struct assistant_chip) chips;
    LIST(struct assistant_option) options;
    LIST(struct assistant_asked) recent;
    struct form *form;
    LIST(struct assistant_part) parts;
    LIST(struct assistant_form_link) forms;
    struct link search;
};
#endif
