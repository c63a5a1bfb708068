/* Forecasts beside answers of other programs (Box and Jenkins' series of air passengers, which is everybody's), and
   series that are hard. */
#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "read/json.h"
#include "stat/inside.h"
#include "tests/test.h"

/* Monthly passengers of 1949 to 1959, in thousands. */
static const double air[] = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133,
    114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242,
    209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264,
    302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313,
    318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318,
    362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405};
enum { AIR = sizeof air / sizeof *air };

static struct stat_forecast ahead(struct arena *a, enum stat_method method, size_t h) {
    struct stat_ask ask = {.y = air, .n = AIR, .period = 12, .horizon = h, .method = method};
    return stat_forecast(a, &ask);
}

static bool is_near(double got, double wanted, double part) { return fabs(got - wanted) <= part * fabs(wanted); }

TEST("a known series is forecast as R's forecast package does") {
    static const struct {
        enum stat_method method;
        double first, sixth, last;
    } known[] = {
        {STAT_SNAIVE, 360, 472, 405},
        {STAT_NAIVE2, 409.97467, 500.7932, 405},
        {STAT_SES, 410.04457, 500.87858, 405.06905},
        {STAT_DAMPED, 412.37853, 515.09638, 426.44004},
        {STAT_THETA, 411.37054, 509.59547, 419.00608},
        {STAT_DOTM, 412.80021, 518.56125, 433.4314},
        {STAT_ETS, 409.17091, 467.12289, 408.31858},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct stat_forecast f = ahead(arena, known[i].method, 12);
        CHECK_OR_RETURN(f.reason == STAT_ANSWERED && f.n == 12);
        double part = known[i].method == STAT_ETS ? .01 : .005;
        CHECK(is_near(f.at[0], known[i].first, part));
        CHECK(is_near(f.at[5], known[i].sixth, part));
        CHECK(is_near(f.at[11], known[i].last, part));
    }
}

TEST("the season of a known series is found, and its indices") {
    struct stat_span y = {air, AIR};
    double index[12];
    CHECK(stat_is_seasonal(y, 12));
    CHECK(!stat_is_seasonal((struct stat_span){air, 35}, 12));
    stat_indices(arena, y, 12, index);
    CHECK(is_near(index[0], .91000371, 1e-6) && is_near(index[6], 1.2221466, 1e-6));
}

TEST("smoothing and Theta find errors as small as the known ones") {
    double index[12];
    struct stat_smooth level = {.season = 1}, damped = {.season = 1, .has_trend = true};
    struct stat_theta theta;
    stat_indices(arena, (struct stat_span){air, AIR}, 12, index);
    struct stat_span x = stat_unseason(arena, (struct stat_span){air, AIR}, index, 12);
    stat_smooth_fit(arena, x, &level);
    stat_smooth_fit(arena, x, &damped);
    stat_theta_fit(arena, x, &theta);
    CHECK(level.sse <= 11184.843 * 1.0001);
    CHECK(damped.sse <= 10583.883 * 1.0001);
    CHECK(theta.sse <= 10133.396 * 1.0001);
}

TEST("bands hold their line, the wider one the narrower, and a good forecast may be shown") {
    struct stat_forecast f = ahead(arena, STAT_AUTO, 12);
    CHECK_OR_RETURN(f.reason == STAT_ANSWERED && f.low95);
    for (size_t j = 0; j < f.n; j++) {
        CHECK(f.low95[j] <= f.low80[j] && f.low80[j] <= f.at[j]);
        CHECK(f.at[j] <= f.high80[j] && f.high80[j] <= f.high95[j]);
    }
    CHECK(f.may_show && f.beside_naive > 0 && f.beside_naive < 1 && !f.is_estimate);
    struct stat_forecast naive = ahead(arena, STAT_SNAIVE, 12);
    CHECK(!naive.may_show);
}

TEST("the same values in another unit are forecast alike, and twice the same") {
    double thousands[AIR];
    for (size_t t = 0; t < AIR; t++) {
        thousands[t] = air[t] * 1000;
    }
    struct stat_ask ask = {.y = thousands, .n = AIR, .period = 12, .horizon = 12};
    struct stat_forecast f = ahead(arena, STAT_AUTO, 12), g = ahead(arena, STAT_AUTO, 12);
    struct stat_forecast large = stat_forecast(arena, &ask);
    for (size_t j = 0; j < 12; j++) {
        CHECK(f.at[j] == g.at[j] && f.high95[j] == g.high95[j]);
        CHECK(is_near(large.at[j], f.at[j] * 1000, 1e-3));
    }
}

