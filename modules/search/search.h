/* Tìm kiếm: the one search box's page, and what it offers while one types.
   needs: */
#ifndef MODULES_SEARCH_SEARCH_H
#define MODULES_SEARCH_SEARCH_H
#include "kernel/module.h"

extern const struct module search_module;
extern const struct command search_commands[]; /* doanket search */
#endif
