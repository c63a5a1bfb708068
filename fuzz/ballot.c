/* Any text as a published board: it is refused, or it is a board whose every part is text; and any line as a paper. */
#include "modules/ballot/board.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct ballot_verdict v;
    struct ballot_terms t;
    struct ballot_paper p;
    struct ballot_path path;
    struct str text = {(const char *)at, n}, line;
    struct arena *a = arena_new();
    bool chosen[BALLOT_OPTIONS_MOST];
    ballot_verify(a, text, S(""), &v);
    must(v.fault.len > 0 || (v.lines.n > 0 && utf8_valid(v.terms.words) && v.sums.cast <= v.sums.taken));
    struct err e = ballot_terms_read(a, text, &t);
    must(e.why || (t.options.n > 0 && t.most > 0));
    if (ballot_paper_read(text, &p)) {
        must(str_eq(ballot_paper_line(a, &p), text));
    }
    struct ballot_terms few = {.options = {NULL, 3}, .most = 2};
    if (ballot_choice_read(&few, text, chosen)) {
        must(chosen[0] + chosen[1] + chosen[2] <= 2);
    }
    ballot_path(a, text, S("00"), &line, &path);
    arena_free(a);
    return 0;
}
