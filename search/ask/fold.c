#include "search/ask/fold.h"
#include "search/ask/rank.h"

#include "base/banned.h"

/* One that leads a group, and its text when it was read. */
struct leader {
    size_t group;
    const struct search_entry *entry;
    struct search_print print;
    bool is_read;
};

struct folding {
    struct search_top *top;
    struct leader *leaders;
    size_t n;
    struct search_groups groups;
};

static const struct search_entry *entry_of(const struct folding *f, const struct search_kept *k) {
    return &f->top->reader->shelves[k->shelf].segment.docs[k->doc];
}

static struct search_print print_of(struct folding *f, const struct search_kept *k) {
    struct search_doc doc;
    struct arena *a = f->top->plan->arena;
    return search_rank_doc(f->top, k, &doc) ? search_print_of(a, &doc) : (struct search_print){0};
}

/* Kinds are numbered in each segment. */
static bool is_same_kind(const struct folding *f, const struct search_kept *x, const struct search_kept *y) {
    const struct search_segment *a = &f->top->reader->shelves[x->shelf].segment,
                                *b = &f->top->reader->shelves[y->shelf].segment;
    return str_eq(search_segment_string(a, a->docs[x->doc].kind), search_segment_string(b, b->docs[y->doc].kind));
}

/* The leader whose near copy a kept one is. */
static struct leader *leader_of(struct folding *f, const struct search_kept *k) {
    const struct search_entry *e = entry_of(f, k);
    struct search_print own = {0};
    bool is_read = false;
    for (size_t i = 0; i < f->n; i++) {
        struct leader *l = &f->leaders[i];
        bool is_apart = e->whole == 0 || e->whole != l->entry->whole;
        if (is_apart && search_sketch_near(l->entry->sketch, e->sketch) &&
            is_same_kind(f, k, f->groups.at[l->group].shown)) {
            own = is_read ? own : print_of(f, k);
            is_read = true;
            if (!l->is_read) {
                l->print = print_of(f, f->groups.at[l->group].shown);
                l->is_read = true;
            }
            if (search_print_alike(&l->print, &own)) {
                return l;
            }
        }
    }
    return NULL;
}

static bool is_in_force(const struct folding *f, const struct search_entry *e) {
    enum search_force force = search_segment_force(e, f->top->plan->on);
    return force == SEARCH_IN_FORCE || force == SEARCH_PARTLY_IN_FORCE;
}

/* Whether one found later is rather shown than what led the group so far. */
static bool is_rather(const struct folding *f, const struct search_kept *k, const struct search_kept *shown) {
    const struct search_entry *a = entry_of(f, k), *b = entry_of(f, shown);
    bool x = is_in_force(f, a), y = is_in_force(f, b);
    return x != y ? x : a->day > b->day;
}

static void join(struct folding *f, struct leader *l, const struct search_kept *k) {
    struct search_group *g = &f->groups.at[l->group];
    struct arena *a = f->top->plan->arena;
    if (!is_rather(f, k, g->shown)) {
        LIST_ADD(a, &g->alike, k);
        return;
    }
    LIST_ADD(a, &g->alike, g->shown);
    g->shown = k;
}

struct search_groups search_fold(struct search_top *t, const struct search_kept *kept, size_t n) {
    struct folding f = {.top = t, .leaders = arena_take(t->plan->arena, struct leader, SEARCH_FOLDED_MOST)};
    bool is_folding = t->plan->query->fold_alike && !t->plan->query->by_passage;
    for (size_t i = 0; i < n; i++) {
        bool is_open = is_folding && i < SEARCH_FOLDED_MOST && !kept[i].is_by_number;
        struct leader *l = is_open ? leader_of(&f, &kept[i]) : NULL;
        if (l) {
            join(&f, l, &kept[i]);
            continue;
        }
        if (is_open) {
            f.leaders[f.n++] = (struct leader){.group = f.groups.n, .entry = entry_of(&f, &kept[i])};
        }
        LIST_ADD(t->plan->arena, &f.groups, (struct search_group){.shown = &kept[i]});
    }
    return f.groups;
}
