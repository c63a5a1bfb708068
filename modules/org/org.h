/* The organisation: units and how they stand to each other, people, the posts they hold, and the working-day calendar.
   Ids of units, posts, people and role groups are principals of kernel/access.
   needs: db file http index kernel out page place read rights search/words shell queue
   shows: org_calendar */
#ifndef MODULES_ORG_ORG_H
#define MODULES_ORG_ORG_H
#include "kernel/rights/auth.h"
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "modules/org/org_calendar.h"

extern const struct module org_module;
extern const struct auth_org org_auth;

enum org_sign { ORG_SIGN_TM = 1, ORG_SIGN_KT = 2, ORG_SIGN_TL = 4, ORG_SIGN_TUQ = 8 };
/* What an edge lets its upper end do with what the lower end holds. */
enum org_permit { ORG_PERMIT_FIGURES = 1, ORG_PERMIT_SEND = 2, ORG_PERMIT_READ = 4, ORG_PERMIT_DIRECT = 8 };

/* --- Finding ------------------------------------------------------------------------------------------------- */
struct org_unit {
    struct unit_id id;
    struct unit_id organ; /* its own id when it is an organ */
    struct unit_id parent;
    struct str code, kind, level;
    struct str name;       /* Ủy ban Mặt trận Tổ quốc Việt Nam phường Lê Chân */
    struct str short_name; /* MTTQ phường Lê Chân */
    struct str notation;   /* MTTQ-BTT */
    struct date from_on, until_on;
};
struct org_person {
    struct person_id id;
    struct str name, address, phone, email;
};
struct org_post {
    struct post_id id;
    struct person_id person;
    struct unit_id unit, organ;
    struct str title; /* Văn thư */
    struct str person_name;
    struct str unit_name;  /* short */
    struct str organ_name; /* short */
    uint64_t roles;
    unsigned signs; /* enum org_sign */
    struct date from_on;
    struct date until_on; /* the earlier of its own and its term's end; none: until further notice */
    bool is_in_force;     /* today */
};
/* MISSING when there is none; closed and ended ones are found. */
struct err org_unit(struct db_read *db, struct unit_id id, struct org_unit *unit);
struct err org_person(struct db_read *db, struct person_id id, struct org_person *person);
struct err org_post(struct db_read *db, struct post_id id, struct org_post *post);
/* CONFLICT at the field "version", for a form (kernel/page/form.h) whose record was changed after the person opened it:
   says by which post and when, or asks to compare when no version was sent. The other looks for both in the audit
   trail, as audit_last does. */
struct audit;
struct err org_stale(struct db_read *db, int64_t version, int64_t post, struct instant at);
struct err org_stale_audited(struct db_read *db, int64_t version, const struct audit *of);
/* The committee or organisation a unit belongs to (itself when it is one). */
struct err org_organ(struct db_read *db, struct unit_id unit, struct unit_id *organ);
struct err org_unit_by_code(struct db_read *db, struct str code,
                            struct unit_id *unit); /* 0 when none; a standing one first */
/* By its full or short name, diacritics and case aside; a standing one before a closed one. 0 when none or several fit.
 */
struct err org_unit_named(struct db_read *db, struct str name, struct unit_id *unit);
/* Today's units an old one became (itself when it stands). share 0: no source says. */
struct org_successor {
    struct unit_id unit;
    struct str name;
    double share;
};
struct org_successors {
    struct org_successor *at;
    size_t n;
};
struct err org_successors(struct db_read *db, struct unit_id old, struct org_successors *today);

/* --- Principals ---------------------------------------------------------------------------------------------- */
/* The role group of an organ: every post of the organ in force with this role. MISSING when organ is no organ. */
struct err org_group(struct db_read *db, struct unit_id organ, enum role role, int64_t *principal);

enum org_principal_kind { ORG_NOBODY = 0, ORG_PERSON, ORG_POST, ORG_UNIT, ORG_GROUP };
struct org_principal {
    int64_t id;
    enum org_principal_kind kind;
    struct str name;     /* Trần Minh · Ban Phong trào · Văn thư */
    struct str words;    /* Chuyên viên · Ban Phong trào */
    struct unit_id unit; /* the unit itself, or the post's; 0 for a person */
    struct unit_id organ;
};
/* Kind ORG_NOBODY when the id is none of ours. */
struct err org_principal(struct db_read *db, int64_t id, struct org_principal *principal);

struct org_principals {
    struct org_principal *at;
    size_t n;
};
/* Whom one may assign to: the units of the organ that stand, and the posts in force there, that fit what was typed
   (any parts of name, title or unit, with or without diacritics; empty: the first ones). Units first, then people by
   name. */
struct err org_assignable(struct db_read *db, struct unit_id organ, struct str typed, int64_t limit,
                          struct org_principals *found);
/* Units of the whole organisation by name or code, standing ones first. */
struct err org_units_like(struct db_read *db, struct str typed, int64_t limit, struct org_principals *found);
/* People of the whole organisation by any parts of the name, in the order of names. */
struct err org_people_like(struct db_read *db, struct str typed, int64_t limit, struct org_principals *found);
/* Posts in force in the organ with any of these roles, in order of office. */
struct err org_posts_with(struct db_read *db, struct unit_id organ, uint64_t roles, struct org_principals *found);
/* The posts in force a principal stands for today: those who are to be told. */
struct org_post_ids {
    struct post_id *at;
    size_t n;
};
struct err org_posts_of(struct db_read *db, int64_t principal, struct org_post_ids *posts);

/* Fixed rows: calendar, rules, the daily job. Safe to run again. */
struct err org_seed(struct db_write *db, struct arena *arena);
/* The 114 communes of Hải Phòng and what they were before 1/7/2025. CONFLICT when there are places already. */
struct err org_places(struct db_write *db, struct arena *arena);
/* The demonstration city: committees, organisations, some four hundred invented people, five accounts. */
struct err org_demo(struct db_write *db, struct arena *arena);
#endif
