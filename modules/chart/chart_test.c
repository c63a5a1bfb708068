#include "modules/chart/chart.h"
#include "kernel/db/db.h"
#include "kernel/queue/event.h"
#include "modules/chart/chart_queries.h"
#include "modules/document/document_test_office.h"
#include "modules/task/task.h"
#include "tests/db.h"

static struct instant noon(int day) { return date_at((struct date){2026, 11, (int8_t)day}, 12, 0); }

static struct chart_filter november(int64_t principal) {
    return (struct chart_filter){.of = chart_source(&modules, S("document")),
                                 .scope = CHART_ORGAN,
                                 .principal = principal,
                                 .step = CHART_WEEK,
                                 .from = {2026, 11, 1},
                                 .to = {2026, 11, 30},
                                 .field = S("")};
}

/* What the office's events bring to the figures: as the deliverer would. */
static struct err hear_all(struct office *o) {
    bool more = true;
    while (more) {
        TRY(event_deliver(o->db, o->arena, chart_module.listeners, 1, &more));
    }
    return OK;
}

static struct err figures_of(struct office *o, const struct who *who, enum chart_scope scope, struct chart_figures *f,
                             int64_t *principal) {
    struct db_read *r;
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = chart_principal(r, who, scope, principal);
    struct chart_filter filter = november(*principal);
    if (!e.why) {
        e = chart_figures(r, &filter, clock_today(), f);
    }
    db_end_read(r);
    return e;
}

/* How many records the list behind a mark has. */
static int64_t listed(struct office *o, int64_t principal, unsigned outcomes) {
    struct db_read *r;
    struct chart_records_rows rows = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct chart_filter f = november(principal);
    struct err e = chart_records(r,
                                 (struct chart_records_in){.source = f.of->code,
                                                           .principal = principal,
                                                           .from = f.from,
                                                           .to = f.to,
                                                           .field = S(""),
                                                           .is_on_time = outcomes & METRIC_ON_TIME,
                                                           .is_late = outcomes & METRIC_LATE,
                                                           .is_done = outcomes & METRIC_DONE,
                                                           .is_overdue = outcomes & METRIC_OVERDUE,
                                                           .is_waiting = outcomes & METRIC_WAITING,
                                                           .today_text = date_iso(o->arena, clock_today()),
                                                           .before = {2027, 1, 1},
                                                           .limit = 100},
                                 &rows);
    db_end_read(r);
    return e.why ? -1 : (int64_t)rows.n;
}

static struct err open_office(struct db *db, struct arena *arena, struct office *o) {
    bool more;
    clock_freeze(noon(20));
    /* A listener begins with the events after its first start. */
    TRY(event_deliver(db, arena, chart_module.listeners, 1, &more));
    return office_open(db, arena, o);
}

TEST_DB("each figure is as many as the list behind it, and both follow what happens") {
    struct office o;
    struct document_doc_id a, b, c;
    struct chart_figures f;
    int64_t organ = 0;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &a));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 2, &b));
    CHECK_OK(office_document(&o, S("3/C"), OFFICE_DIRECTED, 5, &c));
    CHECK_OK(hear_all(&o));
    CHECK_OK(figures_of(&o, &o.chair, CHART_ORGAN, &f, &organ));
    CHECK(f.sum.total == 3 && f.sum.waiting == 3 && f.sum.overdue == 0);
    CHECK(listed(&o, organ, METRIC_EVERY) == 3 && listed(&o, organ, METRIC_WAITING) == 3 &&
          listed(&o, organ, METRIC_OVERDUE) == 0);

    clock_freeze(noon(26));
    CHECK_OK(figures_of(&o, &o.chair, CHART_ORGAN, &f, &organ));
    CHECK(f.sum.overdue == 1 && listed(&o, organ, METRIC_OVERDUE) == 1);
    int64_t in_time = 0, in_units = 0, in_fields = 0, in_ages = 0;
    for (size_t i = 0; i < f.by_time.n; i++) {
        in_time += f.by_time.at[i].sum.total;
    }
    for (size_t i = 0; i < f.by_unit.n; i++) {
        in_units += f.by_unit.at[i].sum.total;
    }
    for (size_t i = 0; i < f.by_field.n; i++) {
        in_fields += f.by_field.at[i].sum.total;
    }
    for (size_t i = 0; i < f.by_age.n; i++) {
        in_ages += f.by_age.at[i].sum.total;
    }
    CHECK(in_time == 3 && in_units == 3 && in_fields == 3 && in_ages == 3);

    CHECK_OK(ACT(&o, &o.clerk, document_void(w, &o.clerk, a, S("Vào nhầm sổ"))));
    CHECK_OK(hear_all(&o));
    CHECK_OK(figures_of(&o, &o.chair, CHART_ORGAN, &f, &organ));
    CHECK(f.sum.total == 2 && listed(&o, organ, METRIC_EVERY) == 2);
    clock_freeze((struct instant){0});
}

