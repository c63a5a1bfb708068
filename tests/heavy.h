/* Makes a small PDF whose pages take for ever: forms that draw forms that draw forms. */
#ifndef TESTS_HEAVY_H
#define TESTS_HEAVY_H
#include "base/str.h"

struct arena;

/* Each page draws ten to the power of depth little lines; heavy of them do, from the first on, the others are empty. */
struct heavy {
    int pages, heavy, depth;
};
struct str heavy_pdf(struct arena *a, const struct heavy *h);
#endif
