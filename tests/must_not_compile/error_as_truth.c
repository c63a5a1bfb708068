/* An error taken for a truth value: a struct has none.
   expect: (used struct type value|scalar is required|arithmetic or pointer type is required) */
#include "base/err.h"

struct err work(void);
int caller(void);

int caller(void) {
#ifdef GOOD
    return work().why ? 1 : 0;
#else
    return work() ? 1 : 0;
#endif
}
