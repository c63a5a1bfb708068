/* The steps of reading a kept file, each outside any transaction but for its last line; file_read_in_job is made of
   them. file_look: how many pages; sets the state. file_next: the first page not done yet, 0 when none is left.
   file_read_one: reads page n and keeps words and pictures, or its fault. */
#ifndef KERNEL_FILE_STEPS_H
#define KERNEL_FILE_STEPS_H
#include "kernel/file/file.h"

struct file_look {
    struct err outcome;
    struct read_outline outline;
};
void file_look(struct arena *a, const struct file *f, struct file_look *out);
struct err file_look_keep(struct db_write *db, struct file_blob_id id, const struct file_look *look);
struct err file_next(struct db_read *db, struct file_blob_id id, int64_t *n);
struct file_page_done {
    struct err outcome;
    struct read_page page;
};
void file_read_one(struct arena *a, const struct file *f, int64_t n, struct file_page_done *out);
struct err file_page_keep(struct db_write *db, struct file_blob_id id, const struct file_page_done *done);

/* Whether what a file may take is used up; file_leave then ends its reading where it is, with a fault that says how far
   it came. */
bool file_is_too_heavy(const struct file *f);
struct err file_leave(struct db_write *db, struct arena *a, const struct file *f);
#endif
