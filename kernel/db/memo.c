#include "kernel/db/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SLAB = 4 * 1024 * 1024, ENTRY_MOST = 256 * 1024, SLOTS = 4096, ENTRIES_MOST = SLOTS / 2, ALIGN = 16 };

/* Lies in the slab: this, the key's words, the rows, and their texts. In kept rows a text's address is its distance
   from the first row. */
struct entry {
    uint64_t hash;
    uint32_t key_n;
    uint32_t rows_n;
    uint32_t rows_at; /* from the entry */
    uint32_t size;    /* of rows and texts */
};

struct db_memo {
    char *slab;
    size_t used;
    size_t entries;
    int64_t hits;
    uint32_t slots[SLOTS]; /* place in the slab, in units of ALIGN, plus one; 0 is free */
};

static size_t aligned(size_t n) { return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

struct db_memo *db_memo_new(void) {
    struct db_memo *m = calloc(1, sizeof *m);
    char *slab = malloc(SLAB);
    if (!m || !slab) {
        abort();
    }
    m->slab = slab;
    return m;
}

void db_memo_free(struct db_memo *m) {
    if (m) {
        free(m->slab);
        free(m);
    }
}

void db_memo_clear(struct db_memo *m) {
    if (m && m->entries) {
        memset(m->slots, 0, sizeof m->slots);
        m->used = 0;
        m->entries = 0;
    }
}

int64_t db_memo_hits(const struct db_memo *m) { return m ? m->hits : 0; }

/* ---- keys */

static bool is_text(uint16_t type) {
    return type == DB_TEXT || type == DB_TEXT_OR_NULL || type == DB_BYTES || type == DB_BYTES_OR_NULL;
}

static bool put_word(struct db_memo_key *key, uint64_t word) {
    if (key->n == sizeof key->words / sizeof *key->words) {
        return false;
    }
    key->words[key->n++] = word;
    return true;
}

static bool put_bytes(struct db_memo_key *key, const void *at, size_t n) {
    size_t words = (n + sizeof(uint64_t) - 1) / sizeof(uint64_t);
    if (n > DB_MEMO_KEY_MOST || words + 1 > sizeof key->words / sizeof *key->words - key->n) {
        return false;
    }
    key->words[key->n++] = n;
    if (n) {
        key->words[key->n + words - 1] = 0; /* what the last one does not fill */
        memcpy(&key->words[key->n], at, n);
        key->n += words;
    }
    return true;
}

static bool put_value(struct db_memo_key *key, const struct db_field *f, const void *at) {
    const struct str *s = at;
    const struct db_ids *ids = at;
    const struct date *d = at;
    uint64_t word;
    if (is_text(f->type)) {
        return put_bytes(key, s->at, s->len);
    }
    switch (f->type) {
    case DB_IDS: return ids->n <= DB_MEMO_KEY_MOST && put_bytes(key, ids->at, ids->n * sizeof *ids->at);
    case DB_BOOL: return put_word(key, *(const bool *)at);
    case DB_ON: return put_word(key, (uint64_t)(d->year * 10000 + d->month * 100 + d->day));
    default: memcpy(&word, at, sizeof word); return put_word(key, word);
    }
}

static uint64_t hash_of(const struct db_memo_key *key) {
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < key->n; i++) {
        h = (h ^ key->words[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

bool db_memo_key(const struct db_run *run, struct db_memo_key *key) {
    key->n = 0;
    uintptr_t place = (uintptr_t)run->q;
    put_word(key, (uint64_t)place << 1 | run->is_one);
    for (int i = 0; i < run->q->n_in; i++) {
        const struct db_field *f = &run->q->in[i];
        if (!put_value(key, f, (const char *)run->in + f->at)) {
            return false;
        }
    }
    key->hash = hash_of(key);
    return true;
}

/* ---- entries */

static struct entry *entry_at(const struct db_memo *m, uint32_t slot) {
    return (struct entry *)(void *)(m->slab + (size_t)(slot - 1) * ALIGN);
}

/* The key's slot: its own, or the free one where it would stand. */
static uint32_t *slot_of(struct db_memo *m, const struct db_memo_key *key) {
    for (size_t i = key->hash;; i++) {
        uint32_t *slot = &m->slots[i % SLOTS];
        if (!*slot) {
            return slot;
        }
        const struct entry *e = entry_at(m, *slot);
        if (e->hash == key->hash && e->key_n == key->n && !memcmp(e + 1, key->words, key->n * sizeof *key->words)) {
            return slot;
        }
    }
}

bool db_memo_find(struct db_memo *m, const struct db_memo_key *key, struct db_run *run) {
    const uint32_t *slot = slot_of(m, key);
    if (!*slot) {
        return false;
    }
    const struct entry *e = entry_at(m, *slot);
    m->hits++;
    run->rows = (struct db_rows){NULL, e->rows_n};
    if (!e->rows_n) {
        return true;
    }
    char *at = arena_take_raw(run->arena, e->size, ALIGN);
    memcpy(at, (const char *)e + e->rows_at, e->size);
    run->rows.at = at;
    for (size_t i = 0; i < run->q->n_out; i++) {
        const struct db_field *f = &run->q->out[i];
        for (size_t row = 0; is_text(f->type) && row < e->rows_n; row++) {
            struct str *s = (struct str *)(void *)(at + row * run->q->row_size + f->at);
            s->at = at + (uintptr_t)s->at;
        }
    }
    return true;
}

/* How many bytes the rows and their texts take, each text with the NUL that texts from a database have. */
static size_t size_of(const struct db_run *run) {
    size_t size = run->rows.n * run->q->row_size;
    for (size_t i = 0; i < run->q->n_out; i++) {
        const struct db_field *f = &run->q->out[i];
        for (size_t row = 0; is_text(f->type) && row < run->rows.n; row++) {
            const char *at = (const char *)run->rows.at + row * run->q->row_size;
            size += ((const struct str *)(const void *)(at + f->at))->len + 1;
        }
    }
    return size;
}

static void rows_put(const struct db_run *run, char *to) {
    size_t used = run->rows.n * run->q->row_size;
    if (used) {
        memcpy(to, run->rows.at, used);
    }
    for (size_t i = 0; i < run->q->n_out; i++) {
        const struct db_field *f = &run->q->out[i];
        for (size_t row = 0; is_text(f->type) && row < run->rows.n; row++) {
            struct str *s = (struct str *)(void *)(to + row * run->q->row_size + f->at);
            memcpy(to + used, s->at, s->len);
            to[used + s->len] = 0;
            s->at = (const char *)used;
            used += s->len + 1;
        }
    }
}

void db_memo_put(struct db_memo *m, const struct db_memo_key *key, const struct db_run *run) {
    size_t size = size_of(run), words = key->n * sizeof *key->words;
    size_t rows_at = aligned(sizeof(struct entry) + words), whole = aligned(rows_at + size);
    if (size > ENTRY_MOST) {
        return;
    }
    if (whole > SLAB - m->used || m->entries == ENTRIES_MOST) {
        db_memo_clear(m);
    }
    uint32_t *slot = slot_of(m, key);
    if (*slot) {
        return;
    }
    *slot = (uint32_t)(m->used / ALIGN) + 1;
    struct entry *e = entry_at(m, *slot);
    *e = (struct entry){.hash = key->hash,
                        .key_n = (uint32_t)key->n,
                        .rows_n = (uint32_t)run->rows.n,
                        .rows_at = (uint32_t)rows_at,
                        .size = (uint32_t)size};
    memcpy(e + 1, key->words, words);
    rows_put(run, (char *)e + rows_at);
    m->used += whole;
    m->entries++;
}
