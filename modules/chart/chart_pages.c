/* Thống kê: the filters live in the address; every figure opens its records; Excel and CSV carry the same filters. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "kernel/module.h"
#include "kernel/out/sheet.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"
#include "modules/chart/chart_pages_gen.h"
#include "modules/chart/chart_queries.h"
#include "modules/document/document.h"
#include "modules/org/org.h"

enum { ON_A_PAGE = 50 };

static const struct field chart_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("scope"), .label = S_INIT("Phạm vi"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("step"), .label = S_INIT("Theo"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Từ ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Đến ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("unit"), .label = S_INIT("Đơn vị"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("outcome"), .label = S_INIT("Kết quả"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("record"), .label = S_INIT("Trước văn bản"), .most = 20},
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
        .total = {s->total, chart_records_link(a, &mark, S(""))},
        .on_time = {s->on_time, chart_records_link(a, &mark, S("on_time"))},
        .late = {s->late, chart_records_link(a, &mark, S("late"))},
        .done = {s->done, chart_records_link(a, &mark, S("done"))},
        .overdue = {s->overdue, chart_records_link(a, &mark, S("overdue"))},
        .waiting = {s->waiting, chart_records_link(a, &mark, S("waiting"))},
    };
}

/* "Nhiều nhất: … (12). Tổng cộng 48." */
static struct str summary_of(struct arena *a, const struct chart_buckets *buckets) {
    const struct chart_bucket *most = NULL;
    int64_t total = 0;
    for (size_t i = 0; i < buckets->n; i++) {
        total += buckets->at[i].sum.total;
        most = !most || buckets->at[i].sum.total > most->sum.total ? &buckets->at[i] : most;
    }
    if (!most || total == 0) {
        return S("Chưa có văn bản nào trong khoảng này.");
    }
    return str_format(a, "Nhiều nhất: %.*s (%lld). Tổng cộng %lld văn bản.", STR_ARG(most->label),
                      (long long)most->sum.total, (long long)total);
}

