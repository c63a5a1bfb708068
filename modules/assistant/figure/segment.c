/* A question cut into phrases: of all ways to cut it, the one with the longest phrases; what a phrase says is taken
   from all rows that are written so. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"
#include "base/num.h"

#include "base/banned.h"

enum { UNKNOWN_COST = 40, NO_WAY = -1000000, WORTH = 10 };

/* How a phrase fits at a place: 0 not; else 1 + how many of its words are written with its very marks. */
struct fit {
    int score;
    int number[NUMBERS_MOST];
    size_t n;
};

static int number_at(const struct state *s, size_t i) {
    const struct token *w = &s->w.at[i];
    for (size_t k = 0; !w->is_digits && k < s->t->numbers.n; k++) {
        const struct number_word *word = &s->t->numbers.at[k];
        if ((word->lang & s->lang) && figure_key_fits(&w->key, &word->key)) {
            return word->value;
        }
    }
    return w->number;
}

/* A number behind "tháng" is its own, and begins no "10 xã". */
static bool is_led(const struct state *s, size_t at) {
    for (size_t i = 0; at && !s->w.at[at].is_after_comma && i < s->t->leads.n; i++) {
        const struct number_word *lead = &s->t->leads.at[i];
        if ((lead->lang & s->lang) && figure_key_fits(&s->w.at[at - 1].key, &lead->key)) {
            return true;
        }
    }
    return false;
}

/* "tháng 10, phường …": a comma parts a number from what follows. */
static bool is_parted(const struct state *s, const struct phrase *p, size_t at) {
    bool has_number = p->is_number[0];
    for (size_t i = 1; i < p->n; i++) {
        has_number = has_number || p->is_number[i];
        if (has_number && s->w.at[at + i].is_after_comma && !p->is_after_comma[i]) {
            return true;
        }
    }
    return p->is_number[0] && is_led(s, at);
}

static struct fit phrase_fit(const struct state *s, const struct phrase *p, size_t at) {
    struct fit fit = {.score = 1};
    if (!(p->lang & s->lang) || at + p->n > s->w.n) {
        return (struct fit){0};
    }
    for (size_t i = 0; i < p->n; i++) {
        const struct key *written = &s->w.at[at + i].key;
        if (p->is_number[i]) {
            int number = number_at(s, at + i);
            if (number < 0 || fit.n == NUMBERS_MOST) {
                return (struct fit){0};
            }
            fit.number[fit.n++] = number;
        } else if (!figure_key_fits(written, &p->key[i])) {
            return (struct fit){0};
        } else {
            fit.score += written->full == p->key[i].full;
        }
    }
    return is_parted(s, p, at) ? (struct fit){0} : fit;
}

/* The numbers of one thing a phrase says: "@month:10,#", "age<#". */
static void feature_numbers(struct str args, const struct fit *fit, size_t *taken, struct feature *f) {
    struct str one;
    while (f->n < NUMBERS_MOST && str_next(&args, ',', &one)) {
        int64_t number = 0;
        if (str_eq(one, S("#"))) {
            number = *taken < fit->n ? fit->number[(*taken)++] : 0;
        } else if (!num_read(one, &number)) {
            continue;
        }
        f->number[f->n++] = (int)number;
    }
}

static struct feature feature_read(struct str word, const struct fit *fit, size_t *taken) {
    struct feature f = {.text = word};
    struct str name, args;
    if (str_cut(word, S(":"), &name, &args) && name.len) {
        f.text = name;
        feature_numbers(args, fit, taken, &f);
    } else if (str_ends(word, S("#"))) {
        f.text = str_slice(word, 0, word.len - 1);
        feature_numbers(S("#"), fit, taken, &f);
    }
    return f;
}

static bool is_right(const struct state *s, const struct feature *f) {
    struct moment m;
    if (str_starts(f->text, S("@"))) {
        return figure_moment(s, f, &m);
    }
    if (str_starts(f->text, S("age"))) {
        return f->number[0] >= 15 && f->number[0] <= 120;
    }
    return !f->n || f->number[0] > 0;
}

/* What a phrase says at a place, another reading beside what is there; false: its numbers make no sense there. */
static bool features_read(const struct state *s, const struct phrase *p, const struct fit *fit, struct segment *g) {
    struct str rest = p->features, word;
    size_t taken = 0, before = g->features;
    if (before && before < FEATURES_MOST) {
        g->feature[g->features++].text = S("|");
    }
    while (g->features < FEATURES_MOST && str_next(&rest, ' ', &word)) {
        struct feature f = feature_read(word, fit, &taken);
        if (!is_right(s, &f)) {
            g->features = before;
            return false;
        }
        g->feature[g->features++] = f;
    }
    return true;
}

