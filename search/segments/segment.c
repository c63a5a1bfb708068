#include "search/segments/segment.h"
#include "base/sum.h"
#include "base/arena.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/banned.h"

static bool is_run(const uint32_t *offsets, uint32_t n, uint64_t size) {
    for (uint32_t i = 0; i < n; i++) {
        if (offsets[i] > offsets[i + 1]) {
            return false;
        }
    }
    return offsets[n] <= size;
}

static bool check_docs(const struct search_segment *s) {
    const struct search_header *h = s->header;
    for (uint32_t i = 0; i < h->docs; i++) {
        const struct search_entry *d = &s->docs[i];
        bool facets = d->kind < h->strings;
        for (int f = 0; f < SEARCH_FACETS; f++) {
            facets &= d->facet[f] < h->strings;
        }
        if (!facets || d->right >= h->rights || d->first > d[1].first || s->records[i] >= h->docs ||
            d->block_at > h->size[SECTION_TEXTS] || d->block_size > h->size[SECTION_TEXTS] - d->block_at ||
            d->text_from > d->block_full) {
            return false;
        }
    }
    if (s->docs[h->docs].first != h->passages) {
        return false;
    }
    for (uint32_t i = 0; i < h->passages; i++) {
        if (s->owners[i] >= h->docs) {
            return false;
        }
    }
    return true;
}

static bool check_sections(const struct search_segment *s) {
    const struct search_header *h = s->header;
    const uint64_t wanted[SECTIONS] = {
        [SECTION_BUCKETS] = ((1ULL << h->bucket_bits) + 1) * sizeof(struct search_bucket),
        [SECTION_DOCS] = (h->docs + 1ULL) * sizeof(struct search_entry),
        [SECTION_OWNERS] = h->passages * 4ULL,
        [SECTION_RECORDS] = h->docs * 4ULL,
        [SECTION_RIGHTS] = (h->rights + 1ULL) * 4,
        [SECTION_STRINGS] = (h->strings + 1ULL) * 4,
        [SECTION_WORDS] = (h->words + 1ULL) * 4,
    };
    for (int i = 0; i < SECTIONS; i++) {
        if ((wanted[i] && h->size[i] != wanted[i]) || h->at[i] % 8 || h->at[i] > s->size ||
            h->size[i] > s->size - h->at[i]) {
            return false;
        }
    }
    return true;
}

static bool check_offsets(const struct search_segment *s) {
    const struct search_header *h = s->header;
    uint64_t buckets = 1ULL << h->bucket_bits;
    for (uint64_t i = 0; i < buckets; i++) {
        if (s->buckets[i].posts_at > s->buckets[i + 1].posts_at ||
            s->buckets[i].terms_at > s->buckets[i + 1].terms_at) {
            return false;
        }
    }
    return s->buckets[buckets].posts_at <= h->size[SECTION_POSTS] &&
           s->buckets[buckets].terms_at <= h->size[SECTION_TERMS] &&
           is_run(s->rights, h->rights, h->size[SECTION_PRINCIPALS] / 8) &&
           is_run(s->strings, h->strings, h->size[SECTION_LETTERS]) &&
           is_run(s->words, h->words, h->size[SECTION_SPELLINGS]);
}

/* The tables, one after the other, in memory of our own: what is checked in them stays so. */
static bool copy_tables(struct search_segment *s) {
    uint64_t at[SECTIONS] = {0}, size = sizeof *s->header;
    const struct search_header *h = s->header;
    for (int i = SECTION_BUCKETS; i < SECTIONS; i++) {
        at[i] = size;
        size += (h->size[i] + 7) / 8 * 8;
    }
    s->tables = calloc(1, size + 8);
    if (!s->tables) {
        return false;
    }
    for (int i = SECTION_BUCKETS; i < SECTIONS; i++) {
        if (h->size[i]) {
            memcpy(s->tables + at[i], s->base + h->at[i], h->size[i]);
        }
    }
    memcpy(s->tables, h, sizeof *h);
    s->header = (const void *)s->tables;
    s->docs = (const void *)(s->tables + at[SECTION_DOCS]);
    s->owners = (const void *)(s->tables + at[SECTION_OWNERS]);
    s->records = (const void *)(s->tables + at[SECTION_RECORDS]);
    s->rights = (const void *)(s->tables + at[SECTION_RIGHTS]);
    s->strings = (const void *)(s->tables + at[SECTION_STRINGS]);
    s->words = (const void *)(s->tables + at[SECTION_WORDS]);
    s->principals = (const void *)(s->tables + at[SECTION_PRINCIPALS]);
    s->buckets = (const void *)(s->tables + at[SECTION_BUCKETS]);
    s->letters = s->tables + at[SECTION_LETTERS];
    s->spellings = s->tables + at[SECTION_SPELLINGS];
    return true;
}

