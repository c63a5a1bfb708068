/* Articles of law as passages, for all that measures search. */
#include "bench/search_bench.h"

#include "base/banned.h"

void bench_clauses(struct arena *a, struct search_doc *d, struct str text) {
    size_t from = 0;
    for (size_t at = 1; at < text.len; at++) {
        size_t n = 0;
        while (at + n < text.len && n < 3 && text.at[at + n] >= '0' && text.at[at + n] <= '9') {
            n++;
        }
        if (text.at[at - 1] == '\n' && n > 0 && at + n < text.len && text.at[at + n] == '.') {
            search_doc_add(a, d, 0, str_slice(text, from, at));
            from = at;
        }
    }
    search_doc_add(a, d, 0, str_slice(text, from, text.len));
}
