/* Any two texts compared: nothing of either is lost, unmarked words are the same on both sides, every place is in one
 * row. */
#include "modules/law/law_diff.h"
#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

/* The words that are not marked, parted by one space. */
static struct str kept(struct arena *a, struct law_diff_pieces p, struct str text) {
    struct buf b = buf_in(a);
    const char *next = text.at;
    for (size_t i = 0; i < p.n; i++) {
        must(p.at[i].text.at == next && p.at[i].text.len > 0);
        next += p.at[i].text.len;
        for (size_t k = 0; k < p.at[i].text.len && !p.at[i].is_changed; k++) {
            char c = p.at[i].text.at[k];
            bool hard = c == '\xc2' && k + 1 < p.at[i].text.len && p.at[i].text.at[k + 1] == '\xa0';
            bool space = hard || c == ' ' || c == '\n' || c == '\t' || c == '\r';
            k += hard;
            if (!space) {
                buf_put_char(&b, c);
            } else if (b.len && b.at[b.len - 1] != ' ') {
                buf_put_char(&b, ' ');
            }
        }
        if (b.len && b.at[b.len - 1] != ' ') {
            buf_put_char(&b, ' ');
        }
    }
    must(next == text.at + text.len);
    return buf_str(&b);
}

static struct law_diff_places places_of(struct arena *a, struct str text) {
    struct law_diff_places all = {0};
    struct str line, rest = text;
    while (all.n < 40 && str_next(&rest, '\n', &line)) {
        LIST_ADD(a, &all, (struct law_diff_place){str_slice(line, 0, 2), str_slice(line, 2, line.len)});
    }
    return all;
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct arena *a = arena_new();
    struct str all = str_copy(a, (struct str){(const char *)at, n}), before, after;
    str_cut(all, S("|"), &before, &after);
    struct law_diff_pieces l, r;
    law_diff_words(a, before, after, &l, &r);
    must(str_eq(kept(a, l, before), kept(a, r, after)));
    struct law_diff_places x = places_of(a, before), y = places_of(a, after);
    struct law_diff_rows rows = law_diff(a, x, y);
    size_t left = 0, right = 0;
    for (size_t i = 0; i < rows.n; i++) {
        left += rows.at[i].before != LAW_DIFF_NONE;
        right += rows.at[i].after != LAW_DIFF_NONE;
    }
    must(left == x.n && right == y.n);
    arena_free(a);
    return 0;
}
