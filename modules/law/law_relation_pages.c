/* Lược đồ: how a work stands to others, both ways, by type; changes not applied yet; one type alone by pages. */
#include "modules/law/law_graph.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { FIRST = 8, ON_A_PAGE = 50 };

/* 13 types, each with its words one way and the other, in the order people ask for them. */
static const struct {
    struct str type, from, to;
} types[] = {
    {S_INIT("amends"), S_INIT("Sửa đổi, bổ sung"), S_INIT("Được sửa đổi, bổ sung bởi")},
    {S_INIT("replaces"), S_INIT("Thay thế"), S_INIT("Được thay thế bởi")},
    {S_INIT("repeals"), S_INIT("Bãi bỏ"), S_INIT("Bị bãi bỏ bởi")},
    {S_INIT("based_on"), S_INIT("Căn cứ"), S_INIT("Là căn cứ của")},
    {S_INIT("details"), S_INIT("Quy định chi tiết"), S_INIT("Được quy định chi tiết bởi")},
    {S_INIT("guides"), S_INIT("Hướng dẫn"), S_INIT("Được hướng dẫn bởi")},
    {S_INIT("consolidates"), S_INIT("Hợp nhất"), S_INIT("Được hợp nhất trong")},
    {S_INIT("corrects"), S_INIT("Đính chính"), S_INIT("Được đính chính bởi")},
    {S_INIT("suspends"), S_INIT("Tạm ngưng hiệu lực"), S_INIT("Bị tạm ngưng hiệu lực bởi")},
    {S_INIT("halts"), S_INIT("Đình chỉ thi hành"), S_INIT("Bị đình chỉ thi hành bởi")},
    {S_INIT("explains"), S_INIT("Giải thích"), S_INIT("Được giải thích bởi")},
    {S_INIT("publishes"), S_INIT("Công bố"), S_INIT("Được công bố bởi")},
    {S_INIT("refers"), S_INIT("Dẫn chiếu"), S_INIT("Được dẫn chiếu bởi")},
};
enum { TYPES = sizeof types / sizeof *types };

static struct law_relation_view relation_of(struct arena *a, const struct law_read_first_from_row *r, bool is_to) {
    struct law_relation_view x = {.name = r->to_code, .is_lost = !r->work.v};
    if (!r->work.v) {
        x.place = law_place_words(a, r->to_eid);
        return x;
    }
    struct law_force force = LAW_FORCE_OF(r);
    enum law_status status = law_status_on(&force, clock_today());
    x.name = law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on);
    x.title = law_title_beside(x.name, r->title);
    x.place = r->eid.len ? law_place_words(a, r->eid) : law_place_words(a, is_to ? S("") : r->to_eid);
    x.place = r->times > 1 ? str_format(a, "%lld chỗ", (long long)r->times) : x.place;
    x.link = law_link(a, r->work.v, r->times > 1 ? S("") : r->eid, (struct date){0});
    x.on = r->issued_on;
    x.status_name = law_status_name(status);
    x.status_tone = law_status_tone(status);
    return x;
}

/* The four queries give the same columns under four names. */
#define ROW_OF(r)                                                                                                      \
    ((struct law_read_first_from_row){                                                                                 \
        (r)->id,          (r)->relation, (r)->work,        (r)->to_code,      (r)->to_eid,     (r)->provision,         \
        (r)->type,        (r)->code,     (r)->short_title, (r)->title,        (r)->issued_on,  (r)->effective_on,      \
        (r)->expired_on,  (r)->ended_on, (r)->partly_on,   (r)->suspended_on, (r)->resumed_on, (r)->declared,          \
        (r)->declared_on, (r)->eid,      (r)->times})

static int64_t count_of(const struct law_read_relation_groups_rows *counts, struct str type, bool is_to) {
    for (size_t i = 0; i < counts->n; i++) {
        if (str_eq(counts->at[i].relation, type) && (counts->at[i].is_to != 0) == is_to) {
            return counts->at[i].n;
        }
    }
    return 0;
}

/* One type, one way: the first few works, each once. */
static struct law_relation_group group_of(struct get *g, size_t type, bool is_to, int64_t count,
                                          const struct law_read_first_from_rows *rows, int64_t work) {
    struct law_relation_group group = {
        .code = types[type].type, .title = is_to ? types[type].to : types[type].from, .count = count};
    for (size_t i = 0; i < rows->n; i++) {
        if (str_eq(rows->at[i].relation, types[type].type)) {
            LIST_ADD(g->arena, &group.items, relation_of(g->arena, &rows->at[i], is_to));
        }
    }
    if (count > (int64_t)group.items.n) {
        group.more = link_local(g->arena, "/law/%lld/relation?type=%.*s&way=%s", (long long)work,
                                STR_ARG(types[type].type), is_to ? "to" : "from");
    }
    return group;
}

static void groups_fill(struct get *g, const struct law_read_relation_groups_rows *counts,
                        const struct law_read_first_from_rows *from, const struct law_read_first_from_rows *to,
                        struct law_relations_view *v) {
    for (size_t i = 0; i < TYPES; i++) {
        int64_t out = count_of(counts, types[i].type, false), in = count_of(counts, types[i].type, true);
        if (out) {
            LIST_ADD(g->arena, &v->from, group_of(g, i, false, out, from, v->head.id.v));
        }
        if (in) {
            LIST_ADD(g->arena, &v->to, group_of(g, i, true, in, to, v->head.id.v));
        }
    }
}

