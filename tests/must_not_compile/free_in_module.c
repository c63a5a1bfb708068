/* Giving back by hand in a module.
   as: module
   expect: sorry_free_is_banned */
#include "base/arena.h"

void caller(struct arena *a, void *p);

void caller([[maybe_unused]] struct arena *a, [[maybe_unused]] void *p) {
#ifdef GOOD
    arena_reset(a);
#else
    free(p);
#endif
}
