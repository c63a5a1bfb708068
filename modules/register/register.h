/* CSDL chuyên ngành: registers whose rows are data under definitions (types/….json), sheets of Excel put into them, and
   reports gathered from units below. docs/register.md, docs/sheet.md.
   needs: db fields file fill http import index kernel org out page place port queue read record rights
   search search/words shell */
#ifndef MODULES_REGISTER_REGISTER_H
#define MODULES_REGISTER_REGISTER_H
#include "kernel/module.h"

extern const struct module register_module;
#endif
