/* S() is for literals; a pointer has no length.
   expect: (expected|before) */
#include "base/str.h"

struct str caller(const char *z);

struct str caller(const char *z) {
#ifdef GOOD
    return str_of(z);
#else
    return S(z);
#endif
}
