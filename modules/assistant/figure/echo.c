/* The question as it was read, in words, and its parts as chips: what was assumed says so. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

/* The sentences of an answer in the asker's language: they are of the question, not of the page. */
enum words { W_FROM, W_TO, W_ON, W_AS_OF, W_BY, W_ALL, W_BESIDE, W_MOST, W_FEWEST, W_AGE_FROM, W_AGE_BELOW,
             W_YEAR, W_NAME, W_RUNNING, W_TODAY, W_LENGTH };
static const struct {
    struct str vi, en;
} words[] = {
    [W_FROM] = {S_INIT("từ "), S_INIT("from ")},
    [W_TO] = {S_INIT(" đến "), S_INIT(" to ")},
    [W_ON] = {S_INIT("ngày "), S_INIT("on ")},
    [W_AS_OF] = {S_INIT("tính đến "), S_INIT("as of ")},
    [W_BY] = {S_INIT("theo "), S_INIT("by ")},
    [W_ALL] = {S_INIT("toàn bộ thời gian"), S_INIT("all time")},
    [W_BESIDE] = {S_INIT("so với "), S_INIT("compared with ")},
    [W_MOST] = {S_INIT("nhiều nhất"), S_INIT("most")},
    [W_FEWEST] = {S_INIT("ít nhất"), S_INIT("fewest")},
    [W_AGE_FROM] = {S_INIT("từ %d tuổi"), S_INIT("aged %d and over")},
    [W_AGE_BELOW] = {S_INIT("dưới %d tuổi"), S_INIT("under %d")},
    [W_YEAR] = {S_INIT("Câu hỏi không ghi năm: lấy lần gần nhất."), S_INIT("No year was named: the latest one.")},
    [W_NAME] = {S_INIT("Tên đơn vị theo địa giới hiện nay."), S_INIT("The unit as it is today.")},
    [W_RUNNING] = {S_INIT("Thời gian chưa hết: tính đến hôm nay."), S_INIT("The period still runs: until today.")},
    [W_TODAY] = {S_INIT("Câu hỏi không ghi thời điểm: tính đến hôm nay."), S_INIT("No day was named: as of today.")},
    [W_LENGTH] = {S_INIT("So cùng số ngày."), S_INIT("Compared over the same length.")},
};

static struct str word(const struct state *s, enum words w) {
    return s->lang == LANG_EN ? words[w].en : words[w].vi;
}

static struct figure_chip *chip(struct state *s, const char *slot, struct str text) {
    struct figure_chip *c = LIST_PUSH(s->arena, &s->out->chips);
    c->slot = slot;
    c->words = text;
    return c;
}

static void assume(const struct state *s, struct figure_chip *c, enum words why) {
    c->is_assumed = true;
    c->why = word(s, why);
}

static struct str period_words(const struct state *s, const struct figure_period *p) {
    struct buf b = buf_in(s->arena);
    if (!p->is_said) {
        return word(s, W_ALL);
    }
    if (p->as_of.year) {
        buf_put(&b, word(s, W_AS_OF));
        date_put_vi(&b, p->as_of);
    } else if (date_is(p->from, p->to)) {
        buf_put(&b, word(s, W_ON));
        date_put_vi(&b, p->from);
    } else {
        buf_put(&b, word(s, W_FROM));
        date_put_vi(&b, p->from);
        buf_put(&b, word(s, W_TO));
        date_put_vi(&b, p->to);
    }
    return buf_str(&b);
}

static void period_chips(struct state *s) {
    struct figure_reading *out = s->out;
    struct figure_chip *c = chip(s, "period", period_words(s, &out->period));
    if (!s->has_main && out->period.is_said) {
        assume(s, c, W_TODAY);
    } else if (s->is_bare_year) {
        assume(s, c, W_YEAR);
    } else if (s->is_running) {
        assume(s, c, W_RUNNING);
    }
    if (out->compare.len) {
        struct str beside = period_words(s, &out->beside), with = word(s, W_BESIDE);
        c = chip(s, "compare", str_format(s->arena, "%.*s%.*s", STR_ARG(with), STR_ARG(beside)));
        if (s->is_running) {
            assume(s, c, W_LENGTH);
        }
    }
}

static struct str number_words(const struct state *s, enum words w, int n) {
    struct str before, after, text = word(s, w);
    str_cut(text, S("%d"), &before, &after);
    return str_format(s->arena, "%.*s%d%.*s", STR_ARG(before), n, STR_ARG(after));
}

static void filter_chips(struct state *s) {
    struct figure_reading *out = s->out;
    for (size_t i = 0; i < out->units.n; i++) {
        struct figure_chip *c = chip(s, "unit", out->units.at[i]->full);
        if (s->is_unit_near || (s->has_main && s->main.from.year < 2026)) {
            assume(s, c, W_NAME);
        }
    }
    for (size_t i = 0; i < out->filters.n; i++) {
        chip(s, "filter", figure_value_words(out->filters.at[i].dim, out->filters.at[i].value, s->lang));
    }
    if (out->age_from) {
        chip(s, "filter", number_words(s, W_AGE_FROM, out->age_from));
    }
    if (out->age_below) {
        chip(s, "filter", number_words(s, W_AGE_BELOW, out->age_below));
    }
}

static void group_chips(struct state *s) {
    struct figure_reading *out = s->out;
    for (size_t i = 0; i < out->group_by.n; i++) {
        struct str dim = figure_value_words(out->group_by.at[i], S(""), s->lang), by = word(s, W_BY);
        chip(s, "group", str_format(s->arena, "%.*s%.*s", STR_ARG(by), STR_ARG(dim)));
    }
    if (out->top_n) {
        struct str order = word(s, out->is_ascending ? W_FEWEST : W_MOST);
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
