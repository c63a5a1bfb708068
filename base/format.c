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

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the rest of a format that was checked where it was written */
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
#pragma GCC diagnostic pop

static struct str text_of(const char *at, int length) {
    if (!at) {
        return length < 0 ? S("(null)") : S(""); /* an empty str has no bytes to point at */
    }
    return length < 0 ? str_of(at) : (struct str){at, strnlen(at, (size_t)length)};
}

static void put_number(struct buf *b, const struct conversion *c, va_list *args) {
    bool is_signed = c->kind == 'd';
    int64_t n = c->size == 'l'   ? va_arg(*args, long long)
                : c->size == 'z' ? va_arg(*args, ssize_t)
                : is_signed      ? va_arg(*args, int)
                                 : (int64_t)va_arg(*args, unsigned);
    bool is_negative = is_signed && n < 0;
    num_put_padded(b, is_negative, is_negative ? 0 - (uint64_t)n : (uint64_t)n, c->width);
}

static void put_conversion(struct buf *b, const struct conversion *c, va_list *args) {
    if (c->kind == 's') {
        int length = c->has_length ? va_arg(*args, int) : -1;
        buf_put(b, text_of(va_arg(*args, const char *), length));
    } else if (c->kind == 'c') {
        buf_put_char(b, (char)va_arg(*args, int));
    } else {
        put_number(b, c, args);
    }
}

void buf_put_format(struct buf *b, const char *format, va_list given) {
    va_list args;
    va_copy(args, given);
    for (const char *at = format; *at;) {
        const char *mark = strchrnul(at, '%');
        buf_put(b, (struct str){at, (size_t)(mark - at)});
        at = mark;
        if (at[0] && at[1] == '%') {
            buf_put_char(b, '%');
            at += 2;
        } else if (at[0]) {
            struct conversion c = conversion_read(at + 1);
            if (!c.kind) {
                put_rest(b, at, args);
                break;
            }
            put_conversion(b, &c, &args);
            at = c.end;
        }
    }
    va_end(args);
}
