/* The filters of the library's home: what may be chosen, with counts, and what is. */
#include "kernel/index/here.h"
#include "modules/law/law_index.h"
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/num.h"

enum { ON_A_PAGE = 20, DEEPEST = 400, EXCERPT = 260, KINDS = 500, TOPICS = 40, ISSUERS = 30 };

/* One value of a filter; choosing the chosen one takes it away. */
static struct law_choice choice(struct arena *a, const struct law_filter *f, const char *key, struct str now,
                                struct law_choice c) {
    c.is_chosen = str_eq(c.value, now);
    c.link = law_filter_link(a, "/law", f, key, c.is_chosen ? S("") : c.value);
    return c;
}

static struct law_choice counted(struct str value, struct str label, int64_t n) {
    return (struct law_choice){.value = value, .label = label, .count = n, .is_counted = true};
}

static const struct {
    struct str value, label;
} states[] = {{S_INIT("force"), S_INIT("Đang có hiệu lực")},
              {S_INIT("partly"), S_INIT("Hết hiệu lực một phần")},
              {S_INIT("pending"), S_INIT("Chưa có hiệu lực")},
              {S_INIT("suspended"), S_INIT("Ngưng hiệu lực")},
              {S_INIT("expired"), S_INIT("Hết hiệu lực toàn bộ")}},
  sorts[] = {{S_INIT("newest"), S_INIT("Mới ban hành")},
             {S_INIT("changed"), S_INIT("Mới cập nhật")},
             {S_INIT("name"), S_INIT("Theo tên")}},
  families[] = {{S_INIT("state"), S_INIT("Nhà nước")},
                {S_INIT("local"), S_INIT("Địa phương")},
                {S_INIT("party"), S_INIT("Đảng")},
                {S_INIT("front"), S_INIT("Mặt trận và các tổ chức")},
                {S_INIT("intl"), S_INIT("Điều ước quốc tế")}};

static struct str label_of(struct str value, bool is_state) {
    for (size_t i = 0; is_state && i < sizeof states / sizeof *states; i++) {
        if (str_eq(states[i].value, value)) {
            return states[i].label;
        }
    }
    return is_state ? value : law_family_name(value);
}

static void chosen_fill(struct arena *a, const struct law_filter *f, struct law_index_view *v) {
    const struct {
        const char *key;
        struct str value, label;
    } all[] = {{"family", f->family, label_of(f->family, false)},
               {"type", f->type, law_type_name(f->type)},
               {"issuer", f->issuer, f->issuer},
               {"topic", f->topic, law_topic_name(f->topic)},
               {"state", f->state, label_of(f->state, true)},
               {"from", f->from.year ? date_vi(a, f->from) : S(""),
                f->from.year ? str_format(a, "từ %.*s", STR_ARG(date_vi(a, f->from))) : S("")},
               {"to", f->to.year ? date_vi(a, f->to) : S(""),
                f->to.year ? str_format(a, "đến %.*s", STR_ARG(date_vi(a, f->to))) : S("")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].value.len) {
            LIST_ADD(a, &v->chosen,
                     (struct law_choice){.value = all[i].value,
                                         .label = all[i].label,
                                         .link = law_filter_link(a, "/law", f, all[i].key, S(""))});
        }
    }
}

/* Works of a family, of a type, or of both; an empty one is any. */
static int64_t works_in(const struct law_list_counts_rows *kinds, struct str family, struct str type) {
    int64_t n = 0;
    for (size_t i = 0; i < kinds->n; i++) {
        const struct law_list_counts_row *k = &kinds->at[i];
        bool fits = (!family.len || str_eq(k->family, family)) && (!type.len || str_eq(k->value, type));
        n += fits ? k->n : 0;
    }
    return n;
}

static void kinds_fill(struct arena *a, const struct law_filter *f, const struct law_list_counts_rows *kinds,
                       struct law_index_view *v) {
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        int64_t n = works_in(kinds, families[i].value, S(""));
        if (n) {
            LIST_ADD(a, &v->families,
                     choice(a, f, "family", f->family, counted(families[i].value, families[i].label, n)));
        }
    }
    struct law_type type;
    for (size_t i = 0; law_type_at(i, &type); i++) {
        int64_t n = works_in(kinds, f->family, type.code);
        if (n) {
            LIST_ADD(a, &v->types, choice(a, f, "type", f->type, counted(type.code, type.name, n)));
        }
    }
}

