/* One article as the public reads it: live, withdrawn, or moved; its picture; and the search within all of them. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/file/file.h"
#include "kernel/index/here.h"
#include "kernel/page/form.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_pages_gen.h"
#include "modules/portal/portal_public.h"

enum { WORDS_A_MINUTE = 200, HITS = 30, EXCERPT = 220, OTHERS = 3 };

static int64_t minutes_of(struct str text) {
    int64_t words = 1;
    for (size_t i = 0; i < text.len; i++) {
        words += text.at[i] == ' ' || text.at[i] == '\n';
    }
    return (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
}

struct err portal_article_fill(struct get *g, const struct portal_version_by_id_row *v, struct portal_article *out) {
    struct portal_corrections_rows rows;
    out->title = v->title;
    out->lead = v->lead;
    out->author = v->author;
    out->source = v->source;
    out->approved = v->approved_name;
    out->approved_at = v->approved_at;
    out->alt = v->alt;
    out->credit = v->credit;
    out->text = portal_mark_read(g->arena, v->body);
    out->minutes = minutes_of(v->body);
    TRY(portal_corrections(g->db, (struct portal_corrections_in){.article = v->article, .after = 0}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(
            g->arena, &out->corrections,
            (struct portal_correction){rows.at[i].note.len ? rows.at[i].note : S("Sửa câu chữ"), rows.at[i].live_at});
    }
    return OK;
}

static struct err gone_answer(struct get *g, const struct portal_at *at, const struct portal_article_at_row *a) {
    struct portal_gone v = {
        .title = a->title, .reason = a->reason, .by = at->organ, .at = a->withdrawn_at, .home = {S("/portal/news")}};
    struct public_page page = portal_page(g, at, S("Tin tức"));
    if (a->instead.len) {
        v.instead = link_local(g->arena, "%.*s", STR_ARG(a->instead));
    }
    page.status = 410;
    page.is_unlisted = true;
    return answer_public(g, &page_portal_gone, &v, &page);
}

static struct err others_fill(struct get *g, const struct portal_at *at, struct str self, struct portal_article *out) {
    struct portal_news_list news;
    int64_t older;
    TRY(portal_news_read(g, at, &(struct portal_news_asked){.before = INT64_MAX, .most = OTHERS + 1}, &news, &older));
    for (size_t i = 0; i < news.n && out->others.n < OTHERS; i++) {
        if (!str_eq(news.at[i].link.v, self)) {
            LIST_ADD(g->arena, &out->others, news.at[i]);
        }
    }
    return OK;
}

static struct err live_answer(struct get *g, const struct portal_at *at, const struct portal_article_at_row *a) {
    struct portal_version_by_id_row *v;
    struct portal_article out = {.category = portal_category_name(a->category),
                                 .site_name = at->name,
                                 .home = {S("/portal")},
                                 .list = link_local(g->arena, "/portal/news?category=%.*s", STR_ARG(a->category)),
                                 .on = date_of(a->first_at)};
    bool waits = false;
    struct str self = portal_article_link(g->arena, at->slug, a->slug).v;
    TRY(portal_version_by_id(g->db, (struct portal_version_by_id_in){.id = {a->live}}, &v));
    if (!v) {
        return FAIL(ERR_BROKEN, "a live article without its text");
    }
    TRY(portal_article_fill(g, v, &out));
    TRY(others_fill(g, at, self, &out));
    TRY(portal_picture_link(g, v->picture, at->slug, a->slug, &out.picture, &waits));
    if (!at->is_city) {
        out.site = link_local(g->arena, "/portal/%.*s", STR_ARG(at->slug));
    }
    struct public_page page = portal_page(g, at, S("Tin tức"));
    page.description = v->lead;
    page.author = v->author;
    page.published_on = out.on;
    page.picture = out.picture;
    page.stamp = waits ? 0 : at->stamp;
    return answer_public(g, &page_portal_article, &out, &page);
}

struct err portal_article_get(struct get *g) {
    struct portal_at at;
    struct portal_article_at_row *a;
    struct str slug = path_param(g->request, S("slug"));
    bool is_answered;
    TRY(portal_begin(g, path_param(g->request, S("site")), &at, &is_answered));
    if (is_answered) {
        return OK;
    }
    TRY(portal_article_at(g->db, (struct portal_article_at_in){.site = at.id, .slug = slug}, &a));
    if (!a || str_eq(a->state, S("new"))) {
        struct public_page page = portal_page(g, &at, S("Tin tức"));
        return public_not_found(g, &page);
    }
    if (!str_eq(a->slug, slug)) {
        return public_moved(g, portal_article_link(g->arena, at.slug, a->slug).v);
    }
    return str_eq(a->state, S("withdrawn")) ? gone_answer(g, &at, a) : live_answer(g, &at, a);
}

struct err portal_picture_get(struct get *g) {
    struct portal_site_by_slug_row *site;
    struct portal_article_at_row *a = NULL;
    struct portal_version_by_id_row *v = NULL;
    struct file f;
    struct str bytes;
    TRY(portal_site_by_slug(g->db, (struct portal_site_by_slug_in){.slug = path_param(g->request, S("site"))}, &site));
    if (site) {
        TRY(portal_article_at(
            g->db, (struct portal_article_at_in){.site = site->id, .slug = path_param(g->request, S("slug"))}, &a));
    }
    if (a && str_eq(a->state, S("live"))) {
        TRY(portal_version_by_id(g->db, (struct portal_version_by_id_in){.id = {a->live}}, &v));
    }
    if (!v || !v->picture.v) {
        return FAIL(ERR_MISSING, "no picture that is live");
    }
    TRY(file_find(g->db, g->arena, v->picture, &f));
    TRY(file_picture(g->arena, &f, FILE_PICTURE_VIEW, 1, &bytes));
    answer_tagged(g->request);
    answer_header(g->request, S("Cache-Control"), S("public, max-age=300"));
    return answer_bytes(g, S("image/webp"), bytes);
}

/* ---- Search */

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

