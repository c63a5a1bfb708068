/* What the gallery of parts shows. */
#ifndef TESTS_GALLERY_VIEW_H
#define TESTS_GALLERY_VIEW_H
#include "base/list.h"
#include "kernel/shell/page_view.h"

struct gallery_row {
    struct str subject, number, from, tag, due, day;
    const char *state;
    const char *hue;
    bool is_new;
};

struct gallery {
    struct tabs tabs;
    LIST(struct gallery_row) rows;
    LIST(struct gallery_row) none;
    struct form *form;
    struct pick_options people;
    struct commune_options communes;
    struct commune_map map;
    struct pages pages;
    struct file_chip file;
    struct instant at;
    struct date on;
};
#endif
