/* Forecasts of a series of figures, with bands that say how sure they are, and whether they may be shown.
   Pure: the same figures give the same answer on every machine; no chance, no clock, no database. docs/forecast.md
   shows the smallest use.
   needs: nothing */
#ifndef STAT_STAT_H
#define STAT_STAT_H
#include "base/list.h"
#include "base/str.h"

struct arena;

enum { STAT_VALUES_MOST = 20000, STAT_HORIZON_MOST = 400, STAT_PERIOD_MOST = 400 };

enum stat_method {
    STAT_AUTO,     /* the mix that did best: see docs/forecast.md */
    STAT_NAIVE2,   /* the last value, without and again with its season */
    STAT_SNAIVE,   /* the same place of the last season */
    STAT_SES,      /* simple exponential smoothing */
    STAT_DAMPED,   /* with a damped trend */
    STAT_THETA,    /* Theta as in M4 */
    STAT_DOTM,     /* dynamic optimised Theta */
    STAT_ETS,      /* level, damped trend and season, all additive */
    STAT_LOG_DOTM, /* the two above on logarithms */
    STAT_LOG_ETS,
    STAT_TSB, /* Croston's method after Teunter, Syntetos and Babai: for counts that are mostly zero */
    STAT_METHODS,
};
const char *stat_method_name(enum stat_method m);
bool stat_method_of(struct str name, enum stat_method *out);

/* Why there are no figures. */
enum stat_reason {
    STAT_ANSWERED,
    STAT_EMPTY,       /* no value at all */
    STAT_TOO_SHORT,   /* fewer than eight values, or than the method needs */
    STAT_MANY_GAPS,   /* more than a fifth is missing */
    STAT_NOT_NUMBERS, /* a value that is endless, or too large to count with */
    STAT_TOO_LONG,    /* more than STAT_VALUES_MOST values */
    STAT_BAD_ASK,     /* a period or horizon of 0 or beyond its limit */
};
const char *stat_reason_name(enum stat_reason r);
struct str stat_reason_words(enum stat_reason r); /* a Vietnamese sentence that says what to do */

struct stat_ask {
    const double *y; /* in the order of time; NaN is a value that is missing */
    size_t n;
    size_t period;  /* values in a season: 12 for months, 24 for hours, 1 when there is none */
    size_t horizon; /* how many values to look ahead */
    enum stat_method method;
    bool is_bare; /* without bands and without grade: quick */
};

struct stat_forecast {
    enum stat_reason reason; /* when not STAT_ANSWERED, nothing below holds */
    size_t n;                /* the horizon */
    double *at;
    double *low80, *high80, *low95, *high95; /* NULL when is_bare */
    size_t origins;                          /* past days from which it was tried, for bands and grade */
    bool is_estimate;                        /* too few origins: the bands are estimates */
    size_t filled;                           /* missing values that were filled in */
    bool is_constant, is_sparse;
    double beside_naive; /* mean error from past origins, as a part of the seasonal naive's; below 0: not known */
    bool may_show;       /* at least 24 values and two seasons, and better than the seasonal naive */
};
struct stat_forecast stat_forecast(struct arena *a, const struct stat_ask *ask);

/* How good a forecast was, as the M competitions count: sMAPE in percent; MASE beside the mean step of a season. */
double stat_smape(const double *actual, const double *forecast, size_t n);
double stat_scale(const double *y, size_t n, size_t period); /* 0 when it cannot be told */

/* A line of a file with one series a line: a name, other words, values. See stat/line.c for what is read. */
struct stat_line {
    struct str name;
    LIST(double) values; /* NaN where a cell is empty or says that it is missing */
    LIST(double) tests;  /* behind a cell "|": what came later */
    struct str wrong;    /* the first cell that is no number; empty when all are */
};
/* False: the line has no series (empty, or a heading). Quoted cells are read; ; and tab separate as , does. */
bool stat_line_read(struct arena *a, struct str text, struct stat_line *out);
#endif
