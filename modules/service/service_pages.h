/* The handlers and forms of the work side, for the table of routes. */
#ifndef MODULES_SERVICE_SERVICE_PAGES_H
#define MODULES_SERVICE_SERVICE_PAGES_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/service/service_inside.h"

extern const struct field service_receive_fields[], service_advance_fields[], service_supplement_fields[];
extern const struct field service_apology_fields[], service_refusal_fields[], service_look_fields[];
extern const struct field service_queue_query[], service_show_query[], service_office_fields[], service_list_fields[];
struct err service_queue_get(struct get *g);
struct err service_entry_get(struct get *g);
struct err service_show_get(struct get *g);
struct err service_paper_get(struct get *g);
struct err service_receive_post(struct post *p);
struct err service_advance_post(struct post *p);
struct err service_supplement_post(struct post *p);
struct err service_apology_post(struct post *p);
struct err service_refusal_post(struct post *p);
struct err service_look_post(struct post *p);
/* service_office_pages.c */
struct err service_offices_get(struct get *g);
struct err service_office_get(struct get *g);
struct err service_office_post(struct post *p);
struct err service_list_get(struct get *g);
struct err service_list_post(struct post *p);
#endif
