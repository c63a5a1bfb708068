/* A report as a table of the units that send it, with its sum; the same as a file. */
#include "base/arena.h"
#include "kernel/out/sheet.h"
#include "kernel/rights/access.h"
#include "modules/register/register_ask.h"
#include "modules/register/register_pages.h"
#include "modules/register/register_pages_gen.h"
#include "modules/register/register_report.h"

#include "base/banned.h"

struct table {
    struct register_report_by_id_row *report;
    struct register_lines lines;
    struct register_returns_of_rows returns;
    struct register_figures_of_rows figures;
};

static struct err table_load(struct get *g, struct table *t) {
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(register_report_by_id(g->db, (struct register_report_by_id_in){.id = id}, &t->report));
    if (!t->report) {
        return FAIL(ERR_MISSING, "no such report");
    }
    TRY(access_require(g->db, id, g->who->post.v, CAN_READ));
    TRY(register_lines_load(g->db, id, &t->lines));
    TRY(register_returns_of(g->db, (struct register_returns_of_in){.report = {id}}, &t->returns));
    return register_figures_of(g->db, (struct register_figures_of_in){.report = {id}}, &t->figures);
}

/* Figures stand in the order of returns and places. */
static const struct register_figures_of_row *figure_of(const struct table *t, int64_t id, int64_t place) {
    size_t low = 0, high = t->figures.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct register_figures_of_row *f = &t->figures.at[middle];
        bool is_before = f->unit_return.v < id || (f->unit_return.v == id && f->place < place);
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    bool is_it = low < t->figures.n && t->figures.at[low].unit_return.v == id && t->figures.at[low].place == place;
    return is_it ? &t->figures.at[low] : NULL;
}

static struct str number_shown(struct arena *a, int64_t number) {
    return register_shown_number(a, FIELDS_DECIMAL, number);
}

static bool is_late(const struct register_returns_of_row *r) {
    return !str_eq(r->state, S("sent")) && date_cmp(r->due_on, clock_today()) < 0;
}

static void row_fill(struct get *g, const struct table *t, const struct register_returns_of_row *r,
                     struct register_report_view *v) {
    bool is_sent = str_eq(r->state, S("sent"));
    struct register_report_row row = {.name = r->short_name,
                                      .state = register_state_words(r->state),
                                      .words = is_sent ? r->words : r->reason,
                                      .link = link_record(g->arena, S("/register/return/"), r->id.v, S("")),
                                      .sent_at = is_sent ? r->sent_at : (struct instant){0},
                                      .is_late = is_late(r),
                                      .is_sent = is_sent,
                                      .is_returned = str_eq(r->state, S("returned"))};
    for (size_t i = 0; i < t->lines.n; i++) {
        const struct register_figures_of_row *f = figure_of(t, r->id.v, t->lines.at[i].place);
        if (t->lines.at[i].source != REGISTER_CHECK) {
            LIST_ADD(g->arena, &row.figures,
                     (struct register_figure){f ? number_shown(g->arena, f->number) : S("chưa có"), !f});
        }
    }
    LIST_ADD(g->arena, &v->rows, row);
}

static void sums_fill(struct get *g, const struct table *t, struct register_report_view *v) {
    for (size_t i = 0; i < t->lines.n; i++) {
        int64_t sum = 0;
        if (t->lines.at[i].source == REGISTER_CHECK) {
            continue;
        }
        for (size_t k = 0; k < t->figures.n; k++) {
            sum += t->figures.at[k].place == t->lines.at[i].place ? t->figures.at[k].number : 0;
        }
        LIST_ADD(g->arena, &v->columns,
                 (struct register_report_column){t->lines.at[i].place, t->lines.at[i].title, t->lines.at[i].unit});
        LIST_ADD(g->arena, &v->sums, (struct register_figure){number_shown(g->arena, sum), false});
    }
}

static void tabs_fill(struct get *g, struct register_report_view *v, int64_t id, struct str box) {
    const struct {
        const char *box;
        struct str label;
        int64_t n;
    } all[] = {{"all", S("Tất cả"), v->asked},
               {"sent", S("Đã gửi"), v->sent},
               {"open", S("Chưa gửi"), v->asked - v->sent},
               {"late", S("Trễ hạn"), v->late}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        LIST_ADD(g->arena, &v->tabs,
                 (struct tab){.label = all[i].label,
                              .link = link_local(g->arena, "/register/report/%lld?box=%s", (long long)id, all[i].box),
                              .count = all[i].n,
                              .is_counted = true,
                              .is_hot = i == 3 && all[i].n,
                              .is_current = str_eq(str_of(all[i].box), box)});
    }
}

