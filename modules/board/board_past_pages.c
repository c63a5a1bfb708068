/* Months before the program, and how published forecasts came out. */
#include <math.h>

#include "base/arena.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/page/form.h"
#include "modules/board/board_own.h"
#include "modules/board/board_pages.h"
#include "modules/board/board_pages_gen.h"
#include "modules/board/board_queries.h"
#include "modules/chart/chart_link.h"

#include "base/banned.h"

enum { ON_A_PAGE = 40 };
#define PAST_MOST INT64_C(1000000000)

const struct field board_past_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("metric"), .label = S_INIT("Chỉ số"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước tháng"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("record"), .label = S_INIT("Trước mục"), .most = 20},
    {0},
};
const struct field board_past_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("metric"), .label = S_INIT("Chỉ số"), .is_required = true, .most = 40},
    {.kind = FIELD_DATE, .name = S_INIT("month"), .label = S_INIT("Một ngày trong tháng"), .is_required = true},
    {.kind = FIELD_INT, .name = S_INIT("n"), .label = S_INIT("Số"), .is_required = true, .most = PAST_MOST},
    {.kind = FIELD_LINE,
     .name = S_INIT("report"),
     .label = S_INIT("Theo báo cáo nào"),
     .is_required = true,
     .most = 200},
    {0},
};

static bool may_write(const struct who *who) { return who->roles & (ROLE_CLERK | ROLE_LEADER | ROLE_HEAD); }

static void metrics_fill(struct get *g, struct board_past_view *v, struct str chosen) {
    struct board_metrics all;
    board_metrics(g->arena, g->app, &all);
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].m->kind == METRIC_COUNT) {
            LIST_ADD(g->arena, &v->metrics,
                     (struct board_option){all.at[i].m->code, all.at[i].m->title, str_eq(all.at[i].m->code, chosen)});
        }
    }
}

static struct err lines_fill(struct get *g, struct board_past_view *v, struct str metric) {
    struct board_past_list_rows rows;
    struct arena *a = g->arena;
    struct board_past_list_in in = {.organ = g->who->organ.v, .f_metric = metric, .most = ON_A_PAGE + 1};
    if (g->form || !date_read_iso(query_param(g->request, S("before")), &in.before)) {
        in.before = (struct date){9999, 12, 31};
    }
    if (g->form || !num_read_between(query_param(g->request, S("record")), 0, INT64_MAX, &in.before_id)) {
        in.before_id = 0;
    }
    TRY(board_past_list(g->db, in, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct board_past_list_row *r = &rows.at[i];
        struct board_metric m;
        LIST_ADD(a, &v->lines,
                 (struct board_past_line){.id = r->id.v,
                                          .metric = board_metric_find(g->app, r->metric, &m) ? m.m->title : r->metric,
                                          .month = str_format(a, "%02d/%04d", r->month_on.month, r->month_on.year),
                                          .n = board_number(a, (double)r->n, false),
                                          .report = r->report});
    }
    if (rows.n > ON_A_PAGE) {
        const struct board_past_list_row *last = &rows.at[ON_A_PAGE - 1];
        v->older = link_local(a, "/board/past?metric=%.*s&before=%.*s&record=%lld", STR_ARG(metric),
                              STR_ARG(date_iso(a, last->month_on)), (long long)last->id.v);
    }
    return OK;
}

struct err board_past_get(struct get *g) {
    struct str metric = g->form ? S("") : query_param(g->request, S("metric"));
    struct board_past_view v = {.form = form_begin(g->arena, board_past_fields, g->form),
                                .may_write = may_write(g->who)};
    struct str typed = form_text(v.form, "metric");
    TRY(lines_fill(g, &v, metric));
    metrics_fill(g, &v, typed.len ? typed : metric);
    return answer_board_past(g, &v);
}

struct err board_past_post(struct post *p) {
    struct board_metric m;
    if (!may_write(p->who)) {
        return FAIL(ERR_DENIED, "old figures are typed by clerks and leaders");
    }
    if (!board_metric_find(p->app, form_text(p->form, "metric"), &m) || m.m->kind != METRIC_COUNT) {
        form_fault(p->form, "metric", "Không có chỉ số đếm này. Chọn trong danh sách.");
    }
    TRY(form_check(p->form));
    TRY(board_past_add(p->db, p->who,
                       &(struct board_past_new){.metric = m.m->code,
                                                .report = form_text(p->form, "report"),
                                                .month = form_date(p->form, "month"),
                                                .n = form_number(p->form, "n")}));
    flash(p, "Đã ghi số của tháng.");
    return see_other(p, "/board/past?metric=%.*s", STR_ARG(m.m->code));
}

struct err board_past_removal_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    if (!may_write(p->who)) {
        return FAIL(ERR_MISSING, "old figures are taken away by clerks and leaders");
    }
    TRY(board_past_drop(p->db, p->who, id));
    flash(p, "Đã bỏ số của tháng.");
    return see_other(p, "/board/past");
}

