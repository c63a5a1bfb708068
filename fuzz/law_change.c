/* Any bytes as the articles of an amending act: every change names a line, and its words come from the text. */
#include "modules/law/law_change.h"

#include "base/arena.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 3 || n > 20000) {
        return 0;
    }
    struct str text = {(const char *)at, n};
    struct law_change_line lines[3] = {
        {.eid = S("art_1"), .heading = str_slice(text, 0, n / 3)},
        {.eid = S("art_1__cl_1"), .text = str_slice(text, n / 3, 2 * n / 3)},
        {.eid = S("art_1__cl_1__pt_a"), .text = str_slice(text, 2 * n / 3, n)},
    };
    struct arena *a = arena_new();
    struct law_changes found;
    law_change_find(a, (struct law_change_lines){lines, 3}, str_slice(text, 0, n / 4), &found);
    for (size_t i = 0; i < found.changes.n; i++) {
        struct law_phrase_pairs pairs;
        if (found.changes.at[i].line > 2) {
            abort();
        }
        law_change_phrases(a, found.changes.at[i].evidence, &pairs);
    }
    arena_free(a);
    return 0;
}
