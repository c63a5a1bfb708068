/* CSDL cán bộ: one record of a cadre entered once, seen as strictly as the law asks, printed four ways, with what falls
   due and what contradicts itself found by the program. docs/cadre.md.
   needs: db erase fields file fill http index kernel org page place port queue read record rights
   search/words shell */
#ifndef MODULES_CADRE_CADRE_H
#define MODULES_CADRE_CADRE_H
#include "kernel/module.h"

extern const struct module cadre_module;
#endif
