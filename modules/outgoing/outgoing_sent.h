/* Issue and what follows, the receiver's side, and what every act ends with. Private to the module. */
#ifndef MODULES_OUTGOING_OUTGOING_SENT_H
#define MODULES_OUTGOING_OUTGOING_SENT_H
#include "modules/outgoing/outgoing_draft.h"

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
#endif
