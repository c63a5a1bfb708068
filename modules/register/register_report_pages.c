/* Reports: those to be sent, those being gathered, one as a table of units, and one unit's form. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/num.h"
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
    {.kind = FIELD_IDS,
     .name = S_INIT("units"),
     .label = S_INIT("Đơn vị phải gửi"),
     .hint = S_INIT("Không chọn ai là tất cả các xã, phường.")},
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

struct str register_state_words(struct str state) {
    return str_eq(state, S("sent")) ? S("Đã gửi") : str_eq(state, S("returned")) ? S("Bị trả lại") : S("Chưa gửi");
}

/* --- All --- */
static struct err own_fill(struct get *g, struct str box, struct register_reports_view *v) {
    struct register_returns_own_rows rows;
    TRY(register_returns_own(g->db,
                             (struct register_returns_own_in){
                                 .owner = {g->who->organ.v}, .state = box, .today = clock_today(), .most = OWN_MOST},
                             &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_sent = str_eq(rows.at[i].state, S("sent"));
        int64_t days = date_number(rows.at[i].due_on) - date_number(clock_today());
        LIST_ADD(
            g->arena, &v->own,
            (struct register_report_line){.link = link_record(g->arena, S("/register/return/"), rows.at[i].id.v, S("")),
                                          .title = rows.at[i].title,
                                          .state = register_state_words(rows.at[i].state),
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

static void seen_add(struct get *g, struct register_reports_view *v, int64_t id, struct register_report_line line) {
    line.link = link_record(g->arena, S("/register/report/"), id, S(""));
    line.is_done = line.asked == line.sent;
    line.is_late = !line.is_done && date_cmp(line.due_on, clock_today()) < 0;
    LIST_ADD(g->arena, &v->seen, line);
}

static struct err seen_fill(struct get *g, struct str box, struct register_reports_view *v) {
    struct register_reports_seen_rows rows;
    struct register_reports_open_rows open;
    int64_t before = INT64_MAX;
    if (str_eq(box, S("gathering"))) {
        TRY(register_reports_open(
            g->db, (struct register_reports_open_in){.post = g->who->post.v, .today = clock_today(), .most = OWN_MOST},
            &open));
        for (size_t i = 0; i < open.n; i++) {
            const struct register_reports_open_row *r = &open.at[i];
            seen_add(g, v, r->id.v,
                     (struct register_report_line){
                         .title = r->title, .due_on = r->due_on, .asked = r->asked, .sent = r->sent});
        }
        return OK;
    }
    (void)num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before);
    TRY(register_reports_seen(
        g->db,
        (struct register_reports_seen_in){
            .post = g->who->post.v, .before = before, .today = clock_today(), .most = SEEN_MOST + 1},
        &rows));
    for (size_t i = 0; i < rows.n && i < SEEN_MOST; i++) {
        const struct register_reports_seen_row *r = &rows.at[i];
        seen_add(g, v, r->id.v,
                 (struct register_report_line){.title = r->title,
                                               .from_on = r->from_on,
                                               .to_on = r->to_on,
                                               .due_on = r->due_on,
                                               .asked = r->asked,
                                               .sent = r->sent});
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
        return REFUSE(ERR_MISSING, "", "Chức danh này không lập báo cáo cho cấp dưới.");
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
    return str_eq(o->row->state, S("sent")) ? OK
                                            : register_live(db, &o->lines, o->row->owner.v, &o->period, o->numbers);
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

static struct register_return_line return_line(struct get *g, const struct opened *o, size_t i,
                                               const struct form *sent) {
    struct arena *a = g->arena;
    const struct register_report_line_def *d = &o->lines.at[i];
    struct str path = register_line_path(a, d, o->row->owner.v, &o->period);
    struct register_return_line l = {
        .place = d->place,
        .name = str_format(a, "n.%lld", (long long)d->place),
        .title = d->title,
        .unit = d->unit,
        .how = register_line_how(a, d),
        .shown = o->numbers[i].is_there ? register_shown_number(a, FIELDS_DECIMAL, o->numbers[i].number) : S(""),
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
                                     .state_name = register_state_words(r->state),
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
    struct register_sending s = {.id = o.row->id.v,
                                 .version = form_version(p->form),
                                 .numbers = o.numbers,
                                 .words = form_text(p->form, "words")};
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
