/* A sheet brought by a person: read by a job, looked at, put in by another, taken back by a third. Private to
   modules/register. */
#ifndef MODULES_REGISTER_REGISTER_SHEET_H
#define MODULES_REGISTER_REGISTER_SHEET_H
#include "kernel/queue/job.h"
#include "modules/register/register_row.h"

enum { REGISTER_TABLE = 1000000 }; /* a line's number is the table's times this, and the row as Excel counts */
enum { REGISTER_UNDO_DAYS = 30 };

struct err register_look_run(struct job *job);
struct err register_in_run(struct job *job);
struct err register_undo_run(struct job *job);

/* What a row of a sheet makes of the row the book has of the same key (empty said: none): cells left empty leave what
   is there. */
struct fields_state *register_sheet_state(struct arena *a, const struct register_type *type,
                                          const struct import_want *want, const struct str *values,
                                          struct fields_said_list said);
#endif
