#include "modules/assistant/assistant_sure.h"
#include "base/arena.h"
#include "kernel/search_text.h"

#include <math.h>

enum { WORDS_MOST = 64, TEXT_WORDS_MOST = 4000 };

struct keys {
    uint64_t *exact, *folded;
    bool *is_begin;
    size_t n;
    bool is_marked;
};

static struct keys keys_of(struct arena *a, struct str text, size_t most) {
    struct keys k = {arena_take(a, uint64_t, most), arena_take(a, uint64_t, most), arena_take(a, bool, most), 0, false};
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, text);
    while (k.n < most && search_scan_next(&scan, &t)) {
        if (!t.is_whole) {
            k.exact[k.n] = t.exact;
            k.folded[k.n] = t.folded;
            k.is_begin[k.n++] = t.is_begin;
            k.is_marked |= t.is_marked;
        }
    }
    return k;
}

/* A question typed without marks is compared without them. */
static bool is_same(const struct keys *asked, size_t i, const struct keys *text, size_t k) {
    return asked->is_marked ? asked->exact[i] == text->exact[k] : asked->folded[i] == text->folded[k];
}

static bool has_pair(const struct keys *asked, size_t i, const struct keys *text) {
    for (size_t k = 0; k + 1 < text->n; k++) {
        if (is_same(asked, i, text, k) && is_same(asked, i + 1, text, k + 1) && !text->is_begin[k + 1]) {
            return true;
        }
    }
    return false;
}

/* A work is what its number says; without one, the record itself. */
static bool is_same_work(const struct search_hit *x, const struct search_hit *y) {
    return x->record == y->record || (x->whole && x->whole == y->whole) ||
           (x->number.len && str_eq(x->number, y->number));
}

static double spread_of(const struct search_hits *hits) {
    size_t works = 0;
    for (size_t i = 0; i < hits->n && i < 10; i++) {
        size_t k = 0;
        while (k < i && !is_same_work(&hits->at[i], &hits->at[k])) {
            k++;
        }
        works += k == i;
    }
    return (double)works / 10;
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

struct assistant_signs assistant_signs_of(struct arena *a, struct str question, const struct search_hits *hits,
                                          size_t at) {
    const struct search_hit *hit = &hits->at[at];
    struct keys asked = keys_of(a, question, WORDS_MOST);
    struct keys text = keys_of(a, hit->text, TEXT_WORDS_MOST), title = keys_of(a, hit->title, TEXT_WORDS_MOST);
    size_t pairs = 0;
    for (size_t i = 0; i + 1 < asked.n; i++) {
        pairs += has_pair(&asked, i, &title) || has_pair(&asked, i, &text);
    }
    return (struct assistant_signs){.cover = hit->cover,
                                    .normal = hit->normal,
                                    .pairs = asked.n > 1 ? (double)pairs / (double)(asked.n - 1) : 0,
                                    .gap = hit->score > 0 ? 1 - next_score(hits, hit) / hit->score : 0,
                                    .spread = spread_of(hits)};
}

/* Weights of a logistic regression over 1,655 questions, each asked with and without the subject that answers it. */
double assistant_sure(const struct assistant_signs *s) {
    double sum = -3.52 + 1.55 * s->cover + 2.03 * s->normal + 2.04 * s->pairs + 1.36 * s->gap +
                 2.98 * s->cover * s->pairs - 3.25 * s->spread;
    return 1 / (1 + exp(-sum));
}
