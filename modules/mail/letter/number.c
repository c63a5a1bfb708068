/* Numbers of documents as they stand in subjects, texts and names of files: 249/MTTQ-BTT, 15/2026/QĐ-UBND, 12-CV/ĐU;
   and the day that stands with one. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { DIGITS_MOST = 6, GROUPS_MOST = 6, LETTERS_MOST = 14, DATE_NEAR = 80 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t digits_at(struct str s, size_t at) {
    size_t n = 0;
    while (at + n < s.len && is_digit(s.at[at + n])) {
        n++;
    }
    return n;
}

/* Letters of a group: Latin and đ ư ơ ă â ê ô, none with a tone. */
static bool is_letter(uint32_t c, bool *is_capital) {
    static const uint32_t capitals[] = {0x110, 0x1af, 0x1a0, 0x102, 0xc2, 0xca, 0xd4, 0};
    *is_capital = c >= 'A' && c <= 'Z';
    if (c < 0x80) {
        return *is_capital || (c >= 'a' && c <= 'z');
    }
    for (size_t i = 0; capitals[i]; i++) {
        if (c == capitals[i]) {
            *is_capital = true;
        }
        if (c == capitals[i] || c == (capitals[i] < 0x100 ? capitals[i] + 0x20 : capitals[i] + 1)) {
            return true;
        }
    }
    return false;
}

/* A group of letters that begins large; its length in bytes, 0: none. */
static size_t group_at(struct str s, size_t at, size_t *capitals) {
    size_t end = at, n = 0, large = 0;
    bool is_capital;
    while (end < s.len && n <= LETTERS_MOST) {
        size_t next = end;
        uint32_t c = utf8_next(s, &next);
        bool is_in = is_letter(c, &is_capital) || (n > 0 && c < 0x80 && is_digit((char)c));
        if (!is_in) {
            break;
        }
        if (n == 0 && !is_capital) {
            return 0;
        }
        large += is_capital;
        n++;
        end = next;
    }
    if (end < s.len && (unsigned char)s.at[end] >= 0x80) {
        return 0; /* a letter with a tone goes on: a word */
    }
    *capitals += large;
    return n > LETTERS_MOST ? 0 : end - at;
}

static size_t separator_at(struct str s, size_t at) {
    size_t n = 0;
    while (at + n < s.len && s.at[at + n] == ' ' && n < 2) {
        n++;
    }
    bool is_one = at + n < s.len && (s.at[at + n] == '/' || s.at[at + n] == '-');
    if (!is_one) {
        return 0;
    }
    n++;
    while (at + n < s.len && s.at[at + n] == ' ' && n < 4) {
        n++;
    }
    return n;
}

/* Where the number that begins at at ends; 0: it is none. */
static size_t number_end(struct str s, size_t at) {
    size_t end = at + digits_at(s, at), capitals = 0, groups = 0;
    bool has_slash = false;
    if (end == at || end - at > DIGITS_MOST) {
        return 0;
    }
    size_t gap = separator_at(s, end), year = gap ? digits_at(s, end + gap) : 0;
    if (year == 4) {
        end += gap + year;
        has_slash = true;
        gap = separator_at(s, end);
    }
    while (gap && groups < GROUPS_MOST) {
        size_t n = group_at(s, end + gap, &capitals);
        /* A dash between spaces parts sentences, not groups. */
        bool is_loose = groups > 0 && gap > 1;
        if (!n || is_loose) {
            break;
        }
        has_slash = has_slash || memchr(s.at + end, '/', gap) != NULL;
        end += gap + n;
        groups++;
        gap = separator_at(s, end);
    }
    return groups && capitals >= 2 && has_slash ? end : 0;
}

struct str mail_number(struct str text, size_t from, size_t *start, size_t *to) {
    for (size_t at = from; at < text.len; at++) {
        bool is_begin = is_digit(text.at[at]) &&
                        (at == 0 || (!is_digit(text.at[at - 1]) && text.at[at - 1] != '/' && text.at[at - 1] != '.'));
        size_t end = is_begin ? number_end(text, at) : 0;
        if (end) {
            *start = at;
            *to = end;
            return str_slice(text, at, end);
        }
    }
    return (struct str){0};
}

/* 1/10/2026, 01.10.2026, 1 thang 10 nam 2026 at the beginning of folded text. */
static bool date_at_begin(struct str s, struct date *out) {
    static const struct str gaps[2][4] = {{S_INIT("/"), S_INIT("-"), S_INIT("."), S_INIT(" thang ")},
                                          {S_INIT("/"), S_INIT("-"), S_INIT("."), S_INIT(" nam ")}};
    int64_t part[3];
    size_t at = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t n = digits_at(s, at), gap = 0;
        if (!n || n > 4 || !num_read(str_slice(s, at, at + n), &part[i])) {
            return false;
        }
        at += n;
        for (size_t k = 0; i < 2 && k < 4 && !gap; k++) {
            gap = str_starts(str_slice(s, at, s.len), gaps[i][k]) ? gaps[i][k].len : 0;
        }
        if (i < 2 && !gap) {
            return false;
        }
        at += gap;
    }
    if (part[0] > 31 || part[1] > 12 || part[2] < 1900 || part[2] > 2200) {
        return false;
    }
    *out = (struct date){(int16_t)part[2], (int8_t)part[1], (int8_t)part[0]};
    return date_valid(*out);
}

struct date mail_date_after(struct arena *a, struct str text, size_t from) {
    struct str near = utf8_fold(a, str_slice(text, from, from + DATE_NEAR));
    struct date found = {0};
    for (size_t at = 0; at < near.len; at++) {
        bool is_begin = is_digit(near.at[at]) && (at == 0 || (!is_digit(near.at[at - 1]) && near.at[at - 1] != '/'));
        if (is_begin && date_at_begin(str_slice(near, at, near.len), &found)) {
            return found;
        }
    }
    return (struct date){0};
}
