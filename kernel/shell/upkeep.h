/* The daily upkeep, as a job. */
#ifndef KERNEL_SHELL_UPKEEP_H
#define KERNEL_SHELL_UPKEEP_H
#include "base/err.h"

#include "kernel/queue/job.h"

extern const struct job_kind upkeep_job_kinds[];
/* Plans the first one; safe at each start. */
struct err upkeep_seed(struct db_write *db, struct arena *arena);
#endif
