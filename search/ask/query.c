/* One question, from the words to the hits. */
#include "search/ask/top.h"
#include "search/ask/answer.h"
#include "search/ask/fold.h"
#include "search/ask/meant.h"
#include "search/ask/rank.h"

#include <string.h>

#include "base/banned.h"

static const double near_cover = 0.3;
enum { NUMBERED_MOST = 200, LIMIT_MOST = 100, LIMIT = 10 };

static void bound_of(const struct search_query *q, size_t *from, size_t *to) {
    size_t limit = q->limit == 0 ? LIMIT : q->limit > LIMIT_MOST ? LIMIT_MOST : q->limit;
    *from = q->after < SEARCH_KEPT_MOST ? q->after : SEARCH_KEPT_MOST;
    *to = *from + limit < SEARCH_KEPT_MOST ? *from + limit : SEARCH_KEPT_MOST;
}

/* Documents asked for by number come first, once each, with the passage their text scored best with. */
static size_t put_numbered_first(struct search_top *t, struct search_kept *numbered, size_t n,
                                 struct search_kept *all) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < t->n; k++) {
            if (t->kept[k].record == numbered[i].record && !t->kept[k].is_by_number) {
                numbered[i].score = t->kept[k].score;
                numbered[i].passage = is_known ? numbered[i].passage : t->kept[k].passage;
                t->kept[k].is_by_number = true;
                is_known = true;
            }
        }
    }
    search_answer_rank_numbered(t, numbered, n);
    for (size_t i = 0; i < n; i++) {
        all[count++] = numbered[i];
    }
    for (size_t k = 0; k < t->n; k++) {
        if (!t->kept[k].is_by_number) {
            all[count++] = t->kept[k];
        }
    }
    return count;
}

/* The documents holding half of what was asked, and those asked for by number; a bit map a shelf. */
static uint64_t **holders_of(struct search_top *t, const struct search_kept *numbered, size_t n) {
    struct search_plan *p = t->plan;
    uint64_t **seen = arena_take(p->arena, uint64_t *, t->reader->n);
    bool is_all = str_trim(p->query->text).len == 0;
    for (size_t i = 0; i < t->reader->n; i++) {
        uint32_t docs = t->reader->shelves[i].segment.header->docs;
        seen[i] = is_all ? p->allowed[i].docs : arena_take(p->arena, uint64_t, docs / 64 + 1);
    }
    if (!is_all) {
        search_top_count(t, seen);
    }
    for (size_t i = 0; i < n; i++) {
        search_bit_set(seen[numbered[i].shelf], numbered[i].doc);
    }
    return seen;
}

/* Narrows what is allowed to those documents; false, and nothing is changed, when there are none. */
static bool allow_only(struct search_top *t, uint64_t *const *seen) {
    struct search_plan *p = t->plan;
    bool is_any = false;
    for (size_t i = 0; i < t->reader->n; i++) {
        for (uint32_t w = 0; w <= t->reader->shelves[i].segment.header->docs / 64; w++) {
            is_any |= seen[i][w] != 0;
        }
    }
    for (size_t i = 0; is_any && i < t->reader->n; i++) {
        const struct search_segment *s = &t->reader->shelves[i].segment;
        for (uint32_t d = 0; d < s->header->docs; d++) {
            if (search_bit(p->allowed[i].docs, d) && !search_bit(seen[i], d)) {
                p->allowed[i].docs[d / 64] &= ~(1ULL << (d % 64));
                p->allowed[i].docs_n--;
                for (uint32_t n = s->docs[d].first; n < s->docs[d + 1].first; n++) {
                    p->allowed[i].passages[n / 64] &= ~(1ULL << (n % 64));
                }
            }
        }
    }
    return is_any;
}

/* What comes nearest must still hold something of what was asked, or it only misleads. */
static void drop_far(struct search_result *out) {
    size_t n = 0;
    for (size_t i = 0; i < out->hits.n; i++) {
        if (out->hits.at[i].cover >= near_cover) {
            out->hits.at[n++] = out->hits.at[i];
        }
    }
    out->hits.n = n;
}

static void find(struct search_top *t, struct search_result *out) {
    struct search_plan *p = t->plan;
    const struct search_query *q = p->query;
    bool is_asked = str_trim(q->text).len > 0;
    struct search_kept *numbered = arena_take(p->arena, struct search_kept, NUMBERED_MOST);
    struct search_kept *all = arena_take(p->arena, struct search_kept, t->most + NUMBERED_MOST);
    size_t from, to, n = is_asked ? search_top_numbered(t, numbered, NUMBERED_MOST) : 0;
    if (q->with_counts || (q->is_strict && is_asked)) {
        uint64_t **seen = holders_of(t, numbered, n);
        search_answer_counts(t, seen, out);
        out->is_near = q->is_strict && is_asked && !allow_only(t, seen);
    }
    bound_of(q, &from, &to);
    if (to > 0 && is_asked) {
        search_top_find(t);
    } else if (to > 0) {
        search_top_newest(t);
    }
    search_top_sort(t->kept, t->n);
    if (is_asked && !q->by_passage && !q->is_plain) {
        search_rank(t, t->kept, t->n);
    }
    size_t count = put_numbered_first(t, numbered, n, all);
    struct search_groups groups = search_fold(t, all, count);
    out->folded = count - groups.n;
    for (size_t i = from; i < to && i < groups.n; i++) {
        search_answer_group(t, &groups.at[i], LIST_PUSH(p->arena, &out->hits));
    }
    search_meant(p, out);
}

static void answer(struct search_reader *r, struct arena *a, const struct search_query *q, struct search_result *out) {
    struct search_plan *p = arena_take(a, struct search_plan, 1);
    search_plan_make(p, r, a, q);
    size_t from, to;
    bound_of(q, &from, &to);
    size_t look = q->as_you_type ? SEARCH_LOOKED_AT_TYPING : SEARCH_LOOKED_AT;
    size_t folded = q->fold_alike && to > 0 ? SEARCH_FOLDED_MOST : 0;
    struct search_top t = {.plan = p, .reader = r, .most = to + folded > look ? to + folded : look};
    t.kept = arena_take(a, struct search_kept, t.most + 1);
    find(&t, out);
    if (out->is_near) {
        drop_far(out);
        out->is_near = out->hits.n > 0;
    }
    if (q->as_you_type) {
        search_answer_suggest(&t, out);
    }
    if (q->with_words) {
        search_answer_words(p, out);
    }
}

/* What was found in a segment that turned out damaged is not told; it is asked again without it. */
struct err search_query(struct search_reader *r, struct arena *a, const struct search_query *q,
                        struct search_result *out) {
    search_reader_refresh(r);
    do {
        *out = (struct search_result){0};
        if (q->principals.n == 0 || r->n == 0) {
            return OK;
        }
        answer(r, a, q, out);
    } while (search_reader_drop_hurt(r));
    return OK;
}
