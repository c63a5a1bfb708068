/* Between the files of law_store.h: the work's row, and its places. */
#ifndef MODULES_LAW_LAW_STORE_INSIDE_H
#define MODULES_LAW_LAW_STORE_INSIDE_H
#include "kernel/db/ids/law_expression.h"
#include "kernel/db/ids/law_work.h"
#include "modules/law/law_store.h"

/* Which wording the places given belong to, made when it is not there. none: another wording of this work is kept and
   these words are not taken in, only compared. */
struct law_store_wording {
    struct law_expression_id expression;
    bool is_none;
};
struct err law_store_wording(struct db_write *db, struct law_work_id work, const struct law_store *in,
                             struct law_store_wording *wording);
/* Brings the work's places to those given. Touches the articles that changed. */
struct err law_store_places(struct db_write *db, struct law_expression_id expression, const struct law_store *in,
                            struct law_stored *done);
struct err law_store_flag(struct db_write *db, struct law_work_id work, struct str kind, struct str words);

/* A published consolidation says so in its head, and names the work it consolidates with the acts worked in: about
   becomes that work's, and the words are of the last day any of them came into force. False, and nothing touched, when
   the paper is none or does not say of what. */
bool law_store_consolidates(struct arena *a, const struct law_tree *tree, struct law_store *in);

/* The kept counts (law_count): what a work counted as, and what it counts as now; NULL: it was not there. */
struct law_counted {
    struct str family, type, issuer;
};
struct err law_count_work(struct db_write *db, const struct law_counted *was, const struct law_counted *now);
struct err law_count_topic(struct db_write *db, struct str topic);
#endif
