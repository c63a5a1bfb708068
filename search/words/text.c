#include "search/words/text.h"
#include "base/num.h"
#include "base/utf8.h"
#include "search/words/letter.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { LETTERS_MOST = 30, TONE = 0x10 };

static uint64_t mixed(uint64_t h) {
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return h ^ (h >> 33);
}

uint64_t search_key(enum search_class class, struct str bytes) {
    return mixed(str_hash(bytes) + (uint64_t) class * 0x9E3779B97F4A7C15ULL) >> 16;
}

uint64_t search_pair_key(enum search_class class, uint64_t first, uint64_t second) {
    return mixed(mixed(first * 0x9E3779B97F4A7C15ULL + (uint64_t) class) + second * 0xD6E8FEB86659FD93ULL) >> 16;
}

void search_scan_begin(struct search_scan *s, struct str text) {
    s->text = text;
    s->at = 0;
    s->word_len = s->plain_len = 0;
    s->whole_from = s->whole_to = s->whole_len = 0;
    s->date_state = 0;
    s->is_prefix = false;
}

/* Letters of one word as they are read, before their canonical form is written. */
struct letters {
    struct search_letter at[LETTERS_MOST];
    size_t n;
    uint8_t tone;
    bool is_marked;
};

static bool is_vowel(uint32_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/* kỹ = kĩ, lý = lí, quy = qui: y alone after a consonant says i. */
static void one_i(struct letters *w) {
    if (w->n < 2 || w->at[w->n - 1].plain != 'y') {
        return;
    }
    uint32_t before = w->at[w->n - 2].plain;
    bool is_qu = before == 'u' && w->n == 3 && w->at[0].plain == 'q';
    if ((!is_vowel(before) && w->at[w->n - 2].kind == SEARCH_LETTER) || is_qu) {
        w->at[w->n - 1].plain = 'i';
    }
}

static void write_word(struct search_scan *s, const struct letters *w) {
    size_t n = 0, p = 0;
    for (size_t i = 0; i < w->n && n + 6 < SEARCH_WORD_MOST; i++) {
        char bytes[4];
        size_t width = utf8_put(bytes, w->at[i].plain);
        memcpy(s->word + n, bytes, width);
        memcpy(s->plain + p, bytes, width);
        n += width;
        p += width;
        if (w->at[i].shape) {
            s->word[n++] = (char)w->at[i].shape;
        }
    }
    if (w->tone) {
        s->word[n++] = (char)(TONE + w->tone);
    }
    s->word_len = n;
    s->plain_len = p;
}

/* 1.234.567 is one number, 0,25 another; 15.06.2022 stays as it is. */
static bool goes_on_as_number(struct str text, size_t at) {
    char c = text.at[at];
    return (c == '.' || c == ',') && at + 1 < text.len && text.at[at + 1] >= '0' && text.at[at + 1] <= '9';
}

static bool is_thousands(const struct letters *w) {
    size_t group = 0, groups = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->at[i].kind == SEARCH_DIGIT) {
            group++;
        } else {
            if (w->at[i].plain != '.' || (groups ? group != 3 : group > 3)) {
                return false;
            }
            groups++;
            group = 0;
        }
    }
    return groups > 0 && group == 3;
}

static void close_number(struct letters *w) {
    bool drop = is_thousands(w);
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->at[i].kind != SEARCH_DIGIT) {
            if (drop) {
                continue;
            }
            w->at[i].plain = '.';
        }
        w->at[n++] = w->at[i];
    }
    w->n = n;
}

static void letters_add(struct letters *w, struct search_letter l) {
    if (l.kind == SEARCH_MARK) {
        if (l.tone) {
            w->tone = l.tone;
        } else if (w->n > 0 && !w->at[w->n - 1].shape) {
            w->at[w->n - 1].shape = l.shape;
        }
        w->is_marked = true;
        return;
    }
    w->tone = l.tone ? l.tone : w->tone;
    w->is_marked |= l.tone || l.shape;
    if (w->n < LETTERS_MOST) {
        w->at[w->n++] = l;
    }
}

static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }

/* M'Drăk is one word. */
static bool goes_on_as_word(struct str text, size_t at) {
    enum search_letter_kind kind = at < text.len ? search_letter_next(text, &at).kind : SEARCH_OTHER;
    return kind == SEARCH_LETTER || kind == SEARCH_MARK;
}

/* Reads the word that starts at s->at. True when it is digits only, separators aside. */
static bool read_word(struct search_scan *s, struct letters *w) {
    bool is_number = true, has_separator = false;
    while (s->at < s->text.len) {
        size_t here = s->at;
        struct search_letter l = search_letter_next(s->text, &s->at);
        if (l.kind == SEARCH_INVISIBLE) {
            continue;
        }
        if (l.kind == SEARCH_OTHER && is_apostrophe(l.plain) && !is_number && goes_on_as_word(s->text, s->at)) {
            continue;
        }
        if (l.kind == SEARCH_OTHER) {
            if (!is_number || !goes_on_as_number(s->text, here)) {
                s->at = here;
                break;
            }
            has_separator = true;
        }
        is_number &= l.kind != SEARCH_LETTER && l.kind != SEARCH_MARK;
        letters_add(w, l);
    }
    if (has_separator) {
        close_number(w);
    } else if (!is_number && !s->is_prefix) {
        one_i(w);
    }
    return is_number;
}

static bool is_break(uint32_t c) {
    return c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == '(' || c == ')' || c == '"' || c == '[' ||
           c == ']' || c == '|' || c == 0x201C || c == 0x201D || c == 0x2022;
}

