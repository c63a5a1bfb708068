/* Thresholds: looked at every quarter of an hour, told once when crossed and once when that has ended. Standing jobs of
   boards. */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"
#include "modules/board/board_card.h"
#include "modules/board/board_queries.h"
#include "modules/chart/chart_link.h"
#include "modules/org/org.h"

#include "base/banned.h"

enum { AT_ONCE = 100, WATCH_S = 900, DAILY_S = 6 * 3600 };

static enum chart_scope scope_of(struct str code) {
    for (enum chart_scope s = CHART_ORGAN; s < CHART_POST; s++) {
        if (str_eq(chart_scope_code(s), code)) {
            return s;
        }
    }
    return CHART_POST;
}

/* The figure as that post sees it now: of the last twelve months. */
static struct err value_now(struct db_write *db, const struct board_alerts_after_row *r, const struct board_metric *m,
                            bool *is_known, double *value) {
    struct db_read *read = db_reading(db);
    struct org_post post;
    struct date today = clock_today();
    struct board_filter f = {.span = BOARD_TWELVE, .on = today, .scope = scope_of(r->scope)};
    struct board_source *s;
    TRY(org_post(read, (struct post_id){r->post}, &post));
    struct who who = {.post = post.id, .unit = post.unit, .organ = post.organ, .roles = post.roles};
    *is_known = post.is_in_force;
    if (!post.is_in_force) {
        return OK;
    }
    struct err e = chart_principal(read, &who, f.scope, &f.principal);
    if (err_is(e, ERR_DENIED)) {
        err_ignore(e);
        *is_known = false;
        return OK;
    }
    TRY(e);
    board_dates_of(&f, today);
    struct board_look look = {
        .db = read, .arena = db_write_arena(db), .filter = &f, .organ = post.organ.v, .today = today};
    TRY(board_source_look(&look, m->of, &s));
    struct chart_filter chart = board_chart(s, m);
    struct chart_sum sum = board_sum(s, chart.from, chart.to);
    *is_known = s->first.year && board_value(m, &sum, value);
    return OK;
}

static struct err tell(struct db_write *db, const struct board_alerts_after_row *r, const struct board_metric *m,
                       bool is_crossed, double value) {
    struct arena *a = db_write_arena(db);
    struct str number = board_number(a, value, m->m->kind == METRIC_RATIO);
    struct buf b = buf_in(a);
    struct str title = m->m->title;
    struct str words = is_crossed && r->is_above ? str_format(a, "%.*s vượt ngưỡng %lld, nay là %.*s.", STR_ARG(title),
                                                              (long long)r->bound, STR_ARG(number))
                       : is_crossed ? str_format(a, "%.*s xuống dưới ngưỡng %lld, nay là %.*s.", STR_ARG(title),
                                                 (long long)r->bound, STR_ARG(number))
                                    : str_format(a, "%.*s đã hết vượt ngưỡng %lld, nay là %.*s.", STR_ARG(title),
                                                 (long long)r->bound, STR_ARG(number));
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, words);
    BUF_LIT(&b, ",\"path\":");
    json_str(&b, str_format(a, "/board/metric/%.*s", STR_ARG(m->m->code)));
    BUF_LIT(&b, "}");
    return event_emit(db, &(struct event){.kind = is_crossed ? S("board.crossed") : S("board.ended"),
                                          .record = r->id.v,
                                          .to = r->post,
                                          .body = buf_str(&b)});
}

static struct err look_at(struct db_write *db, const struct modules *app, const struct board_alerts_after_row *r) {
    struct board_metric m;
    bool is_known = false;
    double value = 0;
    if (!board_metric_find(app, r->metric, &m)) {
        return OK;
    }
    TRY(value_now(db, r, &m, &is_known, &value));
    if (!is_known) {
        return OK;
    }
    bool is_crossed = r->is_above ? value > (double)r->bound : value < (double)r->bound;
    bool is_news = is_crossed != r->is_crossed;
    if (is_news) {
        TRY(tell(db, r, &m, is_crossed, value));
    }
    return board_alert_look(db,
                            (struct board_alert_look_in){.id = r->id,
                                                         .is_crossed = is_crossed,
                                                         .since_at = is_news ? clock_now() : r->since_at,
                                                         .value = llround(value)},
                            NULL);
}

