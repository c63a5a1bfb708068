/* What programs read of the portal: Atom a site, and the list of all addresses for search engines. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/form.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_public.h"

enum { FEED_MOST = 30, MAP_MOST = 20000 };

static void element(struct buf *b, const char *name, struct str text) {
    buf_printf(b, "<%s>", name);
    html_escape(b, text);
    buf_printf(b, "</%s>", name);
}

static struct str iso(struct arena *a, struct instant at) {
    struct buf b = buf_in(a);
    instant_put_iso(&b, at);
    return buf_str(&b);
}

static void entry(struct get *g, struct buf *b, const struct portal_news_of_row *r) {
    struct str address = public_address(g, portal_article_link(g->arena, r->site_slug, r->slug).v);
    BUF_LIT(b, "<entry>");
    element(b, "title", r->title);
    element(b, "id", str_format(g->arena, "urn:doanket:portal:%lld", (long long)r->id.v));
    element(b, "updated", iso(g->arena, r->live_at));
    element(b, "published", iso(g->arena, r->first_at));
    BUF_LIT(b, "<author>");
    element(b, "name", r->author);
    BUF_LIT(b, "</author><link href=\"");
    html_escape(b, address);
    BUF_LIT(b, "\"/>");
    element(b, "summary", r->lead);
    struct portal_text text = portal_mark_read(g->arena, r->body);
    element(b, "content", portal_mark_words(g->arena, &text));
    BUF_LIT(b, "</entry>\n");
}

static void feed_head(struct get *g, struct buf *b, const struct portal_at *at, struct instant updated) {
    struct str self = public_address(g, g->path);
    BUF_LIT(b,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">");
    element(b, "title", at->organ);
    element(b, "id", str_format(g->arena, "urn:doanket:portal:site:%lld", (long long)at->id.v));
    element(b, "updated", iso(g->arena, updated));
    BUF_LIT(b, "<link rel=\"self\" href=\"");
    html_escape(b, self);
    BUF_LIT(b, "\"/>\n");
}

struct err portal_feed_get(struct get *g) {
    struct portal_at at;
    struct portal_news_of_rows rows;
    struct buf b = buf_in(g->arena);
    struct instant updated = {0};
    bool is_answered;
    TRY(portal_begin(g, path_param(g->request, S("site")), &at, &is_answered));
    if (is_answered) {
        return OK;
    }
    struct portal_news_of_in in = {
        .site = at.id.v, .also = at.is_city ? at.id.v : 0, .before = INT64_MAX, .most = FEED_MOST};
    TRY(portal_news_of(g->db, in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        updated = rows.at[i].live_at.ms > updated.ms ? rows.at[i].live_at : updated;
    }
    feed_head(g, &b, &at, updated);
    for (size_t i = 0; i < rows.n; i++) {
        entry(g, &b, &rows.at[i]);
    }
    BUF_LIT(&b, "</feed>\n");
    answer_tagged(g->request);
    answer_header(g->request, S("Cache-Control"), S("public, no-cache"));
    return answer_bytes(g, S("application/atom+xml; charset=utf-8"), buf_str(&b));
}

static void url_add(struct get *g, struct buf *b, struct str path, struct instant at) {
    BUF_LIT(b, "<url>");
    element(b, "loc", public_address(g, path));
    if (at.ms) {
        element(b, "lastmod", date_iso(g->arena, date_of(at)));
    }
    BUF_LIT(b, "</url>\n");
}

struct err portal_sitemap_get(struct get *g) {
    struct portal_sites_rows sites;
    struct portal_map_of_rows rows;
    struct buf b = buf_in(g->arena);
    TRY(portal_sites(g->db, &sites));
    TRY(portal_map_of(g->db, (struct portal_map_of_in){.after = 0, .most = MAP_MOST}, &rows));
    BUF_LIT(
        &b,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    url_add(g, &b, S("/portal"), (struct instant){0});
    url_add(g, &b, S("/portal/communes"), (struct instant){0});
    for (size_t i = 0; i < sites.n; i++) {
        if (!sites.at[i].is_city) {
            url_add(g, &b, str_format(g->arena, "/portal/%.*s", STR_ARG(sites.at[i].slug)), (struct instant){0});
        }
    }
    for (size_t i = 0; i < rows.n; i++) {
        url_add(g, &b, portal_article_link(g->arena, rows.at[i].site_slug, rows.at[i].slug).v, rows.at[i].live_at);
    }
    BUF_LIT(&b, "</urlset>\n");
    answer_tagged(g->request);
    return answer_bytes(g, S("application/xml; charset=utf-8"), buf_str(&b));
}
