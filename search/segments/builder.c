#include "search/segments/builder.h"
#include "search/words/number.h"
#include "search/words/define.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void search_builder_begin(struct search_builder *b) {
    *b = (struct search_builder){0};
    search_intern_begin(&b->strings);
    search_intern_begin(&b->rights);
    search_intern_begin(&b->words);
    search_intern_begin(&b->records);
}

void search_builder_free(struct search_builder *b) {
    free(b->docs);
    free(b->texts.at);
    search_intern_free(&b->strings);
    search_intern_free(&b->rights);
    search_intern_free(&b->words);
    search_intern_free(&b->records);
    free(b->newest);
    free(b->posts);
    free(b->tally);
    free(b->used);
    free(b->title);
    *b = (struct search_builder){0};
}

static void tally_more(struct search_builder *b) {
    size_t n = b->tally_n ? b->tally_n * 2 : 1024, cap = 0;
    struct search_tally *more = search_grow(NULL, 0, n, &cap, sizeof *more);
    memset(more, 0, n * sizeof *more);
    for (size_t i = 0; i < b->used_n; i++) {
        struct search_tally t = b->tally[b->used[i]];
        size_t slot = t.key & (n - 1);
        while (more[slot].stamp == b->stamp) {
            slot = (slot + 1) & (n - 1);
        }
        more[slot] = t;
        b->used[i] = (uint32_t)slot;
    }
    free(b->tally);
    b->tally = more;
    b->tally_n = n;
}

static void tally(struct search_builder *b, uint64_t key, uint32_t n) {
    if ((b->used_n + 1) * 2 > b->tally_n) {
        tally_more(b);
    }
    size_t slot = key & (b->tally_n - 1);
    while (b->tally[slot].stamp == b->stamp && b->tally[slot].key != key) {
        slot = (slot + 1) & (b->tally_n - 1);
    }
    if (b->tally[slot].stamp != b->stamp) {
        b->tally[slot] = (struct search_tally){key, b->stamp, 0};
        b->used = search_grow(b->used, b->used_n, 1, &b->used_cap, sizeof *b->used);
        b->used[b->used_n++] = (uint32_t)slot;
    }
    b->tally[slot].n += n;
}

static void tally_begin(struct search_builder *b) {
    b->used_n = 0;
    if (++b->stamp == 0) {
        memset(b->tally, 0, b->tally_n * sizeof *b->tally);
        b->stamp = 1;
    }
}

static bool is_spelling(const struct search_scan *scan, const struct search_token *t) {
    return !t->is_number && scan->plain_len >= 1 && scan->plain_len <= 20 &&
           (scan->plain[0] < '0' || scan->plain[0] > '9');
}

/* Counts the terms of a text; returns how many words it has. */
static uint32_t tally_text(struct search_builder *b, struct str text) {
    struct search_scan scan;
    struct search_token t, before = {0};
    uint32_t words = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        tally(b, t.exact, 1);
        if (t.is_whole) {
            continue;
        }
        if (words > 0 && !t.is_begin) {
            tally(b, search_pair_key(SEARCH_EXACT_PAIR, before.exact, t.exact), 1);
        }
        search_sketch_word(&b->sketch, t.exact);
        if (is_spelling(&scan, &t)) {
            search_intern_put(&b->words, (struct str){scan.word, scan.word_len});
        }
        before = t;
        words++;
    }
    return words;
}

static void add_post(struct search_builder *b, uint64_t key, uint32_t passage, uint8_t impact) {
    b->posts = search_grow(b->posts, b->posts_n, 1, &b->posts_cap, sizeof *b->posts);
    b->posts[b->posts_n++] = (struct search_raw){key, passage, impact};
}

static void read_title(struct search_builder *b, const struct search_doc *doc) {
    tally_begin(b);
    b->title_length = tally_text(b, doc->title);
    tally_text(b, doc->number);
    b->title_n = 0;
    b->title = search_grow(b->title, 0, b->used_n, &b->title_cap, sizeof *b->title);
    for (size_t i = 0; i < b->used_n; i++) {
        b->title[b->title_n++] = b->tally[b->used[i]];
    }
}

