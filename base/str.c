#include "base/str.h"
#include "base/arena.h"
#include "base/format.h"

#include <string.h>

#include "base/banned.h"

struct str str_of(const char *z) {
    return z ? (struct str){z, strlen(z)} : (struct str){"", 0};
}

int str_cmp(struct str a, struct str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

bool str_eq_ascii_nocase(struct str a, struct str b) {
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower_ascii(a.at[i]) != lower_ascii(b.at[i])) {
            return false;
        }
    }
    return true;
}

bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq((struct str){s.at, prefix.len}, prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(struct str s, struct str needle, size_t from) {
    if (from > s.len || needle.len > s.len - from) {
        return SIZE_MAX;
    }
    if (needle.len == 0) {
        return from;
    }
    const char *hit = memmem(s.at + from, s.len - from, needle.at, needle.len);
    return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

struct str str_slice(struct str s, size_t from, size_t to) {
    if (to > s.len) {
        to = s.len;
    }
    if (from > to) {
        from = to;
    }
    return s.at ? (struct str){s.at + from, to - from} : S("");
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct str str_trim(struct str s) {
    while (s.len > 0 && is_space(s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len > 0 && is_space(s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

bool str_cut(struct str s, struct str sep, struct str *before, struct str *after) {
    size_t hit = str_find(s, sep, 0);
    if (hit == SIZE_MAX) {
        *before = s;
        *after = S("");
        return false;
    }
    *before = str_slice(s, 0, hit);
    *after = str_slice(s, hit + sep.len, s.len);
    return true;
}

bool str_next(struct str *rest, char sep, struct str *piece) {
    if (!rest->at) {
        return false;
    }
    const char *hit = rest->len ? memchr(rest->at, sep, rest->len) : NULL;
    if (!hit) {
        *piece = *rest;
        *rest = (struct str){NULL, 0};
        return true;
    }
    size_t n = (size_t)(hit - rest->at);
    *piece = (struct str){rest->at, n};
    *rest = (struct str){hit + 1, rest->len - n - 1};
    return true;
}

struct str str_copy(struct arena *a, struct str s) {
    return (struct str){str_z(a, s), s.len};
}

char *str_z(struct arena *a, struct str s) {
    char *z = arena_take_raw(a, s.len + 1, 1);
    if (s.len) {
        memcpy(z, s.at, s.len);
    }
    z[s.len] = 0;
    return z;
}

struct str str_lower_ascii(struct arena *a, struct str s) {
    char *z = str_z(a, s);
    for (size_t i = 0; i < s.len; i++) {
        z[i] = lower_ascii(z[i]);
    }
    return (struct str){z, s.len};
}

struct str str_format(struct arena *a, const char *format, ...) {
    /* Most are short: they are made here, and take of the arena what they need. */
    char line[256];
    struct buf b = {.at = line, .cap = sizeof line, .arena = a};
    va_list args;
    va_start(args, format);
    buf_put_format(&b, format, args);
    va_end(args);
    return str_copy(a, buf_str(&b));
}

uint64_t str_hash(struct str s) {
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++) {
        h = (h ^ (unsigned char)s.at[i]) * 1099511628211u;
    }
    return h;
}
