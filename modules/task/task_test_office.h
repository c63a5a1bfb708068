/* An office with people of every sort for the tests of tasks, and a tiny business of records that are only an id. */
#ifndef MODULES_TASK_TASK_TEST_OFFICE_H
#define MODULES_TASK_TASK_TEST_OFFICE_H
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/task/task_box.h"
#include "modules/task/task_inside.h"

extern const struct modules task_office_app;
struct str task_office_heard(void); /* the last act the tiny business was told of */

enum { CHAIR, HEAD, OFFICER, SECOND, STRANGER, OUTSIDER, PEOPLE };
struct office {
    struct db *db;
    struct arena *arena;
    struct unit_id organ, board, other, commune;
    struct who who[PEOPLE];
    int64_t record;
};
struct err task_office_open(struct db *db, struct arena *arena, struct office *o);
/* One act in its own transaction: begins, runs, commits or rolls back. */
struct err task_office_begin(struct office *o, int who, struct db_write **w);
struct err task_office_end(struct db_write *w, struct err e);
#define ACT(o_, who_, call_)                                                                                           \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        [[maybe_unused]] struct task_by by = {&(o_)->who[who_], &task_office_app};                                     \
        struct err act_err = task_office_begin((o_), (who_), &w);                                                      \
        act_err.why ? act_err : task_office_end(w, (call_));                                                           \
    })
/* The newest part of the record for a target; not within an act. */
struct task_item_id task_office_item(struct office *o, int64_t target);
struct str task_office_state(struct office *o, struct task_item_id id);
int64_t task_office_count(struct office *o, int who, enum task_box box);
/* Every counter of every person equals what its box lists, page after page. */
bool task_office_counters_are_lists(struct office *o);
#endif
