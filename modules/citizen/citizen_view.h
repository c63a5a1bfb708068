/* What the pages of citizens show. */
#ifndef MODULES_CITIZEN_CITIZEN_VIEW_H
#define MODULES_CITIZEN_CITIZEN_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"

struct citizen_door {
    struct str way;     /* what the provider is called; empty: off */
    struct str outcome; /* '', refused, low, out */
    struct link leave;  /* signing out at the provider too */
};
struct citizen_lead {
    struct str way;
    struct link to;
};
struct citizen_return {
    struct str way, state, code;
};
struct citizen_line {
    struct str kind, title, code, state;
    struct instant sent_at;
    struct link link;
};
struct citizen_look {
    struct str words, unit_name, code;
    struct instant at;
};
struct citizen_mine {
    struct str name, number, way;
    struct instant made_at;
    LIST(struct citizen_line) sendings;
    LIST(struct citizen_look) looks;
    struct link older;
    bool is_asked; /* to confirm that all is deleted */
};
struct citizen_admin {
    struct form *form;
    struct str fault, back;
    struct instant read_at;
    bool has_secret;
};
#endif
