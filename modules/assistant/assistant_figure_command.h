/* The command `doanket ask --cases`: questions about figures, read without a folder and without a database. */
#ifndef MODULES_ASSISTANT_ASSISTANT_FIGURE_COMMAND_H
#define MODULES_ASSISTANT_ASSISTANT_FIGURE_COMMAND_H
#include "kernel/module.h"

struct figure_question;
struct figure_reading;

extern const struct command assistant_figure_commands[];
/* A line of cases: its id, lang and text alone; the day is the clock's. False: there is no question in it. */
bool assistant_figure_case(struct arena *a, struct str line, struct str *id, struct figure_question *out);
/* A reading as one line of JSON; with its words and chips when they are wanted. */
struct str assistant_figure_json(struct arena *a, struct str id, const struct figure_reading *r, bool has_chips);
#endif
