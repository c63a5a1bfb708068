/* The figures of one source under a board's filter: days read once, then added up as each card needs. */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "modules/board/board_inside.h"
#include "modules/board/board_queries.h"

#include "base/banned.h"

enum { ALL_DAYS = 3650 };

static bool sources_have(const struct board_look *look, const struct metric_source *of, struct board_source **out) {
    for (size_t i = 0; i < look->sources.n; i++) {
        if (look->sources.at[i].of == of) {
            *out = &look->sources.at[i];
            return true;
        }
    }
    return false;
}

struct err board_source_look(struct board_look *look, const struct metric_source *of, struct board_source **out) {
    const struct board_filter *f = look->filter;
    if (sources_have(look, of, out)) {
        return OK;
    }
    struct board_source s = {.of = of,
                             .chart = {.of = of,
                                       .scope = f->scope,
                                       .principal = f->principal,
                                       .step = CHART_MONTH,
                                       .from = f->from,
                                       .to = f->to,
                                       .field = S(""),
                                       .unit = f->unit,
                                       .commune = f->commune}};
    struct chart_filter all = s.chart;
    all.from = date_plus(f->to, -ALL_DAYS);
    TRY(chart_days(look->db, &all, look->today, &s.days));
    TRY(chart_first_day(look->db, &all, &s.first));
    all.to = look->today;
    if (!f->unit && !f->commune.len) {
        TRY(chart_stocks(look->db, &all, &s.stocks));
    }
    LIST_ADD(look->arena, &look->sources, s);
    *out = &look->sources.at[look->sources.n - 1];
    return OK;
}

struct chart_sum board_sum(const struct board_source *s, struct date from, struct date to) {
    struct chart_sum sum = {0};
    for (size_t i = 0; i < s->days.n; i++) {
        const struct chart_day *d = &s->days.at[i];
        if (date_cmp(d->on, from) >= 0 && date_cmp(d->on, to) <= 0) {
            chart_sum_add(&sum, &d->sum);
        }
    }
    return sum;
}

bool board_value(const struct board_metric *m, const struct chart_sum *sum, double *value) {
    int64_t of = chart_count(sum, m->m->of), per = chart_count(sum, m->m->per);
    bool is_ratio = m->m->kind == METRIC_RATIO;
    *value = !is_ratio ? (double)of : per ? (double)of * 100 / (double)per : 0;
    return !is_ratio || per > 0;
}

struct chart_filter board_chart(const struct board_source *s, const struct board_metric *m) {
    struct chart_filter f = s->chart;
    if (m->m->kind == METRIC_STOCK) {
        f.from = date_plus(f.to, -ALL_DAYS);
    }
    return f;
}

struct str board_number(struct arena *a, double value, bool is_ratio) {
    struct buf b = buf_in(a);
    if (is_ratio) {
        num_put_vi_fraction(&b, value, 1);
    } else {
        num_put_vi(&b, (int64_t)llround(value));
    }
    return buf_str(&b);
}

/* A stock of a month is what was open at the end of its last day that was kept; of this month, what is open now. */
static void month_stock(const struct board_look *look, const struct board_source *s, const struct board_metric *m,
                        struct board_month *month) {
    struct date last = date_plus(board_month_plus(month->on, 1), -1);
    month->is_known = false;
    if (date_cmp(last, look->today) >= 0) {
        struct chart_sum now = board_sum(s, date_plus(look->today, -ALL_DAYS), look->today);
        month->of = chart_count(&now, m->m->of);
        month->is_known = s->first.year != 0;
    }
    for (size_t i = 0; i < s->stocks.n && !month->is_known; i++) {
        if (date_is(s->stocks.at[i].on, last)) {
            month->of = chart_count(&s->stocks.at[i].sum, m->m->of);
            month->is_known = true;
        }
    }
    month->value = (double)month->of;
}

static void month_count(const struct board_look *look, const struct board_source *s, const struct board_metric *m,
                        struct board_month *month) {
    struct date last = date_plus(board_month_plus(month->on, 1), -1);
    struct chart_sum sum = board_sum(s, month->on, last);
    month->of = chart_count(&sum, m->m->of);
    month->per = chart_count(&sum, m->m->per);
    bool is_counted = s->first.year && date_cmp(s->first, last) <= 0 && date_cmp(month->on, look->today) <= 0;
    month->is_begun = is_counted && date_cmp(s->first, month->on) > 0;
    month->is_known = is_counted && !month->is_begun && board_value(m, &sum, &month->value);
}

/* Months from before the program: only of the whole organ, of a count, and where the program itself does not know. */
static struct err past_put(struct board_look *look, const struct board_metric *m, struct board_months *out) {
    struct board_pasts_rows rows;
    const struct board_filter *f = look->filter;
    if (m->m->kind != METRIC_COUNT || f->scope != CHART_ORGAN || f->unit || f->commune.len) {
        return OK;
    }
    TRY(board_pasts(look->db, (struct board_pasts_in){.organ = look->organ, .metric = m->m->code}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (size_t k = 0; k < BOARD_MONTHS; k++) {
            struct board_month *month = &out->at[k];
            if (date_is(month->on, rows.at[i].month_on) && !month->is_known) {
                month->of = rows.at[i].n;
                month->value = (double)month->of;
                month->is_known = month->is_past = true;
                month->is_begun = false;
            }
        }
    }
    return OK;
}

struct err board_months(struct board_look *look, const struct board_source *s, const struct board_metric *m,
                        struct board_months *out) {
    struct date last = {look->filter->to.year, look->filter->to.month, 1};
    *out = (struct board_months){0};
    for (int i = 0; i < BOARD_MONTHS; i++) {
        struct board_month *month = &out->at[i];
        month->on = board_month_plus(last, i + 1 - BOARD_MONTHS);
        month->is_whole = date_cmp(board_month_plus(month->on, 1), look->today) <= 0;
        if (m->m->kind == METRIC_STOCK) {
            month_stock(look, s, m, month);
        } else {
            month_count(look, s, m, month);
        }
    }
    return past_put(look, m, out);
}
