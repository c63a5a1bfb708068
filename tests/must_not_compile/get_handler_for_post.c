/* A handler that reads, put where a route wants one that writes.
   expect: incompatible(-| )(function( |-))?pointer( |-)type */
#include "kernel/http/http.h"

struct err show(struct get *g);

extern const struct route routes[];
const struct route routes[] = {
    {.method = METHOD_GET, .path = "/document", .access = ACCESS_SIGNED_IN,
#ifdef GOOD
     .get = show},
#else
     .post = show},
#endif
    {0},
};
