/* What the files of stat share: small sums, the season, the search, the models, ways and origins. */
#ifndef STAT_INSIDE_H
#define STAT_INSIDE_H
#include "base/arena.h"
#include "stat/stat.h"

enum { STAT_STATES_MOST = 30, STAT_PARAMETERS = 4, STAT_WAYS_MOST = 10 };

/* Values in the order of time. */
struct stat_span {
    const double *at;
    size_t n;
};

double *stat_doubles(struct arena *a, size_t n);
double stat_mean(struct stat_span y);
void stat_sort(double *at, size_t n);

/* The season: whether there is one, its indices (their mean is 1), the values without it. */
bool stat_is_seasonal(struct stat_span y, size_t m);
void stat_indices(struct arena *a, struct stat_span y, size_t m, double *index);
struct stat_span stat_unseason(struct arena *a, struct stat_span y, const double *index, size_t m);

/* Smallest value of f in the box [0, 1]ⁿ near at, which becomes the place: Nelder and Mead's way, no chance in it. */
struct stat_goal {
    double (*f)(void *thing, const double *at);
    void *thing;
    size_t n, steps;
    double size; /* of the first simplex */
};
double stat_descend(const struct stat_goal *goal, double *at);
/* Smallest f of one variable between low and high, by golden section. */
double stat_golden(double (*f)(void *thing, double x), void *thing, double low, double high);

/* Exponential smoothing. Parameters as places in the unit box: α, β, φ, γ, each within what the ones before allow. */
struct stat_smooth {
    bool has_trend;
    bool is_known; /* the box was found before, on more values: it is taken as it is */
    size_t season; /* 1: none */
    double box[STAT_PARAMETERS];
    double alpha, beta, phi, gamma;
    double states[STAT_STATES_MOST]; /* at the start: level, trend, seasons but the last */
    double sse;
};
void stat_smooth_fit(struct arena *a, struct stat_span y, struct stat_smooth *fit);
void stat_smooth_ahead(struct arena *a, struct stat_span y, struct stat_smooth *fit, double *out, size_t h);

struct stat_theta {
    double alpha, weight, level; /* weight is 1 − 1/θ */
    double sse;                  /* from the third value */
};
void stat_theta_fit(struct arena *a, struct stat_span y, struct stat_theta *fit);
void stat_theta_ahead(struct stat_span y, const struct stat_theta *fit, double *out, size_t h);

/* One way of forecasting. What smoothing found on all values is used again at the origins before. */
struct stat_way {
    enum stat_method method;
    size_t season;  /* the length that is taken out, where the series has it */
    bool is_forced; /* taken out without asking the test */
    struct stat_smooth smooth;
};
/* h values after y; false: the way is not for this series (too short for its season, not above zero). */
bool stat_way_ahead(struct arena *a, struct stat_way *way, struct stat_span y, double *out, size_t h);

/* Several ways and what each counts. */
struct stat_mix {
    struct stat_way ways[STAT_WAYS_MOST];
    double weights[STAT_WAYS_MOST];
    size_t n;
    bool is_weighed; /* by how well each did at the last origins; else all count the same */
};
void stat_mix_choose(struct stat_mix *mix, const struct stat_ask *ask);
/* Settles the weights and forecasts; ways that are not for the series count nothing. False: none is. */
bool stat_mix_ahead(struct arena *a, struct stat_mix *mix, struct stat_span y, double *out, size_t h);
/* The same from an earlier origin, with the weights as they are. */
bool stat_mix_again(struct arena *a, struct stat_mix *mix, struct stat_span y, double *out, size_t h);

/* Tries the mix from earlier origins: bands, grade, whether it may be shown. y is what was forecast from. */
void stat_grade(struct arena *a, struct stat_mix *mix, const struct stat_ask *ask, struct stat_forecast *f);
#endif
