/* The demonstration's papers. Private to the module. */
#ifndef MODULES_MEETING_MEETING_DEMO_H
#define MODULES_MEETING_MEETING_DEMO_H
#include "base/str.h"

struct arena;
/* A paper of some pages as PDF: a title, then one paragraph after another; pages parted by "\f". */
struct str meeting_demo_pdf(struct arena *a, struct str title, struct str words);
#endif
