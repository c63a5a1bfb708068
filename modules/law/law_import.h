/* `doanket import law FILE…`: brings files of law into the library. What a file is, its content says: lines of JSON
   (articles, works, whole papers), a structured work or a list of amendments in JSON, or a paper in any format
   law_format.h reads. Articles of one work may be spread over all files given.
   Works are stored a few at a time; killed at any instant, the next run finds what is done by its hash and goes on, and
   a run over what is all there changes nothing. One import runs at a time. needs: law law_store */
#ifndef MODULES_LAW_LAW_IMPORT_H
#define MODULES_LAW_LAW_IMPORT_H
#include "modules/law/law_store.h"

struct law_import_count {
    int64_t works, added, changed, unchanged; /* works */
    int64_t records, rejected;
    int64_t added_relations;
};
struct law_import {
    struct db *db;
    const struct str *files; /* paths */
    size_t n;
    int64_t post;                                /* for whom; 0 from the command line */
    void (*tell)(void *thing, struct str words); /* progress and rejects, a line each; NULL: nobody */
    void *thing;
    const volatile int *stop; /* NULL: never; otherwise stops between two works when it is not 0 */
};
/* CONFLICT when another import runs; INVALID when a file cannot be read. Rejected records are kept (law_reject) and
   told. */
struct err law_import_run(struct arena *a, const struct law_import *import, struct law_import_count *count);

/* The same of lines of JSON in memory, in the caller's transaction: for the demonstration. BROKEN when a record is
   rejected. */
struct err law_import_lines(struct db_write *db, struct arena *a, struct str lines, struct law_import_count *count);
/* A small library of real laws with their sources, and papers that say they are demonstrations. */
struct err law_demo(struct db_write *db, struct arena *arena);

extern const struct command law_commands[];
#endif
