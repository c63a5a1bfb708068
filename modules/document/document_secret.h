/* Private to modules/document: taking a paper with a secrecy stamp out again. */
#ifndef MODULES_DOCUMENT_DOCUMENT_SECRET_H
#define MODULES_DOCUMENT_DOCUMENT_SECRET_H
#include "kernel/file.h"
#include "modules/document/document_rules.h"

/* Removes the file from every document that holds it and from the store's tables; those whose paper it is are cancelled
   without their words, their bringers told, all audited. file_erase follows the commit. page: where the stamp stands.
 */
struct err document_secret_refuse(struct db_write *db, struct file_blob_id file, int64_t page);
struct str document_secret_words(void); /* why, as a person reads it */
#endif
