/* Values to and from PostgreSQL, in its binary forms. */
#include "kernel/db/pg.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

/* Types of the server's catalogue, whose numbers are fixed. */
enum {
    PG_BOOL = 16,
    PG_BYTEA = 17,
    PG_INT8 = 20,
    PG_INT2 = 21,
    PG_INT4 = 23,
    PG_TEXT = 25,
    PG_FLOAT4 = 700,
    PG_FLOAT8 = 701,
    PG_UNKNOWN = 705,
    PG_BPCHAR = 1042,
    PG_VARCHAR = 1043,
    PG_NUMERIC = 1700
};

struct pg_params pg_params_in(struct arena *arena, int n) {
    size_t room = n > 0 ? (size_t)n : 1;
    return (struct pg_params){.arena = arena,
                              .values = arena_take(arena, const char *, room),
                              .lengths = arena_take(arena, int, room),
                              .formats = arena_take(arena, int, room)};
}

static void put(struct pg_params *p, int i, const char *at, size_t len, int format) {
    p->values[i] = at;
    p->lengths[i] = (int)len;
    p->formats[i] = format;
}

void pg_put_int(struct pg_params *p, int i, int64_t v) {
    uint64_t big = __builtin_bswap64((uint64_t)v);
    char *at = arena_take(p->arena, char, sizeof big);
    memcpy(at, &big, sizeof big);
    put(p, i, at, sizeof big, 1);
}

void pg_put_real(struct pg_params *p, int i, double v) {
    int64_t bits;
    memcpy(&bits, &v, sizeof bits);
    pg_put_int(p, i, bits);
}

void pg_put_bytes(struct pg_params *p, int i, struct str s) { put(p, i, s.at, s.len, 1); }

void pg_put_ids(struct pg_params *p, int i, struct arena *arena, const struct db_ids *ids) {
    struct buf b = buf_in(arena);
    buf_put_char(&b, '{');
    for (size_t n = 0; n < ids->n; n++) {
        if (n) {
            buf_put_char(&b, ',');
        }
        buf_put_int(&b, ids->at[n]);
    }
    buf_put_char(&b, '}');
    buf_put_char(&b, 0);
    put(p, i, b.at, b.len - 1, 0);
}

static int64_t big_endian(const char *at, size_t n) {
    uint64_t v = n && (at[0] & 0x80) ? UINT64_MAX : 0;
    for (size_t i = 0; i < n; i++) {
        v = v << 8 | (unsigned char)at[i];
    }
    return (int64_t)v;
}

/* Base 10,000 digits with a weight: what sum() and avg() of whole numbers give. */
static double numeric(const char *at, size_t len) {
    if (len < 8) {
        return 0;
    }
    int64_t digits = big_endian(at, 2), weight = big_endian(at + 2, 2), sign = big_endian(at + 4, 2) & 0xffff;
    double v = 0;
    for (int64_t i = 0; i < digits && 8 + 2 * (size_t)i + 2 <= len; i++) {
        v += (double)big_endian(at + 8 + 2 * i, 2) * pow(10000, (double)(weight - i));
    }
    return sign == 0x4000 ? -v : v;
}

static int64_t numeric_whole(const char *at, size_t len) {
    if (len < 8) {
        return 0;
    }
    int64_t digits = big_endian(at, 2), weight = big_endian(at + 2, 2), sign = big_endian(at + 4, 2) & 0xffff;
    int64_t v = 0;
    for (int64_t i = 0; i <= weight; i++) {
        int64_t digit = i < digits && 8 + 2 * (size_t)i + 2 <= len ? big_endian(at + 8 + 2 * i, 2) : 0;
        if (__builtin_mul_overflow(v, 10000, &v) || __builtin_add_overflow(v, digit, &v)) {
            return sign == 0x4000 ? INT64_MIN : INT64_MAX;
        }
    }
    return sign == 0x4000 ? -v : v;
}

static double real_of(unsigned type, const char *at, size_t len) {
    if (type == PG_NUMERIC) {
        return numeric(at, len);
    }
    int64_t bits = big_endian(at, len);
    if (type == PG_FLOAT8) {
        double v;
        memcpy(&v, &bits, sizeof v);
        return v;
    }
    if (type == PG_FLOAT4) {
        int32_t half = (int32_t)bits;
        float v;
        memcpy(&v, &half, sizeof v);
        return (double)v;
    }
    return (double)bits;
}

static int64_t int_of(unsigned type, const char *at, size_t len) {
    if (type == PG_NUMERIC) {
        return numeric_whole(at, len);
    }
    if (type == PG_FLOAT8 || type == PG_FLOAT4) {
        return (int64_t)real_of(type, at, len);
    }
    return type == PG_BOOL ? at[0] != 0 : big_endian(at, len);
}

void pg_read_value(const PGresult *r, int row, int column, const struct db_field *f, void *at, struct arena *arena) {
    bool is_null = PQgetisnull(r, row, column);
    const char *bytes = PQgetvalue(r, row, column);
    size_t len = is_null ? 0 : (size_t)PQgetlength(r, row, column);
    unsigned type = PQftype(r, column);
    switch (f->type) {
    case DB_INT:
    case DB_AT:
    case DB_ID: *(int64_t *)at = is_null ? 0 : int_of(type, bytes, len); break;
    case DB_BOOL: *(bool *)at = !is_null && int_of(type, bytes, len) != 0; break;
    case DB_REAL: *(double *)at = is_null ? 0 : real_of(type, bytes, len); break;
    case DB_ON:
        if (is_null || !date_read_iso((struct str){bytes, len}, at)) {
            *(struct date *)at = (struct date){0};
        }
        break;
    default: *(struct str *)at = len ? str_copy(arena, (struct str){bytes, len}) : S(""); break;
    }
}

bool pg_type_fits(unsigned type, const struct db_field *f) {
    bool is_int = type == PG_INT8 || type == PG_INT4 || type == PG_INT2;
    bool is_text = type == PG_TEXT || type == PG_VARCHAR || type == PG_BPCHAR || type == PG_UNKNOWN;
    switch (f->type) {
    case DB_INT:
    case DB_AT: return is_int || type == PG_NUMERIC;
    case DB_ID: return is_int;
    case DB_BOOL: return is_int || type == PG_BOOL;
    case DB_REAL: return is_int || type == PG_NUMERIC || type == PG_FLOAT8 || type == PG_FLOAT4;
    case DB_BYTES:
    case DB_BYTES_OR_NULL: return type == PG_BYTEA;
    default: return is_text;
    }
}
