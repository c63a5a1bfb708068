/* A typed run of things in an arena: struct { type *at; size_t n; }.
   LIST(struct x) in a struct; LIST_ADD(arena, &v->xs, value) grows it. */
#ifndef BASE_LIST_H
#define BASE_LIST_H
#include <stddef.h>

struct arena;

#define LIST(type)                                                                                                     \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t n;                                                                                                      \
    }

/* Room for one more; returns it, zeroed. Grows by doubling at powers of two. */
#define LIST_PUSH(arena_, list)                                                                                        \
    ((list)->at = list_grow((arena_), (list)->at, (list)->n, sizeof *(list)->at), &(list)->at[(list)->n++])
#define LIST_ADD(arena_, list, ...) (*LIST_PUSH((arena_), (list)) = (__VA_ARGS__))

/* at with room for item n; moves only when n is 0 or a power of two. */
void *list_grow(struct arena *a, void *at, size_t n, size_t size);

/* Sorts n things of a size in place; of none, at may be NULL. As qsort and qsort_r, which are not called elsewhere:
   they may not be given NULL, however little there is to sort. */
void list_sort(void *at, size_t n, size_t size, int (*compare)(const void *a, const void *b));
void list_sort_with(void *at, size_t n, size_t size, int (*compare)(const void *a, const void *b, void *thing),
                    void *thing);
#endif
