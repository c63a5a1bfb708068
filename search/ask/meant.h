/* The question as it was understood, written out for people. */
#ifndef SEARCH_ASK_MEANT_H
#define SEARCH_ASK_MEANT_H
#include "search/ask/plan.h"

/* Fills out->meant when a word was mended or a number repaired; the hits are there already. */
void search_meant(struct search_plan *p, struct search_result *out);
/* A canonical word as people write it: "thu1y" with its tone is "thủy". Tones stand where the schools put them. */
struct str search_word_shown(struct arena *a, struct str word);
#endif
