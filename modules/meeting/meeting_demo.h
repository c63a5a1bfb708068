/* The demonstration's papers. Private to the module. */
#ifndef MODULES_MEETING_MEETING_DEMO_H
#define MODULES_MEETING_MEETING_DEMO_H
#include "base/err.h"

struct arena;
struct db_write;
struct who;
/* A paper of some pages as PDF: a title, then one paragraph after another; pages parted by "\f". */
struct str meeting_demo_pdf(struct arena *a, struct str title, struct str words);
/* A secret ballot that was held in a meeting by all who are there, and is closed. */
struct err meeting_demo_ballot(struct db_write *db, const struct who *by, int64_t meeting);
#endif