static int name_fit(const struct state *s, const struct unit_name *name, size_t at) {
    int score = 1;
    if (at + name->n > s->w.n) {
        return 0;
    }
    for (size_t i = 0; i < name->n; i++) {
        const struct token *w = &s->w.at[at + i];
        if (!figure_key_fits(&w->key, &name->key[i]) || (i && w->is_after_comma)) {
            return 0;
        }
        score += w->key.full == name->key[i].full;
    }
    /* In a text with marks an older name without capitals is other words. */
    bool is_plain = s->w.is_marked && !name->commune && !s->w.at[at].is_upper;
    return is_plain ? 0 : score;
}

/* Best fit of each length at each place. */
struct grid {
    int phrase[TOKENS_MOST][PHRASE_MOST + 1];
    int unit[TOKENS_MOST][PHRASE_MOST + 1];
};

static bool is_sensible(const struct state *s, const struct phrase *p, const struct fit *fit) {
    struct segment trial = {0};
    return features_read(s, p, fit, &trial);
}

static void grid_fill(const struct state *s, struct grid *grid) {
    for (size_t at = 0; at < s->w.n; at++) {
        for (size_t i = 0; i < s->t->phrases.n; i++) {
            const struct phrase *p = &s->t->phrases.at[i];
            struct fit fit = phrase_fit(s, p, at);
            if (fit.score > grid->phrase[at][p->n] && is_sensible(s, p, &fit)) {
                grid->phrase[at][p->n] = fit.score;
            }
        }
        for (size_t i = 0; i < s->t->names.n; i++) {
            const struct unit_name *name = &s->t->names.at[i];
            int score = name_fit(s, name, at);
            grid->unit[at][name->n] = score > grid->unit[at][name->n] ? score : grid->unit[at][name->n];
        }
    }
}

static void segment_fill(const struct state *s, const struct grid *grid, struct segment *g) {
    int phrase = grid->phrase[g->at][g->n];
    g->is_unit = grid->unit[g->at][g->n] > 0 && grid->unit[g->at][g->n] >= phrase;
    g->is_unknown = !g->is_unit && !phrase;
    for (size_t i = 0; !g->is_unit && i < s->t->phrases.n; i++) {
        const struct phrase *p = &s->t->phrases.at[i];
        struct fit fit = p->n == g->n ? phrase_fit(s, p, g->at) : (struct fit){0};
        if (fit.score && fit.score == phrase) {
            features_read(s, p, &fit, g);
        }
    }
}

/* What it is worth to cut n words at a place as one. */
static int worth(const struct grid *grid, size_t at, size_t n) {
    int phrase = grid->phrase[at][n], unit = grid->unit[at][n], best = phrase > unit ? phrase : unit;
    if (best) {
        return (int)(n * n) * WORTH + best;
    }
    return n == 1 ? -UNKNOWN_COST : NO_WAY;
}

void figure_segments(struct state *s) {
    struct grid *grid = arena_take(s->arena, struct grid, 1);
    int best[TOKENS_MOST + 1] = {0};
    size_t step[TOKENS_MOST + 1] = {0}, ends[TOKENS_MOST + 1], n = 0;
    grid_fill(s, grid);
    for (size_t end = 1; end <= s->w.n; end++) {
        best[end] = NO_WAY * 2;
        for (size_t len = 1; len <= PHRASE_MOST && len <= end; len++) {
            int value = best[end - len] + worth(grid, end - len, len);
            if (value > best[end]) {
                best[end] = value;
                step[end] = len;
            }
        }
    }
    for (size_t end = s->w.n; end; end -= step[end]) {
        ends[n++] = end;
    }
    while (n--) {
        struct segment g = {.at = ends[n] - step[ends[n]], .n = step[ends[n]]};
        segment_fill(s, grid, &g);
        LIST_ADD(s->arena, &s->segments, g);
    }
}

const struct feature *figure_feature(const struct segment *g, const char *text) {
    for (size_t i = 0; i < g->features; i++) {
        if (str_eq(g->feature[i].text, str_of(text))) {
            return &g->feature[i];
        }
    }
    return NULL;
}

bool figure_says(const struct state *s, const char *text) {
    for (size_t i = 0; i < s->segments.n; i++) {
        if (figure_feature(&s->segments.at[i], text)) {
            return true;
        }
    }
    return false;
}
