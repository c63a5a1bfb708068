/* Pages: what tools/mkpage makes of an HTML file, and how it becomes an answer: inside the shell,
 * or as JSON. */
#ifndef KERNEL_SHELL_PAGE_H
#define KERNEL_SHELL_PAGE_H
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "kernel/page/json.h"

struct page {
    const char *name;
    const char *file;
    void (*title)(struct draw *d, const void *view);
    void (*main)(struct draw *d, const void *view);
    void (*guide)(struct draw *d, const void *view); /* NULL: none */
    void (*json)(struct buf *b, const void *view);
};

/* The page's main part alone, as the shell holds it: tests and mail. */
struct str page_draw(struct arena *a, const struct lang *lang, const struct page *page, const void *view);
/* The page of an error: what happened, in the person's words, and where to go on. Never fails. */
struct err answer_fault(struct get *g, struct err why, struct str code);

/* The attributes of a field's input: required, what describes it, whether it is wrong. Called by
 * pages/parts/field.html. */
struct field;
struct form_value;
void part_field_state(struct draw *d, const struct field *k, const struct form_value *x, int n);

/* Whether a choice of part_pick is chosen: as typed, else as the view says. */
struct pick_option;
bool pick_is_chosen(const struct form_value *x, const struct pick_option *option);

/* The address of an asset by the name of its source: asset_link("app.css"). "/" for one there is not. */
struct link asset_link(const char *name);
struct asset_name {
    const char *name;
    const char *path;
};
extern const struct asset_name asset_names[]; /* build/gen/assets_gen.c; ended by a NULL name */

/* The routes, forms and views of all modules as one OpenAPI 3.1 description: GET /api/openapi.json. */
struct err api_openapi(struct get *g);
struct str openapi_json(struct arena *a, const struct modules *m);
/* Which view a GET route answers with; made by tools/mkroutes.mjs, ended by a NULL path. */
struct route_view {
    const char *path;
    const char *view;
};
extern const struct route_view route_views[];
#endif
