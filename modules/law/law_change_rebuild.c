/* The computed words of a work, made anew from its original ones and its events. */
#include "base/arena.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "modules/law/law_change_apply.h"
#include "modules/law/law_change_queries.h"
#include "modules/law/law_force.h"

struct rebuild {
    struct db_write *db;
    struct arena *arena;
    struct law_work_id work;
    struct change_state state;
    struct law_change_originals_rows originals;
    struct law_change_computed_rows computed;
    struct law_change_events_on_rows events;
    bool is_codified;
    struct date dated_on;
};

static int32_t spot_by_id(const struct change_state *s, struct law_provision_id id) {
    for (size_t i = 0; i < s->spots.n; i++) {
        if (s->spots.at[i].id.v == id.v) {
            return (int32_t)i;
        }
    }
    return -1;
}

static struct err load(struct rebuild *b) {
    struct db_read *r = db_reading(b->db);
    struct law_change_places_rows places;
    TRY(law_change_places(r, (struct law_change_places_in){.work = b->work}, &places));
    TRY(law_change_originals(r, (struct law_change_originals_in){.work = b->work}, &b->originals));
    TRY(law_change_computed(r, (struct law_change_computed_in){.work = b->work}, &b->computed));
    TRY(law_change_events_on(r, (struct law_change_events_on_in){.target_work = b->work}, &b->events));
    for (size_t i = 0; i < places.n; i++) {
        *LIST_PUSH(b->arena, &b->state.spots) = (struct change_spot){.id = places.at[i].id,
                                                                     .eid = places.at[i].eid,
                                                                     .label = places.at[i].label,
                                                                     .sort_key = places.at[i].sort_key,
                                                                     .level = law_level_of_code(places.at[i].level),
                                                                     .parent = -1};
    }
    /* A parent's key comes before its children's. */
    for (size_t i = 0; i < places.n; i++) {
        b->state.spots.at[i].parent = places.at[i].parent.v ? spot_by_id(&b->state, places.at[i].parent) : -1;
    }
    return OK;
}

/* The original words, as open as they were before any event. */
static void originals_take(struct rebuild *b) {
    int32_t spot = -1;
    for (size_t i = 0; i < b->originals.n; i++) {
        const struct law_change_originals_row *o = &b->originals.at[i];
        spot = i && o->provision.v == b->originals.at[i - 1].provision.v ? spot : spot_by_id(&b->state, o->provision);
        if (spot < 0) {
            continue;
        }
        struct change_version v = {.id = o->id, .heading = o->heading, .text = o->text, .from = o->from_on};
        v.until = o->died_event.v ? (struct date){0} : o->until_on;
        *LIST_PUSH(b->arena, &b->state.spots.at[spot].versions) = v;
        b->is_codified = str_eq(o->given, S("codified"));
        b->dated_on = o->dated_on;
    }
}

static bool is_apply_why(struct str why) {
    return str_eq(why, law_why_words(LAW_WHY_PLACE_MISSING)) || str_eq(why, law_why_words(LAW_WHY_PLACE_THERE)) ||
           str_eq(why, law_why_words(LAW_WHY_PHRASE_ABSENT));
}

static bool puts_words(struct str op) {
    enum law_op o;
    return law_op_read(op, &o) && (o == LAW_SUPPLEMENT || o == LAW_AMEND);
}

/* Codified words that still stand at a place which an earlier act ended were never brought up to date there. Only where
   a later act speaks of the place may they be new ones. */
static bool is_left_standing(const struct rebuild *b, const struct law_change_events_on_row *e) {
    enum law_op op;
    if (!law_op_read(e->op, &op) || op != LAW_REPEAL || !e->target_eid.len ||
        !change_stands(&b->state, e->target_eid)) {
        return false;
    }
    for (size_t i = 0; i < b->events.n; i++) {
        const struct law_change_events_on_row *f = &b->events.at[i];
        bool is_later = !f->effective_on.year || date_cmp(f->effective_on, e->effective_on) >= 0;
        if (f->id.v != e->id.v && is_later && f->target_eid.len && puts_words(f->op) &&
            (change_is_below(f->target_eid, e->target_eid) || change_is_below(e->target_eid, f->target_eid))) {
            return false;
        }
    }
    return true;
}

/* Which events count: auto, verified, and those that could not be applied last time; codified words have what came
   before in them, as far as they show it. */
static bool counts(const struct rebuild *b, const struct law_change_events_on_row *e) {
    bool is_retry = str_eq(e->state, S("review")) && !e->decided_by && is_apply_why(e->why);
    bool is_verified = str_eq(e->state, S("verified"));
    if (!e->effective_on.year || !(is_verified || is_retry || str_eq(e->state, S("auto")))) {
        return false;
    }
    return !b->is_codified || is_verified || (b->dated_on.year && date_cmp(e->effective_on, b->dated_on) > 0) ||
           (!is_retry && is_left_standing(b, e));
}

