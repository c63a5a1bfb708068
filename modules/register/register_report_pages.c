/* Reports: those to be sent, those being gathered, one as a table of units, and one unit's form. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/num.h"
#include "kernel/out/sheet.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/register/register_ask.h"
#include "modules/register/register_pages.h"
#include "modules/register/register_pages_gen.h"
#include "modules/register/register_report.h"

#include "base/banned.h"

FACTS(register_facts_reports, "modules/register/reports.tsv");

enum { OWN_MOST = 60, SEEN_MOST = 30, SAMPLE_CELLS = 3 };

const struct field register_report_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên báo cáo"), .is_required = true, .most = 200},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Kỳ từ ngày"), .is_required = true},
    {.kind = FIELD_DATE, .name = S_INIT("to_on"), .label = S_INIT("Đến ngày"), .is_required = true},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Hạn gửi"), .is_required = true},
    {.kind = FIELD_DATE,
     .name = S_INIT("cut_on"),
     .label = S_INIT("Ngày chốt số"),
     .is_required = true,
     .hint = S_INIT("Sau ngày này không gửi, không sửa được nữa.")},
    {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Dặn đơn vị"), .most = 2000},
    {.kind = FIELD_TEXT,
     .name = S_INIT("lines"),
     .label = S_INIT("Các chỉ tiêu"),
     .is_required = true,
     .most = 12000,
     .hint = S_INIT("Mỗi dòng một chỉ tiêu: Tên | đơn vị | cách tính. Bỏ trống cách tính thì đơn vị tự điền.")},
    {.kind = FIELD_IDS, .name = S_INIT("units"), .label = S_INIT("Đơn vị phải gửi"), .hint = S_INIT("Không chọn ai là tất cả các xã, phường.")},
    {0},
};
const struct field register_send_fields[] = {
    {.kind = FIELD_PAIRS, .name = S_INIT("n"), .label = S_INIT("Các con số")},
    {.kind = FIELD_TEXT, .name = S_INIT("words"), .label = S_INIT("Giải trình (nếu có)"), .most = 2000},
    FORM_VERSION,
    {0},
};
const struct field register_back_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do trả lại"), .is_required = true},
    FORM_VERSION,
    {0},
};

static struct str due_words(struct arena *a, struct date due) {
    int64_t days = date_number(due) - date_number(clock_today());
    return days < 0    ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
           : days == 0 ? S("Hạn hôm nay")
                       : str_format(a, "Còn %lld ngày", (long long)days);
}

static struct str state_words(struct str state) {
    return str_eq(state, S("sent")) ? S("Đã gửi") : str_eq(state, S("returned")) ? S("Bị trả lại") : S("Chưa gửi");
}

/* --- All --- */
static struct err own_fill(struct get *g, struct str box, struct register_reports_view *v) {
    struct register_returns_own_rows rows;
    TRY(register_returns_own(
        g->db,
        (struct register_returns_own_in){.owner = {g->who->organ.v}, .state = box, .today = clock_today(), .most = OWN_MOST},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_sent = str_eq(rows.at[i].state, S("sent"));
        int64_t days = date_number(rows.at[i].due_on) - date_number(clock_today());
        LIST_ADD(g->arena, &v->own,
                 (struct register_report_line){.link = link_record(g->arena, S("/register/return/"), rows.at[i].id.v, S("")),
                                               .title = rows.at[i].title,
                                               .state = state_words(rows.at[i].state),
                                               .from = rows.at[i].short_name,
                                               .due_words = is_sent ? S("") : due_words(g->arena, rows.at[i].due_on),
                                               .from_on = rows.at[i].from_on,
                                               .to_on = rows.at[i].to_on,
                                               .due_on = rows.at[i].due_on,
                                               .is_late = !is_sent && days < 0,
                                               .is_soon = !is_sent && days >= 0 && days <= 3,
                                               .is_done = is_sent});
    }
    return OK;
}

static void seen_add(struct get *g, struct register_reports_view *v, int64_t id, struct str title, struct date from,
                     struct date to, struct date due, int64_t asked, int64_t sent) {
    bool is_all = asked == sent;
    LIST_ADD(g->arena, &v->seen,
             (struct register_report_line){.link = link_record(g->arena, S("/register/report/"), id, S("")),
                                           .title = title,
                                           .from_on = from,
                                           .to_on = to,
                                           .due_on = due,
                                           .asked = asked,
                                           .sent = sent,
                                           .is_late = !is_all && date_cmp(due, clock_today()) < 0,
                                           .is_done = is_all});
}

static struct err seen_fill(struct get *g, struct str box, struct register_reports_view *v) {
    struct register_reports_seen_rows rows;
    struct register_reports_open_rows open;
    int64_t before = INT64_MAX;
    if (str_eq(box, S("gathering"))) {
        TRY(register_reports_open(
            g->db, (struct register_reports_open_in){.post = g->who->post.v, .today = clock_today(), .most = OWN_MOST}, &open));
        for (size_t i = 0; i < open.n; i++) {
            seen_add(g, v, open.at[i].id.v, open.at[i].title, (struct date){0}, (struct date){0}, open.at[i].due_on,
                     open.at[i].asked, open.at[i].sent);
        }
        return OK;
    }
    (void)num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before);
    TRY(register_reports_seen(g->db,
                              (struct register_reports_seen_in){
                                  .post = g->who->post.v, .before = before, .today = clock_today(), .most = SEEN_MOST + 1},
                              &rows));
    for (size_t i = 0; i < rows.n && i < SEEN_MOST; i++) {
        const struct register_reports_seen_row *r = &rows.at[i];
        seen_add(g, v, r->id.v, r->title, r->from_on, r->to_on, r->due_on, r->asked, r->sent);
    }
    if (rows.n > SEEN_MOST) {
        v->older = link_local(g->arena, "/register/report?before=%lld", (long long)rows.at[SEEN_MOST - 1].id.v);
    }
    return OK;
}

