/* What the pages of signing in show. */
#ifndef KERNEL_SHELL_AUTH_VIEW_H
#define KERNEL_SHELL_AUTH_VIEW_H
#include "base/list.h"
#include "kernel/rights/auth.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"

struct signin_view {
    struct form *form;
    struct str fault; /* of the form as a whole */
    struct str to;    /* where to go on */
    bool has_draft;   /* something typed waits behind the door */
    bool is_demo;     /* demonstration accounts work here */
};

struct hat_choice {
    struct post_id post;
    struct str post_name, unit_name, organ_name;
    struct date until_on;
    bool is_worn;
};

struct hat_view {
    struct str name;
    struct str fault;
    LIST(struct hat_choice) hats;
};

struct password_view {
    struct form *form;
    struct str fault;
    bool is_first; /* must be changed before anything else */
};
#endif
