/* A work of law to test with. */
#ifndef TESTS_LAW_WORK_H
#define TESTS_LAW_WORK_H
#include "modules/law/law.h"

/* A law of the State in force from 01/08/2024, named and numbered by its id; issued {0}: on an unknown day. */
struct err law_work_sample(struct db_write *w, struct law_work_id id, struct str title, struct date issued);
#endif
