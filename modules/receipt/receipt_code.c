#include "modules/receipt/receipt_code.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"

#include "base/banned.h"

FACTS(receipt_facts_words, "modules/receipt/words.tsv");
enum { DIGITS_MOST = 32, WEIGHTS = 16, DAY_DIGITS = 6, WORDS = 256 };

/* Seventeen, a prime: so every wrong digit and every two changed about are noticed. */
static const char letters[] = "ACDEFHJKMNPRTVWXY";

static char letter_of(struct str digits) {
    size_t sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        sum += (size_t)(digits.at[i] - '0') * (i % WEIGHTS + 1);
    }
    return letters[sum % (sizeof letters - 1)];
}

struct str receipt_code_make(struct arena *a, struct str prefix, struct date on, int64_t number) {
    struct str n = str_format(a, "%04lld", (long long)number);
    struct str day = str_format(a, "%02d%02d%02d", on.year % 100, on.month, on.day);
    struct str digits = str_format(a, "%.*s%.*s%.*s", STR_ARG(prefix), STR_ARG(day), STR_ARG(n));
    return str_format(a, "%.*s-%.*s-%.*s-%c", STR_ARG(prefix), STR_ARG(day), STR_ARG(n), letter_of(digits));
}

/* Digits and letters of what was typed, large and narrow; lines and spaces go. False at anything else. */
static bool plain_of(struct str typed, char *out, size_t room, size_t *n) {
    *n = 0;
    for (size_t at = 0; at < typed.len;) {
        uint32_t c = utf8_next(typed, &at);
        c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
        c = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
        bool is_kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        bool is_between = c == ' ' || c == '-' || c == '.' || c == 0xA0 || c == 0x2010 || c == 0x2011 || c == 0x2013;
        if (is_kept && *n < room) {
            out[(*n)++] = (char)c;
        } else if (!is_between) {
            return false;
        }
    }
    return true;
}

/* Where the day begins: the number behind it has four digits unless somebody gave more than 9.999 codes in a day, and
   the lines between are then needed. */
static bool parts_of(struct str typed, struct str digits, size_t *prefix) {
    struct str rest = typed, piece;
    size_t seen = 0, first = 0, count = 0;
    while (str_next(&rest, '-', &piece)) {
        size_t n = 0;
        for (size_t i = 0; i < piece.len; i++) {
            n += piece.at[i] >= '0' && piece.at[i] <= '9' ? 1 : 0;
        }
        first = count == 0 ? n : first;
        seen += n;
        count += n ? 1 : 0;
    }
    bool has_lines = count == 3 && seen == digits.len;
    *prefix = has_lines ? first : digits.len > DAY_DIGITS + 4 ? digits.len - DAY_DIGITS - 4 : 0;
    return *prefix > 0 && *prefix <= RECEIPT_PREFIX_MOST && digits.len > *prefix + DAY_DIGITS;
}

bool receipt_code_read(struct arena *a, struct str typed, struct str *code) {
    char plain[DIGITS_MOST];
    size_t n, prefix;
    if (!plain_of(typed, plain, sizeof plain, &n) || n < 2) {
        return false;
    }
    struct str digits = {plain, n - 1};
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
    }
    if (letter_of(digits) != plain[n - 1] || !parts_of(typed, digits, &prefix)) {
        return false;
    }
    struct str day = str_slice(digits, prefix, prefix + DAY_DIGITS), rest = str_slice(digits, prefix + DAY_DIGITS, n);
    *code = str_format(a, "%.*s-%.*s-%.*s-%c", (int)prefix, digits.at, STR_ARG(day), STR_ARG(rest), plain[n - 1]);
    return true;
}

struct str receipt_word(size_t n) {
    struct str rest = FACTS_STR(receipt_facts_words), cell[1];
    for (size_t i = 0; facts_next(&rest, cell, 1); i++) {
        if (i == n) {
            return cell[0];
        }
    }
    return S("");
}

struct str receipt_words_make(struct arena *a, struct str secret, int64_t of) {
    unsigned char hash[crypto_generichash_BYTES], key[crypto_generichash_KEYBYTES];
    struct str text = str_format(a, "words %lld", (long long)of);
    crypto_generichash(key, sizeof key, (const unsigned char *)secret.at, secret.len, NULL, 0);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text.at, text.len, key, sizeof key);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < RECEIPT_WORDS; i++) {
        buf_put(&b, i ? S(" · ") : S(""));
        buf_put(&b, receipt_word(hash[i] % WORDS));
    }
    return buf_str(&b);
}

struct str receipt_words_plain(struct arena *a, struct str typed) {
    struct str folded = utf8_fold(a, utf8_clean(a, typed));
    struct buf b = buf_in(a);
    for (size_t i = 0; i < folded.len; i++) {
        if (folded.at[i] >= 'a' && folded.at[i] <= 'z') {
            buf_put_char(&b, folded.at[i]);
        }
    }
    return buf_str(&b);
}
