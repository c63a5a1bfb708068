/* The data folder as a thing with a name: what it is (real or demonstration), which database belongs to it, who serves
   it, and whether it is still where it was. The absence of a database is never taken as leave to begin anew.
   needs: db rights   shows: folder_queries */
#ifndef KERNEL_FOLDER_FOLDER_H
#define KERNEL_FOLDER_FOLDER_H
#include "kernel/db/db.h"

/* DIR/doanket.folder: the folder's own word, a few lines of text. */
#define FOLDER_FILE "doanket.folder"
/* DIR/doanket.lock: held (flock) while a server lives; says who. */
#define FOLDER_LOCK "doanket.lock"

struct folder_mark {
    struct str id;      /* 32 hexadecimal digits; empty: there is no mark */
    bool is_demo;       /* for good: a real folder never becomes a demonstration, nor the reverse */
    int64_t generation; /* of the last start that went well; 0: the first one was broken off */
    struct instant made_at;
};
/* A new mark with an id of its own, of generation 0. */
struct folder_mark folder_mark_new(struct arena *a, bool is_demo);
/* mark->id is empty when there is no such file. BROKEN, with a sentence, when it cannot be read or understood. */
struct err folder_mark_read(struct arena *a, struct str dir, struct folder_mark *mark);
/* Whole or not at all, and durable before it returns. */
struct err folder_mark_write(struct arena *a, struct str dir, const struct folder_mark *mark);
/* Whether nothing at all lies in the folder: what the operator prepares (doanket.conf, lost+found) and our own empty
   folders do not count. *what names the first thing found. */
struct err folder_is_bare(struct arena *a, struct str dir, bool *is_bare, struct str *what);

/* What the database says, and what the folder knows of its end. */
struct folder_base {
    bool is_there;   /* the file, or tables in it */
    bool has_people; /* somebody can sign in */
    struct folder_mark mark;
    int64_t head_seq; /* the audit trail's last entry as the folder's head file has it; 0: none */
    int64_t base_seq; /* as the database has it */
    struct instant base_at;
    bool is_forked; /* the database has another entry at head_seq */
};
struct err folder_base_read(struct db *db, struct arena *a, struct str dir, struct folder_base *base);

enum folder_verdict {
    FOLDER_NEW,      /* bare, and no database: may be filled */
    FOLDER_UNSERVED, /* a first start was broken off: nothing was ever served, go on with it */
    FOLDER_UNMARKED, /* made before folders had marks, with its database: gets one */
    FOLDER_SAME      /* folder and database belong together */
};
/* CONFLICT with a sentence that says what is wrong and what to do: the database is lost, empty, foreign or older than
   the folder. */
struct err folder_judge(struct arena *a, const struct folder_mark *mark, const struct folder_base *base, bool is_bare,
                        struct str what, enum folder_verdict *verdict);
/* For a process that opens the database beside a server: the two belong together. CONFLICT as above. */
struct err folder_compare(struct db_read *db, struct str dir);

/* "08:02 23/11/2026", for these sentences. */
struct str folder_when(struct arena *a, struct instant at);

/* Takes the folder for this process and those forked from it. CONFLICT, with who holds it; waits while the holder is
   dead but its children are still ending. The lock ends with the last of the descriptors. */
struct err folder_lock(struct arena *a, struct str dir, struct str address, int *fd);

/* Remembers which folder is at DIR, for folder_stands in this process and those forked from it. */
struct err folder_watch(struct str dir);
/* The folder and its files are still there, and can be written: OK, or BUSY with a sentence. */
struct err folder_stands(struct arena *a);

/* Serving one database from several machines: one holder a node number. */
enum { FOLDER_LEASE_BEAT_S = 5, FOLDER_LEASE_PATIENCE_S = 30 };
struct folder_lease {
    int64_t node;
    struct str boot;
    int64_t pid; /* 0: none */
    struct instant taken_at;
};
/* Of this process, not yet claimed. */
struct folder_lease folder_lease_new(struct arena *a, int64_t node);
/* Takes it, also from a holder that does not move for patience_s seconds, and at once from a process of this machine
   that is gone. CONFLICT with who holds it. address: where it is served, for that sentence. */
struct err folder_lease_claim(struct db *db, struct arena *a, const struct folder_lease *lease, struct str address,
                              int patience_s);
/* *is_ours is false when another one has taken it. */
struct err folder_lease_beat(struct db *db, struct arena *a, const struct folder_lease *lease, bool *is_ours);
struct err folder_lease_end(struct db *db, struct arena *a, const struct folder_lease *lease);
#endif
