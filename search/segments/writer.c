#include "search/segments/writer.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

/* By the machine's own clock, so that a directory made anew never names a file as before. */
int64_t search_writer_new_id(struct search_writer *w) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t id = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    w->last_id = id > w->last_id ? id : w->last_id + 1;
    return w->last_id;
}

void search_held_kill(struct search_held *h, uint32_t doc) {
    uint32_t docs = h->segment.header->docs;
    if (!h->dead) {
        size_t cap = 0, words = docs / 64 + 1;
        h->dead = search_grow(NULL, 0, words, &cap, sizeof *h->dead);
        memset(h->dead, 0, words * sizeof *h->dead);
    }
    if (doc < docs && !search_is_dead(h->dead, doc)) {
        h->dead[doc / 64] |= 1ULL << (doc % 64);
        h->dead_n++;
    }
}

struct err search_writer_hold(struct search_writer *w, int64_t id, struct search_held **out) {
    char path[SEARCH_PATH_MOST];
    struct search_held h = {.id = id};
    search_segment_path(path, w->dir, id);
    TRY(search_segment_open(path, &h.segment));
    w->held = search_grow(w->held, w->n, 1, &w->cap, sizeof *w->held);
    *out = &w->held[w->n++];
    **out = h;
    return OK;
}

static void release(struct search_held *h) {
    search_segment_close(&h->segment);
    free(h->dead);
}

void search_writer_drop(struct search_writer *w, size_t i) {
    w->old = search_grow(w->old, w->old_n, 1, &w->old_cap, sizeof *w->old);
    w->old[w->old_n++] = w->held[i].id;
    release(&w->held[i]);
    w->held[i] = w->held[--w->n];
}

static void forget(struct search_writer *w) {
    search_upkeep_stop(w);
    while (w->n > 0) {
        search_writer_drop(w, w->n - 1);
    }
    search_builder_free(&w->builder);
    search_builder_begin(&w->builder);
    w->position = w->documents = 0;
    w->is_changed = true;
}

static struct err load(struct search_writer *w) {
    struct search_manifest m;
    struct err e = search_manifest_read(w->dir, &m);
    if (err_is(e, ERR_MISSING)) {
        search_manifest_free(&m);
        return OK;
    }
    w->generation = m.generation;
    for (uint32_t i = 0; !e.why && i < m.n; i++) {
        struct search_held *h = NULL;
        e = search_writer_hold(w, m.segments[i].id, &h);
        if (!e.why && h->segment.header->docs != m.segments[i].docs) {
            e = FAIL(ERR_BROKEN, "a segment is not the one listed");
        }
        for (uint32_t d = 0; !e.why && d < m.segments[i].dead_n; d++) {
            search_held_kill(h, m.segments[i].dead[d]);
        }
        w->documents += e.why ? 0 : h->segment.header->docs - h->dead_n;
    }
    char path[SEARCH_PATH_MOST];
    snprintf(path, sizeof path, "%s/manifest", w->dir);
    w->stamp = search_stamp_of(path);
    w->position = m.position;
    w->has_manifest = !e.why;
    search_manifest_free(&m);
    return e;
}

static struct err lock(struct search_writer *w) {
    char path[SEARCH_PATH_MOST];
    if (mkdir(w->dir, 0750) != 0 && errno != EEXIST) {
        return FAIL(ERR_BROKEN, "cannot make the index directory");
    }
    snprintf(path, sizeof path, "%s/lock", w->dir);
    w->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (w->lock < 0) {
        return FAIL(ERR_BROKEN, "cannot make the index's lock");
    }
    return flock(w->lock, LOCK_EX | LOCK_NB) == 0 ? OK : FAIL(ERR_BUSY, "another process writes the index");
}

