/* When: the moments a question names, joined ("từ … đến …", "đến hết …"), and what they are compared with. */
#include "modules/assistant/figure/inside.h"

#include "base/banned.h"

enum { MOMENTS_MOST = 6, YEAR_MONTHS = 12 };

struct said {
    struct moment m;
    bool is_beside; /* after "so với" */
    bool is_ranged; /* already joined of two */
};
/* What is read so far, from the left. */
struct reading {
    struct said said[MOMENTS_MOST];
    size_t n;
    bool is_from, is_until, is_asof, is_versus, is_comparing, is_and, is_yoy, is_prev, is_many, is_end, is_between,
        is_started, was_versus;
};

static bool is_plan_word(const struct state *s) { return figure_says(s, "retire"); }
bool figure_is_plan(const struct state *s) {
    return s->out->metric ? str_eq(s->out->metric->kind, S("plan")) : is_plan_word(s);
}
bool figure_is_stock(const struct state *s) { return s->out->metric && str_eq(s->out->metric->kind, S("stock")); }

static struct date earlier(struct date a, struct date b) { return date_cmp(a, b) < 0 ? a : b; }

static struct moment range(const struct state *s, struct moment a, struct moment b) {
    if (a.is_bare && a.months && date_cmp(a.from, b.from) > 0) {
        a = figure_months(a.from.year - 1, a.month, a.months);
    }
    if (a.is_bare && !b.is_bare && a.months) {
        a = figure_months(b.to.year, a.month, a.months);
    }
    if (b.is_bare && !a.is_bare && b.months) {
        b = figure_months(a.from.year, b.month, b.months);
    }
    struct moment m = {.grain = GRAIN_OTHER, .from = a.from, .to = b.to, .is_bare = a.is_bare && b.is_bare};
    bool is_one_year = a.months && b.months && a.from.year == b.from.year && b.month >= a.month;
    if (is_one_year) {
        m = figure_months(a.from.year, a.month, b.month + b.months - a.month);
        m.is_bare = a.is_bare && b.is_bare;
    }
    m.is_vague = date_cmp(m.from, m.to) > 0 || !date_valid(s->q->today);
    return m;
}

/* "đến hết tháng 9": from the first day of that year; of what is planned, from today. */
static struct moment upto(const struct state *s, struct moment m) {
    m.from = figure_is_plan(s) ? s->q->today : (struct date){m.to.year, 1, 1};
    m.months = m.months ? m.month + m.months - 1 : 0;
    m.month = m.months ? 1 : 0;
    m.grain = GRAIN_OTHER;
    return m;
}

/* A year beside months without theirs is their year. */
static bool merge_year(struct moment *old, const struct moment *more) {
    if (old->is_bare && old->months && more->grain == GRAIN_YEAR) {
        *old = figure_months(more->from.year, old->month, old->months);
        return true;
    }
    if (old->grain == GRAIN_YEAR && more->is_bare && more->months) {
        *old = figure_months(old->from.year, more->month, more->months);
        return true;
    }
    return false;
}

static bool is_stated_beside(const struct reading *r) {
    return r->is_versus || (r->is_comparing && r->is_and && r->n > 0);
}

static void moment_take(const struct state *s, struct reading *r, struct moment m) {
    struct said *last = r->n ? &r->said[r->n - 1] : NULL;
    /* "cùng kỳ" … "năm trước": the year beside is said already. */
    if (r->is_yoy && m.grain == GRAIN_YEAR && r->n) {
        return;
    }
    r->is_started = r->is_from;
    bool is_until = r->is_until || r->is_asof || (r->is_and && r->is_between);
    bool goes_on = last && last->is_beside && is_until && !last->is_ranged;
    bool is_beside = is_stated_beside(r) || goes_on, is_same_role = last && last->is_beside == is_beside;
    bool is_joined = last && is_same_role && is_until && !last->is_ranged;
    if (is_joined) {
        last->m = range(s, last->m, m);
        last->is_ranged = true;
    } else if (!is_same_role || r->is_and || !merge_year(&last->m, &m)) {
        if (r->n == MOMENTS_MOST) {
            r->is_many = true;
            return;
        }
        bool is_cumulative = (r->is_until || r->is_asof) && !m.is_vague;
        r->said[r->n++] = (struct said){is_cumulative ? upto(s, m) : m, is_beside, is_cumulative};
    }
    r->is_until = r->is_asof = r->is_and = r->is_end = r->is_versus = false;
}

