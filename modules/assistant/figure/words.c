/* A text as words: letters with their marks apart, digits by themselves, and what stands between digits. */
#include "modules/assistant/figure/inside.h"
#include "search/words/letter.h"

#include "base/banned.h"

enum { TONE_STEP = 31, NUMBER_MOST = 9999 };
static const uint64_t HASH_SEED = UINT64_C(0xcbf29ce484222325);

static uint64_t mix(uint64_t h, uint64_t more) { return (h ^ more) * UINT64_C(0x100000001b3); }

struct letters {
    uint64_t last;
    uint8_t tone;
};

/* The tone is of the syllable, wherever it is written; y and i at the end of a syllable are the same. */
static void letter_take(struct token *t, const struct search_letter *l, struct letters *so_far) {
    struct key *key = &t->key;
    so_far->tone = l->tone ? l->tone : so_far->tone;
    if (l->kind == SEARCH_MARK) {
        key->is_marked = true;
        return;
    }
    uint64_t plain = l->plain == 'y' && so_far->last != 'a' && so_far->last != 'u' ? 'i' : l->plain;
    key->plain = mix(key->plain, plain);
    key->full = mix(key->full, plain * 8 + l->shape);
    key->is_marked = key->is_marked || l->shape || l->tone;
    so_far->last = plain;
}

static void digit_take(struct token *t, uint32_t plain) {
    if (t->number >= 0 && plain >= '0' && plain <= '9') {
        t->number = t->number * 10 + (int)(plain - '0');
    } else {
        t->number = -1;
    }
    t->number = t->number > NUMBER_MOST ? -1 : t->number;
}

static bool is_in_word(const struct token *t, const struct search_letter *l, bool is_first) {
    if (l->kind == SEARCH_MARK || l->kind == SEARCH_INVISIBLE) {
        return !is_first;
    }
    return is_first ? l->kind == SEARCH_LETTER || l->kind == SEARCH_DIGIT
                    : l->kind == (t->is_digits ? SEARCH_DIGIT : SEARCH_LETTER);
}

/* A word of letters, or of digits, at *at. */
static bool word_take(struct str text, size_t *at, struct token *t) {
    struct letters so_far = {0};
    *t = (struct token){.key = {HASH_SEED, HASH_SEED, false}, .from = *at, .number = 0};
    bool is_first = true;
    while (*at < text.len) {
        size_t next = *at;
        struct search_letter l = search_letter_next(text, &next);
        if (!is_in_word(t, &l, is_first)) {
            break;
        }
        if (is_first) {
            t->is_digits = l.kind == SEARCH_DIGIT;
            t->is_upper = l.is_upper;
        }
        if (t->is_digits) {
            digit_take(t, l.plain);
        }
        if (l.kind != SEARCH_INVISIBLE) {
            letter_take(t, &l, &so_far);
        }
        is_first = false;
        *at = next;
    }
    t->to = *at;
    t->number = t->is_digits ? t->number : -1;
    t->key.full = mix(t->key.full, TONE_STEP + so_far.tone);
    return !is_first;
}

static bool is_digit(struct str text, size_t at) { return at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; }

/* What joins the numbers of a day, and the sign of a rate, are words; '#' is one of phrases. */
static bool sign_take(struct str text, size_t at, struct token *t) {
    char c = text.at[at];
    bool is_join =
        (c == '/' || c == '-' || c == '.') && at &&
        (is_digit(text, at - 1) || text.at[at - 1] == '#' || text.at[at - 1] == ' ') &&
        (is_digit(text, at + 1) || (at + 1 < text.len && (text.at[at + 1] == '#' || text.at[at + 1] == ' ')));
    if (!is_join && c != '%' && c != '#') {
        return false;
    }
    uint64_t h = mix(HASH_SEED, (uint64_t)(unsigned char)c + 1000);
    *t = (struct token){.key = {h, h, false}, .from = at, .to = at + 1, .number = -1};
    return true;
}

void figure_tokens(struct tokens *t, struct str text) {
    size_t at = 0;
    bool is_comma = false;
    t->n = 0;
    t->is_marked = false;
    while (at < text.len && t->n < TOKENS_MOST) {
        struct token *one = &t->at[t->n];
        bool is_word = word_take(text, &at, one), is_sign = !is_word && sign_take(text, at, one);
        if (is_word || is_sign) {
            one->is_after_comma = is_comma;
            t->is_marked = t->is_marked || one->key.is_marked;
            t->n++;
            at += is_sign;
            is_comma = false;
        } else {
            is_comma = is_comma || (text.at[at] && strchr(",;!?:", text.at[at]));
            search_letter_next(text, &at);
        }
    }
    t->is_whole = at >= text.len;
}

bool figure_key_fits(const struct key *written, const struct key *known) {
    return written->plain == known->plain && (!written->is_marked || written->full == known->full);
}
