#include "kernel/search_alike.h"
#include "base/arena.h"
#include "kernel/search_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Of sixteen least hashes, those of copies nine tenths alike agree in some fourteen, of texts half alike in some eight:
   eleven lets hardly a copy slip, and hardly anything else through to be read. */
enum { AGREE_OF_TEN = 7, RUN = 3, WORDS_MOST = 8000, WORDS_LEAST = 24 };
static const double alike_share = 0.9;

static uint64_t run_key(const uint64_t before[static 2], uint64_t exact) {
    return search_pair_key(SEARCH_EXACT_PAIR, search_pair_key(SEARCH_EXACT_PAIR, before[0], before[1]), exact);
}

void search_sketch_begin(struct search_sketch *s) {
    *s = (struct search_sketch){0};
    memset(s->least, 0xFF, sizeof s->least);
}

void search_sketch_word(struct search_sketch *s, uint64_t exact) {
    if (++s->words >= RUN) {
        uint64_t key = run_key(s->before, exact);
        uint32_t *least = &s->least[key % SEARCH_SKETCH], hash = (uint32_t)(key >> 4);
        *least = hash < *least ? hash : *least;
    }
    s->before[0] = s->before[1];
    s->before[1] = exact;
}

void search_sketch_end(const struct search_sketch *s, uint8_t out[static SEARCH_SKETCH]) {
    for (size_t i = 0; i < SEARCH_SKETCH; i++) {
        out[i] = s->least[i] == UINT32_MAX ? 0 : (uint8_t)(1 + s->least[i] % 255);
    }
}

bool search_sketch_near(const uint8_t a[static SEARCH_SKETCH], const uint8_t b[static SEARCH_SKETCH]) {
    unsigned used = 0, agree = 0;
    for (size_t i = 0; i < SEARCH_SKETCH; i++) {
        used += a[i] || b[i];
        agree += a[i] && a[i] == b[i];
    }
    return used > 0 && agree * 10 >= used * AGREE_OF_TEN;
}

static int by_key(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void print_text(struct search_print *p, uint64_t before[static 2], struct str text) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, text);
    while (p->words < WORDS_MOST && search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        if (t.is_number) {
            p->numbers = search_pair_key(SEARCH_NUMBER, p->numbers, t.exact);
        }
        if (++p->words >= RUN) {
            p->runs[p->n++] = run_key(before, t.exact);
        }
        before[0] = before[1];
        before[1] = t.exact;
    }
}

struct search_print search_print_of(struct arena *a, const struct search_doc *doc) {
    struct search_print p = {.runs = arena_take_raw(a, WORDS_MOST * sizeof(uint64_t), alignof(uint64_t))};
    uint64_t before[2] = {0};
    for (size_t i = 0; i < doc->passages.n; i++) {
        print_text(&p, before, doc->passages.at[i].text);
    }
    qsort(p.runs, p.n, sizeof *p.runs, by_key);
    size_t n = 0;
    for (size_t i = 0; i < p.n; i++) {
        if (n == 0 || p.runs[n - 1] != p.runs[i]) {
            p.runs[n++] = p.runs[i];
        }
    }
    p.n = n;
    return p;
}

bool search_print_alike(const struct search_print *a, const struct search_print *b) {
    size_t i = 0, k = 0, both = 0;
    if (a->numbers != b->numbers || a->words < WORDS_LEAST || b->words < WORDS_LEAST) {
        return false;
    }
    while (i < a->n && k < b->n) {
        both += a->runs[i] == b->runs[k];
        uint64_t x = a->runs[i], y = b->runs[k];
        i += x <= y;
        k += y <= x;
    }
    return (double)both >= alike_share * (double)(a->n + b->n - both);
}
