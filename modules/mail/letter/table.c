/* The room's words, and its sums. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/facts.h"

#include <sodium.h>

#include "base/banned.h"

FACTS(mail_facts_words, "modules/mail/letter/words.tsv");

enum { CELLS = 3 };

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where word stands in text as words of their own; SIZE_MAX: nowhere. */
static size_t whole(struct str text, struct str word) {
    for (size_t at = str_find(text, word, 0); at != SIZE_MAX; at = str_find(text, word, at + 1)) {
        size_t end = at + word.len;
        bool is_open = at == 0 || !is_word_byte(text.at[at - 1]) || !is_word_byte(word.at[0]);
        bool is_shut = end == text.len || !is_word_byte(text.at[end]) || !is_word_byte(word.at[word.len - 1]);
        if (is_open && is_shut) {
            return at;
        }
    }
    return SIZE_MAX;
}

bool mail_word_in(struct str kind, struct str folded, size_t *at, size_t *end) {
    struct str rest = FACTS_STR(mail_facts_words), cell[CELLS];
    bool is_found = false;
    while (facts_next(&rest, cell, CELLS)) {
        size_t here = str_eq(cell[0], kind) ? whole(folded, cell[1]) : SIZE_MAX;
        bool is_better = here != SIZE_MAX && (!is_found || here < *at || (here == *at && here + cell[1].len > *end));
        if (is_better) {
            *at = here;
            *end = here + cell[1].len;
            is_found = true;
        }
    }
    return is_found;
}

bool mail_word_is(struct str kind, struct str folded) {
    struct str rest = FACTS_STR(mail_facts_words), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], kind) && str_eq(cell[1], folded)) {
            return true;
        }
    }
    return false;
}

struct str mail_word_value(struct str kind, struct str folded) {
    struct str rest = FACTS_STR(mail_facts_words), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], kind) && str_eq(cell[1], folded)) {
            return cell[2];
        }
    }
    return (struct str){0};
}

struct str mail_hash(struct arena *a, struct str bytes) {
    unsigned char sum[crypto_hash_sha256_BYTES];
    char *hex = arena_take(a, char, 2 * sizeof sum + 1);
    crypto_hash_sha256(sum, (const unsigned char *)(bytes.len ? bytes.at : ""), bytes.len);
    sodium_bin2hex(hex, 2 * sizeof sum + 1, sum, sizeof sum);
    return (struct str){hex, 2 * sizeof sum};
}
