/* Between the files of the room: the table of moves, and what every act begins and ends with. */
#ifndef MODULES_TASK_TASK_INSIDE_H
#define MODULES_TASK_TASK_INSIDE_H
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "kernel/queue/job.h"
#include "kernel/record/move.h"
#include "modules/task/task.h"
#include "modules/task/task_queries.h"

struct erase;

enum task_side {
    TASK_HOLDER = 1, /* who has the part now, or the head of the unit it was given to */
    TASK_HEAD,       /* the head of the unit it was given to */
    TASK_GIVER,      /* who gave it, or may approve on the record */
};
/* A move of a part: the table is the guard, the buttons and the words of a refusal. */
struct task_move {
    struct move move;
    enum task_side side;
    bool is_of_inform; /* of a part to know; all others are of parts to do */
    const char *wrong; /* what is said in another state */
};
extern const struct task_move task_moves[];
const struct task_move *task_move_named(const char *verb);

/* What somebody may do with a part: their sides of it. */
struct task_sides {
    bool is_holder, is_head, is_giver;
};
struct err task_sides_of(struct db_read *db, const struct who *who, const struct task_item_by_id_row *item,
                         struct task_sides *sides);
bool task_may(const struct task_move *m, const struct task_sides *sides, const struct task_item_by_id_row *item);

struct task_act {
    struct db_write *db;
    const struct task_by *by;
    const struct task_move *move;
    struct task_item_by_id_row *item;
    struct task_sides sides;
};
/* Finds the part and asks everything the table says. */
struct err task_begin(struct db_write *db, const struct task_by *by, struct task_item_id id, const char *verb,
                      struct task_act *act);
/* What is told of an act. */
struct task_deed {
    struct str about, text;
    struct date day;
    int64_t to;       /* who gets a notice; 0: nobody */
    struct str words; /* the notice */
    struct thread_papers papers;
};
/* Boxes, rights, thread, trail, event, notice, and the record's business. */
struct err task_done(const struct task_act *act, const struct task_deed *deed);

/* Boxes and counters of some parts anew. */
struct err task_settle(struct db_write *db, struct db_ids items);
struct task_told {
    struct str kind;
    int64_t record;
    int64_t item;
    const char *event; /* the last word of the event's kind */
    int64_t to;
    struct str words;
};
struct err task_tell(struct db_write *db, const struct task_told *told);

/* Whom a part is for. */
struct task_target {
    int64_t id;
    bool is_unit;
    int64_t unit;
    struct str name;
};
struct err task_target_read(struct db_write *db, struct unit_id organ, int64_t id, const char *field,
                            struct task_target *t);
struct err task_day_of(struct db_write *db, int64_t days, struct date asked, struct date *due, struct str *why);
struct str task_due_place(struct arena *a, struct date due, int64_t id);
struct str task_new_place(struct arena *a, int64_t id);
struct str task_role_name(struct str role);
struct str task_state_name(struct str role, struct str state, bool is_read);
struct err task_forget(struct db_write *db, const struct erase *e);
/* The standing job, queued once. */
struct err task_seed(struct db_write *db, struct arena *arena);
extern const struct job_kind task_job_kinds[];
extern const struct route task_routes[];
/* What others know of tasks: task_port.c. */
extern const struct metric_source task_metrics[];
extern const struct waiting_source task_waiting[];
extern const struct told_kind task_told_kinds[];
#endif
