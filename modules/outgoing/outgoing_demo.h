/* The demonstration's documents. Private to the module. */
#ifndef MODULES_OUTGOING_OUTGOING_DEMO_H
#define MODULES_OUTGOING_OUTGOING_DEMO_H
#include "base/str.h"

struct arena;

/* A scan-like PDF of a few lines, as a clerk would bring it. */
struct str outgoing_demo_pdf(struct arena *a, struct str code, struct str subject, struct str body);
#endif
