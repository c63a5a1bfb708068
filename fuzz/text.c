/* Any bytes through base/utf8, base/num and base/time: results are well formed, and doing it twice changes nothing. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void text(struct arena *a, struct str s) {
    struct str clean = utf8_clean(a, s);
    must(utf8_valid(clean));
    must(str_eq(utf8_clean(a, clean), clean));
    must(utf8_valid(utf8_lower(a, clean)));
    must(utf8_valid(utf8_fold(a, clean)));
    must(utf8_length(utf8_cut(clean, 10)) <= 10);
    must(str_cmp(utf8_sort_key(a, clean), utf8_sort_key(a, clean)) == 0);
    (void)utf8_name_key(a, clean);
    for (size_t i = 0; i < s.len;) {
        size_t before = i;
        (void)utf8_next(s, &i);
        must(i > before && i <= s.len);
    }
}

static void numbers(struct arena *a, struct str s) {
    int64_t n = 0;
    struct date d = {0}, again = {0};
    struct buf b = buf_in(a);
    if (num_read(s, &n)) {
        num_put_vi(&b, n);
        num_put_bytes_vi(&b, n);
    }
    if (date_read_vi(s, &d)) {
        must(date_valid(d));
        must(date_read_iso(date_iso(a, d), &again) && date_is(d, again));
        must(date_is(date_from_number(date_number(d)), d));
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct arena *a = arena_new();
    struct str s = {(const char *)at, n};
    text(a, s);
    numbers(a, s);
    arena_free(a);
    return 0;
}
