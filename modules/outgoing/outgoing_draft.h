/* The rules of outgoing documents, without HTTP: what pages, ports, demonstration and tests call. Private to the
   module. All acts: MISSING when the post may not read the record, DENIED when it may read but not do this, CONFLICT
   when the state does not allow it (a second click among others), INVALID at the form's field. */
#ifndef MODULES_OUTGOING_OUTGOING_DRAFT_H
#define MODULES_OUTGOING_OUTGOING_DRAFT_H
#include "kernel/queue/event.h"
#include "kernel/record/move.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing.h"
#include "modules/outgoing/outgoing_queries.h"
#include "modules/thread/thread.h"

/* ---- Dated data: types.tsv, routes.tsv, templates.tsv */
struct outgoing_type {
    struct str code, name, series;
};
struct outgoing_types {
    LIST(struct outgoing_type) all;
};
void outgoing_types(struct arena *a, struct outgoing_types *types);
/* An empty code when there is none. */
struct outgoing_type outgoing_type(struct arena *a, struct str code);
struct outgoing_step {
    struct str route, route_name, step, title, act, who, apart, none;
};
struct outgoing_steps {
    LIST(struct outgoing_step) all;
};
/* The steps of a route in force on a day, in order; an empty route: of all. */
void outgoing_route(struct arena *a, struct str route, struct date on, struct outgoing_steps *steps);
struct outgoing_template {
    struct str type, name, subject, addressee, body, recipients;
};
/* false when the type has none on that day. */
bool outgoing_template(struct arena *a, struct str type, struct date on, struct outgoing_template *t);

/* ---- Drafting */
struct outgoing_paper { /* a kept file; 0: none */
    struct file_blob_id file;
    struct str name;
    int64_t size;
    struct str sha256;
};
struct outgoing_typed {
    struct str type, route, field, subject, addressee, body, recipients, outside, place;
    int64_t priority, signer;
    bool is_open, to_communes, to_members;
    struct db_ids units;
    struct date reply_on;
    struct outgoing_paper paper; /* takes the place of the text */
    bool keeps_paper;            /* without a new one, the last version's stays */
    struct str relation;
    int64_t related;
    int64_t version;
};
struct err outgoing_draft(struct db_write *db, const struct who *who, const struct outgoing_typed *typed,
                          struct outgoing_doc_id *id);
/* A new version, when anything of it is new. */
struct err outgoing_redraft(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                            const struct outgoing_typed *typed);
/* What is still wrong with a draft's form, by Nghị định 30/2020/NĐ-CP; a fault keeps it from being submitted. */
struct outgoing_fault {
    bool is_fault; /* else: to be looked at */
    struct str words, why;
};
struct outgoing_faults {
    LIST(struct outgoing_fault) all;
    size_t faults;
};
void outgoing_check(struct arena *a, const struct outgoing_by_id_row *doc, const struct outgoing_draft_of_row *draft,
                    int64_t receivers, struct outgoing_faults *faults);
/* SHA-256 of what a version says. */
struct str outgoing_hash(struct arena *a, const struct outgoing_draft_insert_in *draft);

/* ---- The route */
extern const struct move outgoing_moves[];
/* The document, found; MISSING when the post may not read it. */
struct err outgoing_find(struct db_read *db, struct outgoing_doc_id id, const struct who *who,
                         struct outgoing_by_id_row **doc);
struct err outgoing_draft_now(struct db_read *db, const struct outgoing_by_id_row *doc,
                              struct outgoing_draft_of_row **draft);
struct err outgoing_submit(struct db_write *db, const struct who *who, struct outgoing_doc_id id);
/* hash: of the version the person had before them. */
struct err outgoing_approve(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str hash,
                            struct str text);
/* to: "draft", or an earlier step. */
struct err outgoing_return(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str to,
                           struct str reason);
struct err outgoing_withdraw(struct db_write *db, const struct who *who, struct outgoing_doc_id id);
struct err outgoing_drop(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason);

/* ---- Numbers */
/* The next number of the type's book for today, or a reserved one. */
struct err outgoing_number(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                           struct outgoing_number_id reserved);
/* Back to waiting for a number; the one it had is void and never given again. */
struct err outgoing_unnumber(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason);
struct err outgoing_reserve(struct db_write *db, const struct who *who, struct str type, struct str note,
                            struct outgoing_number_id *id);
struct err outgoing_number_void(struct db_write *db, const struct who *who, struct outgoing_number_id id,
                                struct str reason);
/* 05/QĐ-MTTQ-BTT, 447/MTTQ-BTT. */
struct str outgoing_code(struct arena *a, int64_t number, struct str type, struct str notation);
/* What series_next would give the type today. */
struct err outgoing_number_peek(struct db_read *db, const struct who *who, struct str type, struct str *code);
#endif
