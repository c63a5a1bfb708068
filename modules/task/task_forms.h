/* The forms of the module, and what its page files share. */
#ifndef MODULES_TASK_TASK_FORMS_H
#define MODULES_TASK_TASK_FORMS_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/task/task_inside.h"
#include "modules/task/task_view.h"

enum { TASK_BODY_MOST = 101 * 1024 * 1024 };
extern const struct field task_no_fields[], task_reason_fields[], task_note_fields[], task_report_fields[];
extern const struct field task_ask_fields[], task_due_fields[], task_to_fields[], task_advance_fields[];
extern const struct field task_answer_fields[], task_new_fields[], task_index_query[], task_new_query[];
extern const struct field task_show_query[], task_handover_fields[];

struct err task_show_get(struct get *g);
struct err task_item_of_path(struct request *r, struct task_item_id *id);

struct err task_acceptance_post(struct post *p);
struct err task_reading_post(struct post *p);
struct err task_assignee_post(struct post *p);
struct err task_progress_post(struct post *p);
struct err task_report_post(struct post *p);
struct err task_return_post(struct post *p);
struct err task_extension_post(struct post *p);
struct err task_decision_post(struct post *p);
struct err task_confirmation_post(struct post *p);
struct err task_redo_post(struct post *p);
struct err task_due_post(struct post *p);
struct err task_reassignment_post(struct post *p);
struct err task_recall_post(struct post *p);
struct err task_undoing_post(struct post *p);

struct err task_new_get(struct get *g);
struct err task_assignment_post(struct post *p);
struct err task_handover_get(struct get *g);
struct err task_handover_post(struct post *p);
struct err task_index_get(struct get *g);
#endif