struct err search_writer_open(struct str dir, struct search_writer **out) {
    size_t cap = 0;
    *out = NULL;
    if (dir.len == 0 || dir.len > 3000) {
        return FAIL(ERR_BROKEN, "the index directory's name is too long");
    }
    struct search_writer *w = search_grow(NULL, 0, 1, &cap, sizeof *w);
    *w = (struct search_writer){.lock = -1};
    snprintf(w->dir, sizeof w->dir, "%.*s/index", STR_ARG(dir));
    search_builder_begin(&w->builder);
    struct err e = lock(w);
    if (e.why) {
        search_writer_close(w);
        return e;
    }
    e = load(w);
    if (e.why) {
        log_fault(LOG_WARN, "opening the search index, which is made anew", e);
        forget(w);
    }
    search_upkeep_sweep(w);
    *out = w;
    return OK;
}

void search_writer_close(struct search_writer *w) {
    if (!w) {
        return;
    }
    search_upkeep_stop(w);
    for (size_t i = 0; i < w->n; i++) {
        release(&w->held[i]);
    }
    search_builder_free(&w->builder);
    free(w->held);
    free(w->old);
    if (w->lock >= 0) {
        close(w->lock);
    }
    free(w);
}

/* Documents in memory become a segment; not listed until the commit. */
static struct err spill(struct search_writer *w) {
    char path[SEARCH_PATH_MOST];
    struct search_held *h = NULL;
    if (w->builder.docs_n == 0) {
        return OK;
    }
    int64_t id = search_writer_new_id(w);
    search_segment_path(path, w->dir, id);
    struct err e = search_builder_write(&w->builder, path);
    e = e.why ? e : search_writer_hold(w, id, &h);
    if (e.why) {
        unlink(path);
    }
    return e;
}

struct err search_writer_remove(struct search_writer *w, int64_t record) {
    if (search_builder_remove(&w->builder, record)) {
        w->is_changed = true;
    }
    for (size_t i = 0; i < w->n; i++) {
        uint32_t doc = search_segment_find(&w->held[i].segment, record);
        if (doc != SEARCH_NONE && !search_is_dead(w->held[i].dead, doc)) {
            search_held_kill(&w->held[i], doc);
            w->is_changed = true;
        }
    }
    return OK;
}

struct err search_writer_put(struct search_writer *w, const struct search_doc *doc) {
    if (doc->record == 0) {
        return FAIL(ERR_BROKEN, "a document without a record was given to the index");
    }
    TRY(search_writer_remove(w, doc->record));
    if (doc->principals.n == 0) {
        return OK;
    }
    search_builder_put(&w->builder, doc);
    w->is_changed = true;
    return w->builder.posts_n >= SEARCH_BUILDER_POSTS ? spill(w) : OK;
}

static struct err publish(struct search_writer *w, int64_t position) {
    struct search_manifest m = {.generation = w->generation + 1, .position = position, .n = (uint32_t)w->n};
    size_t cap = 0;
    int64_t documents = 0;
    m.segments = search_grow(NULL, 0, w->n + 1, &cap, sizeof *m.segments);
    uint32_t **lists = search_grow(NULL, 0, w->n + 1, &(size_t){0}, sizeof *lists);
    for (size_t i = 0; i < w->n; i++) {
        const struct search_held *h = &w->held[i];
        uint32_t docs = h->segment.header->docs, n = 0;
        lists[i] = search_grow(NULL, 0, h->dead_n + 1, &(size_t){0}, sizeof **lists);
        for (uint32_t d = 0; h->dead && d < docs; d++) {
            if (search_is_dead(h->dead, d)) {
                lists[i][n++] = d;
            }
        }
        m.segments[i] = (struct search_listed){.id = h->id, .dead = lists[i], .dead_n = n, .docs = docs};
        documents += docs - n;
    }
    struct err e = search_manifest_write(w->dir, &m);
    for (size_t i = 0; i < w->n; i++) {
        free(lists[i]);
    }
    free(lists);
    free(m.segments);
    TRY(e);
    char path[SEARCH_PATH_MOST];
    snprintf(path, sizeof path, "%s/manifest", w->dir);
    w->stamp = search_stamp_of(path);
    w->generation++;
    w->position = position;
    w->documents = documents;
    w->has_manifest = true;
    return OK;
}