struct err register_reports_get(struct get *g) {
    struct register_reports_view v = {0};
    struct str box = query_param(g->request, S("box"));
    bool is_own = str_eq(box, S("open")) || str_eq(box, S("late")), is_seen = str_eq(box, S("gathering"));
    TRY(register_may_ask(g->db, g->who, &v.may_make));
    v.filter = str_eq(box, S("open"))        ? S("Báo cáo phải gửi")
               : str_eq(box, S("late"))      ? S("Báo cáo trễ hạn")
               : str_eq(box, S("gathering")) ? S("Báo cáo đang thu")
                                             : S("");
    TRY(is_seen ? OK : own_fill(g, is_own ? box : S(""), &v));
    TRY(is_own ? OK : seen_fill(g, box, &v));
    return answer_register_reports(g, &v);
}

/* --- A new one --- */
static void sample_fill(struct get *g, struct str chosen, struct register_report_form *v) {
    struct str rest = FACTS_STR(register_facts_reports), cell[SAMPLE_CELLS];
    struct buf lines = buf_in(g->arena);
    while (facts_next(&rest, cell, SAMPLE_CELLS)) {
        bool is_title = str_eq(cell[1], S("title")), is_it = str_eq(cell[0], chosen);
        if (is_title) {
            LIST_ADD(g->arena, &v->samples, (struct register_option){cell[0], cell[2], is_it});
        }
        if (is_it && is_title && !g->form) {
            form_set(v->form, "title", cell[2]);
        } else if (is_it) {
            buf_printf(&lines, "%.*s\n", STR_ARG(cell[2]));
        }
    }
    if (lines.len && !g->form) {
        form_set(v->form, "lines", buf_str(&lines));
    }
}

struct err register_report_new_get(struct get *g) {
    struct register_report_form v = {.form = form_begin(g->arena, register_report_fields, g->form)};
    struct register_organs_below_rows rows;
    bool may;
    TRY(register_may_ask(g->db, g->who, &may));
    if (!may) {
        return REFUSE(ERR_DENIED, "", "Chức danh này không lập báo cáo cho cấp dưới.");
    }
    TRY(register_organs_below(g->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.units, (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].short_name});
    }
    sample_fill(g, query_param(g->request, S("sample")), &v);
    return answer_register_report_new(g, &v);
}

struct err register_report_new_post(struct post *p) {
    const struct form *f = p->form;
    const struct form_value *units = form_value(f, "units");
    struct register_report_id id;
    struct register_report_new n = {.title = form_text(f, "title"),
                                    .note = form_text(f, "note"),
                                    .from_on = form_date(f, "from_on"),
                                    .to_on = form_date(f, "to_on"),
                                    .due_on = form_date(f, "due_on"),
                                    .cut_on = form_date(f, "cut_on"),
                                    .owners = {units->ids.at, units->ids.n}};
    TRY(register_lines_read(p->arena, form_text(f, "lines"), &n.lines));
    TRY(register_report_make(p->db, p->who, &n, &id));
    flash(p, "Đã gửi báo cáo cho các đơn vị.");
    return see_other(p, "/register/report/%lld", (long long)id.v);
}

/* --- One, as a table of units --- */
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
                                      .state = state_words(r->state),
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

