/* How sure it is that a passage answers a question: from what the search found, without any model of language. */
#ifndef MODULES_ASSISTANT_ASSISTANT_SURE_H
#define MODULES_ASSISTANT_ASSISTANT_SURE_H
#include "search/search.h"

/* What can be seen of a question and a passage with its title; each 0 … 1. */
struct assistant_signs {
    double cover;   /* asked words, by rarity, in passage and title */
    double content; /* the same without the words that stand everywhere */
    double bound;   /* asked neighbours, by rarity and by how much they belong together, that are neighbours there */
    double missed;  /* the rarest asked word that is in neither */
    double own;     /* how much of the article's own title was asked */
    double gap;     /* how far the next record's score is behind */
    double spread;  /* of the ten best passages, how many works they are from, in tenths */
    double field;   /* and how many are of the fields most of them are of */
};
/* result: of one query with_words; of its hit at. */
struct assistant_signs assistant_signs_of(const struct search_result *result, size_t at);
/* 0 … 1: the share of such passages that did answer, where it was measured (docs/assistant-quality.md). */
double assistant_sure(const struct assistant_signs *signs);
#endif
