/* Segments kept few: merging, cleaning up, sweeping away what a crash left. */
#include "search/segments/writer.h"
#include "base/log.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

/* So many segments of like size are merged; those of fewer passages than SMALL at once, others in the background. */
enum { RUN = 8, SMALL = 6000 };

/* A merge in a thread of its own: it reads mapped files and its own copy of the tombstones, and shares only is_done. */
struct search_merging {
    pthread_t thread;
    struct search_part *parts;
    int64_t *ids;
    uint64_t **dead;
    size_t n;
    int64_t id;
    char path[SEARCH_PATH_MOST];
    bool is_broken;
    atomic_bool is_done;
};

static void *merge_thread(void *given) {
    struct search_merging *m = given;
    struct err e = search_merge(m->parts, m->n, m->path);
    m->is_broken = e.why != NULL;
    /* What was damaged before it was copied must not get a checksum of its own. */
    for (size_t i = 0; i < m->n && !m->is_broken; i++) {
        m->is_broken = !search_segment_is_whole(m->parts[i].segment);
    }
    atomic_store(&m->is_done, true);
    return NULL;
}

static void merging_free(struct search_merging *m) {
    for (size_t i = 0; i < m->n; i++) {
        free(m->dead[i]);
    }
    free(m->parts);
    free(m->ids);
    free(m->dead);
    free(m);
}

static struct search_merging *merging_of(struct search_writer *w, const size_t *which, size_t n) {
    struct search_merging *m = search_grow(NULL, 0, 1, &(size_t){0}, sizeof *m);
    *m = (struct search_merging){.n = n, .id = search_writer_new_id(w)};
    m->parts = search_grow(NULL, 0, n, &(size_t){0}, sizeof *m->parts);
    m->ids = search_grow(NULL, 0, n, &(size_t){0}, sizeof *m->ids);
    m->dead = search_grow(NULL, 0, n, &(size_t){0}, sizeof *m->dead);
    search_segment_path(m->path, w->dir, m->id);
    for (size_t i = 0; i < n; i++) {
        struct search_held *h = &w->held[which[i]];
        h->is_merging = true;
        m->ids[i] = h->id;
        m->dead[i] = NULL;
        if (h->dead) {
            size_t words = h->segment.header->docs / 64 + 1;
            m->dead[i] = search_grow(NULL, 0, words, &(size_t){0}, sizeof **m->dead);
            memcpy(m->dead[i], h->dead, words * sizeof **m->dead);
        }
    }
    return m;
}

static size_t place_of(const struct search_writer *w, int64_t id) {
    size_t i = 0;
    while (i < w->n && w->held[i].id != id) {
        i++;
    }
    return i;
}

/* Documents removed while the merge ran are removed from what it made. */
static void carry_dead(const struct search_held *from, const uint64_t *before, struct search_held *to) {
    for (uint32_t d = 0; from->dead && d < from->segment.header->docs; d++) {
        if (search_is_dead(from->dead, d) && !search_is_dead(before, d)) {
            uint32_t doc = search_segment_find(&to->segment, from->segment.docs[d].record);
            if (doc != SEARCH_NONE) {
                search_held_kill(to, doc);
            }
        }
    }
}

/* Puts the merged segment in the place of its parts. Without it (the merge failed) the parts stay. */
static struct err take_in(struct search_writer *w, struct search_merging *m) {
    struct search_held *made = NULL;
    struct err e = m->is_broken ? FAIL(ERR_BROKEN, "a merge failed") : search_writer_hold(w, m->id, &made);
    for (size_t i = 0; i < m->n; i++) {
        size_t at = place_of(w, m->ids[i]);
        w->held[at].is_merging = false;
        if (made) {
            carry_dead(&w->held[at], m->dead[i], made);
        }
    }
    for (size_t i = 0; made && i < m->n; i++) {
        search_writer_drop(w, place_of(w, m->ids[i]));
    }
    if (e.why) {
        unlink(m->path);
        log_fault(LOG_WARN, "merging the search index", e);
    }
    w->is_changed = true;
    merging_free(m);
    return e;
}

static void parts_of(struct search_writer *w, struct search_merging *m) {
    for (size_t i = 0; i < m->n; i++) {
        /* The mapping itself moves with the list of what is held; a copy of its description does not. */
        struct search_segment *copy = search_grow(NULL, 0, 1, &(size_t){0}, sizeof *copy);
        *copy = w->held[place_of(w, m->ids[i])].segment;
        m->parts[i] = (struct search_part){copy, m->dead[i]};
    }
}

static void parts_free(struct search_merging *m) {
    for (size_t i = 0; i < m->n; i++) {
        free((void *)(uintptr_t)m->parts[i].segment);
    }
}

static struct err merge_now(struct search_writer *w, const size_t *which, size_t n) {
    struct search_merging *m = merging_of(w, which, n);
    parts_of(w, m);
    merge_thread(m);
    parts_free(m);
    return take_in(w, m);
}

