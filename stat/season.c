/* The season of a series: the test of M4, and indices by a centred moving average. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

/* One-sided 95 %. */
static const double LIMIT = 1.645;

static double correlation(struct stat_span y, double mean, size_t lag) {
    double sum = 0;
    for (size_t t = lag; t < y.n; t++) {
        sum += (y.at[t] - mean) * (y.at[t - lag] - mean);
    }
    return sum;
}

bool stat_is_seasonal(struct stat_span y, size_t m) {
    if (m < 2 || y.n < 3 * m) {
        return false;
    }
    double mean = stat_mean(y), all = correlation(y, mean, 0), squares = 0;
    if (!(all > 0)) {
        return false;
    }
    for (size_t k = 1; k < m; k++) {
        double r = correlation(y, mean, k) / all;
        squares += r * r;
    }
    return fabs(correlation(y, mean, m) / all) > LIMIT * sqrt((1 + 2 * squares) / (double)y.n);
}

/* The mean of one season around t; for an even season its two ends count half. */
static double around(struct stat_span y, size_t t, size_t m) {
    size_t half = m / 2;
    double sum = 0;
    for (size_t i = t - half; i <= t + half; i++) {
        sum += y.at[i];
    }
    if (m % 2 == 0) {
        sum -= (y.at[t - half] + y.at[t + half]) / 2;
    }
    return sum / (double)m;
}

void stat_indices(struct arena *a, struct stat_span y, size_t m, double *index) {
    size_t half = m / 2;
    double *seen = stat_doubles(a, m), all = 0;
    for (size_t j = 0; j < m; j++) {
        index[j] = 0;
    }
    for (size_t t = half; t + half < y.n; t++) {
        double trend = around(y, t, m);
        if (trend > 0) {
            index[t % m] += y.at[t] / trend;
            seen[t % m]++;
        }
    }
    for (size_t j = 0; j < m; j++) {
        index[j] = seen[j] > 0 ? index[j] / seen[j] : 1;
        all += index[j];
    }
    for (size_t j = 0; j < m; j++) {
        index[j] *= (double)m / all;
        index[j] = index[j] > 0 ? index[j] : 1e-6;
    }
}

struct stat_span stat_unseason(struct arena *a, struct stat_span y, const double *index, size_t m) {
    double *out = stat_doubles(a, y.n);
    for (size_t t = 0; t < y.n; t++) {
        out[t] = y.at[t] / index[t % m];
    }
    return (struct stat_span){out, y.n};
}
