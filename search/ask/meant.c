#include "search/ask/meant.h"
#include "base/buf.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { PARTS_MOST = SEARCH_WORD_MOST * 3 };

/* Combining marks by shape and by tone, as search/words/letter.h counts them. */
static const uint32_t shapes[] = {0, 0x306, 0x302, 0x31B, 0, 0}, tones[] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};

/* A word's letters. */
struct shown {
    uint32_t letter[SEARCH_WORD_MOST];
    uint8_t shape[SEARCH_WORD_MOST];
    size_t n;
    uint8_t tone;
};

static struct shown letters_of(struct str word) {
    struct shown s = {0};
    for (size_t at = 0; at < word.len && s.n < SEARCH_WORD_MOST;) {
        unsigned char c = (unsigned char)word.at[at];
        if (c >= 0x11 && c <= 0x15) {
            s.tone = (uint8_t)(c - 0x10);
            at++;
        } else if (c >= 1 && c <= 5) {
            s.shape[s.n ? s.n - 1 : 0] = c;
            at++;
        } else {
            s.letter[s.n++] = utf8_next(word, &at);
        }
    }
    return s;
}

static bool is_vowel(uint32_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/* The vowels of a syllable, without the u of qu and the i of gi: [*from, *to). */
static void find_vowels(const struct shown *s, size_t *from, size_t *to) {
    size_t at = 0;
    while (at < s->n && !is_vowel(s->letter[at])) {
        at++;
    }
    bool is_glide = at == 1 && s->n > 2 && is_vowel(s->letter[2]) &&
                    ((s->letter[0] == 'q' && s->letter[1] == 'u') || (s->letter[0] == 'g' && s->letter[1] == 'i'));
    *from = at += is_glide;
    while (at < s->n && is_vowel(s->letter[at])) {
        at++;
    }
    *to = at;
}

/* On the vowel with a hook or hat (the last of them); else on the last before a closing consonant, on the second of
   three, on the first of two. */
static size_t toned_letter(const struct shown *s) {
    size_t from, to;
    find_vowels(s, &from, &to);
    for (size_t i = to; i-- > from;) {
        if (s->shape[i] >= 1 && s->shape[i] <= 3) {
            return i;
        }
    }
    if (to - from <= 1) {
        return from;
    }
    return to < s->n ? to - 1 : to - from == 3 ? from + 1 : from;
}

/* lí, kĩ, quí are one with lý, kỹ, quý, which offices write. */
static void office_y(struct shown *s) {
    bool is_short = s->n == 2 && (s->letter[0] == 'k' || s->letter[0] == 'l' || s->letter[0] == 'h');
    bool is_qu = s->n == 3 && s->letter[0] == 'q' && s->letter[1] == 'u';
    bool is_one = s->n == 2 && ((s->letter[0] == 'm' && s->tone == 3) || (s->letter[0] == 't' && s->tone == 2));
    if ((is_short || is_qu || is_one) && s->letter[s->n - 1] == 'i') {
        s->letter[s->n - 1] = 'y';
    }
}

struct str search_word_shown(struct arena *a, struct str word) {
    struct shown s = letters_of(word);
    char parts[PARTS_MOST + 16];
    size_t n = 0;
    office_y(&s);
    size_t toned = toned_letter(&s);
    for (size_t i = 0; i < s.n && n < PARTS_MOST; i++) {
        n += utf8_put(parts + n, s.shape[i] == 4 ? 0x111 : s.letter[i]);
        n += shapes[s.shape[i]] ? utf8_put(parts + n, shapes[s.shape[i]]) : 0;
        n += i == toned && s.tone ? utf8_put(parts + n, tones[s.tone]) : 0;
    }
    return utf8_clean(a, (struct str){parts, n});
}

/* A word is written anew when it was mended, or when it was typed without marks beside one that was. */
static bool is_anew(const struct search_asked *w) {
    return w->senses > 0 && !w->is_whole && !w->is_prefix && (w->sense[0].is_mended || w->is_bare);
}

void search_meant(struct search_plan *p, struct search_result *out) {
    struct buf b = buf_in(p->arena);
    size_t at = 0;
    if (!p->is_mended) {
        return;
    }
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *w = &p->asked[i];
        if (is_anew(w) && w->from >= at) {
            struct str word = search_word_shown(p->arena, w->sense[0].word);
            bool is_apart = at == w->from && at > 0;
            buf_printf(&b, "%.*s%s%.*s", STR_ARG(str_slice(p->text, at, w->from)), is_apart ? " " : "", STR_ARG(word));
            at = w->to;
        }
    }
    buf_printf(&b, "%.*s", STR_ARG(str_slice(p->text, at, p->text.len)));
    out->meant = str_trim(buf_str(&b));
}
