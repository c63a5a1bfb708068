/* The command `doanket ask`. */
#ifndef MODULES_ASSISTANT_ASSISTANT_COMMAND_H
#define MODULES_ASSISTANT_ASSISTANT_COMMAND_H
#include "kernel/module.h"

extern const struct command assistant_commands[];
#endif
