/* Shared by the files of this module: rows of the tables as the structs of org.h, and dates in force. */
#ifndef MODULES_ORG_ORG_ROWS_H
#define MODULES_ORG_ORG_ROWS_H
#include "kernel/page/form.h"
#include "modules/org/org_change.h"
#include "modules/org/org_queries.h"

struct job;

/* The earlier of two last days, where none is never. */
struct date org_earlier(struct date a, struct date b);
/* Whether a day lies between, both included; none is open. */
bool org_in_force(struct date from, struct date until, struct date on);
/* A post from any row with the columns of org_post_by_id. */
#define ORG_POST_FROM(row)                                                                                             \
    ((struct org_post){                                                                                                \
        .id = {(row)->id.v},                                                                                           \
        .person = {(row)->person.v},                                                                                   \
        .unit = {(row)->unit.v},                                                                                       \
        .organ = {(row)->organ},                                                                                       \
        .title = (row)->title,                                                                                         \
        .person_name = (row)->person_name,                                                                             \
        .unit_name = (row)->unit_name,                                                                                 \
        .organ_name = (row)->organ_name,                                                                               \
        .roles = (uint64_t)(row)->roles,                                                                               \
        .signs = (unsigned)(row)->signs,                                                                               \
        .from_on = (row)->from_on,                                                                                     \
        .until_on = org_earlier(org_earlier((row)->until_on, (row)->term_until_on), (row)->person_until_on),           \
        .is_in_force = org_in_force(                                                                                   \
            (row)->from_on, org_earlier(org_earlier((row)->until_on, (row)->term_until_on), (row)->person_until_on),   \
            clock_today())})

/* What was typed as folded words, longest first; and the first string above all that begin with a word. */
struct org_typed {
    struct str words[8];
    size_t n;
};
struct org_typed org_typed(struct arena *a, struct str typed);
struct str org_after_prefix(struct arena *a, struct str word);
/* Whether each typed word begins a word of a folded text. */
bool org_fits(const struct org_typed *typed, struct str fold);

/* Kinds of units that are organs of their own. */
bool org_kind_is_organ(struct str kind);
/* Vietnamese, for pages and files: "Tổ chức chính trị - xã hội"; the code back from such words or from itself. */
struct str org_kind_words(struct str kind);
struct str org_level_words(struct str level);
struct str org_edge_words(struct str kind);
extern const struct choice org_edges[]; /* the kinds of edges */
struct str org_role_words(enum role role);
struct str org_roles_words(struct arena *a, uint64_t roles);
struct str org_permit_words(struct arena *a, unsigned permits);
bool org_kind_read(struct str words, struct str *kind);
bool org_level_read(struct str words, struct str *level);
bool org_roles_read(struct arena *a, struct str words, uint64_t *roles);

/* A password to begin with, easy to say aloud and to copy: no letters that look alike. */
struct str org_password_suggested(struct arena *a);
/* A line as people write it: NFC, trimmed, without runs of space. */
struct str org_line(struct arena *a, struct str s);
/* Two pairs as a small JSON object for the audit trail. */
struct str org_json(struct arena *a, const char *key1, struct str value1, const char *key2, struct str value2);
/* The words a unit or person is found by, replaced as a whole. */
struct err org_words_keep(struct db_write *db, int64_t owner, struct str kind, struct str fold);

/* Rewrites what posts count as, for the day (org_wear.c). */
struct err org_wear_post(struct db_write *db, struct post_id post, struct date on);
struct err org_wear_unit(struct db_write *db, struct unit_id unit, struct date on);
struct err org_wear_person(struct db_write *db, struct person_id person, struct date on);
/* Main edges that begin or ended: the tree is drawn anew where they stand. */
struct err org_tree_turn(struct db_write *db, struct date today);
struct err org_daily_run(struct job *job);
#endif
