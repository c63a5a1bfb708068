/* Any bytes as a PDF whose signatures are looked for, as one that is to be signed, and as what the child says of them:
   each without a fault, and what is called good is so in every part. The first byte says which. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/sign/inside.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static void judge(struct arena *a, const struct sign_report *r) {
    for (size_t i = 0; i < r->marks.n; i++) {
        const struct sign_mark *m = &r->marks.at[i];
        bool is_told = sign_words(a, m).len > 0;
        if (!is_told || (sign_is_good(m) && (m->end > r->size || !m->name.len))) {
            abort();
        }
    }
}

static void look(struct arena *a, struct str said) {
    struct sign_roots none = {0};
    struct sign_report made, heard;
    struct buf b = buf_in(a);
    sign_report_make(a, said, &none, &made);
    sign_say(&b, &made);
    if (sign_hear(a, buf_str(&b), &heard)) {
        judge(a, &heard);
    }
    for (int64_t end = 0; end < (int64_t)said.len; end += 1 + (int64_t)said.len / 3) {
        (void)sign_after_look(a, said, end);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    if (n < 1) {
        return 0;
    }
    struct arena *a = arena_new();
    struct str said = {(const char *)bytes + 1, n - 1};
    struct sign_report heard;
    struct sign_key key = {0};
    struct sign_making making = {.at = {INT64_C(1790000000000)}};
    struct sign_update update;
    if (bytes[0] % 4 == 0 && sign_hear(a, said, &heard)) {
        judge(a, &heard);
    } else if (bytes[0] % 4 == 1) {
        sign_update_make(a, said, &key, &making, &update);
        if (!update.fault) {
            abort();
        }
    } else {
        look(a, said);
    }
    arena_free(a);
    return 0;
}
