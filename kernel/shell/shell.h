/* The shell around every page: areas, search, notifications, guide, the hat one wears, theme and language.
   needs: config db erase file folder http kernel page rights queue   shows: health page_view public public_view */
#ifndef KERNEL_SHELL_SHELL_H
#define KERNEL_SHELL_SHELL_H
#include "kernel/http/http.h"
#include "kernel/shell/page_view.h"

struct module;
/* POST /look. */
extern const struct module shell_module;

/* What of it is the same for everybody: made once, when the server opens. */
struct shell_plan;
struct modules;
const struct shell_plan *shell_plan_make(struct arena *a, const struct modules *app);
struct public_places; /* kernel/shell/public.h */
const struct public_places *shell_plan_public(const struct shell_plan *plan);

/* Fills it for this request: the places the person may open, with their counters. */
struct err shell_fill(struct get *g, struct shell *s);

#endif
