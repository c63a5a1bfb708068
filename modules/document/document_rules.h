/* The rules of incoming documents, without HTTP: what pages, jobs, demonstration and tests call. Private to the module.
   All acts: MISSING when the post may not read the document, DENIED when it may read but not do this, CONFLICT when the
   document or line is in a state that does not allow it (a second click among others), INVALID at the form's field. */
#ifndef MODULES_DOCUMENT_DOCUMENT_RULES_H
#define MODULES_DOCUMENT_DOCUMENT_RULES_H
#include "kernel/queue/job.h"
#include "kernel/index/feed.h"
#include "modules/document/document.h"
#include "modules/document/document_queries.h"
#include "modules/org/org.h"

enum { DOCUMENT_UNDO_MINUTES = 10 };

/* ---- Taking in */
struct document_paper {
    struct file_blob_id file; /* 0: none */
    struct str name;
    int64_t size, pages; /* pages: 0 until read */
    struct str sha256;
    bool is_read; /* its words are kept already: no job */
};
/* A draft of the clerk's organ; with a paper its reading is queued. */
struct err document_draft(struct db_write *db, const struct who *who, const struct document_paper *paper,
                          struct document_doc_id *id);
/* Another file of a document: an annex, or the main file of a draft without one. */
struct err document_attach(struct db_write *db, const struct who *who, struct document_doc_id id,
                           const struct document_paper *paper);
struct err document_draft_remove(struct db_write *db, const struct who *who, struct document_doc_id id);

/* What the clerk types. */
struct document_typed {
    struct str type, code, subject, issuer, signer, signer_post, field, note;
    struct date issued_on;
    struct date due_on; /* the date the document itself asks for */
    int64_t priority;
    int64_t version;             /* of the document when the form was drawn; 0: only of a draft */
    struct date arrival_on;      /* none: today */
    struct str duplicate_reason; /* why it is registered although it is there already */
};
/* The document that this one repeats, by number and issuer or by the same bytes; none: id 0. */
struct document_twin {
    struct document_doc_id id;
    struct str code, subject;
    int64_t arrival_no;
    struct date arrival_on;
    bool is_same_bytes;
};
/* What a document is known by. */
struct document_marks {
    int64_t organ;
    struct document_doc_id id; /* its own, which is no repeat */
    struct str code, issuer;
    struct str sha256; /* of the main file */
};
struct err document_twin_find(struct db_read *db, const struct document_marks *marks, struct document_twin *twin);
/* 1187 and SNNMT-GN of "1187/SNNMT-GN"; false when it does not begin with a number. */
bool document_code_split(struct str code, int64_t *number, struct str *notation);
/* Number, notation and issuer as one folded key; empty without a code. */
struct str document_key(struct arena *a, struct str code, struct str issuer);

/* Gives the next arrival number of the year: once, without a gap, whoever saves at the same instant.
   INVALID at duplicate_reason when it repeats another and no reason is given. */
struct err document_register(struct db_write *db, const struct who *who, struct document_doc_id id,
                             const struct document_typed *typed, int64_t *number);
/* Corrects what was registered; the number stays. */
struct err document_amend(struct db_write *db, const struct who *who, struct document_doc_id id,
                          const struct document_typed *typed);
/* Cancels the registration; its number is never given again. */
struct err document_void(struct db_write *db, const struct who *who, struct document_doc_id id, struct str reason);
struct err document_present(struct db_write *db, const struct who *who, struct document_doc_id id,
                            struct post_id leader, struct str note);

/* ---- Directing and doing */
struct document_order {
    struct str text;
    int64_t lead; /* post or unit; 0 only when somebody leads already */
    struct db_ids cooperate, inform;
    int64_t days; /* working days; or due_on; or neither */
    struct date due_on;
};
struct err document_direct(struct db_write *db, const struct who *who, struct document_doc_id id,
                           const struct document_order *order);
/* Within DOCUMENT_UNDO_MINUTES, and while nobody has taken it up: as if it had not been given. */
struct err document_direct_recall(struct db_write *db, const struct who *who, struct document_doc_id id);
struct err document_line_accept(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line);
struct err document_line_mark_read(struct db_write *db, const struct who *who, struct document_doc_id id,
                                   struct document_line_id line);
/* Within the unit that received it, its head names who does it. */
struct err document_line_assign(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct post_id to);
struct err document_line_report(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str text, const struct document_paper *evidence);
struct err document_line_return(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str reason);
struct err document_line_recall(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str reason);
struct err document_extension_ask(struct db_write *db, const struct who *who, struct document_doc_id id,
                                  struct document_line_id line, struct date to, struct str reason);
struct err document_extension_answer(struct db_write *db, const struct who *who, struct document_doc_id id,
                                     struct document_extension_id extension, bool is_agreed, struct str note);
struct err document_close(struct db_write *db, const struct who *who, struct document_doc_id id, struct str note);
struct err document_reopen(struct db_write *db, const struct who *who, struct document_doc_id id, struct str reason);
struct err document_say(struct db_write *db, const struct who *who, struct document_doc_id id, struct str text,
                        const struct document_paper *paper);
/* Announces lines whose day has passed, each once; *told: how many. */
struct err document_tell_late(struct db_write *db, struct date today, int64_t *told);

/* The document for an act: found, and the post has all these rights. */
struct err document_for(struct db_write *db, struct document_doc_id id, const struct who *who, unsigned can,
                        struct document_by_id_row **doc);
/* True while the deadline runs. */
bool document_is_open(struct str state);

/* ---- Lists under filters */
struct document_filter {
    struct str q;
    struct str type, field, issuer, state, outcome;
    struct str sort; /* a code of document_sorts; empty: the list's own order */
    int64_t unit;
    struct date from, to; /* arrival */
    enum document_box box;
};
struct document_place { /* where the last page ended; all 0: the beginning */
    int64_t arrival, doc, line;
    struct str due_day;
};
bool document_is_filtered(const struct document_filter *filter); /* by anything but its tab */
struct document_list_asked {
    const struct document_filter *filter;
    struct document_place after;
    struct date today;
    size_t limit;
};
struct err document_list(struct db_read *db, const struct who *who, const struct document_list_asked *asked,
                         struct document_rows *rows, bool *has_more);

struct erase;
struct err document_erase(struct db_write *db, const struct erase *e); /* the module's part of kernel/erase/erase.h */
/* As document_demo, with so many letters (2 at least). */
struct err document_demo_some(struct db_write *db, struct arena *arena, size_t letters);
/* The hourly look for late lines, queued once. */
struct err document_seed(struct db_write *db, struct arena *arena);
extern const struct job_kind document_job_kinds[];
extern const struct search_source document_sources[];
#endif
