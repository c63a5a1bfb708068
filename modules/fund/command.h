/* The module's commands. */
#ifndef MODULES_FUND_COMMAND_H
#define MODULES_FUND_COMMAND_H
#include "modules/fund/fund.h"

extern const struct command fund_commands[];
#endif
