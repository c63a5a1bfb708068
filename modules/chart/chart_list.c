/* The records behind a figure: as a page, and as a file that says what was filtered. What a record is called comes from
   who counts it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/http/http.h"
#include "kernel/out/sheet.h"
#include "kernel/page/html.h"
#include "modules/chart/chart_link.h"
#include "modules/chart/chart_pages_gen.h"
#include "modules/chart/chart_queries.h"

enum { ON_A_PAGE = 50, MOST_ROWS = 100000, AT_ONCE = 1000, COLUMNS_MOST = 12 };

struct listing {
    struct chart_filter filter;
    unsigned outcomes;
    struct str today;
    struct chart_records_rows rows;
    struct metric_line *lines;
};

/* The place the address goes on from. */
static void place_read(struct get *g, struct date *before, int64_t *record) {
    if (!date_read_iso(query_param(g->request, S("before")), before)) {
        *before = (struct date){9999, 12, 31};
    }
    if (!num_read_between(query_param(g->request, S("record")), 0, INT64_MAX, record)) {
        *record = 0;
    }
}

static struct err lines_read(struct db_read *db, struct listing *l) {
    struct arena *a = db_arena(db);
    int64_t *ids = arena_take(a, int64_t, l->rows.n + 1);
    l->lines = arena_take(a, struct metric_line, l->rows.n + 1);
    for (size_t i = 0; i < l->rows.n; i++) {
        ids[i] = l->rows.at[i].record;
    }
    for (size_t i = 0; i < l->rows.n; i += AT_ONCE) {
        size_t n = l->rows.n - i < AT_ONCE ? l->rows.n - i : AT_ONCE;
        TRY(l->filter.of->lines(db, (struct db_ids){ids + i, n}, l->lines + i));
    }
    return OK;
}

static struct err listing_read(struct get *g, int64_t limit, struct listing *l) {
    const struct chart_filter *f = &l->filter;
    struct date before;
    int64_t record;
    place_read(g, &before, &record);
    l->today = date_iso(g->arena, clock_today());
    TRY(chart_records(g->db,
                      (struct chart_records_in){.source = f->of->code,
                                                .principal = f->principal,
                                                .from = f->from,
                                                .to = f->to,
                                                .field = f->field,
                                                .unit = f->unit,
                                                .commune = f->commune,
                                                .is_on_time = l->outcomes & METRIC_ON_TIME,
                                                .is_late = l->outcomes & METRIC_LATE,
                                                .is_done = l->outcomes & METRIC_DONE,
                                                .is_overdue = l->outcomes & METRIC_OVERDUE,
                                                .is_waiting = l->outcomes & METRIC_WAITING,
                                                .today_text = l->today,
                                                .before = before,
                                                .before_record = record,
                                                .limit = limit},
                      &l->rows));
    return lines_read(g->db, l);
}

static struct str outcome_words(const struct chart_records_row *r, struct str today) {
    if (str_eq(r->outcome, S("on_time"))) {
        return S("Đúng hạn");
    }
    if (str_eq(r->outcome, S("late"))) {
        return S("Xong trễ");
    }
    if (str_eq(r->outcome, S("done"))) {
        return S("Đã xong");
    }
    return r->due_day.len && str_cmp(r->due_day, today) < 0 ? S("Quá hạn") : S("Đang xử lý");
}

/* ---- As a page. */
static struct chart_record record_of(struct arena *a, const struct listing *l, size_t i) {
    const struct chart_records_row *r = &l->rows.at[i];
    const struct metric_line *line = &l->lines[i];
    struct str words = outcome_words(r, l->today);
    return (struct chart_record){.link = line->link,
                                 .arrival_no = line->book_no ? str_format(a, "%lld", (long long)line->book_no) : S(""),
                                 .code = line->number,
                                 .subject = line->title.len ? line->title : S("Chưa có nội dung"),
                                 .issuer = line->from,
                                 .lead = line->who,
                                 .field = r->field.len ? chart_field_name(l->filter.of, r->field) : S(""),
                                 .outcome = words,
                                 .arrival_on = r->day_on,
                                 .is_late = str_eq(words, S("Quá hạn")) || str_eq(words, S("Xong trễ")),
                                 .is_done = !str_eq(r->outcome, S("open"))};
}

