/* Memory by hand in a module.
   as: module
   expect: sorry_malloc_is_banned */
#include "base/arena.h"

char *caller(struct arena *a);

char *caller([[maybe_unused]] struct arena *a) {
#ifdef GOOD
    return arena_take(a, char, 10);
#else
    return malloc(10);
#endif
}
