/* Postings as bytes. Read, they are in order whatever the bytes are: who steps or seeks always gets on, or to the end.
   Up to 128 of them: gaps as varints, then impacts. More: a table of blocks (last passage, offset, greatest impact,
   bits a gap), then each block's gaps packed to the bit and its impacts. */
#include "search/segments/pack.h"

#include <string.h>

#include "base/banned.h"

enum { ROW = 12, PAD = 8 };

uint8_t search_impact(uint32_t frequency, uint32_t length) {
    double k = 1.2 * (1 - 0.75 + 0.75 * (double)length / 90.0), f = (double)frequency;
    double share = f / (f + k) * 255.0 + 0.5;
    return share < 1 ? 1 : share > 255 ? 255 : (uint8_t)share;
}

size_t search_varint_put(uint8_t out[static 10], uint64_t n) {
    size_t at = 0;
    while (n >= 0x80) {
        out[at++] = (uint8_t)(n | 0x80);
        n >>= 7;
    }
    out[at++] = (uint8_t)n;
    return at;
}

bool search_varint_get(const uint8_t **at, const uint8_t *end, uint64_t *n) {
    uint64_t value = 0;
    for (unsigned shift = 0; *at < end && shift < 64; shift += 7) {
        uint8_t byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *n = value;
            return true;
        }
    }
    return false;
}

static uint32_t get32(const uint8_t *at) {
    uint32_t n;
    memcpy(&n, at, 4);
    return n;
}

static void put32(uint8_t *at, uint32_t n) { memcpy(at, &n, 4); }

size_t search_pack_most(size_t n) { return 1 + (n / SEARCH_BLOCK + 1) * (ROW + PAD) + n * 6 + PAD; }

static size_t pack_short(const struct search_post *posts, size_t n, uint8_t *out) {
    size_t at = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t bytes[10];
        size_t width = search_varint_put(bytes, posts[i].passage - before);
        memcpy(out + at, bytes, width);
        at += width;
        before = posts[i].passage;
    }
    for (size_t i = 0; i < n; i++) {
        out[at++] = posts[i].impact;
    }
    return at;
}

static size_t pack_block(const struct search_post *posts, size_t n, uint32_t before, uint8_t *row, uint8_t *out) {
    uint32_t all = 0;
    uint8_t most = 0;
    for (size_t i = 0; i < n; i++) {
        all |= posts[i].passage - (i ? posts[i - 1].passage : before);
        most = posts[i].impact > most ? posts[i].impact : most;
    }
    unsigned bits = all ? 32u - (unsigned)__builtin_clz(all) : 1;
    size_t bytes = (n * bits + 7) / 8;
    memset(out, 0, bytes);
    for (size_t i = 0, bit = 0; i < n; i++, bit += bits) {
        uint64_t gap = posts[i].passage - (i ? posts[i - 1].passage : before);
        gap <<= bit & 7;
        for (size_t b = bit >> 3; gap; b++, gap >>= 8) {
            out[b] |= (uint8_t)gap;
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[bytes + i] = posts[i].impact;
    }
    put32(row, posts[n - 1].passage);
    row[8] = most;
    row[9] = (uint8_t)bits;
    row[10] = row[11] = 0;
    return bytes + n;
}

size_t search_pack(const struct search_post *posts, size_t n, uint8_t *out) {
    if (n <= SEARCH_BLOCK) {
        return pack_short(posts, n, out);
    }
    size_t blocks = (n + SEARCH_BLOCK - 1) / SEARCH_BLOCK, at = 1 + blocks * ROW;
    uint32_t before = 0;
    out[0] = 0;
    for (size_t b = 0; b < blocks; b++) {
        size_t from = b * SEARCH_BLOCK, count = n - from < SEARCH_BLOCK ? n - from : SEARCH_BLOCK;
        uint8_t *row = out + 1 + b * ROW;
        put32(row + 4, (uint32_t)at);
        at += pack_block(posts + from, count, before, row, out + at);
        before = posts[from + count - 1].passage;
        out[0] = row[8] > out[0] ? row[8] : out[0];
    }
    memset(out + at, 0, PAD);
    return at + PAD;
}

static const uint8_t *row_of(const struct search_cursor *c, uint32_t block) { return c->at + 1 + (size_t)block * ROW; }

static void unpack_short(struct search_cursor *c) {
    const uint8_t *at = c->at;
    uint64_t passage = 0;
    c->n = 0;
    for (uint32_t i = 0; i < c->count && i < SEARCH_BLOCK; i++) {
        uint64_t gap;
        if (!search_varint_get(&at, c->end, &gap) || gap > SEARCH_NONE) {
            return;
        }
        passage += gap;
        c->passage[i] = (uint32_t)passage;
    }
    if ((size_t)(c->end - at) < c->count || passage >= SEARCH_NONE) {
        return;
    }
    c->n = c->count;
    memcpy(c->impact, at, c->n);
    c->most = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        c->most = c->impact[i] > c->most ? c->impact[i] : c->most;
    }
}

