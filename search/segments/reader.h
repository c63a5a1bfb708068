/* The reading side's insides: the segments of the newest manifest, mapped. */
#ifndef SEARCH_SEGMENTS_READER_H
#define SEARCH_SEGMENTS_READER_H
#include "search/segments/merge.h"

struct search_shelf {
    int64_t id;
    struct search_segment segment;
    uint64_t *dead;
};

struct search_reader {
    char dir[SEARCH_WORD_MOST * 48];
    int64_t generation;
    struct search_stamp stamp; /* of the manifest */
    struct search_shelf *shelves;
    size_t n;
    size_t lost; /* segments listed and not served, being damaged */
    bool is_list_damaged;
};

/* Takes out what could not be read; whether there was any. */
bool search_reader_drop_hurt(struct search_reader *r);

static inline bool search_bit(const uint64_t *bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
static inline void search_bit_set(uint64_t *bits, uint32_t i) { bits[i / 64] |= 1ULL << (i % 64); }
#endif
