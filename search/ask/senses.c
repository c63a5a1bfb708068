/* What was meant by what was typed. A word typed without marks may stand for several; a word nobody writes beside its
   neighbours may be a slip of the hand. The likeliest run of words is chosen by how often the index holds them side by
   side: only what the asker may read counts. */
#include "search/segments/intern.h"
#include "search/ask/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum {
    KEPT = 4,         /* senses left after the choice */
    SUPPORT = 8,      /* passages that must hold a mended word beside its neighbour */
    MENDED_LEAST = 3, /* letters of a word that is worth mending */
    COUNTED = 256,    /* passages that are counted rather than estimated: others' must not lift one over SUPPORT */
    PROBES = 16,      /* places looked at to estimate what is permitted */
    CANDIDATES = 64,
};
static const double mended_odds = 0.001, far = -8;
/* How far a pair is believed rather than its words alone: marks left out are all to be found again, a slip is rare. */
static const double bare_pair_share = 0.999, pair_share = 0.8;

static bool is_allowed_any(struct search_plan *p, size_t shelf, struct search_posting posting) {
    const uint64_t *allowed = p->allowed[shelf].passages;
    uint32_t all = p->reader->shelves[shelf].segment.header->passages;
    search_cursor_open(p->cursor, posting);
    for (uint32_t at = search_cursor_seek(p->cursor, 0); at < all;) {
        if (search_bit(allowed, at)) {
            return true;
        }
        uint32_t word = at / 64;
        uint64_t bits = allowed[word] & (~(uint64_t)0 << (at % 64));
        while (!bits && ++word <= all / 64) {
            bits = allowed[word];
        }
        at = bits ? search_cursor_seek(p->cursor, word * 64 + (uint32_t)__builtin_ctzll(bits)) : SEARCH_NONE;
    }
    return false;
}

static uint64_t counted_in(struct search_plan *p, size_t shelf, struct search_posting posting) {
    uint32_t all = p->reader->shelves[shelf].segment.header->passages;
    uint64_t n = 0;
    search_cursor_open(p->cursor, posting);
    for (uint32_t at; (at = search_cursor_passage(p->cursor)) < all; search_cursor_step(p->cursor)) {
        n += search_bit(p->allowed[shelf].passages, at);
    }
    return n;
}

static uint64_t readable_in(struct search_plan *p, size_t shelf, struct search_posting posting) {
    uint32_t all = p->reader->shelves[shelf].segment.header->passages, seen = 0, permitted = 0;
    if (posting.count == 0 || p->allowed[shelf].docs_n == 0) {
        return 0;
    }
    if (p->allowed[shelf].is_all) {
        return posting.count;
    }
    if (posting.count <= COUNTED) {
        return counted_in(p, shelf, posting);
    }
    search_cursor_open(p->cursor, posting);
    for (uint32_t i = 0; i < PROBES; i++) {
        uint32_t at = search_cursor_seek(p->cursor, (uint32_t)((uint64_t)all * i / PROBES));
        if (at >= all) {
            break;
        }
        seen++;
        permitted += search_bit(p->allowed[shelf].passages, at);
    }
    if (permitted == 0) {
        return is_allowed_any(p, shelf, posting);
    }
    return (uint64_t)posting.count * permitted / seen + 1;
}

uint64_t search_plan_readable(struct search_plan *p, uint64_t key) {
    uint64_t n = 0;
    for (size_t i = 0; i < p->reader->n; i++) {
        n += readable_in(p, i, search_segment_term(&p->reader->shelves[i].segment, key));
    }
    return n;
}

/* Keeps the commonest. */
void search_plan_sense(struct search_plan *p, struct search_asked *w, struct str word, bool is_mended) {
    struct search_sense s = {.exact = search_key(SEARCH_EXACT, word), .is_mended = is_mended};
    for (size_t i = 0; i < w->senses; i++) {
        if (w->sense[i].exact == s.exact) {
            return;
        }
    }
    s.count = search_plan_readable(p, s.exact);
    if (s.count == 0) {
        return;
    }
    s.word = str_copy(p->arena, word);
    size_t at = w->senses < SEARCH_SENSES ? w->senses++ : SEARCH_SENSES - 1;
    if (w->senses == SEARCH_SENSES && w->sense[at].count >= s.count && w->sense[at].exact) {
        return;
    }
    for (; at > 0 && w->sense[at - 1].count < s.count; at--) {
        w->sense[at] = w->sense[at - 1];
    }
    w->sense[at] = s;
}

