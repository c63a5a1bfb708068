/* A query made ready: what each of its words may mean, which terms count how much. */
#ifndef SEARCH_ASK_PLAN_H
#define SEARCH_ASK_PLAN_H
#include "base/arena.h"
#include "search/segments/reader.h"
#include "search/words/number.h"

enum {
    SEARCH_WINDOW = 4096,    /* passages scored at a time; bit maps are padded to it */
    SEARCH_ASKED_WORDS = 64, /* words of a query that count */
    SEARCH_SENSES = 8,       /* words an asked word may stand for */
    SEARCH_GUESSES = 24,     /* words a begun word may become */
    SEARCH_SHORTS = 16,
    SEARCH_PAIRED = 4, /* meanings of a pair of words that are looked for */
    SEARCH_TERMS = SEARCH_ASKED_WORDS * (SEARCH_SENSES + SEARCH_PAIRED + 4) + SEARCH_GUESSES * 2 + SEARCH_SHORTS,
    SEARCH_FLAT_IMPACT = 116, /* of a word standing once in a passage of average length */
};

/* What the asker may read of one segment, after all filters. */
struct search_allowed {
    uint64_t *docs, *passages; /* a bit each */
    uint64_t docs_n;
    bool is_all; /* nothing is held back */
};

/* A word of the index that an asked word may stand for. */
struct search_sense {
    uint64_t exact;
    uint64_t count;  /* passages the asker may read that hold it, about */
    struct str word; /* canonical */
    double share;    /* what it counts for beside the likeliest: 0 … 1 */
    bool is_mended;  /* differs from what was typed by more than missing marks */
};

/* A word as it was asked. */
struct search_asked {
    uint64_t exact, folded;
    struct str word;                          /* canonical, in the arena */
    size_t from, to;                          /* in the query's text */
    double idf, pair_idf;                     /* the second: what the pair with the word before counts for */
    struct search_sense sense[SEARCH_SENSES]; /* the likeliest first */
    size_t senses;
    bool is_bare; /* typed without marks by somebody who types without them */
    bool is_begin;
    bool is_whole;
    bool is_prefix;
    bool is_number;
    bool is_joined; /* nothing but '-' or '/' before it */
    bool is_opened; /* a word an abbreviation stands for */
    bool is_idle;   /* a word that asks, as "thế nào": says nothing of what is looked for */
};

/* An abbreviation that stands for the asked words [from, from + n). */
struct search_short {
    uint64_t key;
    size_t from, n;
};

/* Terms of one group stand for each other: a passage counts the best of them. */
struct search_term {
    uint64_t key;
    uint32_t weight; /* score of a posting is weight * impact */
    uint32_t flat;   /* what the word counts for when only its presence does; 0 for pairs */
    uint32_t group;
};

struct search_plan {
    struct arena *arena;
    const struct search_query *query;
    struct search_reader *reader;
    struct search_allowed *allowed; /* one a shelf */
    struct search_cursor *cursor;   /* for looking things up */
    struct str text;                /* the part of the query that counts */
    int64_t on;                     /* date_number of the day force is judged on */
    double passages;                /* in the index */
    struct search_asked asked[SEARCH_ASKED_WORDS];
    size_t asked_n;
    struct search_short shorts[SEARCH_SHORTS];
    size_t shorts_n;
    struct search_term terms[SEARCH_TERMS];
    size_t n;
    struct {
        uint64_t exact;
    } guess[SEARCH_GUESSES]; /* what the begun word may be */
    size_t guesses;
    struct str prefix;  /* the begun word's canonical form; empty without as_you_type */
    double most;        /* score of a passage holding each word and pair once */
    double whole;       /* the sum of all weights: the score nothing can pass */
    uint64_t flat_half; /* half of all that counts */
    struct search_number number;
    bool has_number;
    bool is_mended; /* some word was taken for another than was typed */
};

/* Pairs of neighbouring words count so much of what they would by rarity alone. */
#define SEARCH_PAIR_WEIGHT 0.7
/* An abbreviation counts so much of what its words and their pairs would. */
#define SEARCH_SHORT_WEIGHT 0.8

void search_plan_make(struct search_plan *p, struct search_reader *r, struct arena *a, const struct search_query *q);
/* Rights first, then kinds, dates and facets. */
void search_allow(struct search_plan *p, const struct search_shelf *s, struct search_allowed *out);
/* What each asked word may stand for: its accented forms, and words near it where the text around asks for one. */
void search_plan_senses(struct search_plan *p);
/* The parts of it: one word's own senses; one sense more, when a permitted text holds it; and the mending of words that
   have none. */
void search_plan_word_senses(struct search_plan *p, struct search_asked *w);
void search_plan_sense(struct search_plan *p, struct search_asked *w, struct str word, bool is_mended);
void search_mend(struct search_plan *p);
/* Opens abbreviations among the asked words, and notes which runs of asked words have one. */
void search_plan_short(struct search_plan *p);
/* Adds what a begun last word may become. */
void search_plan_guess(struct search_plan *p, struct search_reader *r);
void search_plan_term(struct search_plan *p, const struct search_term *t, double weight, double flat);
uint64_t search_plan_count(struct search_reader *r, uint64_t key);
/* Of the permitted passages, how many hold the term: exact when all are permitted, else estimated, but 0 only when none
 * does and never 0 when one does. */
uint64_t search_plan_readable(struct search_plan *p, uint64_t key);
double search_plan_idf(const struct search_plan *p, uint64_t count);
/* Whether a token of some text is among the asked words; *which says which. */
bool search_plan_holds(const struct search_plan *p, const struct search_token *t, size_t *which);
/* The abbreviation a token of some text is, when it stands for asked words; else NULL. */
const struct search_short *search_plan_short_of(const struct search_plan *p, const struct search_token *t);
/* The word before asked[i] with which it makes a pair; NULL when it makes none. */
const struct search_asked *search_plan_before(const struct search_plan *p, size_t i);
#endif
