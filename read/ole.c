/* A bounded reader of OLE2 compound files [MS-CFB]: every sector number is checked against the file, and every chain
   against the number of sectors there can be, so a circle of sectors ends. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

enum { IN_HEADER = 109, ENTRY = 128 };
static const uint32_t LAST_SECTOR = 0xfffffffa; /* above: free, end of chain … */

struct ole {
    struct str file;
    size_t sector;    /* bytes */
    size_t mini;      /* bytes of a small sector */
    uint32_t sectors; /* there can be */
    uint32_t *fat_at; /* the sectors that hold the table of chains */
    size_t fat_n;
};

static uint32_t u16(struct str s, size_t at) {
    return at + 2 <= s.len ? (uint32_t)(unsigned char)s.at[at] | (uint32_t)(unsigned char)s.at[at + 1] << 8 : 0;
}
static uint32_t u32(struct str s, size_t at) { return u16(s, at) | u16(s, at + 2) << 16; }

static bool sector_of(const struct ole *o, uint32_t n, struct str *bytes) {
    if (n >= o->sectors) {
        return false;
    }
    *bytes = str_slice(o->file, ((size_t)n + 1) * o->sector, ((size_t)n + 2) * o->sector);
    return bytes->len > 0;
}

static uint32_t after(const struct ole *o, uint32_t n) {
    size_t per = o->sector / 4;
    struct str s;
    if (n / per >= o->fat_n || !sector_of(o, o->fat_at[n / per], &s) || s.len < o->sector) {
        return UINT32_MAX;
    }
    return u32(s, (n % per) * 4);
}

/* The sectors of the table of chains: the first 109 are named in the header, the others in a chain of their own. */
static bool fat_read(struct arena *a, struct ole *o) {
    size_t n = u32(o->file, 0x2c), per = o->sector / 4 - 1;
    n = n > o->sectors ? o->sectors : n;
    o->fat_at = arena_take(a, uint32_t, n + 1);
    for (size_t i = 0; i < n && i < IN_HEADER; i++) {
        o->fat_at[o->fat_n++] = u32(o->file, 0x4c + i * 4);
    }
    uint32_t next = u32(o->file, 0x44);
    for (uint32_t hops = 0; o->fat_n < n && next < LAST_SECTOR && hops <= o->sectors; hops++) {
        struct str s;
        if (!sector_of(o, next, &s) || s.len < o->sector) {
            return false;
        }
        for (size_t i = 0; i < per && o->fat_n < n; i++) {
            o->fat_at[o->fat_n++] = u32(s, i * 4);
        }
        next = u32(s, per * 4);
    }
    return true;
}

static bool ole_open(struct arena *a, struct str file, struct ole *o) {
    if (file.len < 1536 || !str_starts(file, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
        return false;
    }
    uint32_t shift = u16(file, 0x1e), mini = u16(file, 0x20);
    if ((shift != 9 && shift != 12) || mini != 6) {
        return false;
    }
    *o = (struct ole){.file = file, .sector = (size_t)1 << shift, .mini = 64};
    o->sectors = (uint32_t)((file.len - 1) / o->sector);
    return fat_read(a, o);
}

/* The bytes of a chain of sectors, at most `most`. */
static struct str chain(struct arena *a, const struct ole *o, uint32_t first, size_t most) {
    struct buf b = buf_in(a);
    struct str s;
    uint32_t hops = 0;
    for (uint32_t n = first; n < LAST_SECTOR && b.len < most && hops++ <= o->sectors && sector_of(o, n, &s);
         n = after(o, n)) {
        buf_put(&b, str_slice(s, 0, most - b.len));
    }
    return buf_str(&b);
}

static bool entry_is(struct str entry, const char *name) {
    size_t len = strlen(name);
    if (u16(entry, 0x40) != (len + 1) * 2) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (u16(entry, i * 2) != (unsigned char)name[i]) {
            return false;
        }
    }
    return true;
}

/* A stream too short for sectors of its own: pieces of 64 bytes inside the root's stream. */
static struct str small_chain(struct arena *a, const struct ole *o, struct str root, uint32_t first, size_t size) {
    struct str pool = chain(a, o, u32(root, 0x74), u32(root, 0x78));
    struct str table = chain(a, o, u32(o->file, 0x3c), (size_t)u32(o->file, 0x40) * o->sector);
    struct buf b = buf_in(a);
    size_t hops = 0;
    for (uint32_t n = first; n < LAST_SECTOR && b.len < size && hops++ <= pool.len / o->mini;
         n = u32(table, (size_t)n * 4)) {
        if ((size_t)n * o->mini >= pool.len || (size_t)n * 4 + 4 > table.len) {
            break;
        }
        struct str piece = str_slice(pool, (size_t)n * o->mini, ((size_t)n + 1) * o->mini);
        buf_put(&b, str_slice(piece, 0, size - b.len));
    }
    return buf_str(&b);
}

bool read_ole_stream(struct arena *a, struct str file, const char *name, struct str *bytes) {
    struct ole o;
    if (!ole_open(a, file, &o)) {
        return false;
    }
    struct str folder = chain(a, &o, u32(file, 0x30), 4 << 20);
    struct str root = str_slice(folder, 0, ENTRY);
    for (size_t at = 0; at + ENTRY <= folder.len; at += ENTRY) {
        struct str entry = str_slice(folder, at, at + ENTRY);
        if (entry.at[0x42] != 2 || !entry_is(entry, name)) {
            continue;
        }
        size_t size = u32(entry, 0x78);
        if (size > file.len) {
            return false;
        }
        *bytes = size < u32(file, 0x38) ? small_chain(a, &o, root, u32(entry, 0x74), size)
                                        : chain(a, &o, u32(entry, 0x74), size);
        return bytes->len == size;
    }
    return false;
}