bool search_segment_check(struct search_segment *s, const uint8_t *base, size_t size, bool with_sums) {
    struct search_header header;
    *s = (struct search_segment){.base = base, .size = size, .guard = s->guard, .stamp = s->stamp};
    if (size < sizeof header) {
        return false;
    }
    memcpy(&header, base, sizeof header);
    if (memcmp(header.magic, "DKSEARC5", 8) != 0 || header.file_size != size || header.bucket_bits > 24) {
        return false;
    }
    if (with_sums && (header.header_sum != sum64(0, &header, offsetof(struct search_header, header_sum)) ||
                      header.body_sum != sum64(0, base + sizeof header, size - sizeof header))) {
        return false;
    }
    s->header = &header;
    bool is_good = check_sections(s) && copy_tables(s) && check_offsets(s) && check_docs(s);
    if (!is_good) {
        free(s->tables);
        s->tables = NULL;
        s->header = NULL;
    }
    return is_good;
}

struct search_stamp search_stamp_of(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) {
        return (struct search_stamp){0};
    }
    return (struct search_stamp){(uint64_t)st.st_ino, (int64_t)st.st_size, (int64_t)st.st_mtim.tv_sec,
                                 (int64_t)st.st_mtim.tv_nsec};
}

bool search_stamp_is(const struct search_stamp *a, const struct search_stamp *b) {
    return a->inode == b->inode && a->size == b->size && a->changed_s == b->changed_s && a->changed_ns == b->changed_ns;
}

bool search_segment_is_hurt(const struct search_segment *s) { return s->guard && atomic_load(&s->guard->is_hurt); }

bool search_segment_is_whole(const struct search_segment *s) {
    struct search_header header;
    memcpy(&header, s->base, sizeof header);
    return memcmp(&header, s->header, sizeof header) == 0 &&
           header.body_sum == sum64(0, s->base + sizeof header, s->size - sizeof header) && !search_segment_is_hurt(s);
}

/* What is read from a segment does not fit together: it must be looked at. */
static void hurt(const struct search_segment *s) {
    if (s->guard) {
        atomic_store(&s->guard->is_hurt, true);
    }
}

struct err search_segment_open(const char *path, struct search_segment *out) {
    *out = (struct search_segment){.stamp = search_stamp_of(path)};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT ? FAIL(ERR_MISSING, "no such segment") : FAIL(ERR_BROKEN, "cannot open a segment");
    }
    struct stat st;
    void *base = MAP_FAILED;
    if (fstat(file, &st) == 0 && st.st_size > 0) {
        base = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, file, 0);
    }
    close(file);
    if (base == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "cannot map a segment");
    }
    out->guard = search_guard_begin(base, (size_t)st.st_size);
    if (!out->guard || !search_segment_check(out, base, (size_t)st.st_size, true) || search_segment_is_hurt(out)) {
        out->base = base;
        out->size = (size_t)st.st_size;
        search_segment_close(out);
        return FAIL(ERR_BROKEN, "a segment is damaged");
    }
    return OK;
}

void search_segment_close(struct search_segment *s) {
    if (s->guard) {
        munmap((void *)(uintptr_t)s->base, s->size);
        search_guard_end(s->guard);
    }
    free(s->tables);
    *s = (struct search_segment){0};
}

static struct str piece(const uint8_t *base, const uint32_t *offsets, uint32_t i) {
    return (struct str){(const char *)base + offsets[i], offsets[i + 1] - offsets[i]};
}

enum search_force search_segment_force(const struct search_entry *e, int64_t day) {
    if (day < e->from_day) {
        return SEARCH_NOT_YET_IN_FORCE;
    }
    return day >= e->until_day ? SEARCH_EXPIRED : e->is_partly ? SEARCH_PARTLY_IN_FORCE : SEARCH_IN_FORCE;
}

