/* A board as a page and on a wall: what stands around its cards. */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "modules/board/board_pages.h"
#include "modules/board/board_pages_gen.h"
#include "modules/board/board_queries.h"
#include "modules/chart/chart_link.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum { UNITS_MOST = 60, THINGS_MOST = 3, MUCH_CHANGE = 5 };

/* --- The filter's choices --------------------------------------------------------------------------------------- */
static struct err units_fill(struct get *g, struct board_show *v, const struct board_filter *f) {
    struct board_units_rows rows;
    TRY(board_units(g->db, (struct board_units_in){.organ = g->who->organ.v, .most = UNITS_MOST}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->units,
                 (struct board_option){str_format(g->arena, "%lld", (long long)rows.at[i].id.v), rows.at[i].short_name,
                                       rows.at[i].id.v == f->unit});
    }
    LIST_ADD(g->arena, &v->units, (struct board_option){S("-1"), S("Chưa giao"), f->unit == CHART_NO_UNIT});
    return OK;
}

static void choices_fill(struct get *g, struct board_show *v, const struct board_filter *f) {
    struct arena *a = g->arena;
    struct chart_scopes scopes;
    chart_scopes_of(g->who, &scopes);
    for (size_t i = 0; i < scopes.n; i++) {
        LIST_ADD(a, &v->scopes,
                 (struct board_option){chart_scope_code(scopes.at[i]), chart_scope_name(scopes.at[i]),
                                       scopes.at[i] == f->scope});
    }
    LIST_ADD(a, &v->against, (struct board_option){S("before"), S("kỳ trước"), !f->is_year_ago});
    LIST_ADD(a, &v->against, (struct board_option){S("year"), S("cùng kỳ năm trước"), f->is_year_ago});
    for (enum board_span s = BOARD_MONTH; s <= BOARD_TWELVE; s++) {
        struct board_filter other = *f;
        other.span = s;
        LIST_ADD(a, &v->periods,
                 (struct tab){
                     .label = board_span_name(s), .link = board_link(a, f->path, &other), .is_current = s == f->span});
    }
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct metric_source *s = g->app->at[i]->metrics; s && s->code.len; s++) {
            LIST_ADD(a, &v->sources, (struct board_option){s->code, s->title, str_eq(s->code, f->source)});
        }
    }
    v->communes = place_options(place_open(a), a);
}

