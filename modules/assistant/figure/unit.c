/* Which communes of today are named. One of today's names, with its kind or alone, is that commune when only one fits;
   an older unit, or a name that several have, is asked about, never chosen. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"

#include "base/banned.h"

/* A name with the words of its kind beside it. */
struct named {
    struct segment *name, *before, *after;
    const char *kind; /* of today, as values.tsv has it; NULL: not said */
    bool is_old;
};

static const char *kind_of(const struct segment *g) {
    return figure_feature(g, "%xa")       ? "xa"
           : figure_feature(g, "%phuong") ? "phuong"
           : figure_feature(g, "%zone")   ? "zone"
                                          : NULL;
}

static bool is_kind(const struct segment *g) { return kind_of(g) || figure_feature(g, "%old"); }

/* The words of a kind are part of the name: they say nothing else. */
static void absorb(struct segment *g) {
    g->feature[0] = (struct feature){.text = S(".")};
    g->features = 1;
}

static void named_add(struct named *x, struct segment *g) {
    const char *kind = kind_of(g);
    x->is_old = x->is_old || (!kind && figure_feature(g, "%old"));
    x->kind = kind ? kind : x->kind;
    absorb(g);
}

static struct named named_at(struct state *s, size_t i) {
    struct named x = {.name = &s->segments.at[i]};
    if (i && is_kind(&s->segments.at[i - 1])) {
        x.before = &s->segments.at[i - 1];
        named_add(&x, x.before);
    }
    struct segment *next = i + 1 < s->segments.n ? &s->segments.at[i + 1] : NULL;
    if (next && figure_feature(next, "%oldafter")) {
        x.after = next;
        x.is_old = true;
        absorb(next);
    } else if (next && !x.before && s->lang == LANG_EN && is_kind(next)) {
        x.after = next;
        named_add(&x, next);
    }
    return x;
}

static struct str words_of(const struct state *s, const struct named *x) {
    const struct segment *first = x->before ? x->before : x->name, *last = x->after ? x->after : x->name;
    return str_slice(s->q->text, s->w.at[first->at].from, s->w.at[last->at + last->n - 1].to);
}

static bool is_written(const struct state *s, const struct segment *g, const struct unit_name *name) {
    for (size_t i = 0; i < name->n; i++) {
        if (i >= g->n || !figure_key_fits(&s->w.at[g->at + i].key, &name->key[i])) {
            return false;
        }
    }
    return name->n == g->n;
}

/* Written with marks, a name of just these marks is meant. */
static bool is_exact(const struct state *s, const struct segment *g, const struct unit_name *name) {
    bool is_marked = false;
    for (size_t i = 0; i < name->n; i++) {
        const struct key *key = &s->w.at[g->at + i].key;
        is_marked = is_marked || key->is_marked;
        if (key->full != name->key[i].full) {
            return false;
        }
    }
    return is_marked;
}

static void candidate_add(struct state *s, const struct place_commune *c) {
    for (size_t i = 0; i < s->out->candidates.n; i++) {
        if (s->out->candidates.at[i] == c) {
            return;
        }
    }
    LIST_ADD(s->arena, &s->out->candidates, c);
}

/* Today's communes of the name; of the kind alone where it is said and one of them is of it. */
static size_t today_of(struct state *s, const struct named *x, const struct place_commune **found) {
    size_t n = 0;
    struct str kind = figure_value_words(S("kind"), str_of(x->kind), LANG_VI);
    for (size_t i = 0; i < s->t->names.n && n < TOKENS_MOST; i++) {
        const struct unit_name *name = &s->t->names.at[i];
        bool is_kind_right = !x->kind || (name->commune && str_eq(name->commune->type, kind));
        if (name->commune && is_kind_right && is_written(s, x->name, name)) {
            if (is_exact(s, x->name, name)) {
                found[0] = name->commune;
                return 1;
            }
            found[n++] = name->commune;
        }
    }
    return n;
}

static void ask_places(struct state *s, const struct named *x, struct date on) {
    struct place_found found = place_find(s->t->places, s->arena, words_of(s, x), on);
    s->is_unit_asked = true;
    for (size_t i = 0; i < found.communes.n; i++) {
        candidate_add(s, found.communes.at[i]);
    }
}

static void unit_settle(struct state *s, const struct named *x) {
    const struct place_commune **found = arena_take(s->arena, const struct place_commune *, TOKENS_MOST);
    size_t n = x->is_old ? 0 : today_of(s, x, found);
    if (n == 1) {
        s->is_unit_near = s->is_unit_near || !x->kind;
        LIST_ADD(s->arena, &s->out->units, found[0]);
    } else if (n) {
        s->is_unit_asked = true;
        for (size_t i = 0; i < n; i++) {
            candidate_add(s, found[i]);
        }
    } else {
        ask_places(s, x, s->q->today);
    }
}

static int by_code(const void *a, const void *b) {
    return str_cmp((*(const struct place_commune *const *)a)->code, (*(const struct place_commune *const *)b)->code);
}

/* A kind with a name after it that nobody knows: "xã Hoa Mai". */
static bool is_lost(const struct state *s, size_t i) {
    return i + 1 < s->segments.n && s->segments.at[i + 1].is_unknown && is_kind(&s->segments.at[i]) &&
           s->w.at[s->segments.at[i + 1].at].is_upper;
}

void figure_units(struct state *s) {
    for (size_t i = 0; i < s->segments.n; i++) {
        if (s->segments.at[i].is_unit) {
            struct named x = named_at(s, i);
            unit_settle(s, &x);
        } else if (is_lost(s, i)) {
            s->is_unit_asked = true;
            absorb(&s->segments.at[i]);
            while (i + 1 < s->segments.n && s->segments.at[i + 1].is_unknown &&
                   s->w.at[s->segments.at[i + 1].at].is_upper) {
                s->segments.at[++i].is_unknown = false;
                absorb(&s->segments.at[i]);
            }
        }
    }
    list_sort(s->out->candidates.at, s->out->candidates.n, sizeof(const struct place_commune *), by_code);
}
