/* Whether the database's own pages, rows and references are whole. */
#ifndef KERNEL_DB_VERIFY_H
#define KERNEL_DB_VERIFY_H
#include "kernel/db/db.h"

struct db_fault {
    struct str where; /* "bảng document_doc, dòng 12" */
    struct str words; /* Vietnamese, and the engine's own */
};
struct db_faults {
    struct db_fault *at;
    size_t n;
};

/* SQLite: every page (integrity_check) and every reference. PostgreSQL: every row is read and every reference followed;
   with the extension amcheck, heaps and indexes too. said: what was looked at, Vietnamese. Opens reads of its own; what
   cannot be read at all is a fault found, no error. */
struct err db_verify(struct db *db, struct arena *a, struct db_faults *out, struct str *said);
#endif
