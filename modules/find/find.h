/* Tìm kiếm: the one search box's page, and what it offers while one types.
   needs: config db http index kernel page rights search search/ask search/words shell */
#ifndef MODULES_FIND_FIND_H
#define MODULES_FIND_FIND_H
#include "kernel/module.h"

extern const struct module find_module;
extern const struct command find_commands[]; /* doanket search */
#endif
