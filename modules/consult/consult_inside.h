/* What the files of the room share. */
#ifndef MODULES_CONSULT_CONSULT_INSIDE_H
#define MODULES_CONSULT_CONSULT_INSIDE_H
#include "kernel/erase/erase.h"
#include "kernel/http/http.h"
#include "kernel/index/feed.h"
#include "kernel/page/form.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/consult/consult.h"
#include "modules/consult/consult_queries.h"
#include "modules/thread/thread.h"

enum { CONSULT_TITLE_MOST = 200, CONSULT_LIST_PAGE = 20, CONSULT_OPINION_PAGE = 30 };

struct consult_word {
    struct str code, name;
};
extern const struct consult_word consult_states[], consult_vias[], consult_stances[], consult_verdicts[];
struct str consult_word(const struct consult_word *words, struct str code); /* empty when there is none */
extern const struct thread_verb consult_verbs[];

/* Found for the post, with its rights. */
struct err consult_for(struct db_read *db, struct consult_item_id id, const struct who *who, unsigned can,
                       struct consult_by_id_row **row);
/* Whether opinions of the public are taken today. */
bool consult_is_open(const struct consult_by_id_row *row);
/* "Điều 3. Điều kiện"; of the whole draft: "Cả dự thảo". */
struct str consult_clause_name(struct arena *a, const struct consult_clauses_row *clause);
struct str consult_clause_named(struct arena *a, const struct consult_clauses_rows *all, int64_t n);
/* Writes the step into the thread and the trail, and tells `to` in words. */
struct consult_deed {
    const char *verb;
    struct str about, text, words;
    int64_t to;
};
struct err consult_done(struct db_write *db, const struct who *who, const struct consult_by_id_row *row,
                        const struct consult_deed *deed);

/* ---- Boxes of the list */
enum consult_box {
    CONSULT_APPROVE, /* waits for the post's own yes */
    CONSULT_ANSWERING,
    CONSULT_OPEN,
    CONSULT_DRAFT,
    CONSULT_PUBLISHED,
    CONSULT_ALL,
    CONSULT_BOXES,
};
struct str consult_box_code(enum consult_box box);
struct str consult_box_title(enum consult_box box);
bool consult_box_of_code(struct str code, enum consult_box *box);
struct err consult_box_counts(struct db_read *db, const struct who *who, int64_t counts[CONSULT_BOXES]);
struct err consult_box_rows(struct db_read *db, const struct who *who, enum consult_box box, int64_t before,
                            int64_t most, struct consult_newest_rows *rows);

extern const struct route consult_routes[];
extern const struct metric_source consult_metrics[];
extern const struct waiting_source consult_waiting[];
extern const struct told_kind consult_told[];
extern const struct search_source consult_sources[];
struct err consult_forget(struct db_write *db, const struct erase *e);
struct err consult_demo(struct db_write *db, struct arena *arena);
#endif
