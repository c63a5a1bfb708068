/* What people keep of the library: watches of a post, notes of a person or of a unit. */
#ifndef MODULES_LAW_LAW_KEEP_H
#define MODULES_LAW_LAW_KEEP_H
#include "kernel/http/http.h"
#include "modules/law/law.h"
#include "modules/law/law_keep_view.h"

/* The person, and the unit of the post that is worn. */
struct law_owners {
    int64_t at[2];
    size_t n;
};
struct law_owners law_owners(const struct who *who);

/* Newest first; provision 0: of the whole work and all its places. */
struct err law_notes_fill(struct get *g, struct law_work_id work, int64_t provision, struct law_note_views *notes);

/* Writing, each with its audit entry. Of others' things: MISSING. */
struct err law_watch_begin(struct db_write *db, const struct who *who, struct law_work_id work, struct str topic);
struct err law_watch_stop(struct db_write *db, const struct who *who, struct law_watch_id id);
struct law_note_new {
    struct law_work_id work;
    struct str eid, words;
    bool is_unit;
};
struct err law_note_write(struct db_write *db, const struct who *who, const struct law_note_new *n);
/* A unit's note is changed and taken away by who wrote it: DENIED to the others. CONFLICT at "version" when the words
   are no longer in that state. */
struct law_note_at {
    struct law_work_id work;
    struct str eid;
};
struct err law_note_change(struct db_write *db, const struct who *who, struct law_note_id id, int64_t version,
                           struct str words, struct law_note_at *at);
/* For a month it can be brought back. */
struct err law_note_remove(struct db_write *db, const struct who *who, struct law_note_id id, struct law_note_at *at);
struct err law_note_restore(struct db_write *db, const struct who *who, struct law_note_id id, struct law_note_at *at);
/* The place of an eid; none for the whole work. MISSING when either is not there. */
struct err law_place_there(struct db_write *db, struct law_work_id work, struct str eid,
                           struct law_provision_id *place);
/* The page of a place, or of the work's facts. */
struct str law_place_path(struct arena *a, int64_t work, struct str eid);
#endif
