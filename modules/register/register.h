/* Sổ theo dõi: what a sheet of Excel holds, judged by what a register wants of it. docs/sheet.md.
   needs: kernel import page place read */
#ifndef MODULES_REGISTER_REGISTER_H
#define MODULES_REGISTER_REGISTER_H
#include "kernel/module.h"

extern const struct module register_module;
#endif
