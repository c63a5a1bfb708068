/* What a begun word may become: words of the index that begin so, those first that are known to follow the word before.
 */
#include "search/segments/intern.h"
#include "search/ask/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { LOOKED_AT = 3000, CHECKED = 150, BEST = SEARCH_GUESSES / 2 };

struct candidate {
    uint64_t exact, pair;
    uint64_t count, pair_count;
};

static const double guess_weight = 0.8;

static bool is_shape(char c) { return c >= 1 && c <= 5; }
static bool is_tone(char c) { return c >= 0x11 && c <= 0x15; }

/* Whether a word can come of what was typed: a letter typed bare may still get its shape, a tone may still come. */
static bool can_become(struct str word, struct str prefix) {
    size_t w = 0;
    char tone = 0;
    for (size_t i = 0; i < prefix.len; i++) {
        if (is_tone(prefix.at[i])) {
            tone = prefix.at[i];
            continue;
        }
        if (!is_shape(prefix.at[i]) && w < word.len && is_shape(word.at[w])) {
            w++;
        }
        if (w >= word.len || word.at[w] != prefix.at[i]) {
            return false;
        }
        w++;
    }
    return !tone || (word.len > 0 && word.at[word.len - 1] == tone);
}

struct guessing {
    struct search_plan *plan;
    struct search_reader *reader;
    const struct search_asked *before, *asked;
    struct search_intern seen;
    struct candidate *found;
    size_t n, cap;
    bool is_letter; /* one letter after other words: only words known to follow them are looked at */
};

static void see(struct guessing *g, struct str word) {
    uint32_t known = g->seen.n;
    if (search_intern_put(&g->seen, word) < known) {
        return;
    }
    struct candidate c = {.exact = search_key(SEARCH_EXACT, word)};
    c.count = g->is_letter ? 0 : search_plan_count(g->reader, c.exact);
    if (g->before && g->before->senses > 0 && !g->asked->is_begin) {
        c.pair = search_pair_key(SEARCH_EXACT_PAIR, g->before->sense[0].exact, c.exact);
        c.pair_count = search_plan_count(g->reader, c.pair);
    }
    if (g->is_letter && c.pair_count == 0) {
        return;
    }
    g->found = search_grow(g->found, g->n, 1, &g->cap, sizeof *g->found);
    g->found[g->n++] = c;
}

static void see_segment(struct guessing *g, const struct search_segment *s, struct str plain) {
    uint32_t at = search_segment_word_from(s, plain);
    for (uint32_t looked = 0; at < s->header->words && looked < LOOKED_AT; at++, looked++) {
        char bytes[SEARCH_WORD_MOST];
        struct str word = search_segment_word(s, at);
        struct str bare = {bytes, search_word_plain(word, bytes)};
        if (!str_starts(bare, plain)) {
            break;
        }
        if (can_become(word, g->plan->prefix)) {
            see(g, word);
        }
    }
}

static int by_pair(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->pair_count != y->pair_count) {
        return x->pair_count > y->pair_count ? -1 : 1;
    }
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->exact < y->exact ? -1 : x->exact > y->exact;
}

static int by_count(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->exact < y->exact ? -1 : x->exact > y->exact;
}

/* Keeps, of the best so many from one on, those some permitted passage holds; returns where they end. */
static size_t keep_readable(struct guessing *g, size_t from, size_t room, bool by_pairs) {
    size_t kept = from, looked = 0;
    for (size_t i = from; i < g->n && kept < from + room && looked < CHECKED; i++, looked++) {
        if (search_plan_readable(g->plan, by_pairs ? g->found[i].pair : g->found[i].exact) > 0) {
            struct candidate c = g->found[i];
            g->found[i] = g->found[kept];
            g->found[kept++] = c;
        }
    }
    return kept;
}

/* The best by pair stand first; the best by count among the rest follow. */
static void choose(struct guessing *g) {
    size_t paired = 0;
    if (g->n == 0) {
        return;
    }
    list_sort(g->found, g->n, sizeof *g->found, by_pair);
    if (g->found[0].pair_count > 0) {
        paired = keep_readable(g, 0, BEST, true);
    }
    if (g->is_letter) {
        g->n = paired;
    }
    list_sort(g->found + paired, g->n - paired, sizeof *g->found, by_count);
    g->n = keep_readable(g, paired, SEARCH_GUESSES - paired, false);
    for (size_t i = 0; i < g->n && g->is_letter; i++) {
        g->found[i].count = search_plan_count(g->reader, g->found[i].exact);
    }
}

static void add_guesses(struct guessing *g, struct search_asked *asked) {
    struct search_plan *p = g->plan;
    uint64_t count = 0, pair_count = 0;
    for (size_t i = 0; i < g->n; i++) {
        count += g->found[i].count;
        pair_count += g->found[i].pair_count;
    }
    double idf = search_plan_idf(p, count), pair_idf = pair_count ? search_plan_idf(p, pair_count) : 0;
    asked->idf = guess_weight * idf;
    p->most += guess_weight * (idf + SEARCH_PAIR_WEIGHT * pair_idf);
    uint32_t place = (uint32_t)(asked - p->asked);
    for (size_t i = 0; i < g->n; i++) {
        struct search_term t = {.key = g->found[i].exact, .group = place};
        double weight = t.key == asked->exact ? 1 : guess_weight;
        p->guess[p->guesses++].exact = t.key;
        search_plan_term(p, &t, g->found[i].count ? weight * idf : 0, asked->idf);
    }
    for (size_t i = 0; i < g->n; i++) {
        struct search_term t = {.key = g->found[i].pair, .group = SEARCH_ASKED_WORDS + place};
        double weight = g->found[i].exact == asked->exact ? 1 : guess_weight;
        search_plan_term(p, &t, g->found[i].pair_count ? weight * SEARCH_PAIR_WEIGHT * pair_idf : 0, 0);
    }
}

void search_plan_guess(struct search_plan *p, struct search_reader *r) {
    struct guessing g = {.plan = p, .reader = r};
    struct search_asked *asked = NULL;
    for (size_t i = 0; i < p->asked_n; i++) {
        if (p->asked[i].is_prefix) {
            asked = &p->asked[i];
        } else if (!p->asked[i].is_whole && !asked) {
            g.before = &p->asked[i];
        }
    }
    char bytes[SEARCH_WORD_MOST];
    struct str plain = str_copy(p->arena, (struct str){bytes, search_word_plain(p->prefix, bytes)});
    if (!asked || plain.len == 0 || (plain.len == 1 && g.before && asked->is_begin)) {
        return;
    }
    g.is_letter = plain.len == 1 && g.before;
    g.asked = asked;
    search_intern_begin(&g.seen);
    see(&g, asked->word);
    for (size_t i = 0; i < r->n; i++) {
        see_segment(&g, &r->shelves[i].segment, plain);
    }
    choose(&g);
    add_guesses(&g, asked);
    search_intern_free(&g.seen);
    free(g.found);
}