static struct err tabs_fill(struct get *g, struct board_show *v, const struct board_set *set,
                            const struct board_filter *f) {
    struct board_ready ready;
    struct board_mine_rows rows;
    struct arena *a = g->arena;
    for (size_t i = 0; board_ready_at(i, &ready); i++) {
        struct board_filter other = *f;
        other.code = ready.code;
        LIST_ADD(a, &v->tabs,
                 (struct tab){.label = ready.title,
                              .link = board_link(a, S("/board"), &other),
                              .is_current = !set->id && str_eq(ready.code, set->code)});
    }
    TRY(board_mine(g->db, (struct board_mine_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct board_filter other = *f;
        other.code = S("");
        LIST_ADD(a, &v->tabs,
                 (struct tab){.label = rows.at[i].title,
                              .link = board_link(a, link_record(a, S("/board/"), rows.at[i].id.v, S("")).v, &other),
                              .is_current = rows.at[i].id.v == set->id});
    }
    return OK;
}

/* --- Three things worth knowing ---------------------------------------------------------------------------------- */
static void thing_add(struct board_make *make, struct board_show *v, struct str words, struct str act,
                      struct link link) {
    if (v->things.n < THINGS_MOST) {
        LIST_ADD(make->look->arena, &v->things, (struct board_thing){words, act, link});
    }
}

static void late_thing(struct board_make *make, struct board_show *v, const struct board_metric *m,
                       struct board_source *s) {
    struct chart_filter f = board_chart(s, m);
    struct chart_sum sum = board_sum(s, f.from, f.to);
    int64_t n = chart_count(&sum, m->m->of);
    if (m->m->good == METRIC_DOWN && n > 0) {
        struct arena *a = make->look->arena;
        thing_add(make, v, str_format(a, "%.*s: %lld %.*s.", STR_ARG(m->m->title), (long long)n, STR_ARG(m->m->unit)),
                  S("Xem danh sách"), chart_records_link(a, &f, m->m->of));
    }
}

static void target_thing(struct board_make *make, struct board_show *v, const struct board_metric *m,
                         struct board_source *s) {
    struct chart_filter f = board_chart(s, m);
    struct chart_sum sum = board_sum(s, f.from, f.to);
    double value;
    bool is_below = m->m->kind == METRIC_RATIO && m->m->has_target && m->m->good == METRIC_UP &&
                    board_value(m, &sum, &value) && value < (double)m->m->target;
    if (is_below) {
        struct arena *a = make->look->arena;
        thing_add(make, v,
                  str_format(a, "%.*s mới đạt %.*s %%, chỉ tiêu %lld %%.", STR_ARG(m->m->title),
                             STR_ARG(board_number(a, value, true)), (long long)m->m->target),
                  S("Xem những gì chưa đạt"), chart_records_link(a, &f, m->m->per & ~m->m->of));
    }
}

static void change_thing(struct board_make *make, struct board_show *v, const struct board_metric *m,
                         struct board_source *s) {
    const struct board_filter *f = make->look->filter;
    struct chart_sum now = board_sum(s, f->from, f->to), then = board_sum(s, f->before_from, f->before_to);
    int64_t n = chart_count(&now, m->m->of), before = chart_count(&then, m->m->of);
    bool is_known = s->first.year && date_cmp(s->first, f->before_from) <= 0 && before > 0;
    if (m->m->kind == METRIC_COUNT && is_known && llabs(n - before) >= MUCH_CHANGE) {
        struct arena *a = make->look->arena;
        struct chart_filter chart = board_chart(s, m);
        thing_add(make, v,
                  str_format(a, "%.*s: %lld, kỳ trước %lld.", STR_ARG(m->m->title), (long long)n, (long long)before),
                  S("Xem danh sách"), chart_records_link(a, &chart, m->m->of));
    }
}

static struct err things_fill(struct board_make *make, const struct board_set *set, struct board_show *v) {
    static void (*const each[])(struct board_make *, struct board_show *, const struct board_metric *,
                                struct board_source *) = {late_thing, target_thing, change_thing};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) {
        size_t before = v->things.n;
        for (size_t i = 0; i < set->items.n && v->things.n == before; i++) {
            struct board_metric m;
            struct board_source *s;
            if (set->items.at[i].kind == BOARD_NUMBER && board_metric_find(make->app, set->items.at[i].metric, &m)) {
                TRY(board_source_look(make->look, m.of, &s));
                each[k](make, v, &m, s);
            }
        }
    }
    return OK;
}

/* --- The cards --------------------------------------------------------------------------------------------------- */
static struct board_group *group_of(struct arena *a, struct board_show *v, struct str title) {
    struct board_group *last = v->numbers.n ? &v->numbers.at[v->numbers.n - 1] : NULL;
    if (!last || !str_eq(last->title, title)) {
        LIST_ADD(a, &v->numbers, (struct board_group){.title = title});
        last = &v->numbers.at[v->numbers.n - 1];
    }
    return last;
}

static struct err cards_fill(struct board_make *make, const struct board_set *set, struct board_show *v) {
    struct arena *a = make->look->arena;
    for (size_t i = 0; i < set->items.n; i++) {
        const struct board_item *item = &set->items.at[i];
        struct board_card card;
        struct board_metric m;
        struct str source = make->look->filter->source;
        if (source.len && board_metric_find(make->app, item->metric, &m) && !str_eq(m.of->code, source)) {
            continue;
        }
        TRY(board_card_make(make, item, &card));
        if (card.is_number) {
            LIST_ADD(a, &group_of(a, v, item->group)->cards, card);
        } else {
            LIST_ADD(a, &v->charts, card);
        }
    }
    return OK;
}

static void head_fill(struct get *g, struct board_show *v, const struct board_set *set, const struct board_filter *f) {
    struct arena *a = g->arena;
    struct str in = f->path;
    v->title = set->title;
    v->code = set->code;
    v->id = set->id;
    v->is_mine = set->is_mine;
    v->path = link_local(a, "%.*s", STR_ARG(in));
    v->on = f->on;
    v->scope = chart_scope_code(f->scope);
    v->period = board_span_code(f->span);
    v->commune = f->commune;
    v->before = board_before_words(a, f);
    v->at = clock_now();
    v->back = board_link(a, in, f);
    v->wall = board_link(a, str_format(a, "%.*s/wall", STR_ARG(in)), f);
    v->excel = link_local(a, "%.*s&format=xlsx", STR_ARG(board_link(a, str_format(a, "%.*s/file", STR_ARG(in)), f).v));
    v->csv = link_local(a, "%.*s&format=csv", STR_ARG(board_link(a, str_format(a, "%.*s/file", STR_ARG(in)), f).v));
    v->edit = set->id && set->is_mine ? link_record(a, S("/board/"), set->id, S("/edit")) : (struct link){{0}};
}

static struct err set_read(struct get *g, struct board_set *set, struct str *path) {
    int64_t id;
    if (!path_param(g->request, S("id")).len) {
        board_ready_read(g->arena, g->who, query_param(g->request, S("of")), set);
        *path = S("/board");
        return OK;
    }
    TRY(path_id(g->request, S("id"), &id));
    TRY(board_own_read(g->db, g->who, id, set));
    *path = link_record(g->arena, S("/board/"), id, S("")).v;
    return OK;
}

struct err board_show_fill(struct get *g, bool is_wall, struct board_show *v) {
    struct board_set set;
    struct board_filter f;
    struct str path;
    *v = (struct board_show){.is_hidden = is_wall};
    TRY(set_read(g, &set, &path));
    TRY(board_filter_read(g, path, set.code, &f, &v->fault));
    struct board_look look = {
        .db = g->db, .arena = g->arena, .filter = &f, .organ = g->who->organ.v, .today = clock_today()};
    struct board_make make = {&look, g->app, is_wall};
    TRY(cards_fill(&make, &set, v));
    TRY(board_filter_words(g->db, g->arena, &f, &v->words));
    head_fill(g, v, &set, &f);
    if (is_wall) {
        return OK;
    }
    TRY(things_fill(&make, &set, v));
    choices_fill(g, v, &f);
    TRY(units_fill(g, v, &f));
    return tabs_fill(g, v, &set, &f);
}

struct err board_show_get(struct get *g) {
    struct board_show v;
    TRY(board_show_fill(g, false, &v));
    return answer_board_show(g, &v);
}

struct err board_wall_get(struct get *g) {
    struct board_show v;
    TRY(board_show_fill(g, true, &v));
    return answer_board_wall(g, &v);
}
