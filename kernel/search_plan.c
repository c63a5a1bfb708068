#include "kernel/search_plan.h"
#include "base/utf8.h"
#include "kernel/search.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

/* Pairs of neighbouring words count .7 of what they would by rarity alone; guesses of a begun word .8 of a whole one.
 */
static const double pair_weight = 0.7;

uint64_t search_plan_count(struct search_reader *r, uint64_t key) {
    uint64_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        n += search_segment_term(&r->shelves[i].segment, key).count;
    }
    return n;
}

double search_plan_idf(const struct search_plan *p, uint64_t count) {
    double n = (double)count < p->passages ? (double)count : p->passages;
    return log(1 + (p->passages - n + 0.5) / (n + 0.5));
}

/* Whole numbers, so that sums are exact in any order. A word that stands everywhere still counts a little. */
static uint32_t whole_of(double weight) {
    uint32_t whole = (uint32_t)(weight * 256 + 0.5);
    return weight > 0 && whole == 0 ? 1 : whole;
}

void search_plan_term(struct search_plan *p, uint64_t key, double weight, double flat) {
    uint32_t whole = whole_of(weight), flat_whole = whole_of(flat);
    if (p->n >= SEARCH_TERMS || whole == 0) {
        return;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->terms[i].key == key) {
            return;
        }
    }
    p->terms[p->n++] = (struct search_term){key, whole, flat_whole};
}

static void read_asked(struct search_plan *p) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, p->text);
    while (p->asked_n < SEARCH_ASKED_WORDS && search_scan_next(&scan, &t)) {
        struct search_asked *w = &p->asked[p->asked_n++];
        *w = (struct search_asked){.exact = t.exact,
                                   .folded = t.folded,
                                   .from = t.from,
                                   .to = t.to,
                                   .is_begin = t.is_begin,
                                   .is_whole = t.is_whole};
        w->word = t.is_whole ? S("") : str_copy(p->arena, (struct str){scan.word, scan.word_len});
        w->use_folded = !t.is_whole && !t.is_number && !t.is_marked;
    }
}

/* Somebody who types with diacritics means a bare word to be bare; somebody who types without means any. */
static void choose_folding(struct search_plan *p) {
    size_t bare = 0, words = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        words += !p->asked[i].is_whole;
        bare += p->asked[i].use_folded;
    }
    bool is_bare = bare * 4 > words * 3;
    for (size_t i = 0; i < p->asked_n; i++) {
        p->asked[i].use_folded &= is_bare;
    }
}

/* The word that is only begun is the last, when nothing follows it. */
static void find_prefix(struct search_plan *p) {
    size_t last = p->asked_n;
    while (last > 0 && p->asked[last - 1].is_whole) {
        last--;
    }
    if (!p->query->as_you_type || last == 0 || p->asked[last - 1].to != p->text.len) {
        return;
    }
    p->asked[last - 1].is_prefix = true;
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, str_slice(p->text, p->asked[last - 1].from, p->text.len));
    scan.is_prefix = true;
    if (search_scan_next(&scan, &t)) {
        p->prefix = str_copy(p->arena, (struct str){scan.word, scan.word_len});
    }
}

static uint64_t word_key(const struct search_asked *w) { return w->use_folded ? w->folded : w->exact; }

static void add_words(struct search_plan *p, struct search_reader *r) {
    for (size_t i = 0; i < p->asked_n; i++) {
        struct search_asked *w = &p->asked[i];
        if (w->is_prefix) {
            continue;
        }
        uint64_t count = search_plan_count(r, word_key(w));
        w->idf = search_plan_idf(p, count);
        p->most += w->idf;
        search_plan_term(p, word_key(w), count ? w->idf : 0, w->idf);
    }
}

static void add_pairs(struct search_plan *p, struct search_reader *r) {
    const struct search_asked *before = NULL;
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *w = &p->asked[i];
        if (w->is_whole) {
            continue;
        }
        if (before && !w->is_begin && !w->is_prefix) {
            bool folded = w->use_folded || before->use_folded;
            uint64_t key = folded ? search_pair_key(SEARCH_FOLDED_PAIR, before->folded, w->folded)
                                  : search_pair_key(SEARCH_EXACT_PAIR, before->exact, w->exact);
            uint64_t count = search_plan_count(r, key);
            double weight = count ? pair_weight * search_plan_idf(p, count) : 0;
            p->most += weight;
            search_plan_term(p, key, weight, 0);
        }
        before = w;
    }
}

void search_plan_make(struct search_plan *p, struct search_reader *r, struct arena *a, const struct search_query *q) {
    *p = (struct search_plan){.arena = a, .query = q, .text = utf8_cut(q->text, SEARCH_ASKED_CHARACTERS)};
    p->on = date_number(q->on.year ? q->on : clock_today());
    for (size_t i = 0; i < r->n; i++) {
        p->passages += r->shelves[i].segment.header->passages;
    }
    p->allowed = arena_take(a, struct search_allowed, r->n);
    for (size_t i = 0; i < r->n; i++) {
        search_allow(p, &r->shelves[i], &p->allowed[i]);
    }
    read_asked(p);
    choose_folding(p);
    find_prefix(p);
    add_words(p, r);
    add_pairs(p, r);
    if (p->prefix.len > 0) {
        search_plan_guess(p, r);
    }
    p->most *= SEARCH_FLAT_IMPACT * 256.0;
    uint64_t flat = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        flat += whole_of(p->asked[i].idf);
    }
    p->flat_half = flat / 2 ? flat / 2 : 1;
    p->has_number = search_number_asked(p->text, &p->number);
}

bool search_plan_holds(const struct search_plan *p, const struct search_token *t, size_t *which) {
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *w = &p->asked[i];
        bool is_same = w->use_folded ? w->folded == t->folded : w->exact == t->exact;
        for (size_t g = 0; w->is_prefix && !is_same && g < p->guesses; g++) {
            is_same = w->use_folded ? p->guess[g].folded == t->folded : p->guess[g].exact == t->exact;
        }
        if (is_same) {
            *which = i;
            return true;
        }
    }
    return false;
}
