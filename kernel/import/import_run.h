/* Bringing the good rows of a file in, as a job: some hundred rows a transaction, with progress; taken back by another.
   The same file again is the batch it was; the same row again changes nothing. A module makes two job kinds whose run
   calls import_run and import_undo with what it keeps such rows in. needs: db file queue */
#ifndef KERNEL_IMPORT_IMPORT_RUN_H
#define KERNEL_IMPORT_IMPORT_RUN_H
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"
#include "kernel/db/ids/import_batch.h"
#include "kernel/import/import.h"

struct file_uses;
struct job;

enum import_did { IMPORT_MADE = 1, IMPORT_CHANGED, IMPORT_SAME };
struct import_put {
    struct import_batch_id batch;
    int64_t owner;
    struct str *values;   /* one a wanted column; empty: none */
    int64_t record;       /* what the same key became before; 0: a new one */
    enum import_did *did; /* of a store that finds its records itself: what put did; MADE unless it says otherwise */
};
struct import_store {
    const struct import_want *want;
    /* The module itself finds the record of a row, also one that no sheet brought: put gets record 0, and which rows
       became what is not remembered here beyond the batch. */
    bool is_finding;
    /* Makes the record, or changes it. *was: what undo needs to make a changed one what it was. */
    struct err (*put)(struct db_write *db, const struct import_put *row, int64_t *record, struct str *was);
    /* Takes a record that was made away, or makes a changed one what it was. CONFLICT: somebody changed it since, so it
       stays. */
    struct err (*undo)(struct db_write *db, int64_t record, bool is_made, struct str was);
};
struct import_new {
    struct str want;
    int64_t owner;
    struct file_blob_id file;
    struct str file_name;
    bool is_whole; /* nothing goes in while a row has an error; else the good ones do */
    struct str job_kind;
    int64_t post;
};
/* Queues it. *is_known: this content was brought in before, *batch is that one, and nothing is queued. */
struct err import_begin(struct db_write *db, const struct import_new *n, struct import_batch_id *batch, bool *is_known);
/* Queues taking it back. CONFLICT when it is not in. */
struct err import_take_back(struct db_write *db, struct import_batch_id batch, struct str job_kind, int64_t post);

/* What the two jobs run; job->record is the batch. */
struct err import_run(struct job *job, const struct import_store *store);
struct err import_undo(struct job *job, const struct import_store *store);

struct import_batch {
    struct str want, file_name, state, fault;
    int64_t made, changed, same, bad, kept;
};
/* MISSING when there is none. */
struct err import_batch(struct db_read *db, struct import_batch_id id, struct import_batch *batch);
/* For the member file_uses of a module that brings tables in: its batches that hold a kept file. */
struct err import_file_uses(struct db_read *db, struct arena *a, struct str want, struct file_blob_id file,
                            struct file_uses *uses);
#endif
