/* What the address of the page of results asks for, as pairs: any link of the page is the same pairs with some more or
   less. Pairs that make no sense are left out, their fault is in the form. */
#ifndef MODULES_FIND_FIND_ASKED_H
#define MODULES_FIND_FIND_ASKED_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "search/search.h"

enum find_part {
    PART_Q,
    PART_KIND,
    PART_TYPE, /* the facets, in the order of enum search_facet */
    PART_ISSUER,
    PART_FIELD,
    PART_STATE,
    PART_FORCE,    /* in_force, partly, not_yet, expired */
    PART_IN_FORCE, /* leave out what is not in force */
    PART_FROM,
    PART_TO,
    PART_ON, /* the day force is judged on */
    PART_LITERAL,
    PART_AFTER,
    PARTS
};

struct find_pair {
    enum find_part part;
    struct str value; /* dates as dd/mm/yyyy */
};
struct find_asked {
    struct find_pair *at;
    size_t n;
};

enum { SEARCH_DEEPEST = 1000, SEARCH_TYPED_MOST = 1000 };

extern const struct field find_fields[];
extern const struct str find_force_codes[SEARCH_FORCES];

/* Reads the address; faults of dates go into g->form. */
void find_asked_read(struct get *g, struct find_asked *asked);
bool find_asked_has(const struct find_asked *asked, enum find_part part, struct str value); /* empty: any */
/* Of the part's first pair; empty when it has none. */
struct str find_asked_value(const struct find_asked *asked, enum find_part part);
bool find_asked_narrows(const struct find_asked *asked); /* by any filter, the kind among them */
/* All pairs but the part's (with a value: but that one), and but the place in the list. */
struct find_asked find_asked_without(struct arena *a, const struct find_asked *asked, enum find_part part,
                                     struct str value);
/* The same pairs and one more. */
struct find_asked find_asked_with(struct arena *a, const struct find_asked *asked, enum find_part part,
                                  struct str value);
struct link find_asked_link(struct arena *a, const char *path, const struct find_asked *asked);
struct str find_part_name(enum find_part part); /* in the address */
/* Everything but limit, principals and what the page wants besides. */
void find_asked_query(struct arena *a, const struct find_asked *asked, struct search_query *q);
#endif
