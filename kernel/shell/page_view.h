/* What the shell and the shared parts show. */
#ifndef KERNEL_SHELL_PAGE_VIEW_H
#define KERNEL_SHELL_PAGE_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/rights/auth.h"
#include "kernel/page/html.h"

struct form;

/* One of the places of the navigation. */
struct shell_item {
    const char *title;
    struct str short_title; /* for the phone's bar */
    struct html icon;
    struct link link;
    int64_t count;
    bool is_counted, is_hot, is_current;
};

struct shell_area {
    const char *title; /* NULL: above the areas */
    LIST(struct shell_item) items;
};

struct shell {
    struct str language;       /* vi */
    struct str other_language; /* what the switch offers */
    struct str theme;          /* light, dark, or empty: as the machine */
    struct str path;
    struct person_id person_id;
    struct str person, given_name, post, unit, organ;
    bool is_signed_in, has_hats, has_account, has_search, has_news, has_guide;
    bool is_refused; /* a form came back with its faults: its address answers no GET, and nothing is drawn over it */
    struct shell_item bell;
    struct str flash;
    LIST(struct shell_area) areas;
    LIST(struct shell_item) phone;
};

/* The page of an error. */
struct fault_view {
    int64_t status;
    struct str sentence; /* what happened */
    struct str code;     /* to look it up by, or empty */
    bool is_signed_in;
};

/* A choice among records: people, posts, units. */
struct pick_option {
    int64_t id;
    struct str label;
    struct str note; /* the unit, the post */
    bool is_chosen;
};
struct pick_options {
    struct pick_option *at;
    size_t n;
};

/* A choice among the communes of today, by name: the part `commune`. */
struct commune_option {
    struct str code, label;
    struct str note; /* the province until 30 June 2025 */
};
struct commune_options {
    struct commune_option *at;
    size_t n;
};

/* A map of the communes, each coloured by its step: the part `map`. */
struct map_shape {
    struct str path;
    struct str name;
    struct str value; /* in words, with what is counted */
    struct link link; /* empty: none */
    int step;         /* 1 to 5; 0: no value */
};
struct map_step {
    int step;
    struct str words; /* from … to … */
};
struct commune_map {
    struct str title, unit;
    LIST(struct map_shape) shapes;
    LIST(struct map_step) steps;
};

/* A file to open or keep. */
struct file_chip {
    struct str name;
    struct str note;
    struct link link;
    int64_t size;
    bool is_download;
};

/* One of a page's tabs or filters. */
struct tab {
    struct str label;
    struct link link;
    int64_t count;
    bool is_current, is_counted, is_hot;
};
struct tabs {
    struct tab *at;
    size_t n;
};

/* Newer and older pages of a list, by key; empty links are not shown. */
struct pages {
    struct link newer, older;
};
#endif
