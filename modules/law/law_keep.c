#include "modules/law/law_keep.h"
#include "kernel/rights/audit.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"

enum { NOTES_MOST = 200 };
static const int64_t month_ms = INT64_C(30) * 24 * 60 * 60 * 1000;

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
                              .may_change = n->owner == g->who->person.v || n->made_by == g->who->post.v};
    if (n->eid.len) {
        x.place_link = law_link(g->arena, work.v, n->eid, (struct date){0});
    }
    return x;
}

/* The note taken away just now, from the address. */
static struct err removed_fill(struct get *g, const struct law_owners *owners, struct law_note_views *notes) {
    struct law_keep_note_row *note = NULL;
    int64_t id;
    if (!id_read(law_query(g, "removed"), &id)) {
        return OK;
    }
    TRY(law_keep_note(g->db, (struct law_keep_note_in){.id = {id}, .owners = ids_of(owners)}, &note));
    notes->removed = note && note->removed_at.ms ? note->id : (struct law_note_id){0};
    return OK;
}

struct err law_notes_fill(struct get *g, struct law_work_id work, int64_t provision, struct law_note_views *notes) {
    struct law_owners owners = law_owners(g->who);
    struct law_keep_notes_rows rows;
    *notes = (struct law_note_views){0};
    TRY(law_keep_notes(
        g->db,
        (struct law_keep_notes_in){.work = work, .owners = ids_of(&owners), .place = provision, .most = NOTES_MOST},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, notes, note_of(g, &rows.at[i], work));
    }
    return removed_fill(g, &owners, notes);
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

struct err law_place_there(struct db_write *db, struct law_work_id work, struct str eid,
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
    TRY(law_place_there(db, n->work, n->eid, &place));
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

/* The note, when this person may change it. */
static struct err note_mine(struct db_write *db, const struct who *who, struct law_note_id id,
                            struct law_keep_note_row **note, struct law_note_at *at) {
    struct law_owners owners = law_owners(who);
    TRY(law_keep_note(db_reading(db), (struct law_keep_note_in){.id = id, .owners = ids_of(&owners)}, note));
    if (!*note) {
        return FAIL(ERR_MISSING, "no such note, or another's");
    }
    *at = (struct law_note_at){(*note)->work, (*note)->eid};
    bool may = (*note)->owner == who->person.v || (*note)->made_by == who->post.v;
    return may ? OK : FAIL(ERR_DENIED, "a unit's note is changed by who wrote it");
}

struct err law_note_change(struct db_write *db, const struct who *who, struct law_note_id id, int64_t version,
                           struct str words, struct law_note_at *at) {
    struct law_keep_note_row *note;
    TRY(note_mine(db, who, id, &note, at));
    if (note->removed_at.ms) {
        return FAIL(ERR_MISSING, "the note was taken away");
    }
    int64_t changed;
    struct law_keep_note_write_in in = {.id = id, .version = version, .words = words, .changed_at = clock_now()};
    TRY(law_keep_note_write(db, in, &changed));
    if (!changed) {
        return org_stale(db_reading(db), version, note->made_by, note->changed_at);
    }
    return noted(db, S("law.note_change"), note->work.v, named_json(db_write_arena(db), "note", id.v));
}

struct err law_note_remove(struct db_write *db, const struct who *who, struct law_note_id id, struct law_note_at *at) {
    struct law_keep_note_row *note;
    struct instant now = clock_now();
    TRY(note_mine(db, who, id, &note, at));
    TRY(law_keep_notes_forget(db, (struct law_keep_notes_forget_in){.owner = note->owner, .before = now.ms - month_ms},
                              NULL));
    TRY(law_keep_note_remove(db, (struct law_keep_note_remove_in){.id = id, .removed_at = now}, NULL));
    return noted(db, S("law.note_remove"), note->work.v, named_json(db_write_arena(db), "note", id.v));
}

struct err law_note_restore(struct db_write *db, const struct who *who, struct law_note_id id, struct law_note_at *at) {
    struct law_keep_note_row *note;
    TRY(note_mine(db, who, id, &note, at));
    TRY(law_keep_note_remove(db, (struct law_keep_note_remove_in){.id = id}, NULL));
    return noted(db, S("law.note_restore"), note->work.v, named_json(db_write_arena(db), "note", id.v));
}
