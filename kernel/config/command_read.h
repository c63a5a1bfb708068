/* What commands that ask questions of the program have in common: their day, their questions, their faults. */
#ifndef KERNEL_CONFIG_COMMAND_READ_H
#define KERNEL_CONFIG_COMMAND_READ_H
#include "base/err.h"
#include "base/time.h"
#include "kernel/module.h"

/* One question. Its arena is gone with the answer. */
struct command_asker {
    void *self;
    struct err (*ask)(void *self, struct arena *a, struct str id, struct str words);
};
/* Asks the words of the command as one question; or, when path is given, each line of that file: a JSON object with
   question, and question_id or id. ERR_INVALID when the file cannot be opened. */
struct err command_questions(struct command_run *run, struct str path, const struct command_asker *asker);
/* Reads a day, 2026-11-23 or 23/11/2026. Empty text leaves *day as it is; false, and it was said, when it is none. */
bool command_day(const char *option, struct str text, struct date *day);
/* Says what went wrong; the exit status: 1. */
int command_fault(struct err e);
#endif
