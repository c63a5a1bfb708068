/* Changing the organisation: units, edges, people, posts, terms, delegations. Rights follow in the same transaction.
   Private to the module, the first-day setup, and tests. */
#ifndef MODULES_ORG_ORG_CHANGE_H
#define MODULES_ORG_ORG_CHANGE_H
#include "modules/org/org.h"

struct org_unit_new {
    struct str code, kind, level, name, short_name, notation;
    struct unit_id parent; /* 0: a root */
    struct str edge;       /* kind of the main edge to the parent; empty: under */
    int64_t ordinal;
    struct str phone, email, street, source;
    struct date from_on, until_on;
    int64_t version; /* of the unit that is changed */
};
/* INVALID at field code, name or parent. Kinds front, union, party, state and member are organs of their own. */
struct err org_unit_make(struct db_write *db, const struct org_unit_new *u, struct unit_id *id);
/* Names, code, notation, order and contacts anew; kind, level, place and dates stay. CONFLICT when it is no longer
   in its u->versionth state. */
struct err org_unit_change(struct db_write *db, struct unit_id id, const struct org_unit_new *u);
struct org_edge_new {
    struct str kind;
    struct unit_id from, to;
    bool is_main;
    unsigned permits;
    struct date from_on, until_on;
    struct str basis;
};
/* INVALID: a ring along main edges, an end before the beginning. A main edge ends the one in force the day before. */
struct err org_edge_make(struct db_write *db, const struct org_edge_new *e);
struct err org_edge_end(struct db_write *db, int64_t edge, struct date last);
/* Closes a unit on its last day. INVALID while it has posts in force or standing units below. */
struct err org_unit_close(struct db_write *db, struct unit_id id, struct date last);
struct err org_succeed(struct db_write *db, struct unit_id old, struct unit_id fresh, double share, struct date since,
                       struct str basis);

struct org_person_new {
    struct str code, name, address, phone, email;
    int64_t version; /* of the person who is changed */
};
struct err org_person_make(struct db_write *db, const struct org_person_new *p, struct person_id *id);
/* CONFLICT as with a unit. */
struct err org_person_change(struct db_write *db, struct person_id id, const struct org_person_new *p);
/* Leaves the service after the last day: every post ends with it. INVALID at until_on for the last administrator. */
struct err org_person_leave(struct db_write *db, struct person_id id, struct date last);
struct org_post_new {
    struct person_id person;
    struct unit_id unit;
    struct str title;
    uint64_t roles;
    unsigned signs;
    bool is_second;      /* not the person's main post */
    int64_t ordinal;     /* 0: by roles */
    int64_t term;        /* org_term, 0: none */
    struct date from_on; /* none: today */
    struct date until_on;
    struct str basis;
};
struct err org_post_give(struct db_write *db, const struct org_post_new *p, struct post_id *id);
/* INVALID at until_on when nobody would be administrator on the day after. */
struct err org_post_end(struct db_write *db, struct post_id id, struct date last);
/* Closes or opens an account, in the audit trail. INVALID for the last administrator's. */
struct err org_account_close(struct db_write *db, struct person_id id, bool is_closed);
/* The last administrator stays: begin before the change, end after it, with the field of the form to say it at. Who
   counts has an open account and, on that day and today, a post with the role. */
struct org_admin_guard {
    struct date on; /* none: today */
    bool was_there;
};
struct err org_admin_guard_begin(struct db_write *db, struct date on, struct org_admin_guard *guard);
struct err org_admin_guard_end(struct db_write *db, const struct org_admin_guard *guard, const char *field);
struct err org_term_make(struct db_write *db, struct unit_id organ, struct str name, struct date from,
                         struct date until, int64_t *term);
struct err org_term_end(struct db_write *db, int64_t term, struct date last);
struct org_delegation_new {
    struct post_id from, to;
    struct date from_on, until_on;
    struct str basis;
};
/* A written, time-limited delegation within one organ. The post that takes
   it sees and does what the other would, while it lasts. INVALID at field to, until_on or basis. */
struct err org_delegate(struct db_write *db, const struct org_delegation_new *d);
/* Writes anew what every post counts as; the daily job does it. */
struct err org_wear_all(struct db_write *db, struct date on);
#endif
