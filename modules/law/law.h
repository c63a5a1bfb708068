/* Thư viện pháp luật: works of the State, the Party and the Front, their provisions with dated wording, and how they
   refer to each other. What is in force is a question about a day. Ids of works and provisions never clash, so
   /law/{id} is either. Found by everybody signed in. In the index: kind "law", one document an article, its passages
   the clauses; facets: type, issuer, topic, and state on the day of indexing.
   Interfaces of their own: law_text.h (reading legal text), law_cite.h (references), law_change.h (events), law_guard.h
   (checking citations), law_import.h.
   needs: db document erase file http index kernel org out page read rights search search/words shell queue
   shows: law_diff law_text */
#ifndef MODULES_LAW_LAW_H
#define MODULES_LAW_LAW_H
#include "base/list.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "kernel/db/ids/law_provision.h"
#include "kernel/db/ids/law_version.h"
#include "kernel/db/ids/law_work.h"
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
struct str law_status_tone(enum law_status status); /* the colour of its tag; none when unknown */
struct str law_status_code(enum law_status status); /* in_force, partly …: facet and JSON */

/* What the status on a day is counted from, as kept with the work (law_force.h keeps it). */
struct law_force {
    struct date effective_on, expired_on, ended_on, partly_on, suspended_on, resumed_on;
    struct str declared;
    struct date declared_on;
};
/* From a row of any query that gives the work's columns of these names. */
#define LAW_FORCE_OF(row)                                                                                              \
    ((struct law_force){.effective_on = (row)->effective_on,                                                           \
                        .expired_on = (row)->expired_on,                                                               \
                        .ended_on = (row)->ended_on,                                                                   \
                        .partly_on = (row)->partly_on,                                                                 \
                        .suspended_on = (row)->suspended_on,                                                           \
                        .resumed_on = (row)->resumed_on,                                                               \
                        .declared = (row)->declared,                                                                   \
                        .declared_on = (row)->declared_on})
/* Dates and events first; what the source declares, where they say nothing. What is not dated, or dated to end before
   it begins, is never in force. */
enum law_status law_status_on(const struct law_force *force, struct date on);
/* The first day without force of the whole; none when there is no end. */
struct date law_force_end(const struct law_force *force);

/* How one says a work: "Luật Đất đai 2024", "Nghị định 30/2020/NĐ-CP", else its title. */
struct str law_name(struct arena *a, struct str type, struct str code, struct str short_title, struct str title,
                    struct date issued_on);

/* A type of modules/law/types.tsv; rank 1 is the highest authority. False when there is none of that code or name. */
struct law_type {
    struct str code, name, family, source;
    int rank;
};
bool law_type_by_code(struct str code, struct law_type *type);
bool law_type_by_name(struct str name, struct law_type *type); /* in any case, with or without diacritics */
bool law_type_at(size_t i, struct law_type *type);             /* in the order of the file */
/* The name of a topic of modules/law/topics.tsv: "an-ninh-quoc-gia" is "An ninh quốc gia"; its own code when unknown.
 */
struct str law_topic_name(struct str topic);

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

/* The words of a place on a day, in the line of original and computed wordings. is_there false: not yet, or no more;
   then the nearest words are given, and valid_from/valid_to say when they stood. Words without dates are there on any
   day (the status of their work says that force is unknown). */
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
/* Where a place stands, whatever is in force; MISSING when the id is no place's. */
struct law_where {
    struct law_work_id work;
    struct str eid;
};
struct err law_where(struct db_read *db, struct law_provision_id id, struct law_where *where);
/* The place a search box names: "Đ5 K2 NĐ168/2024", "dieu 5 nghi dinh 168/2024/nd-cp", "khoản 3 Điều 2 Luật An ninh
   mạng". work is 0 when the words are no such thing, or the library has no such document; the place may not be there.
 */
struct err law_typed(struct db_read *db, struct str words, struct date on, struct law_where *where);
/* The act in force on that day that ended the place, or its whole work; 0 when none is known. */
struct err law_ended_by(struct db_read *db, struct law_provision_id place, struct date on, struct law_work_id *act);
/* The documents a text names, in its order, and the places of them it names: "khoản 2 Điều 5 Luật An ninh mạng". */
struct law_named {
    size_t from, to;         /* bytes of the text: type, name and number */
    struct law_work_id work; /* 0: the library has none */
    struct str name;         /* as written, without its number */
    bool is_weak;            /* may be no name at all ("Luật quy định") */
    bool is_shared;          /* others bear the name, and the text does not say by a year which */
    LIST(struct str) eids;
};
struct law_nameds {
    struct law_named *at;
    size_t n, most;
};
struct err law_named_in(struct db_read *db, struct str text, struct date on, struct law_nameds *out);
/* "Điều 5 khoản 2 điểm đ" of an eid, and the reverse ("" when it is none). */
struct str law_eid_words(struct arena *a, struct str eid);
struct str law_eid_of_words(struct arena *a, struct str words);
#endif
