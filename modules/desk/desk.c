#include "modules/desk/desk.h"
#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "modules/chart/chart.h"
#include "modules/desk/desk_lunar.h"
#include "modules/desk/desk_pages_gen.h"
#include "modules/desk/desk_view.h"
#include "modules/document/document.h"
#include "modules/notice/notice.h"
#include "modules/org/org.h"

#include <stdlib.h>

enum { ROWS_MOST = 12, ROWS_FEW = 5, WEEKS = 8, TOLD_MOST = 6, DRAWING_HEIGHT = 66 };

/* What waits for the post itself, in the order in which it presses. */
static const enum document_box waiting[] = {DOCUMENT_BOX_PRESENTED, DOCUMENT_BOX_REPORTED, DOCUMENT_BOX_RETURNED,
                                            DOCUMENT_BOX_WAITING,   DOCUMENT_BOX_RECEIVED, DOCUMENT_BOX_DRAFT,
                                            DOCUMENT_BOX_WORKING};
enum { WAITING = sizeof waiting / sizeof *waiting };

struct desk_tab {
    struct str code, title, empty_title, empty_words;
    enum document_box box; /* DOCUMENT_BOX_ALL: all of waiting */
    bool is_hot;
};
static const struct desk_tab desk_tabs[] = {
    {S_INIT(""), S_INIT("Chờ tôi"), S_INIT("Không còn việc nào chờ"),
     S_INIT("Việc mới tự hiện ở đây, không cần tải lại trang."), DOCUMENT_BOX_ALL, false},
    {S_INIT("soon"), S_INIT("Sắp đến hạn"), S_INIT("Không có việc nào sắp đến hạn"),
     S_INIT("Việc còn từ ba ngày trở lại nằm ở đây."), DOCUMENT_BOX_SOON, false},
    {S_INIT("late"), S_INIT("Quá hạn"), S_INIT("Không có việc nào quá hạn"), S_INIT(""), DOCUMENT_BOX_LATE, true},
    {S_INIT("given"), S_INIT("Tôi giao"), S_INIT("Không có việc nào đã giao còn mở"), S_INIT(""), DOCUMENT_BOX_GIVEN,
     false},
    {S_INIT("inform"), S_INIT("Để biết"), S_INIT("Không có văn bản nào chưa xem"),
     S_INIT("Văn bản gửi để biết nằm ở đây đến khi mở xem."), DOCUMENT_BOX_INFORM, false},
};
enum { TABS = sizeof desk_tabs / sizeof *desk_tabs };

static const struct desk_tab *tab_of(struct str code) {
    for (size_t i = 1; i < TABS; i++) {
        if (str_eq(desk_tabs[i].code, code)) {
            return &desk_tabs[i];
        }
    }
    return &desk_tabs[0];
}

static int64_t waiting_count(const struct document_counts *counts) {
    int64_t n = 0;
    for (size_t i = 0; i < WAITING; i++) {
        n += counts->n[waiting[i]];
    }
    return n;
}

static int64_t tab_count(const struct desk_tab *tab, const struct document_counts *counts) {
    return tab->box == DOCUMENT_BOX_ALL ? waiting_count(counts) : counts->n[tab->box];
}

struct desk_rows {
    struct desk_row *at;
    size_t n;
};

static bool row_is_there(const struct desk_rows *rows, struct link link) {
    for (size_t i = 0; i < rows->n; i++) {
        if (str_eq(rows->at[i].link.v, link.v)) {
            return true;
        }
    }
    return false;
}

/* A deadline is said while it runs; what was reported done is no longer late. */
static struct str due_words(struct arena *a, const struct document_row *r) {
    return r->days < 0 && !r->is_late ? S("") : document_due_words(a, r);
}

static struct desk_row row_of(struct arena *a, const struct document_row *r, enum document_box box) {
    bool is_mine = box != DOCUMENT_BOX_GIVEN && box != DOCUMENT_BOX_LATE && box != DOCUMENT_BOX_SOON;
    return (struct desk_row){
        .link = link_local(a, "/document/%lld", (long long)r->id.v),
        .subject = r->subject.len ? r->subject : S("Văn bản chưa có trích yếu"),
        .code = r->code,
        .issuer = r->issuer,
        .what = is_mine ? document_box_title(box) : r->lead_name,
        .priority_name = r->priority ? document_priority_name(r->priority) : S(""),
        .due_words = due_words(a, r),
        .due_on = r->due_on,
        .is_late = r->is_late,
        .is_soon = r->is_soon,
        .is_new = r->is_new,
    };
}

