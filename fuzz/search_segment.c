/* Any bytes as a segment and as a manifest, with the checksums passed over: reading them stays inside the bytes and
 * ends. */
#include "base/arena.h"
#include "kernel/search_manifest.h"
#include "kernel/search_segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void walk_terms(const struct search_segment *s) {
    struct search_cursor *c = calloc(1, sizeof *c);
    struct search_terms t;
    search_terms_begin(&t, s);
    for (int i = 0; c && i < 2000 && search_terms_next(&t); i++) {
        search_cursor_open(c, t.posting);
        for (int k = 0; k < 300 && search_cursor_passage(c) != SEARCH_NONE; k++) {
            search_cursor_step(c);
        }
        search_cursor_open(c, t.posting);
        for (uint32_t p = 0; p < 4000; p += 97) {
            (void)search_cursor_bound(c, p, p + 97);
            (void)search_cursor_seek(c, p);
        }
        (void)search_segment_term(s, t.key);
    }
    free(c);
}

static void walk_docs(const struct search_segment *s) {
    struct arena *a = arena_new();
    for (uint32_t d = 0; d < s->header->docs && d < 200; d++) {
        struct search_doc doc;
        arena_reset(a);
        (void)search_segment_doc(s, a, d, &doc);
        (void)search_segment_find(s, s->docs[d].record);
    }
    for (uint32_t w = 0; w < s->header->words && w < 500; w++) {
        char plain[SEARCH_WORD_MOST];
        struct str word = search_segment_word(s, w);
        (void)search_segment_word_from(s, (struct str){plain, search_word_plain(word, plain)});
    }
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    uint8_t *bytes = malloc(n + 1);
    struct search_segment s;
    struct search_manifest m;
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, at, n);
    if (search_segment_check(&s, bytes, n, false)) {
        walk_terms(&s);
        walk_docs(&s);
    }
    (void)search_manifest_parse(bytes, n, &m);
    search_manifest_free(&m); /* frees bytes */
    return 0;
}
