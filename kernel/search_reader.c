/* The reading side: maps what the newest manifest lists. */
#include "kernel/search_manifest.h"
#include "kernel/search_plan.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

static struct err load(struct search_reader *r) {
    struct search_manifest m;
    struct err e = search_manifest_read(r->dir, &m);
    struct search_shelf *shelves = search_grow(NULL, 0, m.n + 1, &(size_t){0}, sizeof *shelves);
    size_t n = 0;
    for (uint32_t i = 0; !e.why && i < m.n; i++) {
        e = shelve(r, &m.segments[i], &shelves[n++]);
    }
    shelves_free(r->shelves, r->n);
    if (e.why) {
        shelves_free(shelves, n);
        shelves = NULL;
        n = 0;
    }
    r->shelves = shelves;
    r->n = n;
    r->generation = m.generation;
    search_manifest_free(&m);
    return e;
}

/* A manifest read while the next one took its place names files that are gone: then it is read again. */
void search_reader_refresh(struct search_reader *r) {
    char path[SEARCH_PATH_MOST];
    struct stat st = {0};
    snprintf(path, sizeof path, "%s/manifest", r->dir);
    for (int tries = 0; tries < 5; tries++) {
        if (stat(path, &st) != 0) {
            st = (struct stat){0};
        }
        if (st.st_ino == r->inode && st.st_mtim.tv_sec == r->changed_s && st.st_mtim.tv_nsec == r->changed_ns &&
            st.st_size == r->size) {
            return;
        }
        struct err e = load(r);
        r->inode = st.st_ino;
        r->changed_s = st.st_mtim.tv_sec;
        r->changed_ns = st.st_mtim.tv_nsec;
        r->size = st.st_size;
        if (!e.why || st.st_ino == 0) {
            return;
        }
        if (!err_is(e, ERR_MISSING)) {
            log_fault(LOG_WARN, "reading the search index", e);
            return;
        }
        r->inode = 0;
    }
}

int64_t search_reader_generation(const struct search_reader *r) { return r->generation; }
