/* One work being read on a day: which line of wordings, its force, the block every page of it begins with. */
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"

enum { EVENTS_MOST = 4000 };

/* The last day from which the words kept know of a change: one that was applied, or is worked into what the source
   gave. */
static struct date known_until(const struct law_reading *r) {
    struct date last = {0};
    for (size_t i = 0; i < r->events.n; i++) {
        const struct law_read_events_row *e = &r->events.at[i];
        bool counts = e->is_applied && e->effective_on.year && date_cmp(e->effective_on, r->on) <= 0;
        last = counts && date_cmp(e->effective_on, last) > 0 ? e->effective_on : last;
    }
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        bool counts =
            str_eq(e->kind, S("original")) && str_eq(e->given, S("codified")) && date_cmp(e->dated_on, r->on) <= 0;
        last = counts && date_cmp(e->dated_on, last) > 0 ? e->dated_on : last;
    }
    return last;
}

/* A published consolidation outranks our own as long as nothing is known of a change after its day. The codified law is
   none: the day its words are of is not certain. */
static int64_t consolidation_of(const struct law_reading *r) {
    struct date last = known_until(r), best = {0};
    int64_t found = 0;
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        bool is_published = str_eq(e->kind, S("vbhn")) && (!str_eq(e->given, S("codified")) || e->is_official);
        bool fits = is_published && e->dated_on.year && date_cmp(e->dated_on, r->on) <= 0;
        if (fits && date_cmp(e->dated_on, last) >= 0 && date_cmp(e->dated_on, best) > 0) {
            best = e->dated_on;
            found = e->id.v;
        }
    }
    return found;
}

static void line_read(struct get *g, struct law_reading *r) {
    struct str view = law_query(g, "view");
    int64_t id;
    for (size_t i = 0; i < r->expressions.n; i++) {
        bool is_english =
            str_eq(r->expressions.at[i].kind, S("translation")) && str_eq(r->expressions.at[i].lang, S("en"));
        r->translation = is_english ? r->expressions.at[i].id.v : r->translation;
        if (id_read(view, &id) && id == r->expressions.at[i].id.v && str_eq(r->expressions.at[i].kind, S("vbhn"))) {
            r->line = LAW_LINE_EXPRESSION;
            r->expression = id;
        }
    }
    if (str_eq(view, S("enacted"))) {
        r->line = LAW_LINE_ENACTED;
    } else if (!view.len && !r->expression && (r->expression = consolidation_of(r))) {
        r->line = LAW_LINE_EXPRESSION;
    }
}

struct err law_reading_begin(struct get *g, struct law_work_id id, struct law_reading *r) {
    *r = (struct law_reading){.today = clock_today()};
    TRY(law_read_work(g->db, (struct law_read_work_in){.id = id}, &r->work));
    if (!r->work) {
        return FAIL(ERR_MISSING, "no such work");
    }
    if (!date_read_vi(law_query(g, "on"), &r->on)) {
        r->on = r->today;
    }
    TRY(law_read_events(g->db, (struct law_read_events_in){.work = id, .most = EVENTS_MOST}, &r->events));
    TRY(law_read_expressions(g->db, (struct law_read_expressions_in){.work = id}, &r->expressions));
    TRY(law_change_unapplied(g->db, id, r->on, &r->unapplied));
    line_read(g, r);
    struct law_force force = LAW_FORCE_OF(r->work);
    r->status = law_status_on(&force, r->on);
    return OK;
}

struct law_read_events_row *law_reading_event(const struct law_reading *r, int64_t event) {
    for (size_t i = 0; event && i < r->events.n; i++) {
        if (r->events.at[i].id.v == event) {
            return &r->events.at[i];
        }
    }
    return NULL;
}

bool law_reading_waits(const struct law_reading *r, struct law_event_id event) {
    for (size_t i = 0; i < r->unapplied.n; i++) {
        if (r->unapplied.at[i].event.v == event.v) {
            return true;
        }
    }
    return false;
}

struct str law_address(struct get *g, struct link path) {
    struct str host = header_value(g->request, S("Host"));
    bool is_here = request_is_loopback(g->request);
    return str_format(g->arena, "%s://%.*s%.*s", is_here ? "http" : "https", STR_ARG(host), STR_ARG(path.v));
}

static void tabs_fill(struct arena *a, struct law_head_view *head, const struct law_reading *r, const char *tab) {
    static const struct {
        const char *path;
        struct str label;
    } all[] = {{"", S_INIT("Nội dung")},
               {"/history", S_INIT("Lịch sử hiệu lực")},
               {"/compare", S_INIT("So sánh")},
               {"/relation", S_INIT("Lược đồ")},
               {"/facts", S_INIT("Thuộc tính, ghi chú")}};
    enum { TABS = sizeof all / sizeof *all };
    head->tabs.at = arena_take(a, struct tab, TABS);
    for (size_t i = 0; i < TABS; i++) {
        head->tabs.at[head->tabs.n++] =
            (struct tab){.label = all[i].label,
                         .link = link_local(a, "/law/%lld%s", (long long)r->work->id.v, all[i].path),
                         .is_current = str_eq(str_of(tab), str_of(all[i].path))};
    }
}

struct err law_head_fill(struct get *g, const struct law_reading *r, const char *tab, struct law_head_view *head) {
    struct arena *a = g->arena;
    const struct law_read_work_row *w = r->work;
    struct law_force force = LAW_FORCE_OF(w);
    struct law_keep_watch_of_row *watch;
    TRY(law_keep_watch_of(g->db, (struct law_keep_watch_of_in){.post = g->who->post.v, .work = w->id}, &watch));
    *head = (struct law_head_view){
        .id = w->id,
        .name = law_name(a, w->type, w->code, w->short_title, w->title, w->issued_on),
        .title = w->title,
        .type_name = law_type_name(w->type),
        .code = w->code,
        .issuer = w->issuer,
        .family_name = law_family_name(w->family),
        .status_name = law_status_name(r->status),
        .status_tone = law_status_tone(r->status),
        .issued_on = w->issued_on,
        .effective_on = w->effective_on,
        .expired_on = law_force_end(&force),
        .on = r->on,
        .is_today = date_is(r->on, r->today),
        .is_watched = watch != NULL,
        .watch = watch ? watch->id : (struct law_watch_id){0},
        .cite = link_local(a, "/law/%lld/facts", (long long)w->id.v),
    };
    head->export = link_local(a, "/law/%lld/export?on=%.*s", (long long)r->work->id.v, STR_ARG(date_iso(a, r->on)));
    head->title = law_title_beside(head->name, head->title);
    head->ask = link_local(a, "/assistant?q=%.*s",
                           STR_ARG(law_escaped(a, str_format(a, "%.*s quy định những gì?", STR_ARG(head->name)))));
    head->address = law_address(g, law_link(a, w->id.v, S(""), head->is_today ? (struct date){0} : r->on));
    tabs_fill(a, head, r, tab);
    return OK;
}
