/* What the address of the page of results asks for, as pairs: any link of the page is the same pairs with some more or
   less. Pairs that make no sense are left out, their fault is in the form. */
#ifndef MODULES_SEARCH_SEARCH_ASKED_H
#define MODULES_SEARCH_SEARCH_ASKED_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "search/search.h"

enum search_part {
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

struct search_pair {
    enum search_part part;
    struct str value; /* dates as dd/mm/yyyy */
};
struct search_asked {
    struct search_pair *at;
    size_t n;
};

enum { SEARCH_DEEPEST = 1000, SEARCH_TYPED_MOST = 1000 };

extern const struct field search_fields[];
extern const struct str search_force_codes[SEARCH_FORCES];

/* Reads the address; faults of dates go into g->form. */
void search_asked_read(struct get *g, struct search_asked *asked);
bool search_asked_has(const struct search_asked *asked, enum search_part part, struct str value); /* empty: any */
/* Of the part's first pair; empty when it has none. */
struct str search_asked_value(const struct search_asked *asked, enum search_part part);
bool search_asked_narrows(const struct search_asked *asked); /* by any filter, the kind among them */
/* All pairs but the part's (with a value: but that one), and but the place in the list. */
struct search_asked search_asked_without(struct arena *a, const struct search_asked *asked, enum search_part part,
                                         struct str value);
/* The same pairs and one more. */
struct search_asked search_asked_with(struct arena *a, const struct search_asked *asked, enum search_part part,
                                      struct str value);
struct link search_asked_link(struct arena *a, const char *path, const struct search_asked *asked);
struct str search_part_name(enum search_part part); /* in the address */
/* Everything but limit, principals and what the page wants besides. */
void search_asked_query(struct arena *a, const struct search_asked *asked, struct search_query *q);
#endif