static struct err box_add(struct get *g, struct desk_rows *to, enum document_box box, size_t most) {
    struct document_rows rows;
    TRY(document_box_list(g->db, g->who, box, clock_today(), most, &rows));
    for (size_t i = 0; i < rows.n && to->n < most; i++) {
        struct desk_row row = row_of(g->arena, &rows.at[i], box);
        if (!row_is_there(to, row.link)) {
            LIST_ADD(g->arena, to, row);
        }
    }
    return OK;
}

/* While little waits, what is late and what is nearly late stands below it. */
static struct err sections_fill(struct get *g, struct desk_show *v, const struct document_counts *counts) {
    for (size_t i = TABS; i-- > 1 && v->rows.n < ROWS_FEW;) {
        const struct desk_tab *tab = &desk_tabs[i];
        if ((tab->box != DOCUMENT_BOX_LATE && tab->box != DOCUMENT_BOX_SOON) || counts->n[tab->box] == 0) {
            continue;
        }
        struct desk_rows rows = {0};
        TRY(box_add(g, &rows, tab->box, ROWS_FEW));
        struct desk_section *section = LIST_PUSH(g->arena, &v->sections);
        section->title = tab->title;
        section->link = link_local(g->arena, "/desk?tab=%.*s", STR_ARG(tab->code));
        section->count = counts->n[tab->box];
        section->rows.at = rows.at;
        section->rows.n = rows.n;
    }
    return OK;
}

