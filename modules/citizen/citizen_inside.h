/* What the files of the room share. */
#ifndef MODULES_CITIZEN_CITIZEN_INSIDE_H
#define MODULES_CITIZEN_CITIZEN_INSIDE_H
#include "kernel/page/form.h"
#include "kernel/queue/job.h"
#include "modules/citizen/citizen.h"
#include "modules/citizen/citizen_queries.h"

extern const struct route citizen_routes[];
extern const struct job_kind citizen_job_kinds[];
extern const struct field citizen_admin_fields[];

/* 32 random bytes as text; and where the browser keeps its own. */
struct str citizen_random(struct arena *a);
/* NULL while signing in is off, or the provider was not read yet. */
struct err citizen_provider(struct db_read *db, struct citizen_provider_row_row **row);
/* A level's place in the provider's list, from 1; 0: not there. And the other way about. */
int64_t citizen_level(struct str levels, struct str name);
struct str citizen_level_name(struct str levels, int64_t level);
/* The administrator's page. */
struct err citizen_admin_get(struct get *g);
struct err citizen_admin_post(struct post *p);
#endif
