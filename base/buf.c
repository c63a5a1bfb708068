#include "base/buf.h"
#include "base/arena.h"
#include "base/format.h"
#include "base/num.h"

#include <string.h>

#include "base/banned.h"

struct buf buf_in(struct arena *a) {
    return (struct buf){.at = NULL, .len = 0, .cap = 0, .arena = a};
}

void buf_grow(struct buf *b, size_t more) {
    size_t cap = b->cap ? b->cap * 2 : 256;
    while (cap - b->len < more) {
        cap *= 2;
    }
    char *at = arena_take_raw(b->arena, cap, 1);
    if (b->len) {
        memcpy(at, b->at, b->len);
    }
    b->at = at;
    b->cap = cap;
}

void buf_put_int(struct buf *b, int64_t n) {
    num_put_padded(b, n < 0, n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n, 0);
}

void buf_printf(struct buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_put_format(b, format, args);
    va_end(args);
}

struct str buf_str(const struct buf *b) {
    return b->at ? (struct str){b->at, b->len} : S("");
}