struct err register_report_get(struct get *g) {
    struct table t;
    struct str box = query_param(g->request, S("box"));
    box = box.len ? box : S("all");
    TRY(table_load(g, &t));
    struct register_report_view v = {.title = t.report->title,
                                     .note = t.report->note,
                                     .organ = t.report->short_name,
                                     .from_on = t.report->from_on,
                                     .to_on = t.report->to_on,
                                     .due_on = t.report->due_on,
                                     .cut_on = t.report->cut_on,
                                     .is_cut = date_cmp(clock_today(), t.report->cut_on) > 0,
                                     .asked = (int64_t)t.returns.n,
                                     .export_ = link_record(g->arena, S("/register/report/"), t.report->id.v, S("/export"))};
    sums_fill(g, &t, &v);
    for (size_t i = 0; i < t.returns.n; i++) {
        const struct register_returns_of_row *r = &t.returns.at[i];
        bool is_sent = str_eq(r->state, S("sent"));
        v.sent += is_sent;
        v.late += is_late(r);
        if (str_eq(box, S("all")) || is_sent == str_eq(box, S("sent"))) {
            if (!str_eq(box, S("late")) || is_late(r)) {
                row_fill(g, &t, r, &v);
            }
        }
    }
    tabs_fill(g, &v, t.report->id.v, box);
    return answer_register_report(g, &v);
}

