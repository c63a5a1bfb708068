#include "modules/law/law_keep.h"
#include "kernel/audit.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"

enum { NOTES_MOST = 100, COLLECTIONS_MOST = 100 };

struct law_owners law_owners(const struct who *who) {
    struct law_owners o = {{who->person.v, who->unit.v}, who->unit.v ? 2 : 1};
    return o;
}

static struct db_ids ids_of(const struct law_owners *o) { return (struct db_ids){o->at, o->n}; }

/* ---- Reading. */
static struct law_note_view note_of(struct get *g, const struct law_keep_notes_row *n, struct law_work_id work) {
    struct law_note_view x = {.id = n->id,
                              .words = n->words,
                              .changed_at = n->changed_at,
                              .is_unit = n->owner != g->who->person.v,
                              .place = law_place_words(g->arena, n->eid),
                              .may_remove = n->owner == g->who->person.v || n->made_by == g->who->post.v};
    if (n->eid.len) {
        x.place_link = law_link(g->arena, work.v, n->eid, (struct date){0});
    }
    return x;
}

struct err law_notes_fill(struct get *g, struct law_work_id work, int64_t provision, struct law_note_views *notes) {
    struct law_owners owners = law_owners(g->who);
    struct law_keep_notes_rows rows;
    *notes = (struct law_note_views){0};
    TRY(law_keep_notes(g->db, (struct law_keep_notes_in){.work = work, .owners = ids_of(&owners), .most = NOTES_MOST},
                       &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!provision || rows.at[i].provision.v == provision) {
            LIST_ADD(g->arena, notes, note_of(g, &rows.at[i], work));
        }
    }
    return OK;
}

struct err law_collections_fill(struct get *g, struct law_work_id work, int64_t provision,
                                struct law_collection_choices *choices) {
    struct law_owners owners = law_owners(g->who);
    struct law_keep_collections_rows rows;
    struct law_keep_collections_with_rows with;
    *choices = (struct law_collection_choices){0};
    TRY(law_keep_collections(
        g->db, (struct law_keep_collections_in){.owners = ids_of(&owners), .most = COLLECTIONS_MOST}, &rows));
    TRY(law_keep_collections_with(
        g->db, (struct law_keep_collections_with_in){.owners = ids_of(&owners), .work = work, .place = provision},
        &with));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_collection_choice c = {
            .id = rows.at[i].id, .name = rows.at[i].name, .is_unit = rows.at[i].owner != g->who->person.v};
        for (size_t k = 0; k < with.n; k++) {
            c.is_in = c.is_in || with.at[k].collection.v == c.id.v;
        }
        LIST_ADD(g->arena, choices, c);
    }
    return OK;
}

/* ---- Writing. */
static struct err noted(struct db_write *db, struct str verb, int64_t record, struct str after) {
    return audit_note(db, &(struct audit){.verb = verb, .kind = S("law"), .record = record, .after = after});
}

static struct str named_json(struct arena *a, const char *key, int64_t value) {
    return str_format(a, "{\"%s\":\"%lld\"}", key, (long long)value);
}

static struct err work_there(struct db_write *db, struct law_work_id id) {
    struct law_read_work_row *w;
    TRY(law_read_work(db_reading(db), (struct law_read_work_in){.id = id}, &w));
    return w ? OK : FAIL(ERR_MISSING, "no such work");
}

/* The place of an eid; none for the whole work. */
static struct err place_there(struct db_write *db, struct law_work_id work, struct str eid,
                              struct law_provision_id *place) {
    struct law_read_place_row *p = NULL;
    *place = (struct law_provision_id){0};
    TRY(work_there(db, work));
    if (!eid.len) {
        return OK;
    }
    TRY(law_read_place(db_reading(db), (struct law_read_place_in){.work = work, .eid = eid}, &p));
    if (!p) {
        return FAIL(ERR_MISSING, "no such place");
    }
    *place = p->id;
    return OK;
}

struct err law_watch_begin(struct db_write *db, const struct who *who, struct law_work_id work, struct str topic) {
    struct law_watch_id id = {id_new()};
    struct law_keep_watch_of_row *one = NULL;
    struct law_keep_watch_of_topic_row *other = NULL;
    if (work.v) {
        TRY(work_there(db, work));
        TRY(law_keep_watch_of(db_reading(db), (struct law_keep_watch_of_in){.post = who->post.v, .work = work}, &one));
    } else {
        TRY(law_keep_watch_of_topic(db_reading(db),
                                    (struct law_keep_watch_of_topic_in){.post = who->post.v, .topic = topic}, &other));
    }
    if (one || other) {
        return OK;
    }
    TRY(law_keep_watch_add(db,
                           (struct law_keep_watch_add_in){
                               .id = id, .post = who->post.v, .work = work, .topic = topic, .made_at = clock_now()},
                           NULL));
    return noted(db, S("law.watch"), work.v ? work.v : id.v, named_json(db_write_arena(db), "watch", id.v));
}

