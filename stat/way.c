/* One way of forecasting, from the values up to an origin. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

/* How much one value weighs in a sparse series. */
static const double SPARSE = .1;

/* Of logarithms: forecasts stay within as much again on both sides, so that no trend runs away. */
struct range {
    double low, high;
};

static bool logs_take(struct arena *a, struct stat_span *y, struct range *range) {
    double *logs = stat_doubles(a, y->n);
    *range = (struct range){HUGE_VAL, -HUGE_VAL};
    for (size_t t = 0; t < y->n; t++) {
        if (!(y->at[t] > 0)) {
            return false;
        }
        logs[t] = log(y->at[t]);
        range->low = fmin(range->low, logs[t]);
        range->high = fmax(range->high, logs[t]);
    }
    y->at = logs;
    return true;
}

static void logs_undo(const struct range *range, double *out, size_t h) {
    double wide = range->high - range->low;
    for (size_t j = 0; j < h; j++) {
        out[j] = exp(fmax(range->low - wide, fmin(range->high + wide, out[j])));
    }
}

static void smooth_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    way->smooth.season = 1;
    stat_smooth_fit(a, y, &way->smooth);
    stat_smooth_ahead(a, y, &way->smooth, out, h);
}

static void damped_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    way->smooth.has_trend = true;
    smooth_ahead(a, way, y, out, h);
}

static void dynamic_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    (void)way;
    struct stat_theta fit;
    stat_theta_fit(a, y, &fit);
    stat_theta_ahead(y, &fit, out, h);
}

/* Theta of M4: the mean of a straight line and of the level of twice the values less the line. */
static void theta_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    double n = (double)y.n, middle = (n - 1) / 2, mean = stat_mean(y), slope = 0;
    for (size_t t = 0; t < y.n; t++) {
        slope += ((double)t - middle) * (y.at[t] - mean);
    }
    slope /= n * (n * n - 1) / 12;
    double *twice = stat_doubles(a, y.n);
    for (size_t t = 0; t < y.n; t++) {
        twice[t] = 2 * y.at[t] - (mean + slope * ((double)t - middle));
    }
    smooth_ahead(a, way, (struct stat_span){twice, y.n}, out, h);
    for (size_t j = 0; j < h; j++) {
        out[j] = (out[j] + mean + slope * (n + (double)j - middle)) / 2;
    }
}

static void last_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    (void)a;
    (void)way;
    for (size_t j = 0; j < h; j++) {
        out[j] = y.at[y.n - 1];
    }
}

/* Counts that are mostly zero: how often there is one, and how many then, each smoothed. */
static void sparse_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    (void)a;
    (void)way;
    double often = 0, many = 0, seen = 0;
    for (size_t t = 0; t < y.n; t++) {
        seen += y.at[t] > 0 ? 1 : 0;
        many += y.at[t];
    }
    often = seen / (double)y.n;
    many = seen > 0 ? many / seen : 0;
    for (size_t t = 0; t < y.n; t++) {
        often += SPARSE * ((y.at[t] > 0 ? 1 : 0) - often);
        many += y.at[t] > 0 ? SPARSE * (y.at[t] - many) : 0;
    }
    for (size_t j = 0; j < h; j++) {
        out[j] = often * many;
    }
}

/* Level, damped trend and season together. */
static bool season_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    size_t m = way->season;
    if (y.n < 2 * m + 5 || m + 2 > STAT_STATES_MOST) {
        return false;
    }
    way->smooth.season = m;
    way->smooth.has_trend = true;
    stat_smooth_fit(a, y, &way->smooth);
    stat_smooth_ahead(a, y, &way->smooth, out, h);
    return true;
}

/* The value of the same place in the last season. */
static bool same_ahead(const struct stat_way *way, struct stat_span y, double *out, size_t h) {
    size_t m = way->season;
    for (size_t j = 0; j < h && y.n >= m; j++) {
        out[j] = y.at[y.n - m + j % m];
    }
    return y.n >= m;
}

typedef void model(struct arena *, struct stat_way *, struct stat_span, double *, size_t);
static model *const models[STAT_METHODS] = {
    [STAT_NAIVE2] = last_ahead, [STAT_SES] = smooth_ahead,   [STAT_DAMPED] = damped_ahead,
    [STAT_THETA] = theta_ahead, [STAT_DOTM] = dynamic_ahead, [STAT_LOG_DOTM] = dynamic_ahead,
    [STAT_TSB] = sparse_ahead,
};

/* A model of what is left when the season is taken out by its indices. */
static bool indexed_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    size_t m = way->season;
    bool has_season = way->method != STAT_TSB && (way->is_forced ? y.n >= 2 * m + 1 : stat_is_seasonal(y, m));
    if (way->is_forced && !has_season) {
        return false;
    }
    double *index = stat_doubles(a, m);
    if (has_season) {
        stat_indices(a, y, m, index);
        y = stat_unseason(a, y, index, m);
    }
    struct range range;
    if (way->method == STAT_LOG_DOTM && !logs_take(a, &y, &range)) {
        return false;
    }
    models[way->method](a, way, y, out, h);
    if (way->method == STAT_LOG_DOTM) {
        logs_undo(&range, out, h);
    }
    for (size_t j = 0; has_season && j < h; j++) {
        out[j] *= index[(y.n + j) % m];
    }
    return true;
}

bool stat_way_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h) {
    struct range range;
    switch (way->method) {
    case STAT_SNAIVE: return same_ahead(way, y, out, h);
    case STAT_ETS: return season_ahead(a, way, y, out, h);
    case STAT_LOG_ETS:
        if (!logs_take(a, &y, &range) || !season_ahead(a, way, y, out, h)) {
            return false;
        }
        logs_undo(&range, out, h);
        return true;
    case STAT_AUTO:
    case STAT_METHODS: return false;
    case STAT_NAIVE2:
    case STAT_SES:
    case STAT_DAMPED:
    case STAT_THETA:
    case STAT_DOTM:
    case STAT_LOG_DOTM:
    case STAT_TSB: break;
    }
    return indexed_ahead(a, way, y, out, h);
}
