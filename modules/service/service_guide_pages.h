/* The list of procedures and the guide of one. */
#ifndef MODULES_SERVICE_SERVICE_GUIDE_PAGES_H
#define MODULES_SERVICE_SERVICE_GUIDE_PAGES_H
#include "kernel/http/http.h"

struct service_guide_list;
struct err service_guide_lines(struct db_read *db, struct service_guide_list *v);
struct err service_guides_get(struct get *g);
struct err service_guide_get(struct get *g);
#endif
