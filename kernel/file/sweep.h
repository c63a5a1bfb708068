/* Taking away what lies in the store and is of no use any more: what an act left that did not commit, and what was let
   go. Only what was seen to become so, and only weeks later; a database that does not know a file is no proof that
   nobody does.
   needs: file folder */
#ifndef KERNEL_FILE_SWEEP_H
#define KERNEL_FILE_SWEEP_H
#include "base/list.h"
#include "kernel/file/file.h"

/* One thing on disk that no row knows. */
struct file_find {
    struct str path; /* below the folder: files/ab/cd/… */
    int64_t size;
    struct instant made_at;
};
struct file_finds {
    struct file_find *at;
    size_t n;
};
/* Looks through the whole store, outside of any transaction that writes: long, and holds nobody up. */
struct err file_sweep_look(struct db_read *db, struct arena *a, struct file_finds *finds);

struct file_swept {
    int64_t removed, removed_bytes;
    int64_t waiting, waiting_bytes;    /* seen to be of no use, and kept for the days given */
    int64_t strangers, stranger_bytes; /* lay there before this database came to the folder: never removed */
};
/* Notes what was found, and removes what was seen to be of no use `days` ago, and in a week of daily sweeps; what was
   let go on purpose (file_forget), a day ago. Nothing when the database has no folder. */
struct err file_sweep(struct db_write *db, const struct file_finds *finds, int64_t days, struct file_swept *out);

/* What would be removed, and when: the next by path after `after`. */
struct file_doomed {
    struct str path;
    int64_t size;
    struct instant seen_at, not_before;
};
struct file_doomeds {
    struct file_doomed *at;
    size_t n;
};
struct err file_sweep_plan(struct db_read *db, struct str after, int64_t days, struct file_doomeds *list);
/* How much waits, and since when the first. */
struct err file_sweep_waiting(struct db_read *db, int64_t *n, int64_t *bytes, struct instant *first_at);
/* Everything noted is forgotten: after another database was taken for the folder. */
struct err file_sweep_begin_anew(struct db_write *db);
#endif
