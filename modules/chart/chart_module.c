/* What charts give the program: routes, navigation, listeners. */
#include "kernel/db/db.h"
#include "base/log.h"
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"
#include "kernel/page/html.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"
#include "modules/chart/chart_queries.h"

/* What stands on the record, of whatever kind that is; else the first word of an event says whose record it is about.
 */
static struct err source_hear(struct db_write *db, const struct metric_source *of, struct str kind, int64_t record) {
    struct db_ids ids = {0};
    if (!of->counted_of) {
        return str_eq(of->code, kind) ? chart_count_record(db, of, record, clock_today()) : OK;
    }
    TRY(of->counted_of(db_reading(db), record, &ids));
    for (size_t i = 0; i < ids.n; i++) {
        TRY(chart_count_record(db, of, ids.at[i], clock_today()));
    }
    return OK;
}

static struct err hear(struct db_write *db, const struct event *e) {
    struct str kind, verb;
    str_cut(e->kind, S("."), &kind, &verb);
    for (size_t i = 0; i < modules.n && e->record; i++) {
        for (const struct metric_source *of = modules.at[i]->metrics; of && of->code.len; of++) {
            TRY(source_hear(db, of, kind, e->record));
        }
    }
    return OK;
}

static const struct event_listener chart_listeners[] = {
    {.name = "chart.figures", .pattern = "*", .hear = hear},
    {0},
};

static struct err fill(struct db_write *db, struct arena *arena) {
    (void)arena;
    TRY(job_add(db, &(struct job_new){.kind = S("chart.night"), .is_single = true}, NULL));
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct metric_source *of = modules.at[i]->metrics; of && of->code.len; of++) {
            TRY(chart_fill(db, of, clock_today()));
        }
    }
    return OK;
}

/* Every night: what is open as of the day that ends, and whether the cells still are what their parts add up to. A
   difference is told, never corrected by itself. */
static struct err night_step(struct db_write *db, void *thing) {
    struct chart_is_off_row *off;
    (void)thing;
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct metric_source *of = modules.at[i]->metrics; of && of->code.len; of++) {
            TRY(chart_stock_take(db, of, clock_today()));
            TRY(chart_is_off(db_reading(db), (struct chart_is_off_in){.source = of->code}, &off));
            if (off && off->is_off) {
                log_line(LOG_ERROR, "chart: the figures of %.*s are not what their records add up to",
                         STR_ARG(of->code));
            }
        }
    }
    return OK;
}

enum { HOURLY_S = 3600 };
static struct err night_end(struct db_write *db, void *thing) {
    (void)thing;
    return job_add(db,
                   &(struct job_new){.kind = S("chart.night"),
                                     .not_before = {clock_now().ms + INT64_C(1000) * HOURLY_S},
                                     .is_single = true},
                   NULL);
}
static struct err night_run(struct job *job) {
    TRY(job_step(job, S(""), night_step, NULL));
    return job_finish(job, night_end, NULL);
}
static const struct job_kind chart_jobs[] = {
    {.name = "chart.night", .title = "Chụp số cuối ngày, đối chiếu thống kê", .every_s = HOURLY_S, .run = night_run},
    {0},
};

static const struct nav_entry chart_nav[] = {
    {.area = AREA_ASSISTANT, .order = 2, .title = "Thống kê", .path = "/chart", .icon = ICON("chart-column")},
    {0},
};

const struct module chart_module = {.name = "chart",
                                    .title = "Thống kê",
                                    .routes = chart_routes,
                                    .nav = chart_nav,
                                    .listeners = chart_listeners,
                                    .job_kinds = chart_jobs,
                                    .demo = fill,
                                    .seed = fill};