/* --- Forecasts, scored ------------------------------------------------------------------------------------------- */
static bool actual_of(const struct board_months *months, struct date on, double *value) {
    for (size_t i = 0; i < BOARD_MONTHS; i++) {
        const struct board_month *m = &months->at[i];
        if (date_is(m->on, on) && m->is_whole && m->is_known) {
            *value = m->value;
            return true;
        }
    }
    return false;
}

struct tally {
    double miss, naive;
    int n, held;
};

static void score_add(struct arena *a, struct board_scores *to, const struct board_forecast_list_row *r,
                      const struct board_months *months, struct tally *tally) {
    double actual = 0;
    struct board_score s = {
        .month = str_format(a, "%02d/%04d", r->month_on.month, r->month_on.year),
        .origin = str_format(a, "%02d/%04d", r->origin_on.month, r->origin_on.year),
        .value = board_number(a, r->value, false),
        .band = str_format(a, "%.*s–%.*s%s", STR_ARG(board_number(a, r->low80, false)),
                           STR_ARG(board_number(a, r->high80, false)), r->is_estimate ? " (ước)" : ""),
        .is_over = actual_of(months, r->month_on, &actual),
    };
    if (s.is_over) {
        double miss = fabs(actual - r->value), naive = fabs(actual - r->naive);
        s.actual = board_number(a, actual, false);
        s.miss = board_number(a, miss, false);
        s.naive_miss = board_number(a, naive, false);
        s.is_held = actual >= r->low80 - .5 && actual <= r->high80 + .5;
        s.is_better = miss < naive;
        *tally = (struct tally){tally->miss + miss, tally->naive + naive, tally->n + 1, tally->held + s.is_held};
    }
    LIST_ADD(a, &to->scores, s);
}

static void tally_words(struct arena *a, struct board_scores *to, const struct tally *t) {
    if (!t->n) {
        to->words = S("Chưa có tháng nào hết để chấm.");
        return;
    }
    to->words = str_format(a,
                           "Đã chấm %d lần: sai trung bình %.*s, lấy theo cùng kỳ năm trước sai %.*s; %d lần nằm "
                           "trong dải 8 trong 10 lần.",
                           t->n, STR_ARG(board_number(a, t->miss / t->n, true)),
                           STR_ARG(board_number(a, t->naive / t->n, true)), t->held);
}

/* The forecasts of one metric, from *i on. */
static struct err metric_scores(struct board_look *look, const struct modules *app,
                                const struct board_forecast_list_rows *rows, size_t *i, struct board_scores *to) {
    struct arena *a = look->arena;
    struct board_metric m;
    struct board_source *s;
    struct board_months months = {0};
    struct tally tally = {0};
    struct str code = rows->at[*i].metric;
    *to = (struct board_scores){.title = code, .link = link_local(a, "/board/metric/%.*s", STR_ARG(code))};
    if (board_metric_find(app, code, &m)) {
        to->title = m.m->title;
        TRY(board_source_look(look, m.of, &s));
        TRY(board_months(look, s, &m, &months));
    }
    for (; *i < rows->n && str_eq(rows->at[*i].metric, code); *i += 1) {
        score_add(a, to, &rows->at[*i], &months, &tally);
    }
    tally_words(a, to, &tally);
    return OK;
}

/* Of the widest scope the hat has. */
static struct err widest(struct get *g, struct board_filter *f) {
    struct chart_scopes scopes;
    chart_scopes_of(g->who, &scopes);
    *f = (struct board_filter){.span = BOARD_MONTH, .on = clock_today(), .scope = scopes.n ? scopes.at[0] : CHART_POST};
    board_dates_of(f, clock_today());
    return chart_principal(g->db, g->who, f->scope, &f->principal);
}

struct err board_forecasts_get(struct get *g) {
    struct board_forecast_view v = {0};
    struct board_forecast_list_rows rows;
    struct board_filter f;
    TRY(widest(g, &f));
    v.scope_name = chart_scope_name(f.scope);
    struct board_look look = {
        .db = g->db, .arena = g->arena, .filter = &f, .organ = g->who->organ.v, .today = clock_today()};
    TRY(board_forecast_list(g->db, (struct board_forecast_list_in){.principal = f.principal}, &rows));
    for (size_t i = 0; i < rows.n;) {
        TRY(metric_scores(&look, g->app, &rows, &i, LIST_PUSH(g->arena, &v.metrics)));
    }
    return answer_board_forecast(g, &v);
}
