/* What the assistant's pages show. */
#ifndef MODULES_ASSISTANT_ASSISTANT_VIEW_H
#define MODULES_ASSISTANT_ASSISTANT_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/form.h"
#include "kernel/html.h"
#include "kernel/id.h"

/* One verbatim quote and where it stands. */
struct assistant_said {
    struct html text;
    struct str verbatim; /* the same bytes without marks */
    struct str number;
    struct str title;
    struct date date;
    int64_t page;
    struct link link; /* the page of the record */
    int64_t sure;     /* percent */
};

struct assistant_asked {
    struct str question;
    struct instant asked_at;
    bool is_found;
    bool is_current;
    struct link link;
    int64_t id;
};

struct assistant_show {
    struct str question;
    bool is_asked;
    bool is_found;
    bool is_kept; /* it stands in the history, and may be taken out */
    int64_t id;
    LIST(struct assistant_said) quotes;
    LIST(struct assistant_asked) recent;
    struct form *form;
    struct link search;
};
#endif
