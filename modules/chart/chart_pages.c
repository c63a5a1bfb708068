/* Thống kê: the filters live in the address; every figure opens its records. */
#include "base/arena.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "kernel/module.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"
#include "modules/chart/chart_pages_gen.h"

static const struct field chart_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("of"), .label = S_INIT("Thống kê"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("scope"), .label = S_INIT("Phạm vi"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("step"), .label = S_INIT("Theo"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Từ ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Đến ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("unit"), .label = S_INIT("Đơn vị"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("commune"), .label = S_INIT("Xã, phường"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("outcome"), .label = S_INIT("Kết quả"), .most = 60},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("record"), .label = S_INIT("Trước mục"), .most = 20},
    {0},
};

static struct chart_line line_of(struct arena *a, const struct chart_filter *f, const struct chart_bucket *b) {
    struct chart_filter mark = *f;
    if (b->from.year) {
        mark.from = b->from;
        mark.to = b->to;
    }
    mark.field = b->field.len ? b->field : f->field;
    mark.unit = b->unit ? b->unit : f->unit;
    const struct chart_sum *s = &b->sum;
    return (struct chart_line){
        .label = b->label,
        .total = {s->total, chart_records_link(a, &mark, METRIC_EVERY)},
        .on_time = {s->on_time, chart_records_link(a, &mark, METRIC_ON_TIME)},
        .late = {s->late, chart_records_link(a, &mark, METRIC_LATE)},
        .done = {s->done, chart_records_link(a, &mark, METRIC_DONE)},
        .overdue = {s->overdue, chart_records_link(a, &mark, METRIC_OVERDUE)},
        .waiting = {s->waiting, chart_records_link(a, &mark, METRIC_WAITING)},
    };
}

/* "Nhiều nhất: … (12). Tổng cộng 48." */
static struct str summary_of(struct arena *a, const struct metric_source *of, const struct chart_buckets *buckets) {
    const struct chart_bucket *most = NULL;
    int64_t total = 0;
    for (size_t i = 0; i < buckets->n; i++) {
        total += buckets->at[i].sum.total;
        most = !most || buckets->at[i].sum.total > most->sum.total ? &buckets->at[i] : most;
    }
    if (!most || total == 0) {
        return of->none;
    }
    return str_format(a, "Nhiều nhất: %.*s (%lld). Tổng cộng %lld.", STR_ARG(most->label), (long long)most->sum.total,
                      (long long)total);
}

/* Of a table of what is open only, the total opens what is open. */
static void table_fill(struct arena *a, struct chart_table *t, const struct chart_filter *f,
                       const struct chart_buckets *buckets) {
    t->summary = summary_of(a, f->of, buckets);
    for (size_t i = 0; i < buckets->n; i++) {
        struct chart_line line = line_of(a, f, &buckets->at[i]);
        if (t->is_open_only) {
            struct chart_filter mark = *f;
            mark.from = buckets->at[i].from;
            mark.to = buckets->at[i].to;
            line.total.link = chart_records_link(a, &mark, METRIC_OPEN);
            line.on_time = line.late = line.done = (struct chart_figure){0};
        }
        LIST_ADD(a, &t->lines, line);
    }
}

static void options_fill(struct arena *a, struct chart_show *v, const struct who *who, const struct chart_filter *f) {
    struct chart_scopes scopes;
    chart_scopes_of(who, &scopes);
    for (size_t i = 0; i < scopes.n; i++) {
        LIST_ADD(a, &v->scopes,
                 (struct chart_option){chart_scope_code(scopes.at[i]), chart_scope_name(scopes.at[i]),
                                       scopes.at[i] == f->scope});
    }
    LIST_ADD(a, &v->steps, (struct chart_option){S("week"), S("Tuần"), f->step == CHART_WEEK});
    LIST_ADD(a, &v->steps, (struct chart_option){S("month"), S("Tháng"), f->step == CHART_MONTH});
    struct metric_word word;
    for (size_t i = 0; f->of->field_at && f->of->field_at(i, &word); i++) {
        LIST_ADD(a, &v->fields, (struct chart_option){word.code, word.name, str_eq(word.code, f->field)});
    }
}

static void outcomes_fill(struct arena *a, struct chart_show *v, const struct chart_filter *f,
                          const struct chart_sum *sum) {
    const struct {
        struct str label, hue;
        enum metric_outcome outcome;
        int64_t n;
    } each[] = {
        {S("Xong đúng hạn"), S("green"), METRIC_ON_TIME, sum->on_time},
        {S("Xong, không hạn"), S("blue"), METRIC_DONE, sum->done},
        {S("Xong trễ"), S("gold"), METRIC_LATE, sum->late},
        {S("Đang xử lý"), S("quiet"), METRIC_WAITING, sum->waiting},
        {S("Quá hạn"), S("red"), METRIC_OVERDUE, sum->overdue},
    };
    v->by_outcome = (struct chart_table){
        .id = S("by-outcome"), .title = S("Đúng hạn và trễ hạn"), .of = S("Kết quả"), .is_single = true};
    int64_t ended = sum->on_time + sum->late;
    v->by_outcome.summary = ended == 0 ? S("Chưa có việc có hạn nào làm xong.")
                                       : str_format(a, "%lld %% việc có hạn đã làm xong là đúng hạn.",
                                                    (long long)(sum->on_time * 100 / ended));
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        LIST_ADD(a, &v->by_outcome.lines,
                 (struct chart_line){.label = each[i].label,
                                     .hue = each[i].hue,
                                     .total = {each[i].n, chart_records_link(a, f, each[i].outcome)}});
    }
}

static void tables_fill(struct arena *a, struct chart_show *v, const struct chart_filter *f,
                        const struct chart_figures *figures) {
    v->by_time = (struct chart_table){.id = S("by-time"),
                                      .title = S("Theo thời gian"),
                                      .is_column = true,
                                      .of = f->step == CHART_WEEK ? S("Tuần từ ngày") : S("Tháng")};
    v->by_unit = (struct chart_table){.id = S("by-unit"), .title = f->of->by_unit, .of = S("Đơn vị")};
    v->by_field = (struct chart_table){.id = S("by-field"), .title = f->of->by_field, .of = f->of->field};
    v->by_age = (struct chart_table){.id = S("by-age"),
                                     .title = S("Tuổi của việc đang mở"),
                                     .of = S("Từ ngày đến"),
                                     .is_column = true,
                                     .is_open_only = true};
    table_fill(a, &v->by_time, f, &figures->by_time);
    table_fill(a, &v->by_unit, f, &figures->by_unit);
    table_fill(a, &v->by_field, f, &figures->by_field);
    table_fill(a, &v->by_age, f, &figures->by_age);
    outcomes_fill(a, v, f, &figures->sum);
    struct chart_bucket all = {.label = S("Tất cả"), .from = f->from, .to = f->to, .sum = figures->sum};
    v->sum = line_of(a, f, &all);
}

static struct chart_metric metric_of(struct arena *a, const struct chart_filter *f, const struct chart_sum *sum,
                                     const struct metric *m) {
    int64_t of = chart_count(sum, m->of), per = chart_count(sum, m->per);
    bool is_ratio = m->kind == METRIC_RATIO;
    return (struct chart_metric){.code = m->code,
                                 .title = m->title,
                                 .definition = m->definition,
                                 .unit = m->unit,
                                 .source = f->of->source,
                                 .of = {of, chart_records_link(a, f, m->of)},
                                 .per = {per, chart_records_link(a, f, is_ratio ? m->per : m->of)},
                                 .percent = per ? of * 100 / per : 0,
                                 .is_ratio = is_ratio,
                                 .has_percent = is_ratio && per > 0,
                                 .is_up_good = m->good == METRIC_UP,
                                 .is_down_good = m->good == METRIC_DOWN,
                                 .least = m->least};
}

static void metrics_fill(struct arena *a, struct chart_show *v, const struct chart_filter *f,
                         const struct chart_sum *sum) {
    for (const struct metric *m = f->of->metrics; m && m->code.len; m++) {
        LIST_ADD(a, &v->metrics, metric_of(a, f, sum, m));
    }
}

struct sources {
    const struct metric_source **at;
    size_t n;
};

/* Small orders first; those of one order as their modules stand. */
static void source_add(struct arena *a, struct sources *all, const struct metric_source *s) {
    LIST_ADD(a, all, s);
    size_t at = all->n - 1;
    for (; at > 0 && all->at[at - 1]->order > s->order; at--) {
        all->at[at] = all->at[at - 1];
    }
    all->at[at] = s;
}

/* One tab for each kind of record that is counted. */
static void sources_fill(struct get *g, struct chart_show *v, const struct chart_filter *f) {
    struct sources all = {0};
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct metric_source *s = g->app->at[i]->metrics; s && s->code.len; s++) {
            source_add(g->arena, &all, s);
        }
    }
    for (size_t i = 0; i < all.n; i++) {
        struct chart_filter other = *f;
        other.of = all.at[i];
        other.field = all.at[i] == f->of ? f->field : S("");
        LIST_ADD(g->arena, &v->sources,
                 (struct tab){.label = all.at[i]->title,
                              .link = chart_link(g->arena, S("/chart"), &other, METRIC_EVERY),
                              .is_current = all.at[i] == f->of});
    }
}

