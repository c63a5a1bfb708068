/* How sure a forecast is: the same mix from earlier origins, its errors, and those of the seasonal naive. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

/* Origins stand a sixth of the horizon apart, nearer in a short series. */
enum { ORIGINS_MOST = 24, ORIGINS_ENOUGH = 19, ORIGINS_GRADE = 3, LEAST_BEFORE = 20, PART = 6, SHOW_LEAST = 24 };

/* Errors of all origins: plain, and as parts of what was forecast. */
struct tries {
    size_t n, h;
    double *plain, *part; /* [origin × h + step] */
    double sum, naive;    /* of all errors; of the seasonal naive's */
};

static void try_note(struct tries *t, const double *actual, const double *forecast, const double *naive) {
    for (size_t j = 0; j < t->h; j++) {
        double error = fabs(actual[j] - forecast[j]);
        t->plain[t->n * t->h + j] = error;
        t->part[t->n * t->h + j] = error / fmax(fabs(forecast[j]), 1e-9);
        t->sum += error;
        t->naive += fabs(actual[j] - naive[j]);
    }
    t->n++;
}

static void tries_make(struct arena *a, struct stat_mix *mix, const struct stat_ask *ask, struct tries *t) {
    size_t h = ask->horizon, least = 2 * ask->period + 5;
    least = least > LEAST_BEFORE ? least : LEAST_BEFORE;
    *t = (struct tries){.h = h, .plain = stat_doubles(a, ORIGINS_MOST * h), .part = stat_doubles(a, ORIGINS_MOST * h)};
    if (ask->n < least + h) {
        return;
    }
    size_t room = ask->n - h - least, apart = room / ORIGINS_MOST;
    apart = apart < h / PART ? apart : h / PART;
    apart = apart ? apart : 1;
    double *out = stat_doubles(a, h), *naive = stat_doubles(a, h);
    struct stat_way last = {.method = STAT_SNAIVE, .season = ask->period};
    for (size_t o = 0; o < ORIGINS_MOST && o * apart <= room; o++) {
        struct stat_span before = {ask->y, ask->n - h - o * apart};
        if (stat_mix_again(a, mix, before, out, h) && stat_way_ahead(a, &last, before, naive, h)) {
            try_note(t, ask->y + before.n, out, naive);
        }
    }
}

/* The errors of a step and of the steps beside it, sorted. */
static size_t errors_near(const struct tries *t, const double *errors, size_t step, double *out) {
    size_t reach = t->h < 2 * PART ? 1 : t->h / PART, n = 0;
    for (size_t j = step > reach ? step - reach : 0; j <= step + reach && j < t->h; j++) {
        for (size_t o = 0; o < t->n; o++) {
            out[n++] = errors[o * t->h + j];
        }
    }
    stat_sort(out, n);
    return n;
}

/* The ⌈(n + 1) p⌉-th of n sorted errors, as split conformal bands take it. */
static double quantile(const double *sorted, size_t n, double p) {
    size_t rank = (size_t)ceil((double)(n + 1) * p);
    return sorted[(rank < n ? rank : n) - 1];
}

static void band(struct stat_forecast *f, size_t j, double half80, double half95) {
    half95 = fmax(half80, half95);
    f->low80[j] = f->at[j] - half80;
    f->high80[j] = f->at[j] + half80;
    f->low95[j] = f->at[j] - half95;
    f->high95[j] = f->at[j] + half95;
}

/* The 80 % band stands between what plain errors and errors in parts say, the 95 % band at the wider of both: series
   grow, and past errors were then smaller than the next ones will be. */
static void bands_from(struct arena *a, const struct tries *t, struct stat_forecast *f) {
    size_t most = t->n * (2 * (t->h / PART) + 3);
    double *plain = stat_doubles(a, most), *part = stat_doubles(a, most);
    for (size_t j = 0; j < t->h; j++) {
        size_t n = errors_near(t, t->plain, j, plain);
        errors_near(t, t->part, j, part);
        double size = fabs(f->at[j]);
        band(f, j, (quantile(plain, n, .8) + quantile(part, n, .8) * size) / 2,
             fmax(quantile(plain, n, .95), quantile(part, n, .95) * size));
    }
}

/* Without any origin: the mean step of the series, as a random walk spreads it. */
static void bands_guess(const struct stat_ask *ask, struct stat_forecast *f) {
    double step = 1.2533 * stat_scale(ask->y, ask->n, 1);
    for (size_t j = 0; j < f->n; j++) {
        double wide = step * sqrt((double)(j + 1));
        band(f, j, 1.2816 * wide, 1.96 * wide);
    }
}

void stat_grade(struct arena *a, struct stat_mix *mix, const struct stat_ask *ask, struct stat_forecast *f) {
    struct tries t;
    tries_make(a, mix, ask, &t);
    f->origins = t.n;
    f->is_estimate = t.n < ORIGINS_ENOUGH;
    if (t.n) {
        bands_from(a, &t, f);
    } else {
        bands_guess(ask, f);
    }
    f->beside_naive = t.n >= ORIGINS_GRADE && t.naive > 0 ? t.sum / t.naive : -1;
    f->may_show = f->beside_naive >= 0 && f->beside_naive < 1 && ask->n >= SHOW_LEAST && ask->n >= 2 * ask->period;
}
