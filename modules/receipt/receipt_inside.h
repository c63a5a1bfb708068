/* What the files of the room share. */
#ifndef MODULES_RECEIPT_RECEIPT_INSIDE_H
#define MODULES_RECEIPT_RECEIPT_INSIDE_H
#include "kernel/queue/job.h"
#include "modules/receipt/receipt.h"
#include "modules/receipt/receipt_queries.h"

extern const struct route receipt_routes[];
extern const struct job_kind receipt_job_kinds[];

/* The browser's secret, or empty. */
struct str receipt_cookie(struct request *r);
/* The same, made and sent when there is none. */
struct str receipt_cookie_made(struct post *p);
/* Lets a browser in until an instant. */
struct err receipt_let_in(struct db_write *db, struct str secret, struct receipt_item_id item, bool is_maker,
                          struct instant until);
/* Drafts past their days go, and what else is over; *n: how many drafts, at most 200 a time. */
struct err receipt_sweep(struct db_write *db, size_t *n);
struct err receipt_sweep_seed(struct db_write *db, struct arena *arena);
#endif
