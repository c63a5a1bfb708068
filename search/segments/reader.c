/* The reading side: maps what the newest manifest lists. */
#include "search/segments/manifest.h"
#include "search/segments/reader.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct err search_reader_open(struct str dir, struct search_reader **out) {
    *out = NULL;
    struct search_reader *r = search_grow(NULL, 0, 1, &(size_t){0}, sizeof *r);
    *r = (struct search_reader){0};
    if (dir.len == 0 || dir.len + 16 > sizeof r->dir) {
        free(r);
        return FAIL(ERR_BROKEN, "the index directory's name is too long");
    }
    snprintf(r->dir, sizeof r->dir, "%.*s/index", STR_ARG(dir));
    *out = r;
    search_reader_refresh(r);
    return OK;
}

static void shelves_free(struct search_shelf *shelves, size_t n) {
    for (size_t i = 0; i < n; i++) {
        search_segment_close(&shelves[i].segment);
        free(shelves[i].dead);
    }
    free(shelves);
}

void search_reader_close(struct search_reader *r) {
    if (r) {
        shelves_free(r->shelves, r->n);
        free(r);
    }
}

/* Takes over the mapping of a segment the reader already has. */
static bool take_over(struct search_reader *r, int64_t id, struct search_segment *out) {
    for (size_t i = 0; i < r->n; i++) {
        if (r->shelves[i].id == id && r->shelves[i].segment.base) {
            *out = r->shelves[i].segment;
            r->shelves[i].segment = (struct search_segment){0};
            return true;
        }
    }
    return false;
}

static struct err shelve(struct search_reader *r, const struct search_listed *l, struct search_shelf *out) {
    char path[SEARCH_PATH_MOST];
    *out = (struct search_shelf){.id = l->id};
    if (!take_over(r, l->id, &out->segment)) {
        search_segment_path(path, r->dir, l->id);
        TRY(search_segment_open(path, &out->segment));
    }
    uint32_t docs = out->segment.header->docs;
    if (docs != l->docs) {
        search_segment_close(&out->segment);
        return FAIL(ERR_BROKEN, "a segment is not the one listed");
    }
    if (l->dead_n > 0) {
        size_t words = docs / 64 + 1;
        out->dead = search_grow(NULL, 0, words, &(size_t){0}, sizeof *out->dead);
        memset(out->dead, 0, words * sizeof *out->dead);
        for (uint32_t i = 0; i < l->dead_n; i++) {
            out->dead[l->dead[i] / 64] |= 1ULL << (l->dead[i] % 64);
        }
    }
    return OK;
}

/* What is listed and cannot be read is left out, and the rest served; a file that is gone may only mean that the list
   is old, which is_last says no more. */
static struct err load(struct search_reader *r, bool is_last) {
    struct search_manifest m;
    struct err e = search_manifest_read(r->dir, &m);
    if (err_is(e, ERR_BROKEN)) {
        search_manifest_free(&m);
        r->is_list_damaged = true;
        return e; /* what was held goes on being served */
    }
    struct search_shelf *shelves = search_grow(NULL, 0, m.n + 1, &(size_t){0}, sizeof *shelves);
    size_t n = 0, lost = 0;
    for (uint32_t i = 0; !e.why && i < m.n; i++) {
        struct search_shelf one;
        e = shelve(r, &m.segments[i], &one);
        if (!e.why) {
            shelves[n++] = one;
        }
        if (err_is(e, ERR_BROKEN) || (err_is(e, ERR_MISSING) && is_last)) {
            log_line(LOG_ERROR, "segment %lld of the search index is damaged or gone, and is left out",
                     (long long)m.segments[i].id);
            lost++;
            e = OK;
        }
    }
    shelves_free(r->shelves, r->n);
    if (e.why) {
        shelves_free(shelves, n);
        shelves = NULL;
        n = 0;
    }
    r->shelves = shelves;
    r->n = n;
    r->lost = lost;
    r->generation = m.generation;
    r->is_list_damaged = false;
    search_manifest_free(&m);
    return e;
}

bool search_reader_drop_hurt(struct search_reader *r) {
    bool has_dropped = false;
    for (size_t i = 0; i < r->n;) {
        struct search_shelf *s = &r->shelves[i];
        if (!search_segment_is_hurt(&s->segment)) {
            i++;
            continue;
        }
        log_line(LOG_ERROR, "segment %lld of the search index was damaged while it was read, and is left out",
                 (long long)s->id);
        search_segment_close(&s->segment);
        free(s->dead);
        memmove(s, s + 1, (r->n - i - 1) * sizeof *s);
        r->n--;
        r->lost++;
        has_dropped = true;
    }
    return has_dropped;
}

size_t search_reader_lost(const struct search_reader *r) { return r->lost + r->is_list_damaged; }

/* A manifest read while the next one took its place names files that are gone: then it is read again. */
void search_reader_refresh(struct search_reader *r) {
    enum { TRIES = 5 };
    char path[SEARCH_PATH_MOST];
    snprintf(path, sizeof path, "%s/manifest", r->dir);
    for (int tries = 0; tries < TRIES; tries++) {
        struct search_stamp now = search_stamp_of(path);
        if (search_stamp_is(&now, &r->stamp)) {
            return;
        }
        struct err e = load(r, tries + 1 == TRIES);
        r->stamp = now;
        if (!e.why || now.inode == 0) {
            return;
        }
        if (!err_is(e, ERR_MISSING)) {
            log_fault(LOG_WARN, "reading the search index", e);
            return;
        }
        r->stamp = (struct search_stamp){0};
    }
}

int64_t search_reader_generation(const struct search_reader *r) { return r->generation; }
