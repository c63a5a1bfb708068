/* Mending before the choice among senses: words no permitted text holds are read as keys of a typing program that was
   off, as digits a scanner misread, and as two words without the space between them. */
#include "search/words/keys.h"
#include "search/ask/plan.h"

#include <string.h>

#include "base/banned.h"

/* Two words of the language that were joined, in bytes; every place in a longer one would be tried for nothing. */
enum { JOINED_MOST = 48 };

/* One half of a word, as if it had been typed apart. */
static bool read_half(struct search_plan *p, const struct search_asked *w, size_t from, size_t to,
                      struct search_asked *out) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, str_slice(p->text, from, to));
    if (!search_scan_next(&scan, &t) || t.is_whole || t.is_number || t.to != to - from) {
        return false;
    }
    *out = (struct search_asked){.exact = t.exact, .folded = t.folded, .from = from, .to = to, .is_bare = w->is_bare};
    out->word = str_copy(p->arena, (struct str){scan.word, scan.word_len});
    search_plan_word_senses(p, out);
    for (size_t s = 0; s < out->senses; s++) {
        out->sense[s].is_mended = true;
    }
    return out->senses > 0;
}

static uint64_t pairs_of(struct search_plan *p, const struct search_asked *a, const struct search_asked *b) {
    uint64_t best = 0;
    for (size_t i = 0; i < a->senses * b->senses; i++) {
        uint64_t first = a->sense[i / b->senses].exact, second = b->sense[i % b->senses].exact;
        uint64_t n = search_plan_readable(p, search_pair_key(SEARCH_EXACT_PAIR, first, second));
        best = n > best ? n : best;
    }
    return best;
}

/* "ủyban": the two words that stand side by side most often. */
static bool split(struct search_plan *p, size_t i) {
    struct search_asked w = p->asked[i], *halves = arena_take(p->arena, struct search_asked, 4);
    uint64_t best = 0;
    if (w.to - w.from > JOINED_MOST) {
        return false;
    }
    for (size_t at = w.from + 1; at < w.to && p->asked_n < SEARCH_ASKED_WORDS; at++) {
        if (((unsigned char)p->text.at[at] & 0xC0) == 0x80 || !read_half(p, &w, w.from, at, &halves[0]) ||
            !read_half(p, &w, at, w.to, &halves[1])) {
            continue;
        }
        uint64_t n = pairs_of(p, &halves[0], &halves[1]);
        if (n > best) {
            best = n;
            halves[2] = halves[0];
            halves[3] = halves[1];
        }
    }
    if (best == 0) {
        return false;
    }
    memmove(&p->asked[i + 2], &p->asked[i + 1], (p->asked_n - i - 1) * sizeof *p->asked);
    halves[2].is_begin = w.is_begin;
    p->asked[i] = halves[2];
    p->asked[i + 1] = halves[3];
    p->asked_n++;
    return true;
}

/* Takes what a word may have been meant to be as its sense, when a permitted text holds it. */
static bool take(struct search_plan *p, struct search_asked *w, struct str meant) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, meant);
    if (meant.len == 0 || !search_scan_next(&scan, &t) || t.to != meant.len) {
        return false;
    }
    search_plan_sense(p, w, (struct str){scan.word, scan.word_len}, true);
    return w->senses > 0;
}

void search_mend(struct search_plan *p) {
    char meant[SEARCH_KEYS_MOST];
    for (size_t i = 0; i < p->asked_n; i++) {
        struct search_asked *w = &p->asked[i];
        if (w->senses > 0 || w->is_whole || w->is_prefix || w->is_idle || w->is_number || w->is_opened ||
            w->to - w->from < 2) {
            continue;
        }
        struct str typed = str_slice(p->text, w->from, w->to);
        bool is_mended = take(p, w, (struct str){meant, search_digits_read(typed, meant)}) ||
                         take(p, w, (struct str){meant, search_keys_read(typed, meant)});
        i += !is_mended && split(p, i);
    }
}
