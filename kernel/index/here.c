#include "kernel/index/here.h"
#include "base/arena.h"
#include "kernel/rights/access.h"
#include "kernel/db/db.h"
#include "kernel/index/feed.h"
#include "kernel/module.h"

#include "base/banned.h"

struct err search_here(struct db_read *db, struct search_reader **reader) {
    static struct search_reader *opened;
    if (!opened) {
        TRY(search_reader_open(db_dir(db_of_read(db)), &opened));
    }
    *reader = opened;
    return OK;
}

struct err search_principals_of(struct db_read *db, int64_t post, struct search_principals *principals) {
    *principals = (struct search_principals){0};
    if (!post) {
        return OK;
    }
    struct access_ids ids = {0};
    TRY(access_principals(db, post, &ids));
    int64_t *all = arena_take(db_arena(db), int64_t, ids.n + 1);
    all[0] = SEARCH_EVERYBODY;
    for (size_t i = 0; i < ids.n; i++) {
        all[i + 1] = ids.at[i];
    }
    *principals = (struct search_principals){all, ids.n + 1};
    return OK;
}

/* The hit of a record among those found; its place, or SIZE_MAX. */
static size_t place_of(const struct search_hits *hits, int64_t record) {
    for (size_t i = 0; i < hits->n; i++) {
        if (hits->at[i].record == record) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void put_first(struct arena *a, const struct search_query *q, struct search_hit hit, struct search_result *out) {
    size_t limit = q->limit ? q->limit : 10, n = 0, was = place_of(&out->hits, hit.record);
    struct search_hit *hits = arena_take(a, struct search_hit, out->hits.n + 2);
    hits[n++] = hit;
    for (size_t i = 0; i < out->hits.n && n < limit; i++) {
        if (out->hits.at[i].record != hit.record) {
            hits[n++] = out->hits.at[i];
        }
    }
    out->found += was == SIZE_MAX;
    out->is_near = false;
    out->hits.at = hits;
    out->hits.n = n;
}

static struct err named_find(struct db_read *db, const struct search_source *source, struct search_reader *reader,
                             const struct search_query *q, struct search_result *out) {
    struct search_named named = {.words = S("")};
    struct search_query own = *q;
    struct search_result found = {0};
    TRY(source->named(db, q->text, q->on.year ? q->on : clock_today(), &named));
    if (!named.record) {
        return OK;
    }
    own.text = named.words;
    own.kinds = (struct search_words){(struct str *)(uintptr_t)&source->kind, 1};
    own.limit = 20;
    own.is_literal = true;
    own.with_counts = own.with_words = own.is_strict = false;
    TRY(search_query(reader, db_arena(db), &own, &found));
    size_t at = place_of(&found.hits, named.record);
    if (at != SIZE_MAX) {
        put_first(db_arena(db), q, found.hits.at[at], out);
    }
    return OK;
}

static bool is_asked_for(const struct search_query *q, struct str kind) {
    for (size_t i = 0; i < q->kinds.n; i++) {
        if (str_eq(q->kinds.at[i], kind)) {
            return true;
        }
    }
    return q->kinds.n == 0;
}

struct err search_named_first(struct db_read *db, const struct modules *all, struct search_reader *reader,
                              const struct search_query *q, struct search_result *out) {
    for (size_t i = 0; i < all->n && q->after == 0 && !q->as_you_type; i++) {
        for (const struct search_source *s = all->at[i]->sources; s && s->kind.len; s++) {
            if (s->named && is_asked_for(q, s->kind)) {
                TRY(named_find(db, s, reader, q, out));
            }
        }
    }
    return OK;
}

struct err search_as(struct db_read *db, int64_t post, struct search_query *q, struct search_result *out) {
    struct search_reader *reader = NULL;
    TRY(search_here(db, &reader));
    TRY(search_principals_of(db, post, &q->principals));
    return search_query(reader, db_arena(db), q, out);
}
