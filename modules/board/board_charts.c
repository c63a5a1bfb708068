/* The drawn cards: a drawing, its sentence, and the table that says the same. */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "modules/board/board_card.h"
#include "modules/chart/chart_link.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum { LINE_MONTHS = 24, STACK_MONTHS = 12 };

static struct arena *arena_of(const struct board_part *p) { return p->make->look->arena; }

static struct str month_short(struct arena *a, struct date m) {
    return str_format(a, "%d/%02d", m.month, m.year % 100);
}
static struct str month_long(struct arena *a, struct date m) { return str_format(a, "%02d/%04d", m.month, m.year); }

static struct chart_filter month_filter(const struct board_part *p, struct date month) {
    struct chart_filter f = p->source->chart;
    f.from = month;
    f.to = date_plus(board_month_plus(month, 1), -1);
    return f;
}

/* A stock of a past month has no list any more: what stood then may be done by now. */
static struct link month_link(const struct board_part *p, const struct board_month *m) {
    struct arena *a = arena_of(p);
    const struct metric *metric = p->metric->m;
    struct chart_filter f = month_filter(p, m->on);
    if (m->is_past) {
        return link_local(a, "/board/past?metric=%.*s", STR_ARG(metric->code));
    }
    if (metric->kind == METRIC_STOCK) {
        if (m->is_whole) {
            return (struct link){{0}};
        }
        f = board_chart(p->source, p->metric);
    }
    return chart_records_link(a, &f, metric->of);
}

static void line_summary(struct board_part *p, const struct board_point *at, size_t n) {
    struct arena *a = arena_of(p);
    const struct board_point *most = NULL, *least = NULL, *last = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(at[i].value)) {
            most = !most || at[i].value > most->value ? &at[i] : most;
            least = !least || at[i].value < least->value ? &at[i] : least;
            last = &at[i];
        }
    }
    if (!last) {
        p->card->missing = S("chưa có số liệu");
        return;
    }
    bool is_ratio = p->metric->m->kind == METRIC_RATIO;
    p->card->summary =
        str_format(a, "Tháng %.*s: %.*s. Cao nhất %.*s (%.*s), thấp nhất %.*s (%.*s).", STR_ARG(last->label),
                   STR_ARG(board_number(a, last->value, is_ratio)), STR_ARG(board_number(a, most->value, is_ratio)),
                   STR_ARG(most->label), STR_ARG(board_number(a, least->value, is_ratio)), STR_ARG(least->label));
}

static void month_row(struct board_part *p, const struct board_month *m) {
    struct arena *a = arena_of(p);
    const struct metric *metric = p->metric->m;
    struct board_row *row = board_row_add(a, &p->card->table, month_long(a, m->on));
    bool is_ratio = metric->kind == METRIC_RATIO;
    struct chart_filter whole = month_filter(p, m->on);
    if (m->is_begun && !is_ratio && m->of) {
        board_cell_add(a, row, (double)m->of, false, chart_records_link(a, &whole, metric->of));
    } else if (!m->is_known) {
        board_cell_words(a, row, S("chưa có"));
    } else {
        board_cell_add(a, row, m->value, is_ratio, month_link(p, m));
    }
    if (is_ratio) {
        board_cell_add(a, row, (double)m->of, false, chart_records_link(a, &whole, metric->of));
        board_cell_add(a, row, (double)m->per, false, chart_records_link(a, &whole, metric->per));
        return;
    }
    board_cell_words(a, row,
                     m->is_past    ? S("báo cáo cũ")
                     : m->is_begun ? S("bắt đầu đếm trong tháng")
                     : m->is_whole ? S("")
                                   : S("chưa hết tháng"));
}

static void months_head(struct board_part *p) {
    struct arena *a = arena_of(p);
    p->card->table.of = S("Tháng");
    board_head_add(a, &p->card->table, p->metric->m->title);
    if (p->metric->m->kind == METRIC_RATIO) {
        board_head_add(a, &p->card->table, S("Tử số"));
        board_head_add(a, &p->card->table, S("Mẫu số"));
    } else {
        board_head_add(a, &p->card->table, S("Ghi chú"));
    }
}