static void line_put(struct sheet *sheet, const struct table *t, const struct register_returns_of_row *r) {
    sheet_text(sheet, r->short_name);
    sheet_text(sheet, state_words(r->state));
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

struct err register_report_export(struct get *g) {
    struct table t;
    struct sheet *sheet;
    struct str bytes;
    size_t n = 0;
    TRY(table_load(g, &t));
    struct sheet_column *columns = arena_take(g->arena, struct sheet_column, t.lines.n + 3);
    columns[n++] = (struct sheet_column){S("Đơn vị"), 32};
    columns[n++] = (struct sheet_column){S("Tình trạng"), 14};
    for (size_t i = 0; i < t.lines.n; i++) {
        if (t.lines.at[i].source != REGISTER_CHECK) {
            columns[n++] = (struct sheet_column){t.lines.at[i].title, 18};
        }
    }
    struct str notes = str_format(g->arena, "Kỳ %.*s – %.*s. Lập ngày %.*s", STR_ARG(date_vi(g->arena, t.report->from_on)),
                                  STR_ARG(date_vi(g->arena, t.report->to_on)), STR_ARG(date_vi(g->arena, clock_today())));
    TRY(sheet_begin(g->arena, SHEET_XLSX, t.report->title, notes, columns, &sheet));
    for (size_t i = 0; i < t.returns.n; i++) {
        line_put(sheet, &t, &t.returns.at[i]);
    }
    totals_put(sheet, &t);
    TRY(sheet_end(sheet, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("bao-cao.xlsx"), bytes);
}

/* --- One unit's form --- */
struct opened {
    struct register_return_by_id_row *row;
    struct register_report_by_id_row *report;
    struct register_lines lines;
    struct register_number *numbers; /* sent ones as sent; else live ones as they are now */
    struct register_period period;
};

static struct err kept_read(struct db_read *db, struct opened *o) {
    struct register_figures_rows rows;
    TRY(register_figures(db, (struct register_figures_in){.unit_return = o->row->id}, &rows));
    for (size_t i = 0; i < o->lines.n; i++) {
        for (size_t k = 0; k < rows.n; k++) {
            if (rows.at[k].place == o->lines.at[i].place) {
                o->numbers[i] = (struct register_number){rows.at[k].number, true};
            }
        }
    }
    return OK;
}

static struct err return_open(struct request *r, struct arena *a, struct db_read *db, const struct who *who,
                              struct opened *o) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    TRY(register_return_by_id(db, (struct register_return_by_id_in){.id = id}, &o->row));
    if (!o->row) {
        return FAIL(ERR_MISSING, "no such return");
    }
    TRY(access_require(db, id, who->post.v, CAN_READ));
    TRY(register_report_by_id(db, (struct register_report_by_id_in){.id = o->row->report.v}, &o->report));
    TRY(register_lines_load(db, o->row->report.v, &o->lines));
    o->period = (struct register_period){o->report->from_on, o->report->to_on};
    o->numbers = arena_take(a, struct register_number, o->lines.n + 1);
    TRY(kept_read(db, o));
    return str_eq(o->row->state, S("sent")) ? OK : register_live(db, &o->lines, o->row->owner.v, &o->period, o->numbers);
}

static struct str typed_at(const struct form *f, int64_t place) {
    const struct form_value *v = form_value(f, "n");
    int64_t n;
    for (size_t i = 0; i < v->pairs.n; i++) {
        if (num_read(v->pairs.at[i].name, &n) && n == place) {
            return v->pairs.at[i].value;
        }
    }
    return S("");
}

/* The typed figures of a form that was sent; what is wrong stands at its line. */
static void typed_take(struct arena *a, const struct form *f, struct opened *o) {
    for (size_t i = 0; i < o->lines.n; i++) {
        if (o->lines.at[i].source == REGISTER_TYPED) {
            struct str typed = typed_at(f, o->lines.at[i].place);
            o->numbers[i].is_there = register_number_read(a, typed, &o->numbers[i].number);
        }
    }
    register_sums(&o->lines, o->numbers);
}

static struct register_return_line return_line(struct get *g, const struct opened *o, size_t i, const struct form *sent) {
    struct arena *a = g->arena;
    const struct register_report_line_def *d = &o->lines.at[i];
    struct str path = register_line_path(a, d, o->row->owner.v, &o->period);
    struct register_return_line l = {.place = d->place,
                                     .name = str_format(a, "n.%lld", (long long)d->place),
                                     .title = d->title,
                                     .unit = d->unit,
                                     .how = register_line_how(a, d),
                                     .shown = o->numbers[i].is_there ? number_shown(a, o->numbers[i].number) : S(""),
                                     .is_typed = d->source == REGISTER_TYPED,
                                     .is_live = d->source == REGISTER_LIVE,
                                     .is_sum = d->source == REGISTER_SUM,
                                     .is_check = d->source == REGISTER_CHECK};
    l.typed = sent ? typed_at(sent, d->place) : l.shown;
    l.is_broken = l.is_check && !register_check_holds(&o->lines, d, o->numbers);
    if (path.len) {
        l.rows = link_local(a, "%.*s", STR_ARG(path));
    }
    if (sent && l.is_typed && !o->numbers[i].is_there) {
        l.fault = l.typed.len ? S("Chưa đọc được; mời ghi bằng chữ số.") : S("Còn trống. Không có thì ghi 0.");
    }
    return l;
}

static struct register_return_view return_head(struct get *g, const struct opened *o, unsigned bits) {
    const struct register_return_by_id_row *r = o->row;
    bool is_sent = str_eq(r->state, S("sent")), is_cut = date_cmp(clock_today(), r->cut_on) > 0;
    struct register_return_view v = {.title = o->report->title,
                                     .note = o->report->note,
                                     .organ = o->report->short_name,
                                     .owner = r->short_name,
                                     .state_name = state_words(r->state),
                                     .words = r->words,
                                     .reason = r->reason,
                                     .id = r->id.v,
                                     .version = r->version,
                                     .from_on = o->report->from_on,
                                     .to_on = o->report->to_on,
                                     .due_on = r->due_on,
                                     .cut_on = r->cut_on,
                                     .sent_at = r->sent_at,
                                     .may_send = (bits & CAN_ACT) && !is_sent && !is_cut,
                                     .may_return = (bits & CAN_APPROVE) && is_sent && !is_cut,
                                     .is_sent = is_sent,
                                     .is_returned = str_eq(r->state, S("returned")),
                                     .is_cut = is_cut,
                                     .is_late = !is_sent && date_cmp(r->due_on, clock_today()) < 0};
    if (bits & CAN_APPROVE) {
        v.report = link_record(g->arena, S("/register/report/"), r->report.v, S(""));
    }
    return v;
}

struct err register_return_get(struct get *g) {
    struct opened o;
    unsigned bits;
    const struct form *sent = g->form && g->form->values.n == 3 ? g->form : NULL;
    TRY(return_open(g->request, g->arena, g->db, g->who, &o));
    TRY(access_bits(g->db, o.row->id.v, g->who->post.v, &bits));
    struct register_return_view v = return_head(g, &o, bits);
    if (sent) {
        typed_take(g->arena, sent, &o);
    }
    for (size_t i = 0; i < o.lines.n; i++) {
        LIST_ADD(g->arena, &v.lines, return_line(g, &o, i, sent));
    }
    if (v.may_send) {
        v.form = form_begin_at(g->arena, register_send_fields, sent, v.version);
        form_set(v.form, "words", sent ? form_text(sent, "words") : v.words);
    }
    if (v.may_return) {
        v.give_back = form_begin_at(g->arena, register_back_fields, g->form && !sent ? g->form : NULL, v.version);
    }
    return answer_register_return(g, &v);
}

struct err register_send_post(struct post *p) {
    struct opened o;
    TRY(return_open(p->request, p->arena, db_reading(p->db), p->who, &o));
    typed_take(p->arena, p->form, &o);
    struct register_sending s = {
        .id = o.row->id.v, .version = form_version(p->form), .numbers = o.numbers, .words = form_text(p->form, "words")};
    TRY(register_return_send(p->db, p->who, &s));
    flash(p, "Đã gửi báo cáo.");
    return see_other(p, "/register/return/%lld", (long long)s.id);
}

struct err register_back_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(register_return_back(p->db, p->who, id, form_version(p->form), form_text(p->form, "reason")));
    flash(p, "Đã trả lại; đơn vị thấy lý do.");
    return see_other(p, "/register/return/%lld", (long long)id);
}