static const struct portal_some_row *row_of(const struct portal_some_rows *rows, int64_t id) {
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].id.v == id && str_eq(rows->at[i].state, S("live"))) {
            return &rows->at[i];
        }
    }
    return NULL;
}

static struct err hits_fill(struct get *g, const struct search_result *found, struct portal_search *v) {
    struct portal_some_rows rows;
    int64_t *ids = arena_take(g->arena, int64_t, found->hits.n + 1);
    for (size_t i = 0; i < found->hits.n; i++) {
        ids[i] = found->hits.at[i].record;
    }
    TRY(portal_some(g->db, (struct portal_some_in){.some = {ids, found->hits.n}}, &rows));
    for (size_t i = 0; i < found->hits.n; i++) {
        const struct search_hit *h = &found->hits.at[i];
        const struct portal_some_row *r = row_of(&rows, h->record);
        if (r) {
            LIST_ADD(g->arena, &v->hits,
                     (struct portal_hit){
                         .title = marked(g->arena, h->title, h->title_ranges, (struct search_range){0, h->title.len}),
                         .text = marked(g->arena, h->text, h->ranges, search_excerpt(h->text, h->ranges, EXCERPT)),
                         .site_name = r->site_name,
                         .on = h->date,
                         .link = portal_article_link(g->arena, r->site_slug, r->slug)});
        }
    }
    return OK;
}

/* Only what everybody may read is looked through. */
static struct err search_public(struct get *g, struct portal_search *v) {
    int64_t everybody[] = {SEARCH_EVERYBODY};
    struct str kinds[] = {S("portal")};
    struct search_query q = {.text = v->q, .principals = {everybody, 1}, .kinds = {kinds, 1}, .limit = HITS};
    struct search_reader *reader;
    struct search_result found;
    TRY(search_here(g->db, &reader));
    TRY(search_query(reader, g->arena, &q, &found));
    return hits_fill(g, &found, v);
}

struct err portal_search_get(struct get *g) {
    struct portal_at at;
    struct portal_search v = {.q = query_param(g->request, S("q"))};
    struct portal_city_row *city;
    TRY(portal_city(g->db, &city));
    at = city ? (struct portal_at){.id = city->id,
                                   .is_city = true,
                                   .slug = city->slug,
                                   .name = city->name,
                                   .organ = city->organ,
                                   .street = city->street,
                                   .phone = city->phone}
              : (struct portal_at){0};
    v.is_asked = str_trim(v.q).len > 0;
    if (v.is_asked) {
        TRY(search_public(g, &v));
    }
    struct public_page page = portal_page(g, &at, S(""));
    page.is_unlisted = true;
    return answer_public(g, &page_portal_search, &v, &page);
}