static void outlook_rows(struct board_part *p, const struct board_outlook *o, struct date last_whole) {
    struct arena *a = arena_of(p);
    for (size_t i = 0; i < o->n; i++) {
        struct date on = board_month_plus(last_whole, (int)i + 1);
        struct board_row *row = board_row_add(a, &p->card->table, month_long(a, on));
        board_cell_add(a, row, o->value[i], false, link_local(a, "/board/forecast"));
        struct str low = board_number(a, o->low80[i], false), high = board_number(a, o->high80[i], false);
        board_cell_words(a, row,
                         o->is_estimate
                             ? str_format(a, "dự báo, ước 8 trong 10 lần từ %.*s đến %.*s", STR_ARG(low), STR_ARG(high))
                             : str_format(a, "dự báo, 8 trong 10 lần từ %.*s đến %.*s", STR_ARG(low), STR_ARG(high)));
    }
    if (o->n) {
        LIST_ADD(a, &p->card->notes,
                 str_format(a,
                            "Dự báo tháng %.*s khoảng %.*s; sai số trên các kỳ đã qua bằng %.*s %% của cách lấy theo "
                            "cùng kỳ năm trước.",
                            STR_ARG(month_short(a, board_month_plus(last_whole, 1))),
                            STR_ARG(board_number(a, o->value[0], false)),
                            STR_ARG(board_number(a, o->beside * 100, false))));
    } else if (p->metric->m->kind == METRIC_COUNT) {
        LIST_ADD(a, &p->card->notes,
                 S("Không vẽ dự báo: chưa đủ 24 tháng, hoặc chưa hơn cách lấy theo cùng kỳ năm trước."));
    }
}

static void line_keys(struct board_part *p, bool has_outlook) {
    struct arena *a = arena_of(p);
    LIST_ADD(a, &p->card->keys, (struct board_key){S("known"), S("đã có")});
    if (has_outlook) {
        LIST_ADD(a, &p->card->keys, (struct board_key){S("ahead"), S("dự báo")});
        LIST_ADD(a, &p->card->keys, (struct board_key){S("narrow"), S("8 trong 10 lần")});
        LIST_ADD(a, &p->card->keys, (struct board_key){S("wide"), S("95 trong 100 lần")});
    }
}

struct err board_put_line(struct board_part *p) {
    struct arena *a = arena_of(p);
    struct board_look *look = p->make->look;
    struct board_months months;
    struct board_outlook o = {0};
    struct board_point points[LINE_MONTHS];
    size_t n = 0;
    TRY(board_months(look, p->source, p->metric, &months));
    if (p->metric->m->kind == METRIC_COUNT && !look->filter->unit && !look->filter->commune.len) {
        TRY(board_outlook(look->db, look->filter->principal, p->metric->m->code, &months, &o));
    }
    months_head(p);
    struct date whole = {0};
    for (size_t i = BOARD_MONTHS - LINE_MONTHS; i < BOARD_MONTHS; i++) {
        const struct board_month *m = &months.at[i];
        if (o.n && !m->is_whole) {
            continue;
        }
        whole = m->is_whole ? m->on : whole;
        struct str label = month_short(a, m->on),
                   number = board_number(a, m->value, p->metric->m->kind == METRIC_RATIO);
        points[n++] =
            (struct board_point){label, str_format(a, "%.*s: %.*s", STR_ARG(label), STR_ARG(number)),
                                 m->is_known ? month_link(p, m) : (struct link){{0}}, m->is_known ? m->value : NAN};
        month_row(p, m);
    }
    line_summary(p, points, n);
    if (p->card->missing.len) {
        return OK;
    }
    p->card->has_rows = p->card->is_wide = true;
    outlook_rows(p, &o, whole);
    line_keys(p, o.n > 0);
    board_draw_line(a, &(struct board_points){points, n},
                    &(struct board_ahead){o.value, o.low80, o.high80, o.low95, o.high95, o.n}, &p->card->drawing);
    return OK;
}