static struct err mark(struct rebuild *b, const struct law_change_events_on_row *e, bool is_applied, struct str state,
                       struct str why) {
    int32_t spot = e->target_eid.len ? change_spot_find(&b->state, e->target_eid) : -1;
    struct law_provision_id place = spot >= 0 ? b->state.spots.at[spot].id : (struct law_provision_id){0};
    if (e->is_applied == is_applied && str_eq(e->state, state) && str_eq(e->why, why) &&
        e->target_provision.v == place.v) {
        return OK;
    }
    return law_change_event_mark(
        b->db,
        (struct law_change_event_mark_in){
            .is_applied = is_applied, .state = state, .why = why, .target_provision = place, .id = e->id},
        NULL);
}

static struct err event_apply(struct rebuild *b, const struct law_change_events_on_row *e, enum law_why *why) {
    struct change_event one = {.id = e->id,
                               .eid = e->target_eid,
                               .heading = e->heading,
                               .new_text = e->new_text,
                               .evidence = e->evidence,
                               .on = e->effective_on};
    if (!law_op_read(e->op, &one.op)) {
        return FAIL(ERR_BROKEN, "an event of no known kind");
    }
    *why = b->originals.n || !one.eid.len ? change_apply(&b->state, &one) : LAW_WHY_PLACE_MISSING;
    return OK;
}

static struct err version_add(struct rebuild *b, struct law_expression_id x, const struct change_spot *spot,
                              size_t nth) {
    const struct change_version *v = &spot->versions.at[nth];
    return law_change_version_add(b->db,
                                  (struct law_change_version_add_in){.id = {id_new()},
                                                                     .provision = spot->id,
                                                                     .expression = x,
                                                                     .ordinal = (int64_t)nth + 1,
                                                                     .heading = v->heading,
                                                                     .text = v->text,
                                                                     .from_on = v->from,
                                                                     .until_on = v->until,
                                                                     .born_event = v->born,
                                                                     .died_event = v->died},
                                  NULL);
}

/* Places that are new get their rows, those above first. */
static struct err places_add(struct rebuild *b) {
    for (size_t i = 0; i < b->state.spots.n; i++) {
        struct change_spot *s = &b->state.spots.at[i];
        if (!s->is_new) {
            continue;
        }
        const struct change_spot *up = s->parent >= 0 ? &b->state.spots.at[s->parent] : NULL;
        s->id = (struct law_provision_id){id_new()};
        int32_t article = (int32_t)i;
        while (article >= 0 && b->state.spots.at[article].level != LAW_ARTICLE) {
            article = b->state.spots.at[article].parent;
        }
        TRY(law_change_place_add(b->db,
                                 (struct law_change_place_add_in){.id = s->id,
                                                                  .work = b->work,
                                                                  .parent = up ? up->id : (struct law_provision_id){0},
                                                                  .article = article >= 0
                                                                                 ? b->state.spots.at[article].id
                                                                                 : (struct law_provision_id){0},
                                                                  .level = law_level_code(s->level),
                                                                  .label = s->label,
                                                                  .sort_key = s->sort_key,
                                                                  .eid = s->eid},
                                 NULL));
        s->is_new = false;
    }
    return OK;
}

static bool is_same(const struct law_change_computed_row *was, const struct change_spot *s, size_t nth) {
    const struct change_version *v = &s->versions.at[nth];
    return was->provision.v == s->id.v && was->ordinal == (int64_t)nth + 1 && str_eq(was->heading, v->heading) &&
           str_eq(was->text, v->text) && date_is(was->from_on, v->from) && date_is(was->until_on, v->until) &&
           was->born_event.v == v->born.v && was->died_event.v == v->died.v;
}

static const struct law_change_computed_row *computed_at(const struct rebuild *b, const struct change_spot *s,
                                                         size_t nth) {
    size_t low = 0, high = b->computed.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const struct law_change_computed_row *c = &b->computed.at[mid];
        bool is_before = c->provision.v < s->id.v || (c->provision.v == s->id.v && c->ordinal < (int64_t)nth + 1);
        *(is_before ? &low : &high) = is_before ? mid + 1 : mid;
    }
    return low < b->computed.n ? &b->computed.at[low] : NULL;
}

