/* A few articles in English beside the Vietnamese, for the demonstration. needs: law */
#ifndef MODULES_LAW_LAW_DEMO_ENGLISH_H
#define MODULES_LAW_LAW_DEMO_ENGLISH_H
#include "kernel/db/db.h"

/* Of the Front's law, when it is in the library; places it has not are left out. */
struct err law_demo_english(struct db_write *db);
#endif
