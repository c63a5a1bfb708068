#include "search/words/number.h"
#include "base/arena.h"
#include "base/buf.h"
#include "search/search.h"
#include "search/words/letter.h"
#include "search/words/text.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { GROUP_MOST = 15, DIGITS_MOST = 6 };

static bool is_year(int64_t n) { return n >= 1900 && n <= 2199; }

static bool is_consonants(const char *g) {
    for (; *g; g++) {
        if (strchr("aeiouy", *g)) {
            return false;
        }
    }
    return true;
}

/* Scanners read N0 for NO and 1 for l between letters; QH15 keeps its digits. */
static void mend_group(char *g) {
    size_t len = strlen(g), tail = len;
    while (tail > 0 && g[tail - 1] >= '0' && g[tail - 1] <= '9') {
        tail--;
    }
    if (len - tail == 1 && g[tail] == '0') {
        tail = len;
    }
    for (size_t i = 0; i < tail; i++) {
        g[i] = g[i] == '0' ? 'o' : g[i] == '1' ? 'l' : g[i];
    }
}

/* A digit, or what a scanner makes of one. */
static int digit_of(char c, bool is_first) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (is_first) {
        return -1;
    }
    return c == 'O' || c == 'o' ? 0 : c == 'l' || c == 'I' ? 1 : -1;
}

static size_t read_number(struct str s, size_t at, size_t most, int64_t *out) {
    size_t n = 0;
    *out = 0;
    for (; at + n < s.len && n < most; n++) {
        int d = digit_of(s.at[at + n], n == 0);
        if (d < 0) {
            break;
        }
        *out = *out * 10 + d;
    }
    return n;
}

/* Moves over spaces, one dash or slash, spaces. Returns where it ends, or at when there is none. */
static size_t skip_separator(struct str s, size_t at, bool *has_space) {
    size_t here = at;
    bool seen = false;
    *has_space = false;
    while (here < s.len) {
        size_t next = here;
        struct search_letter l = search_letter_next(s, &next);
        bool is_sep = l.plain == '/' || l.plain == '-' || (l.plain >= 0x2010 && l.plain <= 0x2015) || l.plain == 0x2212;
        bool is_space = l.plain == ' ' || l.plain == 0xA0;
        if (!is_space && (!is_sep || seen)) {
            break;
        }
        *has_space |= is_space;
        seen |= is_sep;
        here = next;
    }
    return seen && here - at <= 8 ? here : at;
}

/* One group: letters and digits beginning with a letter. is_plain_case: begins with a small letter or holds a tone
 * mark. */
static size_t read_group(struct str s, size_t at, char out[static GROUP_MOST + 1], bool *is_small) {
    size_t n = 0, here = at;
    while (here < s.len) {
        size_t next = here;
        struct search_letter l = search_letter_next(s, &next);
        if ((l.kind != SEARCH_LETTER && l.kind != SEARCH_DIGIT) || l.plain >= 0x80 || n >= GROUP_MOST || l.tone) {
            if (l.kind == SEARCH_LETTER || l.kind == SEARCH_DIGIT) {
                return at;
            }
            break;
        }
        if (n == 0) {
            *is_small = !l.is_upper;
            if (l.kind == SEARCH_DIGIT && l.plain != '1' && l.plain != '0') {
                return at;
            }
        }
        out[n++] = (char)l.plain;
        here = next;
    }
    out[n] = 0;
    if (n > 0 && strspn(out, "0123456789") == n) {
        return at;
    }
    mend_group(out);
    return n >= 1 ? here : at;
}

/* In running text a small-letter group must look like an abbreviation, and be written without spaces. */
static bool is_group(const char *g, bool is_small, bool has_space, size_t nth) {
    if (!is_small) {
        return strlen(g) >= 2 || nth > 0;
    }
    return !has_space && strlen(g) >= 2 && (nth > 0 || is_consonants(g));
}

static size_t read_groups(struct str s, size_t at, struct search_number *out) {
    while (out->n < SEARCH_GROUPS_MOST) {
        bool has_space = false, is_small = false;
        size_t after = skip_separator(s, at, &has_space);
        if (after == at) {
            break;
        }
        size_t end = read_group(s, after, out->group[out->n], &is_small);
        if (end == after || !is_group(out->group[out->n], is_small, has_space, out->n)) {
            break;
        }
        out->n++;
        at = end;
    }
    return at;
}

static size_t number_at(struct str s, size_t at, struct search_number *out) {
    *out = (struct search_number){0};
    size_t n = read_number(s, at, DIGITS_MOST, &out->number);
    if (n == 0) {
        return at;
    }
    size_t here = at + n;
    bool has_space = false;
    size_t after = skip_separator(s, here, &has_space);
    int64_t year = 0;
    if (after > here && read_number(s, after, 5, &year) == 4 && is_year(year)) {
        out->year = year;
        here = after + 4;
    }
    size_t end = read_groups(s, here, out);
    return out->n > 0 ? end : at;
}

static size_t write_number(const struct search_number *n, bool with_year, size_t groups, char *out, size_t room) {
    int len = n->year && with_year ? snprintf(out, room, "%lld/%lld", (long long)n->number, (long long)n->year)
                                   : snprintf(out, room, "%lld", (long long)n->number);
    size_t at = (size_t)len;
    for (size_t i = 0; i < groups && i < n->n && at + GROUP_MOST + 2 < room; i++) {
        len = snprintf(out + at, room - at, "%c%s", i ? '-' : '/', n->group[i]);
        at += (size_t)len;
    }
    return at;
}

size_t search_number_at(struct str text, size_t at, char out[static SEARCH_WHOLE_MOST], size_t *len) {
    struct search_number n;
    size_t end = number_at(text, at, &n);
    if (end > at) {
        *len = write_number(&n, true, n.n, out, SEARCH_WHOLE_MOST);
    }
    return end;
}

bool search_number_of(struct str typed, struct search_number *out) {
    for (size_t at = 0; at < typed.len; at++) {
        bool is_start = at == 0 || typed.at[at - 1] < '0' || typed.at[at - 1] > '9';
        if (typed.at[at] >= '0' && typed.at[at] <= '9' && is_start && number_at(typed, at, out) > at) {
            out->is_sure = true;
            return true;
        }
    }
    return search_number_asked(typed, out) && (out->n > 0 || out->year > 0 || out->is_only);
}

uint64_t search_number_key(const struct search_number *n, bool with_year, size_t groups) {
    char text[128];
    size_t len = write_number(n, with_year, groups, text, sizeof text);
    return search_key(SEARCH_NUMBER, (struct str){text, len});
}

size_t search_number_keys(const struct search_number *n, struct date date,
                          uint64_t keys[static SEARCH_NUMBER_KEYS_MOST]) {
    struct search_number with = *n;
    if (!with.year) {
        with.year = date.year;
    }
    size_t k = 0;
    for (size_t groups = 0; groups <= n->n; groups++) {
        keys[k++] = search_number_key(n, false, groups);
        if (with.year) {
            keys[k++] = search_number_key(&with, true, groups);
        }
    }
    return k;
}

struct str search_number(struct arena *a, struct str typed) {
    struct search_number n;
    if (!search_number_of(typed, &n) || (n.n == 0 && n.year == 0)) {
        return S("");
    }
    char text[128];
    size_t len = write_number(&n, true, n.n, text, sizeof text);
    return str_copy(a, (struct str){text, len});
}
