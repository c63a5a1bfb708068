/* What an asker may find: rights before all, then the filters. */
#include "search/ask/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* For each list of principals in the segment, whether the asker is among them. Both are ascending. */
static bool *rights_of(struct arena *a, const struct search_segment *s, const int64_t *asker, size_t n) {
    bool *may = arena_take(a, bool, s->header->rights + 1ULL);
    for (uint32_t r = 0; r < s->header->rights; r++) {
        uint32_t i = s->rights[r], end = s->rights[r + 1];
        for (size_t k = 0; k < n && i < end && !may[r];) {
            if (s->principals[i] == asker[k]) {
                may[r] = true;
            } else if (s->principals[i] < asker[k]) {
                i++;
            } else {
                k++;
            }
        }
    }
    return may;
}

/* For each string of the segment, whether it is one of those wanted; NULL when all are. */
static bool *strings_of(struct arena *a, const struct search_segment *s, struct search_words wanted) {
    if (wanted.n == 0) {
        return NULL;
    }
    bool *is_wanted = arena_take(a, bool, s->header->strings + 1ULL);
    for (uint32_t i = 0; i < s->header->strings; i++) {
        for (size_t k = 0; k < wanted.n; k++) {
            is_wanted[i] |= str_eq(search_segment_string(s, i), wanted.at[k]);
        }
    }
    return is_wanted;
}

struct narrowing {
    const bool *may, *kinds, *facet[SEARCH_FACETS];
    int64_t from, to;
    int64_t on;
    bool in_force;
    unsigned forces;
};

static bool passes(const struct narrowing *n, const struct search_entry *e) {
    if (!n->may[e->right] || (n->kinds && !n->kinds[e->kind])) {
        return false;
    }
    for (int f = 0; f < SEARCH_FACETS; f++) {
        if (n->facet[f] && !n->facet[f][e->facet[f]]) {
            return false;
        }
    }
    if (n->in_force && search_segment_force(e, n->on) > SEARCH_PARTLY_IN_FORCE) {
        return false;
    }
    if (n->forces && !(search_segment_has_force(e) && (n->forces >> search_segment_force(e, n->on) & 1))) {
        return false;
    }
    return e->day >= n->from && e->day <= n->to;
}

static struct narrowing narrowing_of(struct search_plan *p, const struct search_segment *s) {
    const struct search_query *q = p->query;
    int64_t *asker = arena_take(p->arena, int64_t, q->principals.n);
    for (size_t i = 0; i < q->principals.n; i++) {
        asker[i] = q->principals.at[i];
    }
    list_sort(asker, q->principals.n, sizeof *asker, by_value);
    struct narrowing n = {.may = rights_of(p->arena, s, asker, q->principals.n),
                          .kinds = strings_of(p->arena, s, q->kinds),
                          .on = p->on,
                          .in_force = q->in_force,
                          .forces = q->forces};
    for (int f = 0; f < SEARCH_FACETS; f++) {
        n.facet[f] = strings_of(p->arena, s, q->facet[f]);
    }
    bool is_dated = q->from.year || q->to.year;
    n.from = q->from.year ? date_number(q->from) : is_dated ? (int64_t)INT32_MIN + 1 : INT64_MIN;
    n.to = q->to.year ? date_number(q->to) : INT64_MAX;
    return n;
}

/* Sets the bits [from, to), a word at a time. */
static void set_run(uint64_t *bits, uint32_t from, uint32_t to) {
    while (from < to) {
        uint32_t in = from % 64, n = to - from < 64 - in ? to - from : 64 - in;
        bits[from / 64] |= (n == 64 ? ~(uint64_t)0 : (1ULL << n) - 1) << in;
        from += n;
    }
}

/* Nothing is held back from an asker who is on every list and filters nothing. */
static bool passes_all(const struct search_segment *s, const struct search_shelf *shelf, const struct narrowing *n) {
    bool is_all = !shelf->dead && !n->kinds && !n->in_force && !n->forces && n->from == INT64_MIN && n->to == INT64_MAX;
    for (int f = 0; f < SEARCH_FACETS; f++) {
        is_all &= !n->facet[f];
    }
    for (uint32_t r = 0; is_all && r < s->header->rights; r++) {
        is_all = n->may[r];
    }
    return is_all;
}

void search_allow(struct search_plan *p, const struct search_shelf *shelf, struct search_allowed *out) {
    const struct search_segment *s = &shelf->segment;
    out->docs = arena_take(p->arena, uint64_t, s->header->docs / 64 + 1);
    out->passages = arena_take(p->arena, uint64_t, s->header->passages / 64 + SEARCH_WINDOW / 64 + 1);
    out->docs_n = 0;
    struct narrowing n = narrowing_of(p, s);
    if (passes_all(s, shelf, &n)) {
        set_run(out->docs, 0, s->header->docs);
        set_run(out->passages, 0, s->header->passages);
        out->docs_n = s->header->docs;
        out->is_all = true;
        return;
    }
    uint32_t from = 0, to = 0;
    for (uint32_t d = 0; d < s->header->docs; d++) {
        if (search_is_dead(shelf->dead, d) || !passes(&n, &s->docs[d])) {
            continue;
        }
        search_bit_set(out->docs, d);
        out->docs_n++;
        if (s->docs[d].first != to) {
            set_run(out->passages, from, to);
            from = s->docs[d].first;
        }
        to = s->docs[d + 1].first;
    }
    set_run(out->passages, from, to);
    out->is_all = !shelf->dead && out->docs_n == s->header->docs;
}
