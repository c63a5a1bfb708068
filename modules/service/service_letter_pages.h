/* A letter as a page. */
#ifndef MODULES_SERVICE_SERVICE_LETTER_PAGES_H
#define MODULES_SERVICE_SERVICE_LETTER_PAGES_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/service/service_inside.h"
#include "modules/service/service_view.h"

/* As it was issued; MISSING when it is none of the dossier's. */
struct err service_letter_fill(struct get *g, const struct service_case *c, int64_t letter,
                               struct service_letter_show *v);
struct err service_letter_get(struct get *g);
struct err service_letter_new_get(struct get *g);
struct err service_letter_new_post(struct post *p);
extern const struct field service_letter_fields[], service_letter_query[];
#endif