static struct err records_page(struct get *g, struct listing *l) {
    struct arena *a = g->arena;
    const struct chart_filter *f = &l->filter;
    TRY(listing_read(g, ON_A_PAGE + 1, l));
    struct chart_records_view v = {.title = f->of->list,
                                   .heading = f->of->heading,
                                   .day = f->of->day,
                                   .live = f->of->code,
                                   .back = chart_link(a, S("/chart"), f, METRIC_EVERY),
                                   .excel = chart_file_link(a, f, l->outcomes, S(".xlsx"))};
    TRY(chart_filter_words(g->db, a, f, l->outcomes, &v.words));
    for (size_t i = 0; i < l->rows.n && i < ON_A_PAGE; i++) {
        if (l->lines[i].is_there) {
            LIST_ADD(a, &v.records, record_of(a, l, i));
        }
    }
    if (l->rows.n > ON_A_PAGE) {
        const struct chart_records_row *last = &l->rows.at[ON_A_PAGE - 1];
        v.older = link_local(a, "%.*s&before=%.*s&record=%lld", STR_ARG(chart_records_link(a, f, l->outcomes).v),
                             STR_ARG(date_iso(a, last->day_on)), (long long)last->record);
    }
    return answer_chart_records(g, &v);
}

/* ---- As a file. */
static const struct sheet_column *columns_of(struct arena *a, const struct metric_source *of) {
    struct sheet_column *to = arena_take(a, struct sheet_column, COLUMNS_MOST);
    size_t n = 0;
    to[n++] = (struct sheet_column){of->day, 12};
    for (const struct metric_column *c = of->columns; c->cell && n < COLUMNS_MOST - 4; c++) {
        to[n++] = (struct sheet_column){c->title, c->width};
    }
    if (of->field_at) {
        to[n++] = (struct sheet_column){of->field, 20};
    }
    to[n++] = (struct sheet_column){S("Hạn"), 12};
    to[n] = (struct sheet_column){S("Kết quả"), 14};
    return to;
}

static void cell_put(struct sheet *s, enum metric_cell cell, const struct metric_line *line) {
    switch (cell) {
    case METRIC_BOOK_NO: sheet_int(s, line->book_no); break;
    case METRIC_NUMBER: sheet_text(s, line->number); break;
    case METRIC_TITLE: sheet_text(s, line->title); break;
    case METRIC_FROM: sheet_text(s, line->from); break;
    case METRIC_WHO: sheet_text(s, line->who); break;
    }
}

static void row_put(struct sheet *s, const struct listing *l, size_t i) {
    const struct chart_records_row *r = &l->rows.at[i];
    const struct metric_source *of = l->filter.of;
    struct date due = {0};
    bool has_due = date_read_iso(r->due_day, &due);
    sheet_date(s, r->day_on);
    for (const struct metric_column *c = of->columns; c->cell; c++) {
        cell_put(s, c->cell, &l->lines[i]);
    }
    if (of->field_at) {
        sheet_text(s, r->field.len ? chart_field_name(of, r->field) : S(""));
    }
    sheet_date(s, has_due ? due : (struct date){0});
    sheet_text(s, outcome_words(r, l->today));
    sheet_row(s);
}

static struct err records_file(struct get *g, struct listing *l, enum sheet_format format) {
    struct arena *a = g->arena;
    const struct metric_source *of = l->filter.of;
    struct str words, bytes;
    TRY(chart_filter_words(g->db, a, &l->filter, l->outcomes, &words));
    TRY(listing_read(g, MOST_ROWS, l));
    struct buf notes = buf_in(a);
    buf_put(&notes, words);
    BUF_LIT(&notes, "\nTính đến ");
    instant_put_vi(&notes, clock_now());
    struct sheet *s;
    TRY(sheet_begin(a, format, of->title, buf_str(&notes), columns_of(a, of), &s));
    for (size_t i = 0; i < l->rows.n; i++) {
        if (l->lines[i].is_there) {
            row_put(s, l, i);
        }
    }
    TRY(sheet_end(s, &bytes));
    struct str ending = format == SHEET_CSV ? S(".csv") : S(".xlsx");
    return answer_download(g, sheet_type(format), str_format(a, "%.*s%.*s", STR_ARG(of->file), STR_ARG(ending)), bytes);
}

struct err chart_records_get(struct get *g) {
    struct listing l = {.outcomes = chart_outcomes_read(query_param(g->request, S("outcome")))};
    struct str fault = S(""), code, ending;
    TRY(chart_filter_read(g, &l.filter, &fault));
    str_cut(path_param(g->request, S("of")), S("."), &code, &ending);
    if (str_eq(ending, S("xlsx"))) {
        return records_file(g, &l, SHEET_XLSX);
    }
    if (str_eq(ending, S("csv"))) {
        return records_file(g, &l, SHEET_CSV);
    }
    return ending.len ? FAIL(ERR_MISSING, "no such file of records") : records_page(g, &l);
}
