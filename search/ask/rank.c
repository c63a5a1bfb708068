#include "search/ask/rank.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SLOTS = 1024, OPENING = 16, BEFORE_TOLD = 3 };

/* What each thing counts for beside the first score, as a share of the most it can be. Chosen by cross-validation:
   docs/search-quality.md. */
static const double cover_share = 1.1, title_share = -0.2, precise_share = 0.27, skip_share = 0.55, early_share = 0.075,
                    told_share = 0.2, expired_share = -0.05;
/* What a typed word may also mean counts here only when it is likely. */
static const double likely_share = 0.8;

/* The asked words by key, to be found quickly in a text. */
struct wanted {
    const struct search_plan *plan;
    uint64_t is; /* the key of "là", which tells what something is */
    uint64_t key[SLOTS];
    uint8_t word[SLOTS]; /* asked + 1 */
};

static void want(struct wanted *w, uint64_t key, size_t asked) {
    size_t slot = key % SLOTS;
    while (w->word[slot] && w->key[slot] != key) {
        slot = (slot + 1) % SLOTS;
    }
    if (!w->word[slot]) {
        w->key[slot] = key;
        w->word[slot] = (uint8_t)(asked + 1);
    }
}

/* Which asked word a token is, plus one; 0: none. */
static size_t wanted_at(const struct wanted *w, uint64_t key) {
    size_t slot = key % SLOTS;
    while (w->word[slot] && w->key[slot] != key) {
        slot = (slot + 1) % SLOTS;
    }
    return w->word[slot];
}

static struct wanted *wanted_of(const struct search_plan *p) {
    struct wanted *w = arena_take(p->arena, struct wanted, 1);
    struct search_scan scan;
    struct search_token t;
    w->plan = p;
    search_scan_begin(&scan, S("là"));
    w->is = search_scan_next(&scan, &t) ? t.exact : 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *asked = &p->asked[i];
        for (size_t s = 0; s < asked->senses && !asked->is_idle && asked->sense[s].share >= likely_share; s++) {
            want(w, asked->sense[s].exact, i);
        }
    }
    for (size_t i = 0; i < p->shorts_n; i++) {
        want(w, p->shorts[i].key, SEARCH_ASKED_WORDS + i);
    }
    for (size_t g = 0; g < p->guesses; g++) {
        want(w, p->guess[g].exact, p->asked_n - 1);
    }
    return w;
}

/* What one text holds of what was asked. */
struct held {
    uint64_t words;    /* a bit for each asked word */
    uint64_t pairs;    /* and for each asked word that follows the one asked before it */
    uint64_t skips;    /* and for each that follows, one word between, one asked shortly before it */
    uint32_t asked, n; /* words of the text that were asked, and all */
};

/* An abbreviation holds all its words and their pairs; returns the last of them, plus one. */
static size_t hold_short(const struct wanted *w, size_t which, size_t before, struct held *h) {
    const struct search_short *s = &w->plan->shorts[which];
    for (size_t i = s->from; i < s->from + s->n; i++) {
        h->words |= 1ULL << i;
        h->pairs |= i > s->from || (before && before == s->from) ? 1ULL << i : 0;
    }
    return s->from + s->n;
}

/* A word that follows the one asked before it, or stands one word behind one asked shortly before. */
static void hold_neighbours(size_t which, size_t before, size_t earlier, struct held *h) {
    if (which && before + 1 == which) {
        h->pairs |= 1ULL << (which - 1);
    }
    if (which && earlier && earlier < which && which - earlier <= 2) {
        h->skips |= 1ULL << (which - 1);
    }
}

static void read_text(const struct wanted *w, struct str text, struct held *h) {
    struct search_scan scan;
    struct search_token t;
    size_t before = 0, earlier = 0; /* asked words one and two places back, plus one */
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        size_t which = wanted_at(w, t.exact);
        h->words |= which && which <= SEARCH_ASKED_WORDS ? 1ULL << (which - 1) : 0;
        if (t.is_whole) {
            continue;
        }
        h->n++;
        h->asked += which > 0;
        if (which > SEARCH_ASKED_WORDS) {
            earlier = before;
            before = hold_short(w, which - SEARCH_ASKED_WORDS - 1, t.is_begin ? 0 : before, h);
            continue;
        }
        if (t.is_begin) {
            before = earlier = 0;
        }
        hold_neighbours(which, before, earlier, h);
        earlier = before;
        before = which;
    }
}

/* How a text begins: where its first asked word stands, and how much was asked of what it tells the meaning of, as "1.
   Người khuyết tật là …" does. */
struct opening {
    double early; /* 1 / (1 + words before the first asked one); 0 when it comes late */
    double told;
};

