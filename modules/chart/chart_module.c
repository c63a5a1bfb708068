/* What charts give the program: routes, navigation, listeners. */
#include "kernel/db/db.h"
#include "kernel/queue/event.h"
#include "kernel/page/html.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"

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
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct metric_source *of = modules.at[i]->metrics; of && of->code.len; of++) {
            TRY(chart_fill(db, of, clock_today()));
        }
    }
    return OK;
}

static const struct nav_entry chart_nav[] = {
    {.area = AREA_ASSISTANT, .order = 2, .title = "Thống kê", .path = "/chart", .icon = ICON("chart-column")},
    {0},
};

const struct module chart_module = {.name = "chart",
                                    .title = "Thống kê",
                                    .routes = chart_routes,
                                    .nav = chart_nav,
                                    .listeners = chart_listeners,
                                    .demo = fill,
                                    .seed = fill};
