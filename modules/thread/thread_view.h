/* What the part thread and the page of the form show. */
#ifndef MODULES_THREAD_THREAD_VIEW_H
#define MODULES_THREAD_THREAD_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

struct thread_step_view {
    int64_t id;
    struct str name, post_name; /* empty name: the system */
    struct str words;           /* the sentence of the act */
    struct str text;            /* what the person wrote */
    struct str mentions;        /* "Trần Minh, Phạm Lan" */
    struct instant made_at;
    bool is_system, is_private;
    LIST(struct file_chip) files;
};

struct thread_view {
    struct str kind, record; /* of the form's hidden fields */
    LIST(struct thread_step_view) steps;
    struct link older;
    struct form *say; /* NULL: no form */
};

struct thread_opinion {
    struct form *form;
    struct pick_options people;
    struct link back;
    bool is_private;
};
#endif
