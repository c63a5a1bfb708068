/* How well series are forecast that are known to have gone on: lines with the values that came later behind "|".
   Usage: bench-forecast FILE PERIOD SEASON [METHOD]: PERIOD is told to the forecast, SEASON is that of the
   competition's figures. Prints sMAPE, MASE, OWA beside Naive2, how often the bands held, and milliseconds of the
   processor a series of this run. */
#include "base/arena.h"
#include "base/num.h"
#include "stat/stat.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/banned.h"

struct sums {
    double smape, mase, naive_smape, naive_mase;
    double in80, in95, steps, us;
    size_t n, shown, refused;
};

static double processor_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double mean_error(const struct stat_line *line, const double *at) {
    double sum = 0;
    for (size_t j = 0; j < line->tests.n; j++) {
        sum += fabs(line->tests.at[j] - at[j]) / (double)line->tests.n;
    }
    return sum;
}

static void bands_count(struct sums *s, const struct stat_line *line, const struct stat_forecast *f) {
    for (size_t j = 0; f->low95 && j < f->n; j++) {
        double y = line->tests.at[j];
        s->in80 += y >= f->low80[j] && y <= f->high80[j];
        s->in95 += y >= f->low95[j] && y <= f->high95[j];
        s->steps++;
    }
}

static void series_score(struct arena *a, const struct stat_line *line, struct stat_ask ask, size_t season,
                         struct sums *s) {
    ask.y = line->values.at;
    ask.n = line->values.n;
    ask.horizon = line->tests.n;
    struct stat_ask plain = ask;
    plain.period = season;
    plain.method = STAT_NAIVE2;
    plain.is_bare = true;
    struct stat_forecast naive = stat_forecast(a, &plain);
    double begin = processor_us();
    struct stat_forecast f = stat_forecast(a, &ask);
    s->us += processor_us() - begin;
    double scale = stat_scale(ask.y, ask.n, season);
    if (f.reason != STAT_ANSWERED || naive.reason != STAT_ANSWERED || !(scale > 0)) {
        s->refused++;
        return;
    }
    s->n++;
    s->shown += f.may_show;
    s->smape += stat_smape(line->tests.at, f.at, f.n);
    s->mase += mean_error(line, f.at) / scale;
    s->naive_smape += stat_smape(line->tests.at, naive.at, f.n);
    s->naive_mase += mean_error(line, naive.at) / scale;
    bands_count(s, line, &f);
}

static void file_score(FILE *f, const struct stat_ask *ask, size_t season, struct sums *s) {
    struct arena *a = arena_new();
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&text, &cap, f)) > 0) {
        struct stat_line line;
        if (stat_line_read(a, (struct str){text, (size_t)n}, &line) && line.tests.n) {
            series_score(a, &line, *ask, season, s);
        }
        arena_reset(a);
    }
    arena_free(a);
}

int main(int argc, char **argv) {
    int64_t period, season;
    struct stat_ask ask = {0};
    struct sums s = {0};
    FILE *f = argc > 3 ? fopen(argv[1], "rb") : NULL;
    if (!f || !num_read_between(str_of(argv[2]), 1, STAT_PERIOD_MOST, &period) ||
        !num_read_between(str_of(argv[3]), 1, STAT_PERIOD_MOST, &season) ||
        (argc > 4 && !stat_method_of(str_of(argv[4]), &ask.method))) {
        fputs("usage: bench-forecast FILE PERIOD SEASON [METHOD]\n", stderr);
        return 2;
    }
    ask.period = (size_t)period;
    file_score(f, &ask, (size_t)season, &s);
    fclose(f);
    double n = s.n ? (double)s.n : 1;
    printf("%-9s series %zu\trefused %zu\tsMAPE %.3f\tMASE %.3f\tOWA %.4f\t80%% %.3f\t95%% %.3f\tshown %zu\t%.2f ms\n",
           stat_method_name(ask.method), s.n, s.refused, s.smape / n, s.mase / n,
           (s.smape / s.naive_smape + s.mase / s.naive_mase) / 2, s.in80 / s.steps, s.in95 / s.steps, s.shown,
           s.us / 1000 / n);
    return 0;
}
