/* Kept files: by content (SHA-256) under DIR/files/ab/cd/…, each content once, never changed.
   A file's name, and who may see it, belong to the record that holds it (a document's attachment), not to the file.
   needs: db folder page read rights queue   shows: check disk file_queries quota steps sweep */
#ifndef KERNEL_FILE_FILE_H
#define KERNEL_FILE_FILE_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "read/type.h"
#include "kernel/db/ids/file_blob.h"
#include "read/read.h"

struct arena;
struct db_read;
struct db_write;
struct modules;
struct upload;

/* Opens DIR's store for this process and those forked from it; makes its folders. bytes: the largest file let in. */
struct err file_store_open(struct str dir, int64_t bytes, const struct read_limits *limits);
/* The same where the folders are: none is made, were they gone. */
struct err file_store_at(struct str dir, int64_t bytes, const struct read_limits *limits);

void file_store_look(struct str dir); /* of a folder that is only looked at: makes nothing */

enum file_state {
    FILE_WAITING = 0, /* kept, not yet read */
    FILE_READING,     /* some pages done */
    FILE_READ,        /* all pages done; some may be unreadable. With a fault: the rest was too heavy */
    FILE_UNREADABLE,  /* fault says why: no PDF, encrypted, too many pages … The bytes are kept */
    FILE_CLOSED,      /* a kind whose words we do not read (xls, pptx) */
};

struct file {
    int64_t id;
    struct str sha256;
    int64_t size;
    enum file_type type;
    enum file_state state;
    int64_t pages; /* 0 until looked at */
    int64_t pages_done;
    bool has_pictures; /* pages can be drawn: PDF, images */
    struct str fault;  /* Vietnamese */
    struct instant kept_at;
    int64_t spent_ms;          /* of the processor, by reading its pages */
    int64_t slow_pages;        /* that used up their seconds */
    int64_t faulty_pages;      /* that could not be read, for whatever reason */
    struct str sums;           /* of its blocks: kernel/file/check.h */
    struct instant damaged_at; /* when the disk was found to hold other bytes; {0}: not as far as known */
};

/* What takes long about keeping an upload (kernel/page/form.h), before the transaction that keeps it: looked at, and
   durable on disk. INVALID as with file_keep. file_before (kernel/http/http.h) does it for every file of a form. */
struct err file_prepare(struct arena *a, struct upload *u, bool with_markup);
/* Keeps an upload (kernel/page/form.h) or bytes of our own making: durable on disk before this returns, and in the
   database when the transaction commits. The same content again gives the same id, and takes the place of what the
   disk holds of it when that is damaged or gone (the damaged bytes are kept aside in DIR/damaged).
   ERR_INVALID at field "file": empty, too large, a kind not let in. */
struct err file_keep(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id);
/* The same, and saved web pages and Akoma Ntoso are let in. They are never sent as what a browser would run. */
struct err file_keep_markup(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id);
struct err file_keep_bytes(struct db_write *db, struct arena *a, struct str bytes, struct file_blob_id *id);
/* ERR_MISSING when there is none. Asks no right: the caller has opened the record that holds the file. */
struct err file_find(struct db_read *db, struct arena *a, struct file_blob_id id, struct file *f);
/* Where its bytes are, all of them just compared with what was kept; for readers that open a path. BROKEN
   (file_is_damaged) when the disk does not hold them any more: then the reader must not be asked. */
struct err file_whole(struct arena *a, const struct file *f, struct str *path);
/* Whether an error says that the disk does not hold a kept file as it was kept. Its message says so to the person. */
bool file_is_damaged(struct err e);
/* What to tell the person of a file known to be damaged; empty when it is not. */
struct str file_damage_words(const struct file *f);

/* Page n with words and boxes (without pictures); ERR_MISSING when not read yet. An unreadable page has how READ_NOT.
 */
struct err file_page(struct db_read *db, struct arena *a, struct file_blob_id id, int64_t n, struct read_page *page);
/* The pages that could not be read, and why. */
struct file_page_state {
    int64_t number;
    struct str fault; /* Vietnamese */
};
struct file_page_states {
    struct file_page_state *at;
    size_t n;
};
struct err file_faults(struct db_read *db, struct arena *a, struct file_blob_id id, struct file_page_states *states);
/* The words of the whole file, pages parted by form feeds, for search and quotes. */
struct err file_text(struct db_read *db, struct arena *a, struct file_blob_id id, struct str *text);
enum file_picture { FILE_PICTURE_VIEW, FILE_PICTURE_THUMBNAIL };
/* The picture of page n (image/webp); ERR_MISSING when there is none, BROKEN when it is damaged. */
struct err file_picture(struct arena *a, const struct file *f, enum file_picture kind, int64_t n, struct str *bytes);
/* The piece of page n in box as PNG: cut by a sandboxed child, kept for the next time. Job workers call it when facts
   are found; file_crop_kept only finds what was cut (ERR_MISSING otherwise, BROKEN when it is damaged). */
struct err file_crop(struct arena *a, const struct file *f, int64_t n, struct read_box box);
struct err file_crop_kept(struct arena *a, const struct file *f, int64_t n, struct read_box box, struct str *png);

/* Reads the whole of it (kernel/file/steps.h) within a job of the caller's: looks, then page after page, each kept by a
   step of its own, with progress shown. Died and taken up again, it goes on with the first page not kept. An unreadable
   file or page is no failure: see file->state and file_faults afterwards. Not *is_done: the turn was over, and the job
   returns at once. */
struct job;
struct err file_read_in_job(struct job *job, struct file_blob_id id, bool *is_done);
/* Gives e back, having written down what it says when it is of a damaged file. */
struct err file_damage_in_job(struct job *job, struct file_blob_id id, struct err e);

/* By hand: what could not be read is to be tried anew, with all a file may take. Pages that were read stay. */
struct err file_again(struct db_write *db, struct file_blob_id id);

/* For what must not be kept: its rows and words go with the transaction (INVALID while a record still holds it), its
   bytes and pictures with file_erase once that has committed; what a fall between leaves behind is swept a day later
   (kernel/file/sweep.h). */
struct err file_forget(struct db_write *db, struct file_blob_id id);
/* For what may have to go: the words read of it go with the transaction, its pictures once that has committed. The
   bytes stay, as if just kept. */
struct err file_unread(struct db_write *db, struct file_blob_id id);
void file_erase(struct arena *a, const struct file *f);

/* Writes down, once, that a file was found damaged (what: for who looks after the disk), or to be whole again: in the
   log and the audit trail, for the health page and for `doanket verify`. It may be written down long after it was found
   (at): what was found later stands. */
struct err file_damage_note(struct db_write *db, struct file_blob_id id, struct instant at, struct str what);
struct err file_mended_note(struct db_write *db, struct file_blob_id id, struct instant at);
struct file_damage {
    struct file_blob_id id;
    struct str sha256, what;
    struct instant found_at;
};
struct file_damages {
    struct file_damage *at;
    size_t n;
};
/* Those written down, in order of id. */
struct err file_damages(struct db_read *db, struct arena *a, int64_t after, int64_t most, struct file_damages *all);
/* The records that hold a file, as each module says (struct module, file_uses). */
struct file_use {
    struct str words; /* "Văn bản 12/CV-MTTQ: Về việc …"; empty: only a draft, a check or the like */
    struct str path;  /* "/document/42" */
};
struct file_uses {
    struct file_use *at;
    size_t n;
};
/* Whether a row holds bytes of that hash. */
struct err file_is_known(struct db_read *db, struct str sha256, bool *is_known);
#endif
