/* Where texts say what an abbreviation stands for. */
#include "search/words/letter.h"
#include "search/words/define.h"

#include <string.h>

#include "base/banned.h"

enum { BACK_MOST = 240, WORDS_MOST = SEARCH_SHORT_MOST * 2 };

static size_t skip_spaces(struct str text, size_t at) {
    while (at < text.len) {
        size_t next = at;
        struct search_letter l = search_letter_next(text, &next);
        bool is_gap = l.plain == ' ' || l.plain == 0xA0 || l.plain == '"' || l.plain == 0x201C || l.plain == 0x201D;
        if (!is_gap && l.kind != SEARCH_INVISIBLE) {
            break;
        }
        at = next;
    }
    return at;
}

/* "sau đây gọi tắt là" and its like. */
static size_t skip_saying(struct str text, size_t at) {
    static const char *const sayings[] = {"sau đây ", "dưới đây ", "được ", "gọi ", "viết ", "tắt ", "chung ", "là "};
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        struct str saying = str_of(sayings[i]);
        if (str_starts(str_slice(text, at, text.len), saying)) {
            at = skip_spaces(text, at + saying.len);
        }
    }
    return at;
}

/* The letters from at on, when they are an abbreviation; returns where they end, or at. */
static size_t read_letters(struct str text, size_t at, char out[static SEARCH_SHORT_MOST + 1]) {
    size_t n = 0, capitals = 0, here = at;
    while (here < text.len) {
        size_t next = here;
        struct search_letter l = search_letter_next(text, &next);
        if (l.kind != SEARCH_LETTER) {
            break;
        }
        if (n == SEARCH_SHORT_MOST || l.plain >= 0x80 || l.tone || (l.shape && l.shape != 4)) {
            return at;
        }
        capitals += l.is_upper;
        out[n++] = (char)l.plain;
        here = next;
    }
    out[n] = 0;
    return n >= 2 && capitals * 3 >= n * 2 ? here : at;
}

struct before {
    size_t from[WORDS_MOST], to[WORDS_MOST];
    char initial[WORDS_MOST];
    bool is_small[WORDS_MOST]; /* a word that abbreviations leave out */
    size_t n;
};

static bool is_left_out(struct str plain) {
    static const char *const small[] = {"va", "cua", "cac", "ve", "cho"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (str_eq(plain, str_of(small[i]))) {
            return true;
        }
    }
    return false;
}

/* The words of the sentence before a place, the last ones kept. */
static void read_before(struct str text, size_t end, struct before *b) {
    size_t start = end > BACK_MOST ? end - BACK_MOST : 0;
    while (start > 0 && start < end && ((unsigned char)text.at[start] & 0xC0) == 0x80) {
        start++;
    }
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, str_slice(text, start, end));
    b->n = 0;
    while (search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        b->n = t.is_begin ? 0 : b->n;
        if (b->n == WORDS_MOST) {
            memmove(b->from, b->from + 1, (WORDS_MOST - 1) * sizeof *b->from);
            memmove(b->to, b->to + 1, (WORDS_MOST - 1) * sizeof *b->to);
            memmove(b->initial, b->initial + 1, WORDS_MOST - 1);
            memmove(b->is_small, b->is_small + 1, (WORDS_MOST - 1) * sizeof *b->is_small);
            b->n--;
        }
        b->from[b->n] = start + t.from;
        b->to[b->n] = start + t.to;
        b->initial[b->n] = t.is_number || scan.plain_len == 0 ? 0 : scan.plain[0];
        b->is_small[b->n++] = is_left_out((struct str){scan.plain, scan.plain_len});
    }
}

/* How many of the last words have these initials; 0 when they have others. */
static size_t words_of(const struct before *b, const char *letters) {
    size_t left = strlen(letters), at = b->n;
    while (left > 0 && at > 0) {
        if (b->initial[at - 1] == letters[left - 1]) {
            left--;
        } else if (!b->is_small[at - 1] || at == b->n) {
            return 0;
        }
        at--;
    }
    return left == 0 ? b->n - at : 0;
}

bool search_definition_next(struct str text, size_t *at, struct search_definition *out) {
    size_t open;
    while ((open = str_find(text, S("("), *at)) != SIZE_MAX) {
        char letters[SEARCH_SHORT_MOST + 1];
        size_t from = skip_saying(text, skip_spaces(text, open + 1)), to = read_letters(text, from, letters);
        size_t end = skip_spaces(text, to);
        *at = open + 1;
        bool is_closed = to > from && end < text.len && (text.at[end] == ')' || text.at[end] == ';');
        if (!is_closed) {
            continue;
        }
        struct before b;
        read_before(text, open, &b);
        size_t n = words_of(&b, letters);
        if (n >= 2 && skip_spaces(text, b.to[b.n - 1]) == open) {
            out->words = str_slice(text, b.from[b.n - n], b.to[b.n - 1]);
            out->letters = str_slice(text, from, to);
            return true;
        }
    }
    return false;
}

uint64_t search_letters_key(struct str letters) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, letters);
    return search_scan_next(&scan, &t) ? search_pair_key(SEARCH_SHORT, 0, t.folded) : 0;
}

uint64_t search_words_key(const uint64_t *folded, size_t n) {
    uint64_t key = 0;
    for (size_t i = 0; i < n; i++) {
        key = search_pair_key(SEARCH_LONG, key, folded[i]);
    }
    return key;
}
