#include "search/segments/out.h"
#include "base/sum.h"
#include "base/log.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "base/banned.h"

/* Texts are compressed some documents at a time: what lies together is alike. */
enum { CHUNK = 1 << 20, BLOCK = 16 << 10, LEVEL = 6 };

bool search_sync_dir(const char *dir) {
    int file = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return ok;
}

static bool write_all(int file, const uint8_t *at, size_t n) {
    while (n > 0) {
        ssize_t wrote = write(file, at, n);
        if (wrote <= 0) {
            return false;
        }
        at += wrote;
        n -= (size_t)wrote;
    }
    return true;
}

/* Writes what is pending in whole words, so that the checksum goes on as if it were one piece. */
static void flush(struct search_out *o, bool is_last) {
    size_t n = is_last ? o->pending.n : o->pending.n & ~(size_t)7;
    o->sum = sum64(o->sum, o->pending.at, n);
    o->is_broken |= !write_all(o->file, o->pending.at, n);
    memmove(o->pending.at, o->pending.at + n, o->pending.n - n);
    o->pending.n -= n;
}

static void put(struct search_out *o, const void *bytes, size_t n) {
    search_bytes_put(&o->pending, bytes, n);
    o->written += n;
    if (o->pending.n >= CHUNK) {
        flush(o, false);
    }
}

static void section_begin(struct search_out *o, enum search_section section) {
    static const uint8_t zeros[8];
    put(o, zeros, (8 - o->written % 8) % 8);
    o->header.at[section] = o->written;
}

static void section_end(struct search_out *o, enum search_section section) {
    o->header.size[section] = o->written - o->header.at[section];
}

static void section(struct search_out *o, enum search_section which, const void *bytes, size_t n) {
    section_begin(o, which);
    put(o, bytes, n);
    section_end(o, which);
}

struct err search_out_open(struct search_out *o, const char *path, uint64_t terms) {
    *o = (struct search_out){0};
    o->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (o->file < 0) {
        return FAIL(ERR_BROKEN, "cannot make a segment");
    }
    memcpy(o->header.magic, "DKSEARC5", 8);
    while (o->header.bucket_bits < 22 && (terms >> o->header.bucket_bits) > 32) {
        o->header.bucket_bits++;
    }
    size_t buckets = (1ULL << o->header.bucket_bits) + 1, cap = 0;
    o->buckets = search_grow(NULL, 0, buckets, &cap, sizeof *o->buckets);
    memset(o->buckets, 0, buckets * sizeof *o->buckets);
    search_intern_begin(&o->strings);
    search_intern_begin(&o->rights);
    o->is_broken = !write_all(o->file, (const uint8_t *)&o->header, sizeof o->header);
    o->written = sizeof o->header;
    section_begin(o, SECTION_TEXTS);
    return OK;
}

static void out_of_memory(void) {
    log_line(LOG_ERROR, "out of memory in the search index");
    abort();
}

static void close_block(struct search_out *o) {
    size_t cap = 0;
    uint8_t *packed = search_grow(NULL, 0, ZSTD_compressBound(o->block.n), &cap, 1);
    size_t size = ZSTD_compress(packed, cap, o->block.at, o->block.n, LEVEL);
    if (ZSTD_isError(size)) {
        out_of_memory();
    }
    for (; o->block_docs < o->docs_n; o->block_docs++) {
        struct search_entry *e = &o->docs[o->block_docs];
        e->block_at = o->written - o->header.at[SECTION_TEXTS];
        e->block_size = (uint32_t)size;
        e->block_full = (uint32_t)o->block.n;
    }
    put(o, packed, size);
    free(packed);
    o->block.n = 0;
}

void search_out_doc(struct search_out *o, const struct search_out_doc *d) {
    o->docs = search_grow(o->docs, o->docs_n, 2, &o->docs_cap, sizeof *o->docs);
    struct search_entry *e = &o->docs[o->docs_n];
    *e = d->entry;
    e->text_from = (uint32_t)o->block.n;
    e->first = (uint32_t)o->owners_n;
    e->right = search_intern_put(&o->rights, d->principals);
    e->kind = search_intern_put(&o->strings, d->kind);
    for (int f = 0; f < SEARCH_FACETS; f++) {
        e->facet[f] = search_intern_put(&o->strings, d->facet[f]);
    }
    o->owners = search_grow(o->owners, o->owners_n, d->passages, &o->owners_cap, sizeof *o->owners);
    for (uint32_t i = 0; i < d->passages; i++) {
        o->owners[o->owners_n++] = (uint32_t)o->docs_n;
    }
    o->docs_n++;
    search_bytes_put(&o->block, d->text.at, d->text.len);
    if (o->block.n >= BLOCK) {
        close_block(o);
    }
}

void search_out_term(struct search_out *o, uint64_t key, const struct search_post *posts, size_t n) {
    if (n == 0) {
        return;
    }
    if (o->header.terms++ == 0) {
        close_block(o);
        section_end(o, SECTION_TEXTS);
        section_begin(o, SECTION_POSTS);
    }
    unsigned low_bits = SEARCH_KEY_BITS - o->header.bucket_bits;
    uint64_t bucket = key >> low_bits, rest = key & ((1ULL << low_bits) - 1);
    while (o->bucket < bucket) {
        o->buckets[++o->bucket] = (struct search_bucket){o->posts_size, o->terms.n};
        o->rest = 0;
    }
    search_bytes_varint(&o->terms, rest - o->rest);
    search_bytes_varint(&o->terms, n);
    o->rest = rest;
    o->packed.at = search_grow(o->packed.at, 0, search_pack_most(n), &o->packed.cap, 1);
    size_t size = search_pack(posts, n, o->packed.at);
    if (n == 1) {
        search_bytes_put(&o->terms, o->packed.at, size);
        return;
    }
    search_bytes_varint(&o->terms, size);
    put(o, o->packed.at, size);
    o->posts_size += size;
}

