/* The commands of the room. */
#ifndef MODULES_PETITION_LETTER_COMMAND_H
#define MODULES_PETITION_LETTER_COMMAND_H
#include "kernel/module.h"
#include "modules/petition/letter/letter.h"

extern const struct command petition_commands[];
/* A line of cases, its id and input alone; files stand in folder. */
struct petition_case {
    struct str id;
    struct petition_letter letter;
};
bool petition_case_read(struct arena *a, struct str line, struct str folder, struct petition_case *out);
struct str petition_answer(struct arena *a, struct str id, const struct petition_reading *r, struct str dup_of);
#endif