/* In a list the counts are of works; in a search, of the articles found (law_search_fill has put them). */
static struct err counted_fill(struct get *g, const struct law_filter *f, struct law_index_view *v) {
    struct arena *a = g->arena;
    struct law_list_counts_rows kinds;
    struct law_list_counts_rows topics, issuers;
    TRY(law_list_counts(g->db, (struct law_list_counts_in){.what = S("kind"), .most = KINDS}, &kinds));
    TRY(law_list_counts(g->db, (struct law_list_counts_in){.what = S("topic"), .most = TOPICS}, &topics));
    TRY(law_list_counts(g->db, (struct law_list_counts_in){.what = S("issuer"), .most = ISSUERS}, &issuers));
    kinds_fill(a, f, &kinds, v);
    for (size_t i = 0; i < topics.n; i++) {
        struct str code = topics.at[i].value;
        LIST_ADD(a, &v->topics, choice(a, f, "topic", f->topic, counted(code, law_topic_name(code), topics.at[i].n)));
    }
    for (size_t i = 0; i < issuers.n; i++) {
        struct str name = issuers.at[i].value;
        LIST_ADD(a, &v->issuers, choice(a, f, "issuer", f->issuer, counted(name, name, issuers.at[i].n)));
    }
    return OK;
}

struct err law_choices_fill(struct get *g, const struct law_filter *f, struct law_index_view *v) {
    struct arena *a = g->arena;
    v->family = f->family;
    v->type = f->type;
    v->issuer = f->issuer;
    v->topic = f->topic;
    v->state = f->state;
    v->sort = f->sort;
    v->from_text = f->from.year ? date_vi(a, f->from) : S("");
    v->to_text = f->to.year ? date_vi(a, f->to) : S("");
    v->is_far = f->issuer.len || f->from.year || f->to.year;
    v->in_force = str_eq(f->state, S("force"));
    v->excel = law_filter_link(a, "/law/export", f, "", S(""));
    v->clear = law_filter_link(a, "/law", &(struct law_filter){.q = f->q}, "", S(""));
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        LIST_ADD(
            a, &v->states,
            choice(a, f, "state", f->state, (struct law_choice){.value = states[i].value, .label = states[i].label}));
    }
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        LIST_ADD(a, &v->sorts,
                 choice(a, f, "sort", f->sort.len ? f->sort : S("newest"),
                        (struct law_choice){.value = sorts[i].value, .label = sorts[i].label}));
    }
    chosen_fill(a, f, v);
    return v->is_asked ? OK : counted_fill(g, f, v);
}

/* ---- Searching. */
static void facets_fill(struct arena *a, const struct law_filter *f, const struct search_result *found,
                        struct law_index_view *v) {
    const struct search_counts *types = &found->facet[SEARCH_TYPE], *issuers = &found->facet[SEARCH_ISSUER],
                               *topics = &found->facet[SEARCH_FIELD];
    for (size_t i = 0; i < types->n; i++) {
        struct str value = types->at[i].value;
        LIST_ADD(a, &v->types, choice(a, f, "type", f->type, counted(value, law_type_name(value), types->at[i].n)));
    }
    for (size_t i = 0; i < issuers->n && i < ISSUERS; i++) {
        struct str value = issuers->at[i].value;
        LIST_ADD(a, &v->issuers, choice(a, f, "issuer", f->issuer, counted(value, value, issuers->at[i].n)));
    }
    for (size_t i = 0; i < topics->n && i < TOPICS; i++) {
        struct str value = topics->at[i].value;
        LIST_ADD(a, &v->topics,
                 choice(a, f, "topic", f->topic, counted(value, law_topic_name(value), topics->at[i].n)));
    }
}

static struct html marked(struct arena *a, struct str text, struct search_ranges ranges, struct search_range within) {
    struct html_span *spans = arena_take(a, struct html_span, ranges.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        if (ranges.at[i].from >= within.from && ranges.at[i].to <= within.to) {
            spans[n++] = (struct html_span){ranges.at[i].from - within.from, ranges.at[i].to - within.from};
        }
    }
    return html_marked(a, str_slice(text, within.from, within.to), spans, n);
}

