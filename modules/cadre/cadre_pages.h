/* The handlers of this module's pages, for its route table, and what they share. Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_PAGES_H
#define MODULES_CADRE_CADRE_PAGES_H
#include "kernel/http/http.h"
#include "kernel/index/feed.h"
#include "kernel/module.h"
#include "kernel/page/form.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/cadre/cadre_record.h"
#include "modules/cadre/cadre_view.h"

enum { CADRE_ON_A_PAGE = 50 };

extern const struct route cadre_routes[];
extern const struct field cadre_new_fields[], cadre_place_fields[], cadre_look_fields[], cadre_entry_fields[],
    cadre_change_fields[], cadre_gone_fields[], cadre_propose_fields[], cadre_propose_change_fields[],
    cadre_no_fields[], cadre_reject_fields[], cadre_print_fields[], cadre_committee_fields[],
    cadre_committee_edit_fields[], cadre_nominee_fields[];

/* The record of {id}, as far as the post may see it. */
struct err cadre_seat_of(struct get *g, struct cadre_seat *seat);
struct err cadre_seat_of_post(struct post *p, struct cadre_seat *seat);
/* "10/05/1970", "05/1970", "1970" of 1970-05-10, 1970-05, 1970. */
struct str cadre_day_shown(struct arena *a, struct str iso);
bool cadre_has_field(const struct form *f, const char *name);
struct str cadre_state_words(struct str state);
struct str cadre_post_name(struct db_read *db, int64_t post);
/* The word of an enum's code in a group of fields. */
struct err cadre_boards_options(struct get *g, int64_t organ, int64_t chosen, struct pick_options *out);
struct err cadre_people_options(struct get *g, int64_t organ, int64_t chosen, struct pick_options *out);
/* The tabs above lists, for personnel; nobody else has any. */
enum cadre_tab { CADRE_TAB_RECORDS, CADRE_TAB_DUE, CADRE_TAB_WAVE, CADRE_TAB_PROPOSALS, CADRE_TAB_COMMITTEES };
struct err cadre_tabs(struct get *g, enum cadre_tab current, bool is_keeper, struct tabs *tabs);
struct err cadre_due_counts(struct db_read *db, const struct who *who, int64_t *counts);
enum { CADRE_LISTS = 5 };
/* The first and last day of a list today; late ones are in it. */
void cadre_due_days(struct arena *a, const struct cadre_list *list, struct str *from, struct str *to);

/* Entries as pages show them, and forms of a group as pages draw and read them. */
struct link cadre_group_link(struct arena *a, int64_t cadre, struct str group);
/* The questions of a group: with what was saved, or what was typed when the form came back. */
struct cadre_questions {
    LIST(struct fill_cell) cells;
    LIST(struct fill_fault) faults;
};
void cadre_questions_fill(struct get *g, const struct cadre_group *group, struct fields_said_list saved,
                          struct cadre_questions *out);
/* What was sent, judged; INVALID with a sentence when something is wrong: the faults come back at their fields. */
struct err cadre_sent_read(struct post *p, const struct cadre_group *group, struct fields_state **state);

struct err cadre_index_get(struct get *g);
struct err cadre_new_get(struct get *g);
struct err cadre_new_post(struct post *p);
struct err cadre_show_get(struct get *g);
struct err cadre_place_get(struct get *g);
struct err cadre_place_post(struct post *p);
struct err cadre_group_get(struct get *g);
struct err cadre_look_post(struct post *p);
struct err cadre_entry_new_get(struct get *g);
struct err cadre_entry_post(struct post *p);
struct err cadre_entry_get(struct get *g);
struct err cadre_change_post(struct post *p);
struct err cadre_removal_post(struct post *p);
struct err cadre_propose_get(struct get *g);
struct err cadre_propose_post(struct post *p);
struct err cadre_propose_change_get(struct get *g);
struct err cadre_propose_change_post(struct post *p);
struct err cadre_proposal_get(struct get *g);
struct err cadre_proposal_file_get(struct get *g);
struct err cadre_acceptance_post(struct post *p);
struct err cadre_rejection_post(struct post *p);
struct err cadre_withdrawal_post(struct post *p);
struct err cadre_proposals_get(struct get *g);
struct err cadre_prints_get(struct get *g);
struct err cadre_print_post(struct post *p);
struct err cadre_print_get(struct get *g);
struct err cadre_due_get(struct get *g);
struct err cadre_wave_get(struct get *g);
struct err cadre_committees_get(struct get *g);
struct err cadre_committee_new_get(struct get *g);
struct err cadre_committee_new_post(struct post *p);
struct err cadre_committee_get(struct get *g);
struct err cadre_committee_edit_get(struct get *g);
struct err cadre_committee_edit_post(struct post *p);
struct err cadre_nominee_post(struct post *p);
struct err cadre_nominee_removal_post(struct post *p);
struct err cadre_committee_closing_post(struct post *p);

/* cadre_port.c, cadre_demo.c: what the module is made of */
extern const struct metric_source cadre_metrics[];
extern const struct waiting_source cadre_waiting[];
extern const struct told_kind cadre_told[];
extern const struct search_source cadre_sources[];
struct erase;
struct err cadre_forget(struct db_write *db, const struct erase *e);
struct err cadre_demo(struct db_write *db, struct arena *arena);
#endif
