#include "kernel/shell/shell.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/module.h"
#include "kernel/shell/public.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static const struct route *route_of_entry(const struct module *m, const char *path) {
    for (const struct route *r = m->routes; r && r->path; r++) {
        if (r->method == METHOD_GET && !strcmp(r->path, path)) {
            return r;
        }
    }
    return NULL;
}

static bool may_open(const struct who *who, const struct route *r) {
    switch (r->access) {
    case ACCESS_NOBODY: return false;
    case ACCESS_PUBLIC: return true;
    case ACCESS_SIGNED_IN: return who->person.v != 0;
    case ACCESS_ROLES: return (who->roles & r->roles) != 0;
    }
    return false;
}

/* How much of path an entry covers: its own length, or 0 when the page is not under it. */
static size_t covers(struct str entry, struct str path) {
    bool is_under = str_starts(path, entry) && (path.len == entry.len || path.at[entry.len] == '/');
    return is_under ? entry.len : 0;
}

/* An entry of the navigation, with what is the same for everybody looked up already. */
struct shell_place {
    const struct nav_entry *entry;
    const struct route *route;
    struct shell_item item;
};

struct shell_plan {
    LIST(struct shell_place) places; /* as they are shown */
    bool has_search, has_hats, has_account;
    const struct public_places *public;
};

static int place_cmp(const void *a, const void *b) {
    const struct nav_entry *x = ((const struct shell_place *)a)->entry, *y = ((const struct shell_place *)b)->entry;
    return x->area != y->area ? (x->area > y->area) - (x->area < y->area) : x->order - y->order;
}

/* The phone's bar has room for one or two words. */
static struct str short_title_of(const struct nav_entry *e) {
    static const struct {
        struct str title, shorter;
    } shorter[] = {
        {S_INIT("Bàn làm việc"), S_INIT("Bàn")},
        {S_INIT("Văn bản đến"), S_INIT("Văn bản")},
        {S_INIT("Văn phòng điện tử"), S_INIT("Văn bản")},
        {S_INIT("Trợ lý ảo"), S_INIT("Trợ lý")},
    };
    struct str title = str_of(e->title);
    for (size_t i = 0; i < sizeof shorter / sizeof *shorter; i++) {
        if (str_eq(shorter[i].title, title)) {
            return shorter[i].shorter;
        }
    }
    return title;
}

static bool has_route(const struct modules *app, const char *path) {
    for (size_t i = 0; i < app->n; i++) {
        if (route_of_entry(app->at[i], path)) {
            return true;
        }
    }
    return false;
}

static void places_add(struct arena *a, struct shell_plan *plan, const struct module *m) {
    for (const struct nav_entry *e = m->nav; e && e->title; e++) {
        const struct route *route = route_of_entry(m, e->path);
        if (route) {
            struct shell_item item = {.title = e->title,
                                      .short_title = short_title_of(e),
                                      .icon = icon_html(e->icon),
                                      .link = link_local(a, "%s", e->path)};
            LIST_ADD(a, &plan->places, (struct shell_place){.entry = e, .route = route, .item = item});
        }
    }
}

const struct shell_plan *shell_plan_make(struct arena *a, const struct modules *app) {
    struct shell_plan *plan = arena_take(a, struct shell_plan, 1);
    for (size_t i = 0; i < app->n; i++) {
        places_add(a, plan, app->at[i]);
    }
    if (plan->places.n) {
        list_sort(plan->places.at, plan->places.n, sizeof *plan->places.at, place_cmp);
    }
    plan->has_search = has_route(app, "/find");
    plan->has_hats = has_route(app, "/hat");
    plan->has_account = has_route(app, "/password");
    plan->public = public_places_make(a, app);
    return plan;
}

const struct public_places *shell_plan_public(const struct shell_plan *plan) { return plan->public; }

/* The longest entry the page is under: two may be, and only the nearer one is where one stands. */
static size_t best_cover(struct get *g, const struct shell_plan *plan) {
    size_t best = 0;
    for (size_t i = 0; i < plan->places.n; i++) {
        const struct shell_place *p = &plan->places.at[i];
        size_t n = may_open(g->who, p->route) ? covers(p->item.link.v, g->path) : 0;
        best = n > best ? n : best;
    }
    return best;
}

static struct err item_fill(struct get *g, const struct shell_place *place, size_t best, struct shell_item *item) {
    *item = place->item;
    item->is_current = best && covers(item->link.v, g->path) == best;
    if (place->entry->count && g->who->post.v) {
        TRY(place->entry->count(g->db, g->who, &item->count, &item->is_hot));
        item->is_counted = item->count > 0;
    }
    return OK;
}

static const char *area_title(enum area area) {
    static const char *const titles[] = {[AREA_DESK] = NULL,
                                         [AREA_WORK] = "Tác nghiệp",
                                         [AREA_ASSISTANT] = "Trợ lý và thống kê",
                                         [AREA_ADMIN] = "Quản trị",
                                         [AREA_BELL] = NULL};
    return titles[area];
}

static struct err places_fill(struct get *g, const struct shell_plan *plan, struct shell *s) {
    size_t best = best_cover(g, plan);
    enum area last = 0;
    for (size_t i = 0; i < plan->places.n; i++) {
        const struct shell_place *place = &plan->places.at[i];
        struct shell_item item;
        if (!may_open(g->who, place->route)) {
            continue;
        }
        TRY(item_fill(g, place, best, &item));
        if (place->entry->area == AREA_BELL) {
            s->bell = item;
            s->has_news = true;
            continue;
        }
        if (place->entry->area != last) {
            last = place->entry->area;
            LIST_PUSH(g->arena, &s->areas)->title = area_title(last);
        }
        LIST_ADD(g->arena, &s->areas.at[s->areas.n - 1].items, item);
        if (place->entry->is_on_phone && s->phone.n < (s->has_search ? 3 : 4)) {
            LIST_ADD(g->arena, &s->phone, item);
        }
    }
    return OK;
}

struct err shell_fill(struct get *g, struct shell *s) {
    const struct who *who = g->who;
    struct str theme = request_cookie(g->request, S("theme"));
    *s = (struct shell){
        .language = g->lang->code,
        .theme = str_eq(theme, S("light")) || str_eq(theme, S("dark")) ? theme : S(""),
        .path = g->path,
        .person_id = who->person,
        .person = who->name,
        .given_name = who->given_name,
        .post = who->post_name,
        .unit = who->unit_name,
        .organ = who->organ_name,
        .is_signed_in = who->person.v != 0,
        .flash = request_flash(g->request),
        .is_refused = g->form && g->form->is_refused,
    };
    const struct shell_plan *plan = request_shell_plan(g->request);
    s->has_search = s->is_signed_in && plan->has_search;
    s->has_hats = s->is_signed_in && plan->has_hats;
    s->has_account = s->is_signed_in && plan->has_account;
    return places_fill(g, plan, s);
}