struct err board_watch(struct db_write *db, const struct modules *app, int64_t after, int64_t *last) {
    struct board_alerts_after_rows rows;
    TRY(board_alerts_after(db_reading(db), (struct board_alerts_after_in){.after = after, .most = AT_ONCE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(look_at(db, app, &rows.at[i]));
    }
    *last = rows.n == AT_ONCE ? rows.at[rows.n - 1].id.v : 0;
    return OK;
}

/* --- What metrics mean ------------------------------------------------------------------------------------------ */
struct err board_define(struct db_write *db, struct arena *a, const struct modules *app, struct date today) {
    struct board_metrics all;
    board_metrics(a, app, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct metric *m = all.at[i].m;
        struct str formula = board_formula(a, m);
        struct board_definitions_rows rows;
        TRY(board_definitions(db_reading(db), (struct board_definitions_in){.metric = m->code}, &rows));
        const struct board_definitions_row *now = rows.n ? &rows.at[0] : NULL;
        if (now && str_eq(now->title, m->title) && str_eq(now->words, m->definition) && str_eq(now->formula, formula)) {
            continue;
        }
        TRY(board_definition_insert(db,
                                    (struct board_definition_insert_in){.metric = m->code,
                                                                        .edition = now ? now->edition + 1 : 1,
                                                                        .since_on = today,
                                                                        .title = m->title,
                                                                        .words = m->definition,
                                                                        .formula = formula},
                                    NULL));
    }
    return OK;
}

/* --- Jobs ------------------------------------------------------------------------------------------------------ */
struct round {
    const struct modules *app;
    int64_t at;
};

static struct err watch_step(struct db_write *db, void *thing) {
    struct round *r = thing;
    return board_watch(db, r->app, r->at, &r->at);
}

static struct err again_in(struct db_write *db, struct str kind, int64_t seconds) {
    return job_add(
        db, &(struct job_new){.kind = kind, .not_before = {clock_now().ms + seconds * 1000}, .is_single = true}, NULL);
}
static struct err watch_end(struct db_write *db, void *thing) {
    (void)thing;
    return again_in(db, S("board.watch"), WATCH_S);
}
static struct err watch_run(struct job *job) {
    struct round r = {.app = job->modules};
    do {
        TRY(job_step(job, S(""), watch_step, &r));
    } while (r.at);
    return job_finish(job, watch_end, NULL);
}

/* One organ after another: forecasts of the month that ended. */
static struct err publish_step(struct db_write *db, void *thing) {
    struct round *r = thing;
    struct board_organs_rows rows;
    TRY(board_organs(db_reading(db), (struct board_organs_in){.after = r->at, .most = 1}, &rows));
    r->at = rows.n ? rows.at[0].id.v : 0;
    return rows.n ? board_publish(db, r->app, r->at, clock_today()) : OK;
}
static struct err define_step(struct db_write *db, void *thing) {
    struct round *r = thing;
    return board_define(db, db_write_arena(db), r->app, clock_today());
}
static struct err daily_end(struct db_write *db, void *thing) {
    (void)thing;
    return again_in(db, S("board.daily"), DAILY_S);
}
static struct err daily_run(struct job *job) {
    struct round r = {.app = job->modules};
    TRY(job_step(job, S(""), define_step, &r));
    do {
        TRY(job_step(job, S(""), publish_step, &r));
    } while (r.at);
    return job_finish(job, daily_end, NULL);
}

const struct job_kind board_jobs[] = {
    {.name = "board.watch", .title = "Xem ngưỡng báo động của thống kê", .every_s = WATCH_S, .run = watch_run},
    {.name = "board.daily", .title = "Định nghĩa chỉ số, dự báo của tháng", .every_s = DAILY_S, .run = daily_run},
    {0},
};