struct err law_watch_stop(struct db_write *db, const struct who *who, struct law_watch_id id) {
    struct law_keep_watch_end_row *gone;
    TRY(law_keep_watch_end(db, (struct law_keep_watch_end_in){.id = id, .post = who->post.v}, &gone));
    if (!gone) {
        return FAIL(ERR_MISSING, "no such watch, or another's");
    }
    return noted(db, S("law.unwatch"), gone->work.v ? gone->work.v : id.v,
                 named_json(db_write_arena(db), "watch", id.v));
}

struct err law_note_write(struct db_write *db, const struct who *who, const struct law_note_new *n) {
    struct law_note_id id = {id_new()};
    struct law_provision_id place;
    TRY(place_there(db, n->work, n->eid, &place));
    TRY(law_keep_note_add(db,
                          (struct law_keep_note_add_in){.id = id,
                                                        .owner = n->is_unit ? who->unit.v : who->person.v,
                                                        .work = n->work,
                                                        .provision = place,
                                                        .words = n->words,
                                                        .made_by = who->post.v,
                                                        .made_at = clock_now()},
                          NULL));
    return noted(db, S("law.note"), n->work.v, named_json(db_write_arena(db), "note", id.v));
}

struct err law_note_remove(struct db_write *db, const struct who *who, struct law_note_id id,
                           struct law_work_id *work) {
    struct law_owners owners = law_owners(who);
    struct law_keep_note_row *note;
    TRY(law_keep_note(db_reading(db), (struct law_keep_note_in){.id = id, .owners = ids_of(&owners)}, &note));
    if (!note) {
        return FAIL(ERR_MISSING, "no such note, or another's");
    }
    if (note->owner != who->person.v && note->made_by != who->post.v) {
        return FAIL(ERR_DENIED, "a unit's note is taken away by who wrote it");
    }
    *work = note->work;
    TRY(law_keep_note_end(db, (struct law_keep_note_end_in){.id = id}, NULL));
    return noted(db, S("law.note_remove"), note->work.v, named_json(db_write_arena(db), "note", id.v));
}

struct err law_collection_make(struct db_write *db, const struct who *who, struct str name, bool is_unit,
                               struct law_collection_id *id) {
    *id = (struct law_collection_id){id_new()};
    TRY(law_keep_collection_add(db,
                                (struct law_keep_collection_add_in){.id = *id,
                                                                    .owner = is_unit ? who->unit.v : who->person.v,
                                                                    .name = name,
                                                                    .made_by = who->post.v,
                                                                    .made_at = clock_now()},
                                NULL));
    return noted(db, S("law.collection"), id->v, S(""));
}

static struct err collection_mine(struct db_write *db, const struct who *who, struct law_collection_id id,
                                  bool is_whole) {
    struct law_owners owners = law_owners(who);
    struct law_keep_collection_row *c;
    TRY(law_keep_collection(db_reading(db), (struct law_keep_collection_in){.id = id, .owners = ids_of(&owners)}, &c));
    if (!c) {
        return FAIL(ERR_MISSING, "no such collection, or another's");
    }
    bool may = !is_whole || c->owner == who->person.v || c->made_by == who->post.v;
    return may ? OK : FAIL(ERR_DENIED, "a unit's collection is renamed and removed by who made it");
}

struct err law_collection_rename(struct db_write *db, const struct who *who, struct law_collection_id id,
                                 struct str name) {
    TRY(collection_mine(db, who, id, true));
    TRY(law_keep_collection_name(db, (struct law_keep_collection_name_in){.id = id, .name = name}, NULL));
    return noted(db, S("law.collection_rename"), id.v, S(""));
}

struct err law_collection_remove(struct db_write *db, const struct who *who, struct law_collection_id id) {
    TRY(collection_mine(db, who, id, true));
    TRY(law_keep_collection_empty(db, (struct law_keep_collection_empty_in){.collection = id}, NULL));
    TRY(law_keep_collection_end(db, (struct law_keep_collection_end_in){.id = id}, NULL));
    return noted(db, S("law.collection_remove"), id.v, S(""));
}

struct err law_item_keep(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_work_id work, struct str eid) {
    struct law_provision_id place;
    struct law_keep_item_row *there;
    TRY(collection_mine(db, who, id, false));
    TRY(place_there(db, work, eid, &place));
    TRY(law_keep_item(db_reading(db), (struct law_keep_item_in){.collection = id, .work = work, .place = place.v},
                      &there));
    if (there) {
        return OK;
    }
    TRY(law_keep_item_add(
        db,
        (struct law_keep_item_add_in){
            .id = {id_new()}, .collection = id, .work = work, .provision = place, .added_at = clock_now()},
        NULL));
    return noted(db, S("law.collection_add"), id.v, named_json(db_write_arena(db), "work", work.v));
}

struct err law_item_drop(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_collection_item_id item, struct law_item_gone *gone) {
    struct law_keep_item_end_row *row;
    TRY(collection_mine(db, who, id, false));
    TRY(law_keep_item_end(db, (struct law_keep_item_end_in){.id = item, .collection = id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such item");
    }
    *gone = (struct law_item_gone){row->work, row->provision};
    return noted(db, S("law.collection_drop"), id.v, named_json(db_write_arena(db), "work", row->work.v));
}
