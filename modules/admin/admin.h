/* The administrator's pages: settings, audit trail, jobs, health. People and units are modules/org's own pages.
   needs: config db file http index kernel org out page read rights search/segments shell verify queue */
#ifndef MODULES_ADMIN_ADMIN_H
#define MODULES_ADMIN_ADMIN_H
#include "kernel/module.h"

extern const struct module admin_module;
#endif
