#include "base/format.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"

#include "base/banned.h"

/* A conversion of whole numbers or text, as far as it is known here. */
struct conversion {
    int width; /* padded with noughts */
    bool has_length;
    char size; /* 'l' long long, 'z' size_t, 0 int */
    char kind; /* s c d u, or 0: not known here */
    const char *end;
};

static struct conversion conversion_read(const char *at) {
    struct conversion c = {.width = 0};
    if (at[0] == '.' && at[1] == '*' && at[2] == 's') {
        return (struct conversion){.has_length = true, .kind = 's', .end = at + 3};
    }
    if (at[0] == '0' && at[1] >= '1' && at[1] <= '9') {
        c.width = at[1] - '0';
        at += 2;
    }
    if (at[0] == 'l' && at[1] == 'l') {
        c.size = 'l';
        at += 2;
    } else if (at[0] == 'z') {
        c.size = 'z';
        at++;
    }
    bool is_number = *at == 'd' || *at == 'u', is_plain = !c.size && !c.width && (*at == 's' || *at == 'c');
    c.kind = is_number || is_plain ? *at : 0;
    c.end = at + 1;
    return c;
}

static void put_rest(struct buf *b, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        buf_reserve(b, (size_t)n + 1);
        vsnprintf(b->at + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

static void put_text(struct buf *b, const char *at, int length) {
    struct str s = {"(null)", length >= 0 ? 0 : 6}; /* an empty str has no bytes to point at */
    if (at && length >= 0) {
        s = (struct str){at, strnlen(at, (size_t)length)};
    } else if (at) {
        s = str_of(at);
    }
    buf_put(b, s);
}

void buf_put_format(struct buf *b, const char *format, va_list args) {
    for (const char *at = format, *mark; *at;) {
        mark = strchrnul(at, '%');
        buf_put(b, (struct str){at, (size_t)(mark - at)});
        if (!*mark) {
            return;
        }
        if (mark[1] == '%') {
            buf_put_char(b, '%');
            at = mark + 2;
            continue;
        }
        struct conversion c = conversion_read(mark + 1);
        if (!c.kind) {
            put_rest(b, mark, args);
            return;
        }
        if (c.kind == 's') {
            int length = c.has_length ? va_arg(args, int) : -1;
            put_text(b, va_arg(args, const char *), length);
        } else if (c.kind == 'c') {
            buf_put_char(b, (char)va_arg(args, int));
        } else if (c.kind == 'u') {
            uint64_t n = c.size == 'l'   ? va_arg(args, unsigned long long)
                         : c.size == 'z' ? va_arg(args, size_t)
                                         : va_arg(args, unsigned);
            num_put_padded(b, false, n, c.width);
        } else {
            int64_t n = c.size == 'l'   ? va_arg(args, long long)
                        : c.size == 'z' ? va_arg(args, ssize_t)
                                        : va_arg(args, int);
            num_put_padded(b, n < 0, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, c.width);
        }
        at = c.end;
    }
}
