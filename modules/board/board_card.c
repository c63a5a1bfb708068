#include "modules/board/board_card.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/chart/chart_link.h"

#include "base/banned.h"

enum { SPARK_MONTHS = 12 };

void board_head_add(struct arena *a, struct board_table *t, struct str head) { LIST_ADD(a, &t->heads, head); }

struct board_row *board_row_add(struct arena *a, struct board_table *t, struct str label) {
    LIST_ADD(a, &t->rows, (struct board_row){.label = label});
    return &t->rows.at[t->rows.n - 1];
}

void board_cell_add(struct arena *a, struct board_row *row, double value, bool is_ratio, struct link link) {
    LIST_ADD(a, &row->cells, (struct board_cell){board_number(a, value, is_ratio), link, true, value});
}

void board_cell_words(struct arena *a, struct board_row *row, struct str words) {
    LIST_ADD(a, &row->cells, (struct board_cell){.words = words});
}

static bool is_small(const struct board_make *make, const struct metric *m, int64_t n) {
    return make->is_hidden && m->least > 0 && n > 0 && n < m->least;
}

static void value_put(struct board_part *p, const struct chart_sum *sum, double value) {
    struct arena *a = p->make->look->arena;
    const struct metric *m = p->metric->m;
    struct board_card *c = p->card;
    struct chart_filter f = board_chart(p->source, p->metric);
    int64_t of = chart_count(sum, m->of), per = chart_count(sum, m->per);
    bool is_ratio = m->kind == METRIC_RATIO;
    c->link = chart_records_link(a, &f, m->of);
    if (is_small(p->make, m, is_ratio ? per : of)) {
        c->value = S("ẩn");
        c->unit = str_format(a, is_ratio ? "mẫu số dưới %d" : "dưới %d", m->least);
        return;
    }
    c->value = board_number(a, value, is_ratio);
    c->unit = m->unit;
    c->is_late = m->good == METRIC_DOWN && of > 0;
    if (is_ratio) {
        c->of_words = board_number(a, (double)of, false);
        c->per_words = board_number(a, (double)per, false);
        c->per_link = chart_records_link(a, &f, m->per);
    }
}

/* What stood before: of a stock as it was kept at the end of that span. */
static bool before_of(const struct board_part *p, double *value) {
    const struct board_filter *f = p->make->look->filter;
    struct chart_sum sum = {0};
    if (p->metric->m->kind == METRIC_STOCK) {
        for (size_t i = 0; i < p->source->stocks.n; i++) {
            if (date_is(p->source->stocks.at[i].on, f->before_to)) {
                return board_value(p->metric, &p->source->stocks.at[i].sum, value);
            }
        }
        return false;
    }
    if (!p->source->first.year || date_cmp(p->source->first, f->before_from) > 0) {
        return false;
    }
    sum = board_sum(p->source, f->before_from, f->before_to);
    return board_value(p->metric, &sum, value);
}

static void delta_put(struct board_part *p, double value) {
    struct arena *a = p->make->look->arena;
    const struct metric *m = p->metric->m;
    double before;
    if (!before_of(p, &before)) {
        p->card->delta = S("chưa có kỳ trước để so");
        return;
    }
    double change = value - before;
    bool is_ratio = m->kind == METRIC_RATIO;
    struct str size = board_number(a, fabs(change), is_ratio), then = board_number(a, before, is_ratio);
    if (size.len == 1 && size.at[0] == '0') {
        p->card->delta = str_format(a, "bằng kỳ trước: %.*s", STR_ARG(then));
        return;
    }
    p->card->delta = change > 0 ? str_format(a, "tăng %.*s, kỳ trước %.*s", STR_ARG(size), STR_ARG(then))
                                : str_format(a, "giảm %.*s, kỳ trước %.*s", STR_ARG(size), STR_ARG(then));
    bool is_good = m->good == METRIC_UP ? change > 0 : change < 0;
    p->card->delta_hue = m->good == METRIC_NEUTRAL ? S("") : is_good ? S("good") : S("bad");
}