/* --- By unit, by field ----------------------------------------------------------------------------------------- */
static void bucket_row(struct board_part *p, const struct chart_bucket *b, bool is_hidden) {
    struct arena *a = arena_of(p);
    const struct metric *m = p->metric->m;
    struct chart_filter f = board_chart(p->source, p->metric);
    struct board_row *row = board_row_add(a, &p->card->table, b->label);
    double value;
    f.unit = b->unit ? b->unit : f.unit;
    f.field = b->field.len ? b->field : f.field;
    if (is_hidden) {
        board_cell_words(a, row, S("ẩn"));
    } else if (board_value(p->metric, &b->sum, &value)) {
        board_cell_add(a, row, value, m->kind == METRIC_RATIO, chart_records_link(a, &f, m->of));
    } else {
        board_cell_words(a, row, S("—"));
    }
    if (m->kind == METRIC_RATIO && !is_hidden) {
        board_cell_add(a, row, (double)chart_count(&b->sum, m->of), false, chart_records_link(a, &f, m->of));
        board_cell_add(a, row, (double)chart_count(&b->sum, m->per), false, chart_records_link(a, &f, m->per));
    }
}

static bool *hidden_of(struct board_part *p, const struct chart_buckets *b) {
    struct arena *a = arena_of(p);
    const struct metric *m = p->metric->m;
    bool *hidden = arena_take(a, bool, b->n + 1);
    int64_t *cells = arena_take(a, int64_t, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        cells[i] = chart_count(&b->at[i].sum, m->kind == METRIC_RATIO ? m->per : m->of);
    }
    if (p->make->is_hidden && m->least > 0 && board_hide(cells, b->n, m->least, hidden)) {
        LIST_ADD(a, &p->card->notes, S("Số nhỏ và tổng được ẩn."));
    }
    return hidden;
}

static void buckets_put(struct board_part *p, struct str of, const struct chart_buckets *b) {
    struct arena *a = arena_of(p);
    const struct metric *m = p->metric->m;
    struct board_points points = {arena_take(a, struct board_point, b->n + 1), 0};
    bool *hidden = hidden_of(p, b);
    months_head(p);
    p->card->table.of = of;
    p->card->table.heads.n -= m->kind != METRIC_RATIO;
    for (size_t i = 0; i < b->n; i++) {
        double value = 0;
        bool is_known = !hidden[i] && board_value(p->metric, &b->at[i].sum, &value);
        bool is_none = chart_count(&b->at[i].sum, m->kind == METRIC_RATIO ? m->per : m->of) == 0;
        if (is_none) {
            continue;
        }
        bucket_row(p, &b->at[i], hidden[i]);
        struct link link = p->card->table.rows.at[p->card->table.rows.n - 1].cells.at[0].link;
        if (is_known) {
            struct str number = board_number(a, value, m->kind == METRIC_RATIO);
            points.at[points.n++] = (struct board_point){
                b->at[i].label,
                str_format(a, "%.*s: %.*s %.*s", STR_ARG(b->at[i].label), STR_ARG(number), STR_ARG(m->unit)), link,
                value};
        }
    }
    if (!p->card->table.rows.n) {
        p->card->missing = S("không có gì trong kỳ này");
        return;
    }
    p->card->has_rows = true;
    if (points.n) {
        p->card->summary = str_format(a, "Nhiều nhất: %.*s.", STR_ARG(points.at[0].words));
        board_draw_bars(a, &points, &p->card->drawing);
    }
}

/* Those of most first, by what the metric counts. */
static int by_count(const void *x, const void *y, void *thing) {
    const struct chart_bucket *a = x, *b = y;
    const struct metric *m = thing;
    int64_t n = chart_count(&a->sum, m->of), k = chart_count(&b->sum, m->of);
    return n != k ? (n < k) - (n > k) : str_cmp(a->label, b->label);
}

static struct err figures_of(struct board_part *p, struct chart_figures *out) {
    struct chart_filter f = board_chart(p->source, p->metric);
    TRY(chart_figures(p->make->look->db, &f, p->make->look->today, out));
    list_sort_with(out->by_unit.at, out->by_unit.n, sizeof *out->by_unit.at, by_count, (void *)(uintptr_t)p->metric->m);
    list_sort_with(out->by_field.at, out->by_field.n, sizeof *out->by_field.at, by_count,
                   (void *)(uintptr_t)p->metric->m);
    return OK;
}

struct err board_put_units(struct board_part *p) {
    struct chart_figures figures;
    TRY(figures_of(p, &figures));
    buckets_put(p, S("Đơn vị"), &figures.by_unit);
    return OK;
}

