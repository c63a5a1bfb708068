/* A letter of any bytes: read without a fault, its spans inside its text, and never a protected name in the copy. */
#include "modules/petition/letter/letter.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/place/place.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static struct arena *kept;
    static const struct petition_tables *tables;
    if (!kept) {
        kept = arena_new();
        tables = petition_open(kept, place_open(kept));
    }
    struct arena *a = arena_new();
    struct petition_letter l = {.bytes = {(const char *)bytes, n}, .channel = S("post"), .received_by = S("city")};
    l.is_scan = n && bytes[0] % 3 == 0;
    l.is_viqr = n && bytes[0] % 5 == 0;
    struct petition_reading r;
    petition_read(tables, a, &l, &r);
    for (size_t i = 0; i < r.spans.n; i++) {
        if (r.spans.at[i].from > r.spans.at[i].to || r.spans.at[i].to > r.text.len) {
            abort();
        }
    }
    bool is_copied = !str_eq(str_of(r.secrecy), S("denunciation")) || !r.author.phone.len ||
                     str_find(r.working_copy, r.author.phone, 0) == SIZE_MAX;
    if (!utf8_valid(r.text) || !utf8_valid(r.working_copy) || !is_copied || !r.disposition ||
        petition_same(&r, &r) > 100) {
        abort();
    }
    arena_free(a);
    return 0;
}
