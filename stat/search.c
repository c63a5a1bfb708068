/* The smallest value of a function: golden section for one variable, Nelder and Mead's simplex for a few. */
#include <math.h>

#include "stat/inside.h"

#include "base/banned.h"

enum { GOLDEN_STEPS = 40 };

double stat_golden(double (*f)(void *thing, double x), void *thing, double low, double high) {
    const double part = (sqrt(5) - 1) / 2;
    double left = high - part * (high - low), right = low + part * (high - low);
    double at_left = f(thing, left), at_right = f(thing, right);
    for (int i = 0; i < GOLDEN_STEPS && high - low > 1e-7; i++) {
        if (at_left < at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - part * (high - low);
            at_left = f(thing, left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + part * (high - low);
            at_right = f(thing, right);
        }
    }
    return at_left < at_right ? left : right;
}

struct corner {
    double at[STAT_PARAMETERS], f;
};
struct simplex {
    const struct stat_goal *goal;
    struct corner corners[STAT_PARAMETERS + 1];
    size_t n; /* variables; corners are one more */
};

static void corner_ask(const struct stat_goal *goal, struct corner *c) {
    for (size_t i = 0; i < goal->n; i++) {
        c->at[i] = fmin(1, fmax(0, c->at[i]));
    }
    c->f = goal->f(goal->thing, c->at);
}

static void corners_sort(struct simplex *s) {
    for (size_t i = 1; i <= s->n; i++) {
        struct corner c = s->corners[i];
        size_t j = i;
        for (; j > 0 && s->corners[j - 1].f > c.f; j--) {
            s->corners[j] = s->corners[j - 1];
        }
        s->corners[j] = c;
    }
}

/* From the worst corner through the middle of the others, by a length. */
static struct corner corner_through(const struct simplex *s, double by) {
    struct corner c = {0};
    for (size_t i = 0; i < s->n; i++) {
        double middle = 0;
        for (size_t k = 0; k < s->n; k++) {
            middle += s->corners[k].at[i] / (double)s->n;
        }
        c.at[i] = middle + by * (middle - s->corners[s->n].at[i]);
    }
    corner_ask(s->goal, &c);
    return c;
}

static void simplex_shrink(struct simplex *s) {
    for (size_t k = 1; k <= s->n; k++) {
        for (size_t i = 0; i < s->n; i++) {
            s->corners[k].at[i] = (s->corners[k].at[i] + s->corners[0].at[i]) / 2;
        }
        corner_ask(s->goal, &s->corners[k]);
    }
}

static void simplex_step(struct simplex *s) {
    struct corner *worst = &s->corners[s->n];
    struct corner mirrored = corner_through(s, 1);
    if (mirrored.f < s->corners[0].f) {
        struct corner further = corner_through(s, 2);
        *worst = further.f < mirrored.f ? further : mirrored;
    } else if (mirrored.f < s->corners[s->n - 1].f) {
        *worst = mirrored;
    } else {
        struct corner nearer = corner_through(s, mirrored.f < worst->f ? .5 : -.5);
        if (nearer.f < fmin(mirrored.f, worst->f)) {
            *worst = nearer;
        } else {
            simplex_shrink(s);
        }
    }
    corners_sort(s);
}

double stat_descend(const struct stat_goal *goal, double *at) {
    struct simplex s = {.goal = goal, .n = goal->n};
    for (size_t k = 0; k <= s.n; k++) {
        for (size_t i = 0; i < s.n; i++) {
            s.corners[k].at[i] = at[i];
        }
        if (k > 0) {
            s.corners[k].at[k - 1] += at[k - 1] > .5 ? -goal->size : goal->size;
        }
        corner_ask(goal, &s.corners[k]);
    }
    corners_sort(&s);
    for (size_t i = 0; i < goal->steps && s.corners[s.n].f - s.corners[0].f > 1e-9 * fabs(s.corners[0].f); i++) {
        simplex_step(&s);
    }
    for (size_t i = 0; i < s.n; i++) {
        at[i] = s.corners[0].at[i];
    }
    return s.corners[0].f;
}
