/* Places and their words: what is new is added, what differs is corrected, what is the same is left alone. */
#include "base/arena.h"
#include "kernel/index/feed.h"
#include "modules/law/law_store_inside.h"
#include "modules/law/law_store_queries.h"

/* What is there already, found by eid. */
struct known {
    struct law_places_of_row *at;
    size_t n;
    int32_t *slot; /* index + 1; 0 empty */
    bool *is_seen;
    size_t slots;
};

struct keeping {
    struct db_write *db;
    const struct law_store *in;
    struct law_stored *done;
    struct law_expression_id expression;
    struct known known;
    struct law_provision_id *id; /* of each place given */
    struct str *key;             /* and the sort key it is kept under */
    bool *is_changed;            /* of each article or annex given */
    bool is_paper_changed;
};

static int32_t *slot_of(const struct known *known, struct str eid) {
    size_t i = str_hash(eid) & (known->slots - 1);
    while (known->slot[i] && !str_eq(known->at[known->slot[i] - 1].eid, eid)) {
        i = (i + 1) & (known->slots - 1);
    }
    return &known->slot[i];
}

static struct err known_load(struct db_read *db, struct law_work_id work, struct law_expression_id expression,
                             struct known *known) {
    struct law_places_of_rows rows;
    struct arena *a = db_arena(db);
    TRY(law_places_of(db, (struct law_places_of_in){.work = work, .expression = expression}, &rows));
    *known = (struct known){.at = rows.at, .n = rows.n, .slots = 16};
    while (known->slots < rows.n * 2) {
        known->slots *= 2;
    }
    known->slot = arena_take(a, int32_t, known->slots);
    known->is_seen = arena_take(a, bool, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        *slot_of(known, rows.at[i].eid) = (int32_t)i + 1;
    }
    return OK;
}

static struct date from_of(const struct keeping *k, const struct law_place *place) {
    return place->from_on.year ? place->from_on : k->in->about.effective_on;
}

/* The article, else the annex, that a place is found with; itself for one of these; else -1: with the whole paper. */
static int32_t found_with(const struct keeping *k, size_t i) {
    const struct law_place *places = k->in->places.at;
    if (places[i].article >= 0) {
        return places[i].article;
    }
    int32_t at = (int32_t)i;
    while (at >= 0 && places[at].node->level != LAW_ANNEX) {
        at = places[at].parent;
    }
    return at;
}

static void mark(struct keeping *k, size_t i) {
    int32_t with = found_with(k, i);
    if (with >= 0) {
        k->is_changed[with] = true;
    }
    k->is_paper_changed |= with < 0;
}

static struct err version_add(struct keeping *k, size_t i) {
    const struct law_place *place = &k->in->places.at[i];
    mark(k, i);
    k->done->added++;
    return law_version_insert(k->db,
                              (struct law_version_insert_in){.id = {id_new()},
                                                             .provision = k->id[i],
                                                             .expression = k->expression,
                                                             .heading = place->node->heading,
                                                             .text = place->node->text,
                                                             .note = place->note,
                                                             .from_on = from_of(k, place)},
                              NULL);
}

static struct law_provision_id id_at(const struct keeping *k, int32_t i) {
    return i >= 0 ? k->id[i] : (struct law_provision_id){0};
}

/* Articles that come without the chapters around them (Bộ pháp điển) stay in the chapters the library knows: an
   article keeps its own place, and what is below it goes along. */
static bool is_loose(const struct keeping *k, size_t i) { return k->in->is_part && k->in->places.at[i].parent < 0; }

static struct str key_of(const struct keeping *k, size_t i, const struct law_places_of_row *was) {
    const struct law_place *place = &k->in->places.at[i];
    if (was && is_loose(k, i)) {
        return was->sort_key;
    }
    if (place->parent < 0) {
        return place->node->sort_key;
    }
    struct str above = k->in->places.at[place->parent].node->sort_key;
    if (str_eq(k->key[place->parent], above) || !str_starts(place->node->sort_key, above)) {
        return place->node->sort_key;
    }
    return str_format(db_write_arena(k->db), "%.*s%.*s", STR_ARG(k->key[place->parent]),
                      STR_ARG(str_slice(place->node->sort_key, above.len, place->node->sort_key.len)));
}

static struct err place_add(struct keeping *k, size_t i) {
    const struct law_place *place = &k->in->places.at[i];
    k->id[i] = (struct law_provision_id){id_new()};
    TRY(law_provision_insert(k->db,
                             (struct law_provision_insert_in){.id = k->id[i],
                                                              .work = k->done->work,
                                                              .parent = id_at(k, place->parent),
                                                              .article = id_at(k, place->article),
                                                              .level = law_level_code(place->node->level),
                                                              .label = place->node->label,
                                                              .sort_key = k->key[i],
                                                              .eid = place->node->eid,
                                                              .source_key = place->key},
                             NULL));
    return version_add(k, i);
}

