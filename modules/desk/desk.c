/* The desk's page. What waits comes from the ports of the modules (desk_waiting.c); charts and notices from their own.
 */
#include "modules/desk/desk.h"
#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/port/paper.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_link.h"
#include "modules/desk/desk_lunar.h"
#include "modules/desk/desk_pages_gen.h"
#include "modules/desk/desk_view.h"
#include "modules/desk/desk_waiting.h"
#include "modules/notice/notice.h"
#include "modules/org/org.h"

enum { WEEKS = 8, TOLD_MOST = 6, DRAWING_HEIGHT = 66 };

/* The bars of the last weeks, drawn to the highest. */
static void weeks_fill(struct get *g, struct desk_show *v, const struct chart_filter *f,
                       const struct chart_buckets *weeks) {
    int64_t highest = 1;
    for (size_t i = 0; i < weeks->n; i++) {
        highest = weeks->at[i].sum.total > highest ? weeks->at[i].sum.total : highest;
    }
    size_t first = weeks->n > WEEKS ? weeks->n - WEEKS : 0;
    for (size_t i = first; i < weeks->n; i++) {
        const struct chart_bucket *w = &weeks->at[i];
        struct chart_filter week = *f;
        week.from = w->from;
        week.to = w->to;
        int64_t height = w->sum.total ? 2 + w->sum.total * (DRAWING_HEIGHT - 2) / highest : 1;
        LIST_ADD(g->arena, &v->weeks,
                 (struct desk_bar){.label = w->label,
                                   .n = w->sum.total,
                                   .height = height,
                                   .x = 4 + (int64_t)(i - first) * 37,
                                   .y = DRAWING_HEIGHT + 8 - height,
                                   .is_last = i + 1 == weeks->n,
                                   .link = chart_records_link(g->arena, &week, METRIC_EVERY)});
    }
    v->has_weeks = v->weeks.n > 1;
    v->this_week = v->weeks.n ? v->weeks.at[v->weeks.n - 1].n : 0;
    v->last_week = v->weeks.n > 1 ? v->weeks.at[v->weeks.n - 2].n : 0;
}

/* Of the first kind of record that is counted. */
static struct err weeks_read(struct get *g, struct desk_show *v) {
    struct chart_scopes scopes;
    chart_scopes_of(g->who, &scopes);
    int monday = date_weekday(v->today) - 1;
    struct chart_filter filter = {.of = chart_source(g->app, S("")),
                                  .step = CHART_WEEK,
                                  .from = date_plus(v->today, -monday - 7 * (WEEKS - 1)),
                                  .to = date_plus(v->today, 6 - monday)};
    if (!scopes.n || !filter.of) {
        return OK;
    }
    filter.scope = scopes.at[0];
    TRY(chart_principal(g->db, g->who, filter.scope, &filter.principal));
    struct chart_figures figures;
    TRY(chart_figures(g->db, &filter, v->today, &figures));
    v->chart = link_local(g->arena, "/chart?scope=%.*s", STR_ARG(chart_scope_code(filter.scope)));
    v->weeks_of = filter.of->title;
    v->weeks_live = filter.of->code;
    weeks_fill(g, v, &filter, &figures.by_time);
    return OK;
}

static struct err told_fill(struct get *g, struct desk_show *v) {
    struct notice_latest latest;
    TRY(notice_latest(g->db, g->who->post, TOLD_MOST, &latest));
    for (size_t i = 0; i < latest.n; i++) {
        LIST_ADD(g->arena, &v->told,
                 (struct desk_told){latest.at[i].id, latest.at[i].words, latest.at[i].told_at, latest.at[i].is_new});
    }
    return OK;
}

static struct err day_fill(struct get *g, struct desk_show *v) {
    const struct who *who = g->who;
    struct str address = lang_text(g->lang, who->address);
    v->greeting =
        address.len ? str_format(g->arena, "%.*s %.*s", STR_ARG(address), STR_ARG(who->given_name)) : who->given_name;
    v->lunar = desk_lunar_words(g->arena, v->today);
    struct org_day tomorrow;
    TRY(org_day(g->db, date_plus(v->today, 1), &tomorrow));
    if (!tomorrow.is_work && date_weekday(v->today) < 5) {
        v->tomorrow = tomorrow.reason;
    }
    return OK;
}

/* What a paper in hand may become, for whose daily work it is; small orders first. */
static void papers_fill(struct get *g, struct desk_show *v) {
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct paper_kind *p = g->app->at[i]->papers; p && p->path; p++) {
            if (p->roles && !(g->who->roles & p->roles)) {
                continue;
            }
            LIST_PUSH(g->arena, &v->papers);
            size_t at = v->papers.n - 1;
            for (; at > 0 && v->papers.at[at - 1].order > p->order; at--) {
                v->papers.at[at] = v->papers.at[at - 1];
            }
            v->papers.at[at] =
                (struct desk_paper){p->act, link_local(g->arena, "%s", p->path), icon_html(p->icon), p->order};
        }
    }
}

static struct err desk_get(struct get *g) {
    struct desk_show v = {.today = clock_today(), .may_ask = g->who->post.v != 0};
    TRY(day_fill(g, &v));
    papers_fill(g, &v);
    TRY(desk_waiting_fill(g, &v));
    TRY(weeks_read(g, &v));
    TRY(told_fill(g, &v));
    return answer_desk_show(g, &v);
}

static const struct field desk_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Ngăn"), .most = 10},
    {0},
};
static const struct route desk_routes[] = {
    {.method = METHOD_GET,
     .path = "/desk",
     .access = ACCESS_SIGNED_IN,
     .get = desk_get,
     .fields = desk_query,
     .name = S_INIT("Bàn làm việc")},
    {0},
};
static const struct nav_entry desk_nav[] = {
    {.area = AREA_DESK,
     .order = 1,
     .title = "Bàn làm việc",
     .path = "/desk",
     .icon = ICON("layout-dashboard"),
     .is_on_phone = true,
     .count = desk_waiting_count},
    {0},
};

const struct module desk_module = {.name = "desk", .title = "Bàn làm việc", .routes = desk_routes, .nav = desk_nav};
