/* Documents in memory on their way to a segment. */
#ifndef SEARCH_SEGMENTS_BUILDER_H
#define SEARCH_SEGMENTS_BUILDER_H
#include "search/segments/out.h"

/* A term of the title counts as often as this in every passage. */
enum { SEARCH_TITLE_WEIGHT = 2, SEARCH_BUILDER_POSTS = 3 << 20 };

struct search_raw {
    uint64_t key;
    uint32_t passage;
    uint32_t impact;
};
struct search_tally {
    uint64_t key;
    uint32_t stamp;
    uint32_t n;
};

struct search_built {
    struct search_entry entry;
    uint32_t passages;
    size_t text_at, text_size;
    bool is_dead; /* replaced or removed before it was written */
};

struct search_builder {
    struct search_built *docs;
    size_t docs_n, docs_cap;
    struct search_bytes texts;
    struct search_intern strings, rights, words, records;
    uint32_t *newest; /* records -> docs */
    size_t newest_cap;
    uint32_t passages;
    struct search_raw *posts;
    size_t posts_n, posts_cap;
    struct search_tally *tally;
    size_t tally_n; /* slots */
    uint32_t *used;
    size_t used_n, used_cap;
    uint32_t stamp;
    struct search_tally *title;
    size_t title_n, title_cap;
    uint32_t title_length;
    struct search_sketch sketch; /* of the document's text so far */
};

void search_builder_begin(struct search_builder *b);
void search_builder_free(struct search_builder *b);
void search_builder_put(struct search_builder *b, const struct search_doc *doc);
bool search_builder_remove(struct search_builder *b, int64_t record);
/* Writes what is not dead to a new file and empties itself; on failure it keeps all. */
struct err search_builder_write(struct search_builder *b, const char *path);
#endif
