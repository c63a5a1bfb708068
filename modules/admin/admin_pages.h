/* The handlers of the administrator's pages, for the route table. */
#ifndef MODULES_ADMIN_ADMIN_PAGES_H
#define MODULES_ADMIN_ADMIN_PAGES_H
#include "kernel/queue/event.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/queue/job.h"
#include "kernel/module.h"
#include "modules/admin/admin_view.h"

extern const struct field admin_audit_fields[], admin_jobs_fields[], admin_setting_fields[], admin_events_fields[];

struct err admin_audit_get(struct get *g);
struct err admin_audit_export(struct get *g);
struct err admin_verify_post(struct post *p);
struct err admin_verify_run(struct job *job);
struct err admin_jobs_get(struct get *g);
struct err admin_job_cancel_post(struct post *p);
struct err admin_job_retry_post(struct post *p);
struct err admin_events_get(struct get *g);
struct err admin_event_again_post(struct post *p);
struct err admin_settings_get(struct get *g);
struct err admin_setting_get(struct get *g);
struct err admin_setting_post(struct post *p);
struct err admin_health_get(struct get *g);
struct err admin_use_get(struct get *g);
struct err admin_person_name(struct db_read *db, int64_t id, struct str *name);
struct err admin_clock_post(struct post *p);
extern const struct event_listener admin_listeners[];
extern const struct command admin_commands[];

#endif
