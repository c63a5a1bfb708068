/* SQL put together at run time: there is nothing that takes it.
   as: module
   expect: (implicit declaration|undeclared function|call to undeclared) */
#include "base/str.h"
#include "kernel/db/db.h"
#include "modules/document/document_queries.h"

struct err erase(struct db_write *db, struct str table);

struct err erase(struct db_write *db, struct str table) {
#ifdef GOOD
    (void)table;
    return document_counter_make(db, (struct document_counter_make_in){{1}}, NULL);
#else
    return db_exec(db, str_format(db_write_arena(db), "DELETE FROM %.*s", STR_ARG(table)).at, NULL);
#endif
}