/* "từ tháng 3 (đến nay)". */
static void to_now(const struct state *s, struct reading *r) {
    struct said *last = r->n ? &r->said[r->n - 1] : NULL;
    if (last && !last->is_ranged && !last->m.is_vague) {
        last->m.to = s->q->today;
        last->m.grain = GRAIN_OTHER;
        last->m.months = 0;
        last->is_ranged = true;
        r->is_from = false;
    }
}

static const struct feature *moment_of(const struct segment *g) {
    for (size_t i = 0; i < g->features; i++) {
        if (str_starts(g->feature[i].text, S("@"))) {
            return &g->feature[i];
        }
    }
    return NULL;
}

/* "từ", "đến" and the like belong to the time right after them: other words between make them mean something else. */
static void marks_drop(struct reading *r, const struct segment *g) {
    bool is_joining = figure_feature(g, ".") != NULL;
    for (size_t i = 0; i < g->features; i++) {
        is_joining = is_joining || g->feature[i].text.at[0] == ':';
    }
    if (!is_joining || figure_feature(g, ":count")) {
        r->is_until = r->is_asof = r->is_end = false;
        r->is_from = r->is_from && r->n && !r->said[r->n - 1].is_ranged && r->is_started;
    }
}

static void marks_take(const struct state *s, struct reading *r, const struct segment *g) {
    r->is_until = figure_feature(g, ":until") || r->is_until;
    r->is_asof = figure_feature(g, ":asof") || r->is_asof;
    if (figure_feature(g, ":from")) {
        r->is_from = true;
        r->is_started = false; /* until a time follows */
    }
    r->is_between = figure_feature(g, ":between") || r->is_between;
    r->is_comparing = figure_feature(g, ":comparing") || r->is_comparing;
    r->is_and = figure_feature(g, ":and") != NULL;
    r->is_yoy = figure_feature(g, ":yoy") || r->is_yoy;
    r->is_prev = figure_feature(g, ":prev") || r->is_prev;
    bool is_with = figure_feature(g, ":with") != NULL;
    bool is_versus = figure_feature(g, ":versus") && (!is_with || r->is_comparing);
    bool is_named = figure_feature(g, ":yoy") || figure_feature(g, ":prev");
    r->was_versus = r->was_versus || is_versus;
    r->is_versus = (is_versus || r->is_versus) && !is_named;
    if (figure_feature(g, ":tonow")) {
        to_now(s, r);
    }
}

static void read_all(const struct state *s, struct reading *r) {
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.at[i];
        const struct feature *f = moment_of(g);
        struct moment m;
        r->is_end = figure_feature(g, ":end") || r->is_end;
        if (f && figure_moment(s, f, &m)) {
            /* The end of a month is a day to count as of; what happened "cuối tháng" is not told to the day. */
            m.is_vague = m.is_vague || (r->is_end && !figure_is_stock(s) && !r->is_asof);
            moment_take(s, r, m);
        } else {
            marks_drop(r, g);
            marks_take(s, r, g);
        }
    }
    if (r->is_from && r->is_started) {
        to_now(s, r);
    }
}

/* The reporting period of the law: shifted to the middle of the months. */
static void statutory(const struct state *s, struct moment *m) {
    const struct dated *rule = figure_dated(s->t, "report");
    if (rule && m->months && figure_says(s, ":statutory")) {
        struct date before = figure_months_back(m->from, 1);
        m->from = (struct date){before.year, before.month, (int8_t)rule->first_day};
        m->to.day = (int8_t)rule->last_day;
        m->months = 0;
        m->grain = GRAIN_OTHER;
    }
}

/* Splits what was said into the main moment and the one beside it. */
struct pair {
    struct moment main, beside;
    size_t mains, besides;
};

