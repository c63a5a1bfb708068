#include "kernel/page/i18n.h"
#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

#include "base/banned.h"

const struct lang *lang_of(struct str code) {
    for (size_t i = 0; i < langs_n; i++) {
        if (str_eq(langs[i].code, code)) {
            return &langs[i];
        }
    }
    return &langs[0];
}

const struct lang *lang_accepted(struct str header) {
    struct str piece;
    while (str_next(&header, ',', &piece)) {
        struct str code = str_slice(str_trim(piece), 0, 2);
        for (size_t i = 0; i < langs_n; i++) {
            if (str_eq_ascii_nocase(langs[i].code, code)) {
                return &langs[i];
            }
        }
    }
    return &langs[0];
}

struct str lang_text(const struct lang *lang, struct str vietnamese) {
    size_t low = 0, high = lang->texts_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(lang->texts[middle].from, vietnamese);
        if (order == 0) {
            return lang->texts[middle].to;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return vietnamese;
}

#define PATTERN_VALUES 8

/* The length of a printf conversion at the start of s ("%lld", "%.*s"), or 0. "%%" is no value. */
static size_t conversion_length(struct str s) {
    if (s.len < 2 || s.at[0] != '%' || s.at[1] == '%') {
        return 0;
    }
    for (size_t i = 1; i < s.len; i++) {
        if (memchr("sdiuxfg", s.at[i], 7)) {
            return i + 1;
        }
        if (!memchr("0123456789.*-lzhj+ ", s.at[i], 19)) {
            return 0;
        }
    }
    return 0;
}

/* Takes the literal run at the start of *pattern: up to the next conversion. */
static struct str literal_take(struct str *pattern) {
    size_t i = 0;
    while (i < pattern->len && !conversion_length(str_slice(*pattern, i, pattern->len))) {
        i++;
    }
    struct str literal = str_slice(*pattern, 0, i);
    *pattern = str_slice(*pattern, i, pattern->len);
    return literal;
}

/* Does the sentence come from the pattern? Then what stood at each conversion is in values. */
static bool pattern_match(struct str pattern, struct str sentence, struct str values[PATTERN_VALUES], size_t *n) {
    struct str literal = literal_take(&pattern);
    if (!str_starts(sentence, literal)) {
        return false;
    }
    sentence = str_slice(sentence, literal.len, sentence.len);
    *n = 0;
    while (pattern.len) {
        if (*n == PATTERN_VALUES) {
            return false;
        }
        pattern = str_slice(pattern, conversion_length(pattern), pattern.len);
        literal = literal_take(&pattern);
        size_t end = literal.len ? str_find(sentence, literal, 0) : pattern.len ? 0 : sentence.len;
        if (literal.len && !pattern.len && str_ends(sentence, literal)) {
            end = sentence.len - literal.len;
        }
        if (end == SIZE_MAX) {
            return false;
        }
        values[(*n)++] = str_slice(sentence, 0, end);
        sentence = str_slice(sentence, end + literal.len, sentence.len);
    }
    return sentence.len == 0;
}

static struct str pattern_fill(struct arena *a, struct str pattern, const struct str *values, size_t n) {
    struct buf b = buf_in(a);
    for (size_t i = 0;; i++) {
        buf_put(&b, literal_take(&pattern));
        if (!pattern.len || i == n) {
            return buf_str(&b);
        }
        buf_put(&b, values[i]);
        pattern = str_slice(pattern, conversion_length(pattern), pattern.len);
    }
}

/* How much of a pattern is words of its own: "%s được sửa đổi bởi %s." says more than "%s số %s". */
static size_t literal_length(struct str pattern) {
    size_t n = 0;
    for (;;) {
        n += literal_take(&pattern).len;
        if (!pattern.len) {
            return n;
        }
        pattern = str_slice(pattern, conversion_length(pattern), pattern.len);
    }
}

struct str lang_sentence(const struct lang *lang, struct arena *a, struct str vietnamese) {
    if (lang->n == 0 || vietnamese.len == 0) {
        return vietnamese;
    }
    struct str whole = lang_text(lang, vietnamese);
    if (whole.at != vietnamese.at) {
        return whole;
    }
    struct str values[PATTERN_VALUES];
    const struct lang_text *best = NULL;
    size_t n;
    for (size_t i = 0; i < lang->patterns_n; i++) {
        const struct lang_text *p = &lang->patterns[i];
        bool is_better = !best || literal_length(p->from) > literal_length(best->from);
        best = is_better && pattern_match(p->from, vietnamese, values, &n) ? p : best;
    }
    if (!best || !pattern_match(best->from, vietnamese, values, &n)) {
        return vietnamese;
    }
    return pattern_fill(a, best->to, values, n);
}
