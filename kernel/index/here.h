/* The process's one reader of the index, opened when first asked for, and the one way a handler searches:
   always under the rights of the post that is worn. needs: db access search */
#ifndef KERNEL_INDEX_HERE_H
#define KERNEL_INDEX_HERE_H
#include "base/err.h"
#include "search/search.h"

struct db_read;
struct modules;

/* The reader of db_dir()/index. Lives as long as the process. */
struct err search_here(struct db_read *db, struct search_reader **reader);
/* What a post counts as in the index: its principals, and everybody. None for post 0. */
struct err search_principals_of(struct db_read *db, int64_t post, struct search_principals *principals);
/* search_query on the process's reader; q->principals is set to the post's. */
struct err search_as(struct db_read *db, int64_t post, struct search_query *q, struct search_result *out);
/* Puts first what the words of q name outright to one of the modules' sources, if the asker may find it: it is moved,
   or fetched by a query of its own. Of a first page only. */
struct err search_named_first(struct db_read *db, const struct modules *all, struct search_reader *reader,
                              const struct search_query *q, struct search_result *out);
#endif
