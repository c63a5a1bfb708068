#include "search/ask/top.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Whether a is kept before b: greater score, then newer record, then earlier passage. */
static bool is_better(const struct search_kept *a, const struct search_kept *b) {
    if (a->score != b->score) {
        return a->score > b->score;
    }
    return a->record != b->record ? a->record > b->record : a->passage < b->passage;
}

static int best_first(const void *a, const void *b) {
    const struct search_kept *x = a, *y = b;
    return is_better(x, y) ? -1 : is_better(y, x);
}

void search_top_sort(struct search_kept *kept, size_t n) {
    if (n > 1) {
        list_sort(kept, n, sizeof *kept, best_first);
    }
}

static void sift_down(struct search_kept *heap, size_t n, size_t at) {
    struct search_kept moved = heap[at];
    for (size_t child; (child = at * 2 + 1) < n; at = child) {
        if (child + 1 < n && is_better(&heap[child], &heap[child + 1])) {
            child++;
        }
        if (!is_better(&moved, &heap[child])) {
            break;
        }
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

static void keep(struct search_top *t, const struct search_kept *k) {
    if (t->n == t->most) {
        if (is_better(k, &t->kept[0])) {
            t->kept[0] = *k;
            sift_down(t->kept, t->n, 0);
        }
        return;
    }
    size_t at = t->n++;
    while (at > 0 && is_better(&t->kept[(at - 1) / 2], k)) {
        t->kept[at] = t->kept[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    t->kept[at] = *k;
}

/* A term in the present segment. */
struct strand {
    struct search_cursor *cursor;
    uint32_t weight;
    uint32_t bound; /* most it can give in this window */
};

/* A group of terms that stand for each other: a passage counts the best of them. */
struct lane {
    struct strand *strands;
    size_t n;
    bool is_flat;
    uint64_t bound; /* most it can give in this window */
};

struct sweep {
    struct search_top *top;
    uint64_t *seen; /* counting: documents reached; NULL: keeping the best */
    uint64_t least; /* counting: the score to reach */
    uint32_t shelf;
    const struct search_segment *segment;
    const struct search_allowed *allowed;
    struct strand strands[SEARCH_TERMS];
    struct lane lanes[SEARCH_TERMS];
    size_t lanes_n;
    struct lane *order[SEARCH_TERMS];
    struct search_kept pending; /* best passage so far of the document being read */
    bool has_pending;
    uint32_t from, to;
    uint64_t touched[SEARCH_WINDOW / 64];
    uint32_t score[SEARCH_WINDOW];
    uint32_t best[SEARCH_WINDOW];         /* of a lane of several strands; zero between lanes */
    uint64_t reached[SEARCH_WINDOW / 64]; /* where it is not */
};

static uint64_t threshold(const struct sweep *s) {
    if (s->seen) {
        return s->least;
    }
    return s->top->n == s->top->most && s->top->n > 0 ? s->top->kept[0].score : 1;
}

static uint32_t worth(const struct lane *l, const struct strand *one, uint8_t impact) {
    return l->is_flat ? one->weight : one->weight * impact;
}

static void close_pending(struct sweep *s) {
    if (s->has_pending) {
        keep(s->top, &s->pending);
        s->has_pending = false;
    }
}

static void collect(struct sweep *s, uint32_t passage, uint64_t score) {
    uint32_t doc = s->segment->owners[passage];
    if (s->seen) {
        search_bit_set(s->seen, doc);
        return;
    }
    struct search_kept k = {.score = (uint32_t)score,
                            .shelf = s->shelf,
                            .doc = doc,
                            .passage = passage,
                            .record = s->segment->docs[doc].record};
    if (s->top->plan->query->by_passage) {
        keep(s->top, &k);
        return;
    }
    if (s->has_pending && s->pending.doc != doc) {
        close_pending(s);
    }
    if (!s->has_pending || k.score > s->pending.score) {
        s->pending = k;
        s->has_pending = true;
    }
}

static void bound_lane(struct sweep *s, struct lane *l) {
    l->bound = 0;
    for (size_t i = 0; i < l->n; i++) {
        uint8_t most = search_cursor_bound(l->strands[i].cursor, s->from, s->to);
        uint32_t bound = most ? worth(l, &l->strands[i], most) : 0;
        l->strands[i].bound = bound;
        l->bound = bound > l->bound ? bound : l->bound;
    }
}

/* Puts the lanes that have something in the window in order of their bounds; returns how many. */
static size_t order_lanes(struct sweep *s, uint64_t *sum) {
    size_t n = 0;
    *sum = 0;
    for (size_t i = 0; i < s->lanes_n; i++) {
        struct lane *l = &s->lanes[i];
        bound_lane(s, l);
        if (l->bound == 0) {
            continue;
        }
        *sum += l->bound;
        size_t at = n++;
        for (; at > 0 && s->order[at - 1]->bound > l->bound; at--) {
            s->order[at] = s->order[at - 1];
        }
        s->order[at] = l;
    }
    return n;
}

/* Adds a term's postings of the window to score[]; what may not be read is dropped afterwards. */
static void add_strand(struct sweep *s, const struct lane *l) {
    struct search_cursor *c = l->strands[0].cursor;
    uint32_t weight = l->strands[0].weight;
    (void)search_cursor_seek(c, s->from);
    while (search_cursor_passage(c) < s->to) {
        uint32_t i = c->i;
        for (; i < c->n && c->passage[i] < s->to; i++) {
            uint32_t at = c->passage[i] - s->from;
            if (at < SEARCH_WINDOW) {
                s->score[at] += l->is_flat ? weight : weight * c->impact[i];
                search_bit_set(s->touched, at);
            }
        }
        search_cursor_to(c, i);
    }
}

static void best_of_strand(struct sweep *s, const struct lane *l, const struct strand *one) {
    struct search_cursor *c = one->cursor;
    (void)search_cursor_seek(c, s->from);
    while (search_cursor_passage(c) < s->to) {
        uint32_t i = c->i;
        for (; i < c->n && c->passage[i] < s->to; i++) {
            uint32_t at = c->passage[i] - s->from, score = worth(l, one, c->impact[i]);
            if (at < SEARCH_WINDOW) {
                s->best[at] = s->best[at] < score ? score : s->best[at];
                search_bit_set(s->reached, at);
            }
        }
        search_cursor_to(c, i);
    }
}

static void add_lane(struct sweep *s, const struct lane *l) {
    if (l->n == 1) {
        add_strand(s, l);
        return;
    }
    for (size_t i = 0; i < l->n; i++) {
        if (l->strands[i].bound) {
            best_of_strand(s, l, &l->strands[i]);
        }
    }
    for (uint32_t w = 0; w < SEARCH_WINDOW / 64; w++) {
        for (uint64_t bits = s->reached[w]; bits; bits &= bits - 1) {
            uint32_t at = w * 64 + (uint32_t)__builtin_ctzll(bits);
            s->score[at] += s->best[at];
            s->best[at] = 0;
        }
        s->touched[w] |= s->reached[w];
        s->reached[w] = 0;
    }
}

/* The most a lane can give a passage, by what its blocks say of themselves. */
static uint32_t most_at(const struct lane *l, uint32_t passage) {
    uint32_t best = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->strands[i].bound <= best) {
            continue;
        }
        uint8_t most = search_cursor_most_at(l->strands[i].cursor, passage);
        uint32_t own = most ? worth(l, &l->strands[i], most) : 0;
        best = own > best ? own : best;
    }
    return best;
}

static uint32_t worth_at(const struct lane *l, uint32_t passage) {
    uint32_t best = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct search_cursor *c = l->strands[i].cursor;
        if (l->strands[i].bound > best && search_cursor_seek(c, passage) == passage) {
            uint32_t own = worth(l, &l->strands[i], c->impact[c->i]);
            best = own > best ? own : best;
        }
    }
    return best;
}

/* Looks the other lanes up for a touched passage, greatest first, giving up when it cannot be kept any more. */
static void finish(struct sweep *s, uint32_t at, size_t light, uint64_t rest) {
    uint64_t score = s->score[at], least = threshold(s);
    uint32_t passage = s->from + at;
    for (size_t i = light; i-- > 0;) {
        if (score + rest < least) {
            return;
        }
        struct lane *l = s->order[i];
        rest -= l->bound;
        uint32_t most = most_at(l, passage);
        if (score + rest + most < least) {
            return;
        }
        score += most ? worth_at(l, passage) : 0;
    }
    if (score >= least) {
        collect(s, passage, score);
    }
}

static void sweep_window(struct sweep *s) {
    uint64_t sum, rest = 0, least = threshold(s);
    size_t n = order_lanes(s, &sum), light = 0;
    const uint64_t *allowed = s->allowed->passages + s->from / 64;
    if (n == 0 || sum < least) {
        return;
    }
    while (light < n && rest + s->order[light]->bound < least) {
        rest += s->order[light++]->bound;
    }
    memset(s->touched, 0, sizeof s->touched);
    memset(s->score, 0, sizeof s->score);
    for (size_t i = light; i < n; i++) {
        add_lane(s, s->order[i]);
    }
    for (uint32_t w = 0; w < SEARCH_WINDOW / 64; w++) {
        for (uint64_t bits = s->touched[w] & allowed[w]; bits; bits &= bits - 1) {
            uint32_t at = w * 64 + (uint32_t)__builtin_ctzll(bits);
            if (s->score[at] + rest >= threshold(s)) {
                finish(s, at, light, rest);
            }
        }
    }
}

static bool is_any(const uint64_t *bits, uint32_t from) {
    uint64_t any = 0;
    for (uint32_t w = 0; w < SEARCH_WINDOW / 64; w++) {
        any |= bits[from / 64 + w];
    }
    return any != 0;
}

static void open_lanes(struct sweep *s, struct search_cursor *cursors) {
    const struct search_plan *p = s->top->plan;
    size_t n = 0;
    uint32_t group = UINT32_MAX;
    s->lanes_n = 0;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t weight = s->seen ? p->terms[i].flat : p->terms[i].weight;
        struct search_posting posting =
            weight ? search_segment_term(s->segment, p->terms[i].key) : (struct search_posting){0};
        if (posting.count == 0) {
            continue;
        }
        if (s->lanes_n == 0 || p->terms[i].group != group) {
            s->lanes[s->lanes_n++] = (struct lane){.strands = &s->strands[n], .is_flat = s->seen != NULL};
            group = p->terms[i].group;
        }
        search_cursor_open(&cursors[n], posting);
        s->strands[n] = (struct strand){&cursors[n], weight, 0};
        s->lanes[s->lanes_n - 1].n++;
        n++;
    }
}

