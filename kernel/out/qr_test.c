/* QR codes: their corners are what a reader looks for, and the size follows the length of the text. */
#include "kernel/out/qr.h"
#include "base/arena.h"
#include "tests/test.h"

TEST("an address becomes a code whose first rows begin with the finder's corner") {
    struct qr qr;
    CHECK_OK(qr_make(arena, S("https://doanket.example/law/42?at=art_5#art_5"), &qr));
    CHECK(qr.size == 29 || qr.size == 33);
    CHECK(str_starts(qr.path, S("M0 0h7v1h-7z")));
    CHECK(str_find(qr.path, S("M0 1h1v1h-1zM6 1h1v1h-1z"), 0) != SIZE_MAX);
}

TEST("a longer address makes a larger code, an empty or endless one is refused") {
    struct qr small, large;
    CHECK_OK(qr_make(arena, S("a"), &small));
    CHECK(small.size == 21);
    CHECK_OK(qr_make(
        arena, S("https://doanket.example/law/4611686018427387904/place/art_123__cl_12__pt_dd?on=2026-11-25"), &large));
    CHECK(large.size > small.size);
    CHECK_ERR(qr_make(arena, S(""), &small), ERR_INVALID);
    char *endless = arena_take(arena, char, 2000);
    CHECK_ERR(qr_make(arena, (struct str){endless, 2000}, &small), ERR_INVALID);
}
