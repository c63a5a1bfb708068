/* Forecasts: published once for each month that ended, where past origins say that they beat the same month of last
   year; kept as they were, and scored when their month is over. */
#include <math.h>

#include "base/arena.h"
#include "kernel/db/db.h"
#include "modules/board/board_card.h"
#include "modules/board/board_queries.h"
#include "modules/org/org.h"
#include "stat/stat.h"

#include "base/banned.h"

static size_t last_whole(const struct board_months *months) {
    size_t last = BOARD_MONTHS;
    for (size_t i = 0; i < BOARD_MONTHS; i++) {
        last = months->at[i].is_whole ? i : last;
    }
    return last;
}

struct err board_outlook(struct db_read *db, int64_t principal, struct str metric, const struct board_months *months,
                         struct board_outlook *out) {
    struct board_forecast_latest_rows rows;
    size_t last = last_whole(months);
    *out = (struct board_outlook){0};
    if (last == BOARD_MONTHS) {
        return OK;
    }
    TRY(board_forecast_latest(
        db,
        (struct board_forecast_latest_in){.principal = principal, .metric = metric, .origin_on = months->at[last].on},
        &rows));
    for (size_t i = 0; i < rows.n && i < BOARD_HORIZON; i++) {
        out->value[i] = rows.at[i].value;
        out->low80[i] = rows.at[i].low80;
        out->high80[i] = rows.at[i].high80;
        out->low95[i] = rows.at[i].low95;
        out->high95[i] = rows.at[i].high95;
        out->beside = rows.at[i].beside;
        out->is_estimate = rows.at[i].is_estimate;
        out->n++;
    }
    return OK;
}

static struct err keep(struct db_write *db, int64_t principal, struct str metric, const struct board_months *months,
                       size_t last, const struct stat_forecast *f) {
    for (size_t i = 0; i < f->n; i++) {
        size_t year_ago = last + 1 + i - BOARD_YEAR_MONTHS;
        TRY(board_forecast_insert(db,
                                  (struct board_forecast_insert_in){
                                      .principal = principal,
                                      .metric = metric,
                                      .origin_on = months->at[last].on,
                                      .month_on = board_month_plus(months->at[last].on, (int)i + 1),
                                      .value = f->at[i],
                                      .low80 = f->low80[i],
                                      .high80 = f->high80[i],
                                      .low95 = f->low95[i],
                                      .high95 = f->high95[i],
                                      .naive = months->at[year_ago].value,
                                      .beside = f->beside_naive,
                                      .is_estimate = f->is_estimate,
                                      .made_at = clock_now(),
                                  },
                                  NULL));
    }
    return OK;
}

static struct err publish_one(struct db_write *db, struct board_look *look, const struct board_metric *m) {
    struct board_source *s;
    struct board_months months;
    double values[BOARD_MONTHS];
    struct board_forecast_latest_rows there;
    TRY(board_source_look(look, m->of, &s));
    TRY(board_months(look, s, m, &months));
    size_t last = last_whole(&months), first = 0, n = 0;
    while (first < BOARD_MONTHS && !months.at[first].is_known) {
        first++;
    }
    if (last == BOARD_MONTHS || first > last) {
        return OK;
    }
    TRY(board_forecast_latest(look->db,
                              (struct board_forecast_latest_in){.principal = look->filter->principal,
                                                                .metric = m->m->code,
                                                                .origin_on = months.at[last].on},
                              &there));
    if (there.n) {
        return OK;
    }
    for (size_t i = first; i <= last; i++) {
        values[n++] = months.at[i].is_known ? months.at[i].value : NAN;
    }
    struct stat_ask ask = {.y = values, .n = n, .period = BOARD_YEAR_MONTHS, .horizon = BOARD_HORIZON};
    struct stat_forecast f = stat_forecast(look->arena, &ask);
    bool is_shown = f.reason == STAT_ANSWERED && f.may_show && last + 1 >= BOARD_YEAR_MONTHS;
    return is_shown ? keep(db, look->filter->principal, m->m->code, &months, last, &f) : OK;
}

struct err board_publish(struct db_write *db, const struct modules *app, int64_t organ, struct date today) {
    static const enum role roles[] = {ROLE_LEADER, ROLE_CLERK};
    struct board_metrics all;
    board_metrics(db_write_arena(db), app, &all);
    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
        struct board_filter f = {.span = BOARD_MONTH, .on = today, .scope = CHART_ORGAN};
        struct err e = org_group(db_reading(db), (struct unit_id){organ}, roles[r], &f.principal);
        if (err_is(e, ERR_MISSING)) {
            err_ignore(e);
            continue;
        }
        TRY(e);
        board_dates_of(&f, today);
        struct board_look look = {
            .db = db_reading(db), .arena = db_write_arena(db), .filter = &f, .organ = organ, .today = today};
        for (size_t i = 0; i < all.n; i++) {
            if (all.at[i].m->kind == METRIC_COUNT) {
                TRY(publish_one(db, &look, &all.at[i]));
            }
        }
    }
    return OK;
}
