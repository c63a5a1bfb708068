/* Writes one segment, front to back: documents, then terms in order of key, then words, then finish. */
#ifndef SEARCH_SEGMENTS_OUT_H
#define SEARCH_SEGMENTS_OUT_H
#include "search/segments/intern.h"
#include "search/segments/segment.h"

struct search_out {
    int file;
    bool is_broken;
    struct search_header header;
    struct search_bytes pending; /* not yet written */
    uint64_t written;
    uint64_t sum;
    struct search_intern strings, rights;
    struct search_bytes block; /* texts not yet compressed, of the last documents */
    size_t block_docs;
    struct search_entry *docs;
    size_t docs_n, docs_cap;
    uint32_t *owners;
    size_t owners_n, owners_cap;
    struct search_bytes terms;
    struct search_bucket *buckets;
    uint64_t bucket, rest, posts_size;
    struct search_bytes packed;
    uint32_t *words;
    size_t words_n, words_cap;
    struct search_bytes spellings;
};

/* terms: how many there will be at most; sizes the dictionary. */
struct err search_out_open(struct search_out *o, const char *path, uint64_t terms);
/* What an entry's numbers stand for, and its text as search_out_pack made it (or another segment holds it). */
struct search_out_doc {
    struct search_entry entry; /* what is counted from the segment is set anew */
    struct str kind, facet[SEARCH_FACETS];
    struct str principals; /* int64_t values as bytes, ascending */
    struct str text;       /* as search_out_pack made it */
    uint32_t passages;
};
void search_out_doc(struct search_out *o, const struct search_out_doc *d);
void search_out_term(struct search_out *o, uint64_t key, const struct search_post *posts, size_t n);
void search_out_word(struct search_out *o, struct str word); /* in order of search_word_cmp */
/* Makes it durable and frees everything; ERR_BROKEN when the disk refused. */
struct err search_out_finish(struct search_out *o);

/* Adds key, number, title and passages of a document as search_segment_doc reads them. */
void search_out_pack(struct search_bytes *out, const struct search_doc *doc);
/* Folded order, then exact. */
int search_word_cmp(struct str a, struct str b);
/* Makes a directory's entries durable. */
bool search_sync_dir(const char *dir);
#endif
