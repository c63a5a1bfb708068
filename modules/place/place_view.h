/* What the pages of places show. */
#ifndef MODULES_PLACE_PLACE_VIEW_H
#define MODULES_PLACE_PLACE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct place_line {
    struct str code, name;
    int64_t people;
    double km2;
    struct str seat;
};
struct place_why {
    struct str words;
};
/* An address and what it was read as. */
struct place_show {
    struct str q;
    struct date on;
    struct str class; /* sure, ambiguous, outside, unknown; empty: nothing was asked */
    struct str words; /* the same for a person */
    LIST(struct place_line) communes;
    LIST(struct place_why) why;
};
struct place_map_show {
    struct commune_map map;
};
#endif
