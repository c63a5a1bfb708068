/* Hỏi số liệu: a question in plain words → which figure, of whom, by what, when, beside what; or why it is not answered
   and what to ask back. Nothing is guessed in silence: a word that is not understood refuses, what was assumed is a
   chip. Pure: no database, no clock; docs/askstat.md shows the smallest use.
   needs: place search/words */
#ifndef MODULES_ASSISTANT_FIGURE_FIGURE_H
#define MODULES_ASSISTANT_FIGURE_FIGURE_H
#include "base/list.h"
#include "base/time.h"

struct arena;
struct place_index;
struct place_commune;

enum figure_kind {
    FIGURE_ANSWERED,
    FIGURE_UNKNOWN_METRIC, /* no such figure; near has what is nearest */
    FIGURE_PERSONAL,       /* asks about a person */
    FIGURE_OUT_OF_SCOPE,   /* asks for no figure of this office */
    FIGURE_WHICH_UNIT,     /* candidates: all communes of today it may mean */
    FIGURE_WHICH_METRIC,   /* near: what it may mean */
    FIGURE_WHICH_PERIOD,
    FIGURE_FUTURE, /* what has not happened yet */
};
const char *figure_kind_name(enum figure_kind kind); /* "unknown_metric" …; "answered" */
/* What is said to the person, and what to do; Vietnamese. Empty when answered. */
struct str figure_kind_words(enum figure_kind kind);

struct figure_metric {
    struct str code, kind, dims, need, may, vi, en;
    struct str own; /* the metric of the charts that counts it; empty: none does yet */
};

/* Both days included; or a day as of which is counted. None: all time. */
struct figure_period {
    bool is_said;
    struct date from, to;
    struct date as_of;
};
struct figure_filter {
    struct str dim, value;
};
/* What the page shows as a chip that can be taken off or changed. */
struct figure_chip {
    const char *slot; /* "metric" "unit" "filter" "group" "period" "compare" "top" "chart" */
    struct str words;
    bool is_assumed;
    struct str why; /* what was assumed */
};

struct figure_reading {
    enum figure_kind kind;
    const struct figure_metric *metric; /* NULL when none was settled */
    LIST(struct figure_filter) filters; /* all but unit and age */
    LIST(const struct place_commune *) units;
    int age_from, age_below; /* 0: not said; from included */
    LIST(struct str) group_by;
    struct figure_period period;
    struct str compare; /* "prev" "yoy"; empty: none */
    struct figure_period beside;
    int top_n; /* 0: none */
    bool is_ascending;
    struct str chart;
    LIST(const struct place_commune *) candidates;
    LIST(const struct figure_metric *) near;
    LIST(struct figure_chip) chips;
    struct str echo;   /* the question as it was read, in the asker's language */
    struct str missed; /* the first words that were not understood */
};

struct figure_question {
    struct str text;
    struct str lang; /* "vi" "vi-toneless" "en"; empty: told from the words */
    struct date today;
};

/* The tables of the room, read once; lives in the arena. */
struct figure_tables;
struct figure_tables *figure_open(struct arena *a, const struct place_index *places);
void figure_read(const struct figure_tables *t, struct arena *a, const struct figure_question *q,
                 struct figure_reading *out);
#endif
