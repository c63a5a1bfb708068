/* Which ways are mixed for a series, and what each counts. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

/* A season within a season: weeks in a year, the days of a week in hours. */
static const struct {
    size_t period, inner, outer;
} seasons[] = {{1, 1, 52}, {52, 1, 52}, {24, 24, 168}, {168, 24, 168}, {48, 48, 336}, {336, 48, 336}};

/* Weights are 1 / error³ over so many origins, a horizon apart: together they see most of the outer season. */
enum { WEIGHING_ORIGINS = 4, LEAST_BEFORE = 20 };
static const double POWER = -3;

static void add(struct stat_mix *mix, enum stat_method method, size_t season, bool is_forced) {
    mix->weights[mix->n] = 1;
    mix->ways[mix->n++] = (struct stat_way){.method = method, .season = season, .is_forced = is_forced};
}

void stat_mix_choose(struct stat_mix *mix, const struct stat_ask *ask) {
    *mix = (struct stat_mix){0};
    if (ask->method != STAT_AUTO) {
        add(mix, ask->method, ask->period, false);
        return;
    }
    for (size_t i = 0; i < sizeof seasons / sizeof *seasons; i++) {
        size_t inner = seasons[i].inner, outer = seasons[i].outer;
        if (seasons[i].period == ask->period && ask->n >= 4 * ask->horizon + 20) {
            mix->is_weighed = true;
            add(mix, STAT_SNAIVE, inner, false);
            add(mix, STAT_DAMPED, inner, false);
            add(mix, STAT_SNAIVE, outer, true);
            add(mix, STAT_DAMPED, outer, true);
            return;
        }
    }
    add(mix, STAT_DOTM, ask->period, false);
    add(mix, STAT_LOG_DOTM, ask->period, false);
    add(mix, STAT_LOG_ETS, ask->period, false);
}

/* The way's mean error over the origins; below 0 when it cannot be tried from one of them. */
static double error_before(struct arena *a, struct stat_way *way, struct stat_span y, size_t h, size_t origins) {
    double sum = 0, *out = stat_doubles(a, h);
    for (size_t o = 1; o <= origins; o++) {
        struct stat_span before = {y.at, y.n - o * h};
        if (!stat_way_ahead(a, way, before, out, h)) {
            return -1;
        }
        for (size_t j = 0; j < h; j++) {
            sum += fabs(y.at[before.n + j] - out[j]) / (double)h;
        }
    }
    return sum;
}

static void mix_weigh(struct arena *a, struct stat_mix *mix, struct stat_span y, size_t h) {
    size_t origins = 0;
    while (origins < WEIGHING_ORIGINS && y.n >= (origins + 1) * h + LEAST_BEFORE) {
        origins++;
    }
    double step = stat_scale(y.at, y.n, 1), sum = 0;
    for (size_t i = 0; i < mix->n; i++) {
        double error = mix->weights[i] > 0 ? error_before(a, &mix->ways[i], y, h, origins) : -1;
        mix->weights[i] = error < 0 ? 0 : pow(error / step + 1e-6, POWER);
        sum += mix->weights[i];
    }
    for (size_t i = 0; !(sum > 0) && i < mix->n; i++) {
        mix->weights[i] = mix->ways[i].is_forced ? 0 : 1;
    }
}

bool stat_mix_again(struct arena *a, struct stat_mix *mix, struct stat_span y, double *out, size_t h) {
    double sum = 0, *one = stat_doubles(a, h);
    for (size_t j = 0; j < h; j++) {
        out[j] = 0;
    }
    for (size_t i = 0; i < mix->n; i++) {
        if (!(mix->weights[i] > 0) || !stat_way_ahead(a, &mix->ways[i], y, one, h)) {
            continue;
        }
        sum += mix->weights[i];
        for (size_t j = 0; j < h; j++) {
            out[j] += mix->weights[i] * one[j];
        }
    }
    for (size_t j = 0; j < h && sum > 0; j++) {
        out[j] /= sum;
    }
    return sum > 0;
}

bool stat_mix_ahead(struct arena *a, struct stat_mix *mix, struct stat_span y, double *out, size_t h) {
    if (mix->is_weighed) {
        /* What is searched on all values comes first, so that the origins before take it over. */
        for (size_t i = 0; i < mix->n; i++) {
            mix->weights[i] = stat_way_ahead(a, &mix->ways[i], y, out, h) ? 1 : 0;
        }
        mix_weigh(a, mix, y, h);
    }
    return stat_mix_again(a, mix, y, out, h);
}
