/* What a business puts on its pages: who has what, and what this person may do. The parts are task_items and task_acts;
   a page that draws one includes modules/task/task_pages_gen.h. */
#ifndef MODULES_TASK_TASK_PART_H
#define MODULES_TASK_TASK_PART_H
#include "kernel/http/http.h"
#include "modules/task/task.h"
#include "modules/task/task_view.h"

/* The parts of a record in order, and the way to give more where this person may. */
struct err task_items_fill(struct get *g, struct str kind, int64_t record, struct task_items_view *view);
/* The acts open to this person on one part, with their forms; those that came back refused are open. */
struct err task_acts_fill(struct get *g, struct task_item_id id, struct task_acts_view *view);
#endif
