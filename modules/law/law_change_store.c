/* Keeps the events an act's text gives, and applies them. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_change.h"
#include "modules/law/law_change_queries.h"
#include "modules/law/law_change_why.h"

enum { EVIDENCE_MOST = 2000 }; /* characters */

struct target {
    struct str key;
    struct law_work_id id;
    bool is_unsure; /* several bear the name */
};
struct touched {
    LIST(int64_t) works;
};

struct keeper {
    struct db_write *db;
    struct arena *arena;
    struct law_work_id acting;
    struct law_change_acting_row *head;
    struct law_change_lines lines;
    struct law_changes found;
    struct law_change_events_of_rows old;
    bool *is_kept; /* of old */
    LIST(struct target) targets;
    struct touched touched;
};

static void touch(struct keeper *k, struct law_work_id work) {
    bool is_there = work.v == 0;
    for (size_t i = 0; i < k->touched.works.n && !is_there; i++) {
        is_there = k->touched.works.at[i] == work.v;
    }
    if (!is_there) {
        LIST_ADD(k->arena, &k->touched.works, work.v);
    }
}

static struct err target_find(struct keeper *k, const struct law_cite_doc *doc, struct target *out) {
    struct str key = doc->key.len ? doc->key : law_cite_name_key(k->arena, doc);
    for (size_t i = 0; i < k->targets.n; i++) {
        if (str_eq(k->targets.at[i].key, key)) {
            *out = k->targets.at[i];
            return OK;
        }
    }
    struct law_cite_work work;
    TRY(law_cite_resolve(db_reading(k->db), doc, k->head->issued_on, &work));
    *out = (struct target){.key = key,
                           .id = work.id,
                           .is_unsure = work.is_by_name && !work.is_only_choice && !doc->year && !doc->issued_on.year};
    LIST_ADD(k->arena, &k->targets, *out);
    return OK;
}

static bool is_at_or_below(struct str eid, struct str above) {
    return str_starts(eid, above) && (eid.len == above.len || str_starts(str_slice(eid, above.len, eid.len), S("__")));
}

/* The day of the acting place's own, else of the act. */
static struct date day_of(const struct keeper *k, const struct law_change *c) {
    struct str eid = k->lines.at[c->line].eid;
    for (size_t i = 0; i < k->found.late.n; i++) {
        if (is_at_or_below(eid, k->found.late.at[i].eid)) {
            return k->found.late.at[i].on;
        }
    }
    if (k->head->effective_on.year) {
        return k->head->effective_on;
    }
    bool is_signing = k->found.effective_words.len && !k->found.effective_on.year;
    return is_signing ? k->head->issued_on : k->found.effective_on;
}

static struct law_change_events_of_row *old_of(struct keeper *k, const struct law_change *c, struct str key,
                                               struct str evidence) {
    for (size_t i = 0; i < k->old.n; i++) {
        struct law_change_events_of_row *o = &k->old.at[i];
        if (!k->is_kept[i] && str_eq(o->op, law_op_code(c->op)) && str_eq(o->target_eid, c->eid) &&
            o->acting_provision.v == k->lines.at[c->line].provision.v && str_eq(o->target_key, key) &&
            str_eq(o->evidence, evidence)) {
            k->is_kept[i] = true;
            return o;
        }
    }
    return NULL;
}

static enum law_why why_of(const struct target *t, struct date on) {
    if (!t->id.v) {
        return LAW_WHY_WORK_MISSING;
    }
    return t->is_unsure ? LAW_WHY_BY_NAME : !on.year ? LAW_WHY_NO_DATE : LAW_WHY_SURE;
}

