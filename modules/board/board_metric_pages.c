/* The catalogue: what is counted, how, where it is used and how it has changed; and thresholds. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/page/form.h"
#include "modules/board/board_own.h"
#include "modules/board/board_pages.h"
#include "modules/board/board_pages_gen.h"
#include "modules/board/board_queries.h"
#include "modules/chart/chart_link.h"

#include "base/banned.h"

#define BOUND_MOST INT64_C(1000000000000)

static const struct choice scopes_known[] = {{S_INIT("organ"), S_INIT("Toàn cơ quan")},
                                             {S_INIT("unit"), S_INIT("Đơn vị của tôi")},
                                             {S_INIT("post"), S_INIT("Việc của tôi")},
                                             {{0}, {0}}};
static const struct choice sides[] = {
    {S_INIT("above"), S_INIT("lớn hơn")}, {S_INIT("below"), S_INIT("nhỏ hơn")}, {{0}, {0}}};
const struct field board_alert_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("scope"),
     .label = S_INIT("Số của"),
     .is_required = true,
     .choices = scopes_known},
    {.kind = FIELD_CHOICE, .name = S_INIT("side"), .label = S_INIT("Báo khi"), .is_required = true, .choices = sides},
    {.kind = FIELD_INT,
     .name = S_INIT("bound"),
     .label = S_INIT("Ngưỡng"),
     .is_required = true,
     .most = BOUND_MOST,
     .hint = S_INIT("Số nguyên; tỷ lệ thì ghi phần trăm. Đếm trên mười hai tháng đến nay.")},
    {0},
};

static struct board_metric_line line_of(struct arena *a, const struct board_metric *m) {
    struct board_metric_line line = {.code = m->m->code,
                                     .title = m->m->title,
                                     .definition = m->m->definition,
                                     .unit = m->m->unit,
                                     .source = m->of->source,
                                     .kind = board_kind_name(m->m->kind),
                                     .link = link_local(a, "/board/metric/%.*s", STR_ARG(m->m->code))};
    line.good = m->m->good == METRIC_UP     ? S("Càng cao càng tốt")
                : m->m->good == METRIC_DOWN ? S("Càng thấp càng tốt")
                                            : S("Không có chiều tốt, xấu");
    if (m->m->has_target) {
        line.target = str_format(a, "%s %lld%s", m->m->good == METRIC_DOWN ? "≤" : "≥", (long long)m->m->target,
                                 m->m->kind == METRIC_RATIO ? " %" : "");
    }
    return line;
}

struct err board_metrics_get(struct get *g) {
    struct board_metrics_view v = {0};
    struct board_metrics all;
    struct arena *a = g->arena;
    const struct metric_source *last = NULL;
    board_metrics(a, g->app, &all);
    v.n = (int64_t)all.n;
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].of != last) {
            last = all.at[i].of;
            LIST_ADD(a, &v.groups, (struct board_metric_group){.title = last->title, .source = last->source});
        }
        LIST_ADD(a, &v.groups.at[v.groups.n - 1].metrics, line_of(a, &all.at[i]));
    }
    return answer_board_metrics(g, &v);
}

static struct str dimensions_of(struct arena *a, const struct metric_source *of) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "ngày, đơn vị, xã phường, kết quả, hạn");
    if (of->field_at) {
        buf_printf(&b, ", %.*s", STR_ARG(of->field));
    }
    return buf_str(&b);
}

static struct err uses_fill(struct get *g, struct board_metric_view *v, struct str code) {
    struct board_ready ready;
    struct board_used_in_rows rows;
    struct arena *a = g->arena;
    for (size_t i = 0; board_ready_at(i, &ready); i++) {
        if (board_ready_uses(ready.code, code)) {
            LIST_ADD(a, &v->uses,
                     (struct board_use){ready.title, link_local(a, "/board?of=%.*s", STR_ARG(ready.code))});
        }
    }
    TRY(board_used_in(g->db, (struct board_used_in_in){.metric = code, .reader = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, &v->uses,
                 (struct board_use){rows.at[i].title, link_record(a, S("/board/"), rows.at[i].id.v, S(""))});
    }
    return OK;
}

static struct err editions_fill(struct get *g, struct board_metric_view *v, struct str code) {
    struct board_definitions_rows rows;
    TRY(board_definitions(g->db, (struct board_definitions_in){.metric = code}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->editions,
                 (struct board_edition){rows.at[i].edition, rows.at[i].since_on, rows.at[i].title, rows.at[i].words,
                                        rows.at[i].formula});
    }
    return OK;
}

static struct err metric_of(struct request *r, const struct modules *app, struct board_metric *m) {
    return board_metric_find(app, path_param(r, S("code")), m) ? OK : FAIL(ERR_MISSING, "no metric of that code");
}

struct err board_metric_get(struct get *g) {
    struct board_metric m;
    struct arena *a = g->arena;
    struct chart_scopes scopes;
    TRY(metric_of(g->request, g->app, &m));
    struct board_metric_view v = {.metric = line_of(a, &m),
                                  .formula = board_formula(a, m.m),
                                  .grain = S("ngày × đơn vị × xã phường"),
                                  .dimensions = dimensions_of(a, m.of),
                                  .records = link_local(a, "/chart?of=%.*s", STR_ARG(m.of->code)),
                                  .form = form_begin(a, board_alert_fields, g->form)};
    v.hiding = m.m->least ? str_format(a,
                                       "Số từ 1 đến %d chỉ hiện cho người mở được hồ sơ; màn treo tường ẩn, kèm "
                                       "thêm ô khác để không tính ngược ra được.",
                                       m.m->least - 1)
                          : S("Không ẩn");
    chart_scopes_of(g->who, &scopes);
    for (size_t i = 0; i < scopes.n; i++) {
        LIST_ADD(a, &v.scopes,
                 (struct board_option){chart_scope_code(scopes.at[i]), chart_scope_name(scopes.at[i]), i == 0});
    }
    TRY(uses_fill(g, &v, m.m->code));
    TRY(editions_fill(g, &v, m.m->code));
    return answer_board_metric(g, &v);
}

static enum chart_scope scope_typed(struct str code) {
    for (enum chart_scope s = CHART_ORGAN; s < CHART_POST; s++) {
        if (str_eq(chart_scope_code(s), code)) {
            return s;
        }
    }
    return CHART_POST;
}

struct err board_alert_post(struct post *p) {
    struct board_metric m;
    TRY(metric_of(p->request, p->app, &m));
    TRY(board_alert_add(p->db, p->who,
                        &(struct board_alert_new){.metric = m.m->code,
                                                  .scope = scope_typed(form_text(p->form, "scope")),
                                                  .is_above = str_eq(form_text(p->form, "side"), S("above")),
                                                  .bound = form_number(p->form, "bound")}));
    flash(p, "Đã đặt ngưỡng. Khi vượt sẽ báo một lần, khi hết vượt báo một lần.");
    return see_other(p, "/board/alert");
}

struct err board_alerts_get(struct get *g) {
    struct board_alerts_rows rows;
    struct board_alert_view v = {0};
    struct arena *a = g->arena;
    TRY(board_alerts(g->db, (struct board_alerts_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct board_alerts_row *r = &rows.at[i];
        struct board_metric m;
        bool is_there = board_metric_find(g->app, r->metric, &m);
        struct buf b = buf_in(a);
        num_put_vi(&b, r->bound);
        LIST_ADD(a, &v.alerts,
                 (struct board_alert_line){
                     .id = r->id.v,
                     .title = is_there ? m.m->title : r->metric,
                     .rule = str_format(a, "%.*s, %s %.*s", STR_ARG(chart_scope_name(scope_typed(r->scope))),
                                        r->is_above ? "lớn hơn" : "nhỏ hơn", STR_ARG(buf_str(&b))),
                     .now = board_number(a, (double)r->value, false),
                     .link = link_local(a, "/board/metric/%.*s", STR_ARG(r->metric)),
                     .is_crossed = r->is_crossed,
                     .since_at = r->since_at});
    }
    return answer_board_alert(g, &v);
}

struct err board_alert_removal_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(board_alert_drop(p->db, p->who, id));
    flash(p, "Đã bỏ ngưỡng.");
    return see_other(p, "/board/alert");
}
