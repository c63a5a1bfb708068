/* Erasing: what a record said is taken out of everything that is kept, at once, in the transaction that asks for it;
   that there was a record, and who did what with it when, stays. The kernel erases the audit trail's details, the
   bodies of events, jobs' arguments and words, forms kept while typing and the index; each module erases its own
   tables (struct module's member erase). Afterwards a job sees to the files: freed pages, the write-ahead log, bytes.
   needs: db file http index kernel rights queue verify */
#ifndef KERNEL_ERASE_ERASE_H
#define KERNEL_ERASE_ERASE_H
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"

struct job;
struct modules;
struct erase {
    struct str kind; /* "document" */
    int64_t record;
    struct str why;       /* Vietnamese; the trail keeps it, so it says nothing of the content */
    struct instant since; /* when the record came: what was written before cannot repeat it */
    /* Asked of the modules by erase_file instead of a record: rows that hold the file let go of it, or say that it
     * waits for a person's answer there and stays until then. */
    const struct file_blob_id *file;
    bool *is_held;
};
/* BROKEN when no modules were told: then nothing is erased, rather than half. */
struct err erase_record(struct db_write *db, const struct erase *e);
/* Once, before forking. */
void erase_use(const struct modules *all);

/* A file that must not be kept, wherever it came in: its rows and words go with the transaction, its bytes, pictures
   and copies waiting with a form as soon as that has committed; should the process die between, the job does it. It
   stays whole while a record of any module shows it (struct module, file_uses): nothing points at what is not there. */
struct err erase_file(struct db_write *db, struct file_blob_id id);

struct err erase_run(struct job *job); /* the job "kernel.erase" */
#endif