/* How rare is what a token was asked as: a word, or all words of an abbreviation. */
static double rarity_of(const struct wanted *w, size_t which) {
    const struct search_plan *p = w->plan;
    double sum = 0;
    if (which <= SEARCH_ASKED_WORDS) {
        return which ? p->asked[which - 1].idf : 0;
    }
    const struct search_short *s = &p->shorts[which - SEARCH_ASKED_WORDS - 1];
    for (size_t i = s->from; i < s->from + s->n; i++) {
        sum += p->asked[i].idf;
    }
    return sum;
}

static struct opening read_opening(const struct wanted *w, struct str text) {
    struct search_scan scan;
    struct search_token t;
    struct opening o = {0};
    double run = 0;      /* of asked words without one between that was not */
    bool is_told = true; /* it may still tell what something is */
    search_scan_begin(&scan, text);
    for (size_t at = 0; at < OPENING && (is_told || o.early <= 0) && search_scan_next(&scan, &t); at += !t.is_whole) {
        size_t which = t.is_whole ? 0 : wanted_at(w, t.exact);
        if (which && o.early <= 0) {
            o.early = 1.0 / (double)(1 + at);
        }
        if (is_told && t.exact == w->is && run > 0) {
            o.told = run;
            is_told = false;
        }
        run += rarity_of(w, which);
        is_told &= which || (run <= 0 && at < BEFORE_TOLD);
    }
    return o;
}

static double sum_of(const struct search_plan *p, uint64_t words, uint64_t pairs) {
    double sum = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        double both = p->asked[i].idf + (i > 0 ? p->asked[i - 1].idf : 0);
        sum += (words >> i & 1 ? p->asked[i].idf : 0) + (pairs >> i & 1 ? SEARCH_PAIR_WEIGHT * both : 0);
    }
    return sum;
}

bool search_rank_doc(struct search_top *t, const struct search_kept *k, struct search_doc *out) {
    const struct search_segment *s = &t->reader->shelves[k->shelf].segment;
    uint64_t at = s->docs[k->doc].block_at;
    struct search_block *b = NULL;
    for (size_t i = 0; i < SEARCH_BLOCKS_AT_HAND && !b; i++) {
        b = t->blocks[i].segment == s && t->blocks[i].at == at ? &t->blocks[i] : NULL;
    }
    if (!b) {
        b = &t->blocks[t->next_block++ % SEARCH_BLOCKS_AT_HAND];
    }
    return search_segment_block(s, t->plan->arena, k->doc, b) && search_segment_read(t->plan->arena, k->doc, b, out);
}

static bool is_expired(const struct search_top *t, const struct search_kept *k) {
    return search_segment_force(&t->reader->shelves[k->shelf].segment.docs[k->doc], t->plan->on) == SEARCH_EXPIRED;
}

/* The second score, in shares of the most the first can be. */
static double look(struct search_top *t, const struct wanted *w, struct search_kept *k) {
    const struct search_plan *p = t->plan;
    struct search_doc doc;
    struct held own = {0}, title = {0}, text = {0};
    struct opening opening = {0};
    double first = (double)k->score / 255.0 / 256.0, most = p->whole / 256.0;
    if (!search_rank_doc(t, k, &doc)) {
        return first / most;
    }
    size_t ordinal = k->passage - t->reader->shelves[k->shelf].segment.docs[k->doc].first;
    read_text(w, search_own_title(doc.title), &own);
    read_text(w, doc.title, &title);
    read_text(w, doc.number, &title);
    if (ordinal < doc.passages.n) {
        read_text(w, doc.passages.at[ordinal].text, &text);
        opening = read_opening(w, doc.passages.at[ordinal].text);
    }
    double precise = own.n ? (double)own.asked / own.n : 0;
    double sum = first + cover_share * sum_of(p, title.words | text.words, 0);
    sum += title_share * sum_of(p, own.words, own.pairs) + skip_share * sum_of(p, 0, title.skips | text.skips);
    double told = opening.told > 0 ? opening.told / sum_of(p, ~(uint64_t)0, 0) : 0;
    double standing = doc.standing / 100.0 + (is_expired(t, k) ? expired_share : 0);
    return sum / most + precise_share * precise + early_share * opening.early + told_share * told + standing;
}

static int by_place(const void *a, const void *b) {
    const struct search_kept *x = a, *y = b;
    if (x->second != y->second) {
        return x->second > y->second ? -1 : 1;
    }
    return x->record > y->record ? -1 : x->record < y->record;
}

void search_rank(struct search_top *t, struct search_kept *kept, size_t n) {
    size_t most = t->plan->query->as_you_type ? SEARCH_LOOKED_AT_TYPING : SEARCH_LOOKED_AT;
    n = n < most ? n : most;
    if (n == 0 || t->plan->whole <= 0) {
        return;
    }
    struct wanted *w = wanted_of(t->plan);
    for (size_t i = 0; i < n; i++) {
        kept[i].second = look(t, w, &kept[i]);
    }
    list_sort(kept, n, sizeof *kept, by_place);
}
