/* The corpus all engines get: the law beside the project, grown to a given number of passages, in one mapped file; the
   questions with their terms; and how often each term occurs. */
#ifndef BENCH_PEERS_CORPUS_H
#define BENCH_PEERS_CORPUS_H
#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"
#include "bench/peers/peers.h"

struct peers_corpus {
    const uint8_t *at, *end, *next;
    uint32_t docs, passages;
    uint64_t bytes;  /* of title, once an article, and text */
    uint32_t *owner; /* passage -> article, both from 1 */
    uint8_t *right;  /* article -> list */
};

/* Writes path. Articles are taken in turn until there are so many passages; from the second time round every fourth
   word is another one of the corpus (as often as it occurs there), so that no two texts are the same byte for byte and
   no engine can fold them together. */
void peers_corpus_make(const char *data, const char *path, uint32_t passages);
void peers_corpus_open(struct peers_corpus *c, const char *path);
/* The next article; false at the end, and then the first one comes again. */
bool peers_corpus_next(struct peers_corpus *c, struct arena *a, struct peers_doc *d);

/* A text as words and pairs in canonical form; folded: without marks. */
struct peers_cut {
    struct peers_text words, pairs;
};
struct peers_cut peers_cut_of(struct arena *a, struct peers_text text, bool is_folded);
/* Passage i of an article whose title was cut. */
struct peers_passage peers_passage_of(struct arena *a, const struct peers_doc *d, const struct peers_cut *title,
                                      uint32_t i, bool is_folded);

struct peers_question {
    struct peers_text text;
    struct peers_term terms[PEERS_ASKED_MOST]; /* each once */
    size_t n;
    LIST(uint32_t) gold; /* articles */
};
struct peers_questions {
    struct peers_question *at;
    size_t n;
};
/* Spread evenly, so that the first n are a fair sample; at most so many. Those whose article the corpus lacks are left
   out. */
struct peers_questions peers_questions_read(struct arena *a, const char *data, struct peers_corpus *c, size_t most,
                                            bool is_folded);

/* What a form asks of a question; is_first: the first part of one with all_first. */
void peers_form_fill(const struct peers_form *form, const struct peers_question *q, bool is_first,
                     struct peers_asked *out);
#endif
