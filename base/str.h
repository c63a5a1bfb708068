/* Text as a pointer and a length. A str never owns its bytes and need not end in NUL.
   Bytes are UTF-8 wherever a function says so, otherwise any bytes. */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *at;
    size_t len;
};

/* A literal as a str. */
#define S(literal) ((struct str){("" literal), sizeof("" literal) - 1})
/* For initialisers of static objects. */
#define S_INIT(literal)                                                                                                \
    { ("" literal), sizeof("" literal) - 1 }
/* For "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).at

struct str str_of(const char *z); /* of a C string; NULL gives the empty str */
static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}
int str_cmp(struct str a, struct str b);              /* byte order; <0, 0, >0 */
bool str_eq_ascii_nocase(struct str a, struct str b); /* only A-Z fold */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of needle in s at or after from, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
struct str str_slice(struct str s, size_t from, size_t to); /* clamped to s */
struct str str_trim(struct str s);                          /* ASCII white space off both ends */
/* Splits s at the first sep: before and after it. Without sep: all of s and "", and false. */
bool str_cut(struct str s, struct str sep, struct str *before, struct str *after);
/* Takes the next piece of *rest up to sep (or the end). False when nothing is left. */
bool str_next(struct str *rest, char sep, struct str *piece);
struct str str_copy(struct arena *a, struct str s);
char *str_z(struct arena *a, struct str s); /* NUL-ended copy; bytes after an inner NUL are lost to C */
struct str str_lower_ascii(struct arena *a, struct str s);
struct str str_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
uint64_t str_hash(struct str s); /* FNV-1a; for tables in memory, not for secrets */
#endif
