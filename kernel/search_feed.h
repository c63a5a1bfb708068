/* Keeps the index in step with the database. A module registers what it publishes as a search_source and calls
   search_touch in the transaction that changes a record or who may see it; the live process applies the changes within
   a second. Each node keeps its own index and its own place in the feed. */
#ifndef KERNEL_SEARCH_FEED_H
#define KERNEL_SEARCH_FEED_H
#include "kernel/search.h"

struct arena;
struct db_read;
struct db_write;
struct search_ids {
    int64_t *at;
    size_t n;
};

struct search_source {
    struct str kind;
    /* Everything about one record; *is_gone when it is no more (deleted, or nobody may find it). */
    struct err (*load)(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone);
    /* Ids of this kind greater than after, ascending, at most limit: for making the index anew. */
    struct err (*each)(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids);
};
struct search_sources {
    const struct search_source *at;
    size_t n;
};

/* Says that a record, its text or its rights have changed. Cheap; several calls for one record count as one. */
struct err search_touch(struct db_write *db, struct str kind, int64_t record);
#endif
