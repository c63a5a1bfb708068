/* Near copies: texts of almost the same words in the same order and of the very same numbers, under the same title of
   the same whole: what two laws both say of who is to carry them out is no copy. A sketch of sixteen
   bytes, made when a document is indexed, says which two are worth comparing; the comparison reads both. */
#ifndef SEARCH_SEGMENTS_ALIKE_H
#define SEARCH_SEGMENTS_ALIKE_H
#include "base/str.h"
#include "search/doc.h"

enum { SEARCH_SKETCH = 16 };

/* Of each sixteenth of all runs of three words, the least hash. */
struct search_sketch {
    uint64_t before[2]; /* the last two words */
    uint32_t words;
    uint32_t least[SEARCH_SKETCH];
};
void search_sketch_begin(struct search_sketch *s);
void search_sketch_word(struct search_sketch *s, uint64_t exact);
void search_sketch_end(const struct search_sketch *s, uint8_t out[static SEARCH_SKETCH]);
/* Whether two texts may be near copies. */
bool search_sketch_near(const uint8_t a[static SEARCH_SKETCH], const uint8_t b[static SEARCH_SKETCH]);

/* The words of a name, ascending, once each; numbers left out. */
struct search_name {
    uint64_t *words;
    size_t n;
    bool is_bare;   /* says nothing of its subject, as "Thông tư" */
    bool is_number; /* nothing but a kind and a number, as "Luật 01/VBHN-VPQH" */
};

/* A text as it is compared. */
struct search_print {
    uint64_t *runs; /* of three words each, ascending, once each */
    size_t n;
    uint64_t numbers; /* hash of all numbers, in order */
    uint32_t words;
    struct search_name own, whole; /* of the title, before and after its dash */
};
/* Reads the first 8,000 words of the passages; of a paper with pages, only what stands on them. */
struct search_print search_print_of(struct arena *a, const struct search_doc *doc);
/* Whether two documents are near copies. docs/search-quality.md says how the limits were chosen. */
bool search_print_alike(const struct search_print *a, const struct search_print *b);
#endif
