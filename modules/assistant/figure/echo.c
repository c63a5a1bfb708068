/* The question as it was read, in words, and its parts as chips: what was assumed says so. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

/* A word of the answer, in the language of the question. */
static struct str say(const struct state *s, const char *name) {
    return figure_value_words(S("say"), str_of(name), s->lang);
}

static struct figure_chip *chip(struct state *s, const char *slot, struct str text) {
    struct figure_chip *c = LIST_PUSH(s->arena, &s->out->chips);
    c->slot = slot;
    c->words = text;
    return c;
}

static void assume(const struct state *s, struct figure_chip *c, const char *why) {
    c->is_assumed = true;
    c->why = say(s, why);
}

static void day_put(const struct state *s, struct buf *b, const char *name, struct date day) {
    buf_put(b, b->len ? S(" ") : S(""));
    buf_put(b, say(s, name));
    buf_put_char(b, ' ');
    date_put_vi(b, day);
}

static struct str period_words(const struct state *s, const struct figure_period *p) {
    struct buf b = buf_in(s->arena);
    if (!p->is_said) {
        return say(s, "all");
    }
    if (p->as_of.year) {
        day_put(s, &b, "as_of", p->as_of);
    } else if (date_is(p->from, p->to)) {
        day_put(s, &b, "on", p->from);
    } else {
        day_put(s, &b, "from", p->from);
        day_put(s, &b, "to", p->to);
    }
    return buf_str(&b);
}

static void period_chips(struct state *s) {
    struct figure_reading *out = s->out;
    struct figure_chip *c = chip(s, "period", period_words(s, &out->period));
    if (!s->has_main && out->period.is_said) {
        assume(s, c, "why_today");
    } else if (s->is_bare_year) {
        assume(s, c, "why_year");
    } else if (s->is_running) {
        assume(s, c, "why_running");
    }
    if (out->compare.len) {
        struct str beside = period_words(s, &out->beside), with = say(s, "beside");
        c = chip(s, "compare", str_format(s->arena, "%.*s %.*s", STR_ARG(with), STR_ARG(beside)));
        if (s->is_running) {
            assume(s, c, "why_length");
        }
    }
}

static struct str number_words(const struct state *s, const char *name, int n) {
    struct str before, after, text = say(s, name);
    str_cut(text, S("#"), &before, &after);
    return str_format(s->arena, "%.*s%d%.*s", STR_ARG(before), n, STR_ARG(after));
}

static bool is_before_merger(const struct state *s) {
    const struct dated *merger = figure_dated(s->t, "merger");
    return merger && s->has_main && date_cmp(s->main.from, merger->since) < 0;
}

static void filter_chips(struct state *s) {
    struct figure_reading *out = s->out;
    for (size_t i = 0; i < out->units.n; i++) {
        struct figure_chip *c = chip(s, "unit", out->units.at[i]->full);
        if (s->is_unit_near || is_before_merger(s)) {
            assume(s, c, "why_unit");
        }
    }
    for (size_t i = 0; i < out->filters.n; i++) {
        chip(s, "filter", figure_value_words(out->filters.at[i].dim, out->filters.at[i].value, s->lang));
    }
    if (out->age_from) {
        chip(s, "filter", number_words(s, "age_from", out->age_from));
    }
    if (out->age_below) {
        chip(s, "filter", number_words(s, "age_below", out->age_below));
    }
}

static void group_chips(struct state *s) {
    struct figure_reading *out = s->out;
    for (size_t i = 0; i < out->group_by.n; i++) {
        struct str dim = figure_value_words(out->group_by.at[i], S(""), s->lang), by = say(s, "by");
        chip(s, "group", str_format(s->arena, "%.*s %.*s", STR_ARG(by), STR_ARG(dim)));
    }
    if (out->top_n) {
        struct str order = say(s, out->is_ascending ? "fewest" : "most");
        chip(s, "top", str_format(s->arena, "%d %.*s", out->top_n, STR_ARG(order)));
    }
    if (out->chart.len) {
        chip(s, "chart", figure_value_words(S("chart"), out->chart, s->lang));
    }
}

void figure_echo(struct state *s) {
    struct figure_reading *out = s->out;
    if (out->kind != FIGURE_ANSWERED) {
        return;
    }
    struct buf b = buf_in(s->arena);
    chip(s, "metric", s->lang == LANG_EN ? out->metric->en : out->metric->vi);
    filter_chips(s);
    group_chips(s);
    period_chips(s);
    for (size_t i = 0; i < out->chips.n; i++) {
        buf_put(&b, i ? S(", ") : S(""));
        buf_put(&b, out->chips.at[i].words);
    }
    out->echo = buf_str(&b);
}