static void sweep_shelf(struct sweep *s, uint32_t shelf, struct search_cursor *cursors) {
    s->shelf = shelf;
    s->segment = &s->top->reader->shelves[shelf].segment;
    s->allowed = &s->top->plan->allowed[shelf];
    s->has_pending = false;
    uint32_t passages = s->segment->header->passages;
    if (s->allowed->docs_n == 0) {
        return;
    }
    open_lanes(s, cursors);
    for (uint32_t from = 0; s->lanes_n > 0 && from < passages; from += SEARCH_WINDOW) {
        s->from = from;
        s->to = passages - from < SEARCH_WINDOW ? passages : from + SEARCH_WINDOW;
        if (is_any(s->allowed->passages, from)) {
            sweep_window(s);
        }
    }
    close_pending(s);
}

/* Large segments first: they raise the threshold for the others. */
static uint32_t *shelf_order(struct search_top *t) {
    uint32_t *order = arena_take(t->plan->arena, uint32_t, t->reader->n);
    for (uint32_t i = 0; i < t->reader->n; i++) {
        uint32_t at = i, size = t->reader->shelves[i].segment.header->passages;
        for (; at > 0 && t->reader->shelves[order[at - 1]].segment.header->passages < size; at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    return order;
}

void search_top_find(struct search_top *t) {
    struct sweep *s = arena_take(t->plan->arena, struct sweep, 1);
    struct search_cursor *cursors = arena_take(t->plan->arena, struct search_cursor, t->plan->n);
    uint32_t *order = shelf_order(t);
    s->top = t;
    for (size_t i = 0; i < t->reader->n; i++) {
        sweep_shelf(s, order[i], cursors);
    }
}

void search_top_count(struct search_top *t, uint64_t **seen) {
    struct sweep *s = arena_take(t->plan->arena, struct sweep, 1);
    struct search_cursor *cursors = arena_take(t->plan->arena, struct search_cursor, t->plan->n);
    s->top = t;
    s->least = t->plan->flat_half;
    for (uint32_t i = 0; i < t->reader->n; i++) {
        s->seen = seen[i];
        sweep_shelf(s, i, cursors);
    }
}

void search_top_newest(struct search_top *t) {
    for (uint32_t i = 0; i < t->reader->n; i++) {
        const struct search_segment *s = &t->reader->shelves[i].segment;
        for (uint32_t d = 0; d < s->header->docs; d++) {
            if (search_bit(t->plan->allowed[i].docs, d)) {
                keep(t, &(struct search_kept){
                            .shelf = i, .doc = d, .passage = s->docs[d].first, .record = s->docs[d].record});
            }
        }
    }
}

static size_t numbered_by(struct search_top *t, uint64_t key, struct search_kept *out, size_t most) {
    struct search_cursor *c = arena_take(t->plan->arena, struct search_cursor, 1);
    size_t n = 0;
    for (uint32_t i = 0; i < t->reader->n; i++) {
        const struct search_segment *s = &t->reader->shelves[i].segment;
        search_cursor_open(c, search_segment_term(s, key));
        for (uint32_t p; (p = search_cursor_passage(c)) != SEARCH_NONE && n < most; search_cursor_step(c)) {
            if (p < s->header->passages && search_bit(t->plan->allowed[i].passages, p)) {
                out[n++] = (struct search_kept){.shelf = i,
                                                .doc = s->owners[p],
                                                .passage = p,
                                                .record = s->docs[s->owners[p]].record,
                                                .is_by_number = true};
            }
        }
    }
    return n;
}

size_t search_top_numbered(struct search_top *t, struct search_kept *out, size_t most) {
    const struct search_number *asked = &t->plan->number;
    if (!t->plan->has_number) {
        return 0;
    }
    size_t least = asked->year || asked->n == 0 ? 0 : 1;
    for (size_t groups = asked->n + 1; groups-- > least;) {
        size_t n = numbered_by(t, search_number_key(asked, true, groups), out, most);
        if (n > 0) {
            return n;
        }
    }
    return 0;
}
