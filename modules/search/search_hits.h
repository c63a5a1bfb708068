/* Hits as the page shows them. */
#ifndef MODULES_SEARCH_SEARCH_HITS_H
#define MODULES_SEARCH_SEARCH_HITS_H
#include "kernel/http/http.h"
#include "search/search.h"
#include "modules/search/search_view.h"

/* What the office calls the kind. */
struct str search_kind_name(const struct modules *app, struct str kind);
/* A title's own part, and the name of the whole it is a part of. */
void search_title_split(struct str title, struct str *own, struct str *whole);

/* The hits with where they lead, as of a day ({0}: today); words: what is marked on the page they lead to. */
struct search_showing {
    struct get *g;
    struct str words;
    struct date on;
    bool is_mixed; /* of several kinds */
};
struct err search_hits_show(const struct search_showing *s, const struct search_hit *const *hits, size_t n,
                            struct search_found *out);
struct search_card search_card_of(const struct search_showing *s, const struct search_hit *h);
#endif