static struct err change_keep(struct keeper *k, const struct law_change *c) {
    struct target t = {0};
    if (c->has_target) {
        TRY(target_find(k, &c->target, &t));
    }
    if (t.id.v == k->acting.v) {
        return OK;
    }
    struct date on = day_of(k, c);
    struct str why = c->why.len ? c->why : law_why_words(why_of(&t, on));
    struct str state = why.len ? S("review") : S("auto"), evidence = utf8_cut(c->evidence, EVIDENCE_MOST);
    struct law_change_events_of_row *old = old_of(k, c, t.key, evidence);
    touch(k, t.id);
    if (old && (old->decided_by || !str_eq(old->state, S("auto")) || why.len == 0)) {
        /* A person's decision stays; what the applying found out is found out again. */
        bool is_decided = old->decided_by || str_eq(old->state, S("verified")) || str_eq(old->state, S("rejected"));
        if (is_decided) {
            return OK;
        }
    }
    if (old) {
        return law_change_event_update(k->db,
                                       (struct law_change_event_update_in){.target_work = t.id,
                                                                           .effective_on = on,
                                                                           .heading = c->heading,
                                                                           .new_text = c->new_text,
                                                                           .state = state,
                                                                           .why = why,
                                                                           .id = old->id},
                                       NULL);
    }
    return law_change_event_add(
        k->db,
        (struct law_change_event_add_in){.id = {id_new()},
                                         .op = law_op_code(c->op),
                                         .acting_work = k->acting,
                                         .acting_provision = k->lines.at[c->line].provision,
                                         .target_work = t.id,
                                         .target_code = c->target.code.len ? c->target.code : c->target.name,
                                         .target_key = t.key,
                                         .target_eid = c->eid,
                                         .effective_on = on,
                                         .heading = c->heading,
                                         .new_text = c->new_text,
                                         .evidence = evidence,
                                         .state = state,
                                         .why = why,
                                         .made_at = clock_now()},
        NULL);
}

static struct str relation_type(const struct law_change *c) {
    if (c->op == LAW_SUSPEND) {
        return S("suspends");
    }
    if (c->eid.len || (c->op != LAW_REPEAL && c->op != LAW_REPLACE)) {
        return S("amends");
    }
    return c->op == LAW_REPLACE ? S("replaces") : S("repeals");
}

struct told {
    struct str type, key;
};

/* One relation a kind and document, however many places it changes. */
static struct err relations_keep(struct keeper *k) {
    LIST(struct told) told = {0};
    TRY(law_change_relations_clear(k->db, (struct law_change_relations_clear_in){.from_work = k->acting}, NULL));
    for (size_t i = 0; i < k->found.changes.n; i++) {
        const struct law_change *c = &k->found.changes.at[i];
        struct target t = {0};
        bool is_told = !c->has_target;
        if (c->has_target) {
            TRY(target_find(k, &c->target, &t));
        }
        for (size_t n = 0; n < told.n && !is_told; n++) {
            is_told = str_eq(told.at[n].type, relation_type(c)) && str_eq(told.at[n].key, t.key);
        }
        if (is_told || t.id.v == k->acting.v) {
            continue;
        }
        LIST_ADD(k->arena, &told, (struct told){relation_type(c), t.key});
        TRY(law_change_relation_add(
            k->db,
            (struct law_change_relation_add_in){.id = {id_new()},
                                                .type = relation_type(c),
                                                .from_work = k->acting,
                                                .from_provision = k->lines.at[c->line].provision,
                                                .to_work = t.id,
                                                .to_code = c->target.code.len ? c->target.code : c->target.name,
                                                .to_key = t.key,
                                                .evidence = utf8_cut(c->evidence, 400),
                                                .made_at = clock_now()},
            NULL));
    }
    return OK;
}

static struct err lines_load(struct keeper *k) {
    struct law_change_acting_words_rows rows;
    TRY(law_change_acting_words(db_reading(k->db), (struct law_change_acting_words_in){.work = k->acting}, &rows));
    struct law_change_line *lines = arena_take(k->arena, struct law_change_line, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        lines[i] = (struct law_change_line){rows.at[i].id, rows.at[i].eid, rows.at[i].heading, rows.at[i].text};
    }
    k->lines = (struct law_change_lines){lines, rows.n};
    return OK;
}

