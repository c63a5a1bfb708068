/* What the files of the room share. */
#ifndef MODULES_SERVICE_SERVICE_INSIDE_H
#define MODULES_SERVICE_SERVICE_INSIDE_H
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "kernel/queue/job.h"
#include "kernel/index/feed.h"
#include "kernel/record/move.h"
#include "modules/deadline/deadline.h"
#include "modules/service/service.h"
#include "modules/service/service_queries.h"
#include "modules/thread/thread.h"

enum { SERVICE_SOON_DAYS = 3, SERVICE_LOOK_MINUTES = 15 };
#define SERVICE_NEVER "9999"

/* A dossier with its definition. */
struct service_case {
    const struct service_find_row *row;
    struct service_form *form;
};
/* As far as the post may read it. */
struct err service_case_of(struct db_read *db, const struct who *who, int64_t id, struct service_case *c);
/* Whoever reads: for what came by a receipt, the index, charts. */
struct err service_case_any(struct db_read *db, int64_t id, struct service_case *c);
/* Its answers as the definition asks them; with the sensitive ones or without. */
struct err service_case_state(struct db_read *db, const struct service_case *c, bool is_whole,
                              struct fields_state **state);

/* ---- Clocks */
/* "2026-12-01T13:41": as due_key has it, which is compared as text. */
struct str service_key(struct arena *a, struct date on, int minute);
struct str service_key_now(struct arena *a, struct instant now);
struct err service_clock_count(struct db_read *db, const struct service_clock_def *def,
                               const struct service_clocks_row *clock, struct deadline *d);
/* Starts those that begin with an event; on: the day of the event where it is not now. */
struct err service_clocks_begin(struct db_write *db, const struct service_case *c, struct str event);
/* What the answers themselves name: before:ngay, after:ngay. */
struct err service_clocks_dated(struct db_write *db, const struct service_case *c, const struct fields_state *s);
enum service_clock_act { SERVICE_CLOCK_MEET = 1, SERVICE_CLOCK_DROP, SERVICE_CLOCK_PAUSE, SERVICE_CLOCK_RESUME };
/* clock empty: all. */
struct err service_clocks_do(struct db_write *db, int64_t dossier, const struct service_form *f, struct str clock,
                             enum service_clock_act act);
struct err service_clocks_settle(struct db_write *db, int64_t dossier);
/* The running clock that runs out first; *clock NULL when none runs. */
struct err service_promise(struct db_read *db, int64_t dossier, struct service_clocks_row **clock);

/* ---- What is told */
struct service_deed {
    const char *verb; /* service.receive */
    struct str step, note;
    struct str by_name;
    int64_t to; /* a principal that is told; 0: nobody */
    struct str words;
    bool is_of_person;
};
struct err service_done(struct db_write *db, const struct service_case *c, const struct who *who,
                        const struct service_deed *deed);
extern const struct thread_verb service_verbs[];
extern const struct move service_moves[];
struct str service_state_name(struct str state);
struct str service_channel_name(struct str channel);
/* Letters that follow from acts are made with them; what is known is filled in by itself. */
struct err service_letter_add_for(struct db_write *db, const struct service_case *c, const struct who *who,
                                  struct str letter, struct str said, struct service_letter_id *id);

/* ---- Boxes */
enum service_box {
    SERVICE_BOX_NEW,
    SERVICE_BOX_OPEN,
    SERVICE_BOX_ASKED,
    SERVICE_BOX_SOON,
    SERVICE_BOX_LATE,
    SERVICE_BOX_DONE,
    SERVICE_BOXES
};
struct service_box_ask {
    enum service_box box;
    struct str procedure, after_due;
    int64_t after, before, most;
};
struct err service_box_rows(struct db_read *db, const struct who *who, const struct service_box_ask *ask,
                            struct service_box_rows *rows);
struct err service_box_counts(struct db_read *db, const struct who *who, int64_t *counts);
extern const char *const service_box_codes[SERVICE_BOXES];

extern const struct route service_routes[];
extern const struct metric_source service_metrics[];
extern const struct waiting_source service_waiting[];
extern const struct told_kind service_told[];
extern const struct search_source service_sources[];
extern const struct job_kind service_job_kinds[];
struct err service_seed(struct db_write *db, struct arena *arena);
struct err service_forget(struct db_write *db, const struct erase *e);
#endif
