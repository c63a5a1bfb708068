/* Text from a person used as an address to follow.
   expect: (incompatible type|returning 'struct str'|incompatible types) */
#include "kernel/page/html.h"

struct link caller(struct str typed);

struct link caller(struct str typed) {
#ifdef GOOD
    return link_web(typed);
#else
    return typed;
#endif
}
