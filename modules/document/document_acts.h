/* What the acts on lines share. Private to document_line.c and document_close.c. */
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
#endif