TEST_DB("who has no part in a document has no part in its figures") {
    struct office o;
    struct document_doc_id b;
    struct chart_figures f;
    int64_t principal = 0;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 2, &b));
    CHECK_OK(hear_all(&o));
    CHECK_OK(figures_of(&o, &o.commune_clerk, CHART_ORGAN, &f, &principal));
    CHECK(f.sum.total == 0 && f.by_unit.n == 0 && f.by_field.n == 0);
    CHECK_OK(figures_of(&o, &o.stranger, CHART_UNIT, &f, &principal));
    CHECK(f.sum.total == 0);
    CHECK_ERR(figures_of(&o, &o.officer, CHART_ORGAN, &f, &principal), ERR_DENIED);
    CHECK_OK(figures_of(&o, &o.head, CHART_UNIT, &f, &principal));
    CHECK(f.sum.total == 1);
    clock_freeze((struct instant){0});
}

TEST_DB("figures made anew are those that were kept") {
    struct office o;
    struct document_doc_id a, b;
    struct chart_figures kept, anew;
    int64_t organ = 0;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &a));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 3, &b));
    CHECK_OK(hear_all(&o));
    CHECK_OK(figures_of(&o, &o.clerk, CHART_ORGAN, &kept, &organ));
    int64_t ids[] = {a.v, b.v};
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(ACT(&o, &o.clerk,
                     chart_cell_take(w, (struct chart_cell_take_in){.record = ids[i], .source = S("document")}, NULL)));
        CHECK_OK(
            ACT(&o, &o.clerk,
                chart_cell_sweep(w, (struct chart_cell_sweep_in){.record = ids[i], .source = S("document")}, NULL)));
        CHECK_OK(
            ACT(&o, &o.clerk,
                chart_part_delete(w, (struct chart_part_delete_in){.record = ids[i], .source = S("document")}, NULL)));
    }
    CHECK_OK(ACT(&o, &o.clerk, chart_fill(w, chart_source(&modules, S("document")), clock_today())));
    CHECK_OK(figures_of(&o, &o.clerk, CHART_ORGAN, &anew, &organ));
    CHECK(kept.sum.total == 2 && anew.sum.total == kept.sum.total && anew.sum.waiting == kept.sum.waiting &&
          anew.by_unit.n == kept.by_unit.n);
    clock_freeze((struct instant){0});
}

/* ---- A second kind of record, of which the charts know nothing but the port: three visits, on three days. */
static struct err visit_load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    (void)db;
    *is_counted = record != 2;
    *part = (struct metric_part){.day_on = {2026, 11, (int8_t)(record + 4)},
                                 .due_on = {2026, 11, 10},
                                 .done_on = record == 1 ? (struct date){2026, 11, 12} : (struct date){0},
                                 .is_open = record == 3};
    return OK;
}
static struct err visit_each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    static const int64_t all[] = {1, 2, 3};
    size_t from = after < 3 ? (size_t)after : 3;
    (void)db, (void)limit;
    *ids = (struct db_ids){all + from, 3 - from};
    return OK;
}
static const struct metric_source visits = {.code = S_INIT("visit"), .load = visit_load, .each = visit_each};