/* What runs out stands first, by its day; the rest keeps its order. */
static int row_cmp(const void *a, const void *b) {
    const struct desk_row *x = a, *y = b;
    bool x_runs = x->is_late || x->is_soon, y_runs = y->is_late || y->is_soon;
    if (x_runs != y_runs) {
        return x_runs ? -1 : 1;
    }
    int order = x_runs ? date_cmp(x->due_on, y->due_on) : 0;
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static struct err waiting_fill(struct get *g, struct desk_rows *rows, const struct document_counts *counts) {
    for (size_t i = 0; i < WAITING; i++) {
        struct desk_rows some = {0};
        if (counts->n[waiting[i]] > 0) {
            TRY(box_add(g, &some, waiting[i], ROWS_MOST));
        }
        for (size_t k = 0; k < some.n; k++) {
            if (!row_is_there(rows, some.at[k].link)) {
                some.at[k].place = (int64_t)rows->n;
                LIST_ADD(g->arena, rows, some.at[k]);
            }
        }
    }
    if (rows->n) {
        list_sort(rows->at, rows->n, sizeof *rows->at, row_cmp);
    }
    rows->n = rows->n < ROWS_MOST ? rows->n : ROWS_MOST;
    return OK;
}

static struct err rows_fill(struct get *g, struct desk_show *v, const struct desk_tab *tab,
                            const struct document_counts *counts) {
    struct desk_rows rows = {0};
    if (tab->box == DOCUMENT_BOX_ALL) {
        TRY(waiting_fill(g, &rows, counts));
    } else {
        TRY(box_add(g, &rows, tab->box, ROWS_MOST));
    }
    v->rows.at = rows.at;
    v->rows.n = rows.n;
    return tab->box == DOCUMENT_BOX_ALL ? sections_fill(g, v, counts) : OK;
}

static void tabs_fill(struct get *g, struct desk_show *v, const struct desk_tab *now,
                      const struct document_counts *counts) {
    for (size_t i = 0; i < TABS; i++) {
        const struct desk_tab *t = &desk_tabs[i];
        int64_t n = tab_count(t, counts);
        struct link link = i ? link_local(g->arena, "/desk?tab=%.*s", STR_ARG(t->code)) : link_local(g->arena, "/desk");
        LIST_ADD(g->arena, &v->tabs,
                 (struct tab){.label = t->title,
                              .link = link,
                              .count = n,
                              .is_counted = true,
                              .is_current = t == now,
                              .is_hot = t->is_hot && n > 0});
    }
}

/* The bars of the last weeks, drawn to the highest. */
static void weeks_fill(struct get *g, struct desk_show *v, const struct chart_buckets *weeks, struct str scope) {
    int64_t highest = 1;
    for (size_t i = 0; i < weeks->n; i++) {
        highest = weeks->at[i].sum.total > highest ? weeks->at[i].sum.total : highest;
    }
    size_t first = weeks->n > WEEKS ? weeks->n - WEEKS : 0;
    for (size_t i = first; i < weeks->n; i++) {
        const struct chart_bucket *w = &weeks->at[i];
        int64_t height = w->sum.total ? 2 + w->sum.total * (DRAWING_HEIGHT - 2) / highest : 1;
        struct str from = date_iso(g->arena, w->from), to = date_iso(g->arena, w->to);
        LIST_ADD(
            g->arena, &v->weeks,
            (struct desk_bar){.label = w->label,
                              .n = w->sum.total,
                              .height = height,
                              .x = 4 + (int64_t)(i - first) * 37,
                              .y = DRAWING_HEIGHT + 8 - height,
                              .is_last = i + 1 == weeks->n,
                              .link = link_local(g->arena, "/chart/document?scope=%.*s&step=week&from=%.*s&to=%.*s",
                                                 STR_ARG(scope), STR_ARG(from), STR_ARG(to))});
    }
    v->has_weeks = v->weeks.n > 1;
    v->this_week = v->weeks.n ? v->weeks.at[v->weeks.n - 1].n : 0;
    v->last_week = v->weeks.n > 1 ? v->weeks.at[v->weeks.n - 2].n : 0;
}

static struct err weeks_read(struct get *g, struct desk_show *v) {
    static const struct str codes[] = {
        [CHART_ORGAN] = S_INIT("organ"), [CHART_UNIT] = S_INIT("unit"), [CHART_POST] = S_INIT("post")};
    struct chart_scopes scopes;
    chart_scopes_of(g->who, &scopes);
    if (!scopes.n) {
        return OK;
    }
    int monday = date_weekday(v->today) - 1;
    struct chart_filter filter = {.scope = scopes.at[0],
                                  .step = CHART_WEEK,
                                  .from = date_plus(v->today, -monday - 7 * (WEEKS - 1)),
                                  .to = date_plus(v->today, 6 - monday)};
    TRY(chart_principal(g->db, g->who, filter.scope, &filter.principal));
    struct chart_figures figures;
    TRY(chart_figures(g->db, &filter, v->today, &figures));
    v->chart = link_local(g->arena, "/chart?scope=%.*s", STR_ARG(codes[filter.scope]));
    weeks_fill(g, v, &figures.by_time, codes[filter.scope]);
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

static struct err desk_get(struct get *g) {
    struct desk_show v = {
        .today = clock_today(), .may_register = (g->who->roles & ROLE_CLERK) != 0, .may_ask = g->who->post.v != 0};
    const struct desk_tab *tab = tab_of(query_param(g->request, S("tab")));
    struct document_counts counts;
    TRY(document_counts(g->db, g->who->post, v.today, &counts));
    TRY(day_fill(g, &v));
    tabs_fill(g, &v, tab, &counts);
    TRY(rows_fill(g, &v, tab, &counts));
    TRY(weeks_read(g, &v));
    TRY(told_fill(g, &v));
    v.empty_title = tab->empty_title;
    v.empty_words = tab->empty_words;
    int64_t n = tab_count(tab, &counts);
    v.hidden = n > (int64_t)v.rows.n ? n - (int64_t)v.rows.n : 0;
    v.all = tab->box == DOCUMENT_BOX_ALL
                ? link_local(g->arena, "/document")
                : link_local(g->arena, "/document?tab=%.*s", STR_ARG(document_box_code(tab->box)));
    return answer_desk_show(g, &v);
}

/* What waits, beside the desk in the rail; red when something is late. */
static struct err desk_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct document_counts counts;
    TRY(document_counts(db, who->post, clock_today(), &counts));
    *n = waiting_count(&counts);
    *is_hot = counts.n[DOCUMENT_BOX_LATE] > 0;
    return OK;
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
     .count = desk_count},
    {0},
};

const struct module desk_module = {.name = "desk", .title = "Bàn làm việc", .routes = desk_routes, .nav = desk_nav};
