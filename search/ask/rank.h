/* The second look: the best passages of the first one are read, and ordered by what postings cannot tell. */
#ifndef SEARCH_ASK_RANK_H
#define SEARCH_ASK_RANK_H
#include "search/ask/top.h"

/* Reorders the first SEARCH_LOOKED_AT of the kept, best first. */
void search_rank(struct search_top *t, struct search_kept *kept, size_t n);
/* The text of a kept one; the blocks last unpacked are kept at hand. */
bool search_rank_doc(struct search_top *t, const struct search_kept *k, struct search_doc *out);
#endif