static void head_fill(struct arena *a, struct chart_show *v, const struct chart_filter *f) {
    struct chart_filter every = *f;
    every.unit = 0;
    v->heading = f->of->heading;
    v->live = v->of = f->of->code;
    v->all_title = f->of->all;
    v->field_title = f->of->field_at ? f->of->field : S("");
    v->scope = chart_scope_code(f->scope);
    v->scope_name = chart_scope_name(f->scope);
    v->step = f->step == CHART_WEEK ? S("week") : S("month");
    v->field = f->field;
    v->field_name = f->field.len ? chart_field_name(f->of, f->field) : S("");
    v->unit = f->unit;
    v->from = f->from;
    v->to = f->to;
    v->excel = chart_file_link(a, f, METRIC_EVERY, S(".xlsx"));
    v->csv = chart_file_link(a, f, METRIC_EVERY, S(".csv"));
    v->commune = f->commune;
    v->commune_name = chart_commune_name(a, f->commune);
    every.commune = S("");
    v->all_units = chart_link(a, S("/chart"), &every, METRIC_EVERY);
}

static struct err chart_show_get(struct get *g) {
    struct arena *a = g->arena;
    struct chart_filter f;
    struct chart_show v = {.at = clock_now()};
    TRY(chart_filter_read(g, &f, &v.fault));
    struct chart_figures figures;
    TRY(chart_figures(g->db, &f, clock_today(), &figures));
    TRY(chart_unit_name(g->db, f.unit, &v.unit_name));
    head_fill(a, &v, &f);
    sources_fill(g, &v, &f);
    options_fill(a, &v, g->who, &f);
    tables_fill(a, &v, &f, &figures);
    metrics_fill(a, &v, &f, &figures.sum);
    return answer_chart_show(g, &v);
}

const struct route chart_routes[] = {
    {.method = METHOD_GET,
     .path = "/chart",
     .access = ACCESS_SIGNED_IN,
     .get = chart_show_get,
     .fields = chart_query,
     .name = S_INIT("Thống kê")},
    {.method = METHOD_GET,
     .path = "/chart/{of}",
     .access = ACCESS_SIGNED_IN,
     .get = chart_records_get,
     .fields = chart_query,
     .name = S_INIT("Danh sách sau con số, bảng Excel và CSV")},
    {0},
};
