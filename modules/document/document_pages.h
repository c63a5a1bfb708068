/* The module's handlers and what they share. Private to the module. */
#ifndef MODULES_DOCUMENT_DOCUMENT_PAGES_H
#define MODULES_DOCUMENT_DOCUMENT_PAGES_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/port/metric.h"
#include "kernel/port/offer.h"
#include "kernel/port/paper.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/document/document_rules.h"
#include "modules/document/document_view.h"

extern const struct route document_routes[];
/* What it tells through the ports of kernel/port. */
extern const struct metric_source document_metrics[];
extern const struct waiting_source document_waiting[];
extern const struct told_kind document_told[];
extern const struct paper_kind document_papers[];
extern const struct offer document_offers[];
struct err document_nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot);

/* Lists: document_list_pages.c */
struct err document_index_get(struct get *g);
struct err document_export_get(struct get *g);
struct err document_book_get(struct get *g);
struct document_item document_item_of(struct arena *a, const struct document_row *r);

/* Taking in: document_take_pages.c */
struct err document_new_get(struct get *g);
struct err document_upload_post(struct post *p);
struct err document_draft_post(struct post *p);
struct err document_register_get(struct get *g);
struct err document_registration_post(struct post *p);
struct err document_amendment_post(struct post *p);
struct err document_removal_post(struct post *p);
struct err document_void_post(struct post *p);
struct err document_presentation_post(struct post *p);
struct err document_attach_post(struct post *p);

/* One document: document_show_pages.c, document_show_forms.c */
struct err document_show_get(struct get *g);
struct err document_forms_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *doc,
                               unsigned bits);
/* The picture of the paper beside it: which file, how far it is read, its pages. v->file is empty without one. */
struct err document_file_again_post(struct post *p);
struct err document_paper_fill(struct get *g, const struct document_by_id_row *doc, int64_t file,
                               struct document_paper_view *v);
struct err document_deadline_get(struct get *g);

/* Acts: document_act_pages.c */
struct err document_directive_post(struct post *p);
struct err document_directive_recall_post(struct post *p);
struct err document_acceptance_post(struct post *p);
struct err document_reading_post(struct post *p);
struct err document_assignment_post(struct post *p);
struct err document_report_post(struct post *p);
struct err document_return_post(struct post *p);
struct err document_recall_post(struct post *p);
struct err document_extension_post(struct post *p);
struct err document_decision_post(struct post *p);
struct err document_closure_post(struct post *p);
struct err document_reopening_post(struct post *p);
struct err document_opinion_post(struct post *p);
/* The {id} of the path. */
struct err document_of_path(struct request *r, struct document_doc_id *id);
/* The kept upload of a form's field as a paper; paper->file 0 when none was sent. */
struct err document_paper_of(struct post *p, const struct upload *u, struct document_paper *paper);

/* Held back for a secrecy stamp: document_seal_pages.c */
struct err document_seal_get(struct get *g);
struct err document_secrecy_get(struct get *g);
struct err document_secrecy_post(struct post *p);
struct err document_unsealing_post(struct post *p);
struct err document_destruction_post(struct post *p);
struct err document_seals_fill(struct get *g, struct document_doc_id id, struct document_seals *seals);

/* Files: document_file_pages.c */
struct err document_file_get(struct get *g);
struct err document_picture_get(struct get *g);
struct err document_words_get(struct get *g);
struct err document_crop_get(struct get *g);
/* For the module: the documents that hold a kept file. */
struct err document_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
#endif
