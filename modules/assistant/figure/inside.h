/* What the files of the room share: words, phrases, the segments a question falls into, moments, what is known. */
#ifndef MODULES_ASSISTANT_FIGURE_INSIDE_H
#define MODULES_ASSISTANT_FIGURE_INSIDE_H
#include "modules/assistant/figure/figure.h"
#include "modules/place/place.h"

enum { TOKENS_MOST = 96, PHRASE_MOST = 10, NUMBERS_MOST = 4, FEATURES_MOST = 24, TEXT_MOST = 1000 };

/* plain: the letters without marks; full: with them, the tone wherever it stands. */
struct key {
    uint64_t plain, full;
    bool is_marked;
};
struct token {
    struct key key;
    size_t from, to;
    bool is_digits, is_upper;
    bool is_after_comma;
    int number; /* of digits, up to 9999; -1: none */
};
struct tokens {
    struct token at[TOKENS_MOST];
    size_t n;
    bool is_marked; /* some word has marks: then a missing one means something */
    bool is_whole;  /* all of the text is in them */
};
void figure_tokens(struct tokens *t, struct str text);

enum tongue { LANG_VI = 1, LANG_EN = 2 };
struct phrase {
    struct str features;
    int lang; /* of enum tongue, one or both */
    bool is_number[PHRASE_MOST];
    bool is_after_comma[PHRASE_MOST];
    struct key key[PHRASE_MOST];
    size_t n;
};
struct number_word {
    int lang, value;
    struct key key;
};
struct derived {
    struct str feature, of;
};
/* A name of a commune of today, or of an older unit (commune is NULL). */
struct unit_name {
    const struct place_commune *commune;
    struct key key[PHRASE_MOST];
    size_t n;
};
struct dated {
    struct str name, words;
    struct date since;
    int first_day, last_day;
};
struct figure_tables {
    const struct place_index *places;
    LIST(struct phrase) phrases;
    LIST(struct number_word) numbers;
    LIST(struct number_word) leads; /* their number stands behind them */
    LIST(struct derived) derived;
    LIST(struct unit_name) names;
    LIST(struct figure_metric) metrics;
    LIST(struct dated) dated;
};
const struct dated *figure_dated(const struct figure_tables *t, const char *name);
/* What a dimension, or a value of it, is called. */
struct str figure_value_words(struct str dim, struct str value, int lang);

/* What a phrase says, with the numbers it took. */
struct feature {
    struct str text;
    int number[NUMBERS_MOST];
    size_t n;
};
struct segment {
    size_t at, n; /* tokens */
    struct feature feature[FEATURES_MOST];
    size_t features;
    bool is_unit, is_unknown;
};
enum grain { GRAIN_DAY, GRAIN_WEEK, GRAIN_MONTH, GRAIN_QUARTER, GRAIN_HALF, GRAIN_YEAR, GRAIN_OTHER };
/* A period that is named, whole, before the day of today ends it. */
struct moment {
    enum grain grain;
    struct date from, to;
    int month, months; /* of the year, where it is months of a year; 0: not */
    bool is_bare;      /* without its year, which was assumed */
    bool is_relative;  /* "last …", "this …" */
    bool is_vague;
};
struct state {
    const struct figure_tables *t;
    struct arena *arena;
    const struct figure_question *q;
    struct figure_reading *out;
    int lang;
    struct tokens w;
    LIST(struct segment) segments;
    bool is_unit_asked; /* more than one unit, or none, may be meant */
    bool is_unit_near;  /* its name was written without its kind or its marks */
    /* of time */
    bool has_main, is_bare_year, is_running, is_now, is_past_mixed;
    struct moment main;
};

bool figure_key_fits(const struct key *written, const struct key *known);
/* The reading of the words with the longest phrases. */
void figure_segments(struct state *s);
const struct feature *figure_feature(const struct segment *g, const char *text); /* NULL: it does not say so */
bool figure_says(const struct state *s, const char *text);
bool figure_has_word(struct str list, struct str word); /* among words apart by spaces */

void figure_units(struct state *s);
/* False: the numbers make no period. */
bool figure_moment(const struct state *s, const struct feature *f, struct moment *out);
struct moment figure_months(int year, int month, int months);
struct date figure_months_back(struct date d, int months);
bool figure_is_plan(const struct state *s);
bool figure_is_stock(const struct state *s);
void figure_when(struct state *s);
void figure_beside(struct state *s, const struct moment *with, bool is_yoy, bool is_prev);
bool figure_metric_settle(struct state *s);
void figure_filters(struct state *s);
void figure_groups(struct state *s);
void figure_echo(struct state *s);
#endif
