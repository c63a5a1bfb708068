#include "base/buf.h"
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

struct buf buf_in(struct arena *a) {
    return (struct buf){.at = NULL, .len = 0, .cap = 0, .arena = a};
}

void buf_reserve(struct buf *b, size_t more) {
    if (more <= b->cap - b->len) {
        return;
    }
    size_t cap = b->cap ? b->cap * 2 : 256;
    while (cap - b->len < more) {
        cap *= 2;
    }
    char *at = arena_take(b->arena, char, cap);
    if (b->len) {
        memcpy(at, b->at, b->len);
    }
    b->at = at;
    b->cap = cap;
}

void buf_put(struct buf *b, struct str s) {
    if (s.len == 0) {
        return;
    }
    buf_reserve(b, s.len);
    memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
}

void buf_put_char(struct buf *b, char c) {
    buf_reserve(b, 1);
    b->at[b->len++] = c;
}

void buf_put_int(struct buf *b, int64_t n) {
    char digits[20];
    size_t from = sizeof digits;
    uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    do {
        digits[--from] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0) {
        buf_put_char(b, '-');
    }
    buf_put(b, (struct str){digits + from, sizeof digits - from});
}

void buf_printf(struct buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        buf_reserve(b, (size_t)n + 1);
        vsnprintf(b->at + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

struct str buf_str(const struct buf *b) {
    return b->at ? (struct str){b->at, b->len} : S("");
}
