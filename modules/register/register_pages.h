/* The handlers of this module's pages, for its route table, and what they share. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_PAGES_H
#define MODULES_REGISTER_REGISTER_PAGES_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/register/register_row.h"
#include "modules/register/register_view.h"

extern const struct route register_routes[];
extern const struct field register_row_fields[], register_gone_fields[], register_file_fields[],
    register_import_fields[], register_sheet_fields[], register_report_fields[], register_send_fields[],
    register_back_fields[];

struct err register_index_get(struct get *g);
struct err register_form_get(struct get *g);
struct err register_list_get(struct get *g);
struct err register_export_get(struct get *g);
struct err register_template_get(struct get *g);

struct err register_row_get(struct get *g);
struct err register_new_get(struct get *g);
struct err register_new_post(struct post *p);
struct err register_edit_get(struct get *g);
struct err register_edit_post(struct post *p);
struct err register_remove_post(struct post *p);
struct err register_restore_post(struct post *p);
struct err register_file_post(struct post *p);
struct err register_file_get(struct get *g);

struct err register_import_get(struct get *g);
struct err register_import_post(struct post *p);
struct err register_sheet_get(struct get *g);
struct err register_take_post(struct post *p);
struct err register_drop_post(struct post *p);
struct err register_undo_post(struct post *p);

struct err register_reports_get(struct get *g);
struct err register_report_new_get(struct get *g);
struct err register_report_new_post(struct post *p);
struct err register_report_get(struct get *g);
struct err register_report_export(struct get *g);
struct err register_return_get(struct get *g);
struct err register_send_post(struct post *p);
struct err register_back_post(struct post *p);

struct str register_past_words(struct str act);
struct str register_state_words(struct str state); /* of a unit's return */
#endif