/* All kinds of hard series; whatever is answered is finite, in order, and not below 0 unless a value was. */
enum { HARD = 40 };
static void hard_series(size_t kind, double *y) {
    for (size_t t = 0; t < HARD; t++) {
        double x = (double)t, wave = sin(x * .9);
        const double kinds[] = {0,
                                7,
                                t == 20 ? 900 : 0,
                                100 - 2.5 * x,
                                -50 + x,
                                t % 9 == 4 ? 1 : 0,
                                wave,
                                exp(x / 3),
                                t == 20 ? NAN : x,
                                (double)(t % 2),
                                1e99 * wave,
                                1e-99 * (2 + wave),
                                t < 39 ? 1 : 0,
                                t == 39 ? 1 : 0,
                                -1e-300 * x,
                                x * x,
                                t == 0 ? NAN : 3};
        y[t] = kinds[kind];
    }
}
enum { HARD_KINDS = 17 };

static void hard_check(const struct stat_forecast *f, bool is_negative) {
    for (size_t j = 0; j < f->n; j++) {
        CHECK(isfinite(f->low95[j]) && isfinite(f->high95[j]));
        CHECK(f->low95[j] <= f->at[j] && f->at[j] <= f->high95[j]);
        CHECK(is_negative || f->low95[j] >= 0);
    }
}

TEST("constant, zero, falling, negative, sparse, huge and tiny series never give what is no number") {
    static const size_t periods[] = {1, 4, 12, 24, 52};
    for (size_t kind = 0; kind < HARD_KINDS; kind++) {
        double y[HARD];
        hard_series(kind, y);
        bool is_negative = kind == 4 || kind == 6 || kind == 10 || kind == 14;
        for (size_t i = 0; i < sizeof periods / sizeof *periods * STAT_METHODS; i++) {
            struct stat_ask ask = {.y = y,
                                   .n = HARD,
                                   .period = periods[i / STAT_METHODS],
                                   .horizon = 5,
                                   .method = (enum stat_method)(i % STAT_METHODS)};
            struct stat_forecast f = stat_forecast(arena, &ask);
            CHECK(f.reason == STAT_ANSWERED || f.reason == STAT_TOO_SHORT);
            if (f.reason == STAT_ANSWERED) {
                hard_check(&f, is_negative);
            }
        }
    }
}

TEST("what cannot be forecast has its reason instead of figures") {
    const double few[] = {1, 2, 3, 4, 5}, endless[] = {1, 2, 3, INFINITY, 5, 6, 7, 8, 9},
                 gaps[] = {1, NAN, 3, NAN, 5, NAN, 7, NAN, 9, 10}, none[] = {NAN, NAN};
    struct stat_ask ask = {.y = few, .n = 5, .period = 12, .horizon = 3};
    CHECK(stat_forecast(arena, &ask).reason == STAT_TOO_SHORT);
    ask.horizon = 0;
    CHECK(stat_forecast(arena, &ask).reason == STAT_BAD_ASK);
    ask = (struct stat_ask){.y = endless, .n = 9, .period = 1, .horizon = 3};
    CHECK(stat_forecast(arena, &ask).reason == STAT_NOT_NUMBERS);
    ask = (struct stat_ask){.y = gaps, .n = 10, .period = 1, .horizon = 3};
    CHECK(stat_forecast(arena, &ask).reason == STAT_MANY_GAPS);
    ask = (struct stat_ask){.y = none, .n = 2, .period = 1, .horizon = 3};
    CHECK(stat_forecast(arena, &ask).reason == STAT_EMPTY);
    ask.n = 0;
    CHECK(stat_forecast(arena, &ask).reason == STAT_EMPTY);
}

TEST("a constant series goes on as it was, a mostly empty one at its mean pace") {
    double same[30], rare[60];
    for (size_t t = 0; t < 60; t++) {
        same[t % 30] = 7;
        rare[t] = t % 4 == 0 ? 8 : 0;
    }
    struct stat_ask ask = {.y = same, .n = 30, .period = 12, .horizon = 2};
    struct stat_forecast f = stat_forecast(arena, &ask);
    CHECK(f.is_constant && f.at[1] == 7 && f.low95[1] == 7 && f.high95[1] == 7 && !f.may_show);
    ask = (struct stat_ask){.y = rare, .n = 60, .period = 12, .horizon = 2};
    f = stat_forecast(arena, &ask);
    CHECK(f.is_sparse && f.at[0] > 1.5 && f.at[0] < 2.5 && f.low95[0] == 0);
}

