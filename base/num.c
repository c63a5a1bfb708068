#include "base/num.h"
#include "base/buf.h"

#include <math.h>
#include <stdio.h>

#include "base/banned.h"

bool num_read(struct str s, int64_t *out) {
    bool negative = s.len > 0 && s.at[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == s.len) {
        return false;
    }
    int64_t n = 0;
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
        int digit = s.at[i] - '0';
        if (__builtin_mul_overflow(n, 10, &n) ||
            (negative ? __builtin_sub_overflow(n, digit, &n) : __builtin_add_overflow(n, digit, &n))) {
            return false;
        }
    }
    *out = n;
    return true;
}

bool num_read_between(struct str s, int64_t low, int64_t high, int64_t *out) {
    int64_t n;
    if (!num_read(s, &n) || n < low || n > high) {
        return false;
    }
    *out = n;
    return true;
}

void num_put_padded(struct buf *b, bool is_negative, uint64_t magnitude, int width) {
    char line[32];
    size_t from = sizeof line;
    do {
        line[--from] = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude);
    size_t wide = width > 0 && width < (int)sizeof line ? (size_t)width : 0;
    while (sizeof line - from + is_negative < wide) {
        line[--from] = '0';
    }
    if (is_negative) {
        line[--from] = '-';
    }
    buf_put(b, (struct str){line + from, sizeof line - from});
}

void num_put_vi(struct buf *b, int64_t n) {
    char line[32];
    size_t from = sizeof line, digits = 0;
    uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    do {
        if (digits && digits % 3 == 0) {
            line[--from] = '.';
        }
        line[--from] = (char)('0' + rest % 10);
        rest /= 10;
        digits++;
    } while (rest);
    if (n < 0) {
        line[--from] = '-';
    }
    buf_put(b, (struct str){line + from, sizeof line - from});
}

void num_put_vi_fraction(struct buf *b, double value, int digits) {
    digits = digits < 0 ? 0 : digits > 9 ? 9 : digits;
    double scale = pow(10, digits);
    double scaled = nearbyint(value * scale);
    if (!(fabs(scaled) < 9e15)) {
        buf_put(b, S("–"));
        return;
    }
    int64_t whole = (int64_t)(scaled / scale);
    int64_t part = (int64_t)fabs(scaled - (double)whole * scale);
    if (scaled < 0 && whole == 0) {
        buf_put_char(b, '-');
    }
    num_put_vi(b, whole);
    if (part) {
        char line[32];
        int len = snprintf(line, sizeof line, "%0*lld", digits, (long long)part);
        while (len > 0 && line[len - 1] == '0') {
            len--;
        }
        buf_put_char(b, ',');
        buf_put(b, (struct str){line, (size_t)len});
    }
}

void num_put_bytes_vi(struct buf *b, int64_t bytes) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        value /= 1000;
        unit++;
    }
    num_put_vi_fraction(b, value, unit == 0 || value >= 100 ? 0 : 1);
    buf_put_char(b, ' ');
    buf_put(b, str_of(units[unit]));
}
