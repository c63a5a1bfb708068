#include "search/segments/merge.h"
#include "base/arena.h"
#include "search/segments/out.h"
#include "search/words/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* The block of texts last unpacked. */
struct copying {
    struct arena *arena;
    struct search_block block;
};

struct merging {
    const struct search_part *parts;
    size_t n;
    uint32_t **passages; /* old passage -> new, SEARCH_NONE when removed */
    struct search_terms *terms;
    bool *has_term;
    struct search_post *posts;
    size_t posts_n, posts_cap;
    struct search_cursor cursor;
};

/* Copies a document with its text; false when the text cannot be read. */
static bool copy_doc(struct search_out *o, const struct search_segment *s, uint32_t doc, struct copying *c) {
    if (c->block.at != s->docs[doc].block_at || c->block.segment != s) {
        arena_reset(c->arena);
    }
    if (!search_segment_block(s, c->arena, doc, &c->block)) {
        return false;
    }
    const struct search_entry *e = &s->docs[doc];
    struct search_out_doc d = {.entry = *e, .kind = search_segment_string(s, e->kind)};
    for (int f = 0; f < SEARCH_FACETS; f++) {
        d.facet[f] = search_segment_string(s, e->facet[f]);
    }
    uint32_t from = s->rights[e->right], to = s->rights[e->right + 1];
    d.principals = (struct str){(const char *)(s->principals + from), (to - from) * sizeof(int64_t)};
    d.text = search_segment_packed(s, doc, &c->block);
    d.passages = e[1].first - e->first;
    search_out_doc(o, &d);
    return d.text.len > 0;
}

static bool copy_docs(struct merging *m, struct search_out *o) {
    uint32_t next = 0;
    bool is_whole = true;
    struct copying c = {.arena = arena_new()};
    for (size_t p = 0; p < m->n; p++) {
        const struct search_segment *s = m->parts[p].segment;
        size_t cap = 0;
        m->passages[p] = search_grow(NULL, 0, s->header->passages + 1ULL, &cap, sizeof(uint32_t));
        for (uint32_t doc = 0; doc < s->header->docs; doc++) {
            bool is_dead = search_is_dead(m->parts[p].dead, doc);
            for (uint32_t i = s->docs[doc].first; i < s->docs[doc + 1].first; i++) {
                m->passages[p][i] = is_dead ? SEARCH_NONE : next++;
            }
            if (!is_dead) {
                is_whole &= copy_doc(o, s, doc, &c);
            }
        }
    }
    arena_free(c.arena);
    return is_whole;
}

static void take_posts(struct merging *m, size_t part) {
    uint32_t all = m->parts[part].segment->header->passages;
    search_cursor_open(&m->cursor, m->terms[part].posting);
    for (uint32_t p; (p = search_cursor_passage(&m->cursor)) != SEARCH_NONE; search_cursor_step(&m->cursor)) {
        if (p < all && m->passages[part][p] != SEARCH_NONE) {
            m->posts = search_grow(m->posts, m->posts_n, 1, &m->posts_cap, sizeof *m->posts);
            m->posts[m->posts_n++] = (struct search_post){m->passages[part][p], m->cursor.impact[m->cursor.i]};
        }
    }
}

static void merge_terms(struct merging *m, struct search_out *o) {
    for (size_t p = 0; p < m->n; p++) {
        search_terms_begin(&m->terms[p], m->parts[p].segment);
        m->has_term[p] = search_terms_next(&m->terms[p]);
    }
    for (;;) {
        uint64_t key = UINT64_MAX;
        for (size_t p = 0; p < m->n; p++) {
            key = m->has_term[p] && m->terms[p].key < key ? m->terms[p].key : key;
        }
        if (key == UINT64_MAX) {
            return;
        }
        m->posts_n = 0;
        for (size_t p = 0; p < m->n; p++) {
            if (m->has_term[p] && m->terms[p].key == key) {
                take_posts(m, p);
                m->has_term[p] = search_terms_next(&m->terms[p]);
            }
        }
        search_out_term(o, key, m->posts, m->posts_n);
    }
}

/* Whether a word still stands somewhere: one that only removed documents used is forgotten. */
static bool is_used(struct merging *m, struct str word) {
    uint64_t key = search_key(SEARCH_EXACT, word);
    for (size_t p = 0; p < m->n; p++) {
        uint32_t all = m->parts[p].segment->header->passages;
        search_cursor_open(&m->cursor, search_segment_term(m->parts[p].segment, key));
        for (uint32_t i; (i = search_cursor_passage(&m->cursor)) != SEARCH_NONE; search_cursor_step(&m->cursor)) {
            if (i < all && m->passages[p][i] != SEARCH_NONE) {
                return true;
            }
        }
    }
    return false;
}

static void merge_words(struct merging *m, struct search_out *o) {
    size_t cap = 0;
    uint32_t *at = search_grow(NULL, 0, m->n, &cap, sizeof *at);
    memset(at, 0, m->n * sizeof *at);
    for (;;) {
        struct str least = {0};
        for (size_t p = 0; p < m->n; p++) {
            const struct search_segment *s = m->parts[p].segment;
            if (at[p] < s->header->words && (!least.at || search_word_cmp(search_segment_word(s, at[p]), least) < 0)) {
                least = search_segment_word(s, at[p]);
            }
        }
        if (!least.at) {
            break;
        }
        if (is_used(m, least)) {
            search_out_word(o, least);
        }
        for (size_t p = 0; p < m->n; p++) {
            const struct search_segment *s = m->parts[p].segment;
            at[p] += at[p] < s->header->words && str_eq(search_segment_word(s, at[p]), least);
        }
    }
    free(at);
}

struct err search_merge(const struct search_part *parts, size_t n, const char *path) {
    struct search_out o;
    uint64_t terms = 0;
    size_t cap[3] = {0};
    for (size_t p = 0; p < n; p++) {
        terms = parts[p].segment->header->terms > terms ? parts[p].segment->header->terms : terms;
    }
    TRY(search_out_open(&o, path, terms * 2));
    struct merging m = {.parts = parts, .n = n};
    m.passages = search_grow(NULL, 0, n, &cap[0], sizeof *m.passages);
    m.terms = search_grow(NULL, 0, n, &cap[1], sizeof *m.terms);
    m.has_term = search_grow(NULL, 0, n, &cap[2], sizeof *m.has_term);
    bool is_whole = copy_docs(&m, &o);
    merge_terms(&m, &o);
    merge_words(&m, &o);
    for (size_t p = 0; p < n; p++) {
        free(m.passages[p]);
    }
    free(m.passages);
    free(m.terms);
    free(m.has_term);
    free(m.posts);
    struct err e = search_out_finish(&o);
    return e.why || is_whole ? e : FAIL(ERR_BROKEN, "a text in a segment cannot be read");
}
