/* Several segments made into one, leaving out what was removed. */
#ifndef SEARCH_SEGMENTS_MERGE_H
#define SEARCH_SEGMENTS_MERGE_H
#include "search/segments/segment.h"

/* A segment with its tombstones, a bit a document (NULL: none). */
struct search_part {
    const struct search_segment *segment;
    const uint64_t *dead;
};
static inline bool search_is_dead(const uint64_t *dead, uint32_t doc) {
    return dead && (dead[doc / 64] >> (doc % 64) & 1);
}

/* Reads only what never changes, so it may run in a thread of its own. */
struct err search_merge(const struct search_part *parts, size_t n, const char *path);
#endif
