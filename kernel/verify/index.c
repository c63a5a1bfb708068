/* The search index: the list and each segment's checksums, and whether it holds what the database publishes. */
#include "kernel/verify/inside.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"
#include "search/segments/manifest.h"
#include "kernel/index/search_queries.h"
#include "search/segments/segment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { EACH = 500, TOLD_MOST = 20 };

/* A record the index holds. */
struct held {
    int64_t record;
    const char *kind;
    size_t kind_len;
    bool is_known;
};

struct index {
    struct verify *v;
    struct search_manifest manifest;
    struct search_segment *segments;
    struct held *held;
    size_t n, cap;
    int64_t *pending; /* changed since the index was last written: it may differ there */
    size_t pending_n, pending_cap;
    int64_t missing, left;
};

static int by_record(const void *a, const void *b) {
    const struct held *x = a, *y = b;
    return x->record < y->record ? -1 : x->record > y->record;
}

static int by_value(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void hold(struct index *x, const struct search_listed *l, const struct search_segment *s) {
    uint32_t dead = 0;
    for (uint32_t d = 0; d < s->header->docs; d++) {
        if (dead < l->dead_n && l->dead[dead] == d) {
            dead++;
            continue;
        }
        struct str kind = search_segment_string(s, s->docs[d].kind);
        x->held = search_grow(x->held, x->n, 1, &x->cap, sizeof *x->held);
        x->held[x->n++] = (struct held){s->docs[d].record, kind.at, kind.len, false};
    }
}

/* Opens all that is listed. MISSING when a server wrote the next list meanwhile. */
static struct err open_all(struct index *x, const char *dir) {
    TRY(search_manifest_read(dir, &x->manifest));
    x->segments = calloc(x->manifest.n + 1, sizeof *x->segments);
    for (uint32_t i = 0; x->segments && i < x->manifest.n; i++) {
        char path[SEARCH_PATH_MOST];
        const struct search_listed *l = &x->manifest.segments[i];
        search_segment_path(path, dir, l->id);
        struct err e = search_segment_open(path, &x->segments[i]);
        if (err_is(e, ERR_MISSING)) {
            return e;
        }
        if (e.why || x->segments[i].header->docs != l->docs) {
            verify_found(x->v, VERIFY_INDEX, str_format(x->v->arena, "index/%lld.segment", (long long)l->id),
                         S("mảnh chỉ mục hỏng. Máy chủ tự làm lại; hoặc chạy doanket reindex"));
        } else {
            hold(x, l, &x->segments[i]);
        }
    }
    list_sort(x->held, x->n, sizeof *x->held, by_record);
    return OK;
}

static void close_all(struct index *x) {
    for (uint32_t i = 0; x->segments && i < x->manifest.n; i++) {
        search_segment_close(&x->segments[i]);
    }
    free(x->segments);
    free(x->held);
    free(x->pending);
    search_manifest_free(&x->manifest);
    *x = (struct index){.v = x->v};
}

static struct held *find(struct index *x, int64_t record) {
    const struct held wanted = {.record = record};
    return x->n ? bsearch(&wanted, x->held, x->n, sizeof *x->held, by_record) : NULL;
}

static bool is_pending(const struct index *x, int64_t record) {
    return x->pending_n && bsearch(&record, x->pending, x->pending_n, sizeof record, by_value);
}

static struct err pending_read(struct index *x, struct db_read *db) {
    int64_t position = x->manifest.position;
    for (;;) {
        struct search_change_after_rows rows = {0};
        TRY(search_change_after(db, (struct search_change_after_in){.position = position, .most = EACH}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            x->pending = search_grow(x->pending, x->pending_n, 1, &x->pending_cap, sizeof *x->pending);
            x->pending[x->pending_n++] = rows.at[i].record;
            position = rows.at[i].position;
        }
        if (rows.n < EACH) {
            break;
        }
    }
    list_sort(x->pending, x->pending_n, sizeof *x->pending, by_value);
    return OK;
}

static void tell(struct index *x, struct str kind, int64_t record, const char *words) {
    verify_found(x->v, VERIFY_INDEX, str_format(x->v->arena, "%.*s %lld", STR_ARG(kind), (long long)record),
                 str_of(words));
}

/* A record the source names and the index lacks, unless nobody may find it. */
static struct err look_missing(struct index *x, struct db_read *db, struct arena *a, const struct search_source *s,
                               int64_t record) {
    struct search_doc doc = {0};
    bool is_gone = false;
    struct err e = s->load(db, a, record, &doc, &is_gone);
    if (err_is(e, ERR_BUSY)) {
        return e;
    }
    if (!e.why && !is_gone && doc.principals.n && x->missing++ < TOLD_MOST) {
        tell(x, s->kind, record, "có trong cơ sở dữ liệu, không có trong chỉ mục");
    }
    return OK;
}

static struct err compare(struct index *x, struct db_read *db, struct arena *a, const struct search_source *s) {
    for (int64_t after = 0;;) {
        struct search_ids ids = {0};
        TRY(s->each(db, a, after, EACH, &ids));
        for (size_t i = 0; i < ids.n; i++) {
            struct held *h = find(x, ids.at[i]);
            after = ids.at[i];
            if (h) {
                h->is_known = true;
            } else if (!is_pending(x, after)) {
                TRY(look_missing(x, db, a, s, after));
            }
        }
        if (ids.n == 0) {
            return OK;
        }
        TRY(verify_progress(x->v, VERIFY_INDEX, after, 0));
    }
}

static struct err look_left(struct index *x, struct db_read *db, struct arena *a, const struct held *h) {
    struct str kind = {h->kind, h->kind_len};
    const struct search_source *s = search_source_of(x->v->modules, kind);
    struct search_doc doc = {0};
    bool is_gone = s == NULL;
    struct err e = s ? s->load(db, a, h->record, &doc, &is_gone) : OK;
    if (err_is(e, ERR_BUSY)) {
        return e;
    }
    if ((e.why || is_gone || !doc.principals.n) && x->left++ < TOLD_MOST) {
        tell(x, kind, h->record, "còn trong chỉ mục, không còn trong cơ sở dữ liệu");
    }
    return OK;
}

static struct err agree(struct index *x, struct db_read *db, struct arena *a) {
    TRY(pending_read(x, db));
    for (size_t m = 0; m < x->v->modules->n; m++) {
        for (const struct search_source *s = x->v->modules->at[m]->sources; s && s->kind.len; s++) {
            TRY(compare(x, db, a, s));
        }
    }
    for (size_t i = 0; i < x->n; i++) {
        if (!x->held[i].is_known && !is_pending(x, x->held[i].record)) {
            TRY(look_left(x, db, a, &x->held[i]));
        }
    }
    return OK;
}

static struct err look(struct index *x) {
    struct verify *v = x->v;
    char dir[SEARCH_PATH_MOST - 64];
    struct err e = OK;
    snprintf(dir, sizeof dir, "%.*s/index", STR_ARG(db_dir(v->db)));
    for (int tries = 0; tries < 5; tries++) {
        close_all(x);
        e = open_all(x, dir);
        if (!err_is(e, ERR_MISSING) || !x->manifest.bytes) {
            break;
        }
    }
    if (err_is(e, ERR_MISSING) && !x->manifest.bytes) {
        v->report->said[VERIFY_INDEX] = S("Chưa có chỉ mục; máy chủ tự làm khi chạy.");
        return OK;
    }
    if (e.why) {
        verify_found(v, VERIFY_INDEX, S("index"), str_format(v->arena, "%.*s", STR_ARG(e.why->detail)));
        return OK;
    }
    struct arena *a = arena_new();
    struct db_read *db;
    e = db_begin_read(v->db, a, &db);
    if (!e.why) {
        e = v->modules ? agree(x, db, a) : OK;
        db_end_read(db);
    }
    if (e.why) {
        e = FAIL_WITH(v->arena, e.why->kind, "%.*s", STR_ARG(e.why->detail));
    }
    arena_free(a);
    v->report->said[VERIFY_INDEX] =
        str_format(v->arena, "Đã đọc %u mảnh với %zu hồ sơ và so với cơ sở dữ liệu: thiếu %lld, thừa %lld.",
                   x->manifest.n, x->n, (long long)x->missing, (long long)x->left);
    return e;
}

struct err verify_index(struct verify *v) {
    struct index x = {.v = v};
    TRY(verify_progress(v, VERIFY_INDEX, 0, 0));
    struct err e = look(&x);
    close_all(&x);
    return e;
}
