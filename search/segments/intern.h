/* Things numbered as they are first seen, by their bytes. Memory grows by doubling; out of memory ends the process. */
#ifndef SEARCH_SEGMENTS_INTERN_H
#define SEARCH_SEGMENTS_INTERN_H
#include "base/str.h"

/* Room for more things of a size after n of *cap; returns the (moved) place. */
void *search_grow(void *at, size_t n, size_t more, size_t *cap, size_t size);

struct search_bytes {
    uint8_t *at;
    size_t n, cap;
};
void search_bytes_put(struct search_bytes *b, const void *bytes, size_t n);
void search_bytes_varint(struct search_bytes *b, uint64_t n);

struct search_intern {
    struct search_bytes bytes;
    uint32_t *offsets; /* one more than n */
    size_t offsets_cap;
    uint32_t n;
    uint32_t *slots; /* 0 empty, else number + 1 */
    size_t slots_n;
};
void search_intern_begin(struct search_intern *t);
void search_intern_free(struct search_intern *t);
uint32_t search_intern_put(struct search_intern *t, struct str bytes);
/* UINT32_MAX when it was never put. */
uint32_t search_intern_find(const struct search_intern *t, struct str bytes);
struct str search_intern_at(const struct search_intern *t, uint32_t i);
#endif
