#include "modules/assistant/assistant_sure.h"
#include "search/words/text.h"

#include <math.h>

enum { BEST = 10, RARITY_MOST = 12, WORDS_MOST = 64 };

/* Words below this share of the rarest one's rarity say nothing of what is asked. */
static const double content_least = 0.2;

/* What was asked, as bits of the words of result.words. */
struct asked {
    const struct search_saids *words;
    double least; /* rarity of a word with content */
    size_t n;
};

/* What a text holds of it: a bit a word, and a bit for each word that follows the one asked before it. */
struct held {
    uint64_t words, pairs;
    size_t asked, n; /* words of the text that were asked, and all */
};

static struct asked asked_of(const struct search_result *result) {
    struct asked q = {.words = &result->words, .n = result->words.n < WORDS_MOST ? result->words.n : WORDS_MOST};
    double most = 0;
    for (size_t i = 0; i < q.n; i++) {
        most = result->words.at[i].rarity > most ? result->words.at[i].rarity : most;
    }
    q.least = most * content_least;
    return q;
}

static uint64_t bits_of(const struct asked *q, const struct search_token *t) {
    uint64_t bits = 0;
    for (size_t i = 0; i < q->n; i++) {
        const struct search_said *w = &q->words->at[i];
        bool is_same = w->exact == t->exact || (w->is_bare && w->folded == t->folded);
        bits |= is_same ? 1ULL << i : 0;
    }
    return bits;
}

static void read_text(const struct asked *q, struct str text, struct held *h) {
    struct search_scan scan;
    struct search_token t;
    uint64_t before = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        uint64_t now = bits_of(q, &t);
        h->words |= now;
        h->pairs |= t.is_begin ? 0 : now & before << 1;
        h->asked += now != 0;
        h->n++;
        before = now;
    }
}

static bool is_content(const struct asked *q, size_t i) {
    return !q->words->at[i].is_idle && q->words->at[i].rarity > 0 && q->words->at[i].rarity >= q->least;
}

static void content_see(const struct asked *q, const struct held *h, struct assistant_signs *out) {
    double all = 0, held = 0;
    for (size_t i = 0; i < q->n; i++) {
        double rarity = q->words->at[i].rarity;
        bool is_held = h->words >> i & 1;
        if (is_content(q, i)) {
            all += rarity;
            held += is_held ? rarity : 0;
            out->missed = is_held ? out->missed : fmax(out->missed, fmin(1, rarity / RARITY_MOST));
        }
    }
    out->content = all > 0 ? held / all : 0;
}

/* "bảo hiểm" belongs together, "hiểm xe" does not: where the first is missing, something else is spoken of. */
static double bound_of(const struct asked *q, const struct held *h) {
    double all = 0, held = 0;
    for (size_t i = 0; i < q->n; i++) {
        double weight = q->words->at[i].pair_rarity * sqrt(q->words->at[i].bond);
        all += weight;
        held += h->pairs >> i & 1 ? weight : 0;
    }
    return all > 0 ? held / all : 0;
}

/* A work is what its number says; without one, the record itself. */
static bool is_same_work(const struct search_hit *x, const struct search_hit *y) {
    return x->record == y->record || (x->whole && x->whole == y->whole) ||
           (x->number.len && str_eq(x->number, y->number));
}

static double spread_of(const struct search_hits *hits) {
    size_t works = 0;
    for (size_t i = 0; i < hits->n && i < BEST; i++) {
        size_t k = 0;
        while (k < i && !is_same_work(&hits->at[i], &hits->at[k])) {
            k++;
        }
        works += k == i;
    }
    return (double)works / BEST;
}

static double field_of(const struct search_hits *hits) {
    size_t n = hits->n < BEST ? hits->n : BEST, most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++) {
            same += str_eq(hits->at[i].facet[SEARCH_FIELD], hits->at[k].facet[SEARCH_FIELD]);
        }
        most = same > most ? same : most;
    }
    return n ? (double)most / (double)n : 0;
}

/* The score of the best other record that is not better. */
static double next_score(const struct search_hits *hits, const struct search_hit *hit) {
    double next = 0;
    for (size_t i = 0; i < hits->n; i++) {
        bool is_other = hits->at[i].record != hit->record && hits->at[i].score <= hit->score;
        next = is_other && hits->at[i].score > next ? hits->at[i].score : next;
    }
    return next;
}

/* What a title says of the thing itself: before the dash that is followed by the name of the whole. */
static struct str own_title(struct str title) {
    size_t dash = str_find(title, S(" — "), 0);
    return dash == SIZE_MAX ? title : str_slice(title, 0, dash);
}

struct assistant_signs assistant_signs_of(const struct search_result *result, size_t at) {
    const struct search_hit *hit = &result->hits.at[at];
    struct asked q = asked_of(result);
    struct held all = {0}, own = {0};
    read_text(&q, hit->title, &all);
    read_text(&q, hit->text, &all);
    read_text(&q, own_title(hit->title), &own);
    struct assistant_signs signs = {.cover = hit->cover,
                                    .bound = bound_of(&q, &all),
                                    .own = own.n ? (double)own.asked / (double)own.n : 0,
                                    .gap = hit->score > 0 ? 1 - next_score(&result->hits, hit) / hit->score : 0,
                                    .spread = spread_of(&result->hits),
                                    .field = field_of(&result->hits)};
    content_see(&q, &all, &signs);
    return signs;
}

/* Weights of a logistic regression: docs/assistant-quality.md. */
double assistant_sure(const struct assistant_signs *s) {
    double sum = -11.2 + 1.81 * s->cover + 3.18 * s->content + 4.18 * s->bound + 1.67 * s->missed + 1.95 * s->own +
                 6.14 * s->gap - 0.78 * s->spread + 1.99 * s->field;
    return 1 / (1 + exp(-sum));
}
