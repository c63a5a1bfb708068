/* What the search index holds of the library. needs: law */
#ifndef MODULES_LAW_LAW_SEARCH_H
#define MODULES_LAW_LAW_SEARCH_H
#include "kernel/index/feed.h"

extern const struct search_source law_sources[];

/* What the search page says of them: search_source.word and .lead. */
struct str law_facet_word(enum search_facet facet, struct str value);
struct err law_lead(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n, struct date on,
                    struct search_lead *out);
/* search_source.named: the article of the place that law_typed reads. */
struct err law_named_record(struct db_read *db, struct str words, struct date on, struct search_named *out);
#endif