TEST("a line of a series is read as tables have it") {
    struct stat_line line;
    CHECK(stat_line_read(arena, S("\xef\xbb\xbfW1,1089.2,-3,1e2,|,7,8\r"), &line));
    CHECK_STR(line.name, S("W1"));
    CHECK(line.values.n == 3 && line.values.at[0] == 1089.2 && line.values.at[1] == -3 && line.values.at[2] == 100);
    CHECK(line.tests.n == 2 && line.tests.at[1] == 8 && !line.wrong.len);
    CHECK(stat_line_read(arena, S("N1,MICRO,1-01,3,10,11,12,|9,8"), &line));
    CHECK(line.values.n == 3 && line.values.at[0] == 10 && line.tests.n == 2);
    CHECK(stat_line_read(arena, S("\"Hải Phòng, \"\"cũ\"\"\",\"1\",,NA,\"4\",,,"), &line));
    CHECK_STR(line.name, S("Hải Phòng, \"cũ\""));
    CHECK(line.values.n == 4 && isnan(line.values.at[1]) && isnan(line.values.at[2]) && line.values.at[3] == 4);
    CHECK(stat_line_read(arena, S("Đơn thư;12,5;13;14,25"), &line));
    CHECK(line.values.n == 3 && line.values.at[0] == 12.5);
    CHECK(stat_line_read(arena, S("a,1,hai,3"), &line));
    CHECK_STR(line.wrong, S("hai"));
    CHECK(stat_line_read(arena, S("5,6,7"), &line) && !line.name.len && line.values.n == 3);
    CHECK(stat_line_read(arena, S("trống,,"), &line) && line.values.n == 0);
    CHECK(!stat_line_read(arena, S("disease,province,2002-01,2002-02"), &line));
    CHECK(!stat_line_read(arena, S(""), &line));
}

/* A list of numbers in JSON. */
static size_t numbers(const struct json_value *list, double *out, size_t most) {
    size_t n = json_count(list);
    for (size_t i = 0; i < n && i < most; i++) {
        out[i] = NAN;
        json_real_of(json_item(list, i), &out[i]);
    }
    return n < most ? n : most;
}

static void reference_check(struct arena *a, const struct json_value *series) {
    static const struct {
        const char *name;
        enum stat_method method;
        double part;
    } ways[] = {{"snaive", STAT_SNAIVE, .005}, {"naive2", STAT_NAIVE2, .005}, {"ses", STAT_SES, .005},
                {"theta", STAT_THETA, .005},   {"dotm", STAT_DOTM, .005},     {"damped", STAT_DAMPED, .01},
                {"ets_AAdA", STAT_ETS, .03}};
    double y[400], wanted[40];
    int64_t m = json_member_int(series, "m"), h = json_member_int(series, "h");
    size_t n = numbers(json_member(series, "y"), y, 400);
    CHECK_OR_RETURN(n > 30 && m > 0 && h > 0);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct stat_ask ask = {
            .y = y, .n = n, .period = (size_t)m, .horizon = (size_t)h, .method = ways[i].method, .is_bare = true};
        struct stat_forecast f = stat_forecast(a, &ask);
        size_t k = numbers(json_member(json_member(series, "forecast"), ways[i].name), wanted, 40);
        CHECK_OR_RETURN(f.reason == STAT_ANSWERED && k == f.n);
        for (size_t j = 0; j < k; j++) {
            CHECK(is_near(f.at[j], wanted[j], ways[i].part));
        }
    }
}

/* Where a trend is searched, the errors found here are smaller than the references', and forecasts differ by that. */
static void reference_errors_check(struct arena *a, const struct json_value *series) {
    double y[400], index[12], damped_sse = 0, season_sse = 0;
    struct stat_span all = {y, numbers(json_member(series, "y"), y, 400)};
    struct stat_smooth damped = {.season = 1, .has_trend = true}, season = {.season = 12, .has_trend = true};
    CHECK_OR_RETURN(json_member_int(series, "m") == 12);
    CHECK(json_real_of(json_member(json_member(series, "damped"), "sse"), &damped_sse));
    CHECK(json_real_of(json_member(json_member(series, "ets_AAdA"), "sse"), &season_sse));
    stat_indices(a, all, 12, index);
    stat_smooth_fit(a, stat_unseason(a, all, index, 12), &damped);
    stat_smooth_fit(a, all, &season);
    CHECK(damped.sse <= damped_sse * 1.0001);
    CHECK(season.sse <= season_sse * 1.0001);
}

TEST("three series are forecast as the collected references say") {
    FILE *file = fopen("../shared/data/forecast/reference.json", "r");
    if (!file) {
        test_skip("no ../shared/data here");
        return;
    }
    char *text = arena_take(arena, char, 65536);
    struct str json = {text, fread(text, 1, 65536, file)};
    fclose(file);
    size_t fault;
    const struct json_value *series = json_member(json_read(arena, json, &fault), "series");
    size_t n = 0;
    for (const char *name = json_name_after(series, NULL); name; name = json_name_after(series, name)) {
        reference_check(arena, json_member(series, name));
        reference_errors_check(arena, json_member(series, name));
        n++;
    }
    CHECK(n == 3);
}