bool search_segment_has_force(const struct search_entry *e) {
    return (e->from_day != INT32_MIN || e->until_day != INT32_MAX) && e->from_day != date_number(search_force_unknown);
}

struct str search_segment_string(const struct search_segment *s, uint32_t string) {
    return piece(s->letters, s->strings, string);
}

struct str search_segment_word(const struct search_segment *s, uint32_t word) {
    return piece(s->spellings, s->words, word);
}

uint32_t search_segment_find(const struct search_segment *s, int64_t record) {
    uint32_t low = 0, high = s->header->docs;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->docs[s->records[middle]].record < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < s->header->docs && s->docs[s->records[low]].record == record ? s->records[low] : SEARCH_NONE;
}

/* What is left to read of an unpacked document. */
struct unpacked {
    const uint8_t *at, *end;
};

static bool take_str(struct unpacked *u, struct str *out) {
    uint64_t len;
    if (!search_varint_get(&u->at, u->end, &len) || len > (size_t)(u->end - u->at)) {
        return false;
    }
    *out = (struct str){(const char *)u->at, len};
    u->at += len;
    return true;
}

static bool take_passages(struct unpacked *u, struct arena *a, struct search_doc *out) {
    uint64_t n;
    if (!search_varint_get(&u->at, u->end, &n) || n > (size_t)(u->end - u->at)) {
        return false;
    }
    out->passages.at = arena_take(a, struct search_passage, n);
    out->passages.n = n;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t page;
        if (!search_varint_get(&u->at, u->end, &page) || !take_str(u, &out->passages.at[i].text)) {
            return false;
        }
        out->passages.at[i].page = (int64_t)page;
    }
    return true;
}

bool search_segment_block(const struct search_segment *s, struct arena *a, uint32_t doc, struct search_block *block) {
    /* Zstandard's smallest block of four bytes stands for at most 128 kB. */
    enum { RATIO = 1 << 15 };
    const struct search_entry *d = &s->docs[doc];
    if (block->segment == s && block->at == d->block_at && block->bytes.len == d->block_full) {
        return true;
    }
    *block = (struct search_block){0};
    if (d->block_full / RATIO > d->block_size) {
        return false;
    }
    char *bytes = arena_take_raw(a, d->block_full + 1ULL, 1);
    const uint8_t *packed = s->base + s->header->at[SECTION_TEXTS] + d->block_at;
    if (ZSTD_decompress(bytes, d->block_full, packed, d->block_size) != d->block_full) {
        hurt(s);
        return false;
    }
    *block = (struct search_block){s, d->block_at, {bytes, d->block_full}};
    return true;
}

static bool read_doc(struct arena *a, struct unpacked *u, struct search_doc *out) {
    return take_str(u, &out->key) && take_str(u, &out->number) && take_str(u, &out->title) && take_passages(u, a, out);
}

struct str search_segment_packed(const struct search_segment *s, uint32_t doc, const struct search_block *block) {
    struct str rest = str_slice(block->bytes, s->docs[doc].text_from, block->bytes.len);
    struct unpacked u = {(const uint8_t *)rest.at, (const uint8_t *)rest.at + rest.len};
    struct search_doc ignored = {0};
    struct arena *own = arena_new();
    bool is_whole = read_doc(own, &u, &ignored);
    arena_free(own);
    return is_whole ? (struct str){rest.at, (size_t)(u.at - (const uint8_t *)rest.at)} : S("");
}

bool search_segment_read(struct arena *a, uint32_t doc, const struct search_block *block, struct search_doc *out) {
    const struct search_segment *s = block->segment;
    const struct search_entry *d = &s->docs[doc];
    *out = (struct search_doc){.record = d->record, .whole = d->whole, .kind = search_segment_string(s, d->kind)};
    out->is_partly = d->is_partly;
    out->standing = d->standing;
    out->from_on = d->from_day == INT32_MIN ? (struct date){0} : date_from_number(d->from_day);
    out->until_on = d->until_day == INT32_MAX ? (struct date){0} : date_from_number(d->until_day);
    for (int f = 0; f < SEARCH_FACETS; f++) {
        out->facet[f] = search_segment_string(s, d->facet[f]);
    }
    out->date = d->day == INT32_MIN ? (struct date){0} : date_from_number(d->day);
    out->principals.n = s->rights[d->right + 1] - s->rights[d->right];
    out->principals.at = arena_take(a, int64_t, out->principals.n);
    if (out->principals.n) {
        memcpy(out->principals.at, s->principals + s->rights[d->right], out->principals.n * sizeof(int64_t));
    }
    struct unpacked u = {(const uint8_t *)block->bytes.at + d->text_from,
                         (const uint8_t *)block->bytes.at + block->bytes.len};
    return read_doc(a, &u, out);
}

