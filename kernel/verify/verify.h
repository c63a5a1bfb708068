/* `doanket verify` and the auditor's button: whether what is kept is still what was kept. The audit trail's chain; the
   database's pages and references; each file, byte for byte, and each picture; the search index, and whether it agrees
   with the database. Only reads; a read-only copy of a folder can be looked at as well.
   needs: db file index kernel page rights search/segments */
#ifndef KERNEL_VERIFY_VERIFY_H
#define KERNEL_VERIFY_VERIFY_H
#include "base/err.h"
#include "kernel/file/file.h"
#include "kernel/rights/audit.h"

struct db;
struct modules;

enum verify_part { VERIFY_DATABASE, VERIFY_AUDIT, VERIFY_FILES, VERIFY_INDEX, VERIFY_PARTS };

struct verify_fault {
    enum verify_part part;
    struct str where; /* "files/ab/cd/…", "bảng x, dòng 3", "trang 12" */
    struct str words; /* Vietnamese: what is wrong, and what it touches */
};

struct verify_report {
    struct str said[VERIFY_PARTS]; /* what was looked at, Vietnamese */
    struct verify_fault *at;       /* at most VERIFY_FAULTS_MOST of them */
    size_t n;
    int64_t found; /* all of them */
    int64_t files, bytes, unreferenced;
};
enum { VERIFY_FAULTS_MOST = 500 };

struct verify {
    struct db *db; /* db_dir says where files and the index are */
    const struct modules *modules;
    struct arena *arena;
    /* Called now and then; NULL: nobody wants to know. A failure ends the verifying. */
    struct err (*progress)(void *thing, enum verify_part part, int64_t done, int64_t total);
    void *thing;
    struct verify_report *report;
};

struct err verify_all(struct verify *v);
struct str verify_part_words(enum verify_part part); /* Vietnamese */
/* One sentence for a page. */
struct str verify_summary(struct arena *a, const struct verify_report *report);

/* Prints the report, as lines or as JSON, the progress on standard error; 0 when all is whole, 1 when not, 2 when it
   could not be looked at. */
int verify_command(struct str where, struct str dir, const struct modules *all, bool as_json);
/* The records that hold a file, as each module says (struct module, file_uses). */
struct err file_uses(struct db_read *db, struct arena *a, const struct modules *all, struct file_blob_id id,
                     struct file_uses *uses);
#endif
