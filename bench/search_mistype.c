/* Slips of the hand, the same ones every time: so many of a hundred syllables of a question are typed wrongly. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bench/search_bench.h"
#include "search/words/letter.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { LETTERS_MOST = 32 };

struct syllable {
    uint32_t at[LETTERS_MOST]; /* code points */
    size_t n;
};

static uint64_t dice(uint64_t *seed) {
    *seed += 0x9E3779B97F4A7C15ULL;
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

static void put_letter(struct syllable *s, size_t at, uint32_t letter) {
    if (s->n < LETTERS_MOST) {
        memmove(s->at + at + 1, s->at + at, (s->n - at) * sizeof *s->at);
        s->at[at] = letter;
        s->n++;
    }
}

static void take_letter(struct syllable *s, size_t at) {
    memmove(s->at + at, s->at + at + 1, (s->n - at - 1) * sizeof *s->at);
    s->n--;
}

/* As the keyboard gives it when the typing program is off: Telex (đ dd, ư uw, tone f r x s j) or VNI (digits). */
static void as_keys(struct syllable *s, bool is_vni) {
    static const char *const shapes[2][6] = {{"", "w", "", "w", "d", ""}, {"", "8", "6", "7", "9", ""}};
    static const char tones[2][6] = {{0, 'f', 'r', 'x', 's', 'j'}, {0, '2', '3', '4', '1', '5'}};
    struct syllable keys = {0};
    char tone = 0;
    for (size_t i = 0; i < s->n && keys.n + 4 < LETTERS_MOST; i++) {
        struct search_letter l = search_letter_of(s->at[i]);
        keys.at[keys.n++] = l.plain;
        if (l.shape == 2 && !is_vni) {
            keys.at[keys.n++] = l.plain;
        } else if (l.shape) {
            const char *mark = shapes[is_vni][l.shape];
            keys.n += *mark != 0;
            keys.at[keys.n - 1] = *mark ? (uint32_t)*mark : keys.at[keys.n - 1];
        }
        tone = l.tone ? tones[is_vni][l.tone] : tone;
    }
    if (tone) {
        keys.at[keys.n++] = (uint32_t)tone;
    }
    *s = keys;
}

/* Another tone on the letter that has one, or a tone on the last vowel. */
static void wrong_tone(struct arena *a, struct syllable *s, uint64_t roll) {
    static const uint32_t marks[] = {0x300, 0x309, 0x303, 0x301, 0x323};
    for (size_t i = s->n; i-- > 0;) {
        struct search_letter l = search_letter_of(s->at[i]);
        if (l.tone || (l.plain < 0x80 && strchr("aeiouy", (int)l.plain))) {
            struct buf b = buf_in(a);
            char bytes[4];
            size_t n = utf8_put(bytes, l.plain);
            buf_printf(&b, "%.*s", (int)n, bytes);
            static const uint32_t shapes[] = {0, 0x306, 0x302, 0x31B, 0, 0};
            if (shapes[l.shape]) {
                n = utf8_put(bytes, shapes[l.shape]);
                buf_printf(&b, "%.*s", (int)n, bytes);
            }
            n = utf8_put(bytes, marks[(l.tone + roll % 4) % 5]);
            buf_printf(&b, "%.*s", (int)n, bytes);
            struct str one = utf8_clean(a, buf_str(&b));
            size_t at = 0;
            s->at[i] = utf8_next(one, &at);
            return;
        }
    }
}

static void slip(struct arena *a, struct syllable *s, uint64_t roll, bool *is_joined) {
    size_t at = (roll >> 8) % s->n;
    uint32_t letter = 'a' + (uint32_t)(roll >> 16) % 26;
    switch (roll % 8) {
    case 0: put_letter(s, at, letter); break;
    case 1: take_letter(s, at); break;
    case 2: s->at[at] = letter; break;
    case 3:
        if (at + 1 < s->n) {
            uint32_t swap = s->at[at];
            s->at[at] = s->at[at + 1];
            s->at[at + 1] = swap;
        }
        break;
    case 4: wrong_tone(a, s, roll >> 24); break;
    case 5: as_keys(s, false); break;
    case 6: as_keys(s, true); break;
    default: *is_joined = true; break;
    }
}

struct str bench_mistype(struct arena *a, struct str text, unsigned of_hundred, uint64_t seed) {
    struct buf b = buf_in(a);
    struct str rest = utf8_clean(a, text), piece;
    bool is_joined = true;
    while (str_next(&rest, ' ', &piece)) {
        struct syllable s = {0};
        for (size_t at = 0; at < piece.len && s.n < LETTERS_MOST - 4;) {
            s.at[s.n++] = utf8_next(piece, &at);
        }
        buf_printf(&b, "%s", is_joined ? "" : " ");
        is_joined = false;
        bool is_word = s.n > 1 && search_letter_of(s.at[0]).kind == SEARCH_LETTER;
        if (is_word && dice(&seed) % 100 < of_hundred) {
            slip(a, &s, dice(&seed), &is_joined);
        }
        for (size_t i = 0; i < s.n; i++) {
            char bytes[4];
            size_t n = utf8_put(bytes, s.at[i]);
            buf_printf(&b, "%.*s", (int)n, bytes);
        }
    }
    return buf_str(&b);
}
