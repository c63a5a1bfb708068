/* Any bytes as a text in an old Vietnamese encoding (TCVN3, VNI …): what comes out is Unicode, how sure is a
   percentage, and what is Unicode by then stays as it is, whether it was told by its bytes or by its letters. */
#include "read/encoding.h"

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

static void check(const struct read_encoded *x) {
    must(utf8_valid(x->text) && x->certainty >= 0 && x->certainty <= 100);
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 1 || n > 20000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct read_encoded first = {0}, letters = {0}, again = {0};
    read_encoding_find(a, (struct str){(const char *)at, n}, &first);
    check(&first);
    read_encoding_of_text(a, first.text, &letters);
    check(&letters);
    read_encoding_find(a, letters.text, &again);
    check(&again);
    must(!utf8_valid(letters.text) || again.text.len <= letters.text.len * 3);
    arena_free(a);
    return 0;
}