/* What the text says abbreviations stand for is found under both. */
static void tally_definitions(struct search_builder *b, struct str text) {
    struct search_definition d;
    for (size_t at = 0; search_definition_next(text, &at, &d);) {
        struct search_scan scan;
        struct search_token t;
        uint64_t folded[SEARCH_SHORT_MOST * 2];
        size_t n = 0;
        search_scan_begin(&scan, d.words);
        while (n < SEARCH_SHORT_MOST * 2 && search_scan_next(&scan, &t)) {
            folded[n] = t.folded;
            n += !t.is_whole;
        }
        tally(b, search_letters_key(d.letters), 1);
        tally(b, search_words_key(folded, n), 1);
    }
}

static void add_passage(struct search_builder *b, struct str text) {
    tally_begin(b);
    uint32_t length = b->title_length + tally_text(b, text);
    tally_definitions(b, text);
    for (size_t i = 0; i < b->title_n; i++) {
        tally(b, b->title[i].key, b->title[i].n * SEARCH_TITLE_WEIGHT);
    }
    for (size_t i = 0; i < b->used_n; i++) {
        const struct search_tally *t = &b->tally[b->used[i]];
        add_post(b, t->key, b->passages, search_impact(t->n, length));
    }
    b->passages++;
}

static void add_number(struct search_builder *b, const struct search_doc *doc) {
    struct search_number number;
    uint64_t keys[SEARCH_NUMBER_KEYS_MOST];
    if (doc->number.len == 0 || !search_number_of(doc->number, &number)) {
        return;
    }
    size_t n = search_number_keys(&number, doc->date, keys);
    for (size_t i = 0; i < n; i++) {
        add_post(b, keys[i], b->passages, 255);
    }
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t right_of(struct search_builder *b, const struct search_doc *doc) {
    size_t n = 0, cap = 0;
    int64_t *sorted = search_grow(NULL, 0, doc->principals.n, &cap, sizeof *sorted);
    memcpy(sorted, doc->principals.at, doc->principals.n * sizeof *sorted);
    list_sort(sorted, doc->principals.n, sizeof *sorted, by_value);
    for (size_t i = 0; i < doc->principals.n; i++) {
        if (n == 0 || sorted[n - 1] != sorted[i]) {
            sorted[n++] = sorted[i];
        }
    }
    uint32_t right = search_intern_put(&b->rights, (struct str){(const char *)sorted, n * sizeof *sorted});
    free(sorted);
    return right;
}

bool search_builder_remove(struct search_builder *b, int64_t record) {
    uint32_t i = search_intern_find(&b->records, (struct str){(const char *)&record, sizeof record});
    if (i == UINT32_MAX || b->docs[b->newest[i]].is_dead) {
        return false;
    }
    b->docs[b->newest[i]].is_dead = true;
    return true;
}

void search_builder_put(struct search_builder *b, const struct search_doc *doc) {
    search_builder_remove(b, doc->record);
    struct search_built built = {.entry = {.record = doc->record, .first = b->passages, .right = right_of(b, doc)}};
    struct search_entry *e = &built.entry;
    e->day = doc->date.year ? (int32_t)date_number(doc->date) : INT32_MIN;
    e->from_day = doc->from_on.year ? (int32_t)date_number(doc->from_on) : INT32_MIN;
    e->until_day = doc->until_on.year ? (int32_t)date_number(doc->until_on) : INT32_MAX;
    e->whole = doc->whole;
    e->is_partly = doc->is_partly;
    e->standing = (int16_t)doc->standing;
    e->kind = search_intern_put(&b->strings, doc->kind);
    for (int f = 0; f < SEARCH_FACETS; f++) {
        e->facet[f] = search_intern_put(&b->strings, doc->facet[f]);
    }
    built.text_at = b->texts.n;
    search_out_pack(&b->texts, doc);
    built.text_size = b->texts.n - built.text_at;
    read_title(b, doc);
    add_number(b, doc);
    search_sketch_begin(&b->sketch);
    for (size_t i = 0; i < doc->passages.n; i++) {
        add_passage(b, doc->passages.at[i].text);
    }
    if (doc->passages.n == 0) {
        add_passage(b, S(""));
    }
    built.passages = b->passages - e->first;
    search_sketch_end(&b->sketch, e->sketch);
    uint32_t record = search_intern_put(&b->records, (struct str){(const char *)&doc->record, sizeof doc->record});
    b->newest = search_grow(b->newest, record, 1, &b->newest_cap, sizeof *b->newest);
    b->newest[record] = (uint32_t)b->docs_n;
    b->docs = search_grow(b->docs, b->docs_n, 1, &b->docs_cap, sizeof *b->docs);
    b->docs[b->docs_n++] = built;
}

/* Stable, 16 bits at a time from the low end: postings of a term stay in order of passage. */
static void sort_posts(struct search_builder *b) {
    size_t n = b->posts_n, cap = 0, count_cap = 0;
    struct search_raw *from = b->posts, *to = search_grow(NULL, 0, b->posts_cap + 1, &cap, sizeof *to);
    size_t *at = search_grow(NULL, 0, 65537, &count_cap, sizeof *at);
    for (unsigned shift = 0; shift < SEARCH_KEY_BITS; shift += 16) {
        memset(at, 0, 65537 * sizeof *at);
        for (size_t i = 0; i < n; i++) {
            at[((from[i].key >> shift) & 0xFFFF) + 1]++;
        }
        for (size_t i = 1; i < 65537; i++) {
            at[i] += at[i - 1];
        }
        for (size_t i = 0; i < n; i++) {
            to[at[(from[i].key >> shift) & 0xFFFF]++] = from[i];
        }
        struct search_raw *swap = from;
        from = to;
        to = swap;
    }
    free(at);
    free(to);
    b->posts = from;
}

static void write_docs(struct search_builder *b, struct search_out *o) {
    for (size_t i = 0; i < b->docs_n; i++) {
        const struct search_entry *e = &b->docs[i].entry;
        if (b->docs[i].is_dead) {
            continue;
        }
        struct search_out_doc d = {.entry = *e, .passages = b->docs[i].passages};
        d.kind = search_intern_at(&b->strings, e->kind);
        for (int f = 0; f < SEARCH_FACETS; f++) {
            d.facet[f] = search_intern_at(&b->strings, e->facet[f]);
        }
        d.principals = search_intern_at(&b->rights, e->right);
        d.text = (struct str){(const char *)b->texts.at + b->docs[i].text_at, b->docs[i].text_size};
        search_out_doc(o, &d);
    }
}

/* Where each passage goes; SEARCH_NONE for those of dead documents. */
static uint32_t *places_of(const struct search_builder *b) {
    uint32_t *places = search_grow(NULL, 0, b->passages + 1ULL, &(size_t){0}, sizeof *places);
    uint32_t next = 0;
    for (size_t i = 0; i < b->docs_n; i++) {
        for (uint32_t p = 0; p < b->docs[i].passages; p++) {
            places[b->docs[i].entry.first + p] = b->docs[i].is_dead ? SEARCH_NONE : next++;
        }
    }
    return places;
}

static void write_terms(struct search_builder *b, struct search_out *o) {
    struct search_post *posts = NULL;
    uint32_t *places = places_of(b);
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < b->posts_n; i++) {
        uint32_t place = places[b->posts[i].passage];
        if (place != SEARCH_NONE) {
            posts = search_grow(posts, n, 1, &cap, sizeof *posts);
            posts[n++] = (struct search_post){place, (uint8_t)b->posts[i].impact};
        }
        if (i + 1 == b->posts_n || b->posts[i + 1].key != b->posts[i].key) {
            search_out_term(o, b->posts[i].key, posts, n);
            n = 0;
        }
    }
    free(places);
    free(posts);
}

static int by_word(const void *x, const void *y, void *words) {
    return search_word_cmp(search_intern_at(words, *(const uint32_t *)x),
                           search_intern_at(words, *(const uint32_t *)y));
}

static void write_words(struct search_builder *b, struct search_out *o) {
    size_t cap = 0;
    uint32_t *order = search_grow(NULL, 0, b->words.n, &cap, sizeof *order);
    for (uint32_t i = 0; i < b->words.n; i++) {
        order[i] = i;
    }
    list_sort_with(order, b->words.n, sizeof *order, by_word, &b->words);
    for (uint32_t i = 0; i < b->words.n; i++) {
        search_out_word(o, search_intern_at(&b->words, order[i]));
    }
    free(order);
}

struct err search_builder_write(struct search_builder *b, const char *path) {
    struct search_out o;
    sort_posts(b);
    uint64_t terms = 0;
    for (size_t i = 0; i < b->posts_n; i++) {
        terms += i == 0 || b->posts[i - 1].key != b->posts[i].key;
    }
    TRY(search_out_open(&o, path, terms));
    write_docs(b, &o);
    write_terms(b, &o);
    write_words(b, &o);
    TRY(search_out_finish(&o));
    search_builder_free(b);
    search_builder_begin(b);
    return OK;
}
