/* What the pages for adding to the library, and for taking out of it, show. */
#ifndef MODULES_LAW_LAW_ADD_VIEW_H
#define MODULES_LAW_LAW_ADD_VIEW_H
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
#endif