static void add_accented(struct search_plan *p, struct search_asked *w) {
    char bytes[SEARCH_WORD_MOST], other[SEARCH_WORD_MOST];
    struct str plain = {bytes, search_word_plain(w->word, bytes)};
    for (size_t i = 0; i < p->reader->n; i++) {
        const struct search_segment *s = &p->reader->shelves[i].segment;
        for (uint32_t at = search_segment_word_from(s, plain); at < s->header->words; at++) {
            struct str word = search_segment_word(s, at);
            if (!str_eq((struct str){other, search_word_plain(word, other)}, plain)) {
                break;
            }
            search_plan_sense(p, w, word, false);
        }
    }
}

/* Whether one letter or mark put in, left out, changed, or two neighbours changed about make b of a. */
static bool is_near(struct str a, struct str b) {
    size_t head = 0, tail = 0, less = a.len < b.len ? a.len : b.len;
    if (a.len > b.len + 1 || b.len > a.len + 1) {
        return false;
    }
    while (head < less && a.at[head] == b.at[head]) {
        head++;
    }
    while (tail < less - head && a.at[a.len - 1 - tail] == b.at[b.len - 1 - tail]) {
        tail++;
    }
    size_t left = a.len - head - tail, right = b.len - head - tail;
    return (left <= 1 && right <= 1) ||
           (left == 2 && right == 2 && a.at[head] == b.at[head + 1] && a.at[head + 1] == b.at[head]);
}

static uint64_t pair_count(struct search_plan *p, uint64_t first, uint64_t second) {
    return search_plan_readable(p, search_pair_key(SEARCH_EXACT_PAIR, first, second));
}

static struct search_asked *after_of(struct search_plan *p, size_t i) {
    return i + 1 < p->asked_n && search_plan_before(p, i + 1) == &p->asked[i] && !p->asked[i + 1].is_prefix
               ? &p->asked[i + 1]
               : NULL;
}

/* In how many passages a word stands beside the words asked beside it. */
static uint64_t support_of(struct search_plan *p, size_t i, uint64_t exact) {
    const struct search_asked *before = search_plan_before(p, i), *after = after_of(p, i);
    uint64_t n = 0;
    for (size_t s = 0; before && s < before->senses; s++) {
        n += pair_count(p, before->sense[s].exact, exact);
    }
    for (size_t s = 0; after && s < after->senses; s++) {
        n += pair_count(p, exact, after->sense[s].exact);
    }
    return n;
}

static size_t letters_of(struct str word) {
    char plain[SEARCH_WORD_MOST];
    return search_word_plain(word, plain);
}

/* A word is mended when the index does not know it, or never beside its neighbours. */
static bool is_suspect(struct search_plan *p, size_t i) {
    const struct search_asked *w = &p->asked[i];
    if (w->is_whole || w->is_prefix || w->is_idle || w->is_number || w->is_opened ||
        letters_of(w->word) < MENDED_LEAST) {
        return false;
    }
    uint64_t support = 0;
    for (size_t s = 0; s < w->senses && support == 0; s++) {
        support += support_of(p, i, w->sense[s].exact);
    }
    return w->senses == 0 || (support == 0 && (search_plan_before(p, i) || after_of(p, i)));
}

/* Takes a word of the index as what was meant, when it stands beside the words asked beside it. Returns whether it was
   one the asker may read. */
static bool mend_by(struct search_plan *p, size_t i, struct str word) {
    struct search_asked *w = &p->asked[i];
    uint64_t exact = search_key(SEARCH_EXACT, word);
    bool is_alone = !search_plan_before(p, i) && !after_of(p, i);
    if (search_plan_readable(p, exact) == 0) {
        return false;
    }
    if ((is_alone && w->senses == 0) || support_of(p, i, exact) >= SUPPORT) {
        search_plan_sense(p, w, word, true);
    }
    return true;
}

