/* The shell around what the public reads: no account, no cookie, no script. It shows the five places that exist, "Chữ
   to", whose site it is and a foot. A module fills a place by its routes: the public GET route whose .name is the
   place's name (public_place_names) is where the place leads; a place that nobody fills is not shown. docs/portal.md
   shows the smallest use. */
#ifndef KERNEL_SHELL_PUBLIC_H
#define KERNEL_SHELL_PUBLIC_H
#include "kernel/http/http.h"
#include "kernel/shell/page_view.h"
#include "kernel/shell/public_view.h"

struct modules;
struct page;

/* Tin tức, Góp ý, Dịch vụ, Tra cứu, Công khai, in the order they stand in; ended by NULL. Then the names of the route
   that searches and of the one that is the public's home. */
extern const char *const public_place_names[];
#define PUBLIC_SEARCH "Tìm trên cổng"
#define PUBLIC_HOME "Trang chủ của cổng"

/* Where the places lead: made once, when the server opens. */
struct public_places;
const struct public_places *public_places_make(struct arena *a, const struct modules *app);
/* Where one of them leads; empty when nobody fills it. */
struct str public_place_path(struct get *g, const char *name);

/* Answers with the page inside the public shell; as JSON to who asks for it. The same bytes are not sent twice, and
   what stands between us and the reader asks each time whether they are still the same, so that a change is seen at
   once. p says whose site and what the page is; every member may be left out. */
struct err answer_public(struct get *g, const struct page *page, const void *view, const struct public_page *p);
/* 404 in the public's look: what is not there, and where to go on. */
struct err public_not_found(struct get *g, const struct public_page *p);
#endif
