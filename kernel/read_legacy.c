/* Text typed with the fonts of the 1990s (.VnTime …): TCVN 5712:1993 third set, one byte a letter, which reaches us as
   Latin-1 letters ("Céng hßa x· héi"). Told apart by counting: real Vietnamese in Unicode has ư, ơ, đ, ạ …; this has
   none. */
#include "kernel/read_inside.h"

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

static uint32_t modern(uint32_t c) { return c >= 0xa1 && c <= 0xfe ? tcvn3[c - 0xa1] : 0; }

/* Signs that no Vietnamese text in Unicode has, but TCVN3 is full of: ® (đ), · (ã), µ (à), ¸ (á), × (ì), ß (ò), Ö (ệ) …
 */
static bool is_tell_tale(uint32_t c) {
    return c == 0xae || c == 0xb7 || c == 0xb5 || c == 0xb8 || c == 0xd7 || c == 0xdf || c == 0xd6 || c == 0xa8 ||
           c == 0xac || c == 0xad || c == 0xb9 || c == 0xe7 || c == 0xee || c == 0xf1 || c == 0xf6 || c == 0xf8;
}

struct str read_legacy_text(struct arena *a, struct str text) {
    size_t letters = 0, old = 0, tell = 0, unicode = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        letters += (c | 32) >= 'a' && (c | 32) <= 'z';
        old += modern(c) != 0;
        tell += is_tell_tale(c);
        unicode += (c >= 0x1ea0 && c <= 0x1ef9) || c == 0x1b0 || c == 0x1a1 || c == 0x111 || c == 0x103;
    }
    if (old * 10 < letters || tell * 6 < old || unicode * 20 > old) {
        return text;
    }
    struct buf b = buf_in(a);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at), now = modern(c);
        char utf8[4];
        size_t n = utf8_put(utf8, now ? now : c);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}