static void mend(struct search_plan *p, size_t i) {
    const struct search_asked *w = &p->asked[i];
    char bytes[SEARCH_WORD_MOST], other[SEARCH_WORD_MOST];
    struct str typed = w->is_bare ? (struct str){bytes, search_word_plain(w->word, bytes)} : w->word;
    size_t looked = 0;
    for (size_t k = 0; k < p->reader->n; k++) {
        const struct search_segment *s = &p->reader->shelves[k].segment;
        for (uint32_t at = 0; at < s->header->words && looked < CANDIDATES; at++) {
            struct str word = search_segment_word(s, at);
            struct str held = w->is_bare ? (struct str){other, search_word_plain(word, other)} : word;
            looked += is_near(typed, held) && mend_by(p, i, word);
        }
    }
}

/* The choice: logarithms of likelihoods, best ways from the left and from the right. */
struct lattice {
    struct search_plan *plan;
    size_t n;
    size_t at[SEARCH_ASKED_WORDS]; /* places of words with senses */
    double pair[SEARCH_ASKED_WORDS][SEARCH_SENSES][SEARCH_SENSES];
    double left[SEARCH_ASKED_WORDS][SEARCH_SENSES], right[SEARCH_ASKED_WORDS][SEARCH_SENSES];
};

static double own_odds(const struct search_sense *s) { return s->is_mended ? log(mended_odds) : 0; }

static void weigh_pairs(struct lattice *l, size_t i) {
    struct search_plan *p = l->plan;
    const struct search_asked *w = &p->asked[l->at[i]], *before = search_plan_before(p, l->at[i]);
    bool is_pair = i > 0 && before == &p->asked[l->at[i - 1]];
    size_t rows = i > 0 ? p->asked[l->at[i - 1]].senses : 1;
    bool is_open = w->senses > 1 || rows > 1;
    double by_pair = w->is_bare ? bare_pair_share : pair_share;
    for (size_t a = 0; a < rows; a++) {
        for (size_t b = 0; b < w->senses; b++) {
            double share = (double)w->sense[b].count / p->passages * (1 - by_pair);
            if (is_pair && is_open) {
                double both = (double)pair_count(p, before->sense[a].exact, w->sense[b].exact);
                share += by_pair * both / (double)(before->sense[a].count + 1);
            }
            l->pair[i][a][b] = log(share + 1e-12);
        }
    }
}

static void from_left(struct lattice *l, size_t i) {
    const struct search_asked *w = &l->plan->asked[l->at[i]];
    size_t rows = i > 0 ? l->plan->asked[l->at[i - 1]].senses : 1;
    for (size_t b = 0; b < w->senses; b++) {
        double best = -INFINITY;
        for (size_t a = 0; a < rows; a++) {
            double way = (i > 0 ? l->left[i - 1][a] : 0) + l->pair[i][a][b];
            best = way > best ? way : best;
        }
        l->left[i][b] = best + own_odds(&w->sense[b]);
    }
}

static void from_right(struct lattice *l, size_t i) {
    const struct search_asked *w = &l->plan->asked[l->at[i]];
    for (size_t a = 0; a < w->senses; a++) {
        double best = i + 1 < l->n ? -INFINITY : 0;
        for (size_t b = 0; i + 1 < l->n && b < l->plan->asked[l->at[i + 1]].senses; b++) {
            const struct search_sense *s = &l->plan->asked[l->at[i + 1]].sense[b];
            double way = l->right[i + 1][b] + l->pair[i + 1][a][b] + own_odds(s);
            best = way > best ? way : best;
        }
        l->right[i][a] = best;
    }
}

/* A sense so many orders of e less likely counts so much less. */
static double share_of(double behind) { return exp(behind / 12); }

