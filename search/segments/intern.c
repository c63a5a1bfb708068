#include "search/segments/intern.h"
#include "base/log.h"
#include "search/segments/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void *search_grow(void *at, size_t n, size_t more, size_t *cap, size_t size) {
    if (n + more <= *cap) {
        return at;
    }
    size_t room = *cap ? *cap : 16;
    while (room < n + more) {
        room *= 2;
    }
    void *grown = realloc(at, room * size);
    if (!grown) {
        log_line(LOG_ERROR, "out of memory in the search index");
        abort();
    }
    *cap = room;
    return grown;
}

void search_bytes_put(struct search_bytes *b, const void *bytes, size_t n) {
    if (n > 0) {
        b->at = search_grow(b->at, b->n, n, &b->cap, 1);
        memcpy(b->at + b->n, bytes, n);
        b->n += n;
    }
}

void search_bytes_varint(struct search_bytes *b, uint64_t n) {
    uint8_t out[10];
    search_bytes_put(b, out, search_varint_put(out, n));
}

void search_intern_begin(struct search_intern *t) {
    *t = (struct search_intern){0};
    t->offsets = search_grow(NULL, 0, 1, &t->offsets_cap, sizeof *t->offsets);
    t->offsets[0] = 0;
}

void search_intern_free(struct search_intern *t) {
    free(t->bytes.at);
    free(t->offsets);
    free(t->slots);
    *t = (struct search_intern){0};
}

struct str search_intern_at(const struct search_intern *t, uint32_t i) {
    if (t->offsets[i] == t->offsets[i + 1]) {
        return S("");
    }
    return (struct str){(const char *)t->bytes.at + t->offsets[i], t->offsets[i + 1] - t->offsets[i]};
}

static size_t slot_of(const struct search_intern *t, struct str bytes) {
    size_t slot = str_hash(bytes) & (t->slots_n - 1);
    while (t->slots[slot] && !str_eq(search_intern_at(t, t->slots[slot] - 1), bytes)) {
        slot = (slot + 1) & (t->slots_n - 1);
    }
    return slot;
}

uint32_t search_intern_find(const struct search_intern *t, struct str bytes) {
    return t->slots_n && t->slots[slot_of(t, bytes)] ? t->slots[slot_of(t, bytes)] - 1 : UINT32_MAX;
}

static void grow_slots(struct search_intern *t) {
    size_t n = t->slots_n ? t->slots_n * 2 : 64, cap = 0;
    free(t->slots);
    t->slots = search_grow(NULL, 0, n, &cap, sizeof *t->slots);
    memset(t->slots, 0, n * sizeof *t->slots);
    t->slots_n = n;
    for (uint32_t i = 0; i < t->n; i++) {
        t->slots[slot_of(t, search_intern_at(t, i))] = i + 1;
    }
}

uint32_t search_intern_put(struct search_intern *t, struct str bytes) {
    if (t->n * 2ULL >= t->slots_n) {
        grow_slots(t);
    }
    size_t slot = slot_of(t, bytes);
    if (!t->slots[slot]) {
        search_bytes_put(&t->bytes, bytes.at, bytes.len);
        t->offsets = search_grow(t->offsets, t->n + 1, 1, &t->offsets_cap, sizeof *t->offsets);
        t->offsets[++t->n] = (uint32_t)t->bytes.n;
        t->slots[slot] = t->n;
    }
    return t->slots[slot] - 1;
}
