/* Near copies among what was found are folded under one of them. */
#ifndef SEARCH_ASK_FOLD_H
#define SEARCH_ASK_FOLD_H
#include "search/ask/top.h"

enum { SEARCH_FOLDED_MOST = 200 }; /* kept ones that are compared */

/* Hits that stand together: the one shown, and its near copies. */
struct search_group {
    const struct search_kept *shown;
    LIST(const struct search_kept *) alike;
};
struct search_groups {
    struct search_group *at;
    size_t n;
};
/* Groups what was kept, best first. A group has the place of its best; shown is who is in force on the asked day rather
   than not, then the newer, then the better. Documents asked for by number are never folded, nor
   two parts of one whole: it says things twice where both count. */
struct search_groups search_fold(struct search_top *t, const struct search_kept *kept, size_t n);
#endif
