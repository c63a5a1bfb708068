/* Texts to be checked that come as files, and the pages of the guard. needs: law law_guard */
#ifndef MODULES_LAW_LAW_GUARD_FILE_H
#define MODULES_LAW_LAW_GUARD_FILE_H
#include "kernel/page/form.h"
#include "kernel/queue/job.h"
#include "kernel/module.h"

/* `doanket law check FILE [--on DATE] [--json]`: 0 when nothing is wrong, 1 when something is, 2 for wrong words. */
int law_check_command(struct command_run *run);
extern const struct command_option law_check_options[];
/* Reads an uploaded file's words for its check: args name the check. */
extern const struct job_kind law_job_kinds[];

struct err law_guard_index_get(struct get *g);
struct err law_guard_show_get(struct get *g);
struct err law_guard_try(struct get *g);
struct err law_guard_post(struct post *p);
struct err law_guard_end(struct post *p);
extern const struct field law_guard_fields[], law_guard_page_fields[];

/* Reviewing changes: officers and administrators. */
struct err law_change_index_get(struct get *g);
struct err law_change_show_get(struct get *g);
struct err law_change_post(struct post *p);
extern const struct field law_change_fields[], law_decision_fields[];
#endif