static void target_put(struct board_part *p) {
    const struct metric *m = p->metric->m;
    if (m->has_target) {
        p->card->target = str_format(p->make->look->arena, "chỉ tiêu %s %lld%s", m->good == METRIC_DOWN ? "≤" : "≥",
                                     (long long)m->target, m->kind == METRIC_RATIO ? " %" : "");
    }
}

static struct err spark_put(struct board_part *p) {
    struct board_months months;
    double values[SPARK_MONTHS];
    int64_t past = 0;
    struct board_look *look = p->make->look;
    TRY(board_months(look, p->source, p->metric, &months));
    for (int i = 0; i < SPARK_MONTHS; i++) {
        const struct board_month *m = &months.at[BOARD_MONTHS - SPARK_MONTHS + i];
        values[i] = m->is_known ? m->value : NAN;
        bool is_in = date_cmp(m->on, look->filter->from) >= 0 && date_cmp(m->on, look->filter->to) <= 0;
        past += is_in && m->is_past ? m->of : 0;
    }
    p->card->spark = board_spark(look->arena, values, SPARK_MONTHS, &p->card->spark_x, &p->card->spark_y);
    if (past) {
        LIST_ADD(look->arena, &p->card->notes,
                 str_format(look->arena, "cùng %.*s theo báo cáo cũ",
                            STR_ARG(board_number(look->arena, (double)past, false))));
    }
    return OK;
}

static struct err number_make(struct board_part *p) {
    const struct metric *m = p->metric->m;
    struct chart_filter f = board_chart(p->source, p->metric);
    struct chart_sum sum = board_sum(p->source, f.from, f.to);
    double value;
    p->card->is_number = true;
    if (!board_value(p->metric, &sum, &value)) {
        p->card->missing = S("chưa có gì để tính tỷ lệ");
        return OK;
    }
    value_put(p, &sum, value);
    if (is_small(p->make, m, chart_count(&sum, m->kind == METRIC_RATIO ? m->per : m->of))) {
        return OK;
    }
    delta_put(p, value);
    target_put(p);
    return spark_put(p);
}

static struct err kind_make(struct board_part *p, enum board_kind kind) {
    switch (kind) {
    case BOARD_LINE: return board_put_line(p);
    case BOARD_UNIT: return board_put_units(p);
    case BOARD_FIELD: return board_put_fields(p);
    case BOARD_OUTCOME: return board_put_outcomes(p);
    case BOARD_TABLE: return board_put_table(p);
    case BOARD_HEAT: return board_put_heat(p);
    case BOARD_MAP: return board_put_map(p);
    case BOARD_NUMBER: break;
    }
    return number_make(p);
}

struct err board_card_make(struct board_make *make, const struct board_item *item, struct board_card *out) {
    struct arena *a = make->look->arena;
    struct board_metric metric;
    *out = (struct board_card){.id = item->id, .kind = board_drawn_code(item->kind)};
    if (!board_metric_find(make->app, item->metric, &metric) || !item->kind) {
        out->title = item->metric;
        out->missing = S("Chỉ số này không còn trong danh mục.");
        out->is_number = item->kind == BOARD_NUMBER;
        return OK;
    }
    struct board_part p = {.make = make, .metric = &metric, .card = out};
    out->title = metric.m->title;
    out->unit = metric.m->unit;
    out->metric_link = link_local(a, "/board/metric/%.*s", STR_ARG(metric.m->code));
    out->is_number = item->kind == BOARD_NUMBER;
    TRY(board_source_look(make->look, metric.of, &p.source));
    if (!p.source->first.year && item->kind != BOARD_LINE) {
        out->missing = S("chưa có số liệu");
        return OK;
    }
    return kind_make(&p, item->kind);
}
