/* Postings of a term as bytes: blocks of 128, each with its last passage and greatest impact. */
#ifndef SEARCH_SEGMENTS_PACK_H
#define SEARCH_SEGMENTS_PACK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_BLOCK = 128 };
#define SEARCH_NONE UINT32_MAX

/* Impact of a term in a passage: BM25's share of frequency and length, 1 … 255 (k1 1.2, b .75, a passage of 90
 * syllables being average). */
uint8_t search_impact(uint32_t frequency, uint32_t length);

struct search_post {
    uint32_t passage;
    uint8_t impact;
};

struct search_cursor {
    const uint8_t *at, *end; /* the term's bytes */
    uint32_t count;          /* passages that hold it */
    uint32_t blocks, block;  /* block now unpacked */
    uint32_t n, i;           /* in it */
    uint8_t most;            /* greatest impact of all */
    uint32_t passage[SEARCH_BLOCK];
    uint8_t impact[SEARCH_BLOCK];
};

/* Where a term's postings are. count 0 when the segment has none. */
struct search_posting {
    uint32_t count;
    const uint8_t *at, *end;
};

void search_cursor_open(struct search_cursor *c, struct search_posting p);
/* The first posting at or after passage becomes the present one; SEARCH_NONE when there is none. */
uint32_t search_cursor_seek(struct search_cursor *c, uint32_t passage);
/* Greatest impact a posting at passage can have, by its block alone, which is not unpacked; seek may follow. */
uint8_t search_cursor_most_at(struct search_cursor *c, uint32_t passage);
/* Greatest impact a posting in [from, to) can have; from must not go backwards between calls. */
uint8_t search_cursor_bound(struct search_cursor *c, uint32_t from, uint32_t to);
static inline uint32_t search_cursor_passage(const struct search_cursor *c) {
    return c->i < c->n ? c->passage[c->i] : SEARCH_NONE;
}
/* To the posting at place i of the block, or the next block's first when the block ends before. */
void search_cursor_to(struct search_cursor *c, uint32_t i);
/* To the next posting. */
static inline void search_cursor_step(struct search_cursor *c) { search_cursor_to(c, c->i + 1); }

/* Packs postings (in order of passage) as search_cursor reads them; room for search_pack_most(n) bytes. */
size_t search_pack_most(size_t n);
size_t search_pack(const struct search_post *posts, size_t n, uint8_t *out);

size_t search_varint_put(uint8_t out[static 10], uint64_t n);
/* False when it does not end before end. */
bool search_varint_get(const uint8_t **at, const uint8_t *end, uint64_t *n);
#endif
