#include "kernel/shell.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/form.h"
#include "kernel/module.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* One cookie's value, or empty. */
static struct str cookie_value(struct request *r, struct str name) {
    struct str rest = header_value(r, S("Cookie")), one;
    while (rest.len && str_next(&rest, ';', &one)) {
        struct str key, value;
        if (str_cut(str_trim(one), S("="), &key, &value) && str_eq(key, name)) {
            return value;
        }
    }
    return S("");
}

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
static size_t covers(const char *entry, struct str path) {
    struct str e = str_of(entry);
    bool is_under = str_eq(e, path) || (str_starts(path, e) && path.at[e.len] == '/');
    return is_under ? e.len : 0;
}

struct place {
    const struct nav_entry *entry;
    bool is_current;
};

static int place_cmp(const void *a, const void *b) {
    const struct nav_entry *x = ((const struct place *)a)->entry, *y = ((const struct place *)b)->entry;
    return x->area != y->area ? (x->area > y->area) - (x->area < y->area) : x->order - y->order;
}

struct places {
    struct place *at;
    size_t n;
};

static struct places places_of(struct get *g) {
    struct places places = {0};
    size_t best = 0;
    for (size_t i = 0; i < g->app->n; i++) {
        const struct module *m = g->app->at[i];
        for (const struct nav_entry *e = m->nav; e && e->title; e++) {
            const struct route *route = route_of_entry(m, e->path);
            if (route && may_open(g->who, route)) {
                LIST_ADD(g->arena, &places, (struct place){.entry = e});
                size_t n = covers(e->path, g->path);
                best = n > best ? n : best;
            }
        }
    }
    for (size_t i = 0; i < places.n; i++) {
        places.at[i].is_current = best && covers(places.at[i].entry->path, g->path) == best;
    }
    if (places.n) {
        qsort(places.at, places.n, sizeof *places.at, place_cmp);
    }
    return places;
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

static struct err item_fill(struct get *g, const struct place *place, struct shell_item *item) {
    const struct nav_entry *e = place->entry;
    *item = (struct shell_item){.title = e->title,
                                .icon = e->icon,
                                .link = link_local(g->arena, "%s", e->path),
                                .is_current = place->is_current};
    item->short_title = short_title_of(e);
    if (e->count && g->who->post.v) {
        TRY(e->count(g->db, g->who, &item->count, &item->is_hot));
        item->is_counted = item->count > 0;
    }
    return OK;
}

static struct err places_fill(struct get *g, struct shell *s) {
    static const char *const titles[] = {[AREA_DESK] = NULL,
                                         [AREA_WORK] = "Tác nghiệp",
                                         [AREA_ASSISTANT] = "Trợ lý và thống kê",
                                         [AREA_ADMIN] = "Quản trị",
                                         [AREA_BELL] = NULL};
    struct places places = places_of(g);
    enum area last = 0;
    for (size_t i = 0; i < places.n; i++) {
        enum area area = places.at[i].entry->area;
        if (area == AREA_BELL) {
            TRY(item_fill(g, &places.at[i], &s->bell));
            s->has_news = true;
            continue;
        }
        if (area != last) {
            LIST_PUSH(g->arena, &s->areas)->title = titles[area];
            last = area;
        }
        struct shell_item item;
        TRY(item_fill(g, &places.at[i], &item));
        LIST_ADD(g->arena, &s->areas.at[s->areas.n - 1].items, item);
        if (places.at[i].entry->is_on_phone && s->phone.n < (s->has_search ? 3 : 4)) {
            LIST_ADD(g->arena, &s->phone, item);
        }
    }
    return OK;
}

static bool has_route(const struct modules *app, const char *path) {
    for (size_t i = 0; i < app->n; i++) {
        if (route_of_entry(app->at[i], path)) {
            return true;
        }
    }
    return false;
}

struct err shell_fill(struct get *g, struct shell *s) {
    const struct who *who = g->who;
    struct str theme = cookie_value(g->request, S("theme"));
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
    };
    if (!g->app) {
        return OK;
    }
    s->has_search = s->is_signed_in && has_route(g->app, "/search");
    s->has_hats = s->is_signed_in && has_route(g->app, "/hat");
    s->has_account = s->is_signed_in && has_route(g->app, "/password");
    return places_fill(g, s);
}