struct err board_put_fields(struct board_part *p) {
    struct chart_figures figures;
    if (!p->source->of->field_at) {
        p->card->missing = S("chỉ số này không chia theo loại");
        return OK;
    }
    TRY(figures_of(p, &figures));
    buckets_put(p, p->source->of->field, &figures.by_field);
    return OK;
}

struct err board_put_table(struct board_part *p) {
    struct board_months months;
    TRY(board_months(p->make->look, p->source, p->metric, &months));
    months_head(p);
    for (size_t i = BOARD_MONTHS; i-- > BOARD_MONTHS - STACK_MONTHS;) {
        month_row(p, &months.at[i]);
    }
    p->card->has_rows = true;
    return OK;
}

/* --- By outcome ------------------------------------------------------------------------------------------------ */
static const struct {
    enum metric_outcome outcome;
    struct str hue, words;
} outcomes[METRIC_OUTCOMES] = {
    {METRIC_ON_TIME, S_INIT("green"), S_INIT("Xong đúng hạn")},
    {METRIC_DONE, S_INIT("blue"), S_INIT("Xong, không hạn")},
    {METRIC_LATE, S_INIT("gold"), S_INIT("Xong trễ")},
    {METRIC_WAITING, S_INIT("quiet"), S_INIT("Đang xử lý")},
    {METRIC_OVERDUE, S_INIT("red"), S_INIT("Quá hạn")},
};

static void outcome_month(struct board_part *p, struct date month, struct board_stack *stack) {
    struct arena *a = arena_of(p);
    struct chart_filter f = month_filter(p, month);
    struct chart_sum sum = board_sum(p->source, f.from, f.to);
    struct board_row *row = board_row_add(a, &p->card->table, month_long(a, month));
    *stack =
        (struct board_stack){month_short(a, month), arena_take(a, struct board_mark, METRIC_OUTCOMES), METRIC_OUTCOMES};
    for (size_t i = 0; i < METRIC_OUTCOMES; i++) {
        int64_t n = chart_count(&sum, outcomes[i].outcome);
        struct link link = chart_records_link(a, &f, outcomes[i].outcome);
        board_cell_add(a, row, (double)n, false, link);
        stack->parts[i] = (struct board_mark){
            .link = link,
            .words = str_format(a, "%.*s, %.*s: %lld", STR_ARG(stack->label), STR_ARG(outcomes[i].words), (long long)n),
            .h = (int)n,
            .hue = outcomes[i].hue};
    }
}

struct err board_put_outcomes(struct board_part *p) {
    struct arena *a = arena_of(p);
    struct board_stack stacks[STACK_MONTHS];
    struct date last = {p->source->chart.to.year, p->source->chart.to.month, 1};
    size_t n = 0;
    p->card->title = p->source->of->heading;
    p->card->table.of = S("Tháng");
    for (size_t i = 0; i < METRIC_OUTCOMES; i++) {
        board_head_add(a, &p->card->table, outcomes[i].words);
        LIST_ADD(a, &p->card->keys, (struct board_key){outcomes[i].hue, outcomes[i].words});
    }
    for (int i = 1 - STACK_MONTHS; i <= 0; i++) {
        struct date month = board_month_plus(last, i);
        if (date_cmp(board_month_plus(month, 1), p->source->first) > 0) {
            outcome_month(p, month, &stacks[n++]);
        }
    }
    if (!n) {
        p->card->missing = S("không có gì trong mười hai tháng này");
        return OK;
    }
    p->card->has_rows = true;
    p->card->summary = S("Mỗi cột là những gì đến trong tháng, chia theo kết quả lúc này.");
    board_draw_stacks(a, &(struct board_stacks){stacks, n}, &p->card->drawing);
    return OK;
}

