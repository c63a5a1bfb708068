/* Cổng thông tin điện tử: a site for the city's committee of the Front and one for each commune's. An article is
   written, approved by somebody else, goes live at once or at its time, is corrected beside what is read, and is
   withdrawn with a reason; the city may send its own to every commune, a commune may propose its own to the city.
   needs: consult db file http index kernel org page place port queue record rights search shell thread */
#ifndef MODULES_PORTAL_PORTAL_H
#define MODULES_PORTAL_PORTAL_H
#include "kernel/db/db.h"
#include "kernel/db/ids/file_blob.h"
#include "kernel/db/ids/portal_article.h"
#include "kernel/db/ids/portal_site.h"
#include "kernel/index/feed.h"
#include "kernel/module.h"
#include "kernel/page/form.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "kernel/queue/job.h"
#include "kernel/record/move.h"
#include "modules/thread/thread.h"

struct portal_article_by_id_row;

extern const struct module portal_module;

/* ---- Sites: portal_site.c. */
/* A site for every standing committee that has none yet, names and telephones as they are today; its address never
   changes. Two communes of one name without marks are told apart by the code. Safe to run again. */
struct err portal_sites_make(struct db_write *db, struct arena *arena);
/* 0 a ward, 1 a commune, 2 a special zone, 3 the city; more: none of these. */
size_t portal_kind_of(struct str name);
/* Lower case, without marks, words parted by dashes, at most 80 bytes; "bai" when nothing is left. */
struct str portal_slug_made(struct arena *a, struct str words);

/* ---- Articles: portal_article.c. */
struct portal_draft {
    struct str title, lead, body, author, source, alt, credit;
    struct str note;     /* of a later version: what was corrected */
    struct str slug;     /* empty: made from the title, or as it is */
    struct str category; /* a code of portal_categories */
    bool is_for_communes;
    struct file_blob_id picture; /* 0: as it is */
    bool drops_picture;
    int64_t version; /* of the article that is changed: what the person had before them */
};
/* DENIED when the person's committee has no site. */
struct err portal_add(struct db_write *db, const struct who *who, const struct portal_draft *d,
                      struct portal_article_id *id);
/* Of a live or withdrawn article, a version beside it is begun. CONFLICT while it waits for approval, or when it was
   changed meanwhile. */
struct err portal_change(struct db_write *db, const struct who *who, struct portal_article_id id,
                         const struct portal_draft *d);

/* What is said with a move. */
struct portal_said {
    int64_t version;
    bool asks_city;            /* submission: the city's committee is asked to approve */
    struct str reason;         /* return, withdrawal */
    struct str instead;        /* withdrawal: the address of what replaces it */
    struct instant publish_at; /* approval: {0}: at once */
    bool proposes;             /* submission of a commune's: to stand on the city's site too */
};
/* submission, recall, return, approval of the version that is worked on; withdrawal of the live one; taking, refusal of
   what is proposed to the city. INVALID with every fault of the text for submission and approval; DENIED for whoever
   wrote a version and would approve it. */
struct err portal_move(struct db_write *db, const struct who *who, struct portal_article_id id, const char *verb,
                       const struct portal_said *said);
extern const struct move portal_stage_moves[], portal_state_moves[], portal_proposal_moves[];
/* The article, as far as the post may read it; MISSING otherwise. */
struct err portal_find(struct db_read *db, const struct who *who, int64_t id, struct portal_article_by_id_row **row);
/* The version that is worked on, or else the live one. */
struct portal_version_by_id_row;
struct err portal_version_now(struct db_read *db, const struct portal_article_by_id_row *a,
                              struct portal_version_by_id_row **v);
/* Every fault that keeps the version from being published. */
struct portal_faults;
struct err portal_faults_of(struct db_read *db, const struct portal_version_by_id_row *v, struct portal_faults *faults);
/* What was approved for a time that has come goes live. */
struct err portal_publish_due(struct db_write *db, int64_t *published);
/* What the public reads has changed: pages kept in memory are made anew. */
struct err portal_changed(struct db_write *db);

/* ---- Categories, in the order in which the public sees them; ended by an empty value. */
extern const struct choice portal_categories[];
struct str portal_category_name(struct str code); /* empty for none */

/* ---- For others. */
struct err portal_demo(struct db_write *db, struct arena *arena);
extern const struct metric_source portal_metrics[];
extern const struct waiting_source portal_waiting[];
extern const struct told_kind portal_told[];
extern const struct search_source portal_sources[];
extern const struct job_kind portal_jobs[];
extern const struct thread_verb portal_verbs[];
struct err portal_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
#endif
