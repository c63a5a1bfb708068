/* Texts that come in to be read here and seem to bear a secrecy stamp: held back, and who brought them is asked, as for
   documents (decision 0067). needs: law document */
#ifndef MODULES_LAW_LAW_SECRET_H
#define MODULES_LAW_LAW_SECRET_H
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"

/* What a job has read: a file with pages, or a text. */
struct law_paper {
    int64_t record; /* the law_draft or law_check */
    int64_t post;   /* who brought it */
    struct str name;
    struct file_blob_id file; /* 0: pasted */
    struct str text;          /* empty: the file's pages */
};
/* In the job that reads, before it keeps a word of its own. *is_held: it was sealed, its words destroyed, the job
   ended: return OK. Who brought it is told; said to be no secret, the same job is added again and passes. */
struct err law_secret_gate(struct job *job, const struct law_paper *paper, bool *is_held);
/* Whether the record waits for an answer: its page leads to /law/seal/{record}. */
struct err law_secret_is_held(struct db_read *db, int64_t record, bool *is_held);

struct erase;
struct err law_erase(struct db_write *db, const struct erase *e); /* the module's part of kernel/erase/erase.h */
struct err law_seal_job(struct job *job);                         /* "law.seal": nobody has answered in time */

struct err law_seal_get(struct get *g);
struct err law_seal_opening_post(struct post *p);
struct err law_seal_destruction_post(struct post *p);
extern const struct field law_seal_fields[];
#endif
