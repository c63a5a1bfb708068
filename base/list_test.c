#include "base/list.h"
#include "tests/test.h"

static int up(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}
static int by(const void *a, const void *b, void *thing) { return *(int *)thing * up(a, b); }

TEST("nothing is sorted as well as something") {
    struct {
        int *at;
        size_t n;
    } none = {0}, some = {0};
    int down = -1;
    list_sort(none.at, none.n, sizeof *none.at, up);
    list_sort_with(none.at, none.n, sizeof *none.at, by, &down);
    for (int i = 0; i < 5; i++) {
        LIST_ADD(arena, &some, i * 3 % 5);
    }
    list_sort(some.at, some.n, sizeof *some.at, up);
    CHECK(some.at[0] == 0 && some.at[4] == 4);
    list_sort_with(some.at, some.n, sizeof *some.at, by, &down);
    CHECK(some.at[0] == 4 && some.at[4] == 0);
}
