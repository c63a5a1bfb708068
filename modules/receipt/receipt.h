/* Phiếu biên nhận: what people without an account begin and send: a code that is read out without mistakes, three
   secret words, drafts that outlive the browser's window, files, limits without a puzzle. A business keeps its own
   record and has a public page /{kind}/receipt/{id} for its state; docs/receipt.md has the smallest use.
   needs: citizen db erase file http kernel page queue record rights shell   shows: receipt_code */
#ifndef MODULES_RECEIPT_RECEIPT_H
#define MODULES_RECEIPT_RECEIPT_H
#include "base/list.h"
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"
#include "kernel/db/ids/receipt_file.h"
#include "kernel/db/ids/receipt_item.h"
#include "kernel/module.h"

extern const struct module receipt_module;

enum { RECEIPT_DRAFT_DAYS = 60, RECEIPT_OPEN_MINUTES = 60, RECEIPT_FILES_MOST = 30 };

struct receipt {
    struct receipt_item_id id;
    struct str kind, about;
    int64_t record;  /* 0: still a draft */
    struct str code; /* of the draft, until it is sent */
    struct str body; /* of a draft */
    int64_t post;    /* who fills it in for somebody; 0: the person */
    bool is_sent, is_maker;
    bool has_words; /* somebody was told its three words */
    struct instant touched_at, sent_at;
};

/* ---- Drafts. The browser that begins one may open it again for RECEIPT_DRAFT_DAYS. */
struct receipt_new {
    struct str kind, about, body;
};
/* Gives the browser its cookie where it has none. BUSY when too many were begun from one network. */
struct err receipt_begin(struct post *p, const struct receipt_new *draft, struct receipt_item_id *id);
/* MISSING unless this browser may open it; an unknown one looks the same. */
struct err receipt_open(struct get *g, struct receipt_item_id id, struct receipt *r);
struct err receipt_open_to_write(struct post *p, struct receipt_item_id id, struct receipt *r);
/* CONFLICT when it was sent meanwhile. */
struct err receipt_save(struct db_write *db, struct receipt_item_id id, struct str body);

/* ---- Sending. A route that sends has receipt_before as its .before, with the id as {id} in its path: the words are
   hashed beside the workers. */
struct err receipt_before(struct get *g);
struct receipt_sent {
    int64_t record;
    struct str prefix;  /* up to five digits: whose it is */
    struct str content; /* what was said: the same again from one network is held back */
};
/* Once: what was sent already is CONFLICT; call receipt_open_to_write first and go where it went. BUSY when too many
   were sent from one network. */
struct err receipt_send(struct post *p, struct receipt_item_id id, const struct receipt_sent *sent, struct str *code);
/* For demonstration data and what comes in by other ways: sent at once, with its words. */
struct receipt_made {
    struct str kind, about, prefix;
    int64_t record;
    struct str words; /* as said; empty: nobody can look it up */
};
struct err receipt_make(struct db_write *db, const struct receipt_made *made, struct receipt_item_id *id,
                        struct str *code);
/* What is over for good is found no more, by no words. */
struct err receipt_close(struct db_write *db, struct str kind, int64_t record);
/* The receipt of a record; 0 when there is none. */
struct err receipt_of_record(struct db_read *db, struct str kind, int64_t record, struct receipt_item_id *id,
                             struct str *code);
/* "cánh buồm · mưa rào · hoa gạo", for the browser that made it; empty for others. */
struct str receipt_words_of(struct get *g, const struct receipt *r);
/* The words are hashed and kept, so that a draft is found from another machine. */
struct err receipt_tell_words(struct post *p, struct receipt_item_id id);
/* What a receipt's page answers with: in the public's look, and for no cache, since it is one person's. */
struct page;
struct public_page;
struct err receipt_answer(struct get *g, const struct page *page, const void *view, const struct public_page *frame);
/* The whole address where its code is looked up: for a QR. */
struct str receipt_address(struct get *g, struct str code);
/* Up to five digits of a unit's code, for .prefix: MT11383 is 11383; those of the city when it has none. */
struct str receipt_prefix(struct arena *a, struct str unit_code);
/* This browser forgets it. */
struct err receipt_forget(struct post *p, struct receipt_item_id id);

/* ---- Files */
struct receipt_paper {
    struct receipt_file_id id;
    struct receipt_item_id item;
    struct str field, name;
    struct file_blob_id file;
    int64_t size;
};
struct receipt_papers {
    LIST(struct receipt_paper) all;
};
struct err receipt_papers_of(struct db_read *db, struct receipt_item_id id, struct receipt_papers *papers);
/* Keeps what the form's field brought (its route has file_before). INVALID at the field when there are too many. */
struct err receipt_papers_add(struct post *p, struct receipt_item_id id, struct str question, const char *field);
struct err receipt_paper_drop(struct db_write *db, struct receipt_item_id id, struct receipt_file_id file);
/* Answers a file of the record a post may read. */
struct err receipt_paper_answer(struct get *g, struct str kind, int64_t record, struct receipt_file_id file);

/* ---- Limits */
/* BUSY when a thing was done `most` times within so many hours under a mark; else it is counted, in this transaction.
 */
struct err receipt_limit(struct db_write *db, struct str what, struct str mark, int64_t most, int64_t hours);
/* A hash of where a request comes from, or of a text. */
struct str receipt_mark(struct arena *a, struct str text);
struct str receipt_network(struct arena *a, struct request *r);
#endif
