/* Bringing units or people in from Excel: rows are tried one after another as they will be applied, in a transaction
   that is then undone, so that what is shown before applying is what applying will do. */
#ifndef MODULES_ORG_ORG_IMPORT_H
#define MODULES_ORG_ORG_IMPORT_H
#include "modules/org/org_rows.h"

struct job;

enum { ORG_IMPORT_ROWS = 2000, ORG_IMPORT_CELLS = 12 };

/* A row by our columns, whatever their order in the file. */
struct org_import_cells {
    int64_t row_no;
    struct str cells[ORG_IMPORT_CELLS];
    struct str fault;
};
struct org_import_table {
    LIST(struct org_import_cells) rows;
};

/* Titles of the columns of a kind, in our order; empty past the last. */
const struct str *org_import_columns(struct str kind);
/* Tries (or does) all rows in the transaction given; each row's fault is set, and *n_faulty counts them.
   With stop, the first faulty row ends it. */
struct err org_import_do(struct db_write *db, struct str kind, struct org_import_table *table, bool stop,
                         int64_t *n_faulty);
/* Columns found by the titles in the first row; INVALID when one we must have is missing. */
struct err org_import_match(struct arena *a, struct str kind, const struct str *titles, size_t n,
                            int column[static ORG_IMPORT_CELLS]);
struct str org_import_pack(struct arena *a, const struct org_import_cells *row);
void org_import_unpack(struct str packed, struct org_import_cells *row);
/* The job "org.import". */
struct err org_import_run(struct job *job);
/* Applies what was read, all or nothing. CONFLICT when it is not ready or a row no longer fits. */
struct err org_import_apply(struct db_write *db, int64_t import);
/* For the module: the imports that hold a kept file. */
struct err org_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
#endif
