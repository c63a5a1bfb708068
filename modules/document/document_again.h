/* How the reading of a document's files stands, and reading them again by hand. Private to the module. */
#ifndef MODULES_DOCUMENT_DOCUMENT_AGAIN_H
#define MODULES_DOCUMENT_DOCUMENT_AGAIN_H
#include "kernel/file/file.h"
#include "modules/document/document_rules.h"

/* How the reading of one of its files stands. */
struct document_reading_state {
    struct str fault;
    int64_t faulty;  /* pages that could not be read */
    bool is_reading; /* or waits for its turn */
    bool is_stopped; /* it was to be read, and nobody does */
    bool is_partial; /* the rest was too heavy */
    bool may_again;  /* there is something to read again */
};
struct err document_reading_state(struct db_read *db, struct document_doc_id doc, const struct file *file,
                                  struct document_reading_state *s);
/* What could not be read of a file is read again. CONFLICT when there is nothing to, or it is being read. */
struct err document_file_again(struct db_write *db, const struct who *who, struct document_doc_id id,
                               struct document_file_id file);
#endif
