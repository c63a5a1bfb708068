/* Hits as the page shows them. */
#ifndef MODULES_FIND_FIND_HITS_H
#define MODULES_FIND_FIND_HITS_H
#include "kernel/http/http.h"
#include "search/search.h"
#include "modules/find/find_view.h"

/* What the office calls the kind. */
struct str find_kind_name(const struct modules *app, struct str kind);
/* A title's own part, and the name of the whole it is a part of. */
void find_title_split(struct str title, struct str *own, struct str *whole);

/* The hits with where they lead, as of a day ({0}: today); words: what is marked on the page they lead to. */
struct find_showing {
    struct get *g;
    struct str words;
    struct date on;
    bool is_mixed; /* of several kinds */
};
struct err find_hits_show(const struct find_showing *s, const struct search_hit *const *hits, size_t n,
                          struct find_found *out);
struct find_card find_card_of(const struct find_showing *s, const struct search_hit *h);
#endif
