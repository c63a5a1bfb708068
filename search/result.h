/* What search_query gives back. */
#ifndef SEARCH_RESULT_H
#define SEARCH_RESULT_H
#include "search/doc.h"

struct search_words {
    struct str *at;
    size_t n;
};

/* Bytes [from, to) of the text it belongs to. */
struct search_range {
    size_t from, to;
};
struct search_ranges {
    struct search_range *at;
    size_t n;
};

/* A near copy that stands under a hit. */
struct search_alike {
    int64_t record;
    struct str key, number, title;
    struct date date;
    enum search_force force;
};
struct search_alikes {
    struct search_alike *at;
    size_t n;
};

struct search_hit {
    int64_t record;
    struct str key;
    int64_t whole;
    struct str kind, number, title;
    struct date date;
    enum search_force force;       /* on the asked day */
    struct date from_on, until_on; /* the time of effect, as search_doc has it */
    struct str facet[SEARCH_FACETS];
    double score;                /* only comparable within one result */
    double normal;               /* score against a passage holding each asked word and pair once: 0 … 1 */
    double cover;                /* share of the asked words, by rarity, that the passage or its title holds: 0 … 1 */
    bool is_by_number;           /* the asked number is the document's own */
    int64_t page;                /* of the best passage; 0 none */
    int64_t passage;             /* its ordinal in the document, from 0 */
    struct str text;             /* the best passage, verbatim */
    struct search_ranges ranges; /* words of text that were asked for, in order, not overlapping */
    struct search_ranges title_ranges;
    struct search_alikes
        alike; /* fold_alike: its near copies, the best first; it is in force rather than they, or newer */
};
struct search_hits {
    struct search_hit *at;
    size_t n;
};

struct search_count {
    struct str value;
    int64_t n;
};
struct search_counts {
    struct search_count *at;
    size_t n;
}; /* largest first */

/* A word as it was asked, read as its likeliest when it was typed without marks, and what it tells. */
struct search_said {
    uint64_t exact, folded; /* keys, as search_scan_next gives them */
    bool is_bare;           /* typed without marks by somebody who types without them */
    bool is_idle;           /* a word that only asks */
    double rarity;          /* 0: stands everywhere, or is idle */
    double pair_rarity;     /* of the pair it makes with the word before; 0: makes none that is known */
    double bond;            /* how often the rarer of the two stands in that pair: 0 … 1 */
};
struct search_saids {
    struct search_said *at;
    size_t n;
};

struct search_result {
    struct search_hits hits;
    struct search_saids words; /* with_words: in order */
    /* with_counts or is_strict: the permitted documents holding half of the asked words, by rarity, in one passage. */
    int64_t found;
    bool is_near; /* is_strict: nothing holds half of what was asked; these come nearest */
    /* "Có phải bạn muốn tìm": the query as it was understood and answered, when a word of it was mended (in words of
       permitted documents); else empty. Ask again with is_literal for what was typed. */
    struct str meant;
    size_t folded; /* fold_alike: hits that stand under others, on all pages */
    struct search_counts kinds;
    struct search_counts facet[SEARCH_FACETS];
    int64_t forces[SEARCH_FORCES]; /* of those with a known time of effect, on the asked day */
    /* as_you_type: the query with its last word finished, from permitted documents' own words. */
    struct search_words suggestions;
};
#endif
