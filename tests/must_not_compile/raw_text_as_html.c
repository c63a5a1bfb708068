/* Text from a person given where markup is wanted.
   expect: (incompatible type|passing 'struct str') */
#include "kernel/page/html.h"

struct html shown(struct html h);
struct html caller(struct str typed);

struct html shown(struct html h) { return h; }

struct html caller([[maybe_unused]] struct str typed) {
#ifdef GOOD
    return shown(HTML("<b>đã xem</b>"));
#else
    return shown(typed);
#endif
}
