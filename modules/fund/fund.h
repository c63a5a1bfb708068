/* Quỹ: what people give and what it is spent on. Reads bank statements, and makes and checks the published statement,
   which anyone can add up and every giver can find a gift in. docs/fund.md shows the smallest use.
   needs: db file fund/statement http index kernel org page place port queue read record rights search/words shell
   task thread */
#ifndef MODULES_FUND_FUND_H
#define MODULES_FUND_FUND_H
#include "kernel/module.h"

extern const struct module fund_module;
#endif
