/* mksql OUT FILE.sql … : X.queries.sql are queries, changes/NNNN-x.sql changes, other .sql files tables.
   Writes OUT/kernel/db/ids/TABLE.h, OUT/kernel/db/schema.c and OUT/X_queries.{h,c}; nothing when something is wrong. */
#include "tools/mksql.h"

#include <stdio.h>

#include "base/banned.h"

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("mksql OUT FILE.sql …\n", stderr);
        return 2;
    }
    struct source s = {.arena = arena_new()};
    if (sqlite3_open(":memory:", &s.db) != SQLITE_OK) {
        fputs("mksql: SQLite does not open\n", stderr);
        return 1;
    }
    sqlite3_db_config(s.db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(s.db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    for (int i = 2; i < argc; i++) {
        struct str path = str_of(argv[i]);
        if (str_ends(path, S(".queries.sql"))) {
            queries_read(&s, path);
        } else if (str_find(path, S("/changes/"), 0) != SIZE_MAX) {
            change_read(&s, path);
        } else {
            schema_read(&s, path);
        }
    }
    schema_make(&s);
    if (!complaints) {
        queries_make(&s);
    }
    if (!complaints) {
        write_ids(&s, str_of(argv[1]));
        write_schema(&s, str_of(argv[1]));
        for (size_t i = 0; i < s.files.n; i++) {
            write_queries(&s, &s.files.at[i], str_of(argv[1]));
        }
    }
    sqlite3_close(s.db);
    arena_free(s.arena);
    return complaints ? 1 : 0;
}