bool search_writer_lost(struct search_writer *w) {
    char path[SEARCH_PATH_MOST];
    snprintf(path, sizeof path, "%s/manifest", w->dir);
    struct search_stamp now = search_stamp_of(path);
    if (!w->has_manifest || now.inode) {
        /* Another one wrote to it: it is written anew. */
        w->is_changed |= w->has_manifest && w->stamp.inode && !search_stamp_is(&now, &w->stamp);
        return false;
    }
    log_line(LOG_WARN, "the search index was deleted, and is made anew");
    forget(w);
    w->old_n = 0;
    w->has_manifest = false;
    close(w->lock);
    struct err e = lock(w);
    if (e.why) {
        log_fault(LOG_ERROR, "making the search index anew", e);
    }
    return true;
}

static void lose(struct search_writer *w, size_t i, struct search_losts *lost) {
    const struct search_held *h = &w->held[i];
    log_line(LOG_ERROR, "segment %lld of the search index is damaged; its %u records are taken in again",
             (long long)h->id, h->segment.header->docs - h->dead_n);
    for (uint32_t d = 0; d < h->segment.header->docs; d++) {
        if (!search_is_dead(h->dead, d)) {
            lost->at = search_grow(lost->at, lost->n, 1, &lost->cap, sizeof *lost->at);
            struct search_lost *one = &lost->at[lost->n++];
            struct str kind = search_segment_string(&h->segment, h->segment.docs[d].kind);
            one->record = h->segment.docs[d].record;
            snprintf(one->kind, sizeof one->kind, "%.*s", STR_ARG(kind));
        }
    }
    search_writer_drop(w, i);
    w->is_changed = true;
}

/* Written to by others, or its turn to be read through. */
static bool needs_look(const struct search_writer *w, size_t i, bool is_time, struct search_stamp *now) {
    const struct search_held *h = &w->held[i];
    char path[SEARCH_PATH_MOST];
    search_segment_path(path, w->dir, h->id);
    *now = search_stamp_of(path);
    return !search_stamp_is(now, &h->segment.stamp) || search_segment_is_hurt(&h->segment) ||
           (is_time && i == w->summed % w->n);
}

void search_writer_check(struct search_writer *w, struct search_losts *lost) {
    enum { SUM_US = 600 * 1000 * 1000 };
    int64_t now_us = clock_monotonic_us();
    bool is_time = now_us - w->summed_us > SUM_US;
    for (size_t i = w->n; i-- > 0;) {
        struct search_stamp now, *was = &w->held[i].segment.stamp;
        if (!needs_look(w, i, is_time, &now)) {
            continue;
        }
        if (now.inode == was->inode && now.size == was->size && search_segment_is_whole(&w->held[i].segment)) {
            *was = now;
        } else if (w->merging) {
            search_upkeep_stop(w);
            i = w->n;
        } else {
            lose(w, i, lost);
        }
    }
    if (is_time) {
        w->summed_us = now_us;
        w->summed++;
    }
}

struct err search_writer_commit(struct search_writer *w, int64_t position) {
    if (search_writer_lost(w)) {
        return FAIL(ERR_CONFLICT, "the index was deleted");
    }
    if (!w->is_changed && w->has_manifest && position == w->position && !w->merging) {
        return OK;
    }
    TRY(spill(w));
    TRY(search_upkeep(w));
    TRY(publish(w, position));
    w->is_changed = false;
    for (size_t i = 0; i < w->old_n; i++) {
        char path[SEARCH_PATH_MOST];
        search_segment_path(path, w->dir, w->old[i]);
        unlink(path);
    }
    w->old_n = 0;
    return OK;
}

int64_t search_writer_position(const struct search_writer *w) { return w->position; }

int64_t search_writer_documents(const struct search_writer *w) { return w->documents; }

struct err search_writer_merge(struct search_writer *w) {
    TRY(spill(w));
    TRY(search_upkeep_all(w));
    w->is_changed = true;
    return search_writer_commit(w, w->position);
}

struct err search_writer_clear(struct search_writer *w) {
    forget(w);
    return OK;
}