static struct err where_correct(struct keeping *k, size_t i, const struct law_places_of_row *was) {
    const struct law_place *place = &k->in->places.at[i];
    struct law_provision_id parent = is_loose(k, i) ? was->parent : id_at(k, place->parent),
                            article = id_at(k, place->article);
    struct str key = place->key.len ? place->key : was->source_key;
    bool is_same = was->parent.v == parent.v && was->article.v == article.v && str_eq(was->source_key, key) &&
                   str_eq(was->label, place->node->label) && str_eq(was->sort_key, k->key[i]) &&
                   str_eq(was->level, law_level_code(place->node->level));
    if (is_same) {
        return OK;
    }
    mark(k, i);
    k->done->changed++;
    return law_provision_update(k->db,
                                (struct law_provision_update_in){.id = was->id,
                                                                 .parent = parent,
                                                                 .article = article,
                                                                 .level = law_level_code(place->node->level),
                                                                 .label = place->node->label,
                                                                 .sort_key = k->key[i],
                                                                 .source_key = key},
                                NULL);
}

static struct err words_correct(struct keeping *k, size_t i, const struct law_places_of_row *was) {
    const struct law_place *place = &k->in->places.at[i];
    struct date from_on = from_of(k, place);
    from_on = from_on.year ? from_on : was->from_on;
    if (str_eq(was->heading, place->node->heading) && str_eq(was->text, place->node->text) &&
        str_eq(was->note, place->note) && date_is(was->from_on, from_on)) {
        return OK;
    }
    mark(k, i);
    k->done->changed++;
    return law_version_update(k->db,
                              (struct law_version_update_in){.id = was->version,
                                                             .heading = place->node->heading,
                                                             .text = place->node->text,
                                                             .note = place->note,
                                                             .from_on = from_on},
                              NULL);
}

static struct err place_keep(struct keeping *k, size_t i) {
    int32_t slot = *slot_of(&k->known, k->in->places.at[i].node->eid);
    const struct law_places_of_row *was = slot ? &k->known.at[slot - 1] : NULL;
    k->key[i] = key_of(k, i, was);
    if (!was) {
        return place_add(k, i);
    }
    k->known.is_seen[slot - 1] = true;
    k->id[i] = was->id;
    TRY(where_correct(k, i, was));
    return was->version.v ? words_correct(k, i, was) : version_add(k, i);
}

/* Whether what is there belongs to an article that was given, so that its absence says something. */
static bool is_given(const struct keeping *k, const struct law_places_of_row *was) {
    for (size_t i = 0; i < k->known.n && k->in->is_part; i++) {
        if (k->known.at[i].id.v == was->article.v) {
            return k->known.is_seen[i];
        }
    }
    return !k->in->is_part;
}

/* Words that the source no longer has are taken away; the place stays. */
static struct err words_drop(struct keeping *k) {
    for (size_t i = 0; i < k->known.n; i++) {
        struct law_places_of_row *was = &k->known.at[i];
        if (k->known.is_seen[i] || !was->version.v || !is_given(k, was)) {
            continue;
        }
        TRY(law_xrefs_drop(k->db, (struct law_xrefs_drop_in){was->version}, NULL));
        TRY(law_version_drop(k->db, (struct law_version_drop_in){was->version}, NULL));
        TRY(was->article.v ? search_touch(k->db, S("law"), was->article.v) : OK);
        k->done->removed++;
    }
    return OK;
}

struct err law_store_places(struct db_write *db, struct law_expression_id expression, const struct law_store *in,
                            struct law_stored *done) {
    struct arena *a = db_write_arena(db);
    struct keeping k = {.db = db, .in = in, .done = done, .expression = expression};
    k.id = arena_take(a, struct law_provision_id, in->places.n + 1);
    k.key = arena_take(a, struct str, in->places.n + 1);
    k.is_changed = arena_take(a, bool, in->places.n + 1);
    TRY(known_load(db_reading(db), done->work, expression, &k.known));
    for (size_t i = 0; i < in->places.n; i++) {
        TRY(place_keep(&k, i));
    }
    TRY(words_drop(&k));
    for (size_t i = 0; i < in->places.n; i++) {
        TRY(k.is_changed[i] ? search_touch(db, S("law"), k.id[i].v) : OK);
    }
    return k.is_paper_changed ? search_touch(db, S("law"), done->work.v) : OK;
}
