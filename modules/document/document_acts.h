/* What acts begin and end with, and those on lines share. Private to the rules. */
#ifndef MODULES_DOCUMENT_DOCUMENT_ACTS_H
#define MODULES_DOCUMENT_DOCUMENT_ACTS_H
#include "modules/document/document_rules.h"

struct document_act {
    struct document_by_id_row *doc;
    struct document_line_by_id_row *line;
    unsigned bits;
    bool is_mine; /* the post counts as the line's receiver */
};
/* MISSING when the post may not read the document, or it has no such line. */
struct err document_act_on(struct db_write *db, const struct who *who, struct document_doc_id id,
                           struct document_line_id line, struct document_act *act);
/* Keeps a file that shows what was done, and queues its reading. */
struct err document_evidence(struct db_write *db, const struct who *who, struct document_doc_id id, int64_t line,
                             const struct document_paper *paper, struct document_file_id *file);
/* Without its lead, back to whom it was presented, or who directed it. */
struct err document_undirect(struct db_write *db, const struct document_by_id_row *doc);

/* ---- What every act ends with */
struct document_deed {
    struct document_doc_id doc;
    const char *kind;   /* of the step: "register" */
    const char *verb;   /* of audit and event: "document.registered" */
    struct str text;    /* shown in the thread */
    struct str audited; /* JSON object of what changed, or empty */
    struct date due_on;
    int64_t directive, line, file;
};
/* Step, audit, event. who NULL: the system. */
struct err document_deed(struct db_write *db, const struct who *who, const struct document_deed *deed);
/* Tells one principal: an event for it alone. */
struct err document_tell(struct db_write *db, struct document_doc_id doc, int64_t to, const char *kind,
                         struct str words);
/* Rights, tabs, counters and the search index made anew from the document and its lines. */
struct err document_settle(struct db_write *db, struct document_doc_id id);
#endif
