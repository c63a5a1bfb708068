/* Between kernel/db/sqlite.c and kernel/db/sqlite_copy.c. */
#ifndef KERNEL_DB_SQLITE_H
#define KERNEL_DB_SQLITE_H
#include "base/err.h"

struct arena;

/* The address to open a database by that is only looked at. What it needs is taken away when the arena ends. */
struct err db_sqlite_copy_address(struct arena *a, struct str path, struct str *address);
#endif
