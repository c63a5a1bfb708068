/* Shared by kernel/job*.c. */
#ifndef KERNEL_QUEUE_JOB_INSIDE_H
#define KERNEL_QUEUE_JOB_INSIDE_H
#include "kernel/db/ids/job_job.h"
#include "kernel/queue/job.h"

/* Tells open pages where a job is. */
struct err job_event(struct db_write *db, const struct job_view *v);

/* job_turn.c: NULL when this program knows no such kind. */
const struct job_kind *job_kind_find(const struct job_worker *w, struct str name);
/* Which job this worker should take now; {0}: none that it may. */
struct err job_pick(struct db_read *db, const struct job_worker *w, struct job_job_id *id);
/* Brings back standing jobs that were lost, and nearer what a wrong clock put off too far. */
struct err job_standing_keep(struct db *db, struct arena *arena, const struct job_worker *w);
#endif
