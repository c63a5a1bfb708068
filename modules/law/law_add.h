/* Adding to the library by file: what was read is shown, corrected and confirmed by a person. And taking out of it. */
#ifndef MODULES_LAW_LAW_ADD_H
#define MODULES_LAW_LAW_ADD_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/queue/job.h"
#include "modules/law/law_about.h"
#include "modules/law/law_add_queries.h"
#include "modules/law/law_format.h"

extern const struct field law_out_fields[], law_add_fields[], law_draft_fields[];
struct err law_out_get(struct get *g);

/* Keeps an upload as a draft of the post, and has it read. */
struct err law_draft_add(struct db_write *db, const struct who *who, const struct upload *u, struct law_draft_id *id);
/* The draft as a tree, once it is read. */
struct err law_draft_tree(struct db_read *db, const struct law_draft_mine_row *draft, struct law_file *file);
/* Puts it into the library under the facts a person confirmed. CONFLICT when something became of it already. */
struct err law_draft_confirm(struct db_write *db, const struct who *who, const struct law_draft_mine_row *draft,
                             const struct law_about *about, struct law_work_id *work);
struct err law_draft_read(struct job *job); /* the job "law.read" */

struct err law_add_get(struct get *g);
struct err law_add_post(struct post *p);
struct err law_draft_get(struct get *g);
struct err law_draft_post(struct post *p);
struct err law_draft_end(struct post *p);
#endif
