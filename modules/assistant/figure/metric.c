/* Which figure is meant: one whose needs are all said, and by which all that is said is explained. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"

#include "base/banned.h"

enum { NEAR_MOST = 4, NEAR_NEVER = 4 };

/* A metric by one of the ways to ask for it. */
struct way {
    const struct figure_metric *metric;
    struct str need;
};

static const struct derived *derived_of(const struct state *s, struct str word) {
    for (size_t i = 0; i < s->t->derived.n; i++) {
        if (str_eq(s->t->derived.at[i].feature, word)) {
            return &s->t->derived.at[i];
        }
    }
    return NULL;
}

static bool all_said(const struct state *s, struct str words) {
    struct str one;
    while (str_next(&words, ' ', &one)) {
        if (one.len && !figure_says(s, str_z(s->arena, one))) {
            return false;
        }
    }
    return true;
}

static bool is_met(const struct state *s, struct str word) {
    const struct derived *d = derived_of(s, word);
    return figure_says(s, str_z(s->arena, word)) || (d && all_said(s, d->of));
}

/* A word of the way itself, or a part of what is derived for it. */
static bool is_of_way(const struct state *s, const struct way *w, struct str word) {
    struct str rest = w->need, one;
    if (figure_has_word(w->need, word) || figure_has_word(w->metric->may, word)) {
        return true;
    }
    while (str_next(&rest, ' ', &one)) {
        const struct derived *d = one.len ? derived_of(s, one) : NULL;
        if (d && figure_has_word(d->of, word)) {
            return true;
        }
    }
    return false;
}

static bool is_open_dim(const struct figure_metric *m, struct str dim) {
    static const char common[] = "unit unit_type level commune month quarter";
    return figure_has_word(str_of(common), dim) || figure_has_word(m->dims, dim);
}

static bool is_explained_word(const struct state *s, const struct way *w, struct str text) {
    struct str dim, value;
    switch (text.len ? text.at[0] : '.') {
    case '.':
    case '@':
    case '^':
    case ':':
    case '!': return true;
    case '%': return false;
    case '/': return is_open_dim(w->metric, str_slice(text, 1, text.len));
    default: break;
    }
    if (str_starts(text, S("age<")) || str_starts(text, S("age>"))) {
        return figure_has_word(w->metric->dims, S("age"));
    }
    return str_cut(text, S("="), &dim, &value) ? is_open_dim(w->metric, dim) : is_of_way(s, w, text);
}

/* Of its readings, apart by "|", one must fit as a whole. */
static bool is_explained(const struct state *s, const struct way *w, const struct segment *g) {
    bool fits = g->features > 0;
    if (g->is_unit) {
        return true;
    }
    for (size_t i = 0; i < g->features; i++) {
        if (!str_eq(g->feature[i].text, S("|"))) {
            fits = fits && is_explained_word(s, w, g->feature[i].text);
        } else if (fits) {
            return true;
        } else {
            fits = true;
        }
    }
    return fits;
}

static bool is_all_explained(const struct state *s, const struct way *w) {
    for (size_t i = 0; i < s->segments.n; i++) {
        if (!is_explained(s, w, &s->segments.at[i])) {
            return false;
        }
    }
    return true;
}

/* How many needs of the way are said, and how many it has. */
struct needs {
    size_t said, all;
};
static struct needs needs_of(const struct state *s, const struct way *w) {
    struct needs n = {0};
    struct str rest = w->need, one;
    while (str_next(&rest, ' ', &one)) {
        if (one.len) {
            n.all++;
            n.said += is_met(s, one);
        }
    }
    return n;
}

static void near_add(struct state *s, const struct figure_metric *m) {
    bool is_new = s->out->near.n < NEAR_MOST;
    for (size_t i = 0; i < s->out->near.n; i++) {
        is_new = is_new && s->out->near.at[i] != m;
    }
    if (is_new) {
        LIST_ADD(s->arena, &s->out->near, m);
    }
}

struct choice {
    const struct figure_metric *best;
    size_t needs;
    bool is_tie;                      /* several fit as well */
    bool is_over;                     /* all that one needs is said, and more than it explains */
    size_t partly;                    /* how many would fit, if more were said */
    const struct figure_metric *last; /* of those */
};

