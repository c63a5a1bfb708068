/* How sure it is that a passage answers a question: from what the search found, without any model of language. */
#ifndef MODULES_ASSISTANT_ASSISTANT_SURE_H
#define MODULES_ASSISTANT_ASSISTANT_SURE_H
#include "kernel/search.h"

struct arena;

/* What can be seen of a question and a passage with its title; each 0 … 1. */
struct assistant_signs {
    double cover;  /* asked words, by rarity, in passage and title */
    double normal; /* score against a perfect passage */
    double pairs;  /* asked neighbours that are neighbours there too */
    double gap;    /* how far the next record's score is behind */
    double spread; /* of the ten best passages, how many works they are from, in tenths */
};
/* hits: best first, of one query; of hit at. */
struct assistant_signs assistant_signs_of(struct arena *a, struct str question, const struct search_hits *hits,
                                          size_t at);
/* 0 … 1: the share of such passages that did answer, where it was measured (docs/assistant-quality.md). */
double assistant_sure(const struct assistant_signs *signs);
#endif