static void merge_later(struct search_writer *w, const size_t *which, size_t n) {
    struct search_merging *m = merging_of(w, which, n);
    parts_of(w, m);
    if (pthread_create(&m->thread, NULL, merge_thread, m) != 0) {
        merge_thread(m);
        parts_free(m);
        err_ignore(take_in(w, m));
        return;
    }
    w->merging = m;
}

void search_upkeep_stop(struct search_writer *w) {
    struct search_merging *m = w->merging;
    if (m) {
        pthread_join(m->thread, NULL);
        parts_free(m);
        w->merging = NULL;
        err_ignore(take_in(w, m));
    }
}

static uint32_t alive(const struct search_held *h) { return h->segment.header->docs - h->dead_n; }

/* Sizes by powers of eight. */
static int tier_of(const struct search_held *h) {
    int tier = 0;
    for (uint32_t n = h->segment.header->passages / 64; n > 0; n /= RUN) {
        tier++;
    }
    return tier;
}

static struct err merge_these(struct search_writer *w, const size_t *which, size_t n) {
    uint64_t passages = 0;
    for (size_t i = 0; i < n; i++) {
        passages += w->held[which[i]].segment.header->passages;
    }
    if (passages < SMALL) {
        return merge_now(w, which, n);
    }
    if (!w->merging) {
        merge_later(w, which, n);
    }
    return OK;
}

/* The first tier with a full run; how many of it. */
static size_t full_run(const struct search_writer *w, size_t which[static RUN * 2], int tier) {
    size_t n = 0;
    for (size_t i = 0; i < w->n && n < RUN * 2; i++) {
        if (!w->held[i].is_merging && tier_of(&w->held[i]) == tier) {
            which[n++] = i;
        }
    }
    return n >= RUN ? n : 0;
}

struct err search_upkeep(struct search_writer *w) {
    if (w->merging && atomic_load(&w->merging->is_done)) {
        search_upkeep_stop(w);
    }
    for (size_t i = w->n; i-- > 0;) {
        if (!w->held[i].is_merging && alive(&w->held[i]) == 0) {
            search_writer_drop(w, i);
        }
    }
    size_t which[RUN * 2];
    for (int tier = 0; tier < 12; tier++) {
        size_t n = full_run(w, which, tier);
        if (n > 0) {
            TRY(merge_these(w, which, n));
        }
    }
    for (size_t i = 0; i < w->n; i++) {
        const struct search_held *h = &w->held[i];
        if (!h->is_merging && h->dead_n > 16 && h->dead_n > alive(h) / 2) {
            return merge_these(w, &i, 1);
        }
    }
    return OK;
}

struct err search_upkeep_all(struct search_writer *w) {
    search_upkeep_stop(w);
    size_t *which = search_grow(NULL, 0, w->n + 1, &(size_t){0}, sizeof *which);
    for (size_t i = 0; i < w->n; i++) {
        which[i] = i;
    }
    bool is_needed = w->n > 1 || (w->n == 1 && w->held[0].dead_n > 0);
    struct err e = is_needed ? merge_now(w, which, w->n) : OK;
    free(which);
    return e;
}

/* Every segment that holds the record, dead or alive, is written anew without the dead. */
struct err search_writer_purge(struct search_writer *w, int64_t record) {
    size_t n = 0, cap = 0;
    int64_t *ids = NULL;
    struct err e = OK;
    search_upkeep_stop(w);
    for (size_t i = 0; i < w->n; i++) {
        if (search_segment_find(&w->held[i].segment, record) != SEARCH_NONE) {
            ids = search_grow(ids, n, 1, &cap, sizeof *ids);
            ids[n++] = w->held[i].id;
        }
    }
    for (size_t i = 0; i < n && !e.why; i++) {
        size_t at = place_of(w, ids[i]);
        if (alive(&w->held[at]) == 0) {
            search_writer_drop(w, at);
            w->is_changed = true;
        } else {
            e = merge_now(w, &at, 1);
        }
    }
    free(ids);
    return e;
}

void search_upkeep_sweep(struct search_writer *w) {
    DIR *d = opendir(w->dir);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char path[SEARCH_PATH_MOST];
        struct str name = str_of(e->d_name);
        bool is_ours = str_ends(name, S(".segment")) || str_eq(name, S("manifest.new"));
        for (size_t i = 0; is_ours && i < w->n; i++) {
            search_segment_path(path, w->dir, w->held[i].id);
            is_ours = !str_eq(str_of(path + strlen(w->dir) + 1), name);
        }
        if (is_ours) {
            snprintf(path, sizeof path, "%.3900s/%.100s", w->dir, e->d_name);
            unlink(path);
        }
    }
    if (d) {
        closedir(d);
    }
    w->old_n = 0;
}
