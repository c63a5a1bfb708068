/* What of a record cannot be so, and what falls due of it: worked out from the entries alone, by rules that are data
   (rules.tsv, places.tsv; retirement.tsv, grades.tsv, badges.tsv, delays.tsv, needs.tsv, lists.tsv). No database.
   Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_CHECK_H
#define MODULES_CADRE_CADRE_CHECK_H
#include "modules/cadre/cadre_group.h"

/* One entry of a record. */
struct cadre_line {
    size_t group; /* place in the groups */
    int64_t id, version;
    struct fields_state *s;
};
/* A whole record: entries by group, within one by their days. */
struct cadre_whole {
    struct arena *arena;
    const struct cadre_group *groups; /* CADRE_GROUPS */
    LIST(struct cadre_line) lines;
};
/* An answer of a group that is there once, or of the newest entry; NULL: not said. */
const struct fields_answer *cadre_answer(const struct cadre_whole *w, struct str group, struct str field);
const struct fields_answer *cadre_line_answer(const struct cadre_line *l, struct str field); /* NULL: not said */

/* One side of a contradiction. */
struct cadre_passage {
    struct str part; /* code of the group; empty: not in the record */
    int64_t entry;
    struct str text;
};
struct cadre_finding {
    struct str rule, words;
    struct cadre_passage left, right;
};
struct cadre_findings {
    struct cadre_finding *at;
    size_t n;
};
/* Days of which only the year or month is known contradict only when every reading of them does. */
struct cadre_findings cadre_check(const struct cadre_whole *w);
struct str cadre_rule_source(struct str rule);

struct cadre_due {
    struct str kind;
    struct date on;
    struct str words;
};
struct cadre_dues {
    struct cadre_due *at;
    size_t n;
};
/* At most one of each list: the next that falls due. today: for what has no day of its own. */
struct cadre_dues cadre_dues(const struct cadre_whole *w, struct date today);
/* The last day of the month in which the age is reached; {0} when the tables do not say. */
struct date cadre_retires_on(struct date birth, bool is_woman);

/* A list that runs itself. */
struct cadre_list {
    struct str code, title;
    int64_t days; /* how far it looks ahead */
    struct str waits, source;
    bool is_unchecked; /* against the official text */
};
bool cadre_list_at(size_t i, struct cadre_list *list);
bool cadre_list_of(struct str code, struct cadre_list *list);

/* From when until when somebody says to have worked somewhere; both surely within what is said. */
struct cadre_stay {
    struct date from, until;
};
/* Why a place named in the text was not there for all of the stay: "phường Lê Chân có từ 01/07/2025"; empty: it was, or
   nobody knows. Names are known with the word before them (xã, phường, huyện, quận, tỉnh …). */
struct str cadre_place_lacks(struct arena *a, struct str text, const struct cadre_stay *stay);

/* Days of the calendar. */
struct date cadre_months_later(struct date d, int64_t months); /* 31 January and a month: the last of February */
#endif
