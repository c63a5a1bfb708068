/* Exponential smoothing with additive error: a level, with or without a damped trend and an additive season.
   The errors are linear in the starting states, so these are solved, and only α, β, φ and γ are searched. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

static const double LEAST = .0001, MOST = .9999, PHI_LEAST = .8, PHI_MOST = .98;
/* Of a diagonal: keeps the equations solvable when a state leaves no trace. */
static const double RIDGE = 1e-12;
enum { STEPS = 160 };

struct problem {
    struct stat_span y;
    double shift; /* taken off all values: their mean */
    size_t n;     /* states */
    double *columns;
    struct stat_smooth *fit;
};

static size_t states_of(const struct stat_smooth *fit) {
    return 1 + (size_t)fit->has_trend + (fit->season > 1 ? fit->season - 1 : 0);
}

static size_t parameters_of(const struct stat_smooth *fit) {
    return 1 + 2 * (size_t)fit->has_trend + (size_t)(fit->season > 1);
}

/* What the box means. */
static void unbox(struct stat_smooth *fit, const double *box) {
    fit->alpha = 2 * LEAST + box[0] * (MOST - 2 * LEAST);
    fit->beta = fit->has_trend ? LEAST + box[1] * (fit->alpha - LEAST) : 0;
    fit->phi = fit->has_trend ? PHI_LEAST + box[2] * (PHI_MOST - PHI_LEAST) : 0;
    double room = 1 - fit->alpha - LEAST;
    fit->gamma = fit->season > 1 ? LEAST + box[fit->has_trend ? 3 : 1] * fmax(0, room) : 0;
}

/* One column (the values, or one starting state at 1 and no values) through the filter: its one-step errors. */
struct run {
    double level, trend;
    double *season;
};

static void run_errors(const struct problem *p, struct run *run, bool has_values, double *errors) {
    const struct stat_smooth *f = p->fit;
    size_t m = f->season, j = 0;
    for (size_t t = 0; t < p->y.n; t++) {
        double base = run->level + f->phi * run->trend;
        double e = (has_values ? p->y.at[t] - p->shift : 0) - base - (m > 1 ? run->season[j] : 0);
        run->level = base + f->alpha * e;
        run->trend = f->phi * run->trend + f->beta * e;
        if (m > 1) {
            run->season[j] += f->gamma * e;
            j = j + 1 == m ? 0 : j + 1;
        }
        errors[t] = e;
    }
}

static void columns_run(const struct problem *p) {
    double season[STAT_STATES_MOST] = {0};
    for (size_t k = 0; k <= p->n; k++) {
        struct run run = {.season = season};
        size_t state = k - 1, first = p->fit->has_trend ? 2 : 1;
        for (size_t j = 0; j < p->fit->season; j++) {
            season[j] = 0;
        }
        if (k > 0 && state < first) {
            *(state == 0 ? &run.level : &run.trend) = 1;
        } else if (k > 0) {
            season[state - first] = 1;
            season[p->fit->season - 1] = -1;
        }
        run_errors(p, &run, k == 0, p->columns + k * p->y.n);
    }
}

static double product(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Cholesky's way, in place; x becomes the solution. */
static void solve(double g[][STAT_STATES_MOST], double *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = g[i][j] - product(g[i], g[j], j);
            g[i][j] = i == j ? sqrt(fmax(sum, 1e-300)) : sum / g[j][j];
        }
    }
    for (size_t i = 0; i < n; i++) {
        x[i] = (x[i] - product(g[i], x, i)) / g[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) {
            x[i] -= g[k][i] * x[k];
        }
        x[i] /= g[i][i];
    }
}

static double smooth_error(void *thing, const double *box) {
    struct problem *p = thing;
    double g[STAT_STATES_MOST][STAT_STATES_MOST], x[STAT_STATES_MOST];
    size_t n = p->y.n;
    unbox(p->fit, box);
    columns_run(p);
    for (size_t i = 0; i < p->n; i++) {
        const double *column = p->columns + (i + 1) * n;
        x[i] = -product(column, p->columns, n);
        for (size_t j = 0; j <= i; j++) {
            g[i][j] = product(column, p->columns + (j + 1) * n, n);
        }
        g[i][i] += g[i][i] * RIDGE;
    }
    solve(g, x, p->n);
    double sse = 0;
    for (size_t t = 0; t < n; t++) {
        double e = p->columns[t];
        for (size_t k = 0; k < p->n; k++) {
            e += x[k] * p->columns[(k + 1) * n + t];
        }
        sse += e * e;
    }
    for (size_t k = 0; k < p->n; k++) {
        p->fit->states[k] = x[k];
    }
    p->fit->states[0] += p->shift;
    return p->fit->sse = sse;
}

/* The best of a few places all over the box. */
static void grid(struct problem *p, double *best) {
    static const double alphas[] = {.03, .15, .35, .6, .85, .99};
    static const double others[][3] = {{.02, .95, .05}, {.2, .95, .05}, {.02, .5, .3}, {.2, .5, .3}, {.6, .8, .05}};
    bool is_level = parameters_of(p->fit) == 1;
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizeof alphas / sizeof *alphas; i++) {
        for (size_t j = 0; j < (is_level ? 1 : sizeof others / sizeof *others); j++) {
            double at[STAT_PARAMETERS] = {alphas[i], others[j][0], others[j][1], others[j][2]};
            double sse = smooth_error(p, at);
            if (sse < least) {
                least = sse;
                for (size_t k = 0; k < STAT_PARAMETERS; k++) {
                    best[k] = at[k];
                }
            }
        }
    }
}

void stat_smooth_fit(struct arena *a, struct stat_span y, struct stat_smooth *fit) {
    size_t n = states_of(fit);
    struct problem p = {.y = y, .shift = stat_mean(y), .n = n, .columns = stat_doubles(a, (n + 1) * y.n), .fit = fit};
    if (!fit->is_known) {
        struct stat_goal goal = {smooth_error, &p, parameters_of(fit), STEPS, .15};
        grid(&p, fit->box);
        stat_descend(&goal, fit->box);
        fit->is_known = true;
    }
    smooth_error(&p, fit->box);
}

void stat_smooth_ahead(struct arena *a, struct stat_span y, struct stat_smooth *fit, double *out, size_t h) {
    double season[STAT_STATES_MOST] = {0};
    struct run run = {fit->states[0], fit->has_trend ? fit->states[1] : 0, season};
    size_t m = fit->season, first = fit->has_trend ? 2 : 1;
    for (size_t j = 0; j + 1 < m; j++) {
        season[j] = fit->states[first + j];
        season[m - 1] -= season[j];
    }
    struct problem p = {.y = y, .fit = fit};
    run_errors(&p, &run, true, stat_doubles(a, y.n));
    double damped = 0, power = 1;
    for (size_t j = 0; j < h; j++) {
        power *= fit->phi;
        damped += power;
        out[j] = run.level + damped * run.trend + (m > 1 ? season[(y.n + j) % m] : 0);
    }
}