/* Events the text gives no more: without effect first, then gone. */
static struct err old_remove(struct keeper *k) {
    for (size_t i = 0; i < k->old.n; i++) {
        const struct law_change_events_of_row *o = &k->old.at[i];
        if (!k->is_kept[i] && !o->decided_by) {
            touch(k, o->target_work);
            TRY(law_change_event_decide(
                k->db,
                (struct law_change_event_decide_in){.state = S("rejected"), .target_eid = o->target_eid, .id = o->id},
                NULL));
        }
    }
    return OK;
}

static struct err old_delete(struct keeper *k) {
    for (size_t i = 0; i < k->old.n; i++) {
        if (!k->is_kept[i] && !k->old.at[i].decided_by) {
            TRY(law_change_event_delete(k->db, (struct law_change_event_delete_in){.id = k->old.at[i].id}, NULL));
        }
    }
    return OK;
}

static struct err store_in(struct keeper *k) {
    TRY(law_change_acting(db_reading(k->db), (struct law_change_acting_in){.id = k->acting}, &k->head));
    if (!k->head) {
        return FAIL(ERR_MISSING, "no such work");
    }
    TRY(lines_load(k));
    TRY(law_change_events_of(db_reading(k->db), (struct law_change_events_of_in){.acting_work = k->acting}, &k->old));
    k->is_kept = arena_take(k->arena, bool, k->old.n + 1);
    law_change_find(k->arena, k->lines, k->head->title, &k->found);
    for (size_t i = 0; i < k->found.changes.n; i++) {
        TRY(change_keep(k, &k->found.changes.at[i]));
    }
    TRY(old_remove(k));
    TRY(relations_keep(k));
    for (size_t i = 0; i < k->touched.works.n; i++) {
        TRY(law_change_rebuild(k->db, (struct law_work_id){k->touched.works.at[i]}, NULL));
    }
    return old_delete(k);
}

struct err law_change_store(struct db_write *db, struct law_work_id acting) {
    struct arena *scratch = arena_new();
    struct keeper k = {.db = db, .arena = scratch, .acting = acting};
    struct err e = store_in(&k);
    arena_free(scratch);
    return e;
}

static struct err wait_for(struct db_write *db, struct law_work_id work, struct str low, struct str high, bool is_name,
                           bool *any) {
    struct law_change_waiting_rows rows;
    TRY(law_change_waiting(db_reading(db), (struct law_change_waiting_in){.low = low, .high = high}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_cite_work means = {.id = work};
        if (is_name) {
            TRY(law_cite_resolve_key(db_reading(db), rows.at[i].target_key, rows.at[i].issued_on, &means));
        }
        if (means.id.v == work.v) {
            *any = true;
            TRY(law_change_event_arrive(
                db,
                (struct law_change_event_arrive_in){
                    .target_work = work, .missing = law_why_words(LAW_WHY_WORK_MISSING), .id = rows.at[i].id},
                NULL));
        }
    }
    return OK;
}

struct err law_change_arrived(struct db_write *db, struct law_work_id work) {
    struct law_change_arriving_row *head;
    struct arena *a = db_write_arena(db);
    bool any = false;
    TRY(law_change_arriving(db_reading(db), (struct law_change_arriving_in){.id = work}, &head));
    if (!head) {
        return FAIL(ERR_MISSING, "no such work");
    }
    if (head->code_key.len) {
        struct str low = head->code_key;
        TRY(wait_for(db, work, low, str_format(a, "%.*s!", STR_ARG(low)), false, &any));
    }
    if (head->title_fold.len > 6) {
        struct str low = head->title_fold;
        TRY(wait_for(db, work, low, str_format(a, "%.*s~", STR_ARG(low)), true, &any));
    }
    return any || head->events ? law_change_rebuild(db, work, NULL) : OK;
}
