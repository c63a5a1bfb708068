/* The module's handlers and what they share. Private to the module. */
#ifndef MODULES_OUTGOING_OUTGOING_PAGES_H
#define MODULES_OUTGOING_OUTGOING_PAGES_H
#include "kernel/http/http.h"
#include "kernel/index/feed.h"
#include "kernel/page/form.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/outgoing/outgoing_rules.h"
#include "modules/outgoing/outgoing_view.h"

enum { OUTGOING_BODY_MOST = 101 * 1024 * 1024, OUTGOING_PAPER_MOST = 100 * 1024 * 1024 };

extern const struct route outgoing_routes[];
extern const struct search_source outgoing_sources[];
extern const struct metric_source outgoing_metrics[];
extern const struct waiting_source outgoing_waiting[];
extern const struct told_kind outgoing_told_kinds[];

/* Forms: outgoing_forms.c */
extern const struct field outgoing_no_fields[], outgoing_edit_fields[], outgoing_index_query[], outgoing_new_query[];
extern const struct field outgoing_show_query[], outgoing_approve_fields[], outgoing_return_fields[];
extern const struct field outgoing_reason_fields[], outgoing_number_fields[], outgoing_issue_fields[];
extern const struct field outgoing_copy_fields[], outgoing_text_fields[], outgoing_answer_fields[];
extern const struct field outgoing_receivers_query[], outgoing_book_query[], outgoing_reserve_fields[];
extern const struct field outgoing_passport_query[], outgoing_compare_fields[], outgoing_file_query[];

/* Whether the page is drawn for a form that came back; a page's own query is a form too. */
static inline bool outgoing_came_back(const struct get *g) { return g->form && g->form->is_refused; }

/* Lists, drafting: outgoing_list_pages.c, outgoing_edit_pages.c */
struct err outgoing_index_get(struct get *g);
struct err outgoing_new_get(struct get *g);
struct err outgoing_edit_get(struct get *g);
struct err outgoing_new_post(struct post *p);
struct err outgoing_edit_post(struct post *p);

/* One document: outgoing_show_pages.c, outgoing_paper_pages.c */
struct err outgoing_show_get(struct get *g);
struct err outgoing_compare_get(struct get *g);
struct err outgoing_print_get(struct get *g);
struct err outgoing_draft_file_get(struct get *g);
struct err outgoing_file_get(struct get *g);
struct err outgoing_paper_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_paper_view *v);
struct err outgoing_moves_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_move_view *v);
struct err outgoing_of_path(struct request *r, struct outgoing_doc_id *id);
/* The kept upload of a form's field; file 0 when none was sent. */
struct err outgoing_upload(struct post *p, const char *field, struct outgoing_paper *paper);

/* Acts: outgoing_act_pages.c */
struct err outgoing_submission_post(struct post *p);
struct err outgoing_approval_post(struct post *p);
struct err outgoing_return_post(struct post *p);
struct err outgoing_withdrawal_post(struct post *p);
struct err outgoing_removal_post(struct post *p);
struct err outgoing_number_post(struct post *p);
struct err outgoing_void_post(struct post *p);
struct err outgoing_issue_post(struct post *p);
struct err outgoing_recall_post(struct post *p);
struct err outgoing_reminder_post(struct post *p);
struct err outgoing_copy_post(struct post *p);
struct err outgoing_sending_post(struct post *p);
struct err outgoing_outside_answer_post(struct post *p);
struct err outgoing_answer_post(struct post *p);
struct err outgoing_seen_post(struct post *p);
struct err outgoing_reservation_post(struct post *p);
struct err outgoing_number_void_post(struct post *p);

/* Receivers, register, delivery, passport */
struct err outgoing_receivers_get(struct get *g);
struct err outgoing_receivers_export_get(struct get *g);
struct err outgoing_book_get(struct get *g);
struct err outgoing_book_export_get(struct get *g);
struct err outgoing_delivery_get(struct get *g);
struct err outgoing_delivery_file_get(struct get *g);
struct err outgoing_passport_get(struct get *g);
struct err outgoing_passport_ask_get(struct get *g);
struct err outgoing_comparison_before(struct get *g);
struct err outgoing_comparison_post(struct post *p);
#endif
