/* What the public shell shows. */
#ifndef KERNEL_SHELL_PUBLIC_VIEW_H
#define KERNEL_SHELL_PUBLIC_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/page/form.h"

/* What a page says of itself; every member may be left out. */
struct public_page {
    int status;           /* 0: 200 */
    struct str place;     /* which of the five places it belongs to, by name: S("Tin tức") */
    struct str site_name; /* in the header: "Xã Nguyễn Bỉnh Khiêm"; empty: the city */
    struct link site;     /* its home; empty: the city's */
    struct str organ;     /* in the foot: "Ủy ban MTTQ Việt Nam xã Nguyễn Bỉnh Khiêm" */
    struct str address, hours, phone;
    struct str description; /* for those who list pages: one or two sentences */
    struct str author;      /* who wrote it, and the day it was published, when it is a text of its own */
    struct date published_on;
    struct link picture;  /* of the page, when it is sent to friends */
    struct link feed;     /* Atom */
    struct str feed_name; /* what it is a feed of */
    struct link back;     /* within a form of several pages: the frame is only the name, "Chữ to" and the way back */
    bool is_unlisted;     /* not for search engines */
};

struct public_item {
    struct str title;
    struct link link;
    bool is_current;
};

/* The shell as it is drawn. */
struct public_shell {
    const struct public_page *page;
    struct str language;
    struct str site_name, organ;
    struct link home, search, other; /* other: the same page in the other language */
    LIST(struct public_item) places;
};

/* 404. */
struct public_missing {
    struct link home, search;
};
#endif
