/* Công việc: who does what by when on any record of any kind: one leads, others cooperate or are informed; deadlines
   with their reason, acceptance, progress, reports with evidence, returns, recalls, more time, sub-tasks, hand-over,
   boxes and kept counters that are their lists. A business calls these in its own transaction; docs/task.md shows how.
   needs: db erase http kernel org page port queue record rights shell thread   shows: task_box task_part
   task_view */
#ifndef MODULES_TASK_TASK_H
#define MODULES_TASK_TASK_H
#include "kernel/db/db.h"
#include "kernel/db/ids/task_directive.h"
#include "kernel/db/ids/task_extension.h"
#include "kernel/db/ids/task_item.h"
#include "kernel/module.h"
#include "kernel/rights/auth.h"
#include "modules/thread/thread.h"

extern const struct module task_module;
extern const struct thread_verb task_verbs[]; /* the words of the steps, for thread_fill */

/* ---- A kind of record that tasks are given on: the module's member task_kinds, ended by an empty kind. */
struct task_change {
    const char *verb; /* assign, accept, report … : of task_moves */
    int64_t record;
    struct task_item_id item; /* none for assign and end */
    struct str role, state;   /* the part's, afterwards */
    bool is_sub;              /* of a sub-task */
    struct date due_on;
};
struct task_kind {
    struct str kind;     /* "document" */
    struct str title;    /* "Văn bản đến" */
    unsigned give_right; /* who may give tasks on a record; 0: CAN_APPROVE */
    /* After every change a person makes at /task/…, in its transaction: the record's own state and rights follow. NULL:
       nothing does. A business that takes all grants of a record calls task_rights afterwards. */
    struct err (*changed)(struct db_write *db, const struct who *who, const struct task_change *change);
};
/* NULL when no module brings it. */
const struct task_kind *task_kind_named(const struct modules *app, struct str kind);

/* Who acts, and the modules whose kinds are told; app NULL: the caller sees to its record by itself. */
struct task_by {
    const struct who *who;
    const struct modules *app;
};

/* ---- Giving */
struct task_new {
    struct str kind; /* empty: a task sheet of its own, no other record */
    int64_t record;
    struct str title; /* what the record is called */
    struct str text;  /* what is to be done */
    int64_t lead;     /* post or unit; 0 only when somebody leads already, or for a sub-task */
    struct db_ids cooperate, inform;
    int64_t days; /* working days, 1 to 365; or due_on; or neither */
    struct date due_on;
    struct task_item_id parent; /* a sub-task of this part; kind, record and title are then the parent's */
};
enum { TASK_UNDO_MINUTES = 10, TASK_SOON_DAYS = 3, TASK_RECEIVERS_MOST = 200 };
/* INVALID at text, lead, cooperate, inform, days or due_on; MISSING, DENIED by the rights on the record: the kind's
   give_right, or for a sub-task holding the parent. */
struct err task_assign(struct db_write *db, const struct task_by *by, const struct task_new *task,
                       struct task_directive_id *id);
/* Within TASK_UNDO_MINUTES, and while nobody has taken it up: as if it had not been given. */
struct err task_undo(struct db_write *db, const struct task_by *by, struct task_directive_id id);

/* ---- The receiver's part. Each: MISSING when the record may not be read, DENIED when it is another's part, CONFLICT
   when its state does not allow it, saying what to do. */
struct err task_accept(struct db_write *db, const struct task_by *by, struct task_item_id id);
struct err task_see(struct db_write *db, const struct task_by *by, struct task_item_id id);
/* Within the unit that received it, its head names who does it. */
struct err task_pass(struct db_write *db, const struct task_by *by, struct task_item_id id, struct post_id to);
struct task_progress {
    int64_t percent;
    struct str text;
    int64_t version;
};
struct err task_advance(struct db_write *db, const struct task_by *by, struct task_item_id id,
                        const struct task_progress *progress);
struct task_report {
    struct str text;
    struct thread_papers evidence;
};
/* A lead's report waits for who gave it; of one who cooperates it is done. CONFLICT while sub-tasks are open. */
struct err task_report(struct db_write *db, const struct task_by *by, struct task_item_id id,
                       const struct task_report *report);
struct err task_return(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason);
struct err task_extension_ask(struct db_write *db, const struct task_by *by, struct task_item_id id, struct date to,
                              struct str reason);

/* ---- Of who gave it, or may approve on the record */
struct err task_recall(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason);
/* What came back goes to somebody else, with the same words and deadline. */
struct err task_reassign(struct db_write *db, const struct task_by *by, struct task_item_id id, int64_t to);
struct err task_confirm(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str note);
struct err task_redo(struct db_write *db, const struct task_by *by, struct task_item_id id, struct str reason);
struct err task_extension_answer(struct db_write *db, const struct task_by *by, struct task_item_id id,
                                 struct task_extension_id extension, bool is_agreed, struct str note);
struct task_due {
    struct date on;
    struct str reason;
    int64_t version; /* of the part the person had before them */
};
struct err task_due_set(struct db_write *db, const struct task_by *by, struct task_item_id id,
                        const struct task_due *due);

/* ---- Of the record: called by its business */
/* Closes every open part with the record; its lead begins again. Neither tells the kind. */
struct err task_end(struct db_write *db, const struct who *who, struct str kind, int64_t record, struct str note);
struct err task_reopen(struct db_write *db, const struct who *who, struct str kind, int64_t record, struct str reason);
/* Gives and takes what the parts of a record want of rights on it; what the business gave by itself stays. */
struct err task_rights(struct db_write *db, struct str kind, int64_t record);

/* Everything open that a post holds or gave goes to another of the organ: the person leaves the post. For the post
   itself, the head of its unit and the administrator. */
struct err task_hand_over(struct db_write *db, const struct who *who, struct post_id from, struct post_id to,
                          int64_t *moved);
/* Announces parts whose day has passed, each once; *told: how many, at most 200 a time. */
struct err task_tell_late(struct db_write *db, struct date today, int64_t *told);
/* Sheets of their own for every person of the demonstration. */
struct err task_demo(struct db_write *db, struct arena *arena);
#endif
