/* Bytes that grow, in an arena. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/str.h"

struct arena;

struct buf {
    char *at;
    size_t len;
    size_t cap;
    struct arena *arena;
};

struct buf buf_in(struct arena *a);
void buf_grow(struct buf *b, size_t more); /* what buf_reserve does when there is no room */
static inline void buf_reserve(struct buf *b, size_t more) {
    if (more > b->cap - b->len) {
        buf_grow(b, more);
    }
}
static inline void buf_put(struct buf *b, struct str s) {
    if (s.len) {
        buf_reserve(b, s.len);
        memcpy(b->at + b->len, s.at, s.len);
        b->len += s.len;
    }
}
static inline void buf_put_char(struct buf *b, char c) {
    buf_reserve(b, 1);
    b->at[b->len++] = c;
}
void buf_put_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* the bytes so far; valid until the next put */

#define BUF_LIT(b, literal) buf_put((b), S(literal))
#endif