void search_out_word(struct search_out *o, struct str word) {
    o->words = search_grow(o->words, o->words_n, 2, &o->words_cap, sizeof *o->words);
    o->words[o->words_n++] = (uint32_t)o->spellings.n;
    search_bytes_put(&o->spellings, word.at, word.len);
}

static int by_record(const void *a, const void *b, void *docs) {
    const struct search_entry *d = docs;
    int64_t x = d[*(const uint32_t *)a].record, y = d[*(const uint32_t *)b].record;
    return x < y ? -1 : x > y;
}

static void write_tables(struct search_out *o) {
    o->docs = search_grow(o->docs, o->docs_n, 1, &o->docs_cap, sizeof *o->docs);
    o->docs[o->docs_n] = (struct search_entry){.first = (uint32_t)o->owners_n};
    section(o, SECTION_DOCS, o->docs, (o->docs_n + 1) * sizeof *o->docs);
    section(o, SECTION_OWNERS, o->owners, o->owners_n * sizeof *o->owners);
    size_t cap = 0;
    uint32_t *records = search_grow(NULL, 0, o->docs_n + 1, &cap, sizeof *records);
    for (size_t i = 0; i < o->docs_n; i++) {
        records[i] = (uint32_t)i;
    }
    list_sort_with(records, o->docs_n, sizeof *records, by_record, o->docs);
    section(o, SECTION_RECORDS, records, o->docs_n * sizeof *records);
    free(records);
    for (uint32_t i = 0; i <= o->rights.n; i++) {
        o->rights.offsets[i] /= (uint32_t)sizeof(int64_t);
    }
    section(o, SECTION_RIGHTS, o->rights.offsets, (o->rights.n + 1) * sizeof(uint32_t));
    section(o, SECTION_PRINCIPALS, o->rights.bytes.at, o->rights.bytes.n);
    section(o, SECTION_STRINGS, o->strings.offsets, (o->strings.n + 1) * sizeof(uint32_t));
    section(o, SECTION_LETTERS, o->strings.bytes.at, o->strings.bytes.n);
    o->words = search_grow(o->words, o->words_n, 1, &o->words_cap, sizeof *o->words);
    o->words[o->words_n] = (uint32_t)o->spellings.n;
    section(o, SECTION_WORDS, o->words, (o->words_n + 1) * sizeof *o->words);
    section(o, SECTION_SPELLINGS, o->spellings.at, o->spellings.n);
}

static void free_out(struct search_out *o) {
    free(o->pending.at);
    free(o->block.at);
    free(o->docs);
    free(o->owners);
    free(o->terms.at);
    free(o->buckets);
    free(o->packed.at);
    free(o->words);
    free(o->spellings.at);
    search_intern_free(&o->strings);
    search_intern_free(&o->rights);
    *o = (struct search_out){.file = -1};
}

struct err search_out_finish(struct search_out *o) {
    if (o->header.terms == 0) {
        close_block(o);
        section_end(o, SECTION_TEXTS);
        section_begin(o, SECTION_POSTS);
    }
    section_end(o, SECTION_POSTS);
    section(o, SECTION_TERMS, o->terms.at, o->terms.n);
    uint64_t buckets = 1ULL << o->header.bucket_bits;
    while (o->bucket < buckets) {
        o->buckets[++o->bucket] = (struct search_bucket){o->posts_size, o->terms.n};
    }
    section(o, SECTION_BUCKETS, o->buckets, (buckets + 1) * sizeof *o->buckets);
    write_tables(o);
    flush(o, true);
    struct search_header *h = &o->header;
    h->docs = (uint32_t)o->docs_n;
    h->passages = (uint32_t)o->owners_n;
    h->rights = o->rights.n;
    h->strings = o->strings.n;
    h->words = (uint32_t)o->words_n;
    h->file_size = o->written;
    h->body_sum = o->sum;
    h->header_sum = sum64(0, h, offsetof(struct search_header, header_sum));
    bool ok = !o->is_broken && pwrite(o->file, h, sizeof *h, 0) == (ssize_t)sizeof *h && fsync(o->file) == 0;
    ok &= close(o->file) == 0;
    free_out(o);
    return ok ? OK : FAIL(ERR_BROKEN, "cannot write a segment");
}

static void put_str(struct search_bytes *b, struct str s) {
    search_bytes_varint(b, s.len);
    search_bytes_put(b, s.at, s.len);
}

void search_out_pack(struct search_bytes *out, const struct search_doc *doc) {
    put_str(out, doc->key);
    put_str(out, doc->number);
    put_str(out, doc->title);
    search_bytes_varint(out, doc->passages.n);
    for (size_t i = 0; i < doc->passages.n; i++) {
        search_bytes_varint(out, (uint64_t)doc->passages.at[i].page);
        put_str(out, doc->passages.at[i].text);
    }
}

int search_word_cmp(struct str a, struct str b) {
    char x[SEARCH_WORD_MOST], y[SEARCH_WORD_MOST];
    struct str plain_a = {x, search_word_plain(a, x)}, plain_b = {y, search_word_plain(b, y)};
    int order = str_cmp(plain_a, plain_b);
    return order ? order : str_cmp(a, b);
}
