/* How much one person may bring in a day, so that nobody fills the disk of all: files and bytes, counted with each file
   that is kept. needs: db */
#ifndef KERNEL_FILE_QUOTA_H
#define KERNEL_FILE_QUOTA_H
#include "kernel/db/db.h"

/* Once a process, and again when the settings change. */
void quota_set(int64_t files, int64_t bytes);
/* Counts a file for who acts in the transaction; the system itself has no quota. INVALID at "file", saying how much and
   until when, when the day's share would be passed. */
struct err quota_take(struct db_write *db, int64_t bytes);
/* Days long past are forgotten. */
struct err quota_prune(struct db_write *db);
#endif
