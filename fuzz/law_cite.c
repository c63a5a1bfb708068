/* Any bytes as legal text: references lie within it, in order, and are no longer than it. */
#include "modules/law/law_cite.h"

#include "base/arena.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n > 20000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct law_cites found;
    law_cite_find(a, (struct str){(const char *)at, n}, S("art_12__cl_3__pt_dd"), &found);
    for (size_t i = 0; i < found.cites.n; i++) {
        const struct law_cite *c = &found.cites.at[i];
        if (c->from >= c->to || c->to > n || c->doc > found.docs.n || (c->whose == LAW_CITE_DOC) != (c->doc > 0)) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
