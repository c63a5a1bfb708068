/* The rules of outgoing documents, without HTTP: what pages, ports, demonstration and tests call. Private to the module.
   All acts: MISSING when the post may not read the record, DENIED when it may read but not do this, CONFLICT when the
   state does not allow it (a second click among others), INVALID at the form's field. */
#ifndef MODULES_OUTGOING_OUTGOING_RULES_H
#define MODULES_OUTGOING_OUTGOING_RULES_H
#include "kernel/queue/event.h"
#include "kernel/record/move.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing.h"
#include "modules/outgoing/outgoing_queries.h"
#include "modules/thread/thread.h"

struct erase;

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

/* ---- Issue and what follows */
struct outgoing_issue {
    struct outgoing_paper paper; /* the copy that was signed and stamped by hand: asked for */
    int64_t pages, copies;
};
struct err outgoing_issue(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                          const struct outgoing_issue *issue);
/* Whom it would go to now; NULL names: only how many. */
struct outgoing_receiver {
    int64_t unit;
    struct str name, kind, place;
    int64_t organ;
};
struct outgoing_receivers {
    LIST(struct outgoing_receiver) all;
};
struct err outgoing_receivers(struct db_read *db, const struct outgoing_by_id_row *doc, struct outgoing_receivers *r);
struct err outgoing_recall(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason);
struct err outgoing_remind(struct db_write *db, const struct who *who, struct outgoing_doc_id id, int64_t *told);
struct outgoing_copying {
    struct str kind, receivers;
    int64_t copies;
};
struct err outgoing_copy(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         const struct outgoing_copying *copy);

/* ---- The receiver's side */
struct err outgoing_delivery_find(struct db_read *db, struct outgoing_delivery_id id, const struct who *who,
                                  struct outgoing_delivery_by_id_row **delivery, struct outgoing_by_id_row **doc);
struct err outgoing_answer(struct db_write *db, const struct who *who, struct outgoing_delivery_id id, struct str text,
                           const struct outgoing_paper *paper);
struct err outgoing_see(struct db_write *db, const struct who *who, struct outgoing_delivery_id id);
/* By the sender's clerk, of a body outside: it was sent; it answered. */
struct err outgoing_sent(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         struct outgoing_delivery_id delivery);
struct err outgoing_answered(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                             struct outgoing_delivery_id delivery, struct str text);
/* Heard of modules/document: what came in there was registered. */
struct err outgoing_hear(struct db_write *db, const struct event *e);

/* ---- Between the files */
enum { OUTGOING_REASON_MOST = 500 };
struct outgoing_deed {
    const char *act;  /* of outgoing_approval; NULL: no row there */
    const char *verb; /* of the thread and the trail */
    struct str step, about, text;
    struct thread_papers papers;
};
/* Finds the document, asks the table of moves. */
struct err outgoing_begin(struct db_write *db, const struct who *who, struct outgoing_doc_id id, const char *verb,
                          struct outgoing_by_id_row **doc);
/* Rights and boxes anew, a row of the route, the thread, the trail. who NULL: by itself. */
struct err outgoing_done(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         const struct outgoing_deed *deed);
struct err outgoing_settle(struct db_write *db, struct outgoing_doc_id id);
struct err outgoing_delivery_settle(struct db_write *db, struct outgoing_delivery_id id);
struct outgoing_told {
    int64_t record, to;
    const char *kind; /* outgoing.turn */
    struct str words, path;
};
struct err outgoing_tell(struct db_write *db, const struct outgoing_told *told);
/* What an issued document does to the one it replaces, corrects or answers. */
struct err outgoing_follow(struct db_write *db, const struct who *who, const struct outgoing_by_id_row *doc);

/* ---- Boxes */
enum outgoing_box {
    OUTGOING_BOX_TURN,     /* chờ tôi duyệt */
    OUTGOING_BOX_NUMBER,   /* chờ cấp số, phát hành */
    OUTGOING_BOX_RETURNED, /* bị trả lại */
    OUTGOING_BOX_DRAFT,    /* dự thảo của tôi */
    OUTGOING_BOX_SENT,     /* đang trình */
    OUTGOING_BOX_REPLIES,  /* chờ các nơi trả lời */
    OUTGOING_BOX_ISSUED,   /* đã phát hành */
    OUTGOING_BOX_ANSWER,   /* chờ đơn vị mình trả lời */
    OUTGOING_BOX_LATE,     /* of those: the day has passed */
    OUTGOING_BOX_INFORM,   /* mới nhận, chưa xem */
    OUTGOING_BOX_GOT,      /* văn bản nhận trên hệ thống */
    OUTGOING_BOXES
};
struct str outgoing_box_code(enum outgoing_box box);
struct str outgoing_box_title(enum outgoing_box box);
bool outgoing_box_of_code(struct str code, enum outgoing_box *box);
bool outgoing_box_is_received(enum outgoing_box box); /* its items are deliveries */
struct outgoing_counts {
    int64_t n[OUTGOING_BOXES];
};
struct err outgoing_counts(struct db_read *db, struct post_id post, struct date today, struct outgoing_counts *counts);
struct outgoing_row {
    int64_t id;
    struct str path, type, code, subject, state_name, from, who, mark;
    struct date due_on, dated_on;
    bool is_late, is_soon, is_over;
};
struct outgoing_rows {
    LIST(struct outgoing_row) all;
    bool has_more;
};
struct outgoing_asked {
    enum outgoing_box box;
    struct str type;
    int64_t before; /* 0: from the newest */
    int64_t limit;
    struct date today;
};
struct err outgoing_list(struct db_read *db, struct post_id post, const struct outgoing_asked *asked,
                         struct outgoing_rows *rows);
struct str outgoing_state_name(struct str state);
struct str outgoing_way_name(struct str way); /* of a delivery */

extern const struct thread_verb outgoing_thread[];
struct err outgoing_forget(struct db_write *db, const struct erase *e);
struct err outgoing_demo(struct db_write *db, struct arena *arena);
#endif
