/* The shell around every page: areas, search, notifications, guide, the hat one wears, theme and language. */
#ifndef KERNEL_SHELL_H
#define KERNEL_SHELL_H
#include "kernel/http.h"
#include "kernel/page_view.h"

struct module;
/* POST /look. */
extern const struct module shell_module;

/* Fills it for this request: the places the person may open, with their counters. */
struct err shell_fill(struct get *g, struct shell *s);

#endif
