/* What people keep of the library: watches of a post, notes and collections of a person or of a unit. */
#ifndef MODULES_LAW_LAW_KEEP_H
#define MODULES_LAW_LAW_KEEP_H
#include "kernel/http.h"
#include "modules/law/law.h"
#include "modules/law/law_view.h"

/* The person, and the unit of the post that is worn. */
struct law_owners {
    int64_t at[2];
    size_t n;
};
struct law_owners law_owners(const struct who *who);

/* Newest first; provision 0: of the whole work and all its places. */
struct err law_notes_fill(struct get *g, struct law_work_id work, int64_t provision, struct law_note_views *notes);
struct err law_collections_fill(struct get *g, struct law_work_id work, int64_t provision,
                                struct law_collection_choices *choices);

/* Writing, each with its audit entry. Of others' things: MISSING. */
struct err law_watch_begin(struct db_write *db, const struct who *who, struct law_work_id work, struct str topic);
struct err law_watch_stop(struct db_write *db, const struct who *who, struct law_watch_id id);
struct law_note_new {
    struct law_work_id work;
    struct str eid, words;
    bool is_unit;
};
struct err law_note_write(struct db_write *db, const struct who *who, const struct law_note_new *n);
struct err law_note_remove(struct db_write *db, const struct who *who, struct law_note_id id, struct law_work_id *work);
struct err law_collection_make(struct db_write *db, const struct who *who, struct str name, bool is_unit,
                               struct law_collection_id *id);
struct err law_collection_rename(struct db_write *db, const struct who *who, struct law_collection_id id,
                                 struct str name);
struct err law_collection_remove(struct db_write *db, const struct who *who, struct law_collection_id id);
/* Adding what is in it already changes nothing. */
struct err law_item_keep(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_work_id work, struct str eid);
struct law_item_gone {
    struct law_work_id work;
    struct law_provision_id provision;
};
struct err law_item_drop(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_collection_item_id item, struct law_item_gone *gone);
#endif
