/* What the page of notices shows. */
#ifndef MODULES_NOTICE_NOTICE_VIEW_H
#define MODULES_NOTICE_NOTICE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"

struct notice_told {
    int64_t id;
    struct str group; /* what people call such notices */
    struct str words;
    struct instant told_at;
    bool is_new;
};

struct notice_list {
    bool has_new;
    LIST(struct notice_told) items;
    struct link older;
};
#endif
