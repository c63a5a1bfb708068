/* The period a figure is compared with: the one before, or the same a year before; of the same length while it runs. */
#include "modules/assistant/figure/inside.h"

#include "base/banned.h"

enum { YEAR_MONTHS = 12 };

static struct date last_of_month(struct date d) {
    struct date first = {d.year, d.month, 1};
    return date_plus(figure_months_back(first, -1), -1);
}

/* The end of the shown part, so many months before; the end of a month stays one. */
static struct date end_back(struct date to, int months) {
    struct date back = figure_months_back(to, months);
    return date_is(to, last_of_month(to)) ? last_of_month(back) : back;
}

static struct figure_period months_before(const struct state *s, int months) {
    const struct moment *m = &s->main;
    struct date today = s->q->today, to = s->is_running ? today : m->to;
    struct date end = s->is_running ? figure_months_back(to, months) : end_back(to, months);
    return (struct figure_period){.is_said = true, .from = figure_months_back(m->from, months), .to = end};
}

static struct figure_period days_before(const struct state *s) {
    const struct moment *m = &s->main;
    int days = (int)(date_number(m->to) - date_number(m->from)) + 1;
    struct date to = s->is_running ? s->q->today : m->to;
    return (struct figure_period){.is_said = true, .from = date_plus(m->from, -days), .to = date_plus(to, -days)};
}

static struct figure_period period_before(const struct state *s) {
    const struct moment *m = &s->main;
    return m->months ? months_before(s, m->months) : days_before(s);
}

/* Of the period that is named; while the main one runs, as much of it. */
static struct figure_period period_named(const struct state *s, const struct moment *with) {
    struct figure_period p = {.is_said = true, .from = with->from, .to = with->to};
    if (s->is_running) {
        int64_t months =
            ((int64_t)s->q->today.year - s->main.from.year) * YEAR_MONTHS + s->q->today.month - s->main.from.month;
        struct date end = figure_months_back(with->from, -(int)months);
        end.day = s->q->today.day;
        while (!date_valid(end)) {
            end.day--;
        }
        p.to = date_cmp(end, with->to) < 0 ? end : with->to;
    }
    return p;
}

static bool is_year_before(const struct state *s, const struct moment *with) {
    const struct moment *m = &s->main;
    struct date from = figure_months_back(m->from, YEAR_MONTHS);
    bool is_whole_year = with->grain == GRAIN_YEAR && with->from.year == m->from.year - 1;
    return is_whole_year || (date_is(with->from, from) && with->months == m->months);
}

void figure_beside(struct state *s, const struct moment *with, bool is_yoy, bool is_prev) {
    struct figure_reading *out = s->out;
    bool is_same_grain = with && with->is_relative && with->grain == s->main.grain && with->grain != GRAIN_YEAR;
    is_yoy = is_yoy || (with && is_year_before(s, with)) || (is_prev && s->main.grain == GRAIN_YEAR);
    if (is_yoy) {
        out->beside = months_before(s, YEAR_MONTHS);
    } else if (is_prev || is_same_grain) {
        out->beside = period_before(s);
    } else {
        out->beside = period_named(s, with);
    }
    out->compare = is_yoy ? S("yoy") : S("prev");
    if (figure_is_stock(s)) {
        out->beside = (struct figure_period){.is_said = true, .as_of = out->beside.to};
    }
}
