/* Records: who may see and do what, reading one, writing its entries, what follows from that; proposals. Acts: MISSING
   when the post may not see the record, DENIED when it may see but not do this, CONFLICT when somebody was quicker.
   Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_RECORD_H
#define MODULES_CADRE_CADRE_RECORD_H
#include "kernel/db/db.h"
#include "modules/cadre/cadre_check.h"
#include "modules/cadre/cadre_queries.h"
#include "kernel/rights/auth.h"

enum { CADRE_LOOK_MINUTES = 15 };
#define CADRE_PRINT S("print") /* the part a look at printed forms is written under */

/* What a post is to a record. */
struct cadre_seat {
    struct cadre_find_row *row;
    bool is_self;    /* one's own record: sees all, changes nothing, proposes */
    bool is_keeper;  /* personnel: sees what is not sensitive, the rest for a purpose, writes */
    bool may_decide; /* personnel with the last word: accepts and gives back */
};
struct err cadre_seat_find(struct db_read *db, const struct who *who, int64_t id, struct cadre_seat *seat);
/* Whether the group may be shown now: sensitive ones to personnel while a look is open. needs_purpose: asking would
   open it. */
struct err cadre_may_see(struct db_read *db, const struct who *who, const struct cadre_seat *seat,
                         const struct cadre_group *group, bool *may, bool *needs_purpose);
struct err cadre_print_is_open(struct db_read *db, const struct who *who, const struct cadre_seat *seat, bool *is_open);
/* MISSING for whom the group is not there at all. */
struct err cadre_may_ask(const struct cadre_seat *seat, const struct cadre_group *group);
/* Opens a group (or CADRE_PRINT) for CADRE_LOOK_MINUTES; the purpose goes into the trail. */
struct err cadre_look_open(struct db_write *db, const struct who *who, const struct cadre_seat *seat, struct str part,
                           struct str purpose);
/* One look at what is sensitive, into the trail; from a page. */
struct err cadre_look_note(struct db_read *db, int64_t cadre, struct str part);

/* {"part": "family", "purpose": "…"}: for the trail; an empty second name is left out. */
struct str cadre_words_json(struct arena *a, struct str name, struct str value, struct str other, struct str words);

/* All entries, judged. */
struct err cadre_whole(struct db_read *db, struct cadre_person_id id, struct cadre_whole *whole);

/* Whether the post keeps records of its organ: personnel of the city's committee, leaders and clerks elsewhere. */
struct err cadre_may_keep(struct db_read *db, const struct who *who, bool *may);
struct cadre_new {
    struct unit_id organ, unit;
    struct person_id person; /* 0: none */
    struct fields_state *identity;
    struct str basis;
    int64_t post;
};
struct err cadre_add(struct db_write *db, const struct cadre_new *n, struct cadre_person_id *id);
/* Changes unit, person and whether the cadre is still here. */
struct cadre_place {
    struct unit_id unit;
    struct person_id person;
    bool is_left;
    int64_t version;
};
struct err cadre_place(struct db_write *db, const struct cadre_seat *seat, const struct cadre_place *place);

struct cadre_write {
    const struct cadre_group *group;
    struct fields_state *state; /* judged, without faults; not read when is_gone */
    int64_t entry;              /* 0: a new one */
    int64_t version;            /* of the entry the person had before them */
    bool is_gone;
    struct str basis;
    int64_t proposal, post;
};
/* Writes an entry and what follows: the line of the list, what falls due, what contradicts itself. CONFLICT at the
   field "version" when the entry was changed meanwhile. */
struct err cadre_put(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w);
/* The entry alone, without what follows: for many at once, with cadre_follow_entries at the end. */
struct err cadre_entry_write(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w);
/* What follows from the entries. */
struct err cadre_follow_entries(struct db_write *db, struct cadre_person_id id);

/* --- Proposals --- */
struct cadre_proposal_new {
    struct cadre_write write;
    struct str words;
    int64_t file; /* 0: none */
    struct str file_name;
};
struct err cadre_propose(struct db_write *db, const struct who *who, const struct cadre_seat *seat,
                         const struct cadre_proposal_new *n, int64_t *id);
struct err cadre_accept(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t proposal);
struct err cadre_return(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t proposal,
                        struct str reason);
struct err cadre_withdraw(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t proposal);
#endif
