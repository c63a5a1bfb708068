/* An address of any bytes, as of any day: read without a fault, and never sure of more or less than one commune. */
#include "modules/place/place.h"
#include "base/arena.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static struct arena *kept;
    static const struct place_index *index;
    if (!kept) {
        kept = arena_new();
        index = place_open(kept);
    }
    struct arena *a = arena_new();
    struct date on = {0};
    if (n > 0 && bytes[0] % 4) {
        on = (struct date){(int16_t)(1960 + bytes[0] % 70), 7, 1};
    }
    struct str text = {(const char *)bytes, n};
    struct place_found found = place_find(index, a, text, on);
    if ((found.class == PLACE_SURE && found.communes.n != 1) || (found.class == PLACE_AMBIGUOUS && !found.communes.n) ||
        ((found.class == PLACE_UNKNOWN || found.class == PLACE_OUTSIDE) && found.communes.n) ||
        (found.class == PLACE_OUTSIDE && !found.province.len)) {
        abort();
    }
    arena_free(a);
    return 0;
}
