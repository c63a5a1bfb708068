/* Between the files of the import. A record is a line of a file; pass one finds which work each belongs to, pass two
   reads the records of a work again and stores it. */
#ifndef MODULES_LAW_LAW_IMPORT_INSIDE_H
#define MODULES_LAW_LAW_IMPORT_INSIDE_H
#include <stdio.h>

#include "read/json.h"
#include "modules/law/law_format.h"
#include "modules/law/law_import.h"
#include "modules/law/law_import_source.h"
#include "kernel/db/ids/law_import.h"
#include "kernel/db/ids/law_work.h"

enum law_import_kind {
    LAW_IMPORT_OTHER = 0, /* a paper: text, DOCX, PDF … */
    LAW_IMPORT_ARTICLE,
    LAW_IMPORT_WORK,  /* facts of a work, without text */
    LAW_IMPORT_PAPER, /* a whole paper as text */
    LAW_IMPORT_STRUCTURED,
    LAW_IMPORT_AMENDMENTS,
};
enum { LAW_IMPORT_LINE_MOST = 32 << 20, LAW_IMPORT_FILE_MOST = 256 << 20 };

struct law_import_record {
    enum law_import_kind kind;
    size_t file;
    int64_t line; /* from 1 */
    long at;      /* of its first byte */
    size_t len;
    const struct law_file *paper; /* of OTHER: the file as it was read, before any transaction; NULL otherwise */
    size_t next;                  /* of the same work, in the order of the files; SIZE_MAX: the last */
};

/* A work in the making: its records. */
struct law_import_group {
    struct str key; /* how records find it */
    size_t first, last;
};

/* An article's address in the codified law, and what it is. */
struct law_import_pd {
    struct str pd_code;
    size_t group;
    struct str article;
};

/* Words to a number, for tens of thousands. */
struct law_import_map {
    struct arena *arena;
    struct str *key;
    size_t *value;
    size_t slots, n;
};
/* The value's place, made with SIZE_MAX when it is new. */
size_t *law_import_map_at(struct law_import_map *map, struct str key);
/* SIZE_MAX when there is none. */
size_t law_import_map_find(const struct law_import_map *map, struct str key);

struct law_import_run {
    const struct law_import *import;
    struct arena *arena; /* of the whole run */
    struct arena *work;  /* of the work being made, or the line being read; reset by whoever begins one */
    struct law_import_id id;
    FILE **file;
    struct law_import_record *records;
    size_t records_n, records_room;
    LIST(struct law_import_group) groups;
    LIST(struct law_import_pd) pds;
    struct law_import_map by_key, by_id, by_pd;
    struct date codified_on;                /* the last day, up to today, that codified records speak of */
    LIST(struct law_import_reject) rejects; /* not yet written */
    struct law_import_count count;
};
struct law_import_reject {
    size_t file;
    int64_t line;
    struct str what, why;
};
void law_import_refuse(struct law_import_run *run, const struct law_import_record *record, struct str what,
                       struct str why);
void law_import_say(struct law_import_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A line as Unicode: TCVN3 and VNI are brought there; what is not surely of these is given back. */
struct str law_import_line(struct arena *a, struct str line);
/* Pass one over one file. */
struct err law_import_scan(struct law_import_run *run, size_t file);
/* The record's JSON, read again into the work's arena. NULL: it is refused. */
const struct json_value *law_import_record_read(struct law_import_run *run, const struct law_import_record *record,
                                                struct str *bytes);
/* The facts a record gives of its work: as they are, not finished. */
void law_import_about(struct arena *a, enum law_import_kind kind, const struct json_value *json,
                      struct law_about *about, struct law_source *source);

/* What a group's records make. */
struct law_import_article {
    const struct json_value *json;
    const struct law_import_record *record;
    struct law_source source;
    struct str label;
    struct law_tree tree; /* without nodes: refused */
    struct date from_on;
};
struct law_import_work {
    struct law_store store;
    LIST(struct law_import_article) articles;
    LIST(const struct json_value *) papers; /* whole ones beside them */
};
struct err law_import_make(struct law_import_run *run, const struct law_import_group *group,
                           struct law_import_work *work);
/* How its articles stand to others: who changed them, what they refer to. */
struct err law_import_relate(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                             const struct law_stored *stored);
/* What changed the work between its words as enacted and as codified, when both are here. */
struct err law_import_amended(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                              struct law_work_id target);
/* Whole papers among a group's records: words that nobody has checked. */
struct err law_import_papers(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                             struct law_stored *stored);
/* Files that are one work, or amendments. */
struct err law_import_whole(struct law_import_run *run, struct db_write *db, const struct law_import_record *record);
/* A change of one place that a source lists: kept as an event in review, unless the acting text gives it too. */
enum law_import_event_is { LAW_IMPORT_EVENT_NONE, LAW_IMPORT_EVENT_SAME, LAW_IMPORT_EVENT_NEW };
struct law_relation_insert_in;
struct err law_import_event(struct law_import_run *run, struct db_write *db, const struct law_relation_insert_in *says,
                            enum law_import_event_is *is);
void law_import_counted(struct law_import_run *run, const struct law_stored *stored);
#endif
