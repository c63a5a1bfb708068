/* What the administrator's pages of imports show. */
#ifndef MODULES_LAW_LAW_IMPORT_VIEW_H
#define MODULES_LAW_LAW_IMPORT_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"

struct law_import_item {
    struct link link;
    struct str name, state, words;
    struct instant began_at, ended_at;
    int64_t position, total, accepted, unchanged, rejected;
    bool is_running, is_bad;
};
struct law_imports_view {
    LIST(struct law_import_item) imports;
};

struct law_reject_item {
    struct str file, what, why;
    int64_t line;
};
struct law_rejects_view {
    struct law_import_item import;
    LIST(struct law_reject_item) rejects;
    int64_t shown_most; /* when there are more, these are the first */
};
#endif
