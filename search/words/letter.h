/* One character as search sees it. */
#ifndef SEARCH_WORDS_LETTER_H
#define SEARCH_WORDS_LETTER_H
#include "base/str.h"

enum search_letter_kind { SEARCH_OTHER, SEARCH_LETTER, SEARCH_DIGIT, SEARCH_MARK, SEARCH_INVISIBLE };

/* shape: 0 none, 1 breve (ă), 2 circumflex (â ê ô), 3 horn (ơ ư), 4 stroke (đ), 5 any other mark.
   tone: 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng. A MARK belongs to the letter before it. */
struct search_letter {
    enum search_letter_kind kind;
    uint32_t plain; /* lower case without marks */
    uint8_t shape;
    uint8_t tone;
    bool is_upper;
};

struct search_letter search_letter_of(uint32_t code);
/* The letter at s[*at], moving past it. Call only while *at < s.len. */
struct search_letter search_letter_next(struct str s, size_t *at);
#endif