/* Moves to the next letter or digit; says whether a sentence ended on the way, and whether only a dash or slash was
 * passed. */
static bool skip_to_word(struct search_scan *s, struct search_token *t) {
    size_t newlines = 0, passed = 0;
    bool is_dash = false;
    while (s->at < s->text.len) {
        size_t here = s->at;
        struct search_letter l = search_letter_next(s->text, &s->at);
        if (l.kind == SEARCH_LETTER || l.kind == SEARCH_DIGIT) {
            s->at = here;
            t->is_joined = passed == 1 && is_dash;
            return true;
        }
        if (l.kind == SEARCH_OTHER) {
            newlines += l.plain == '\n';
            passed++;
            is_dash = l.plain == '-' || l.plain == '/' || (l.plain >= 0x2010 && l.plain <= 0x2015);
            t->is_begin |= is_break(l.plain) || newlines > 1;
        }
    }
    return false;
}

static size_t read_digits(struct str text, size_t at, size_t most, int64_t *out) {
    size_t n = 0;
    *out = 0;
    while (at + n < text.len && n < most && text.at[at + n] >= '0' && text.at[at + n] <= '9') {
        *out = *out * 10 + (text.at[at + n] - '0');
        n++;
    }
    return n;
}

static bool is_digit_at(struct str text, size_t at) {
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

static bool put_date(struct search_scan *s, int64_t day, int64_t month, int64_t year) {
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 || year > 2199) {
        return false;
    }
    int n = snprintf(s->whole, sizeof s->whole, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    s->whole_len = (size_t)n;
    return true;
}

/* 15/06/2022, 15-6-2022, 15.6.2022 */
static size_t date_at(struct search_scan *s, size_t at) {
    int64_t day, month, year;
    size_t from = at, n = read_digits(s->text, at, 2, &day);
    char sep = at + n < s->text.len ? s->text.at[at + n] : 0;
    if (n == 0 || (sep != '/' && sep != '-' && sep != '.')) {
        return from;
    }
    at += n + 1;
    n = read_digits(s->text, at, 2, &month);
    if (n == 0 || at + n >= s->text.len || s->text.at[at + n] != sep) {
        return from;
    }
    at += n + 1;
    n = read_digits(s->text, at, 4, &year);
    at += n;
    return n == 4 && !is_digit_at(s->text, at) && put_date(s, day, month, year) ? at : from;
}

static void see_whole(struct search_scan *s) {
    size_t end = date_at(s, s->at);
    if (end == s->at) {
        end = search_number_at(s->text, s->at, s->whole, &s->whole_len);
    }
    if (end > s->at) {
        s->whole_from = s->at;
        s->whole_to = end;
        s->date_state = 0;
    }
}

/* "ngày 15 tháng 6 năm 2022", word by word. */
static void see_date_words(struct search_scan *s, const struct search_token *t) {
    struct str plain = {s->plain, s->plain_len};
    bool small = t->is_number && t->number >= 1 && t->number <= 31;
    if (s->date_state == 1 && str_eq(plain, S("thang"))) {
        s->date_state = 2;
    } else if (s->date_state == 2 && small) {
        s->date_month = t->number;
        s->date_state = 3;
    } else if (s->date_state == 3 && str_eq(plain, S("nam"))) {
        s->date_state = 4;
    } else if (s->date_state == 4 && t->is_number && put_date(s, s->date_day, s->date_month, t->number)) {
        s->whole_from = s->date_from;
        s->whole_to = t->to;
        s->date_state = 0;
    } else if (small) {
        s->date_state = 1;
        s->date_day = t->number;
        s->date_from = t->from;
    } else {
        s->date_state = 0;
    }
}

static void give_whole(struct search_scan *s, struct search_token *t) {
    struct str whole = {s->whole, s->whole_len};
    *t = (struct search_token){.from = s->whole_from, .to = s->whole_to, .is_whole = true, .is_begin = true};
    t->exact = t->folded = search_key(SEARCH_WHOLE, whole);
    s->whole_to = 0;
}

bool search_scan_next(struct search_scan *s, struct search_token *t) {
    *t = (struct search_token){.is_begin = s->at == 0};
    if (s->whole_to && s->at >= s->whole_to) {
        give_whole(s, t);
        return true;
    }
    if (!skip_to_word(s, t)) {
        return false;
    }
    t->from = s->at;
    if (!s->whole_to && s->text.at[s->at] >= '0' && s->text.at[s->at] <= '9') {
        see_whole(s);
    }
    struct letters w;
    w.n = 0;
    w.tone = 0;
    w.is_marked = false;
    size_t before = s->at;
    /* Inside a date or number a point does not join digits. */
    struct str all = s->text;
    s->text.len = s->whole_to > s->at ? s->whole_to : all.len;
    t->is_number = read_word(s, &w);
    s->text = all;
    if (s->whole_to > before && w.n > 0) {
        for (size_t i = 0; t->is_number && i < w.n; i++) {
            if (w.at[i].kind != SEARCH_DIGIT) {
                s->at = before + i;
                w.n = i;
            }
        }
    }
    t->to = s->at;
    t->is_marked = w.is_marked;
    write_word(s, &w);
    t->exact = search_key(SEARCH_EXACT, (struct str){s->word, s->word_len});
    t->folded = search_key(SEARCH_FOLDED, (struct str){s->plain, s->plain_len});
    if (t->is_number) {
        t->is_number = s->plain_len <= 9 && num_read((struct str){s->plain, s->plain_len}, &t->number);
    }
    if (!s->whole_to) {
        see_date_words(s, t);
    }
    return true;
}
