/* What was answered to a form: judged, shown, masked, carried to a later version. */
#ifndef FIELDS_ANSWERS_H
#define FIELDS_ANSWERS_H
#include "fields/fields.h"

/* One thing typed. A cell of a table is named table.0.column; several choices are separated by commas or line ends;
   a file's value is the names of the files, a line each. */
struct fields_said {
    struct str name, typed;
};
struct fields_said_list {
    struct fields_said *at;
    size_t n;
};

/* What the answers are judged against. */
struct fields_world {
    struct date today;
    /* Finds what was typed (a code, or a name) in a list somebody keeps; within is the code that narrows it, or empty.
       NULL: codes are taken as they are. */
    bool (*find)(void *thing, struct arena *a, const struct fields_item *item, struct str within, struct str typed,
                 struct fields_option *found);
    void *thing;
};

struct fields_answer {
    const struct fields_item *item;
    struct str name;      /* as in fields_said */
    struct str typed;     /* as it came */
    struct str text;      /* cleaned: codes, 1966-02-09, 12,5; empty when nothing was said, it is hidden or at fault */
    struct str label;     /* of what was found in a list */
    struct str fault;     /* Vietnamese; empty when right */
    int64_t number;       /* ten-thousandths */
    struct date from, to; /* of dates, months and periods: the first and the last day meant */
    bool is_shown;
    LIST(struct fields_row) rows; /* of a table */
};
struct fields_row {
    struct fields_answer *at; /* one for each column */
    size_t n;
    size_t place; /* the number in the cells' names */
};

struct fields_state {
    struct arena *arena;
    const struct fields_form *form;
    const struct fields_world *world;
    struct fields_said_list said;   /* sorted by name */
    LIST(struct fields_answer) all; /* in the order of the form */
    bool *page_is_shown;            /* for each page */
    LIST(struct str) dropped;       /* answered once, hidden now: not kept when the form is sent */
    LIST(struct str) unknown;       /* said, but no such question */
    size_t faults;
};

/* Judges everything said. Never fails: what is wrong stands at the answers. */
struct fields_state *fields_judge(struct arena *a, const struct fields_form *form, struct fields_said_list said,
                                  const struct fields_world *world);
const struct fields_answer *fields_answer_named(const struct fields_state *s, struct str name);
/* Faults among the answers of one page; of all pages that are shown, for SIZE_MAX. */
size_t fields_page_faults(const struct fields_state *s, size_t page);
/* The first page from `from` on that is shown; the count of pages when there is none. */
size_t fields_page_next(const struct fields_state *s, size_t from);

/* As people read it: labels for codes, 1.234,5, 09/02/1966. */
struct str fields_shown(struct arena *a, const struct fields_answer *answer);
/* The same for somebody who may see classes up to `may`; others see the definition's mask, or dots. */
struct str fields_masked(struct arena *a, const struct fields_answer *answer, enum fields_class may);

/* A flat list of what a JSON object of answers says: {"ho_ten": "…", "so_nguoi": 3, "nguoi": [{"tuoi": 4}]}. */
struct err fields_said_read(struct arena *a, struct str json, struct fields_said_list *said);
struct err fields_said_of(struct arena *a, const struct json_value *object, struct fields_said_list *said);

/* Answers saved under an earlier version, as this one asks: renamed, values changed. What no question of this version
   asks any more stays under its old name, so that nothing said is lost. The saved list is not changed. */
struct fields_said_list fields_carried(struct arena *a, const struct fields_form *form, int64_t version,
                                       struct fields_said_list saved);
#endif
