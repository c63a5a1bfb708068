/* What texts say of abbreviations, and what stray keys say, read from any bytes. */
#include "search/words/keys.h"
#include "search/words/define.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    struct str text = {(const char *)bytes, n};
    struct search_definition d;
    char out[SEARCH_KEYS_MOST];
    for (size_t at = 0, was = 0; search_definition_next(text, &at, &d); was = at) {
        bool is_inside = d.words.at >= text.at && d.words.at + d.words.len <= d.letters.at &&
                         d.letters.at + d.letters.len <= text.at + text.len;
        if (!is_inside || at <= was || d.letters.len < 2) {
            abort();
        }
    }
    if (search_keys_read(text, out) > SEARCH_KEYS_MOST || search_digits_read(text, out) > SEARCH_KEYS_MOST) {
        abort();
    }
    return 0;
}
