/* Tìm kiếm: the one search box's page, and what it offers while one types. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/html.h"
#include "kernel/form.h"
#include "kernel/http.h"
#include "kernel/module.h"
#include "kernel/search_here.h"
#include "modules/search/search.h"
#include "modules/search/search_pages_gen.h"
#include "modules/search/search_view.h"

enum { ON_A_PAGE = 20, WHILE_TYPING = 7, EXCERPT_CHARACTERS = 260, DEEPEST = 400 };

static const struct {
    struct str kind;
    struct str name;
} kinds[] = {
    {S_INIT("document"), S_INIT("Văn bản")},
    {S_INIT("law"), S_INIT("Pháp luật")},
    {S_INIT("person"), S_INIT("Người")},
    {S_INIT("unit"), S_INIT("Đơn vị")},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct str kind_name(struct str kind) {
    for (size_t i = 0; i < KINDS; i++) {
        if (str_eq(kinds[i].kind, kind)) {
            return kinds[i].name;
        }
    }
    return kind;
}

static struct str escaped(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    url_escape(&b, s);
    return buf_str(&b);
}

static struct html marked(struct arena *a, struct str text, struct search_ranges ranges, struct search_range within) {
    struct html_span *spans = arena_take(a, struct html_span, ranges.n);
    size_t n = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        if (ranges.at[i].from >= within.from && ranges.at[i].to <= within.to) {
            spans[n++] = (struct html_span){ranges.at[i].from - within.from, ranges.at[i].to - within.from};
        }
    }
    return html_marked(a, str_slice(text, within.from, within.to), spans, n);
}

static struct link hit_link(struct arena *a, const struct search_hit *h, struct str q) {
    struct str place = h->page > 0 ? str_format(a, "#page=%lld", (long long)h->page) : S("");
    return link_local(a, "/%.*s/%lld?q=%.*s%.*s", STR_ARG(h->kind), (long long)h->record, STR_ARG(escaped(a, q)),
                      STR_ARG(place));
}

static struct search_found found_of(struct arena *a, const struct search_hit *h, struct str q) {
    struct search_range part = search_excerpt(h->text, h->ranges, EXCERPT_CHARACTERS);
    return (struct search_found){
        .kind_name = kind_name(h->kind),
        .number = h->number,
        .title = marked(a, h->title, h->title_ranges, (struct search_range){0, h->title.len}),
        .text = marked(a, h->text, h->ranges, part),
        .text_page = h->page > 0 ? str_format(a, "Trang %lld", (long long)h->page) : S(""),
        .date = h->date,
        .link = hit_link(a, h, q),
        .is_by_number = h->is_by_number,
    };
}

static void kinds_fill(struct arena *a, struct search_show *v, const struct search_result *found, struct str kind) {
    LIST(struct tab) tabs = {0};
    struct str q = escaped(a, v->q);
    LIST_ADD(a, &tabs,
             (struct tab){.label = S("Tất cả"),
                          .link = link_local(a, "/search?q=%.*s", STR_ARG(q)),
                          .is_current = kind.len == 0});
    for (size_t i = 0; i < found->kinds.n; i++) {
        const struct search_count *c = &found->kinds.at[i];
        LIST_ADD(
            a, &tabs,
            (struct tab){.label = kind_name(c->value),
                         .count = c->n,
                         .is_counted = true,
                         .is_current = str_eq(c->value, kind),
                         .link = link_local(a, "/search?q=%.*s&kind=%.*s", STR_ARG(q), STR_ARG(escaped(a, c->value)))});
    }
    v->kinds = (struct tabs){tabs.at, tabs.n};
}

static struct err search_show_get(struct get *g) {
    struct arena *a = g->arena;
    struct search_show v = {.q = str_trim(query_param(g->request, S("q")))};
    struct str kind = query_param(g->request, S("kind"));
    int64_t after = 0;
    if (!num_read_between(query_param(g->request, S("after")), 0, DEEPEST, &after)) {
        after = 0;
    }
    v.is_asked = v.q.len > 0;
    v.ask = link_local(a, "/assistant?q=%.*s", STR_ARG(escaped(a, v.q)));
    if (v.is_asked) {
        struct search_query q = {
            .text = v.q, .limit = ON_A_PAGE, .after = (size_t)after, .with_counts = true, .is_strict = true};
        struct str wanted[1] = {kind};
        q.kinds = (struct search_words){wanted, kind.len ? 1 : 0};
        struct search_result found = {0};
        TRY(search_as(g->db, g->who->post.v, &q, &found));
        for (size_t i = 0; i < found.hits.n; i++) {
            LIST_ADD(a, &v.hits, found_of(a, &found.hits.at[i], v.q));
        }
        v.found = found.found;
        v.is_none = found.hits.n == 0;
        v.is_near = found.is_near;
        kinds_fill(a, &v, &found, kind);
        if (found.hits.n == ON_A_PAGE && after + ON_A_PAGE <= DEEPEST) {
            v.more = link_local(a, "/search?q=%.*s&kind=%.*s&after=%lld", STR_ARG(escaped(a, v.q)),
                                STR_ARG(escaped(a, kind)), (long long)(after + ON_A_PAGE));
        }
    }
    return answer_search_show(g, &v);
}

static struct err search_suggest_get(struct get *g) {
    struct arena *a = g->arena;
    struct search_suggest v = {.q = str_trim(query_param(g->request, S("q")))};
    v.all = link_local(a, "/search?q=%.*s", STR_ARG(escaped(a, v.q)));
    if (v.q.len > 0) {
        struct search_query q = {.text = v.q, .limit = WHILE_TYPING, .as_you_type = true, .is_strict = true};
        struct search_result found = {0};
        TRY(search_as(g->db, g->who->post.v, &q, &found));
        for (size_t i = 0; i < found.hits.n && !found.is_near; i++) {
            const struct search_hit *h = &found.hits.at[i];
            LIST_ADD(
                a, &v.hits,
                (struct search_hint){
                    .title = h->title, .number = h->number, .note = kind_name(h->kind), .link = hit_link(a, h, v.q)});
        }
        for (size_t i = 0; i < found.suggestions.n && i < 3; i++) {
            struct str text = found.suggestions.at[i];
            LIST_ADD(a, &v.words,
                     (struct search_word){text, link_local(a, "/search?q=%.*s", STR_ARG(escaped(a, text)))});
        }
    }
    return answer_search_suggest(g, &v);
}

static const struct field search_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Từ cần tìm"), .most = 1000},
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại"), .most = 30},
    {.kind = FIELD_INT, .name = S_INIT("after"), .label = S_INIT("Từ kết quả"), .most = DEEPEST},
    {0},
};

static const struct route search_routes[] = {
    {.method = METHOD_GET,
     .path = "/search",
     .access = ACCESS_SIGNED_IN,
     .get = search_show_get,
     .fields = search_fields,
     .name = S_INIT("Tìm kiếm")},
    {.method = METHOD_GET,
     .path = "/search/suggest",
     .access = ACCESS_SIGNED_IN,
     .get = search_suggest_get,
     .fields = search_fields,
     .name = S_INIT("Gợi ý khi gõ")},
    {0},
};

const struct module search_module = {
    .name = "search", .title = "Tìm kiếm", .routes = search_routes, .commands = search_commands};