static struct pair pair_of(const struct reading *r) {
    struct pair p = {0};
    for (size_t i = 0; i < r->n; i++) {
        if (r->said[i].is_beside) {
            p.beside = r->said[i].m;
            p.besides++;
        } else {
            p.main = r->said[i].m;
            p.mains++;
        }
    }
    /* "so sánh năm 2025 và năm 2026": the later one is asked about. */
    if (p.mains == 1 && p.besides == 1 && r->is_comparing && date_cmp(p.beside.from, p.main.from) > 0) {
        struct moment later = p.beside;
        p.beside = p.main;
        p.main = later;
    }
    return p;
}

static void refuse(struct state *s, enum figure_kind kind) {
    if (s->out->kind == FIGURE_ANSWERED) {
        s->out->kind = kind;
    }
}

static void main_set(struct state *s, struct moment m) {
    struct date today = s->q->today;
    statutory(s, &m);
    s->has_main = true;
    s->main = m;
    s->is_bare_year = m.is_bare;
    s->is_running = date_cmp(m.to, today) > 0 && date_cmp(m.from, today) <= 0 && !figure_is_plan(s);
    if (date_cmp(m.from, today) > 0 && !figure_is_plan(s)) {
        refuse(s, FIGURE_FUTURE);
    }
    struct figure_period *p = &s->out->period;
    struct date to = figure_is_plan(s) ? m.to : earlier(m.to, today);
    *p = figure_is_stock(s) ? (struct figure_period){.is_said = true, .as_of = to}
                            : (struct figure_period){.is_said = true, .from = m.from, .to = to};
}

/* "so với tháng trước" alone: this month beside the last. */
static bool main_from_beside(struct state *s, const struct moment *beside) {
    bool is_known = beside->is_relative && (beside->months || beside->grain == GRAIN_WEEK) &&
                    date_cmp(beside->from, s->q->today) < 0;
    if (is_known && beside->grain == GRAIN_WEEK) {
        struct moment m = *beside;
        m.from = date_plus(m.from, 7);
        m.to = date_plus(m.to, 7);
        main_set(s, m);
    } else if (is_known) {
        struct date first = figure_months_back(beside->from, -beside->months);
        main_set(s, figure_months(first.year, first.month, beside->months));
    }
    return is_known;
}

static void compare(struct state *s, const struct reading *r, const struct pair *p) {
    bool is_trend = figure_says(s, ":trend") && !r->was_versus;
    bool is_asked = p->besides || r->is_yoy || r->is_prev || r->was_versus || is_trend;
    if (!is_asked) {
        return;
    }
    if (p->besides > 1 || p->beside.is_vague) {
        refuse(s, FIGURE_WHICH_PERIOD);
        return;
    }
    if (!s->has_main && r->is_yoy && figure_is_stock(s)) {
        main_set(s, (struct moment){.grain = GRAIN_DAY, .from = s->q->today, .to = s->q->today});
    }
    bool is_unclear = !p->besides && !r->is_yoy && !r->is_prev && !is_trend && s->out->units.n < 2;
    if (is_unclear || (!s->has_main && !(p->besides && main_from_beside(s, &p->beside)))) {
        refuse(s, FIGURE_WHICH_PERIOD);
        return;
    }
    bool is_prev = r->is_prev || (is_trend && !r->is_yoy);
    if (p->besides || r->is_yoy || is_prev) {
        figure_beside(s, p->besides ? &p->beside : NULL, r->is_yoy, is_prev);
    }
}

void figure_when(struct state *s) {
    struct reading r = {0};
    read_all(s, &r);
    struct pair p = pair_of(&r);
    /* A year after "cùng kỳ" is the year beside. */
    if (r.is_yoy && p.besides && p.beside.grain == GRAIN_YEAR) {
        p.besides = 0;
    }
    s->is_now = figure_says(s, ":now");
    if (p.mains > 1 || p.main.is_vague || r.is_many) {
        refuse(s, FIGURE_WHICH_PERIOD);
        return;
    }
    if (p.mains) {
        main_set(s, p.main);
    }
    compare(s, &r, &p);
    if (!s->has_main && figure_is_stock(s)) {
        s->out->period = (struct figure_period){.is_said = true, .as_of = s->q->today};
    }
}
