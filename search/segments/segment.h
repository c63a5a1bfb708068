/* One immutable file of the index: documents, their passages and texts, and for each term the passages that hold it.
   Written once front to back, then read by everybody. Native little-endian; a checksum over all of it is compared when
   it is opened. The tables are then copied into memory and every offset in them checked once; texts and postings stay
   mapped (search/segments/guard.h), may be damaged at any moment, and are read with every step inside their bounds. */
#ifndef SEARCH_SEGMENTS_SEGMENT_H
#define SEARCH_SEGMENTS_SEGMENT_H
#include "base/err.h"
#include "search/search.h"
#include "search/segments/alike.h"
#include "search/segments/guard.h"
#include "search/segments/pack.h"
#include "search/words/text.h"

enum { SEARCH_KEY_BITS = 48 };

enum search_section {
    SECTION_TEXTS,
    SECTION_POSTS,
    SECTION_TERMS,
    SECTION_BUCKETS,
    SECTION_DOCS,
    SECTION_OWNERS,
    SECTION_RECORDS,
    SECTION_RIGHTS,
    SECTION_PRINCIPALS,
    SECTION_STRINGS,
    SECTION_LETTERS,
    SECTION_WORDS,
    SECTION_SPELLINGS,
    SECTIONS
};

struct search_header {
    char magic[8];
    uint32_t docs, passages, rights, strings, words, bucket_bits;
    uint64_t terms;
    uint64_t at[SECTIONS], size[SECTIONS];
    uint64_t file_size;
    uint64_t body_sum;
    uint64_t header_sum; /* of all before */
};

/* A document. first is its first passage; the next document's first ends it (one more stands at the end of the table).
 */
struct search_entry {
    int64_t record;
    int64_t whole;
    uint64_t block_at;               /* its text lies in a block shared with its neighbours */
    uint32_t block_size, block_full; /* compressed, and not */
    uint32_t text_from;              /* in the block */
    uint32_t first;
    uint32_t right; /* which list of principals */
    int32_t day;    /* date_number; INT32_MIN none */
    uint32_t kind;  /* strings */
    uint32_t facet[SEARCH_FACETS];
    int32_t from_day, until_day; /* of force: INT32_MIN and INT32_MAX are open */
    uint16_t is_partly;
    int16_t standing;
    uint8_t sketch[SEARCH_SKETCH]; /* of its text: near copies have near sketches */
};

struct search_bucket {
    uint64_t posts_at;
    uint64_t terms_at;
};

/* What tells a file that was written to from one that was not. */
struct search_stamp {
    uint64_t inode;
    int64_t size, changed_s, changed_ns;
};

struct search_segment {
    const uint8_t *base; /* mapped: only texts, postings and terms are read there */
    size_t size;
    uint8_t *tables;            /* the copy all below points into */
    struct search_guard *guard; /* NULL: bytes in memory */
    struct search_stamp stamp;  /* of the file when it was opened */
    const uint8_t *letters, *spellings;
    const struct search_header *header;
    const struct search_entry *docs;          /* header->docs + 1 */
    const uint32_t *owners;                   /* passage -> document */
    const uint32_t *records;                  /* documents in order of record */
    const uint32_t *rights, *strings, *words; /* offsets, one more than things */
    const int64_t *principals;
    const struct search_bucket *buckets; /* one more than buckets */
    int64_t id;
};

/* Opens a file. ERR_BROKEN for anything that is not a whole segment, ERR_MISSING when there is no such file. */
struct err search_segment_open(const char *path, struct search_segment *out);
/* The same over bytes already in memory, aligned to 8 and outliving the segment; with_sums false skips the checksums
 * (fuzzing). */
bool search_segment_check(struct search_segment *s, const uint8_t *base, size_t size, bool with_sums);
void search_segment_close(struct search_segment *s);
/* Whether something in it could not be read since it was opened. */
bool search_segment_is_hurt(const struct search_segment *s);
/* Reads the file through and compares its checksums. */
bool search_segment_is_whole(const struct search_segment *s);
struct search_stamp search_stamp_of(const char *path); /* zeros when there is none */
bool search_stamp_is(const struct search_stamp *a, const struct search_stamp *b);

enum search_force search_segment_force(const struct search_entry *e, int64_t day);
/* Whether its time of effect is known. */
bool search_segment_has_force(const struct search_entry *e);
struct str search_segment_string(const struct search_segment *s, uint32_t string);
struct str search_segment_word(const struct search_segment *s, uint32_t word);
/* The document of a record, or SEARCH_NONE. */
uint32_t search_segment_find(const struct search_segment *s, int64_t record);
/* Key, number, title and passages of a document, unpacked into the arena; false when they cannot be. */
bool search_segment_doc(const struct search_segment *s, struct arena *a, uint32_t doc, struct search_doc *out);
/* A block of texts, unpacked. Asked for again, the same block is not unpacked twice. */
struct search_block {
    const struct search_segment *segment;
    uint64_t at;
    struct str bytes;
};
bool search_segment_block(const struct search_segment *s, struct arena *a, uint32_t doc, struct search_block *block);
/* The same as search_segment_doc, of a document whose block was unpacked. */
bool search_segment_read(struct arena *a, uint32_t doc, const struct search_block *block, struct search_doc *out);
/* The document's bytes in its block, as search_out_pack made them. */
struct str search_segment_packed(const struct search_segment *s, uint32_t doc, const struct search_block *block);
/* First word (in folded order) not before the plain prefix. */
uint32_t search_segment_word_from(const struct search_segment *s, struct str plain);
size_t search_word_plain(struct str word, char out[static SEARCH_WORD_MOST]);

struct search_posting search_segment_term(const struct search_segment *s, uint64_t key);

/* All terms of a segment in order of key. */
struct search_terms {
    const struct search_segment *segment;
    uint64_t bucket;
    const uint8_t *at, *end;
    uint64_t rest;
    uint64_t posts_at;
    uint64_t key;
    struct search_posting posting;
};
void search_terms_begin(struct search_terms *t, const struct search_segment *s);
bool search_terms_next(struct search_terms *t);
#endif
