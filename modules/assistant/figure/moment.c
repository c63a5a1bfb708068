/* What a phrase of time means on the day of today: "tháng 9", "quý III năm 2025", "6 tháng đầu năm". */
#include "modules/assistant/figure/inside.h"

#include "base/banned.h"

enum { YEAR_FIRST = 1945, YEAR_LAST = 2100, MONTHS = 12, DAYS_MOST = 400 };

static struct date day_of(int year, int month, int day) {
    return (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
}

/* The same day so many months before; the month's last where it has no such day. */
struct date figure_months_back(struct date d, int months) {
    int at = d.year * MONTHS + d.month - 1 - months;
    struct date back = day_of(at / MONTHS, at % MONTHS + 1, d.day);
    while (!date_valid(back) && back.day > 28) {
        back.day--;
    }
    return back;
}

struct moment figure_months(int year, int month, int months) {
    enum grain grain = months == 1    ? GRAIN_MONTH
                       : months == 3  ? GRAIN_QUARTER
                       : months == 6  ? GRAIN_HALF
                       : months == 12 ? GRAIN_YEAR
                                      : GRAIN_OTHER;
    struct date from = day_of(year, month, 1);
    return (struct moment){.grain = grain,
                           .from = from,
                           .to = date_plus(figure_months_back(from, -months), -1),
                           .month = month,
                           .months = months};
}

static bool is_year(int year) { return year >= YEAR_FIRST && year <= YEAR_LAST; }

/* Without its year, the latest that has begun; for what may lie ahead, this year's. */
static struct moment bare(const struct state *s, int month, int months) {
    struct date today = s->q->today;
    bool is_begun = figure_is_plan(s) || month <= today.month;
    struct moment m = figure_months(is_begun ? today.year : today.year - 1, month, months);
    m.is_bare = true;
    return m;
}

static bool some_months(const struct state *s, const struct feature *f, int month, int months, size_t year_at,
                        struct moment *out) {
    if (month < 1 || months < 1 || month + months - 1 > MONTHS) {
        return false;
    }
    if (f->n <= year_at) {
        *out = bare(s, month, months);
        return true;
    }
    *out = figure_months(f->number[year_at], month, months);
    return is_year(f->number[year_at]);
}

static struct moment days(struct date from, struct date to) {
    return (struct moment){.grain = date_is(from, to) ? GRAIN_DAY : GRAIN_OTHER, .from = from, .to = to};
}

static struct moment week(struct date day) {
    struct date monday = date_plus(day, 1 - date_weekday(day));
    return (struct moment){.grain = GRAIN_WEEK, .from = monday, .to = date_plus(monday, 6), .is_relative = true};
}

static bool a_day(const struct state *s, const struct feature *f, struct moment *out) {
    bool is_iso = f->n > 2 && is_year(f->number[0]);
    int year = f->n < 3 ? s->q->today.year : is_iso ? f->number[0] : f->number[2];
    int day = is_iso ? f->number[2] : f->number[0];
    if (!is_year(year) || f->number[1] > MONTHS || day > 31) {
        return false;
    }
    struct date d = day_of(year, f->number[1], day);
    if (f->n < 3 && date_cmp(d, s->q->today) > 0 && !figure_is_plan(s)) {
        d.year--;
    }
    *out = days(d, d);
    out->is_bare = f->n < 3;
    return date_valid(d);
}

/* Named by where it stands beside today: the first letters say the grain, steps which one. */
struct relative {
    const char *name;
    enum grain grain;
    int step;
};
static const struct relative relatives[] = {
    {"@today", GRAIN_DAY, 0},           {"@yesterday", GRAIN_DAY, -1},       {"@tomorrow", GRAIN_DAY, 1},
    {"@thisweek", GRAIN_WEEK, 0},       {"@lastweek", GRAIN_WEEK, -1},       {"@nextweek", GRAIN_WEEK, 1},
    {"@thismonth", GRAIN_MONTH, 0},     {"@lastmonth", GRAIN_MONTH, -1},     {"@nextmonth", GRAIN_MONTH, 1},
    {"@thisquarter", GRAIN_QUARTER, 0}, {"@lastquarter", GRAIN_QUARTER, -1}, {"@nextquarter", GRAIN_QUARTER, 1},
    {"@thisyear", GRAIN_YEAR, 0},       {"@lastyear", GRAIN_YEAR, -1},       {"@nextyear", GRAIN_YEAR, 1},
};

static struct moment beside_today(struct date today, const struct relative *r) {
    static const int months[] = {[GRAIN_MONTH] = 1, [GRAIN_QUARTER] = 3, [GRAIN_YEAR] = 12};
    if (r->grain == GRAIN_DAY) {
        struct date d = date_plus(today, r->step);
        return days(d, d);
    }
    if (r->grain == GRAIN_WEEK) {
        return week(date_plus(today, 7 * r->step));
    }
    int n = months[r->grain];
    struct date first = day_of(today.year, (today.month - 1) / n * n + 1, 1);
    first = figure_months_back(first, -n * r->step);
    return figure_months(first.year, first.month, n);
}

static bool is_relative(const struct state *s, const struct feature *f, struct moment *out) {
    for (size_t i = 0; i < sizeof relatives / sizeof *relatives; i++) {
        if (str_eq(f->text, str_of(relatives[i].name))) {
            *out = beside_today(s->q->today, &relatives[i]);
            out->is_relative = true;
            return true;
        }
    }
    return false;
}

/* "… năm nay", "… năm ngoái": the second number says how many years ago. */
static struct feature with_year(const struct state *s, const struct feature *f) {
    struct feature full = *f;
    full.number[1] = s->q->today.year - f->number[1];
    return full;
}

static bool is(const struct feature *f, const char *name) { return str_eq(f->text, str_of(name)); }

static bool months_said(const struct state *s, const struct feature *given, struct moment *out) {
    bool has_ago = str_ends(given->text, S("of")) && !is(given, "@dayof");
    struct feature f = has_ago ? with_year(s, given) : *given;
    f.text = has_ago ? str_slice(f.text, 0, f.text.len - 2) : f.text;
    int n = f.number[0];
    if (is(&f, "@month")) {
        return some_months(s, &f, n, 1, 1, out);
    }
    if (is(&f, "@quarter")) {
        return some_months(s, &f, n * 3 - 2, 3, 1, out);
    }
    if (is(&f, "@half")) {
        return some_months(s, &f, n * 6 - 5, 6, 1, out);
    }
    if (is(&f, "@first")) {
        return some_months(s, &f, 1, n, 1, out);
    }
    return is(&f, "@final") && some_months(s, &f, MONTHS + 1 - n, n, 1, out);
}

static bool years_said(const struct state *s, const struct feature *f, struct moment *out) {
    int n = f->number[0], year = s->q->today.year;
    if (is(f, "@year")) {
        *out = figure_months(n, 1, MONTHS);
        return is_year(n);
    }
    if (is(f, "@yearsago")) {
        *out = figure_months(year - n, 1, MONTHS);
        return true;
    }
    if (is(f, "@sinceyear")) {
        *out = days(day_of(n, 1, 1), n < year ? s->q->today : day_of(n, MONTHS, 31));
        return is_year(n);
    }
    if (is(f, "@years")) {
        *out = days(day_of(n, 1, 1), day_of(f->number[1], MONTHS, 31));
        return is_year(n) && is_year(f->number[1]) && n < f->number[1];
    }
    return false;
}

static bool days_said(const struct state *s, const struct feature *f, struct moment *out) {
    struct date today = s->q->today;
    int n = f->number[0];
    if (is(f, "@days") || is(f, "@weeks")) {
        int length = is(f, "@days") ? n : n * 7;
        *out = days(date_plus(today, 1 - (length < DAYS_MOST ? length : DAYS_MOST)), today);
        return n > 0 && length < DAYS_MOST;
    }
    if (is(f, "@daysago")) {
        struct date d = date_plus(today, -n);
        *out = days(d, d);
        return true;
    }
    const struct dated *merger = is(f, "@merger") ? figure_dated(s->t, "merger") : NULL;
    if (merger) {
        *out = days(merger->since, today);
        return true;
    }
    *out = (struct moment){.is_vague = true};
    return is(f, "@vague");
}

bool figure_moment(const struct state *s, const struct feature *f, struct moment *out) {
    *out = (struct moment){0};
    if (is(f, "@day") || is(f, "@dayof")) {
        return a_day(s, f, out);
    }
    if (is(f, "@monthnamed")) {
        struct feature day = {.number = {f->number[1], f->number[0], f->number[2]}, .n = 3};
        return a_day(s, &day, out);
    }
    if (is(f, "@monthorday")) { /* "9/2025" is a month, "9/10" a day */
        bool is_month = is_year(f->number[1]);
        return is_month ? some_months(s, f, f->number[0], 1, 1, out) : a_day(s, f, out);
    }
    return is_relative(s, f, out) || months_said(s, f, out) || years_said(s, f, out) || days_said(s, f, out);
}
