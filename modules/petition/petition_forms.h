/* The forms of the room's pages, and what its page files share. */
#ifndef MODULES_PETITION_PETITION_FORMS_H
#define MODULES_PETITION_PETITION_FORMS_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/petition/petition_list.h"
#include "modules/petition/petition_view.h"

enum { PETITION_BODY_MOST = 101 * 1024 * 1024 };
extern const struct field petition_new_fields[], petition_edit_fields[], petition_finding_fields[];
extern const struct field petition_accept_fields[], petition_reason_fields[], petition_transfer_fields[];
extern const struct field petition_reply_fields[], petition_urge_fields[], petition_confirm_fields[],
    petition_ask_fields[];
extern const struct field petition_close_fields[], petition_give_fields[], petition_case_fields[];
extern const struct field petition_identity_fields[], petition_index_query[], petition_show_query[];
extern const struct field petition_file_query[], petition_report_query[];

/* An act's last word of address, its fields, and what of it is asked. */
struct petition_noun {
    const char *verb, *noun;
    const struct field *fields;
};
extern const struct petition_noun petition_nouns[];
bool petition_has_field(const struct form *f, const char *name);

struct err petition_of_path(struct request *r, struct petition_letter_id *id);
struct petition_row_view petition_row_of(struct arena *a, const struct place_index *places,
                                         const struct petition_line *l);
struct str petition_due_words(struct arena *a, struct date due, struct date today);

struct err petition_index_get(struct get *g);
struct err petition_book_get(struct get *g);
struct err petition_export_get(struct get *g);
struct err petition_new_get(struct get *g);
struct err petition_new_post(struct post *p);
struct err petition_edit_get(struct get *g);
struct err petition_edit_post(struct post *p);
struct err petition_show_get(struct get *g);
struct err petition_file_get(struct get *g);
struct err petition_beside_get(struct get *g);
struct err petition_identity_get(struct get *g);
struct err petition_slip_get(struct get *g);
struct err petition_report_get(struct get *g);
struct err petition_act_post(struct post *p);
struct err petition_finding_post(struct post *p);
struct err petition_assignment_post(struct post *p);
struct err petition_case_post(struct post *p);
struct err petition_identity_post(struct post *p);

/* Parts of the record's page, a file each. */
struct err petition_findings_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v);
struct err petition_alike_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v);
void petition_slips_fill(struct arena *a, const struct petition_by_id_row *l, struct petition_show *v);
#endif
