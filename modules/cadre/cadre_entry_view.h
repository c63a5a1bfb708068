/* Entries as pages show them, and forms of a group as pages draw and read them. Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_ENTRY_VIEW_H
#define MODULES_CADRE_CADRE_ENTRY_VIEW_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/cadre/cadre_record.h"
#include "modules/cadre/cadre_view.h"

struct link cadre_group_link(struct arena *a, int64_t cadre, struct str group);
/* The questions of a group: with what was saved, or what was typed when the form came back. */
struct cadre_questions {
    LIST(struct fill_cell) cells;
    LIST(struct fill_fault) faults;
};
void cadre_questions_fill(struct get *g, const struct cadre_group *group, struct fields_said_list saved,
                          struct cadre_questions *out);
/* What was sent, judged; INVALID with a sentence when something is wrong: the faults come back at their fields. */
struct err cadre_sent_read(struct post *p, const struct cadre_group *group, struct fields_state **state);
#endif
