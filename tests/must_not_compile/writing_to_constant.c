/* Changing a route at run time: tables are constant.
   expect: (read-only|const-qualified) */
#include "kernel/http/http.h"

bool caller(const struct route *r);

bool caller(const struct route *r) {
#ifdef GOOD
    return r->access == ACCESS_PUBLIC;
#else
    r->access = ACCESS_PUBLIC;
    return true;
#endif
}
