/* Numbers as people write them: with dots or commas, in words, with units. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "1.5E+3": the mantissa, and how far its point is to be moved. */
static bool exponent_cut(struct str text, struct str *mantissa, int64_t *shift) {
    struct str exponent = {0};
    *mantissa = text;
    *shift = 0;
    if (!str_cut(text, S("E"), mantissa, &exponent) && !str_cut(text, S("e"), mantissa, &exponent)) {
        return true;
    }
    exponent = str_starts(exponent, S("+")) ? str_slice(exponent, 1, exponent.len) : exponent;
    return num_read_between(exponent, -300, 300, shift) && *shift <= 15 && *shift >= -15;
}

static bool all_digits(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
    }
    return true;
}

/* Zeros at the end of a fraction say nothing. */
static struct str without_zeros(struct str digits, size_t zeros_most) {
    while (zeros_most > 0 && digits.len && digits.at[digits.len - 1] == '0') {
        digits.len--;
        zeros_most--;
    }
    return str_ends(digits, S(".")) ? str_slice(digits, 0, digits.len - 1) : digits;
}

bool import_stored(struct arena *a, struct str text, struct str *digits) {
    struct str mantissa, whole, part;
    int64_t shift;
    if (!exponent_cut(text, &mantissa, &shift)) {
        return false;
    }
    str_cut(mantissa, S("."), &whole, &part);
    struct buf b = buf_in(a);
    size_t sign = str_starts(whole, S("-"));
    struct str all = str_format(a, "%.*s%.*s", STR_ARG(str_slice(whole, sign, whole.len)), STR_ARG(part));
    if (whole.len == sign || !all_digits(all)) {
        return false;
    }
    int64_t point = (int64_t)(whole.len - sign) + shift;
    if (sign) {
        buf_put_char(&b, '-');
    }
    for (int64_t i = 0; i < point || i < (int64_t)all.len; i++) {
        if (i == point) {
            buf_put_char(&b, '.');
        }
        buf_put_char(&b, i < (int64_t)all.len ? all.at[i] : '0');
    }
    *digits = without_zeros(buf_str(&b), point < (int64_t)all.len ? b.len : 0);
    return point > 0;
}

/* Whether the dots or commas of a text part groups of three. */
static bool is_grouped(struct str text, char sign) {
    size_t run = 0, groups = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != sign) {
            run++;
            continue;
        }
        if (groups ? run != 3 : run == 0 || run > 3) {
            return false;
        }
        groups++;
        run = 0;
    }
    return groups > 1;
}

static size_t count_of(struct str text, char c) {
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        n += text.at[i] == c;
    }
    return n;
}

static bool thousandths_of(struct str whole, char group, struct str part, int64_t *out) {
    int64_t n = 0, digits = 0;
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.at[i] == group) {
            continue;
        }
        n = n * 10 + (whole.at[i] - '0');
        if (++digits > 15) {
            return false;
        }
    }
    for (size_t i = 0; i < 3 || i < part.len; i++) {
        char c = i < part.len ? part.at[i] : '0';
        if (i >= 3 && c != '0') {
            return false;
        }
        n = i < 3 ? n * 10 + (c - '0') : n;
    }
    *out = n;
    return digits > 0;
}

/* Both signs: the one that comes last, once, parts the fraction. */
static bool literal_of_both(struct str text, int64_t *thousandths) {
    char last = str_find(text, S("."), 0) > str_find(text, S(","), 0) ? '.' : ',';
    char group = last == '.' ? ',' : '.';
    struct str whole, part;
    str_cut(text, last == '.' ? S(".") : S(","), &whole, &part);
    return count_of(text, last) == 1 && is_grouped(whole, group) && !count_of(part, group) &&
           thousandths_of(whole, group, part, thousandths);
}

/* Digits with dots and commas between them. */
static bool is_figure(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i]) && text.at[i] != '.' && text.at[i] != ',') {
            return false;
        }
    }
    return text.len && is_digit(text.at[0]) && is_digit(text.at[text.len - 1]);
}

bool import_literal(struct str text, int64_t *thousandths) {
    size_t dots = count_of(text, '.'), commas = count_of(text, ',');
    struct str whole, part;
    char sign = dots ? '.' : ',';
    if (!is_figure(text)) {
        return false;
    }
    if (!dots && !commas) {
        return thousandths_of(text, 0, S(""), thousandths);
    }
    if (dots && commas) {
        return literal_of_both(text, thousandths);
    }
    if (is_grouped(text, sign)) {
        return thousandths_of(text, sign, S(""), thousandths);
    }
    str_cut(text, sign == '.' ? S(".") : S(","), &whole, &part);
    return dots + commas == 1 && thousandths_of(whole, 0, part, thousandths);
}

