/* The audit trail: who did what to which record, in the same transaction as the deed. Entries are chained by SHA-256
   over their own bytes and the previous hash, so one changed byte, a missing entry or a cut-off end is found.
   What an entry says of its record can be erased: the chain holds only a salted digest of it, and a later entry says
   so. needs: db id */
#ifndef KERNEL_RIGHTS_AUDIT_H
#define KERNEL_RIGHTS_AUDIT_H
#include "kernel/db/db.h"

/* person, post and ip are taken from the transaction's actor when left out; kind from the verb before its dot. */
struct audit {
    struct str verb; /* "document.register" */
    struct str kind; /* "document" */
    int64_t record;
    int64_t person;
    int64_t post;
    struct str before; /* small JSON objects of what changed; may be empty */
    struct str after;
    struct str ip;
};

/* Adds the entry to the chain. Rolled back with its transaction. */
struct err audit_note(struct db_write *db, const struct audit *a);

/* Who changed a record last: of->kind and of->record, and of->verb when it is said; looking does not count. Nobody:
   post 0. */
struct audit_mark {
    int64_t post;
    struct instant at;
};
struct err audit_last(struct db_read *db, const struct audit *of, struct audit_mark *last);

/* Records that a sensitive thing was looked at, from a handler that may not write. The entry is in the kernel's hands
   (a spool file under db_dir, outliving the process) before this returns, so call it before answering; it enters the
   chain when audit_views_flush next runs, once, also after a crash. BROKEN when it cannot be spooled: do not answer. */
struct err audit_view(struct db_read *db, const struct audit *a);
/* Moves spooled views into the chain, also those a dead process left. A web worker calls it after a turn and at start;
   costs nothing when none waits, and works at most once a second unless now is set. */
struct err audit_views_flush(struct db *db, struct arena *arena, bool now);

/* Erases what the entries of a record say of it; that they were made stays, and a new entry says that, who and why
   (Vietnamese). */
struct err audit_erase(struct db_write *db, struct str kind, int64_t record, struct str why);

struct audit_report {
    int64_t entries; /* read */
    int64_t erased;  /* of those: what they said was erased on demand */
    int64_t last_seq;
    int64_t faulty_seq; /* the first entry that does not fit; 0 when all do */
    struct str words;   /* Vietnamese: what was found */
    bool is_sound;
};

/* Reads the whole chain, and compares its end with the head kept in the node's folder and its days with their anchors.
 */
struct err audit_verify(struct db_read *db, struct audit_report *report);
/* The head is also kept in this file: "seq hash" in text. */
#define AUDIT_HEAD_FILE "audit-head"
#endif
