/* The rules of boxes, conversations and drafts, without HTTP: what pages, jobs, demonstration and tests call. Private.
   All acts: MISSING when the post may not open the box, CONFLICT when the conversation is in a state that does not
   allow it (somebody was quicker), INVALID at the form's field. */
#ifndef MODULES_MAIL_RULES_H
#define MODULES_MAIL_RULES_H
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "kernel/rights/access.h"
#include "modules/mail/mail.h"
#include "modules/mail/mail_queries.h"
#include "modules/org/org.h"

enum {
    MAIL_UNDO_S = 10,       /* a letter may be taken back so long after send was pressed */
    MAIL_ANSWER_HOURS = 16, /* working hours within which a shared box answers, unless its box says otherwise */
    MAIL_TO_MOST = 200,
    MAIL_WRITING_MINUTES = 15, /* a draft untouched for longer is nobody's writing any more */
};

/* ---- Boxes */
/* The box of a post or unit, made when it is first needed. INVALID at `to` when the principal is none, or stands no
   more. */
struct err mail_box_get(struct db_write *db, int64_t principal, struct mail_box_by_id_row **box);
/* MISSING unless the post may open it. */
struct err mail_box_open(struct db_read *db, const struct who *who, int64_t box, struct mail_box_by_id_row **row);
struct err mail_boxes(struct db_read *db, const struct who *who, struct mail_boxes_of_post_rows *boxes);
/* The instant so many working hours after another: 8:00–12:00 and 13:30–17:30 of days that are worked. */
struct err mail_due(struct db_read *db, struct instant from, int64_t hours, struct instant *due);

/* ---- Conversations */
/* MISSING unless the post may read it. *in_box (may be NULL): whether it may also open its box, and so act. */
struct err mail_item(struct db_read *db, const struct who *who, int64_t id, struct mail_item_by_id_row **item,
                     bool *in_box);
struct err mail_item_put(struct db_write *db, struct mail_item_by_id_row *item);
/* The conversation of a thread in a box, made when there is none, with the box's principals as its readers. */
struct err mail_item_get(struct db_write *db, struct mail_box_by_id_row *box, int64_t thread, struct str subject,
                         struct mail_item_by_id_row **item);

struct err mail_item_read(struct db_write *db, const struct who *who, int64_t id);
struct err mail_item_unread(struct db_write *db, const struct who *who, int64_t id);
struct err mail_claim(struct db_write *db, const struct who *who, int64_t id);
struct err mail_release(struct db_write *db, const struct who *who, int64_t id);
struct err mail_hand(struct db_write *db, const struct who *who, int64_t id, struct post_id to);
struct err mail_note(struct db_write *db, const struct who *who, int64_t id, struct str text);
struct err mail_snooze(struct db_write *db, const struct who *who, int64_t id, struct date on);
struct err mail_end(struct db_write *db, const struct who *who, int64_t id);
struct err mail_reopen(struct db_write *db, const struct who *who, int64_t id);
struct err mail_star(struct db_write *db, const struct who *who, int64_t id, bool is_star);
/* Takes a letter of ours back from the boxes that have not read it; *n how many, *kept how many had. */
struct err mail_recall(struct db_write *db, const struct who *who, int64_t id, int64_t letter, size_t *n, size_t *kept);
/* What time does: snoozed ones come back, claims past their hour return to the box, due drafts go out, letters and
   boxes whose worker fell are taken up again. */
struct err mail_tick(struct db_write *db, size_t *done);
/* Has time looked at when it is that late: the only thing that wakes an idle house. */
struct err mail_wake_at(struct db_write *db, struct instant at);

/* ---- Letters */
struct mail_paper { /* file none: of a kind that is not kept */
    struct file_blob_id file;
    struct str name, danger;
    int64_t size;
};
struct mail_receiver {
    struct str role; /* to, cc, bcc */
    int64_t principal;
    struct str name;    /* of one from outside, principal 0 */
    struct str address; /* of the same; empty: not known */
};
/* A letter that comes into being: row filled but for id and thread. */
struct mail_new {
    struct mail_letter_insert_in row;
    int64_t thread;   /* 0: a new one */
    int64_t from_box; /* box, not principal; 0: outside */
    const struct mail_receiver *to;
    size_t n_to;
    const struct mail_paper *papers;
    size_t n_papers;
};
/* Keeps it and puts it into every box; *item of the sender's box, or of the first receiver's. */
struct err mail_deliver(struct db_write *db, struct mail_new *letter, int64_t *id, int64_t *item);
/* A letter that is there already comes to one more box: one conversation, an entry more. */
struct err mail_place(struct db_write *db, int64_t letter, int64_t box);
/* The bytes of a kept file. */
struct err mail_bytes(struct arena *a, struct str path, struct str *bytes);

/* ---- Drafts */
enum mail_how { MAIL_NEW = 0, MAIL_REPLY, MAIL_REPLY_ALL, MAIL_FORWARD };
struct err mail_draft_begin(struct db_write *db, const struct who *who, int64_t box, int64_t *id);
struct err mail_draft_answer(struct db_write *db, const struct who *who, int64_t item, enum mail_how how, int64_t *id);
/* The draft of a post; MISSING for another's. */
struct err mail_draft(struct db_read *db, const struct who *who, int64_t id, struct mail_draft_by_id_row **draft);
struct mail_typed {
    struct str subject, text;
    struct db_ids to, cc, bcc;
    struct str out_to, out_cc, out_bcc; /* addresses outside, apart by commas */
};
struct err mail_draft_keep(struct db_write *db, const struct who *who, int64_t id, const struct mail_typed *typed);
struct err mail_draft_attach(struct db_write *db, const struct who *who, int64_t id, const struct mail_paper *paper);
/* Queues it: goes out MAIL_UNDO_S later, or at an instant. seen: the newest letter of the conversation when the page
   was drawn; CONFLICT when another came since. */
struct mail_sending {
    struct instant at;
    int64_t seen;
};
struct err mail_draft_send(struct db_write *db, const struct who *who, int64_t id, const struct mail_sending *sending);
struct err mail_draft_undo(struct db_write *db, const struct who *who, int64_t id);
struct err mail_draft_drop(struct db_write *db, const struct who *who, int64_t id);
/* Sends a queued draft now; by the job, the tick and the demonstration. A fault of the person's (a receiver that is no
   more) brings it back as a draft that says so. */
struct err mail_draft_go(struct db_write *db, int64_t id);

/* ---- What a letter becomes */
struct err mail_to_document(struct db_write *db, const struct who *who, int64_t item, int64_t letter,
                            int64_t *document);
struct mail_task_typed {
    struct str title, text;
    int64_t lead, days;
    struct date due_on;
};
struct err mail_to_task(struct db_write *db, const struct who *who, int64_t item, const struct mail_task_typed *typed,
                        const struct modules *app);

/* ---- Bringing in */
struct err mail_bring_add(struct db_write *db, const struct who *who, int64_t box, const struct mail_paper *file,
                          int64_t *id);
struct err mail_bring_run(struct job *job);

/* ---- */
struct err mail_done(struct db_write *db, const char *verb, int64_t item);
struct err mail_demo(struct db_write *db, struct arena *arena);
extern const struct route mail_routes[];
#endif