/* --- Words and units --- */
struct number_word {
    const char *word; /* folded */
    int64_t value;
    bool is_unit;
};
static const struct number_word number_words[] = {
    {"khong", 0, false},   {"mot", 1, false},        {"hai", 2, false},        {"ba", 3, false},
    {"bon", 4, false},     {"tu", 4, false},         {"nam", 5, false},        {"lam", 5, false},
    {"nham", 5, false},    {"sau", 6, false},        {"bay", 7, false},        {"tam", 8, false},
    {"chin", 9, false},    {"ty", 1000000000, true}, {"ti", 1000000000, true}, {"trieu", 1000000, true},
    {"tr", 1000000, true}, {"nghin", 1000, true},    {"ngan", 1000, true},     {"k", 1000, true},
};
static const char *const idle_words[] = {"dong", "d", "vnd", "vn", "chan", "linh", "le", "va", "khoang"};

enum { MOST = 1000000 }; /* what may stand before a unit, in whole ones */

struct amount {
    int64_t total; /* whole units */
    int64_t group; /* thousandths, before the next unit */
    int64_t last;  /* the last figure said within the group, whole */
    int64_t unit;  /* the last unit; 0: none yet */
    size_t digits; /* of the figure that stands after a unit: 2tr5 */
    bool has_group, has_any;
};

static bool amount_unit(struct amount *m, int64_t unit) {
    if (!m->has_group || (m->unit && unit >= m->unit) || m->group > (int64_t)MOST * 1000 ||
        m->group * (unit / 1000) / 1000 > INT64_MAX / 4000) {
        return false;
    }
    m->total += m->group * (unit / 1000);
    *m = (struct amount){.total = m->total, .unit = unit, .has_any = true};
    return true;
}

static bool amount_tens(struct amount *m, int64_t times) {
    if (!m->has_group && times == 10) {
        m->last = 10;
        m->group += 10000;
    } else if (m->has_group && times == 10 && (m->last < 2 || m->last > 9)) {
        m->group += 10000;
        m->last = 10;
    } else if (m->has_group && m->last > 0 && m->last < 1000) {
        m->group += m->last * 1000 * (times - 1);
        m->last = 0;
    } else {
        return false;
    }
    m->digits = 0;
    m->has_group = m->has_any = true;
    return m->group < (int64_t)MOST * 1000;
}

static bool amount_word(struct amount *m, struct str word) {
    for (size_t i = 0; i < sizeof idle_words / sizeof *idle_words; i++) {
        if (str_eq(word, str_of(idle_words[i]))) {
            return true;
        }
    }
    if (str_eq(word, S("muoi")) || str_eq(word, S("chuc"))) {
        return amount_tens(m, 10);
    }
    if (str_eq(word, S("tram"))) {
        return amount_tens(m, 100);
    }
    if (str_eq(word, S("ruoi")) && m->unit && !m->has_group) {
        m->total += m->unit / 2;
        return true;
    }
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
        const struct number_word *w = &number_words[i];
        if (!str_eq(word, str_of(w->word))) {
            continue;
        }
        if (w->is_unit) {
            return amount_unit(m, w->value);
        }
        m->group += w->value * 1000;
        m->last = w->value;
        m->digits = m->has_group ? 0 : 1;
        m->has_group = m->has_any = true;
        return true;
    }
    return false;
}

static bool amount_figure(struct amount *m, struct str text) {
    if (m->has_group || !import_literal(text, &m->group)) {
        return false;
    }
    m->last = m->group / 1000;
    m->digits = text.len;
    m->has_group = m->has_any = true;
    return true;
}

/* What is left after the last unit: ones, or tenths of that unit (2tr5). */
static bool amount_end(struct amount *m, int64_t *n) {
    if (m->has_group && m->unit && m->digits && m->digits <= 3) {
        int64_t parts = 1;
        for (size_t i = 0; i < m->digits; i++) {
            parts *= 10;
        }
        m->total += m->unit / parts * (m->group / 1000);
    } else if (m->has_group && m->group % 1000) {
        return false;
    } else {
        m->total += m->group / 1000;
    }
    *n = m->total;
    return m->has_any;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* Where the figure or the word that begins at from ends; what is neither is one character. */
static size_t piece_end(struct str t, size_t from) {
    size_t i = from;
    if (is_letter(t.at[from])) {
        while (i < t.len && is_letter(t.at[i])) {
            i++;
        }
        return i;
    }
    while (i < t.len && (is_digit(t.at[i]) ||
                         (i > from && (t.at[i] == '.' || t.at[i] == ',') && i + 1 < t.len && is_digit(t.at[i + 1])))) {
        i++;
    }
    return i > from ? i : from + 1;
}

bool import_amount(struct arena *a, struct str text, int64_t *n) {
    struct str t = utf8_fold(a, text);
    struct amount m = {0};
    for (size_t from = 0, to; from < t.len; from = to) {
        char c = t.at[from];
        to = piece_end(t, from);
        bool is_fine = is_digit(c)    ? amount_figure(&m, str_slice(t, from, to))
                       : is_letter(c) ? amount_word(&m, str_slice(t, from, to))
                                      : c == ' ' || c == '.' || c == ',';
        if (!is_fine) {
            return false;
        }
    }
    return amount_end(&m, n);
}
