#include "base/utf8.h"
#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/banned.h"

static int32_t next_code(struct str s, size_t at, size_t *width) {
    utf8proc_int32_t code = -1;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + at, (utf8proc_ssize_t)(s.len - at), &code);
    *width = n > 0 ? (size_t)n : 1;
    return n > 0 ? code : -1;
}

bool utf8_valid(struct str s) {
    for (size_t at = 0, width; at < s.len; at += width) {
        if ((unsigned char)s.at[at] < 0x80) {
            width = 1;
        } else if (next_code(s, at, &width) < 0) {
            return false;
        }
    }
    return true;
}

uint32_t utf8_next(struct str s, size_t *at) {
    size_t width;
    int32_t code = next_code(s, *at, &width);
    *at += width;
    return code < 0 ? 0xFFFD : (uint32_t)code;
}

size_t utf8_put(char out[static 4], uint32_t code) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
}

size_t utf8_length(struct str s) {
    size_t n = 0;
    for (size_t at = 0; at < s.len; n++) {
        utf8_next(s, &at);
    }
    return n;
}

struct str utf8_cut(struct str s, size_t characters) {
    size_t at = 0;
    while (characters > 0 && at < s.len) {
        utf8_next(s, &at);
        characters--;
    }
    return str_slice(s, 0, at);
}

