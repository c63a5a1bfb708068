/* Keeps with each work what its events say of its force, so that a status is counted from one row. */
#ifndef MODULES_LAW_LAW_FORCE_H
#define MODULES_LAW_LAW_FORCE_H
#include "modules/law/law.h"

/* Counts ended_on, partly_on, suspended_on and resumed_on of a work anew from its events that are auto or verified, and
   has its articles indexed again when they changed. Call after changing its events. */
struct err law_force_keep(struct db_write *db, struct law_work_id work);
/* The index shall look at all articles of the work again. */
struct err law_touch(struct db_write *db, struct law_work_id work);
#endif
