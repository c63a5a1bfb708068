/* Abbreviations. Known ones stand in search/ask/abbreviations.tsv; others are learnt from texts that say what they
   stand for: "Ủy ban nhân dân (sau đây gọi tắt là UBND)", "doanh nghiệp nhỏ và vừa (DNNVV)". Each such passage is
   posted under the abbreviation and under its words, so that who may not read it learns nothing from it. */
#ifndef SEARCH_WORDS_DEFINE_H
#define SEARCH_WORDS_DEFINE_H
#include "search/words/text.h"

enum { SEARCH_SHORT_MOST = 12 /* letters of an abbreviation, and words it stands for */ };

/* Somewhere a text says what an abbreviation stands for: the bytes of both. */
struct search_definition {
    struct str words, letters;
};
/* The next one at or after *at; false when there is none. The initials of the words are the letters, small words aside.
 */
bool search_definition_next(struct str text, size_t *at, struct search_definition *out);
/* What it is posted under: the letters without marks, or the words without marks. */
uint64_t search_letters_key(struct str letters);
uint64_t search_words_key(const uint64_t *folded, size_t n);
#endif
