/* Thư viện pháp luật: works of the State, the Party and the Front, their provisions with dated wording, and how they
   refer to each other. What is in force is a question about a day. Ids of works and provisions never clash, so
   /law/{id} is either. Found by everybody signed in. In the index: kind "law", one document an article, its passages
   the clauses; facets: type, issuer, topic, and state on the day of indexing.
   Interfaces of their own: law_text.h (reading legal text), law_cite.h (references), law_change.h (events), law_guard.h
   (checking citations), law_import.h. needs: org notice */
#ifndef MODULES_LAW_LAW_H
#define MODULES_LAW_LAW_H
#include "kernel/auth.h"
#include "kernel/db.h"
#include "kernel/id.h"
#include "kernel/module.h"

extern const struct module law_module;

enum law_status {
    LAW_UNKNOWN = 0, /* không xác định: not dated */
    LAW_PENDING,     /* chưa có hiệu lực */
    LAW_IN_FORCE,    /* còn hiệu lực */
    LAW_PARTLY,      /* hết hiệu lực một phần */
    LAW_SUSPENDED,   /* ngưng hiệu lực */
    LAW_EXPIRED,     /* hết hiệu lực toàn bộ */
};
struct str law_status_name(enum law_status status); /* Vietnamese */
struct str law_status_code(enum law_status status); /* in_force, partly …: facet and JSON */

/* A work as lists and headings show it. */
struct law_work_head {
    struct law_work_id id;
    struct str family, type, type_name; /* type_name: Nghị định */
    struct str code, issuer, title;
    struct str name; /* as one says it: Luật Đất đai 2024, else "Nghị định 30/2020/NĐ-CP" */
    struct date issued_on, effective_on, expired_on;
    enum law_status status; /* on the day asked about */
};
/* MISSING when there is none. */
struct err law_work_head(struct db_read *db, struct law_work_id id, struct date on, struct law_work_head *head);
/* Works that bear the number (any usual way of writing it) or the name, best first; several provinces may share a
 * number. */
struct law_work_heads {
    struct law_work_head *at;
    size_t n;
};
struct err law_work_named(struct db_read *db, struct str number_or_name, struct date on, struct law_work_heads *found);

/* The words of a place on a day. is_there false: not yet, or no more; then valid_from/valid_to say when it was. */
struct law_wording {
    struct law_provision_id provision;
    struct law_work_id work;
    struct law_version_id version;
    struct str eid, label, level;
    struct str heading, text; /* own words, verbatim */
    struct date valid_from, valid_to;
    bool is_there;
    bool is_computed; /* made by applying amendments: without legal value */
};
struct law_wordings {
    struct law_wording *at;
    size_t n;
};
/* A place by its eid; MISSING when the work has no such place. */
struct err law_wording(struct db_read *db, struct law_work_id work, struct str eid, struct date on,
                       struct law_wording *wording);
/* A place and all below it in reading order, those that stand on that day. With eid empty: the whole work. */
struct err law_wordings(struct db_read *db, struct law_work_id work, struct str eid, struct date on,
                        struct law_wordings *all);
/* "Điều 5 khoản 2 điểm đ" of an eid, and the reverse ("" when it is none). */
struct str law_eid_words(struct arena *a, struct str eid);
struct str law_eid_of_words(struct arena *a, struct str words);
#endif
