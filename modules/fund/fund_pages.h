/* Private to modules/fund: what the files of its pages share. */
#ifndef MODULES_FUND_FUND_PAGES_H
#define MODULES_FUND_FUND_PAGES_H
#include "kernel/http/http.h"
#include "kernel/index/feed.h"
#include "kernel/module.h"
#include "kernel/page/form.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_publication_queries.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/fund_view.h"

enum { FUND_ON_A_PAGE = 50 };
enum fund_tab { FUND_HOME, FUND_GIFTS, FUND_STATEMENTS, FUND_DECISIONS, FUND_HOUSEHOLDS, FUND_BOOK, FUND_TABS };

/* The fund of the address, as far as who may read it, and the head of its pages. */
struct err fund_head_fill(struct get *g, enum fund_tab tab, struct fund_head *head);
/* The fund of the address and who acts. MISSING when they may not read it. */
struct err fund_by_of(struct post *p, struct fund_by *by);
/* A {name} of the address beside the fund's. */
struct err fund_id_of(struct request *r, const char *name, int64_t *id);
struct err fund_campaign_options(struct get *g, int64_t fund, struct pick_options *out);
void fund_field_add(struct get *g, struct fund_form_view *v, const char *name, enum fund_field_kind kind);
/* Below which day and id the list goes on: ?day=…&before=… */
void fund_below(struct get *g, struct date *day, int64_t *before);
int64_t fund_before(struct get *g);
struct str fund_commune_name(struct arena *a, struct str code);
/* A campaign's spending, commune by commune; purposes that tell of illness are not placed. */
struct err fund_communes_fill(struct db_read *db, int64_t campaign, struct fund_commune_line **at, size_t *n);
/* One million two hundred thousand đồng, as a receipt says it. */
struct str fund_amount_words(struct arena *a, int64_t amount);

extern const struct field fund_campaign_fields[], fund_account_fields[], fund_gift_fields[], fund_move_fields[],
    fund_refund_fields[], fund_show_fields[], fund_statement_fields[], fund_kind_fields[], fund_correct_fields[],
    fund_household_fields[], fund_decision_fields[], fund_add_fields[], fund_transfer_fields[], fund_cash_fields[],
    fund_evidence_fields[], fund_month_fields[], fund_no_fields[];

/* fund_pages.c */
struct err fund_index_get(struct get *g);
struct err fund_show_get(struct get *g);
struct err fund_campaign_new_get(struct get *g);
struct err fund_campaign_edit_get(struct get *g);
struct err fund_campaign_get(struct get *g);
struct err fund_campaign_post(struct post *p);
struct err fund_campaign_edit_post(struct post *p);
struct err fund_account_new_get(struct get *g);
struct err fund_account_post(struct post *p);
struct err fund_book_get(struct get *g);
struct err fund_month_post(struct post *p);
struct err fund_publication_post(struct post *p);
/* fund_list_pages.c */
struct err fund_list_get(struct get *g);
/* fund_gift_pages.c */
struct err fund_gifts_get(struct get *g);
struct err fund_gift_get(struct get *g);
struct err fund_gift_new_get(struct get *g);
struct err fund_gift_post(struct post *p);
struct err fund_gift_showing_post(struct post *p);
struct err fund_gift_campaign_post(struct post *p);
struct err fund_gift_refund_post(struct post *p);
struct err fund_gift_receipt_post(struct post *p);
struct err fund_gift_receipt_get(struct get *g);
/* fund_statement_pages.c */
struct err fund_statements_get(struct get *g);
struct err fund_statement_post(struct post *p);
struct err fund_statement_get(struct get *g);
struct err fund_entry_post(struct post *p);
struct err fund_undoing_post(struct post *p);
struct err fund_transfer_get(struct get *g);
struct err fund_kind_post(struct post *p);
struct err fund_correction_post(struct post *p);
/* fund_spend_pages.c */
struct err fund_households_get(struct get *g);
struct err fund_household_get(struct get *g);
struct err fund_household_new_get(struct get *g);
struct err fund_household_edit_get(struct get *g);
struct err fund_household_post(struct post *p);
struct err fund_household_edit_post(struct post *p);
struct err fund_decisions_get(struct get *g);
struct err fund_decision_get(struct get *g);
struct err fund_decision_new_get(struct get *g);
struct err fund_decision_post(struct post *p);
struct err fund_decision_household_post(struct post *p);
struct err fund_decision_approval_post(struct post *p);
struct err fund_payment_get(struct get *g);
struct err fund_payment_transfer_post(struct post *p);
struct err fund_payment_handing_post(struct post *p);
struct err fund_payment_removal_post(struct post *p);
struct err fund_payment_evidence_post(struct post *p);
struct err fund_payment_file_get(struct get *g);
/* fund_public_pages.c */
struct err fund_public_index_get(struct get *g);
struct err fund_public_get(struct get *g);
struct err fund_public_campaign_get(struct get *g);
struct err fund_public_file_get(struct get *g);
/* fund_routes.c, fund_port.c, fund_demo.c: what the module is made of */
enum { FUND_WAITING_MOST = 100 };
extern const struct route fund_routes[];
extern const struct metric_source fund_metrics[];
extern const struct waiting_source fund_waiting[];
extern const struct told_kind fund_told_kinds[];
extern const struct search_source fund_sources[];
struct err fund_demo(struct db_write *db, struct arena *arena);
#endif
