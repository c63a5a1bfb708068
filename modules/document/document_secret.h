/* Private to modules/document: papers that seem to bear a secrecy stamp. Nobody reads one until who brought it has said
   that it is no state secret; said to be one, or not said in time, it is destroyed and only its trace stays (R34;
   decision 0067). */
#ifndef MODULES_DOCUMENT_DOCUMENT_SECRET_H
#define MODULES_DOCUMENT_DOCUMENT_SECRET_H
#include "kernel/file/file.h"
#include "modules/document/document_rules.h"

/* What was seen on a page. */
struct document_stamp {
    int64_t page;
    struct str seen;
};
/* Takes the file out of every document that holds it uncleared, with the words read of it; asks who brought it. */
struct err document_seal(struct db_write *db, struct file_blob_id file, const struct document_stamp *stamp);

/* Both: MISSING when there is no such seal on the document, DENIED but for the post that brought the file. */
/* It is no state secret: back into its document, and read again. INVALID at reason when none is given. */
struct err document_seal_open(struct db_write *db, const struct who *who, struct document_doc_id doc,
                              struct document_seal_id seal, struct str reason);
/* It is one: destroyed, and a document whose paper it was is cancelled without its words. */
struct err document_seal_destroy(struct db_write *db, const struct who *who, struct document_doc_id doc,
                                 struct document_seal_id seal);
/* Those nobody has answered for in time are destroyed. */
struct err document_seal_sweep(struct db_write *db, struct date today);

/* It came in, and no machine saw what it is: removed with all that was written of it, by whoever keeps the register.
   INVALID at is_sure unless that is said. */
struct err document_secret_remove(struct db_write *db, const struct who *who, struct document_doc_id doc, bool is_sure);

/* A secret's going, of a whole document or of one file in it (document_erase.c): what was written of it is erased
   everywhere; that it was here, and who took it out when, stays. */
struct document_removal {
    const struct who *who; /* NULL: nobody answered in time */
    const struct document_by_id_row *doc;
    int64_t page; /* where the stamp was seen; 0: a person saw it */
    int64_t brought_by;
};
struct err document_secret_whole(struct db_write *db, const struct document_removal *r);
/* The file was taken out of its document already; was: its row there. */
struct err document_secret_file(struct db_write *db, const struct document_removal *r, struct file_blob_id file,
                                int64_t was);

/* CONFLICT, saying why, for a document that cannot be registered as long as or because its paper is a secret's. */
struct err document_refuse_secret(struct db_write *db, struct document_doc_id id);
#endif
