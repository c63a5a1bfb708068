/* Collections of works and places, of a person or of a unit, shared with others to read or to write. What a post may do
   is said by grants on the collection. Each change has its audit entry. needs: org */
#ifndef MODULES_LAW_LAW_COLLECT_H
#define MODULES_LAW_LAW_COLLECT_H
#include "kernel/rights/access.h"
#include "kernel/http/http.h"
#include "modules/law/law.h"
#include "modules/law/law_collect_queries.h"
#include "modules/law/law_keep_view.h"

/* MISSING to who may not read it, and when it was removed; DENIED to who may read but not do this. */
struct err law_collection_find(struct db_read *db, const struct who *who, struct law_collection_id id, unsigned can,
                               struct law_collect_find_row **c);
struct err law_collection_make(struct db_write *db, const struct who *who, struct str name, bool is_unit,
                               struct law_collection_id *id);
/* CONFLICT at "version" when it is no longer in that state. */
struct err law_collection_rename(struct db_write *db, const struct who *who, struct law_collection_id id,
                                 int64_t version, struct str name);
/* For a month it can be brought back, with all that is in it. */
struct err law_collection_remove(struct db_write *db, const struct who *who, struct law_collection_id id);
struct err law_collection_restore(struct db_write *db, const struct who *who, struct law_collection_id id);
/* With a unit, a post or a person; once more changes the right. Told behind their bell. INVALID: no such principal. */
struct err law_collection_share(struct db_write *db, const struct who *who, struct law_collection_id id,
                                int64_t principal, bool is_writer);
struct err law_collection_unshare(struct db_write *db, const struct who *who, struct law_collection_id id,
                                  int64_t principal);
/* Adding what is in it already changes nothing. */
struct err law_item_keep(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_work_id work, struct str eid);
struct law_item_gone {
    struct law_work_id work;
    struct law_provision_id provision;
};
struct err law_item_drop(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_collection_item_id item, struct law_item_gone *gone);

/* Those the post may put a work into, and whether the work, or the place, is in them. */
struct err law_collections_fill(struct get *g, struct law_work_id work, int64_t provision,
                                struct law_collection_choices *choices);
/* Whose it is, as the reader says it: mine alone, my unit's, another's name. */
struct str law_collection_owner(const struct who *who, int64_t owner, struct str name);
#endif
