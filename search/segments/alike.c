#include "search/segments/alike.h"
#include "base/arena.h"
#include "search/words/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Of sixteen least hashes, those of copies nine tenths alike agree in some fourteen, of texts half alike in some eight:
   eleven lets hardly a copy slip, and hardly anything else through to be read. */
enum {
    AGREE_OF_TEN = 7,
    RUN = 3,
    WORDS_MOST = 8000,
    WORDS_LEAST = 24,
    WORDS_MANY = 60,
    NAME_MOST = 64,
    NAME_LEAST = 3
};
static const double alike_share = 0.9, own_share = 0.8, whole_share = 0.95;

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

static size_t once_each(uint64_t *keys, size_t n) {
    size_t kept = 0;
    list_sort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || keys[kept - 1] != keys[i]) {
            keys[kept++] = keys[i];
        }
    }
    return kept;
}

static struct search_name name_of(struct arena *a, struct str text) {
    struct search_name name = {.words = arena_take(a, uint64_t, NAME_MOST)};
    struct search_scan scan;
    struct search_token t;
    bool has_number = false;
    search_scan_begin(&scan, text);
    while (name.n < NAME_MOST && search_scan_next(&scan, &t)) {
        has_number |= t.is_whole;
        name.words[name.n] = t.exact;
        name.n += !t.is_whole && !t.is_number;
    }
    name.n = once_each(name.words, name.n);
    name.is_number = has_number && name.n <= 4;
    name.is_bare = !name.is_number && name.n < NAME_LEAST;
    return name;
}

struct search_print search_print_of(struct arena *a, const struct search_doc *doc) {
    struct search_print p = {.runs = arena_take_raw(a, WORDS_MOST * sizeof(uint64_t), alignof(uint64_t))};
    uint64_t before[2] = {0};
    bool has_pages = false;
    for (size_t i = 0; i < doc->passages.n; i++) {
        has_pages |= doc->passages.at[i].page > 0;
    }
    for (size_t i = 0; i < doc->passages.n; i++) {
        /* Beside pages, what is not on a page is said about the paper: when it came, who has it. */
        if (doc->passages.at[i].page > 0 || !has_pages) {
            print_text(&p, before, doc->passages.at[i].text);
        }
    }
    p.n = once_each(p.runs, p.n);
    struct str own = search_own_title(doc->title);
    p.own = name_of(a, own);
    p.whole = name_of(a, str_slice(doc->title, own.len, doc->title.len));
    return p;
}

/* What two ascending runs have in common, as a share of both together; two empty ones are the same. */
static double share_of(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n) {
    size_t i = 0, k = 0, both = 0;
    while (i < a_n && k < b_n) {
        uint64_t x = a[i], y = b[k];
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    size_t all = a_n + b_n - both;
    return all ? (double)both / (double)all : 1;
}

/* A whole that is only a number, as consolidations are, is told by a long text under a title that says something. */
static bool is_same_title(const struct search_print *a, const struct search_print *b) {
    if (a->own.n < NAME_LEAST || share_of(a->own.words, a->own.n, b->own.words, b->own.n) < own_share) {
        return false;
    }
    bool has_whole = a->whole.n + b->whole.n > 0;
    if (has_whole && (a->whole.is_bare || b->whole.is_bare)) {
        return false;
    }
    if (a->whole.is_number || b->whole.is_number) {
        return a->words >= WORDS_MANY;
    }
    return share_of(a->whole.words, a->whole.n, b->whole.words, b->whole.n) >= whole_share;
}

bool search_print_alike(const struct search_print *a, const struct search_print *b) {
    if (a->numbers != b->numbers || a->words < WORDS_LEAST || b->words < WORDS_LEAST) {
        return false;
    }
    return is_same_title(a, b) && share_of(a->runs, a->n, b->runs, b->n) >= alike_share;
}
