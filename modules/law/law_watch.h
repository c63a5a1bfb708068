/* What waits to be told to watchers in one notice. */
#ifndef MODULES_LAW_LAW_WATCH_H
#define MODULES_LAW_LAW_WATCH_H
#include "kernel/queue/job.h"

/* Tells every watcher of whom changes were counted, once. */
struct err law_watch_sum(struct db_write *db, void *thing);
struct err law_watch_job(struct job *job);
#endif
