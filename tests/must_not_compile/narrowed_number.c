/* A length cut to an int without saying so.
   expect: (conversion|shorten) */
#include "base/str.h"

int caller(struct str s);

int caller(struct str s) {
#ifdef GOOD
    return (int)s.len;
#else
    return s.len;
#endif
}
