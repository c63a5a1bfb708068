/* What charts give the program: routes, navigation, listeners. */
#include "kernel/queue/event.h"
#include "kernel/page/html.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"

static struct err hear_document(struct db_write *db, const struct event *e) {
    return chart_count_record(db, e->record, clock_today());
}

static const struct event_listener chart_listeners[] = {
    {.name = "chart.document", .pattern = "document.*", .hear = hear_document},
    {0},
};

static struct err demo(struct db_write *db, struct arena *arena) {
    (void)arena;
    return chart_fill(db, clock_today());
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
                                    .demo = demo,
                                    .seed = demo};
