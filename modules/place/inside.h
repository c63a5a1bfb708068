/* What the files of the room share: syllables, units, the words of an address and what they were read as. */
#ifndef MODULES_PLACE_INSIDE_H
#define MODULES_PLACE_INSIDE_H
#include "modules/place/place.h"

enum { SYLLABLE_MOST = 20, TOKENS_MOST = 160, NAME_MOST = 7, MENTIONS_MOST = 24, DISTRICTS_MOST = 64 };

/* Letters without marks, and the marks apart: where the tone stands does not matter, nor y for i. */
struct syllable {
    char plain[SYLLABLE_MOST];
    uint8_t shape[SYLLABLE_MOST];
    uint8_t len, tone;
    bool is_marked;
};
struct name {
    const struct syllable *at;
    size_t n;
};

enum gap { GAP_SPACE, GAP_DOT, GAP_HARD };
struct token {
    struct syllable s;
    size_t from, to;
    enum gap gap; /* before it */
    bool is_number;
    bool is_capital;
};
struct tokens {
    struct token at[TOKENS_MOST];
    size_t n;
    bool is_marked; /* some letter has a mark: then a missing one means something */
};
void place_tokens(struct tokens *t, struct str text);
struct name place_name(struct arena *a, struct str text);

/* How well what is written fits a name; small is better. */
enum fit { FIT_EXACT, FIT_BARE, FIT_MARKS, FIT_SPELLING, FIT_NONE };
enum fit place_fit(const struct token *t, const struct name *name, bool is_marked);
/* How many of the n tokens spell the name with one slip, joined, or with initials; 0: none do. */
size_t place_fit_loose(const struct token *t, size_t n, const struct name *name);

/* A set of today's communes. */
struct set {
    uint64_t half[2];
};
static inline struct set set_or(struct set a, struct set b) {
    return (struct set){{a.half[0] | b.half[0], a.half[1] | b.half[1]}};
}
static inline struct set set_and(struct set a, struct set b) {
    return (struct set){{a.half[0] & b.half[0], a.half[1] & b.half[1]}};
}
static inline bool set_has(struct set s, size_t i) { return s.half[i / 64] >> (i % 64) & 1; }
static inline void set_add(struct set *s, size_t i) { s->half[i / 64] |= UINT64_C(1) << (i % 64); }
static inline int set_count(struct set s) { return __builtin_popcountll(s.half[0]) + __builtin_popcountll(s.half[1]); }

enum unit_kind { UNIT_TODAY, UNIT_OLD, UNIT_DISTRICT, UNIT_PROVINCE, UNIT_FAR_DISTRICT, UNIT_FAR_PROVINCE };
enum word_kind {
    WORD_NONE,
    WORD_XA,
    WORD_PHUONG,
    WORD_TOWN,
    WORD_ZONE,
    WORD_COMMUNE,
    WORD_HUYEN,
    WORD_CITY,
    WORD_PROVINCE, /* the last that says what a unit is */
    WORD_VILLAGE,
    WORD_STREET,
    WORD_LANDMARK,
    WORD_ROLE,
    WORD_NOW,
    WORD_WAS,
    WORD_OLD,
    WORD_AT,
    WORD_FILLER,
    WORD_STREET_AFTER,
};
struct unit {
    enum unit_kind kind;
    enum word_kind type;
    struct str code, full;
    struct name name;
    size_t bit;          /* of a commune of today */
    size_t district;     /* of an old commune, or its own: a place in the index's districts */
    struct str province; /* "30", "31"; of the far ones the name of today's */
    struct set to;       /* communes of today it became */
    uint64_t parts;      /* districts whose communes it had */
    uint64_t further;    /* districts that took single communes of it */
    struct date until;   /* the last day of `further`, or of a district that was rural */
    bool is_rural;       /* its wards were communes until then */
    bool is_short;       /* the name without the number at its end */
    bool needs_word;     /* means this only with its word before it */
};
struct word {
    enum word_kind kind;
    bool is_after;
    struct name name;
};
struct place_index {
    LIST(struct place_commune) communes;
    LIST(struct unit) units;
    LIST(struct word) words;
    size_t districts[DISTRICTS_MOST]; /* in units */
    size_t districts_n;
};

struct hit {
    const struct unit *unit;
    enum fit fit;
};
/* A name in the text, and what it may be. */
struct mention {
    size_t at, n; /* tokens, its word among them */
    enum word_kind word;
    int clause;
    bool is_old;  /* followed by "cũ" */
    bool is_lost; /* has a word, and no unit is called so */
    LIST(struct hit) hits;
};
enum clause_kind { CLAUSE_PLAIN, CLAUSE_SAME };
struct reading {
    const struct place_index *index;
    struct arena *arena;
    struct str text;
    struct date on;
    struct tokens t;
    struct mention mention[MENTIONS_MOST];
    size_t n;
    enum clause_kind clause[MENTIONS_MOST + 1]; /* SAME: says the place of the clause before it otherwise */
    int clauses;
};
void place_mentions(struct reading *r);
bool place_is_commune_word(enum word_kind w);

/* One address of the text. */
struct verdict {
    enum place_class class;
    struct set set;
    struct str province;
    bool is_unknown_name; /* a commune is named that nobody knows */
    bool is_doubtful;     /* the name is also one of another province */
};
struct verdict place_judge(const struct reading *r, int clause, struct place_found *found);
#endif
