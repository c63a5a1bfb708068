/* The forms, addresses and handlers of mail. Private. */
#ifndef MODULES_MAIL_FORMS_H
#define MODULES_MAIL_FORMS_H
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "modules/mail/mail_pages_gen.h"
#include "modules/mail/rules.h"

extern const struct field mail_no_fields[], mail_view_query[], mail_note_fields[], mail_snooze_fields[],
    mail_to_fields[], mail_star_fields[], mail_how_fields[], mail_letter_fields[], mail_task_fields[],
    mail_write_fields[], mail_begin_fields[], mail_draft_query[], mail_answer_fields[], mail_answer_edit_fields[],
    mail_box_query[], mail_file_query[], mail_bring_fields[], mail_way_fields[], mail_way_edit_fields[],
    mail_way_query[], mail_ways_query[];

struct err mail_index_get(struct get *g);
struct err mail_show_get(struct get *g);
struct err mail_file_get(struct get *g);
struct err mail_export_get(struct get *g);
struct err mail_task_get(struct get *g);
struct err mail_draft_get(struct get *g);
struct err mail_answers_get(struct get *g);
struct err mail_answer_get(struct get *g);
struct err mail_bring_get(struct get *g);

struct err mail_ways_get(struct get *g);
struct err mail_way_new_get(struct get *g);
struct err mail_way_get(struct get *g);
struct err mail_way_edit_get(struct get *g);

struct err mail_way_add_post(struct post *p);
struct err mail_way_edit_post(struct post *p);
struct err mail_way_trial_post(struct post *p);
struct err mail_way_fetch_post(struct post *p);
struct err mail_out_retry_post(struct post *p);
struct err mail_out_settle_post(struct post *p);
struct err mail_out_removal_post(struct post *p);

struct err mail_reading_post(struct post *p);
struct err mail_unreading_post(struct post *p);
struct err mail_claim_post(struct post *p);
struct err mail_release_post(struct post *p);
struct err mail_holder_post(struct post *p);
struct err mail_note_post(struct post *p);
struct err mail_snooze_post(struct post *p);
struct err mail_end_post(struct post *p);
struct err mail_reopening_post(struct post *p);
struct err mail_star_post(struct post *p);
struct err mail_recall_post(struct post *p);
struct err mail_document_post(struct post *p);
struct err mail_task_post(struct post *p);
struct err mail_answer_start_post(struct post *p);
struct err mail_draft_start_post(struct post *p);
struct err mail_draft_post(struct post *p);
struct err mail_sending_post(struct post *p);
struct err mail_undoing_post(struct post *p);
struct err mail_removal_post(struct post *p);
struct err mail_paper_removal_post(struct post *p);
struct err mail_answer_add_post(struct post *p);
struct err mail_answer_change_post(struct post *p);
struct err mail_answer_removal_post(struct post *p);
struct err mail_bring_post(struct post *p);

/* list.c: the list of a box as the address asks for it; item: the conversation that is open beside it. */
struct err mail_list_fill(struct get *g, const struct mail_item_by_id_row *item, struct mail_list_view *v);
/* "Quá 40 phút", "Còn 7 giờ", "Còn 2 ngày". */
struct str mail_due_words(struct arena *a, struct instant due, struct instant now);
#endif
