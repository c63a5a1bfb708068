/* What charts give the program: routes, navigation, listeners. */
#include "kernel/queue/event.h"
#include "kernel/page/html.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"

/* The first word of an event says whose record it is about. */
static struct err hear(struct db_write *db, const struct event *e) {
    struct str kind, verb;
    str_cut(e->kind, S("."), &kind, &verb);
    const struct metric_source *of = e->record ? chart_source(&modules, kind) : NULL;
    return of && str_eq(of->code, kind) ? chart_count_record(db, of, e->record, clock_today()) : OK;
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
