/* What tests/pages/good.html shows. */
#ifndef TESTS_PAGES_GOOD_VIEW_H
#define TESTS_PAGES_GOOD_VIEW_H
#include "base/list.h"
#include "kernel/page/html.h"

struct good_thing_id {
    int64_t v;
};
struct good_item {
    struct str s;
};
struct good {
    int64_t n;
    struct str s;
    bool is;
    struct date on;
    struct good_thing_id id;
    struct link link;
    struct html h;
    LIST(struct good_item) items;
};
#endif