/* The best way's senses first; those far from it are dropped. */
static void choose(struct lattice *l, size_t i) {
    struct search_asked *w = &l->plan->asked[l->at[i]];
    double odds[SEARCH_SENSES];
    for (size_t s = 0; s < w->senses; s++) {
        struct search_sense moved = w->sense[s];
        double own = l->left[i][s] + l->right[i][s];
        size_t at = s;
        for (; at > 0 && odds[at - 1] < own; at--) {
            odds[at] = odds[at - 1];
            w->sense[at] = w->sense[at - 1];
        }
        odds[at] = own;
        w->sense[at] = moved;
    }
    size_t n = 0;
    while (n < w->senses && n < KEPT && odds[n] >= odds[0] + far) {
        w->sense[n].share = share_of(odds[n] - odds[0]);
        n++;
    }
    w->senses = n;
    l->plan->is_mended |= n > 0 && w->sense[0].is_mended;
}

/* Words that ask without saying what for. */
static const char *const idle_words[][3] = {
    {"như", "thế", "nào"}, {"thế", "nào"}, {"như", "nào"}, {"bao", "nhiêu"}, {"bao", "lâu"}, {"ra", "sao"},
    {"vì", "sao"},         {"tại", "sao"}, {"khi", "nào"}, {"ở", "đâu"},     {"nào"},        {"gì"},
};

static bool is_word(const struct search_asked *w, const struct search_token *t) {
    return !w->is_whole && (w->is_bare ? w->folded == t->folded : w->exact == t->exact);
}

static size_t idle_at(const struct search_plan *p, size_t i) {
    for (size_t k = 0; k < sizeof idle_words / sizeof *idle_words; k++) {
        size_t n = 0;
        bool is_it = true;
        for (; is_it && n < 3 && idle_words[k][n]; n++) {
            struct search_scan scan;
            struct search_token t;
            search_scan_begin(&scan, str_of(idle_words[k][n]));
            is_it = search_scan_next(&scan, &t) && i + n < p->asked_n && is_word(&p->asked[i + n], &t);
        }
        if (is_it) {
            return n;
        }
    }
    return 0;
}

static void find_idle(struct search_plan *p) {
    size_t idle = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        size_t n = idle_at(p, i);
        for (size_t k = 0; k < n; k++) {
            p->asked[i + k].is_idle = true;
        }
        idle += n;
        i += n ? n - 1 : 0;
    }
    for (size_t i = 0; i < p->asked_n && idle >= p->asked_n; i++) {
        p->asked[i].is_idle = false;
    }
}

void search_plan_word_senses(struct search_plan *p, struct search_asked *w) {
    if (w->is_prefix || w->is_idle) {
        return;
    }
    if (w->is_bare) {
        add_accented(p, w);
    } else if (w->is_whole) {
        w->sense[0] = (struct search_sense){.exact = w->exact, .share = 1, .count = search_plan_readable(p, w->exact)};
        w->senses = w->sense[0].count > 0;
    }
    if (!w->is_whole) {
        search_plan_sense(p, w, w->word, false);
    }
}

static void mend_suspects(struct search_plan *p) {
    for (size_t i = 0; i < p->asked_n; i++) {
        if (is_suspect(p, i)) {
            mend(p, i);
        }
    }
}

void search_plan_senses(struct search_plan *p) {
    find_idle(p);
    for (size_t i = 0; i < p->asked_n; i++) {
        search_plan_word_senses(p, &p->asked[i]);
    }
    if (!p->query->is_plain && !p->query->is_literal) {
        search_mend(p);
        mend_suspects(p);
    }
    struct lattice *l = arena_take(p->arena, struct lattice, 1);
    l->plan = p;
    for (size_t i = 0; i < p->asked_n; i++) {
        if (p->asked[i].senses > 0 && !p->asked[i].is_whole) {
            l->at[l->n++] = i;
        }
    }
    for (size_t i = 0; i < l->n; i++) {
        weigh_pairs(l, i);
        from_left(l, i);
    }
    for (size_t i = l->n; i-- > 0;) {
        from_right(l, i);
    }
    for (size_t i = 0; i < l->n; i++) {
        choose(l, i);
    }
}
