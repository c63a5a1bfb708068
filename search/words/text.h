/* How text becomes words to search by: one canonical form per syllable, whatever keyboard, normal form or place of the
   tone mark it was typed with. hoà = hòa, thuý = thúy, lý = lí, đ = Đ = Ð; and folded: without any diacritic. */
#ifndef SEARCH_WORDS_TEXT_H
#define SEARCH_WORDS_TEXT_H
#include "base/str.h"

enum { SEARCH_WORD_MOST = 72, SEARCH_WHOLE_MOST = 64 };

/* Keys are 48 bits of hash: in a corpus of ten million terms, one wrong meeting in about 28 million look-ups. */
enum search_class {
    SEARCH_EXACT = 1,
    SEARCH_FOLDED,
    SEARCH_EXACT_PAIR,
    SEARCH_WHOLE,
    SEARCH_NUMBER,
    SEARCH_SHORT,
    SEARCH_LONG
};
uint64_t search_key(enum search_class class, struct str bytes);
uint64_t search_pair_key(enum search_class class, uint64_t first, uint64_t second);

struct search_token {
    uint64_t exact;  /* key of the word with its marks; of the whole, when is_whole */
    uint64_t folded; /* key of the word without marks */
    size_t from, to; /* its bytes in the text */
    bool is_whole;   /* a document number or a date, given after its own words; pairs with nothing */
    bool is_marked;  /* has at least one diacritic */
    bool is_begin;   /* stands first in its sentence: makes no pair with the word before */
    bool is_number;  /* digits only */
    bool is_joined;  /* nothing but '-' or '/' stands between it and the word before */
    int64_t number;  /* its value when is_number and of at most 9 digits */
};

/* Walks over a text. word holds the canonical form of the last token (letters, each followed by a byte 1-5 for its
   shape when it has one, the tone as a byte 0x11-0x15 at the end); plain the folded one. */
struct search_scan {
    struct str text;
    size_t at;
    size_t word_len, plain_len;
    char word[SEARCH_WORD_MOST];
    char plain[SEARCH_WORD_MOST];
    size_t whole_from, whole_to, whole_len; /* a number or date seen ahead */
    char whole[SEARCH_WHOLE_MOST];
    int date_state; /* how much of "15 tháng 6 năm 2022" was read */
    int64_t date_day, date_month;
    size_t date_from;
    bool is_prefix; /* keep y as typed: the word is only begun */
};

void search_scan_begin(struct search_scan *s, struct str text);
bool search_scan_next(struct search_scan *s, struct search_token *t);

/* Tries to read a document number that starts at text[at]; its canonical form goes to out. Returns where it ends, or
 * at. */
size_t search_number_at(struct str text, size_t at, char out[static SEARCH_WHOLE_MOST], size_t *len);
/* What a title says of the thing itself: before the dash that is followed by the name of the whole. */
struct str search_own_title(struct str title);
#endif
