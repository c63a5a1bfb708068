/* An error that nobody looks at.
   expect: (ignoring return value|unused-result|nodiscard) */
#include "base/err.h"

struct err work(void);
void caller(void);

void caller(void) {
#ifdef GOOD
    struct err e = work();
    (void)e.why;
#else
    work();
#endif
}
