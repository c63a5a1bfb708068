/* What is shown of what was found: passages with the asked words marked, counts, suggestions. */
#ifndef SEARCH_ASK_ANSWER_H
#define SEARCH_ASK_ANSWER_H
#include "search/ask/fold.h"

void search_answer_group(struct search_top *t, const struct search_group *g, struct search_hit *out);
/* The very number before longer ones beginning so, then by score, then newest. */
void search_answer_rank_numbered(struct search_top *t, struct search_kept *kept, size_t n);
/* seen: the documents to count, a bit map a shelf. */
void search_answer_counts(struct search_top *t, uint64_t *const *seen, struct search_result *out);
void search_answer_suggest(struct search_top *t, struct search_result *out);
/* Fills out->words. */
void search_answer_words(const struct search_plan *p, struct search_result *out);
#endif
