/* Bàn làm việc: what waits for the worn post, what is late, and what just happened; each line a link to the thing
   itself. Keeps nothing of its own.
   needs: chart db http kernel notice org page port shell */
#ifndef MODULES_DESK_DESK_H
#define MODULES_DESK_DESK_H
#include "kernel/module.h"

extern const struct module desk_module;
#endif