TEST_DB("another kind of record is counted by the port alone, beside the documents and apart from them") {
    struct office o;
    struct document_doc_id a;
    struct chart_figures f;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &a));
    CHECK_OK(hear_all(&o));
    for (int64_t id = 1; id <= 3; id++) {
        CHECK_OK(ACT(&o, &o.clerk,
                     access_give(w, &(struct access_grant_new){
                                        .kind = S("visit"), .record = id, .principal = 77, .can = CAN_READ})));
    }
    CHECK_OK(ACT(&o, &o.clerk, chart_fill(w, &visits, clock_today())));
    CHECK_OK(db_begin_read(db, arena, &r));
    struct chart_filter filter = november(77);
    filter.of = &visits;
    CHECK_OK(chart_figures(r, &filter, clock_today(), &f));
    CHECK(f.sum.total == 2 && f.sum.late == 1 && f.sum.overdue == 1 && f.by_field.n == 0);
    CHECK(chart_count(&f.sum, METRIC_LATE | METRIC_OVERDUE) == 2 && chart_count(&f.sum, METRIC_ON_TIME) == 0);
    CHECK(f.by_unit.n == 1 && f.by_unit.at[0].unit == CHART_NO_UNIT);
    filter.unit = CHART_NO_UNIT;
    CHECK_OK(chart_figures(r, &filter, clock_today(), &f));
    CHECK(f.sum.total == 2);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

/* A task, of its own sheet, from the chair to the head of a board. */
static struct err sheet_give(struct office *o, int days, struct task_directive_id *id) {
    return ACT(o, &o->chair,
               task_assign(w, &(struct task_by){&o->chair, &modules},
                           &(struct task_new){.title = S("Lập danh mục hồ sơ"),
                                              .text = S("Lấy ý kiến các ban."),
                                              .lead = o->head.post.v,
                                              .days = days},
                           id));
}

static struct err task_sum(struct office *o, const struct who *who, struct chart_sum *sum) {
    struct db_read *r;
    struct chart_figures f = {0};
    TRY(hear_all(o));
    TRY(db_begin_read(o->db, o->arena, &r));
    struct chart_filter filter = november(who->post.v);
    filter.of = chart_source(&modules, S("task"));
    struct err e = chart_figures(r, &filter, clock_today(), &f);
    db_end_read(r);
    *sum = f.sum;
    return e;
}

TEST_DB("a task is counted for who may read what it stands on, and no more once it was taken back") {
    struct office o;
    struct task_directive_id id;
    struct chart_sum sum;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(sheet_give(&o, 2, &id));
    CHECK_OK(task_sum(&o, &o.head, &sum));
    CHECK(sum.total == 1 && sum.waiting == 1);
    CHECK_OK(task_sum(&o, &o.chair, &sum));
    CHECK(sum.total == 1);
    CHECK_OK(task_sum(&o, &o.stranger, &sum));
    CHECK(sum.total == 0);
    clock_freeze(noon(26));
    CHECK_OK(task_sum(&o, &o.head, &sum));
    CHECK(sum.total == 1 && sum.overdue == 1);
    clock_freeze(noon(20));
    CHECK_OK(ACT(&o, &o.chair, task_undo(w, &(struct task_by){&o.chair, &modules}, id)));
    CHECK_OK(task_sum(&o, &o.head, &sum));
    CHECK(sum.total == 0);
    CHECK_OK(task_sum(&o, &o.chair, &sum));
    CHECK(sum.total == 0);
    clock_freeze((struct instant){0});
}

/* All cells of a source, as they are kept. */
static struct err cells_of(struct office *o, struct str source, struct chart_cells_kept_rows *kept) {
    struct db_read *r;
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = chart_cells_kept(r, (struct chart_cells_kept_in){.source = source}, kept);
    db_end_read(r);
    return e;
}

static bool cells_same(const struct chart_cells_kept_rows *a, const struct chart_cells_kept_rows *b) {
    bool is = a->n == b->n;
    for (size_t i = 0; is && i < a->n; i++) {
        const struct chart_cells_kept_row *x = &a->at[i], *y = &b->at[i];
        is = x->principal == y->principal && date_is(x->day_on, y->day_on) && str_eq(x->field, y->field) &&
             x->unit == y->unit && str_eq(x->commune, y->commune) && str_eq(x->outcome, y->outcome) &&
             str_eq(x->due_day, y->due_day) && x->n == y->n;
    }
    return is;
}

