/* What the public pages of the portal share. */
#ifndef MODULES_PORTAL_PORTAL_PUBLIC_H
#define MODULES_PORTAL_PORTAL_PUBLIC_H
#include "kernel/http/http.h"
#include "kernel/shell/public.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_queries.h"
#include "modules/portal/portal_view.h"

/* A site as a page needs it; the queries' rows are alike. */
struct portal_at {
    struct portal_site_id id;
    int64_t unit, stamp;
    bool is_city;
    struct str slug, name, organ, code, street, phone;
};
/* The site the address names, or the city's for an empty slug; *is_answered when a kept page was the answer, or the
   address leads elsewhere. MISSING is answered as a page, too. */
struct err portal_begin(struct get *g, struct str slug, struct portal_at *at, bool *is_answered);
/* What the frame says of a page of the site. */
struct public_page portal_page(struct get *g, const struct portal_at *at, struct str place);

struct portal_news_list {
    struct portal_news *at;
    size_t n;
};
/* A site's news, newest first, below a place of the list (INT64_MAX: from the beginning); *older is the place of the
   last one when there are more, else 0. */
struct portal_news_asked {
    struct str category; /* empty: all */
    int64_t before;
    size_t most;
};
struct err portal_news_read(struct get *g, const struct portal_at *at, const struct portal_news_asked *asked,
                            struct portal_news_list *news, int64_t *older);
/* Whether a picture can be shown, and where it is; *waits when its file is still being looked at. */
struct err portal_picture_link(struct get *g, struct file_blob_id file, struct str site, struct str slug,
                               struct link *link, bool *waits);
/* The address of an article. */
struct link portal_article_link(struct arena *a, struct str site, struct str slug);
/* The tasks of a home page: those whose pages there are. */
void portal_tasks(struct get *g, struct portal_task **at, size_t *n);

struct err portal_home_get(struct get *g);
struct err portal_news_get(struct get *g);
struct err portal_site_get(struct get *g);
struct err portal_site_news_get(struct get *g);
struct err portal_communes_get(struct get *g);
struct err portal_article_get(struct get *g);
struct err portal_picture_get(struct get *g);
struct err portal_search_get(struct get *g);
struct err portal_feed_get(struct get *g);
struct err portal_sitemap_get(struct get *g);
extern const struct field portal_news_query[], portal_q_query[];

/* The article page filled from a version: what is read, and what is looked at before it is. */
struct err portal_article_fill(struct get *g, const struct portal_version_by_id_row *v, struct portal_article *out);
#endif
