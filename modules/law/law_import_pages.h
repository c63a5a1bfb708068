/* Handlers of the administrator's pages of imports. */
#ifndef MODULES_LAW_LAW_IMPORT_PAGES_H
#define MODULES_LAW_LAW_IMPORT_PAGES_H
#include "kernel/http/http.h"

struct err law_imports_get(struct get *g);
struct err law_import_get(struct get *g);
#endif