bool search_segment_doc(const struct search_segment *s, struct arena *a, uint32_t doc, struct search_doc *out) {
    struct search_block block = {0};
    return search_segment_block(s, a, doc, &block) && search_segment_read(a, doc, &block, out);
}

static bool is_sound(char c) { return (c >= 1 && c <= 5) || (c >= 0x11 && c <= 0x15); }

size_t search_word_plain(struct str word, char out[static SEARCH_WORD_MOST]) {
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < SEARCH_WORD_MOST; i++) {
        if (!is_sound(word.at[i])) {
            out[n++] = word.at[i];
        }
    }
    return n;
}

uint32_t search_segment_word_from(const struct search_segment *s, struct str plain) {
    uint32_t low = 0, high = s->header->words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        char folded[SEARCH_WORD_MOST];
        size_t n = search_word_plain(search_segment_word(s, middle), folded);
        if (str_cmp((struct str){folded, n}, plain) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Reads one entry of a bucket: rest of the key, count, and where its postings are (a lone one stands in the entry). */
static bool next_term(const struct search_segment *s, struct search_terms *t) {
    const uint8_t *posts = s->base + s->header->at[SECTION_POSTS];
    uint64_t gap, count, size;
    if (t->at >= t->end || !search_varint_get(&t->at, t->end, &gap) || !search_varint_get(&t->at, t->end, &count)) {
        return false;
    }
    t->rest += gap;
    if (t->rest >> (SEARCH_KEY_BITS - s->header->bucket_bits)) {
        return false;
    }
    if (count == 1) {
        t->posting = (struct search_posting){1, t->at, NULL};
        if (!search_varint_get(&t->at, t->end, &size) || t->at >= t->end) {
            return false;
        }
        t->posting.end = ++t->at;
        return true;
    }
    if (!search_varint_get(&t->at, t->end, &size) || count > UINT32_MAX - SEARCH_BLOCK ||
        t->posts_at > s->header->size[SECTION_POSTS] || size > s->header->size[SECTION_POSTS] - t->posts_at) {
        return false;
    }
    t->posting = (struct search_posting){(uint32_t)count, posts + t->posts_at, posts + t->posts_at + size};
    t->posts_at += size;
    return true;
}

static void enter_bucket(struct search_terms *t, uint64_t bucket) {
    const struct search_segment *s = t->segment;
    const uint8_t *terms = s->base + s->header->at[SECTION_TERMS];
    t->bucket = bucket;
    t->at = terms + s->buckets[bucket].terms_at;
    t->end = terms + s->buckets[bucket + 1].terms_at;
    t->posts_at = s->buckets[bucket].posts_at;
    t->rest = 0;
}

struct search_posting search_segment_term(const struct search_segment *s, uint64_t key) {
    unsigned low_bits = SEARCH_KEY_BITS - s->header->bucket_bits;
    uint64_t rest = key & ((1ULL << low_bits) - 1);
    struct search_terms t = {.segment = s};
    if (key >> SEARCH_KEY_BITS) {
        return (struct search_posting){0};
    }
    enter_bucket(&t, key >> low_bits);
    while (next_term(s, &t)) {
        if (t.rest >= rest) {
            return t.rest == rest ? t.posting : (struct search_posting){0};
        }
    }
    return (struct search_posting){0};
}

void search_terms_begin(struct search_terms *t, const struct search_segment *s) {
    *t = (struct search_terms){.segment = s};
    enter_bucket(t, 0);
}

bool search_terms_next(struct search_terms *t) {
    const struct search_segment *s = t->segment;
    uint64_t buckets = 1ULL << s->header->bucket_bits;
    while (!next_term(s, t)) {
        if (t->bucket + 1 >= buckets) {
            return false;
        }
        enter_bucket(t, t->bucket + 1);
    }
    t->key = t->bucket << (SEARCH_KEY_BITS - s->header->bucket_bits) | t->rest;
    return true;
}
