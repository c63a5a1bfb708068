/* Lists of works under filters, for the library's home and its export. */
#ifndef MODULES_LAW_LAW_INDEX_H
#define MODULES_LAW_LAW_INDEX_H
#include "kernel/http/http.h"
#include "modules/law/law.h"
#include "modules/law/law_list_queries.h"
#include "modules/law/law_view.h"

/* What the address asks for. */
struct law_filter {
    struct str q, family, type, issuer, topic, state, sort, after;
    struct date from, to;
    bool has_narrowing; /* any filter */
};
void law_filter_read(struct get *g, struct law_filter *f);
/* The same filters at a path, with one more pair. */
struct link law_filter_link(struct arena *a, const char *path, const struct law_filter *f, const char *key,
                            struct str value);

struct law_list {
    struct law_list_newest_rows rows; /* one more than asked when there are more */
    struct str after;                 /* the key of the next page; empty: the end */
};
struct err law_list_read(struct db_read *db, const struct law_filter *f, size_t n, struct law_list *list);
struct law_item law_item_of(struct arena *a, const struct law_list_newest_row *r);

/* The articles that answer f->q, with counts of the facets. */
struct err law_search_fill(struct get *g, const struct law_filter *f, struct law_index_view *v);
/* Families, types, issuers, topics, states, sorts, and what is chosen. */
struct err law_choices_fill(struct get *g, const struct law_filter *f, struct law_index_view *v);
#endif
