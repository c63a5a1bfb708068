/* The one index for everything that can be found by words: documents, articles of law, people, petitions.
   It is derived: DIR/index may be deleted at any time and is made again from the database (kernel/index/feed.h).
   One process writes (search_writer); any number of processes read (search_reader) and notice a commit by themselves.
   A document no principal may see is not indexed; for every other one, the asker's principals are compared before
   scoring, so hits, counts and suggestions only ever come from what the asker may read.
   needs: nothing   shows: doc */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H
#include "base/err.h"
#include "search/result.h"

struct arena;

/* ---- Writing: one process at a time per directory. */
struct search_writer;

/* Opens DIR/index/, making it when missing. A damaged index is logged, thrown away and begun anew:
   search_writer_position is then 0. ERR_BUSY when another process writes there. */
struct err search_writer_open(struct str dir, struct search_writer **out);
/* Commits nothing; waits for a merge that is under way. NULL is allowed. */
void search_writer_close(struct search_writer *w);
/* Adds, or replaces by record. With no principals, it is as search_writer_remove. Readers see it after the commit. */
struct err search_writer_put(struct search_writer *w, const struct search_doc *doc);
struct err search_writer_remove(struct search_writer *w, int64_t record);
/* All or nothing, and durable when it returns. position is the caller's bookmark in its change feed, kept with the
 * index. */
struct err search_writer_commit(struct search_writer *w, int64_t position);
/* Whether DIR/index was deleted under the writer; it then begins anew with position 0. A commit fails with ERR_CONFLICT
 * in that case. */
bool search_writer_lost(struct search_writer *w);
/* Looks whether what it holds was written to by others, and now and then reads a piece of it through. What is damaged
   is taken out, and its records are added to lost (freed by the caller): the caller puts them in again before it
   commits. */
struct search_lost {
    int64_t record;
    char kind[32];
};
struct search_losts {
    struct search_lost *at;
    size_t n, cap;
};
void search_writer_check(struct search_writer *w, struct search_losts *lost);
int64_t search_writer_position(const struct search_writer *w);
int64_t search_writer_documents(const struct search_writer *w); /* of the last commit, removed ones not counted */
/* Makes one segment of all, without what was removed; for reindexing and tests. Ordinary merges happen by themselves.
 */
struct err search_writer_merge(struct search_writer *w);
/* What was removed of a record, and words nobody else uses, are in no file of the index after the next commit. */
struct err search_writer_purge(struct search_writer *w, int64_t record);
/* Forgets all documents (the next commit publishes it). */
struct err search_writer_clear(struct search_writer *w);

/* ---- Reading: one reader per process; not shared between threads. */
struct search_reader;

/* Never fails because of what is on disk: a missing index is an empty one until the writer has made it again, a damaged
   segment is left out until then. */
struct err search_reader_open(struct str dir, struct search_reader **out);
void search_reader_close(struct search_reader *r);
/* Looks whether there is a newer commit, and maps it: one stat() when there is none. search_query does it by itself. */
void search_reader_refresh(struct search_reader *r);
int64_t search_reader_generation(const struct search_reader *r); /* grows by one with each commit */
size_t search_reader_lost(const struct search_reader *r); /* pieces that are damaged and not served until made again */

enum { SEARCH_TEXT_MOST = 1000 }; /* characters of a query that count */

struct search_query {
    struct str text;                          /* as typed: any bytes, any length (the first 1,000 characters count) */
    struct search_principals principals;      /* of the asker; none: finds nothing */
    struct search_words kinds;                /* empty: all */
    struct search_words facet[SEARCH_FACETS]; /* any of these; empty: all */
    struct date from, to; /* both inclusive, {0}: open; with either, undated documents are left out */
    struct date on;       /* the day force is judged on; {0}: today */
    bool in_force;        /* only what is in force that day, wholly or partly */
    unsigned forces;  /* only what has a time of effect and one of these that day: 1u << enum search_force; 0: all */
    size_t limit;     /* at most 100 (0: 10) */
    size_t after;     /* hits to leave out before; after + limit at most 1,000 */
    bool as_you_type; /* the last word may be only begun */
    bool by_passage;  /* every passage is a hit of its own, so that a document may come several times */
    bool is_plain;    /* words as they are typed, and the order of the first look alone */
    bool is_literal;  /* nothing is mended or repaired: "tìm đúng như đã gõ" (marks left out are still put in) */
    bool fold_alike;  /* near copies among the first 200 stand under one of them (hit.alike); not with by_passage */
    bool with_counts; /* fill result.counts: costs about as much again */
    bool with_words;  /* fill result.words */
    bool is_strict;   /* only documents that hold at least half of the asked words, by rarity, in one passage with its
                         title, or carry the asked number; if there are none, what holds three tenths (result.is_near) */
};

/* Best first; equal scores newest record first. Results live in the arena. Fails only when memory of ours is wrong: an
   empty, a senseless or a hostile query finds nothing, and is OK. Filters alone (an empty text) list the newest
   records. */
struct err search_query(struct search_reader *r, struct arena *a, const struct search_query *q,
                        struct search_result *out);

/* The part of text, of about so many characters, that holds most ranges: for showing a long passage in few lines. Cut
 * at spaces. */
struct search_range search_excerpt(struct str text, struct search_ranges ranges, size_t characters);
/* The words of text that are among the query's, exact or folded: for highlighting other texts the same way. */
struct search_ranges search_highlight(struct arena *a, struct str query, struct str text);
/* Whether a text holds anything that can be looked for: a letter or a digit. */
bool search_has_words(struct str text);
/* One form for all usual ways of writing a document's number: "Số: 30 / 2020/NĐ–CP" and "30/2020/nd-cp" give
 * "30/2020/nd-cp". Empty when it is none. */
struct str search_number(struct arena *a, struct str typed);
#endif