static struct register_report_view table_head(struct get *g, const struct table *t) {
    const struct register_report_by_id_row *r = t->report;
    return (struct register_report_view){.title = r->title,
                                         .note = r->note,
                                         .organ = r->short_name,
                                         .from_on = r->from_on,
                                         .to_on = r->to_on,
                                         .due_on = r->due_on,
                                         .cut_on = r->cut_on,
                                         .is_cut = date_cmp(clock_today(), r->cut_on) > 0,
                                         .asked = (int64_t)t->returns.n,
                                         .export_ =
                                             link_record(g->arena, S("/register/report/"), r->id.v, S("/export"))};
}

static bool is_in_box(struct str box, const struct register_returns_of_row *r) {
    return str_eq(box, S("all"))    ? true
           : str_eq(box, S("late")) ? is_late(r)
                                    : str_eq(r->state, S("sent")) == str_eq(box, S("sent"));
}

struct err register_report_get(struct get *g) {
    struct table t;
    struct str box = query_param(g->request, S("box"));
    box = box.len ? box : S("all");
    TRY(table_load(g, &t));
    struct register_report_view v = table_head(g, &t);
    sums_fill(g, &t, &v);
    for (size_t i = 0; i < t.returns.n; i++) {
        v.sent += str_eq(t.returns.at[i].state, S("sent"));
        v.late += is_late(&t.returns.at[i]);
        if (is_in_box(box, &t.returns.at[i])) {
            row_fill(g, &t, &t.returns.at[i], &v);
        }
    }
    tabs_fill(g, &v, t.report->id.v, box);
    return answer_register_report(g, &v);
}

static void line_put(struct sheet *sheet, const struct table *t, const struct register_returns_of_row *r) {
    sheet_text(sheet, r->short_name);
    sheet_text(sheet, register_state_words(r->state));
    for (size_t i = 0; i < t->lines.n; i++) {
        const struct register_figures_of_row *f = figure_of(t, r->id.v, t->lines.at[i].place);
        if (t->lines.at[i].source == REGISTER_CHECK) {
            continue;
        }
        if (f) {
            sheet_number(sheet, (double)f->number / FIELDS_ONE);
        } else {
            sheet_text(sheet, S(""));
        }
    }
    sheet_row(sheet);
}

static void totals_put(struct sheet *sheet, const struct table *t) {
    sheet_text(sheet, S("Cộng"));
    sheet_text(sheet, S(""));
    for (size_t i = 0; i < t->lines.n; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < t->figures.n; k++) {
            sum += t->figures.at[k].place == t->lines.at[i].place ? t->figures.at[k].number : 0;
        }
        if (t->lines.at[i].source != REGISTER_CHECK) {
            sheet_number(sheet, (double)sum / FIELDS_ONE);
        }
    }
    sheet_row(sheet);
}

static struct err file_begin(struct get *g, const struct table *t, struct sheet **sheet) {
    size_t n = 0;
    struct sheet_column *columns = arena_take(g->arena, struct sheet_column, t->lines.n + 3);
    columns[n++] = (struct sheet_column){S("Đơn vị"), 32};
    columns[n++] = (struct sheet_column){S("Tình trạng"), 14};
    for (size_t i = 0; i < t->lines.n; i++) {
        if (t->lines.at[i].source != REGISTER_CHECK) {
            columns[n++] = (struct sheet_column){t->lines.at[i].title, 18};
        }
    }
    struct str from = date_vi(g->arena, t->report->from_on), to = date_vi(g->arena, t->report->to_on),
               today = date_vi(g->arena, clock_today());
    struct str notes =
        str_format(g->arena, "Kỳ %.*s – %.*s. Lập ngày %.*s", STR_ARG(from), STR_ARG(to), STR_ARG(today));
    return sheet_begin(g->arena, SHEET_XLSX, t->report->title, notes, columns, sheet);
}

struct err register_report_export(struct get *g) {
    struct table t;
    struct sheet *sheet;
    struct str bytes;
    TRY(table_load(g, &t));
    TRY(file_begin(g, &t, &sheet));
    for (size_t i = 0; i < t.returns.n; i++) {
        line_put(sheet, &t, &t.returns.at[i]);
    }
    totals_put(sheet, &t);
    TRY(sheet_end(sheet, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("bao-cao.xlsx"), bytes);
}
