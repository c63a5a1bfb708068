/* What a begun word may become: words of the index that begin so, those first that are known to follow the word before.
 */
#include "kernel/search_intern.h"
#include "kernel/search_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { LOOKED_AT = 3000, CHECKED = 150, BEST = SEARCH_GUESSES / 2 };

struct candidate {
    uint64_t exact, folded, pair;
    uint64_t count, pair_count;
};

static const double guess_weight = 0.8, pair_weight = 0.7;

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
    struct search_cursor *cursor;
    struct search_intern seen;
    struct candidate *found;
    size_t n, cap;
    bool is_letter; /* one letter after other words: only words known to follow them are looked at */
};

static void see(struct guessing *g, struct str word) {
    char plain[SEARCH_WORD_MOST];
    struct str bare = {plain, search_word_plain(word, plain)};
    bool folded = g->asked->use_folded;
    uint32_t known = g->seen.n;
    if (search_intern_put(&g->seen, folded ? bare : word) < known) {
        return;
    }
    struct candidate c = {search_key(SEARCH_EXACT, word), search_key(SEARCH_FOLDED, bare), 0, 0, 0};
    c.count = g->is_letter ? 0 : search_plan_count(g->reader, folded ? c.folded : c.exact);
    if (g->before && !g->asked->is_begin) {
        c.pair = folded || g->before->use_folded ? search_pair_key(SEARCH_FOLDED_PAIR, g->before->folded, c.folded)
                                                 : search_pair_key(SEARCH_EXACT_PAIR, g->before->exact, c.exact);
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

/* Whether the asker may read any passage that holds the term: leaps between what is permitted and what holds it. */
static bool is_readable(struct guessing *g, uint64_t key) {
    for (size_t i = 0; i < g->reader->n; i++) {
        const struct search_segment *s = &g->reader->shelves[i].segment;
        const uint64_t *allowed = g->plan->allowed[i].passages;
        uint32_t all = s->header->passages;
        search_cursor_open(g->cursor, search_segment_term(s, key));
        for (uint32_t p = search_cursor_seek(g->cursor, 0); p < all;) {
            if (search_bit(allowed, p)) {
                return true;
            }
            uint32_t word = p / 64;
            uint64_t bits = allowed[word] & (~(uint64_t)0 << (p % 64));
            while (!bits && ++word <= all / 64) {
                bits = allowed[word];
            }
            p = bits ? search_cursor_seek(g->cursor, word * 64 + (uint32_t)__builtin_ctzll(bits)) : SEARCH_NONE;
        }
    }
    return false;
}

/* Keeps, of the best so many from one on, those some permitted passage holds; returns where they end. */
static size_t keep_readable(struct guessing *g, size_t from, size_t room, bool by_pairs) {
    size_t kept = from, looked = 0;
    for (size_t i = from; i < g->n && kept < from + room && looked < CHECKED; i++, looked++) {
        if (is_readable(g, by_pairs               ? g->found[i].pair
                           : g->asked->use_folded ? g->found[i].folded
                                                  : g->found[i].exact)) {
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
    qsort(g->found, g->n, sizeof *g->found, by_pair);
    if (g->found[0].pair_count > 0) {
        paired = keep_readable(g, 0, BEST, true);
    }
    if (g->is_letter) {
        g->n = paired;
    }
    qsort(g->found + paired, g->n - paired, sizeof *g->found, by_count);
    g->n = keep_readable(g, paired, SEARCH_GUESSES - paired, false);
    for (size_t i = 0; i < g->n && g->is_letter; i++) {
        g->found[i].count = search_plan_count(g->reader, g->asked->use_folded ? g->found[i].folded : g->found[i].exact);
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
    p->most += guess_weight * (idf + pair_weight * pair_idf);
    for (size_t i = 0; i < g->n; i++) {
        const struct candidate *c = &g->found[i];
        bool is_typed = c->exact == asked->exact;
        double weight = is_typed ? 1 : guess_weight;
        p->guess[p->guesses].exact = c->exact;
        p->guess[p->guesses++].folded = c->folded;
        search_plan_term(p, asked->use_folded ? c->folded : c->exact, c->count ? weight * idf : 0, asked->idf);
        if (c->pair_count) {
            search_plan_term(p, c->pair, weight * pair_weight * pair_idf, 0);
        }
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
    g.cursor = arena_take(p->arena, struct search_cursor, 1);
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
