/* The module's commands. */
#ifndef MODULES_DEADLINE_DEADLINE_COMMAND_H
#define MODULES_DEADLINE_DEADLINE_COMMAND_H
#include "modules/deadline/deadline.h"

extern const struct command deadline_commands[];
#endif
