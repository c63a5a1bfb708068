/* What the search pages show. */
#ifndef MODULES_FIND_FIND_VIEW_H
#define MODULES_FIND_FIND_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

/* Whether something has effect on the day asked about, said in words; empty for what has no such time. */
struct find_said_force {
    struct str words;
    struct str tone;   /* green, gold, red, blue */
    struct date since; /* {0}: not said */
};

/* A near copy that stands under a hit. */
struct find_copy {
    struct str title;
    struct str number;
    struct date date;
    struct find_said_force force;
    struct link link;
};

struct find_found {
    struct str kind_name;
    struct str number; /* empty where the name of the whole says it */
    struct html title;
    struct str whole; /* the name of what it is a part of */
    struct str place; /* khoản 2, Trang 3 */
    struct html text;
    struct date date;
    struct find_said_force force;
    struct link link;
    bool is_by_number;
    bool is_same_whole;    /* a part of the same as the hit before it */
    bool is_begun, is_cut; /* text goes on before, after */
    LIST(struct find_copy) copies;
};

/* What bears the asked number, or the record of the asked name, as a whole. */
struct find_card {
    struct str kind_name;
    struct str number;
    struct html title;
    struct str issuer;
    struct date date;
    struct find_said_force force;
    struct link link;
    int64_t parts; /* found of it: articles */
};

/* One value of a filter; choosing the chosen one takes it away. */
struct find_option {
    struct str label;
    struct link link;
    int64_t count;
    bool is_chosen;
};
struct find_group {
    struct str title;
    LIST(struct find_option) options;
    LIST(struct find_option) rest; /* folded */
};

/* A filter that stands, and the way without it. */
struct find_chip {
    struct str title;
    struct str label;
    struct link link;
};
/* A filter without which something is found. */
struct find_offer {
    struct str title;
    struct str label;
    int64_t count;
    struct link link;
};
/* A field of the address that goes along with a form. */
struct find_kept_pair {
    struct str name;
    struct str value;
};

/* What may be searched, or an example of a question. */
struct find_place {
    struct str name;
    struct str note;
    int64_t count;
    struct link link;
};

struct find_show {
    struct str q;
    struct str q_fault;
    bool is_asked; /* words or a filter */
    bool is_short; /* one letter */
    bool has_words;
    bool is_none;
    bool is_near;    /* nothing holds most of the words; what comes nearest is shown */
    bool is_end;     /* of what is shown at all */
    bool is_refused; /* a date of the filters is wrong */
    int64_t found;
    int64_t first, last; /* which of them stand here */
    struct str meant;
    struct link literal; /* search what was typed */
    struct link mended;  /* back to what was meant */
    bool is_literal;
    struct date on; /* the day force is judged on, when it is not today */
    LIST(struct find_card) cards;
    int64_t more_cards;
    LIST(struct find_found) hits;
    struct tabs kinds;
    LIST(struct find_group) groups;
    LIST(struct find_chip) chips;
    int64_t filters;
    LIST(struct find_offer) offers;
    LIST(struct find_kept_pair) kept;       /* filters that go along with new words */
    LIST(struct find_kept_pair) kept_words; /* words and choices that go along with new dates */
    struct form *form;
    struct link clear; /* the words alone */
    struct link previous, next;
    LIST(struct find_place) libraries; /* the same words on the pages that search one kind */
    struct link ask;
    LIST(struct find_place) places;
    LIST(struct find_place) examples;
};

/* One line under the box while one types. */
struct find_hint {
    struct str title;
    struct str number;
    struct str note; /* what it is a part of, or its kind: Luật Hộ tịch 2014, Đơn vị … */
    struct link link;
};

struct find_word {
    struct str text;
    struct link link;
};

struct find_suggest {
    struct str q;
    LIST(struct find_hint) hits;
    LIST(struct find_word) words;
    struct link all;
};
#endif