TEST_DB("the cells kept by events are the cells of a count from scratch, in every dimension") {
    struct office o;
    struct document_doc_id id[6];
    struct chart_cells_kept_rows kept, anew;
    static const struct str sources[] = {S_INIT("document")};
    CHECK_OK(open_office(db, arena, &o));
    for (int i = 0; i < 6; i++) {
        clock_freeze(noon(10 + i));
        CHECK_OK(office_document(&o, str_format(arena, "%d/K", i), i % 2 ? OFFICE_DIRECTED : OFFICE_REGISTERED, 1 + i,
                                 &id[i]));
    }
    CHECK_OK(hear_all(&o));
    clock_freeze(noon(26));
    CHECK_OK(ACT(&o, &o.clerk, document_void(w, &o.clerk, id[0], S("Vào nhầm sổ"))));
    CHECK_OK(hear_all(&o));
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct chart_is_off_row *off = NULL;
        struct db_read *r;
        CHECK_OK(cells_of(&o, sources[i], &kept));
        CHECK(kept.n > 0);
        CHECK_OK(db_begin_read(db, arena, &r));
        CHECK_OK(chart_is_off(r, (struct chart_is_off_in){.source = sources[i]}, &off));
        db_end_read(r);
        CHECK(off && !off->is_off);
        CHECK_OK(ACT(&o, &o.clerk, chart_forget_parts(w, (struct chart_forget_parts_in){sources[i]}, NULL)));
        CHECK_OK(db_begin_read(db, arena, &r));
        CHECK_OK(chart_is_off(r, (struct chart_is_off_in){.source = sources[i]}, &off));
        db_end_read(r);
        CHECK(off && off->is_off);
        CHECK_OK(ACT(&o, &o.clerk, chart_forget_cells(w, (struct chart_forget_cells_in){sources[i]}, NULL)));
        CHECK_OK(ACT(&o, &o.clerk, chart_fill(w, chart_source(&modules, sources[i]), clock_today())));
        CHECK_OK(cells_of(&o, sources[i], &anew));
        CHECK(cells_same(&kept, &anew));
    }
    clock_freeze((struct instant){0});
}

TEST_DB("what was open at the end of a day is kept as it was, once") {
    struct office o;
    struct document_doc_id id;
    struct chart_days stocks;
    struct db_read *r;
    int64_t organ = 0;
    struct chart_figures f;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 2, &id));
    CHECK_OK(figures_of(&o, &o.chair, CHART_ORGAN, &f, &organ));
    CHECK_OK(hear_all(&o));
    for (int day = 20; day <= 27; day += 7) {
        clock_freeze(noon(day));
        CHECK_OK(ACT(&o, &o.clerk, chart_stock_take(w, chart_source(&modules, S("document")), clock_today())));
        CHECK_OK(ACT(&o, &o.clerk, chart_stock_take(w, chart_source(&modules, S("document")), clock_today())));
    }
    CHECK_OK(db_begin_read(db, arena, &r));
    struct chart_filter filter = november(organ);
    CHECK_OK(chart_stocks(r, &filter, &stocks));
    db_end_read(r);
    CHECK(stocks.n == 2 && stocks.at[0].sum.waiting == 1 && stocks.at[0].sum.overdue == 0 &&
          stocks.at[1].sum.waiting == 0 && stocks.at[1].sum.overdue == 1);
    clock_freeze((struct instant){0});
}

TEST("the charts open with what has the smallest order, wherever its module stands") {
    const struct metric_source *first = chart_source(&modules, S(""));
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct metric_source *s = modules.at[i]->metrics; s && s->code.len; s++) {
            CHECK(first->order <= s->order);
        }
    }
    CHECK_STR(first->code, S("document"));
    (void)arena;
}

TEST("every metric says what it counts, under a code of its own, and a ratio of how many") {
    size_t n = 0;
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct metric_source *s = modules.at[i]->metrics; s && s->code.len; s++) {
            CHECK(s->title.len && s->heading.len && s->list.len && s->file.len && s->columns && s->load && s->lines);
            CHECK(chart_source(&modules, s->code) == s);
            for (const struct metric *m = s->metrics; m && m->code.len; m++, n++) {
                CHECK(m->title.len && m->definition.len && m->of && (m->kind == METRIC_RATIO) == (m->per != 0));
                CHECK((m->of & m->per) == (m->per ? m->of : 0));
            }
        }
    }
    CHECK(n > 0);
    (void)arena;
}
