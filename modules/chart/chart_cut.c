/* The figures cut for boards: by day, by commune, by unit and month, and what was open at the ends of days. */
#include "base/arena.h"
#include "kernel/db/db.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_queries.h"

#define SUM_OF(row)                                                                                                    \
    ((struct chart_sum){.total = (row)->total,                                                                         \
                        .on_time = (row)->on_time,                                                                     \
                        .late = (row)->late,                                                                           \
                        .done = (row)->done,                                                                           \
                        .overdue = (row)->overdue,                                                                     \
                        .waiting = (row)->still_open - (row)->overdue})

struct err chart_days(struct db_read *db, const struct chart_filter *f, struct date today, struct chart_days *out) {
    struct chart_by_day_rows rows;
    struct arena *a = db_arena(db);
    TRY(chart_by_day(db,
                     (struct chart_by_day_in){.source = f->of->code,
                                              .principal = f->principal,
                                              .from = f->from,
                                              .to = f->to,
                                              .field = f->field,
                                              .unit = f->unit,
                                              .commune = f->commune,
                                              .today_text = date_iso(a, today)},
                     &rows));
    *out = (struct chart_days){arena_take(a, struct chart_day, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        out->at[i] = (struct chart_day){rows.at[i].day_on, SUM_OF(&rows.at[i])};
    }
    return OK;
}

struct err chart_communes(struct db_read *db, const struct chart_filter *f, struct date today,
                          struct chart_buckets *out) {
    struct chart_by_commune_rows rows;
    struct arena *a = db_arena(db);
    TRY(chart_by_commune(db,
                         (struct chart_by_commune_in){.source = f->of->code,
                                                      .principal = f->principal,
                                                      .from = f->from,
                                                      .to = f->to,
                                                      .field = f->field,
                                                      .unit = f->unit,
                                                      .commune = f->commune,
                                                      .today_text = date_iso(a, today)},
                         &rows));
    *out = (struct chart_buckets){arena_take(a, struct chart_bucket, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        struct str code = rows.at[i].commune;
        out->at[i] = (struct chart_bucket){
            .field = code.len ? code : CHART_NO_FIELD, .from = f->from, .to = f->to, .sum = SUM_OF(&rows.at[i])};
    }
    return OK;
}

struct err chart_unit_months(struct db_read *db, const struct chart_filter *f, struct date today,
                             struct chart_buckets *out) {
    struct chart_by_unit_month_rows rows;
    struct arena *a = db_arena(db);
    TRY(chart_by_unit_month(db,
                            (struct chart_by_unit_month_in){.source = f->of->code,
                                                            .principal = f->principal,
                                                            .from = f->from,
                                                            .to = f->to,
                                                            .field = f->field,
                                                            .unit = f->unit,
                                                            .commune = f->commune,
                                                            .today_text = date_iso(a, today)},
                            &rows));
    *out = (struct chart_buckets){arena_take(a, struct chart_bucket, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        struct date month = {0};
        date_read_iso(str_format(a, "%.*s-01", STR_ARG(rows.at[i].month)), &month);
        out->at[i] = (struct chart_bucket){
            .unit = rows.at[i].unit ? rows.at[i].unit : CHART_NO_UNIT, .from = month, .sum = SUM_OF(&rows.at[i])};
    }
    return OK;
}

struct err chart_stocks(struct db_read *db, const struct chart_filter *f, struct chart_days *out) {
    struct chart_stock_between_rows rows;
    TRY(chart_stock_between(
        db,
        (struct chart_stock_between_in){.source = f->of->code, .principal = f->principal, .from = f->from, .to = f->to},
        &rows));
    *out = (struct chart_days){arena_take(db_arena(db), struct chart_day, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        out->at[i] =
            (struct chart_day){rows.at[i].day_on, {.overdue = rows.at[i].overdue, .waiting = rows.at[i].waiting}};
    }
    return OK;
}

struct err chart_stock_take(struct db_write *db, const struct metric_source *of, struct date today) {
    return chart_stock_keep(db,
                            (struct chart_stock_keep_in){
                                .source = of->code, .today = today, .today_text = date_iso(db_write_arena(db), today)},
                            NULL);
}

struct err chart_first_day(struct db_read *db, const struct chart_filter *f, struct date *first) {
    struct chart_first_row *row;
    TRY(chart_first(db, (struct chart_first_in){.source = f->of->code, .principal = f->principal}, &row));
    *first = row ? row->first_on : (struct date){0};
    return OK;
}
