/* Small sums. */
#include <math.h>

#include "base/list.h"
#include "stat/inside.h"

#include "base/banned.h"

double *stat_doubles(struct arena *a, size_t n) { return arena_take(a, double, n ? n : 1); }

double stat_mean(struct stat_span y) {
    double sum = 0;
    for (size_t i = 0; i < y.n; i++) {
        sum += y.at[i];
    }
    return y.n ? sum / (double)y.n : 0;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void stat_sort(double *at, size_t n) { list_sort(at, n, sizeof *at, by_size); }

double stat_smape(const double *actual, const double *forecast, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double both = fabs(actual[i]) + fabs(forecast[i]);
        sum += both > 0 ? 200 * fabs(actual[i] - forecast[i]) / both : 0;
    }
    return n ? sum / (double)n : 0;
}

double stat_scale(const double *y, size_t n, size_t period) {
    double sum = 0;
    for (size_t t = period; t < n; t++) {
        sum += fabs(y[t] - y[t - period]);
    }
    return n > period ? sum / (double)(n - period) : 0;
}
