#include "base/list.h"
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void *list_grow(struct arena *a, void *at, size_t n, size_t size) {
    if (n & (n - 1)) {
        return at;
    }
    if (n > 0 && n < 4) {
        return at;
    }
    size_t room = n ? n * 2 : 4;
    void *grown = arena_take_bytes(a, room, size, alignof(max_align_t));
    if (n) {
        memcpy(grown, at, n * size);
    }
    return grown;
}

/* The names in brackets are the functions themselves, not what base/banned.h makes of them. */
void list_sort(void *at, size_t n, size_t size, int (*compare)(const void *a, const void *b)) {
    if (n > 1) {
        (qsort)(at, n, size, compare);
    }
}

void list_sort_with(void *at, size_t n, size_t size, int (*compare)(const void *a, const void *b, void *thing),
                    void *thing) {
    if (n > 1) {
        (qsort_r)(at, n, size, compare, thing);
    }
}