static void way_try(struct state *s, const struct way *w, struct choice *c) {
    struct needs n = needs_of(s, w);
    bool fits = is_all_explained(s, w);
    if (!fits || n.said < n.all) {
        c->is_over = c->is_over || (!fits && n.said == n.all);
        c->partly += fits && c->last != w->metric;
        c->last = fits ? w->metric : c->last;
        return;
    }
    if (n.all > c->needs) {
        c->best = w->metric;
        c->needs = n.all;
        c->is_tie = false;
    } else if (n.all == c->needs && c->best != w->metric) {
        c->is_tie = true;
    }
}

/* Whether it has any of the things that are said. */
static bool shares(const struct state *s, const struct way *w) {
    bool is_any = false;
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.at[i];
        for (size_t k = 0; k < g->features; k++) {
            struct str text = g->feature[k].text;
            bool is_thing = text.at[0] >= 'a' && text.at[0] <= 'z' && str_find(text, S("="), 0) == SIZE_MAX;
            is_any = is_any || is_thing;
            if (is_thing && is_of_way(s, w, text)) {
                return true;
            }
        }
    }
    return !is_any;
}

/* What a metric lacks of being what was asked; NEAR_NEVER: it has nothing of it. */
static size_t lacks(const struct state *s, const struct way *w, bool is_partly) {
    struct needs n = needs_of(s, w);
    if (is_partly && shares(s, w)) {
        return is_all_explained(s, w) ? n.all - n.said : NEAR_NEVER;
    }
    return n.said ? n.all - n.said : NEAR_NEVER;
}

/* What is nearest first: what would fit with more said, or else what shares a thing with the question. */
static void near_fill(struct state *s, bool is_partly) {
    for (size_t want = 0; want < NEAR_NEVER; want++) {
        for (size_t i = 0; i < s->t->metrics.n; i++) {
            struct way w = {.metric = &s->t->metrics.at[i]};
            struct str rest = w.metric->need;
            while (str_next(&rest, '|', &w.need)) {
                if (lacks(s, &w, is_partly) == want) {
                    near_add(s, w.metric);
                }
            }
        }
    }
}

static bool has_unknown(const struct state *s) {
    for (size_t i = 0; i < s->segments.n; i++) {
        if (s->segments.at[i].is_unknown) {
            return true;
        }
    }
    return false;
}

/* False: it was refused. */
bool figure_metric_settle(struct state *s) {
    struct choice c = {0};
    for (size_t i = 0; i < s->t->metrics.n; i++) {
        struct way w = {.metric = &s->t->metrics.at[i]};
        struct str rest = w.metric->need;
        while (str_next(&rest, '|', &w.need)) {
            way_try(s, &w, &c);
        }
    }
    if (c.best && !c.is_tie) {
        s->out->metric = c.best;
        return true;
    }
    bool is_asked = !has_unknown(s) && (c.is_tie || (c.partly > 1 && !c.is_over));
    s->out->kind = is_asked ? FIGURE_WHICH_METRIC : FIGURE_UNKNOWN_METRIC;
    near_fill(s, is_asked);
    return false;
}

static bool is_filter(struct str text) { return str_find(text, S("="), 0) != SIZE_MAX && text.at[0] != '@'; }

static void filter_add(struct state *s, struct str dim, struct str value) {
    for (size_t i = 0; i < s->out->filters.n; i++) {
        const struct figure_filter *f = &s->out->filters.at[i];
        if (str_eq(f->dim, dim)) {
            bool is_same = str_eq(f->value, value);
            s->out->kind = is_same ? s->out->kind : FIGURE_WHICH_METRIC;
            return;
        }
    }
    LIST_ADD(s->arena, &s->out->filters, (struct figure_filter){dim, value});
}

static void age_take(struct figure_reading *out, const struct feature *f) {
    int n = f->number[0];
    if (str_eq(f->text, S("age<"))) {
        out->age_below = n;
    } else if (str_eq(f->text, S("age<="))) {
        out->age_below = n + 1;
    } else if (str_eq(f->text, S("age>="))) {
        out->age_from = n;
    } else if (str_eq(f->text, S("age>"))) {
        out->age_from = n + 1;
    }
}

void figure_filters(struct state *s) {
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.at[i];
        for (size_t k = 0; k < g->features; k++) {
            struct str text = g->feature[k].text, dim, value;
            if (str_starts(text, S("age"))) {
                age_take(s->out, &g->feature[k]);
            } else if (is_filter(text) && str_cut(text, S("="), &dim, &value) && is_open_dim(s->out->metric, dim)) {
                filter_add(s, dim, value);
            }
        }
    }
}
