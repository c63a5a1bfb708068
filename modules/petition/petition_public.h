/* A letter as somebody without an account writes it: kept in the draft's body, put together as a letter when sent. */
#ifndef MODULES_PETITION_PETITION_PUBLIC_H
#define MODULES_PETITION_PETITION_PUBLIC_H
#include "kernel/http/http.h"
#include "modules/org/org.h"
#include "modules/petition/petition_forms.h"
#include "modules/receipt/receipt.h"

struct petition_draft {
    struct receipt receipt;
    struct receipt_papers papers;
    struct str who; /* named group anonymous */
    struct str name, address, phone, email, text, place, where, to;
    int64_t people;
};
/* Of this browser; MISSING otherwise. What was sent already has no words any more. */
struct err petition_draft_open(struct get *g, struct petition_draft *d);
struct err petition_draft_open_to_write(struct post *p, struct petition_draft *d);
struct str petition_draft_body(struct arena *a, const struct petition_draft *d);
bool petition_draft_is_whole(const struct petition_draft *d);
/* The committee it goes to: the commune's that was chosen, else the city's. */
struct err petition_draft_receiver(struct db_read *db, const struct petition_draft *d, struct org_unit *organ);
/* The whole letter, with the lines that say who writes and where it happened. */
struct str petition_draft_letter(struct arena *a, const struct petition_draft *d, struct str organ);
struct err petition_draft_send(struct post *p, const struct petition_draft *d);
/* Not this browser's, or not any more: the page where code and words open it. */
struct err petition_lead_on(struct get *g, struct err e);

extern const struct field petition_write_fields[], petition_send_fields[], petition_no_fields[];
extern const struct field petition_add_fields[], petition_opine_fields[], petition_track_query[];
struct err petition_send_get(struct get *g);
struct err petition_send_post(struct post *p);
struct err petition_draft_get(struct get *g);
struct err petition_draft_post(struct post *p);
struct err petition_draft_file_drop(struct post *p);
struct err petition_check_get(struct get *g);
struct err petition_sending_post(struct post *p);
struct err petition_receipt_get(struct get *g);
struct err petition_track_get(struct get *g);
struct err petition_add_post(struct post *p);
struct err petition_opine_post(struct post *p);
struct err petition_forget_post(struct post *p);
#endif
