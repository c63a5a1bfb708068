/* What the search pages show. */
#ifndef MODULES_SEARCH_SEARCH_VIEW_H
#define MODULES_SEARCH_SEARCH_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/html.h"
#include "kernel/page_view.h"

struct search_found {
    struct str kind_name;
    struct str number;
    struct html title;
    struct html text;
    struct str text_page;
    struct date date;
    struct link link;
    bool is_by_number;
};

struct search_show {
    struct str q;
    bool is_asked;
    bool is_none;
    bool is_near; /* nothing holds most of the words; what comes nearest is shown */
    int64_t found;
    LIST(struct search_found) hits;
    struct tabs kinds;
    struct link more;
    struct link ask;
};

/* One line under the box while one types. */
struct search_hint {
    struct str title;
    struct str number;
    struct str note; /* what it is: Văn bản, Đơn vị … */
    struct link link;
};

struct search_word {
    struct str text;
    struct link link;
};

struct search_suggest {
    struct str q;
    LIST(struct search_hint) hits;
    LIST(struct search_word) words;
    struct link all;
};
#endif
