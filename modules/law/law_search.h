/* What the search index holds of the library. needs: law */
#ifndef MODULES_LAW_LAW_SEARCH_H
#define MODULES_LAW_LAW_SEARCH_H
#include "kernel/search_feed.h"

extern const struct search_source law_sources[];
#endif
