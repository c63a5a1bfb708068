/* The handlers of this module's pages, for its route table, and what they share. */
#ifndef MODULES_ORG_ORG_PAGES_H
#define MODULES_ORG_ORG_PAGES_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/index/feed.h"
#include "modules/org/org_rows.h"
#include "modules/org/org_view.h"

extern const struct route org_routes[];
extern const struct search_source org_sources[];
struct command;
extern const struct command org_commands[]; /* doanket user */

bool org_is_admin(const struct who *who);
struct org_seat org_seat_of(const struct org_post *p);
/* Draws a form that posts to action; about and back say where it came from. */
struct err org_form_show(struct get *g, struct org_form v, const struct field *fields);
/* A unit by what an administrator typed: its code, its name, or part of it when only one fits. INVALID at field says
 * which fit. */
struct err org_unit_typed(struct db_read *db, struct str typed, const char *field, struct unit_id *unit);
/* The same for a post in force of an organ, by the person's name. */
struct err org_post_typed(struct db_read *db, struct unit_id organ, struct str typed, const char *field,
                          struct post_id *post);

extern const struct field org_q_fields[], org_person_fields[], org_post_fields[], org_end_fields[],
    org_delegate_fields[], org_account_fields[], org_password_fields[], org_lock_fields[], org_unit_fields[],
    org_unit_new_fields[], org_edge_fields[], org_term_fields[], org_import_fields[], org_people_fields[];

struct err org_directory_get(struct get *g);
struct err org_unit_get(struct get *g);
struct err org_person_get(struct get *g);

struct err org_people_get(struct get *g);
struct err org_people_export(struct get *g);
struct err org_person_new_get(struct get *g);
struct err org_person_new_post(struct post *p);
struct err org_person_edit_get(struct get *g);
struct err org_person_edit_post(struct post *p);
struct err org_leave_get(struct get *g);
struct err org_leave_post(struct post *p);
struct err org_account_get(struct get *g);
struct err org_account_post(struct post *p);
struct err org_password_seal(struct get *g);
struct err org_password_get(struct get *g);
struct err org_password_post(struct post *p);
struct err org_lock_post(struct post *p);

struct err org_post_new_get(struct get *g);
struct err org_post_new_post(struct post *p);
struct err org_post_end_get(struct get *g);
struct err org_post_end_post(struct post *p);
struct err org_delegate_get(struct get *g);
struct err org_delegate_post(struct post *p);

struct err org_unit_new_get(struct get *g);
struct err org_unit_new_post(struct post *p);
struct err org_unit_edit_get(struct get *g);
struct err org_unit_edit_post(struct post *p);
struct err org_unit_close_get(struct get *g);
struct err org_unit_close_post(struct post *p);
struct err org_edge_get(struct get *g);
struct err org_edge_post(struct post *p);
struct err org_edge_end_get(struct get *g);
struct err org_edge_end_post(struct post *p);
struct err org_term_get(struct get *g);
struct err org_term_post(struct post *p);
struct err org_term_end_get(struct get *g);
struct err org_term_end_post(struct post *p);
struct err org_units_export(struct get *g);

struct err org_imports_get(struct get *g);
struct err org_imports_post(struct post *p);
struct err org_import_get(struct get *g);
struct err org_import_apply_post(struct post *p);
struct err org_import_drop_post(struct post *p);
#endif
