/* The letters of Vietnamese text from before Unicode, one byte or two a letter, which reach us as Latin-1 letters:
   TCVN 5712:1993 third set (.VnTime: "Céng hßa x· héi"), VNI (VNI-Times: "Coäng hoøa xaõ hoäi"), and Windows-1258,
   which writes tones behind their vowels. Which one it is, read/encoding.c decides. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

/* From 0xa1 on. 0: not a letter there. */
static const uint16_t tcvn3[0xff - 0xa0] = {
    [0xa1 - 0xa1] = 0x102,
    0xc2,
    0xca,
    0xd4,
    0x1a0,
    0x1af,
    0x110,
    0x103,
    0xe2,
    0xea,
    0xf4,
    0x1a1,
    0x1b0,
    0x111,
    [0xb5 - 0xa1] = 0xe0,
    0x1ea3,
    0xe3,
    0xe1,
    0x1ea1,
    [0xbb - 0xa1] = 0x1eb1,
    0x1eb3,
    0x1eb5,
    0x1eaf,
    [0xc6 - 0xa1] = 0x1eb7,
    0x1ea7,
    0x1ea9,
    0x1eab,
    0x1ea5,
    0x1ead,
    0xe8,
    [0xce - 0xa1] = 0x1ebb,
    0x1ebd,
    0xe9,
    0x1eb9,
    0x1ec1,
    0x1ec3,
    0x1ec5,
    0x1ebf,
    0x1ec7,
    0xec,
    0x1ec9,
    [0xdc - 0xa1] = 0x129,
    0xed,
    0x1ecb,
    0xf2,
    [0xe1 - 0xa1] = 0x1ecf,
    0xf5,
    0xf3,
    0x1ecd,
    0x1ed3,
    0x1ed5,
    0x1ed7,
    0x1ed1,
    0x1ed9,
    0x1edd,
    0x1edf,
    0x1ee1,
    0x1edb,
    0x1ee3,
    0xf9,
    [0xf1 - 0xa1] = 0x1ee7,
    0x169,
    0xfa,
    0x1ee5,
    0x1eeb,
    0x1eed,
    0x1eef,
    0x1ee9,
    0x1ef1,
    0x1ef3,
    0x1ef7,
    0x1ef9,
    0xfd,
    0x1ef5,
};

static void put(struct buf *b, uint32_t c) {
    char utf8[4];
    size_t n = utf8_put(utf8, c);
    buf_put(b, (struct str){utf8, n});
}

struct str read_tcvn3(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at), now = c >= 0xa1 && c <= 0xfe ? tcvn3[c - 0xa1] : 0;
        put(&b, now ? now : c);
    }
    return buf_str(&b);
}

/* A mark of VNI behind its vowel, as combining marks: shape (0 none), tone (0 none). */
static const struct vni_mark {
    uint32_t mark; /* small; the capital's is 32 less */
    uint32_t shape, tone;
} vni_marks[] = {
    {0xf9, 0, 0x301},     {0xf8, 0, 0x300},     {0xfb, 0, 0x309},     {0xf5, 0, 0x303},     {0xef, 0, 0x323},
    {0xe2, 0x302, 0},     {0xe1, 0x302, 0x301}, {0xe0, 0x302, 0x300}, {0xe5, 0x302, 0x309}, {0xe3, 0x302, 0x303},
    {0xe4, 0x302, 0x323}, {0xea, 0x306, 0},     {0xe9, 0x306, 0x301}, {0xe8, 0x306, 0x300}, {0xfa, 0x306, 0x309},
    {0xfc, 0x306, 0x303}, {0xeb, 0x306, 0x323},
};

/* Letters of VNI that stand for themselves. */
static uint32_t vni_alone(uint32_t c) {
    switch (c) {
    case 0xf1: return 0x111;
    case 0xd1: return 0x110;
    case 0xf4: return 0x1a1;
    case 0xd4: return 0x1a0;
    case 0xf6: return 0x1b0;
    case 0xd6: return 0x1af;
    case 0xe6: return 0x1ec9;
    case 0xc6: return 0x1ec8;
    case 0xf3: return 0x129;
    case 0xd3: return 0x128;
    case 0xf2: return 0x1ecb;
    case 0xd2: return 0x1eca;
    case 0xee: return 0x1ef5;
    case 0xce: return 0x1ef4;
    default: return 0;
    }
}

static bool takes_marks(uint32_t c) {
    uint32_t small = c < 0x80 ? c | 32 : c;
    return small == 'a' || small == 'e' || small == 'o' || small == 'u' || small == 'y' || c == 0xf4 || c == 0xd4 ||
           c == 0xf6 || c == 0xd6;
}

/* The mark c is behind a vowel; NULL when it is none. */
static const struct vni_mark *vni_mark_of(uint32_t before, uint32_t c) {
    uint32_t small = c >= 0xc0 && c <= 0xdf ? c + 32 : c;
    for (size_t m = 0; takes_marks(before) && m < sizeof vni_marks / sizeof *vni_marks; m++) {
        if (vni_marks[m].mark == small) {
            return &vni_marks[m];
        }
    }
    return NULL;
}

static void put_mark(struct buf *b, const struct vni_mark *m) {
    if (m->shape) {
        put(b, m->shape);
    }
    if (m->tone) {
        put(b, m->tone);
    }
}

struct str read_vni(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    uint32_t before = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        const struct vni_mark *mark = vni_mark_of(before, c);
        if (mark) {
            put_mark(&b, mark);
        } else {
            put(&b, vni_alone(c) ? vni_alone(c) : c);
        }
        before = mark ? 0 : c;
    }
    return buf_str(&b);
}

struct str read_cp1258(struct arena *a, struct str text) {
    static const uint32_t differs[][2] = {{0xc3, 0x102}, {0xe3, 0x103}, {0xd0, 0x110}, {0xf0, 0x111}, {0xd5, 0x1a0},
                                          {0xf5, 0x1a1}, {0xdd, 0x1af}, {0xfd, 0x1b0}, {0xcc, 0x300}, {0xd2, 0x309},
                                          {0xde, 0x303}, {0xec, 0x301}, {0xf2, 0x323}, {0xfe, 0x20ab}};
    struct buf b = buf_in(a);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        for (size_t i = 0; i < sizeof differs / sizeof *differs; i++) {
            c = differs[i][0] == c ? differs[i][1] : c;
        }
        put(&b, c);
    }
    return buf_str(&b);
}
