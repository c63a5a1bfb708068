/* Reading mapped files of which a piece may be taken away under us. A page of a mapping that the disk does not hold any
   more (the file was cut short, the disk refuses) raises SIGBUS; here it is read as zeros instead, and the mapping is
   marked, so that whoever reads it finds out and stops using it. Reading must therefore be safe with any bytes. */
#ifndef SEARCH_SEGMENTS_GUARD_H
#define SEARCH_SEGMENTS_GUARD_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct search_guard {
    _Atomic uintptr_t from, to;
    atomic_bool is_hurt;
};

/* Watches over a mapping until search_guard_end; NULL when there are too many. */
struct search_guard *search_guard_begin(const void *base, size_t size);
void search_guard_end(struct search_guard *g);
#endif
