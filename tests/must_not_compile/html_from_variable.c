/* Markup made of a variable: HTML() takes a literal only.
   expect: (expected|before) */
#include "kernel/page/html.h"

struct html caller(const char *typed);

struct html caller([[maybe_unused]] const char *typed) {
#ifdef GOOD
    return HTML("<i>một</i>");
#else
    return HTML(typed);
#endif
}
