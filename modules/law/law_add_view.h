/* What the pages for adding to the library, and for taking out of it, show. */
#ifndef MODULES_LAW_LAW_ADD_VIEW_H
#define MODULES_LAW_LAW_ADD_VIEW_H
#include "kernel/db/ids/law_draft.h"
#include "modules/law/law_view.h"

struct law_export_format {
    struct str name, words;
    struct link link;
};
struct law_export_view {
    struct law_head_view head;
    struct date on;
    LIST(struct law_export_format) formats;
};

struct law_draft_row {
    struct law_draft_id id;
    struct str name, said, tone;
    struct instant made_at;
};
struct law_add_view {
    struct form *form;
    LIST(struct law_draft_row) drafts;
};

struct law_outline_line {
    struct str label, heading;
    int64_t depth, clauses;
};
struct law_draft_flag {
    struct str words, where;
};
struct law_draft_view {
    struct law_draft_id id;
    struct str name, format, fault, progress;
    struct str encoding; /* when it is an old one */
    bool is_reading, is_read;
    int64_t done, total, pages, confidence;
    int64_t articles, clauses, points, tables, more_flags;
    struct form *form;
    LIST(struct law_outline_line) outline;
    LIST(struct law_draft_flag) flags;
};

struct law_seal_view {
    int64_t seal, page;
    struct str name, seen;
    struct instant sealed_at;
    struct date until_on;
    struct form *form;
};
#endif
