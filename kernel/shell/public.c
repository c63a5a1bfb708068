#include "kernel/shell/public.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/http/parts.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"
#include "kernel/shell/shell.h"
#include "pages_gen.h"

#include <string.h>

#include "base/banned.h"

enum { PLACES = 5, SEARCH = PLACES + 1, HOME, NAMES = HOME + 1 };

const char *const public_place_names[] = {"Tin tức", "Góp ý",       "Dịch vụ",   "Tra cứu", "Công khai",
                                          NULL,      PUBLIC_SEARCH, PUBLIC_HOME, NULL};

struct public_places {
    const char *paths[NAMES]; /* NULL: nobody fills it */
};

static void place_note(struct public_places *all, const struct route *r) {
    if (r->method != METHOD_GET || r->access != ACCESS_PUBLIC || strchr(r->path, '{')) {
        return;
    }
    for (size_t i = 0; i < NAMES; i++) {
        if (i != PLACES && !all->paths[i] && str_eq(r->name, str_of(public_place_names[i]))) {
            all->paths[i] = r->path;
        }
    }
}

const struct public_places *public_places_make(struct arena *a, const struct modules *app) {
    struct public_places *all = arena_take(a, struct public_places, 1);
    for (size_t i = 0; i < app->n; i++) {
        for (const struct route *r = app->at[i]->routes; r && r->path; r++) {
            place_note(all, r);
        }
    }
    return all;
}

static struct str path_of(const struct public_places *all, size_t i) {
    return all->paths[i] ? str_of(all->paths[i]) : S("");
}

struct str public_place_path(struct get *g, const char *name) {
    const struct public_places *all = shell_plan_public(request_shell_plan(g->request));
    for (size_t i = 0; i < NAMES; i++) {
        if (i != PLACES && !strcmp(public_place_names[i], name)) {
            return path_of(all, i);
        }
    }
    return S("");
}

/* A language that was asked for in the address goes on in the frame's links: no cookie remembers it. */
static struct str tail_of(struct get *g) {
    struct str asked = query_param(g->request, S("lang"));
    return str_eq(asked, S("vi")) || str_eq(asked, S("en")) ? str_format(g->arena, "?lang=%.*s", STR_ARG(asked))
                                                            : S("");
}

static const struct lang *language_of(struct get *g) {
    struct str asked = query_param(g->request, S("lang"));
    return asked.len ? lang_of(asked) : g->lang;
}

static struct link link_to(struct get *g, struct str path, struct str tail) {
    return path.len ? link_local(g->arena, "%.*s%.*s", STR_ARG(path), STR_ARG(tail)) : (struct link){0};
}

static void places_fill(struct get *g, struct public_shell *s, const struct public_places *all, struct str tail) {
    for (size_t i = 0; i < PLACES; i++) {
        if (all->paths[i]) {
            LIST_ADD(g->arena, &s->places,
                     (struct public_item){.title = str_of(public_place_names[i]),
                                          .link = link_to(g, path_of(all, i), tail),
                                          .is_current = str_eq(s->page->place, str_of(public_place_names[i]))});
        }
    }
}

static void shell_of(struct get *g, const struct public_page *p, struct public_shell *s) {
    const struct public_places *all = shell_plan_public(request_shell_plan(g->request));
    struct str tail = tail_of(g);
    *s = (struct public_shell){
        .page = p,
        .language = g->lang->code,
        .site_name = p->site_name.len ? p->site_name : S("Thành phố Hải Phòng"),
        .organ = p->organ.len ? p->organ : S("Ủy ban MTTQ Việt Nam thành phố Hải Phòng"),
        .home = p->site.v.len ? link_to(g, p->site.v, tail) : link_to(g, path_of(all, HOME), tail),
        .search = link_to(g, path_of(all, SEARCH), tail),
        .other = link_local(g->arena, "%.*s?lang=%s", STR_ARG(g->path), str_eq(g->lang->code, S("vi")) ? "en" : "vi"),
    };
    if (!s->home.v.len) {
        s->home = (struct link){S("/")};
    }
    places_fill(g, s, all, tail);
}

struct err answer_public(struct get *g, const struct page *page, const void *view, const struct public_page *p) {
    struct get in = *g;
    struct buf b = buf_in(g->arena);
    struct public_shell shell;
    in.lang = language_of(g);
    if (p->status) {
        g->request->answer.status = p->status;
    }
    if (wants_json(g->request)) {
        page->json(&b, view);
        return answer_bytes(g, S("application/json; charset=utf-8"), buf_str(&b));
    }
    buf_reserve(&b, 32768);
    struct draw d = draw_to(&b, g->arena, in.lang);
    d.get = &in;
    d.page = page;
    d.view = view;
    shell_of(&in, p, &shell);
    part_public_shell(&d, &shell);
    TRY(answer_bytes(g, S("text/html; charset=utf-8"), buf_str(&b)));
    answer_tagged(g->request);
    if (!g->who->person.v) {
        answer_header(g->request, S("Cache-Control"), S("public, no-cache"));
    }
    return OK;
}

struct err public_not_found(struct get *g, const struct public_page *p) {
    struct public_page page = *p;
    struct str home = public_place_path(g, PUBLIC_HOME);
    struct public_missing v = {.home = {home.len ? home : S("/")}, .search = {public_place_path(g, PUBLIC_SEARCH)}};
    page.status = MHD_HTTP_NOT_FOUND;
    page.is_unlisted = true;
    return answer_public(g, &page_public_missing, &v, &page);
}
