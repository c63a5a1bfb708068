/* Diễn biến: what happened to any record, step by step: opinions, mentions, attachments, evidence, private notes, and
   the acts of whoever brings a table of words. A business calls thread_add in its own transaction, and puts
   thread_fill's part on its page. needs: db erase file http kernel org page port queue record rights shell   shows:
   thread_view */
#ifndef MODULES_THREAD_THREAD_H
#define MODULES_THREAD_THREAD_H
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"
#include "kernel/db/ids/thread_step.h"
#include "kernel/module.h"
#include "kernel/rights/auth.h"

extern const struct module thread_module;

struct thread_paper { /* a kept file and what the person calls it */
    struct file_blob_id file;
    struct str name;
    int64_t size;
    bool is_evidence; /* shows that work was done */
};
struct thread_papers {
    const struct thread_paper *at;
    size_t n;
};

/* How the steps of a verb read: "Thu hồi từ %s". The first %s is what the step is about, the next one its day; without
   about, the first is the day. A table ends with an empty verb. */
struct thread_verb {
    const char *verb;
    const char *words;
    bool is_quiet; /* stands in the log only, not in the thread */
};
extern const struct thread_verb thread_verbs[]; /* of opinions, notes and files */

struct thread_new {
    struct str kind; /* of the record */
    int64_t record;
    const char *verb;
    struct str about;
    struct date day;
    struct str text;
    int64_t item; /* a task */
    bool is_private;
    struct db_ids mentions; /* posts */
    struct thread_papers papers;
};
/* Writes a step; nothing else is told. who NULL: the system. Asks no right: the act it tells of did. */
struct err thread_add(struct db_write *db, const struct who *who, const struct thread_new *step,
                      struct thread_step_id *id);
/* What a person says: an opinion, or with is_private a note; text is asked for. MISSING when the record may not be
   read; INVALID at text, or at mention when somebody named may not read it. Those who are named are told. */
struct err thread_say(struct db_write *db, const struct who *who, const struct thread_new *said,
                      struct thread_step_id *id);
/* Keeps the uploads of a form's field as papers. */
struct post;
struct err thread_papers_of(struct post *p, const char *field, bool is_evidence, struct thread_papers *papers);

/* MISSING unless the post may read the record, and the record is of that kind. */
struct err thread_may_read(struct db_read *db, const struct who *who, struct str kind, int64_t record);

/* ---- The thread on a page: the part thread(&view) draws it. */
struct thread_asked {
    struct str kind;
    int64_t record;
    int64_t item;                            /* only steps of this task; 0: all */
    const struct thread_verb *const *tables; /* words of the business's own verbs, ended by NULL; may be NULL */
    bool is_log;                             /* quiet steps too */
    bool has_form;                           /* with the form to write an opinion */
};
struct thread_view;
struct err thread_fill(struct get *g, const struct thread_asked *asked, struct thread_view *view);
/* The sentence of a step, Vietnamese, to be shown with | t; empty for a verb nobody knows. */
struct str thread_words(struct arena *a, const struct thread_verb *verb, struct str about, struct date day);
#endif
