#include "search/words/keys.h"
#include "base/utf8.h"
#include "search/words/letter.h"

#include <string.h>

#include "base/banned.h"

enum { LETTERS_MOST = 16, BREVE = 1, HAT = 2, HORN = 3, STROKE = 4 };

struct keyed {
    uint32_t letter[LETTERS_MOST];
    uint8_t shape[LETTERS_MOST];
    size_t n;
    uint8_t tone;
    bool is_changed;
};

static bool is_one_of(uint32_t c, const char *set) { return c < 0x80 && c && strchr(set, (int)c); }

/* The last of some letters that has no shape yet; LETTERS_MOST when there is none. */
static size_t last_bare(const struct keyed *k, const char *set) {
    for (size_t i = k->n; i-- > 0;) {
        if (is_one_of(k->letter[i], set) && !k->shape[i]) {
            return i;
        }
    }
    return LETTERS_MOST;
}

static bool shape_last(struct keyed *k, const char *set, uint8_t shape) {
    size_t at = last_bare(k, set);
    if (at == LETTERS_MOST) {
        return false;
    }
    k->shape[at] = shape;
    k->is_changed = true;
    return true;
}

/* uo takes its hooks together: ươ. */
static bool hook(struct keyed *k) {
    size_t at = last_bare(k, "uo");
    if (at == LETTERS_MOST || !shape_last(k, "uo", HORN)) {
        return false;
    }
    if (k->letter[at] == 'o' && at > 0 && k->letter[at - 1] == 'u' && !(at == 2 && k->letter[0] == 'q')) {
        k->shape[at - 1] = HORN;
    }
    return true;
}

static bool set_tone(struct keyed *k, uint8_t tone) {
    for (size_t i = 0; i < k->n; i++) {
        if (is_one_of(k->letter[i], "aeiouy")) {
            k->tone = tone;
            k->is_changed = true;
            return true;
        }
    }
    return false;
}

static bool digit_key(struct keyed *k, uint32_t digit) {
    static const uint8_t tones[] = {0, 4, 1, 2, 3, 5};
    if (digit >= '1' && digit <= '5') {
        return set_tone(k, tones[digit - '0']);
    }
    switch (digit) {
    case '6': return shape_last(k, "aeo", HAT);
    case '7': return hook(k);
    case '8': return shape_last(k, "a", BREVE);
    case '9': return shape_last(k, "d", STROKE);
    default: return false;
    }
}

/* Whether a letter is a Telex key where it stands, and does what it says. */
static bool letter_key(struct keyed *k, uint32_t c) {
    static const char tones[] = "frxsj";
    if (c == 'w') {
        size_t a = last_bare(k, "a"), u = last_bare(k, "uo");
        bool is_a = a != LETTERS_MOST && (u == LETTERS_MOST || a > u);
        return is_a ? shape_last(k, "a", BREVE) : hook(k);
    }
    if (is_one_of(c, tones)) {
        return set_tone(k, (uint8_t)(strchr(tones, (int)c) - tones + 1));
    }
    if (is_one_of(c, "aeo")) {
        const char same[] = {(char)c, 0};
        return shape_last(k, same, HAT);
    }
    if (c == 'd' && k->n > 0 && k->letter[0] == 'd' && !k->shape[0]) {
        k->shape[0] = STROKE;
        k->is_changed = true;
        return true;
    }
    return false;
}

static void push(struct keyed *k, const struct search_letter *l) {
    k->tone = l->tone ? l->tone : k->tone;
    if (l->kind == SEARCH_MARK && k->n > 0 && l->shape) {
        k->shape[k->n - 1] = l->shape;
    } else if (l->kind != SEARCH_MARK && k->n < LETTERS_MOST) {
        k->shape[k->n] = l->shape;
        k->letter[k->n++] = l->plain;
    }
}

static size_t write_out(const struct keyed *k, char out[static SEARCH_KEYS_MOST]) {
    static const uint32_t shapes[] = {0, 0x306, 0x302, 0x31B, 0, 0}, tones[] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) {
        n += utf8_put(out + n, k->shape[i] == STROKE ? 0x111 : k->letter[i]);
        n += shapes[k->shape[i]] ? utf8_put(out + n, shapes[k->shape[i]]) : 0;
    }
    return n + (k->tone ? utf8_put(out + n, tones[k->tone]) : 0);
}

size_t search_keys_read(struct str typed, char out[static SEARCH_KEYS_MOST]) {
    struct keyed k = {0};
    for (size_t at = 0; at < typed.len && k.n < LETTERS_MOST;) {
        struct search_letter l = search_letter_next(typed, &at);
        bool is_key = (l.kind == SEARCH_DIGIT && digit_key(&k, l.plain)) ||
                      (l.kind == SEARCH_LETTER && !l.shape && !l.tone && letter_key(&k, l.plain));
        if (l.kind == SEARCH_DIGIT && !is_key) {
            return 0;
        }
        if (!is_key && l.kind != SEARCH_INVISIBLE) {
            push(&k, &l);
        }
    }
    return k.is_changed ? write_out(&k, out) : 0;
}

size_t search_digits_read(struct str typed, char out[static SEARCH_KEYS_MOST]) {
    size_t n = 0, digits = 0;
    for (; n < typed.len && n < 12; n++) {
        char c = typed.at[n];
        digits += c >= '0' && c <= '9';
        out[n] = c == 'o' || c == 'O' ? '0' : c == 'l' || c == 'I' ? '1' : c;
        if (out[n] < '0' || out[n] > '9') {
            return 0;
        }
    }
    return digits > 0 && n == typed.len ? n : 0;
}
