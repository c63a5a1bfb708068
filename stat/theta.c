/* The Theta methods: the dynamic optimised one (DOTM), whose error is linear in the first level and in the weight. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

enum { GRID = 90 };
static const double LOW = .1, HIGH = .99;
/* The weight stays below 1: θ is finite. */
static const double WEIGHT_MOST = 1 - 1e-10;
static const double COLLINEAR = 1 - 1e-10;

/* The line through the values so far, as a recursion: M their mean, B the slope, A the foot. */
struct line {
    double mean, slope, foot;
};

static struct line line_next(struct line at, size_t i, double y) {
    double k = (double)i;
    struct line next;
    next.mean = (k * at.mean + y) / (k + 1);
    next.slope = ((k - 1) * at.slope + 6 * (y - at.mean) / (k + 1)) / (k + 2);
    next.foot = next.mean - next.slope * (k + 2) / 2;
    return next;
}

struct search {
    struct stat_span y;
    const struct line *lines; /* lines[i] knows y₁…yᵢ₊₁ */
    struct stat_theta best;
};

/* Sums of the least squares: columns are the first level's and the weight's share of the error. */
struct squares {
    double uu, ud, dd, ur, dr, rr;
};

static struct squares squares_of(const struct search *s, double alpha) {
    struct squares q = {0};
    double level = 0, power = 1;
    for (size_t i = 1; i < s->y.n; i++) {
        const struct line *line = &s->lines[i - 1];
        level = alpha * s->y.at[i - 1] + (1 - alpha) * level;
        power *= 1 - alpha;
        double drift = line->foot * power + line->slope * (1 - power * (1 - alpha)) / alpha;
        double rest = s->y.at[i] - level;
        if (i < 2) {
            continue;
        }
        q.uu += power * power;
        q.ud += power * drift;
        q.dd += drift * drift;
        q.ur += power * rest;
        q.dr += drift * rest;
        q.rr += rest * rest;
    }
    return q;
}

static struct stat_theta theta_at(const struct search *s, double alpha) {
    struct squares q = squares_of(s, alpha);
    struct stat_theta fit = {.alpha = alpha};
    double apart = q.uu * q.dd - q.ud * q.ud;
    bool has_level = q.uu > 0 && !(q.ud * q.ud > COLLINEAR * q.uu * q.dd);
    if (has_level && apart > 0) {
        fit.weight = (q.dr * q.uu - q.ur * q.ud) / apart;
    } else if (q.dd > 0) {
        fit.weight = q.dr / q.dd;
    }
    fit.weight = fmin(WEIGHT_MOST, fmax(0, fit.weight));
    if (q.uu > 0 && (has_level || q.dd <= 0)) {
        fit.level = (q.ur - fit.weight * q.ud) / q.uu;
    }
    fit.sse = q.rr + fit.level * fit.level * q.uu + fit.weight * fit.weight * q.dd + 2 * fit.level * fit.weight * q.ud -
              2 * fit.level * q.ur - 2 * fit.weight * q.dr;
    return fit;
}

static double theta_error(void *thing, double alpha) {
    struct search *s = thing;
    struct stat_theta fit = theta_at(s, alpha);
    if (fit.sse < s->best.sse) {
        s->best = fit;
    }
    return fit.sse;
}

void stat_theta_fit(struct arena *a, struct stat_span y, struct stat_theta *fit) {
    struct line *lines = arena_take(a, struct line, y.n);
    lines[0] = (struct line){y.at[0], 0, y.at[0]};
    for (size_t i = 1; i < y.n; i++) {
        lines[i] = line_next(lines[i - 1], i, y.at[i]);
    }
    struct search s = {.y = y, .lines = lines, .best = {.sse = HUGE_VAL, .alpha = .5}};
    const double step = (HIGH - LOW) / (GRID - 1);
    for (int i = 0; i < GRID; i++) {
        theta_error(&s, LOW + step * i);
    }
    double around = s.best.alpha;
    stat_golden(theta_error, &s, fmax(LOW, around - step), fmin(HIGH, around + step));
    *fit = s.best;
}

void stat_theta_ahead(struct stat_span y, const struct stat_theta *fit, double *out, size_t h) {
    struct line line = {y.at[0], 0, y.at[0]};
    double level = fit->level, power = 1;
    for (size_t i = 1; i < y.n + h; i++) {
        double before = i <= y.n ? y.at[i - 1] : out[i - 1 - y.n];
        if (i > 1) {
            line = line_next(line, i - 1, before);
        }
        level = fit->alpha * before + (1 - fit->alpha) * level;
        power *= 1 - fit->alpha;
        double drift = line.foot * power + line.slope * (1 - power * (1 - fit->alpha)) / fit->alpha;
        if (i >= y.n) {
            out[i - y.n] = level + fit->weight * drift;
        }
    }
}