/* What the hits are parts of, and where in it. */
static struct err works_of(struct get *g, const struct search_hits *hits, struct law_list_some_rows *works,
                           struct law_list_places_rows *places) {
    LIST(int64_t) ids = {0};
    LIST(int64_t) wholes = {0};
    for (size_t i = 0; i < hits->n; i++) {
        LIST_ADD(g->arena, &ids, hits->at[i].record);
        LIST_ADD(g->arena, &wholes, hits->at[i].whole ? hits->at[i].whole : hits->at[i].record);
    }
    TRY(law_list_places(g->db, (struct law_list_places_in){.places = (struct db_ids){ids.at, ids.n}}, places));
    return law_list_some(g->db, (struct law_list_some_in){.works = (struct db_ids){wholes.at, wholes.n}}, works);
}

static void hit_put(struct get *g, const struct search_hit *h, const struct law_list_some_rows *works,
                    const struct law_list_places_rows *places, struct law_index_view *v) {
    struct arena *a = g->arena;
    struct law_item x = {.name = h->title, .title = S(""), .code = h->number};
    for (size_t i = 0; i < works->n; i++) {
        const struct law_list_some_row *w = &works->at[i];
        if (w->id.v == (h->whole ? h->whole : h->record)) {
            struct law_force force = LAW_FORCE_OF(w);
            enum law_status status = law_status_on(&force, clock_today());
            x.title = law_name(a, w->type, w->code, w->short_title, w->title, w->issued_on);
            x.code = w->code;
            x.issued_on = w->issued_on;
            x.status_name = law_status_name(status);
            x.status_tone = law_status_tone(status);
        }
    }
    struct str eid = {0};
    for (size_t i = 0; i < places->n; i++) {
        if (places->at[i].id.v == h->record) {
            eid = places->at[i].eid;
            x.place = law_place_words(a, eid);
        }
    }
    x.link = law_link(a, h->whole ? h->whole : h->record, eid, (struct date){0});
    x.found = marked(a, h->title, h->title_ranges, (struct search_range){0, h->title.len});
    x.excerpt = marked(a, h->text, h->ranges, search_excerpt(h->text, h->ranges, EXCERPT));
    LIST_ADD(a, &v->items, x);
}

struct err law_search_fill(struct get *g, const struct law_filter *f, struct law_index_view *v) {
    struct str kind[1] = {S("law")}, type[1] = {f->type}, issuer[1] = {f->issuer}, topic[1] = {f->topic},
               state[1] = {f->state};
    struct search_query q = {.text = f->q,
                             .limit = ON_A_PAGE,
                             .with_counts = true,
                             .is_strict = true,
                             .from = f->from,
                             .to = f->to,
                             .in_force = str_eq(f->state, S("force"))};
    int64_t after = 0;
    if (num_read_between(f->after, 0, DEEPEST, &after)) {
        q.after = (size_t)after;
    }
    q.kinds = (struct search_words){kind, 1};
    q.facet[SEARCH_TYPE] = (struct search_words){type, f->type.len ? 1 : 0};
    q.facet[SEARCH_ISSUER] = (struct search_words){issuer, f->issuer.len ? 1 : 0};
    q.facet[SEARCH_FIELD] = (struct search_words){topic, f->topic.len ? 1 : 0};
    q.facet[SEARCH_STATE] = (struct search_words){state, f->state.len && !q.in_force ? 1 : 0};
    struct search_result found = {0};
    struct law_list_some_rows works;
    struct law_list_places_rows places;
    TRY(search_as(g->db, g->who->post.v, &q, &found));
    TRY(works_of(g, &found.hits, &works, &places));
    for (size_t i = 0; i < found.hits.n; i++) {
        hit_put(g, &found.hits.at[i], &works, &places, v);
    }
    v->found = found.found;
    v->is_near = found.is_near;
    facets_fill(g->arena, f, &found, v);
    if (found.hits.n == ON_A_PAGE && after + ON_A_PAGE <= DEEPEST) {
        v->pages.older =
            law_filter_link(g->arena, "/law", f, "after", str_format(g->arena, "%lld", (long long)(after + ON_A_PAGE)));
    }
    if (after > 0) {
        v->pages.newer = law_filter_link(g->arena, "/law", f, "after", S(""));
    }
    return OK;
}
