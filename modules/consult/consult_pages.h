/* The handlers and forms of the room. */
#ifndef MODULES_CONSULT_CONSULT_PAGES_H
#define MODULES_CONSULT_CONSULT_PAGES_H
#include "modules/consult/consult_inside.h"
#include "modules/consult/consult_view.h"

extern const struct field consult_item_fields[], consult_edit_fields[], consult_act_fields[], consult_enter_fields[];
extern const struct field consult_group_fields[], consult_answer_fields[], consult_no_fields[], consult_say_fields[];
extern const struct field consult_send_fields[], consult_index_query[], consult_opinions_query[], consult_say_query[];
extern const struct field consult_public_query[];
extern const struct choice consult_stance_choices[];

struct err consult_of_path(struct request *r, struct consult_item_id *id);
struct err consult_index_get(struct get *g);
struct err consult_new_get(struct get *g);
struct err consult_new_post(struct post *p);
struct err consult_edit_get(struct get *g);
struct err consult_edit_post(struct post *p);
struct err consult_show_get(struct get *g);
struct err consult_act_post(struct post *p);
struct err consult_opinions_get(struct get *g);
struct err consult_group_post(struct post *p);
struct err consult_enter_get(struct get *g);
struct err consult_enter_post(struct post *p);
struct err consult_part_post(struct post *p);
struct err consult_theme_get(struct get *g);
struct err consult_theme_post(struct post *p);
struct err consult_list_get(struct get *g);
struct err consult_public_get(struct get *g);
struct err consult_say_get(struct get *g);
struct err consult_say_post(struct post *p);
struct err consult_draft_get(struct get *g);
struct err consult_send_post(struct post *p);
struct err consult_receipt_get(struct get *g);
struct err consult_forget_post(struct post *p);
#endif
