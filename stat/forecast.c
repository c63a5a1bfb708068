/* A series from what somebody gave to figures with bands, or to the reason why there are none. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

enum { VALUES_LEAST = 8, GAPS_PART = 5, SPARSE_TENTHS = 4 };
static const double LARGEST = 1e100;

/* How the values were made fit to count with: y = (given / size) + shift, all above 0. */
struct fitted {
    double *y;
    size_t n;
    double size, shift;
    bool is_negative;
};

static enum stat_reason asked_well(const struct stat_ask *ask) {
    if (!ask->period || ask->period > STAT_PERIOD_MOST || !ask->horizon || ask->horizon > STAT_HORIZON_MOST ||
        ask->method >= STAT_METHODS) {
        return STAT_BAD_ASK;
    }
    return ask->n > STAT_VALUES_MOST ? STAT_TOO_LONG : STAT_ANSWERED;
}

/* What stands for a missing value: the mean of the same place in the seasons beside, else of the nearest values. */
static double between(const double *y, size_t n, size_t t, size_t step) {
    double sum = 0, seen = 0;
    for (size_t i = t; i >= step && seen < 1; i -= step) {
        if (!isnan(y[i - step])) {
            sum += y[i - step];
            seen++;
        }
    }
    for (size_t i = t + step; i < n; i += step) {
        if (!isnan(y[i])) {
            return (sum + y[i]) / (seen + 1);
        }
    }
    return seen > 0 ? sum : NAN;
}

static size_t gaps_fill(struct fitted *s, const double *given, size_t period) {
    size_t filled = 0;
    for (size_t t = 0; t < s->n; t++) {
        if (!isnan(given[t])) {
            continue;
        }
        double value = between(given, s->n, t, period);
        s->y[t] = isnan(value) ? between(given, s->n, t, 1) : value;
        filled++;
    }
    return filled;
}

static enum stat_reason fit_values(struct arena *a, const struct stat_ask *ask, struct fitted *s,
                                   struct stat_forecast *f) {
    const double *given = ask->y;
    size_t n = ask->n;
    for (; n && isnan(*given); n--) {
        given++;
    }
    *s = (struct fitted){.y = stat_doubles(a, n), .n = n};
    for (size_t t = 0; t < n; t++) {
        if (!isnan(given[t]) && !(fabs(given[t]) <= LARGEST)) {
            return STAT_NOT_NUMBERS;
        }
        s->y[t] = given[t];
        s->size = fmax(s->size, isnan(given[t]) ? 0 : fabs(given[t]));
    }
    f->filled = gaps_fill(s, given, ask->period);
    return !n                          ? STAT_EMPTY
           : n < VALUES_LEAST          ? STAT_TOO_SHORT
           : f->filled * GAPS_PART > n ? STAT_MANY_GAPS
                                       : STAT_ANSWERED;
}

/* Makes the largest value 1, and lifts a series with values of 0 or below so that shares of it mean something. */
static void fit_size(struct fitted *s, struct stat_forecast *f) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    size_t zeros = 0;
    s->size = s->size > 0 ? s->size : 1;
    for (size_t t = 0; t < s->n; t++) {
        s->y[t] /= s->size;
        low = fmin(low, s->y[t]);
        high = fmax(high, s->y[t]);
        zeros += s->y[t] == 0;
    }
    f->is_constant = !(high > low);
    s->is_negative = low < 0;
    f->is_sparse = !s->is_negative && !f->is_constant && zeros * 10 > s->n * SPARSE_TENTHS;
    s->shift = low <= 0 && !f->is_sparse && !f->is_constant ? high - low - low : 0;
    for (size_t t = 0; t < s->n; t++) {
        s->y[t] += s->shift;
    }
}

static bool unfit(const struct fitted *s, double *at, size_t n) {
    bool is_fine = true;
    for (size_t j = 0; at && j < n; j++) {
        at[j] = (at[j] - s->shift) * s->size;
        at[j] = s->is_negative ? at[j] : fmax(0, at[j]);
        is_fine = is_fine && isfinite(at[j]);
    }
    return is_fine;
}

static void bands_take(struct arena *a, struct stat_forecast *f) {
    f->low80 = stat_doubles(a, f->n);
    f->high80 = stat_doubles(a, f->n);
    f->low95 = stat_doubles(a, f->n);
    f->high95 = stat_doubles(a, f->n);
}

static void constant_ahead(const struct fitted *s, struct stat_forecast *f) {
    for (size_t j = 0; j < f->n; j++) {
        f->at[j] = s->y[0];
        if (f->low80) {
            f->low80[j] = f->high80[j] = f->low95[j] = f->high95[j] = s->y[0];
        }
    }
    f->beside_naive = -1;
}

static enum stat_reason look_ahead(struct arena *a, const struct stat_ask *ask, struct stat_forecast *f) {
    if (f->is_constant) {
        return STAT_ANSWERED;
    }
    struct stat_mix mix;
    stat_mix_choose(&mix, ask);
    if (!stat_mix_ahead(a, &mix, (struct stat_span){ask->y, ask->n}, f->at, f->n)) {
        return STAT_TOO_SHORT;
    }
    if (!ask->is_bare) {
        stat_grade(a, &mix, ask, f);
    }
    return STAT_ANSWERED;
}

struct stat_forecast stat_forecast(struct arena *a, const struct stat_ask *ask) {
    struct stat_forecast f = {.reason = asked_well(ask), .beside_naive = -1};
    struct fitted s;
    if (f.reason == STAT_ANSWERED) {
        f.reason = fit_values(a, ask, &s, &f);
    }
    if (f.reason != STAT_ANSWERED) {
        return f;
    }
    f.n = ask->horizon;
    f.at = stat_doubles(a, f.n);
    if (!ask->is_bare) {
        bands_take(a, &f);
    }
    fit_size(&s, &f);
    struct stat_ask inner = *ask;
    inner.y = s.y;
    inner.n = s.n;
    inner.method = f.is_sparse && ask->method == STAT_AUTO ? STAT_TSB : ask->method;
    constant_ahead(&s, &f);
    f.reason = look_ahead(a, &inner, &f);
    double *all[] = {f.at, f.low80, f.high80, f.low95, f.high95};
    for (size_t i = 0; f.reason == STAT_ANSWERED && i < sizeof all / sizeof *all; i++) {
        f.reason = unfit(&s, all[i], f.n) ? STAT_ANSWERED : STAT_NOT_NUMBERS;
    }
    return f;
}
