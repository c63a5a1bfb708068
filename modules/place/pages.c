/* Tra cứu địa chỉ: what an address is today, and the map. The first is also what forms ask while one types. */
#include "base/arena.h"
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/place/command.h"
#include "modules/place/place.h"
#include "modules/place/place_pages_gen.h"
#include "modules/place/place_view.h"

#include "base/banned.h"

static void line_add(struct arena *a, struct place_show *v, const struct place_commune *c) {
    LIST_ADD(
        a, &v->communes,
        (struct place_line){.code = c->code, .name = c->full, .people = c->people, .km2 = c->km2, .seat = c->seat});
}

static void show_fill(struct arena *a, struct place_show *v) {
    const struct place_index *index = place_open(a);
    const struct place_commune *coded = place_commune(index, v->q);
    if (coded) {
        v->class = str_of(place_class_name(PLACE_SURE));
        line_add(a, v, coded);
        return;
    }
    struct place_found found = place_find(index, a, v->q, v->on);
    v->class = str_of(place_class_name(found.class));
    v->words = place_class_words(found.class);
    for (size_t i = 0; i < found.communes.n; i++) {
        line_add(a, v, found.communes.at[i]);
    }
    for (size_t i = 0; i < found.why.n; i++) {
        LIST_ADD(a, &v->why, (struct place_why){found.why.at[i]});
    }
}

static struct err place_show_get(struct get *g) {
    struct place_show v = {.q = query_param(g->request, S("q"))};
    date_read_vi(query_param(g->request, S("on")), &v.on);
    if (str_trim(v.q).len) {
        show_fill(g->arena, &v);
    }
    return answer_place_show(g, &v);
}

static struct err place_map_get(struct get *g) {
    const struct place_index *index = place_open(g->arena);
    struct place_communes all = place_communes(index);
    int64_t *people = arena_take(g->arena, int64_t, all.n);
    for (size_t i = 0; i < all.n; i++) {
        people[i] = all.at[i].people;
    }
    struct place_values values = {.at = people,
                                  .n = all.n,
                                  .title = S("Dân số các xã, phường, đặc khu"),
                                  .unit = S("người"),
                                  .path = S("/place?q=")};
    struct place_map_show v = {place_map(index, g->arena, &values)};
    return answer_place_map_show(g, &v);
}

static const struct field query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Địa chỉ"), .most = 1000},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Ngày của giấy tờ"), .most = 20},
    {0},
};

static const struct route routes[] = {
    {.method = METHOD_GET,
     .path = "/place",
     .access = ACCESS_SIGNED_IN,
     .get = place_show_get,
     .fields = query,
     .name = S_INIT("Tra cứu địa chỉ")},
    {.method = METHOD_GET,
     .path = "/place/map",
     .access = ACCESS_SIGNED_IN,
     .get = place_map_get,
     .budget_bytes = 400000,
     .name = S_INIT("Bản đồ xã, phường")},
    {0},
};

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 80, .title = "Địa chỉ", .path = "/place", .icon = ICON("map-pin")},
    {0},
};

const struct module place_module = {
    .name = "place", .title = "Địa chỉ", .routes = routes, .nav = nav, .bare_commands = place_commands};
