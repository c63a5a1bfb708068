/* Shared by kernel/job*.c. */
#ifndef KERNEL_JOB_INSIDE_H
#define KERNEL_JOB_INSIDE_H
#include "kernel/job.h"

/* Tells open pages where a job is. */
struct err job_event(struct db_write *db, const struct job_view *v);
#endif