/* Whether the rows kept are what was made. */
static bool is_unchanged(const struct rebuild *b) {
    size_t made = 0;
    for (size_t i = 0; i < b->state.spots.n; i++) {
        const struct change_spot *s = &b->state.spots.at[i];
        for (size_t k = 0; k < s->versions.n; k++) {
            if (s->versions.at[k].id.v) {
                continue;
            }
            const struct law_change_computed_row *was = s->is_new ? NULL : computed_at(b, s, k);
            made++;
            if (!was || !is_same(was, s, k)) {
                return false;
            }
        }
    }
    return made == b->computed.n;
}

static struct err originals_write(struct rebuild *b, bool *changed) {
    for (size_t i = 0; i < b->originals.n; i++) {
        const struct law_change_originals_row *o = &b->originals.at[i];
        int32_t spot = spot_by_id(&b->state, o->provision);
        for (size_t k = 0; spot >= 0 && k < b->state.spots.at[spot].versions.n; k++) {
            const struct change_version *v = &b->state.spots.at[spot].versions.at[k];
            if (v->id.v != o->id.v || (date_is(v->until, o->until_on) && v->died.v == o->died_event.v)) {
                continue;
            }
            *changed = true;
            TRY(law_change_version_end(
                b->db, (struct law_change_version_end_in){.until_on = v->until, .died_event = v->died, .id = v->id},
                NULL));
        }
    }
    return OK;
}

static struct err computed_write(struct rebuild *b) {
    struct law_change_expression_row *row;
    TRY(law_change_expression(db_reading(b->db), (struct law_change_expression_in){.work = b->work}, &row));
    struct law_expression_id x = row ? row->id : (struct law_expression_id){id_new()};
    if (!row) {
        TRY(law_change_expression_add(
            b->db, (struct law_change_expression_add_in){.id = x, .work = b->work, .made_at = clock_now()}, NULL));
    }
    TRY(law_change_xrefs_clear(b->db, (struct law_change_xrefs_clear_in){.expression = x}, NULL));
    TRY(law_change_versions_clear(b->db, (struct law_change_versions_clear_in){.expression = x}, NULL));
    TRY(places_add(b));
    for (size_t i = 0; i < b->state.spots.n; i++) {
        const struct change_spot *s = &b->state.spots.at[i];
        for (size_t k = 0; k < s->versions.n; k++) {
            TRY(s->versions.at[k].id.v ? OK : version_add(b, x, s, k));
        }
    }
    return OK;
}

/* Of an event: whether it counted, and why it could not be applied. */
struct outcome {
    bool is_counted;
    enum law_why why;
};

static struct err events_apply(struct rebuild *b, struct outcome *outcomes) {
    for (size_t i = 0; i < b->events.n; i++) {
        const struct law_change_events_on_row *e = &b->events.at[i];
        outcomes[i] = (struct outcome){.is_counted = counts(b, e), .why = LAW_WHY_SURE};
        if (outcomes[i].is_counted) {
            TRY(event_apply(b, e, &outcomes[i].why));
        }
    }
    return OK;
}

static struct err events_mark(struct rebuild *b, const struct outcome *outcomes) {
    for (size_t i = 0; i < b->events.n; i++) {
        const struct law_change_events_on_row *e = &b->events.at[i];
        if (!outcomes[i].is_counted) {
            TRY(mark(b, e, false, e->state, e->why));
            continue;
        }
        bool is_verified = str_eq(e->state, S("verified")), is_done = outcomes[i].why == LAW_WHY_SURE;
        struct str state = is_verified ? e->state : is_done ? S("auto") : S("review");
        TRY(mark(b, e, is_done, state, law_why_words(outcomes[i].why)));
    }
    return OK;
}

static struct err rebuild_in(struct rebuild *b, bool *changed) {
    TRY(load(b));
    originals_take(b);
    struct outcome *outcomes = arena_take(b->arena, struct outcome, b->events.n + 1);
    TRY(events_apply(b, outcomes));
    if (!is_unchanged(b)) {
        *changed = true;
        TRY(computed_write(b));
    }
    TRY(originals_write(b, changed));
    return events_mark(b, outcomes);
}

struct err law_change_rebuild(struct db_write *db, struct law_work_id work, bool *changed) {
    struct arena *scratch = arena_new();
    bool is_changed = false;
    struct rebuild b = {.db = db, .arena = scratch, .work = work, .state = {.arena = scratch}};
    struct err e = rebuild_in(&b, &is_changed);
    arena_free(scratch);
    TRY(e);
    TRY(law_force_keep(db, work));
    if (changed) {
        *changed = is_changed;
    }
    if (!is_changed) {
        return OK;
    }
    TRY(law_cite_store(db, work));
    TRY(law_touch(db, work));
    return event_emit(db, &(struct event){.kind = S("law.changed"), .record = work.v, .body = S("{}")});
}
