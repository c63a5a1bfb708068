/* Between the files of this module. */
#ifndef MODULES_BALLOT_INSIDE_H
#define MODULES_BALLOT_INSIDE_H
#include "modules/ballot/ballot.h"

extern const struct command ballot_commands[];
extern const struct route ballot_routes[];
#endif