static bool is_ascii(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Characters that change nothing one sees but hide text from search, or turn its direction to deceive. */
static bool is_invisible(uint32_t c) {
    return c == 0xAD || c == 0x034F || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static struct str normal_form(struct arena *a, struct str s, utf8proc_option_t how) {
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len, &made, how);
    if (n < 0 || !made) {
        free(made);
        return s;
    }
    struct str out = str_copy(a, (struct str){(const char *)made, (size_t)n});
    free(made);
    return out;
}

static bool follows(struct str s, size_t at, unsigned char from, unsigned char to) {
    return at < s.len && (unsigned char)s.at[at] >= from && (unsigned char)s.at[at] <= to;
}

/* The bytes of a character that stays as it is wherever it stands, as nearly all of a Vietnamese text are: Latin
   letters up to U+02FF, those with marks from U+1E00 to U+1EFF, and the dashes and quotes from U+2010. 0: it is to be
   looked at. */
static size_t settled(struct str s, size_t at) {
    unsigned char c = (unsigned char)s.at[at];
    if (c < 0x80) {
        return 1;
    }
    if (c >= 0xC2 && c <= 0xCB) {
        bool is_soft_hyphen = c == 0xC2 && follows(s, at + 1, 0xAD, 0xAD);
        bool is_eth = c == 0xC3 && (follows(s, at + 1, 0x90, 0x90) || follows(s, at + 1, 0xB0, 0xB0));
        return follows(s, at + 1, 0x80, 0xBF) && !is_soft_hyphen && !is_eth ? 2 : 0;
    }
    bool is_marked = c == 0xE1 && follows(s, at + 1, 0xB8, 0xBB) && follows(s, at + 2, 0x80, 0xBF);
    bool is_quote = c == 0xE2 && follows(s, at + 1, 0x80, 0x80) && follows(s, at + 2, 0x90, 0xA7);
    return is_marked || is_quote ? 3 : 0;
}

static bool is_settled(struct str s) {
    for (size_t at = 0, width; at < s.len; at += width) {
        width = settled(s, at);
        if (width == 0) {
            return false;
        }
    }
    return true;
}

struct str utf8_clean(struct arena *a, struct str s) {
    if (is_settled(s)) {
        return str_copy(a, s);
    }
    struct buf b = buf_in(a);
    buf_reserve(&b, s.len + 4);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (is_invisible(c)) {
            continue;
        }
        c = c == 0xD0 ? 0x110 : c == 0xF0 ? 0x111 : c;
        char out[4];
        buf_put(&b, (struct str){out, utf8_put(out, c)});
    }
    return normal_form(a, buf_str(&b), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct str utf8_lower(struct arena *a, struct str s) {
    if (is_ascii(s)) {
        return str_lower_ascii(a, s);
    }
    struct buf b = buf_in(a);
    buf_reserve(&b, s.len + 4);
    for (size_t at = 0; at < s.len;) {
        char out[4];
        buf_put(&b, (struct str){out, utf8_put(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(s, &at)))});
    }
    return buf_str(&b);
}

struct str utf8_capital(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    char out[4];
    size_t at = 0;
    if (!s.len) {
        return s;
    }
    uint32_t first = (uint32_t)utf8proc_toupper((utf8proc_int32_t)utf8_next(s, &at));
    buf_put(&b, (struct str){out, utf8_put(out, first)});
    buf_put(&b, str_slice(s, at, s.len));
    return buf_str(&b);
}

struct str utf8_fold(struct arena *a, struct str s) {
    if (is_ascii(s)) {
        return str_lower_ascii(a, s);
    }
    struct str apart = normal_form(a, s, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    struct buf b = buf_in(a);
    buf_reserve(&b, apart.len + 4);
    for (size_t at = 0; at < apart.len;) {
        uint32_t c = utf8_next(apart, &at);
        if ((c >= 0x300 && c <= 0x36F) || is_invisible(c)) {
            continue;
        }
        c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        c = c == 0x111 || c == 0xF0 ? 'd' : c;
        char out[4];
        buf_put(&b, (struct str){out, utf8_put(out, c)});
    }
    return buf_str(&b);
}

/* Where a mark stands in the order of tones: ngang, huyền, hỏi, ngã, sắc, nặng. 0: no tone. */
static int tone_of(uint32_t mark) {
    switch (mark) {
    case 0x300: return 2;
    case 0x309: return 3;
    case 0x303: return 4;
    case 0x301: return 5;
    case 0x323: return 6;
    default: return 0;
    }
}

static void put_letter(struct buf *b, uint32_t c) {
    static const char order[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    const char *hit = c < 0x80 && c ? strchr(order, (int)c) : NULL;
    if (hit) {
        /* Each letter has four places: itself, then its variants (ă, â; đ; ê; ô, ơ; ư). */
        buf_put_char(b, (char)(0x10 + (hit - order) * 4));
    } else if (c == 0x111) {
        put_letter(b, 'd');
        b->at[b->len - 1] = (char)(b->at[b->len - 1] + 1);
    } else {
        char out[4];
        size_t n = utf8_put(out, c);
        buf_put_char(b, (char)0xF8);
        buf_put(b, (struct str){out, n});
    }
}

/* How far after its plain letter a marked one comes: a ă â, o ô ơ. */
static int variant_of(char letter, uint32_t mark) {
    enum { A = 0x10 + 4 * 10 };
    return (mark == 0x302 && letter == A) || (mark == 0x31B && letter == (char)(A + 4 * ('o' - 'a'))) ? 2 : 1;
}

struct str utf8_sort_key(struct arena *a, struct str s) {
    struct str apart = is_ascii(s) ? s : normal_form(a, s, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    struct buf b = buf_in(a);
    int tone = 1;
    bool in_word = false;
    for (size_t at = 0; at < apart.len;) {
        uint32_t c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(apart, &at));
        if (tone_of(c)) {
            tone = tone_of(c);
        } else if ((c == 0x306 || c == 0x302 || c == 0x31B) && b.len > 0) {
            b.at[b.len - 1] = (char)(b.at[b.len - 1] + variant_of(b.at[b.len - 1], c));
        } else if (c == ' ' || c == '-' || c == ',' || c == '.') {
            if (in_word) {
                buf_put_char(&b, 1);
                buf_put_char(&b, (char)tone);
            }
            in_word = false;
            tone = 1;
        } else if (!is_invisible(c)) {
            put_letter(&b, c);
            in_word = true;
        }
    }
    if (in_word) {
        buf_put_char(&b, 1);
        buf_put_char(&b, (char)tone);
    }
    return buf_str(&b);
}

struct str utf8_name_key(struct arena *a, struct str full_name) {
    struct str name = str_trim(full_name);
    size_t last = name.len;
    while (last > 0 && name.at[last - 1] != ' ') {
        last--;
    }
    struct str given = str_slice(name, last, name.len);
    struct str before = str_trim(str_slice(name, 0, last));
    size_t first = str_find(before, S(" "), 0);
    struct str family = first == SIZE_MAX ? before : str_slice(before, 0, first);
    struct str middle = first == SIZE_MAX ? S("") : str_trim(str_slice(before, first, before.len));
    return utf8_sort_key(a, str_format(a, "%.*s %.*s %.*s", STR_ARG(given), STR_ARG(middle), STR_ARG(family)));
}
