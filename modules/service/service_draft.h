/* A form being filled in: what is saved between its pages. */
#ifndef MODULES_SERVICE_SERVICE_DRAFT_H
#define MODULES_SERVICE_SERVICE_DRAFT_H
#include "kernel/page/form.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_inside.h"

struct service_draft {
    struct receipt receipt;
    struct service_form *form;
    struct fields_said_list said;
    struct str channel;
    struct receipt_papers papers;
    struct fields_state *state; /* judged, files among it */
};
/* Of this browser; MISSING otherwise. *is_sent: it was sent, and only the receipt is filled in. */
struct err service_draft_open(struct get *g, struct service_draft *d);
struct err service_draft_open_to_write(struct post *p, struct service_draft *d);
struct str service_draft_body(struct arena *a, struct str channel, struct fields_said_list said);
/* "MTTQ.HP.02/1" */
struct str service_draft_about(struct arena *a, const struct service_form *f);
/* The telephone of who helps: what the office said, or empty. */
struct err service_phone(struct db_read *db, const struct service_form *f, struct str *phone);

extern const struct field service_page_fields[], service_page_query[], service_file_fields[], service_send_fields[];
extern const struct field service_begin_fields[];
struct err service_begin_post(struct post *p);
struct err service_draft_get(struct get *g);
struct err service_page_get(struct get *g);
struct err service_page_post(struct post *p);
struct err service_file_post(struct post *p);
struct err service_file_again(struct get *g);
struct err service_file_drop(struct post *p);
struct err service_check_get(struct get *g);
struct err service_send_post(struct post *p);
struct err service_resume_get(struct get *g);
struct err service_words_post(struct post *p);
/* What the person follows: service_track_pages.c */
struct err service_slip_get(struct get *g);
struct err service_track_get(struct get *g);
struct err service_answer_post(struct post *p);
struct err service_withdraw_post(struct post *p);
struct err service_closing_post(struct post *p);
struct err service_public_letter_get(struct get *g);
extern const struct field service_answer_fields[], service_withdraw_fields[], service_no_fields[],
    service_track_query[];
/* The frame of a public page that only this person may see. */
struct public_page;
struct page;
struct err service_private(struct get *g, const struct page *page, const void *view, const struct public_page *p);
#endif