static void table_fill(struct arena *a, struct chart_table *t, const struct chart_filter *f,
                       const struct chart_buckets *buckets) {
    t->summary = summary_of(a, buckets);
    for (size_t i = 0; i < buckets->n; i++) {
        LIST_ADD(a, &t->lines, line_of(a, f, &buckets->at[i]));
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
    for (const struct document_word *w = document_fields; w->code.len; w++) {
        LIST_ADD(a, &v->fields, (struct chart_option){w->code, w->name, str_eq(w->code, f->field)});
    }
}

static void outcomes_fill(struct arena *a, struct chart_show *v, const struct chart_filter *f,
                          const struct chart_sum *sum) {
    const struct {
        struct str label, outcome, hue;
        int64_t n;
    } each[] = {
        {S("Xong đúng hạn"), S("on_time"), S("green"), sum->on_time},
        {S("Xong, không hạn"), S("done"), S("blue"), sum->done},
        {S("Xong trễ"), S("late"), S("gold"), sum->late},
        {S("Đang xử lý"), S("waiting"), S("quiet"), sum->waiting},
        {S("Quá hạn"), S("overdue"), S("red"), sum->overdue},
    };
    v->by_outcome = (struct chart_table){
        .id = S("by-outcome"), .title = S("Đúng hạn và trễ hạn"), .of = S("Kết quả"), .is_single = true};
    int64_t ended = sum->on_time + sum->late;
    v->by_outcome.summary = ended == 0 ? S("Chưa có văn bản có hạn nào làm xong.")
                                       : str_format(a, "%lld %% văn bản có hạn đã làm xong là đúng hạn.",
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
    v->by_unit = (struct chart_table){.id = S("by-unit"), .title = S("Theo đơn vị chủ trì"), .of = S("Đơn vị")};
    v->by_field = (struct chart_table){.id = S("by-field"), .title = S("Theo lĩnh vực"), .of = S("Lĩnh vực")};
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

static struct err unit_name(struct db_read *db, int64_t unit, struct str *name) {
    struct org_unit u;
    struct err e = unit ? org_unit(db, (struct unit_id){unit}, &u) : OK;
    if (err_is(e, ERR_MISSING)) {
        *name = S("");
        return OK;
    }
    TRY(e);
    *name = unit ? u.short_name : S("");
    return OK;
}

static struct err chart_show_get(struct get *g) {
    struct arena *a = g->arena;
    struct chart_filter f;
    struct chart_show v = {.at = clock_now()};
    TRY(chart_filter_read(g, &f, &v.fault));
    struct chart_figures figures;
    TRY(chart_figures(g->db, &f, clock_today(), &figures));
    v.scope = chart_scope_code(f.scope);
    v.scope_name = chart_scope_name(f.scope);
    v.field = f.field;
    v.field_name = f.field.len ? document_word(document_fields, f.field) : S("");
    v.unit = f.unit;
    v.from = f.from;
    v.to = f.to;
    TRY(unit_name(g->db, f.unit, &v.unit_name));
    options_fill(a, &v, g->who, &f);
    tables_fill(a, &v, &f, &figures);
    v.excel = chart_link(a, "/chart/document.xlsx", &f, S(""));
    v.csv = chart_link(a, "/chart/document.csv", &f, S(""));
    struct chart_filter every = f;
    every.unit = 0;
    v.all_units = chart_link(a, "/chart", &every, S(""));
    return answer_chart_show(g, &v);
}

static struct str outcome_words(struct str outcome, struct str due_day, struct str today) {
    if (str_eq(outcome, S("on_time"))) {
        return S("Đúng hạn");
    }
    if (str_eq(outcome, S("late"))) {
        return S("Xong trễ");
    }
    if (str_eq(outcome, S("done"))) {
        return S("Đã xong");
    }
    return due_day.len && str_cmp(due_day, today) < 0 ? S("Quá hạn") : S("Đang xử lý");
}

static struct err records_read(struct get *g, const struct chart_filter *f, int64_t limit,
                               struct chart_records_rows *rows) {
    struct date before = date_plus(f->to, 1);
    int64_t record = 0;
    if (!date_read_iso(query_param(g->request, S("before")), &before)) {
        before = date_plus(f->to, 1);
    }
    if (!num_read_between(query_param(g->request, S("record")), 0, INT64_MAX, &record)) {
        record = 0;
    }
    return chart_records(g->db,
                         (struct chart_records_in){.principal = f->principal,
                                                   .from = f->from,
                                                   .to = f->to,
                                                   .field = f->field,
                                                   .unit = f->unit,
                                                   .outcome = query_param(g->request, S("outcome")),
                                                   .today_text = date_iso(g->arena, clock_today()),
                                                   .before = before,
                                                   .before_record = record,
                                                   .limit = limit},
                         rows);
}

static struct err chart_documents_get(struct get *g) {
    struct arena *a = g->arena;
    struct chart_filter f;
    struct str fault = S("");
    TRY(chart_filter_read(g, &f, &fault));
    struct chart_records_rows rows;
    TRY(records_read(g, &f, ON_A_PAGE + 1, &rows));
    struct str today = date_iso(a, clock_today());
    struct str outcome = query_param(g->request, S("outcome"));
    struct chart_documents v = {.back = chart_link(a, "/chart", &f, S("")),
                                .excel = chart_link(a, "/chart/document.xlsx", &f, outcome)};
    TRY(chart_filter_words(g->db, a, &f, outcome, &v.words));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct chart_records_row *r = &rows.at[i];
        struct str words = outcome_words(r->outcome, r->due_day, today);
        LIST_ADD(a, &v.records,
                 (struct chart_record){.link = link_local(a, "/document/%lld", (long long)r->record),
                                       .arrival_no = str_format(a, "%lld", (long long)r->arrival_no),
                                       .code = r->code,
                                       .subject = r->subject,
                                       .issuer = r->issuer,
                                       .lead = r->lead_name,
                                       .field = document_word(document_fields, r->field),
                                       .outcome = words,
                                       .arrival_on = r->arrival_on,
                                       .is_late = str_eq(words, S("Quá hạn")) || str_eq(words, S("Xong trễ")),
                                       .is_done = !str_eq(r->outcome, S("open"))});
    }
    if (rows.n > ON_A_PAGE) {
        const struct chart_records_row *last = &rows.at[ON_A_PAGE - 1];
        v.older = link_local(a, "%.*s&before=%.*s&record=%lld", STR_ARG(chart_records_link(a, &f, outcome).v),
                             STR_ARG(date_iso(a, last->arrival_on)), (long long)last->record);
    }
    return answer_chart_documents(g, &v);
}

static const struct sheet_column sheet_columns[] = {
    {S_INIT("Ngày đến"), 12},    {S_INIT("Số đến"), 8},
    {S_INIT("Số, ký hiệu"), 20}, {S_INIT("Trích yếu"), 60},
    {S_INIT("Cơ quan"), 30},     {S_INIT("Chủ trì"), 24},
    {S_INIT("Lĩnh vực"), 20},    {S_INIT("Hạn"), 12},
    {S_INIT("Kết quả"), 14},     {.width = 0},
};

static void sheet_record(struct sheet *s, const struct chart_records_row *r, struct str today) {
    struct date due = {0};
    bool has_due = date_read_iso(r->due_day, &due);
    sheet_date(s, r->arrival_on);
    sheet_int(s, r->arrival_no);
    sheet_text(s, r->code);
    sheet_text(s, r->subject);
    sheet_text(s, r->issuer);
    sheet_text(s, r->lead_name);
    sheet_text(s, document_word(document_fields, r->field));
    sheet_date(s, has_due ? due : (struct date){0});
    sheet_text(s, outcome_words(r->outcome, r->due_day, today));
    sheet_row(s);
}

static struct err export_as(struct get *g, enum sheet_format format, struct str name) {
    enum { MOST_ROWS = 100000 };
    struct arena *a = g->arena;
    struct chart_filter f;
    struct str fault = S(""), words, bytes;
    TRY(chart_filter_read(g, &f, &fault));
    TRY(chart_filter_words(g->db, a, &f, query_param(g->request, S("outcome")), &words));
    struct chart_records_rows rows;
    TRY(records_read(g, &f, MOST_ROWS, &rows));
    struct buf notes = buf_in(a);
    buf_put(&notes, words);
    BUF_LIT(&notes, "\nTính đến ");
    instant_put_vi(&notes, clock_now());
    struct sheet *s;
    TRY(sheet_begin(a, format, S("Văn bản đến"), buf_str(&notes), sheet_columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        sheet_record(s, &rows.at[i], date_iso(a, clock_today()));
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(format), name, bytes);
}

static struct err chart_excel_get(struct get *g) { return export_as(g, SHEET_XLSX, S("van-ban-den.xlsx")); }
static struct err chart_csv_get(struct get *g) { return export_as(g, SHEET_CSV, S("van-ban-den.csv")); }

const struct route chart_routes[] = {
    {.method = METHOD_GET,
     .path = "/chart",
     .access = ACCESS_SIGNED_IN,
     .get = chart_show_get,
     .fields = chart_query,
     .name = S_INIT("Thống kê")},
    {.method = METHOD_GET,
     .path = "/chart/document",
     .access = ACCESS_SIGNED_IN,
     .get = chart_documents_get,
     .fields = chart_query,
     .name = S_INIT("Văn bản sau con số")},
    {.method = METHOD_GET,
     .path = "/chart/document.xlsx",
     .access = ACCESS_SIGNED_IN,
     .get = chart_excel_get,
     .fields = chart_query,
     .name = S_INIT("Xuất Excel thống kê")},
    {.method = METHOD_GET,
     .path = "/chart/document.csv",
     .access = ACCESS_SIGNED_IN,
     .get = chart_csv_get,
     .fields = chart_query,
     .name = S_INIT("Xuất CSV thống kê")},
    {0},
};
