/* A function with a safer one of ours: qsort.
   expect: sorry_qsort_is_banned */
#include "base/list.h"

#include "base/banned.h"

void caller(int *at, size_t n, int (*compare)(const void *a, const void *b));

void caller(int *at, size_t n, int (*compare)(const void *a, const void *b)) {
#ifdef GOOD
    list_sort(at, n, sizeof *at, compare);
#else
    qsort(at, n, sizeof *at, compare);
#endif
}
