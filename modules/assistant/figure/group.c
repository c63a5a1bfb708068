/* By what a figure is shown: "theo …", "… nào", "5 xã có nhiều … nhất", and as which chart. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"

#include "base/banned.h"

static bool is_dim(const struct feature *f) { return f->text.len > 1 && f->text.at[0] == '/'; }

static const struct feature *dim_of(const struct segment *g) {
    for (size_t i = 0; i < g->features; i++) {
        if (is_dim(&g->feature[i])) {
            return &g->feature[i];
        }
    }
    return NULL;
}

static void filter_drop(struct figure_reading *out, struct str dim) {
    size_t n = 0;
    for (size_t i = 0; i < out->filters.n; i++) {
        if (!str_eq(out->filters.at[i].dim, dim)) {
            out->filters.at[n++] = out->filters.at[i];
        }
    }
    out->filters.n = n;
}

static void group_add(struct state *s, const struct feature *f) {
    struct str dim = str_slice(f->text, 1, f->text.len);
    for (size_t i = 0; i < s->out->group_by.n; i++) {
        if (str_eq(s->out->group_by.at[i], dim)) {
            return;
        }
    }
    filter_drop(s->out, dim);
    LIST_ADD(s->arena, &s->out->group_by, dim);
}

static void chart_take(struct state *s, const struct segment *g) {
    for (size_t i = 0; i < g->features; i++) {
        if (str_starts(g->feature[i].text, S("^"))) {
            s->out->chart = str_slice(g->feature[i].text, 1, g->feature[i].text.len);
        }
    }
}

/* What is said of most and fewest. */
struct superlative {
    bool is_most, is_many, is_few, is_desc, is_asc;
    int n;
    const struct feature *dim; /* what is counted: "5 xã" */
};

static void superlative_take(struct superlative *x, const struct segment *g) {
    const struct feature *top = figure_feature(g, ":top"), *n = figure_feature(g, ":n");
    x->is_most = x->is_most || figure_feature(g, ":most");
    x->is_many = x->is_many || figure_feature(g, ":many");
    x->is_few = x->is_few || figure_feature(g, ":few");
    x->is_desc = x->is_desc || figure_feature(g, ":desc");
    x->is_asc = x->is_asc || figure_feature(g, ":asc");
    x->n = top ? top->number[0] : n ? n->number[0] : x->n;
    if ((n || !x->dim) && dim_of(g)) {
        x->dim = dim_of(g);
    }
}

/* A dimension after "theo", before "nào", or joined to one by "và". */
static void groups_take(struct state *s) {
    bool is_by = false, was_which = false;
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.at[i], *next = i + 1 < s->segments.n ? g + 1 : NULL;
        const struct feature *dim = dim_of(g);
        bool is_marked = figure_feature(g, ":by") || figure_feature(g, "!list");
        bool is_after = next && figure_feature(next, ":which") && s->lang == LANG_VI;
        if (dim && (is_by || is_after || was_which || is_marked)) {
            group_add(s, dim);
        }
        bool goes_on = is_by && (dim || figure_feature(g, ":and"));
        is_by = is_marked || goes_on;
        was_which = figure_feature(g, ":which") && s->lang == LANG_EN;
        chart_take(s, g);
    }
}

static void top_take(struct state *s, const struct superlative *x) {
    bool is_asc = x->is_asc || (x->is_few && x->is_most);
    bool is_top = x->is_desc || is_asc || (x->is_many && x->is_most);
    if (!is_top) {
        /* "5 xã" without most or fewest: which five is not said. */
        s->out->kind = x->n && s->out->kind == FIGURE_ANSWERED ? FIGURE_WHICH_METRIC : s->out->kind;
        return;
    }
    if (x->dim && !s->out->group_by.n) {
        group_add(s, x->dim);
    }
    if (!s->out->group_by.n) {
        s->out->kind = FIGURE_WHICH_METRIC;
        return;
    }
    s->out->top_n = x->n ? x->n : 1;
    s->out->is_ascending = is_asc;
}

static bool is_grouped(const struct figure_reading *out, struct str dim) {
    for (size_t i = 0; i < out->group_by.n; i++) {
        if (str_eq(out->group_by.at[i], dim)) {
            return true;
        }
    }
    return false;
}

static bool has_choice(const struct segment *g) { return figure_feature(g, "|") || figure_feature(g, "."); }

/* A dimension that is named and not grouped by asks for something else: "tuổi của cán bộ", "bao nhiêu xã có …". */
static void leftover_judge(struct state *s) {
    for (size_t i = 0; i < s->segments.n && s->out->kind == FIGURE_ANSWERED; i++) {
        const struct segment *g = &s->segments.at[i];
        const struct feature *f = dim_of(g);
        struct str dim = f ? str_slice(f->text, 1, f->text.len) : S("");
        if (!f || is_grouped(s->out, dim)) {
            continue;
        }
        bool is_commune = str_eq(dim, S("commune"));
        bool is_counted = i && figure_feature(g - 1, ":count") && !figure_has_word(s->out->metric->may, dim);
        if (is_commune ? is_counted : !has_choice(g)) {
            s->out->kind = FIGURE_UNKNOWN_METRIC;
            LIST_ADD(s->arena, &s->out->near, s->out->metric);
        }
    }
}

void figure_groups(struct state *s) {
    struct superlative x = {0};
    for (size_t i = 0; i < s->segments.n; i++) {
        superlative_take(&x, &s->segments.at[i]);
    }
    groups_take(s);
    top_take(s, &x);
    /* "các xã" alone: the communes as a level; a list of them: each. */
    if (figure_says(s, ".mass") && figure_says(s, "!list")) {
        group_add(s, &(struct feature){.text = S("/commune")});
    } else if (figure_says(s, ".mass") && !is_grouped(s->out, S("commune"))) {
        LIST_ADD(s->arena, &s->out->filters, (struct figure_filter){S("level"), S("commune")});
    }
    /* A map is of the communes. */
    if (str_eq(s->out->chart, S("map")) && !is_grouped(s->out, S("commune"))) {
        group_add(s, &(struct feature){.text = S("/commune")});
    }
    bool is_beside = s->out->units.n > 1 && figure_says(s, ":comparing");
    if (is_beside && !is_grouped(s->out, S("commune"))) {
        group_add(s, &(struct feature){.text = S("/commune")});
    }
    leftover_judge(s);
}