/* --- Unit by month --------------------------------------------------------------------------------------------- */
static void heat_row(struct board_part *p, const struct chart_bucket *unit, const struct chart_buckets *months,
                     struct board_stack *stack) {
    struct arena *a = arena_of(p);
    const struct metric *m = p->metric->m;
    struct date last = {p->source->chart.to.year, p->source->chart.to.month, 1};
    struct board_row *row = board_row_add(a, &p->card->table, unit->label);
    *stack = (struct board_stack){unit->label, arena_take(a, struct board_mark, STACK_MONTHS), STACK_MONTHS};
    for (int i = 0; i < STACK_MONTHS; i++) {
        struct date on = board_month_plus(last, i + 1 - STACK_MONTHS);
        struct chart_filter f = month_filter(p, on);
        int64_t n = 0;
        f.unit = unit->unit;
        for (size_t k = 0; k < months->n; k++) {
            bool is_it = months->at[k].unit == unit->unit && date_is(months->at[k].from, on);
            n = is_it ? chart_count(&months->at[k].sum, m->of) : n;
        }
        struct link link = chart_records_link(a, &f, m->of);
        bool is_known = date_cmp(board_month_plus(on, 1), p->source->first) > 0;
        if (is_known) {
            board_cell_add(a, row, (double)n, false, link);
        } else {
            board_cell_words(a, row, S("chưa có"));
        }
        stack->parts[i] = (struct board_mark){
            .link = is_known ? link : (struct link){{0}},
            .words = str_format(a, "%.*s, %.*s: %lld", STR_ARG(unit->label), STR_ARG(month_short(a, on)), (long long)n),
            .h = (int)n};
    }
}

struct err board_put_heat(struct board_part *p) {
    struct arena *a = arena_of(p);
    struct chart_filter f = p->source->chart;
    struct board_stacks rows = {0};
    struct board_point columns[STACK_MONTHS];
    struct chart_buckets months;
    struct chart_figures figures;
    struct date last = {f.to.year, f.to.month, 1};
    f.from = board_month_plus(last, 1 - STACK_MONTHS);
    TRY(chart_figures(p->make->look->db, &f, p->make->look->today, &figures));
    TRY(chart_unit_months(p->make->look->db, &f, p->make->look->today, &months));
    p->card->table.of = S("Đơn vị");
    for (int i = 0; i < STACK_MONTHS; i++) {
        columns[i].label = month_short(a, board_month_plus(last, i + 1 - STACK_MONTHS));
        board_head_add(a, &p->card->table, columns[i].label);
    }
    rows.at = arena_take(a, struct board_stack, figures.by_unit.n + 1);
    for (size_t i = 0; i < figures.by_unit.n; i++) {
        heat_row(p, &figures.by_unit.at[i], &months, &rows.at[rows.n++]);
    }
    if (!rows.n) {
        p->card->missing = S("không có gì trong mười hai tháng này");
        return OK;
    }
    p->card->has_rows = true;
    p->card->summary = S("Ô càng đậm, tháng ấy đơn vị càng có nhiều.");
    board_draw_heat(a, &rows, &(struct board_points){columns, STACK_MONTHS}, &p->card->drawing);
    return OK;
}

/* --- The map --------------------------------------------------------------------------------------------------- */
struct err board_put_map(struct board_part *p) {
    struct arena *a = arena_of(p);
    struct chart_filter f = board_chart(p->source, p->metric);
    const struct metric *m = p->metric->m;
    struct place_index *index = place_open(a);
    struct place_communes all = place_communes(index);
    struct chart_buckets found;
    int64_t *values = arena_take(a, int64_t, all.n + 1), nowhere = 0, somewhere = 0;
    TRY(chart_communes(p->make->look->db, &f, p->make->look->today, &found));
    bool *hidden = hidden_of(p, &found);
    for (size_t i = 0; i < found.n; i++) {
        const struct place_commune *c = place_commune(index, found.at[i].field);
        double value;
        bool is_known = board_value(p->metric, &found.at[i].sum, &value);
        nowhere += c ? 0 : chart_count(&found.at[i].sum, m->of);
        somewhere += c ? 1 : 0;
        if (c) {
            values[c - all.at] = is_known && !hidden[i] ? (int64_t)llround(value) : -1;
        }
    }
    if (!somewhere) {
        p->card->missing = S("chưa có gì ghi xã, phường");
        return OK;
    }
    struct str path = str_format(a, "%.*s&commune=", STR_ARG(chart_records_link(a, &f, m->of).v));
    p->card->has_map = p->card->is_wide = true;
    p->card->map = place_map(index, a, &(struct place_values){values, all.n, m->title, m->unit, path});
    if (nowhere) {
        f.commune = CHART_NO_FIELD;
        LIST_ADD(a, &p->card->notes,
                 str_format(a, "%.*s %.*s không ghi xã, phường.", STR_ARG(board_number(a, (double)nowhere, false)),
                            STR_ARG(m->unit)));
    }
    return OK;
}
