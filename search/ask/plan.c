#include "search/ask/plan.h"
#include "base/utf8.h"
#include "search/search.h"
#include "search/words/define.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

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

void search_plan_term(struct search_plan *p, const struct search_term *t, double weight, double flat) {
    uint32_t whole = whole_of(weight), flat_whole = whole_of(flat);
    if (p->n >= SEARCH_TERMS || whole == 0) {
        return;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->terms[i].key == t->key) {
            return;
        }
    }
    if (p->n == 0 || p->terms[p->n - 1].group != t->group) {
        p->whole += whole;
    }
    p->terms[p->n++] = (struct search_term){t->key, whole, flat_whole, t->group};
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
                                   .is_number = t.is_number,
                                   .is_joined = t.is_joined,
                                   .is_whole = t.is_whole};
        w->word = t.is_whole ? S("") : str_copy(p->arena, (struct str){scan.word, scan.word_len});
        w->is_bare = !t.is_whole && !t.is_number && !t.is_marked;
    }
}

/* Somebody who types with diacritics means a bare word to be bare; somebody who types without means any. */
static void choose_folding(struct search_plan *p) {
    size_t bare = 0, words = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        words += !p->asked[i].is_whole;
        bare += p->asked[i].is_bare;
    }
    bool is_bare = bare * 4 > words * 3;
    for (size_t i = 0; i < p->asked_n; i++) {
        p->asked[i].is_bare &= is_bare;
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

const struct search_asked *search_plan_before(const struct search_plan *p, size_t i) {
    if (p->asked[i].is_begin || p->asked[i].is_whole) {
        return NULL;
    }
    while (i-- > 0) {
        if (!p->asked[i].is_whole) {
            return &p->asked[i];
        }
    }
    return NULL;
}

static void add_word(struct search_plan *p, size_t i) {
    struct search_asked *w = &p->asked[i];
    uint64_t count = w->senses > 0 ? search_plan_count(p->reader, w->sense[0].exact) : 0;
    w->idf = search_plan_idf(p, count);
    p->most += w->idf;
    for (size_t s = 0; s < w->senses; s++) {
        struct search_term t = {.key = w->sense[s].exact, .group = (uint32_t)i};
        double weight = w->sense[s].share * w->idf;
        search_plan_term(p, &t, w->sense[s].count || s == 0 ? weight : 0, w->idf);
    }
}

/* An abbreviation stands in the group of the last pair of its words, for all of them. */
static void add_shorts(struct search_plan *p, size_t i, double last_pair) {
    for (size_t k = 0; k < p->shorts_n; k++) {
        const struct search_short *s = &p->shorts[k];
        if (s->from + s->n != i + 1) {
            continue;
        }
        double words = 0, pairs = last_pair;
        for (size_t w = s->from; w <= i; w++) {
            words += p->asked[w].idf;
            pairs += w > s->from && w < i ? p->asked[w].pair_idf : 0;
        }
        struct search_term t = {.key = s->key, .group = (uint32_t)(SEARCH_ASKED_WORDS + i)};
        search_plan_term(p, &t, SEARCH_SHORT_WEIGHT * (words + pairs), words);
    }
}

/* What a pair of two words may be: the likeliest, and some others. */
static void add_pair(struct search_plan *p, size_t i, const struct search_asked *before) {
    const struct search_asked *w = &p->asked[i];
    double best = 0;
    size_t found = 0;
    for (size_t k = 0; k < before->senses * w->senses && found < SEARCH_PAIRED; k++) {
        const struct search_sense *a = &before->sense[k / w->senses], *b = &w->sense[k % w->senses];
        uint64_t key = search_pair_key(SEARCH_EXACT_PAIR, a->exact, b->exact);
        uint64_t count = search_plan_count(p->reader, key);
        if (count == 0) {
            continue;
        }
        double weight = SEARCH_PAIR_WEIGHT * search_plan_idf(p, count);
        weight *= a->share * b->share;
        best = weight > best ? weight : best;
        struct search_term t = {.key = key, .group = (uint32_t)(SEARCH_ASKED_WORDS + i)};
        search_plan_term(p, &t, weight < best ? weight : best, 0);
        found++;
    }
    p->asked[i].pair_idf = best;
    p->most += best;
    add_shorts(p, i, best);
}

static void add_terms(struct search_plan *p) {
    for (size_t i = 0; i < p->asked_n; i++) {
        if (!p->asked[i].is_prefix && !p->asked[i].is_idle) {
            add_word(p, i);
        }
    }
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *before = search_plan_before(p, i);
        if (before && !p->asked[i].is_prefix && !(p->asked[i].is_idle || before->is_idle)) {
            add_pair(p, i, before);
        }
    }
}

static void allow_all(struct search_plan *p) {
    p->allowed = arena_take(p->arena, struct search_allowed, p->reader->n);
    for (size_t i = 0; i < p->reader->n; i++) {
        search_allow(p, &p->reader->shelves[i], &p->allowed[i]);
    }
}

/* A word said twice is held once. */
static bool is_again(const struct search_plan *p, size_t i) {
    for (size_t k = 0; k < i; k++) {
        if (p->asked[k].exact == p->asked[i].exact) {
            return true;
        }
    }
    return false;
}

void search_plan_make(struct search_plan *p, struct search_reader *r, struct arena *a, const struct search_query *q) {
    *p = (struct search_plan){.arena = a, .query = q, .reader = r, .text = utf8_cut(q->text, SEARCH_TEXT_MOST)};
    p->on = date_number(q->on.year ? q->on : clock_today());
    p->cursor = arena_take(a, struct search_cursor, 1);
    for (size_t i = 0; i < r->n; i++) {
        p->passages += r->shelves[i].segment.header->passages;
    }
    allow_all(p);
    read_asked(p);
    choose_folding(p);
    find_prefix(p);
    search_plan_short(p);
    search_plan_senses(p);
    add_terms(p);
    if (p->prefix.len > 0) {
        search_plan_guess(p, r);
    }
    p->most *= SEARCH_FLAT_IMPACT * 256.0;
    uint64_t flat = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        flat += is_again(p, i) ? 0 : whole_of(p->asked[i].idf);
    }
    p->flat_half = flat / 2 ? flat / 2 : 1;
    p->has_number = search_number_asked(p->text, &p->number);
}

static bool is_of(const struct search_plan *p, const struct search_asked *w, uint64_t exact) {
    for (size_t s = 0; s < w->senses; s++) {
        if (w->sense[s].exact == exact) {
            return true;
        }
    }
    for (size_t g = 0; w->is_prefix && g < p->guesses; g++) {
        if (p->guess[g].exact == exact) {
            return true;
        }
    }
    return w->exact == exact;
}

const struct search_short *search_plan_short_of(const struct search_plan *p, const struct search_token *t) {
    for (size_t i = 0; i < p->shorts_n; i++) {
        if (p->shorts[i].key == t->exact) {
            return &p->shorts[i];
        }
    }
    return NULL;
}

bool search_plan_holds(const struct search_plan *p, const struct search_token *t, size_t *which) {
    for (size_t i = 0; i < p->asked_n; i++) {
        if (is_of(p, &p->asked[i], t->exact)) {
            *which = i;
            return true;
        }
    }
    return false;
}

bool search_has_words(struct str text) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, text);
    return search_scan_next(&scan, &t);
}
