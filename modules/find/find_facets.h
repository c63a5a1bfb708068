/* The filters of the page of results: what may be chosen, with counts under the asker's rights, what is chosen, and
   what would be found without it. */
#ifndef MODULES_FIND_FIND_FACETS_H
#define MODULES_FIND_FIND_FACETS_H
#include "modules/find/find_asked.h"
#include "modules/find/find_view.h"

/* Tabs of kinds and groups of values. found: with_counts, under all of asked. A filter that is set shows its other
 * values too, counted as if it were not. */
struct err find_facets_fill(struct get *g, const struct find_asked *asked, const struct search_result *found,
                            struct find_show *v);
/* What is chosen, and what goes along with the page's two forms. */
void find_chips_fill(struct get *g, const struct find_asked *asked, struct find_show *v);
/* Filters without which something is found: when nothing is. */
struct err find_offers_fill(struct get *g, const struct find_asked *asked, struct find_show *v);
#endif
