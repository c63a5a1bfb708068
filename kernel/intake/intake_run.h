/* Bringing the good rows of a file in, as a job: some hundred rows a transaction, with progress; taken back by another.
   The same file again is the batch it was; the same row again changes nothing. A module makes two job kinds whose run
   calls intake_run and intake_undo with what it keeps such rows in. needs: db file queue */
#ifndef KERNEL_INTAKE_INTAKE_RUN_H
#define KERNEL_INTAKE_INTAKE_RUN_H
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"
#include "kernel/db/ids/intake_batch.h"
#include "kernel/intake/intake.h"

struct file_uses;
struct job;

struct intake_put {
    struct intake_batch_id batch;
    int64_t owner;
    struct str *values; /* one a wanted column; empty: none */
    int64_t record;     /* what the same key became before; 0: a new one */
};
struct intake_store {
    const struct intake_want *want;
    /* Makes the record, or changes it. *was: what undo needs to make a changed one what it was. */
    struct err (*put)(struct db_write *db, const struct intake_put *row, int64_t *record, struct str *was);
    /* Takes a record that was made away, or makes a changed one what it was. CONFLICT: somebody changed it since, so it
       stays. */
    struct err (*undo)(struct db_write *db, int64_t record, bool is_made, struct str was);
};
struct intake_new {
    struct str want;
    int64_t owner;
    struct file_blob_id file;
    struct str file_name;
    bool is_whole; /* nothing goes in while a row has an error; else the good ones do */
    struct str job_kind;
    int64_t post;
};
/* Queues it. *is_known: this content was brought in before, *batch is that one, and nothing is queued. */
struct err intake_begin(struct db_write *db, const struct intake_new *n, struct intake_batch_id *batch, bool *is_known);
/* Queues taking it back. CONFLICT when it is not in. */
struct err intake_take_back(struct db_write *db, struct intake_batch_id batch, struct str job_kind, int64_t post);

/* What the two jobs run; job->record is the batch. */
struct err intake_run(struct job *job, const struct intake_store *store);
struct err intake_undo(struct job *job, const struct intake_store *store);

struct intake_batch {
    struct str want, file_name, state, fault;
    int64_t made, changed, same, bad, kept;
};
/* MISSING when there is none. */
struct err intake_batch(struct db_read *db, struct intake_batch_id id, struct intake_batch *batch);
/* For the member file_uses of a module that brings tables in: its batches that hold a kept file. */
struct err intake_file_uses(struct db_read *db, struct arena *a, struct str want, struct file_blob_id file,
                            struct file_uses *uses);
#endif