static void unpack_block(struct search_cursor *c, uint32_t block) {
    const uint8_t *row = row_of(c, block);
    uint32_t offset = get32(row + 4), bits = row[9];
    uint32_t n = block + 1 < c->blocks ? SEARCH_BLOCK : c->count - block * SEARCH_BLOCK;
    size_t bytes = ((size_t)n * bits + 7) / 8;
    c->block = block;
    c->i = c->n = 0;
    if (bits == 0 || bits > 32 || offset + bytes + n + PAD > (size_t)(c->end - c->at)) {
        return;
    }
    const uint8_t *in = c->at + offset;
    uint64_t passage = block ? get32(row - ROW) : 0;
    uint64_t mask = bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1;
    for (uint32_t i = 0, bit = 0; i < n; i++, bit += bits) {
        uint64_t word;
        memcpy(&word, in + (bit >> 3), 8);
        passage += (word >> (bit & 7)) & mask;
        c->passage[i] = (uint32_t)passage;
    }
    memcpy(c->impact, in + bytes, n);
    c->n = passage < SEARCH_NONE ? n : 0;
}

void search_cursor_open(struct search_cursor *c, struct search_posting p) {
    c->at = p.at;
    c->end = p.end;
    c->count = p.count;
    c->block = c->n = c->i = 0;
    c->most = 0;
    c->blocks = p.count <= SEARCH_BLOCK ? (p.count > 0) : (p.count + SEARCH_BLOCK - 1) / SEARCH_BLOCK;
    if (p.count == 0) {
        return;
    }
    if (p.count <= SEARCH_BLOCK) {
        unpack_short(c);
        return;
    }
    if (1 + (size_t)c->blocks * ROW > (size_t)(c->end - c->at)) {
        c->count = c->blocks = 0;
        return;
    }
    c->most = c->at[0];
    unpack_block(c, 0);
}

/* First block from c->block on whose last passage is not before passage; blocks when there is none. */
static uint32_t block_for(const struct search_cursor *c, uint32_t from, uint32_t passage) {
    uint32_t low = from, step = 1;
    while (low + step < c->blocks && get32(row_of(c, low + step - 1)) < passage) {
        low += step;
        step *= 2;
    }
    uint32_t high = low + step < c->blocks ? low + step : c->blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (get32(row_of(c, middle)) < passage) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t search_cursor_seek(struct search_cursor *c, uint32_t passage) {
    if (c->i < c->n && c->passage[c->i] >= passage) {
        return c->passage[c->i];
    }
    if (c->n == 0 || c->passage[c->n - 1] < passage) {
        if (c->count <= SEARCH_BLOCK || c->block >= c->blocks) {
            c->i = c->n;
            return SEARCH_NONE;
        }
        uint32_t block = block_for(c, c->block, passage);
        if (block >= c->blocks) {
            c->i = c->n;
            c->block = c->blocks;
            return SEARCH_NONE;
        }
        unpack_block(c, block);
    }
    /* Halving over what is left of the block, without branches that are guessed wrong. */
    const uint32_t *low = c->passage + c->i;
    for (uint32_t left = c->n - c->i; left > 0;) {
        uint32_t half = (left + 1) / 2;
        low = low[half - 1] < passage ? low + half : low;
        left -= half;
    }
    c->i = (uint32_t)(low - c->passage);
    return search_cursor_passage(c);
}

uint8_t search_cursor_most_at(struct search_cursor *c, uint32_t passage) {
    if (c->count <= SEARCH_BLOCK) {
        return c->i < c->n && c->passage[c->n - 1] >= passage ? c->most : 0;
    }
    if (c->i >= c->n || c->passage[c->n - 1] < passage) {
        uint32_t block = c->block < c->blocks ? block_for(c, c->block, passage) : c->blocks;
        if (block != c->block) {
            c->block = block;
            c->i = c->n = 0;
        }
    }
    return c->block < c->blocks ? row_of(c, c->block)[8] : 0;
}

void search_cursor_to(struct search_cursor *c, uint32_t i) {
    c->i = i;
    if (c->i >= c->n && c->count > SEARCH_BLOCK && c->block + 1 < c->blocks) {
        unpack_block(c, c->block + 1);
    }
}

uint8_t search_cursor_bound(struct search_cursor *c, uint32_t from, uint32_t to) {
    if (c->count == 0 || c->block >= c->blocks) {
        return 0;
    }
    if (c->count <= SEARCH_BLOCK) {
        uint32_t first = search_cursor_seek(c, from);
        return first < to ? c->most : 0;
    }
    uint8_t most = 0;
    for (uint32_t b = block_for(c, c->block, from); b < c->blocks; b++) {
        const uint8_t *row = row_of(c, b);
        if (b > 0 && get32(row - ROW) >= to - 1) {
            break;
        }
        most = row[8] > most ? row[8] : most;
        if (get32(row) >= to - 1) {
            break;
        }
    }
    return most;
}
