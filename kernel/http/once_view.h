/* What the page says of a form whose key had been used for something else. */
#ifndef KERNEL_HTTP_ONCE_VIEW_H
#define KERNEL_HTTP_ONCE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"

struct form;

struct twice_line {
    struct str name, label;
    struct str value; /* as sent, for sending again */
    struct str shown;
    bool is_other;    /* not what was sent the first time */
    bool is_secret;   /* is typed again */
    bool is_for_edit; /* the form that changes the record has this field too */
};
struct twice_view {
    struct instant done_at;
    struct str done;    /* what the first answer said; may be empty */
    struct link result; /* where it led */
    struct link here;   /* where this form goes */
    struct link edit;   /* where the record it made is changed; empty: nowhere */
    struct str kept;    /* names the files sent, which are kept; empty: none */
    bool is_elsewhere;  /* the key was another form's */
    bool is_edit;       /* the form itself changes a record */
    struct form *form;
    LIST(struct twice_line) lines;
};
#endif
