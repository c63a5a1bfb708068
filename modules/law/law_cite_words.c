/* Letters, words and dates as the grammar of references reads them. */
#include "base/arena.h"
#include "base/utf8.h"
#include "search/words/letter.h"
#include "modules/law/law_cite_inside.h"

static bool is_letter_code(uint32_t c) {
    struct search_letter l = search_letter_of(c);
    return l.kind == SEARCH_LETTER || l.kind == SEARCH_DIGIT || l.kind == SEARCH_MARK;
}

static bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool cite_is_letter(struct str text, size_t at) {
    if (at >= text.len) {
        return false;
    }
    if ((unsigned char)text.at[at] < 0x80) {
        return is_ascii_letter(text.at[at]);
    }
    return is_letter_code(utf8_next(text, &at));
}

bool cite_starts_word(struct str text, size_t at) {
    if (at == 0) {
        return true;
    }
    if ((unsigned char)text.at[at - 1] < 0x80) {
        return !is_ascii_letter(text.at[at - 1]);
    }
    size_t before = at - 1;
    while (before > 0 && at - before < 4 && ((unsigned char)text.at[before] & 0xC0) == 0x80) {
        before--;
    }
    return !is_letter_code(utf8_next(text, &before));
}

static uint32_t lower_of(uint32_t c) {
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    if (c == 0x110 || c == 0xD0) {
        return 0x111;
    }
    if (c >= 0xC0 && c <= 0xDE) {
        return c + 32;
    }
    if (c == 0x1AF || c == 0x1A0) {
        return c + 1;
    }
    bool is_pair = (c >= 0x100 && c <= 0x17F) || (c >= 0x1EA0 && c <= 0x1EFF);
    return is_pair && c % 2 == 0 ? c + 1 : c;
}

size_t cite_word(struct str text, size_t at, struct str lower_word) {
    size_t w = 0;
    while (w < lower_word.len) {
        if (at >= text.len) {
            return 0;
        }
        uint32_t wanted = utf8_next(lower_word, &w);
        uint32_t got = utf8_next(text, &at);
        if (lower_of(got) != wanted && !(wanted == ' ' && got == 0xA0)) {
            return 0;
        }
    }
    return cite_is_letter(text, at) ? 0 : at;
}

size_t cite_spaces(struct str text, size_t at) {
    while (at < text.len) {
        if (text.at[at] == ' ' || text.at[at] == '\t') {
            at++;
        } else if ((unsigned char)text.at[at] == 0xC2 && at + 1 < text.len && (unsigned char)text.at[at + 1] == 0xA0) {
            at += 2;
        } else {
            break;
        }
    }
    return at;
}

size_t cite_number(struct str text, size_t at, size_t most, int64_t *n) {
    size_t here = at;
    *n = 0;
    while (here < text.len && here - at < most && text.at[here] >= '0' && text.at[here] <= '9') {
        *n = *n * 10 + (text.at[here++] - '0');
    }
    return here < text.len && text.at[here] >= '0' && text.at[here] <= '9' ? at : here;
}

/* A number between two bounds, after spaces. */
static size_t number_in(struct str text, size_t at, int64_t low, int64_t high, int64_t *n) {
    size_t from = cite_spaces(text, at), to = cite_number(text, from, 4, n);
    return to > from && *n >= low && *n <= high ? to : 0;
}

/* Either " tháng " or a slash, dash or dot. */
static size_t date_sign(struct str text, size_t at, struct str word) {
    size_t end = cite_word(text, cite_spaces(text, at), word);
    if (end) {
        return end;
    }
    return at < text.len && (text.at[at] == '/' || text.at[at] == '-' || text.at[at] == '.') ? at + 1 : 0;
}

size_t cite_date(struct str text, size_t at, struct date *date) {
    int64_t d, m, y;
    size_t here = cite_word(text, at, S("ngày"));
    if (!here || !(here = number_in(text, here, 1, 31, &d)) || !(here = date_sign(text, here, S("tháng"))) ||
        !(here = number_in(text, here, 1, 12, &m)) || !(here = date_sign(text, here, S("năm"))) ||
        !(here = number_in(text, here, 1900, 2199, &y))) {
        return at;
    }
    struct date read = {(int16_t)y, (int8_t)m, (int8_t)d};
    if (!date_valid(read)) {
        return at;
    }
    *date = read;
    return here;
}
