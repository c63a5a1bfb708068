/* Lấy ý kiến, góp ý: a draft is put before people clause by clause for a time; what they say on the portal, in a
   meeting, on paper or as an organisation is gathered into themes, each answered once with a verdict and a reason; it
   is not closed while one opinion is unanswered, opening and publishing take two people, and everybody with a code sees
   what became of theirs. needs: db erase http index kernel law org out page port read receipt record rights
   search/words shell thread */
#ifndef MODULES_CONSULT_CONSULT_H
#define MODULES_CONSULT_CONSULT_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/db/ids/consult_item.h"
#include "kernel/db/ids/consult_opinion.h"
#include "kernel/db/ids/consult_theme.h"
#include "kernel/module.h"
#include "kernel/record/move.h"

extern const struct module consult_module;

/* ---- Asking */
struct consult_new {
    struct str title, lead, drafter, asked, draft;
    bool is_public;
    struct date closes_on, answer_on;
};
/* Reads the draft into its clauses. INVALID at the form's field. */
struct err consult_add(struct db_write *db, const struct who *who, const struct consult_new *item,
                       struct consult_item_id *id);
/* Only while it is prepared; CONFLICT when somebody else was quicker. */
struct err consult_change(struct db_write *db, const struct who *who, struct consult_item_id id,
                          const struct consult_new *item, int64_t version);

/* ---- Moves: opening and publishing are given by another person than who asked for them. */
extern const struct move consult_moves[];
struct err consult_act(struct db_write *db, const struct who *who, struct consult_item_id id, const char *verb,
                       struct str text);

/* ---- What is said */
struct consult_said {
    struct consult_item_id item;
    int64_t clause; /* n; 0: the whole */
    struct str via; /* web meeting paper organisation */
    struct str source, stance, text, name, place;
    int64_t people;
};
/* by NULL: the person, on the portal, while it is open; else the office, also while it is answered. */
struct err consult_say(struct db_write *db, const struct who *by, const struct consult_said *said,
                       struct consult_opinion_id *id);

/* ---- Answering */
struct consult_grouping {
    struct db_ids opinions; /* of one clause */
    int64_t theme;          /* one that is there; 0: a new one, called title */
    struct str title;
};
struct err consult_group(struct db_write *db, const struct who *who, struct consult_item_id id,
                         const struct consult_grouping *grouping, struct consult_theme_id *theme);
struct err consult_part(struct db_write *db, const struct who *who, struct consult_item_id id,
                        struct consult_opinion_id opinion);
struct consult_answer_new {
    struct str title, verdict, reason, wording;
    int64_t version;
};
struct err consult_answer(struct db_write *db, const struct who *who, struct consult_item_id id,
                          struct consult_theme_id theme, const struct consult_answer_new *answer);

/* ---- For the portal's front: what is open now. The stamp grows whenever that may have changed. */
struct consult_front_line {
    struct str title, drafter;
    struct link link;
    struct date closes_on;
};
struct consult_front {
    LIST(struct consult_front_line) lines;
};
struct err consult_front(struct db_read *db, size_t most, struct consult_front *front);
struct err consult_stamp(struct db_read *db, int64_t *stamp);
#endif