static struct law_change_group *waiting_group(struct arena *a, struct law_relations_view *v,
                                              const struct law_unapplied *u) {
    struct law_change_group *last = v->waiting.n ? &v->waiting.at[v->waiting.n - 1] : NULL;
    if (last && last->work.v == u->acting.v && date_is(last->on, u->effective_on)) {
        return last;
    }
    struct law_change_group *group = LIST_PUSH(a, &v->waiting);
    group->work = u->acting;
    group->act = u->acting_name;
    group->on = u->effective_on;
    return group;
}

static void waiting_fill(struct get *g, const struct law_reading *r, struct law_relations_view *v) {
    struct arena *a = g->arena;
    for (size_t i = 0; i < r->unapplied.n; i++) {
        const struct law_unapplied *u = &r->unapplied.at[i];
        const struct law_read_events_row *e = law_reading_event(r, u->event.v);
        struct law_change_view x = {.words = u->op_name, .place = S("Cả văn bản"), .why = u->why};
        if (e) {
            x.act_link = law_link(a, e->acting_work.v, e->eid, (struct date){0});
            x.place = e->target_eid.len ? law_place_words(a, e->target_eid) : x.place;
        }
        if (e && e->target_provision.v) {
            x.place_link = law_link(a, r->work->id.v, e->target_eid, (struct date){0});
        }
        struct law_change_group *group = waiting_group(a, v, u);
        LIST_ADD(a, &group->items, x);
    }
    v->waiting_n = (int64_t)r->unapplied.n;
}

static struct err overview(struct get *g, const struct law_reading *r, struct law_relations_view *v) {
    struct law_read_relation_groups_rows counts;
    struct law_read_first_from_rows from, to = {0};
    struct law_read_first_to_rows rows;
    struct law_work_id id = r->work->id;
    TRY(law_read_relation_groups(g->db, (struct law_read_relation_groups_in){.work = id}, &counts));
    TRY(law_read_first_from(g->db, (struct law_read_first_from_in){.work = id, .most = FIRST}, &from));
    TRY(law_read_first_to(g->db, (struct law_read_first_to_in){.work = id, .most = FIRST}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &to, ROW_OF(&rows.at[i]));
    }
    groups_fill(g, &counts, &from, &to, v);
    waiting_fill(g, r, v);
    law_graph_draw(g->arena, v);
    return OK;
}

/* One type, one way, by pages. */
static struct err alone(struct get *g, const struct law_reading *r, struct str type, bool is_to, size_t which,
                        struct law_relations_view *v) {
    struct law_relation_group group = {.code = type, .title = is_to ? types[which].to : types[which].from};
    struct law_read_first_from_rows all = {0};
    int64_t after = 0;
    if (!num_read_between(law_query(g, "after"), 1, INT64_MAX, &after)) {
        after = 0;
    }
    if (is_to) {
        struct law_read_relations_to_rows rows;
        TRY(law_read_relations_to(g->db,
                                  (struct law_read_relations_to_in){
                                      .work = r->work->id, .relation = type, .after = after, .most = ON_A_PAGE + 1},
                                  &rows));
        for (size_t i = 0; i < rows.n; i++) {
            LIST_ADD(g->arena, &all, ROW_OF(&rows.at[i]));
        }
    } else {
        struct law_read_relations_from_rows rows;
        TRY(law_read_relations_from(g->db,
                                    (struct law_read_relations_from_in){
                                        .work = r->work->id, .relation = type, .after = after, .most = ON_A_PAGE + 1},
                                    &rows));
        for (size_t i = 0; i < rows.n; i++) {
            LIST_ADD(g->arena, &all, ROW_OF(&rows.at[i]));
        }
    }
    for (size_t i = 0; i < all.n && i < ON_A_PAGE; i++) {
        LIST_ADD(g->arena, &group.items, relation_of(g->arena, &all.at[i], is_to));
    }
    if (all.n > ON_A_PAGE) {
        v->pages.older =
            link_local(g->arena, "/law/%lld/relation?type=%.*s&way=%s&after=%lld", (long long)r->work->id.v,
                       STR_ARG(type), is_to ? "to" : "from", (long long)all.at[ON_A_PAGE - 1].id.v);
    }
    v->type_title = group.title;
    v->back = link_local(g->arena, "/law/%lld/relation", (long long)r->work->id.v);
    LIST_ADD(g->arena, &v->from, group);
    return OK;
}

struct err law_relations_get(struct get *g) {
    int64_t id;
    struct law_reading r;
    struct law_relations_view v = {0};
    struct str type = law_query(g, "type");
    TRY(path_id(g->request, S("id"), &id));
    TRY(law_reading_begin(g, (struct law_work_id){id}, &r));
    TRY(law_head_fill(g, &r, "/relation", &v.head));
    size_t which = 0;
    while (which < TYPES && !str_eq(types[which].type, type)) {
        which++;
    }
    TRY(which < TYPES ? alone(g, &r, type, str_eq(law_query(g, "way"), S("to")), which, &v) : overview(g, &r, &v));
    return answer_law_relations(g, &v);
}
