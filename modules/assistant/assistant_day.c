#include "modules/assistant/assistant_day.h"
#include "base/arena.h"
#include "base/utf8.h"

enum { WORDS_MOST = 120, EARLIEST = 1945, LATEST = 2100 };

struct str assistant_plain(struct arena *a, struct str question) {
    struct str folded = utf8_fold(a, question);
    char *to = arena_take(a, char, folded.len + 3);
    size_t n = 0;
    to[n++] = ' ';
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/';
        if (is_word || to[n - 1] != ' ') {
            to[n++] = is_word ? c : ' ';
        }
    }
    if (to[n - 1] != ' ') {
        to[n++] = ' ';
    }
    return (struct str){to, n};
}

struct words {
    struct str at[WORDS_MOST];
    size_t n;
};

static bool is(const struct words *w, size_t i, const char *word) { return i < w->n && str_eq(w->at[i], str_of(word)); }

/* 0 when the word is no whole number of at most four digits. */
static int number(const struct words *w, size_t i) {
    int value = 0;
    if (i >= w->n || w->at[i].len > 4) {
        return 0;
    }
    for (size_t k = 0; k < w->at[i].len; k++) {
        char c = w->at[i].at[k];
        if (c < '0' || c > '9') {
            return 0;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

static bool is_year(int year) { return year >= EARLIEST && year <= LATEST; }

/* What a word before the day says of it. */
static bool is_before(const struct words *w, size_t at) { return at > 0 && is(w, at - 1, "truoc"); }

static bool is_lead(const struct words *w, size_t at) {
    static const char *const leads[] = {"vao", "trong", "hoi", "tu", "den", "cuoi",
                                        "dau", "truoc", "sau", "o",  "la",  "giai"};
    for (size_t i = 0; at > 0 && i < sizeof leads / sizeof *leads; i++) {
        if (is(w, at - 1, leads[i])) {
            return true;
        }
    }
    return at == 0;
}

/* "… 30/2020/NĐ-CP ngày …" and "Luật … ngày …": the document's own day. */
static bool is_of_document(const struct words *w, size_t at) {
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        struct str word = w->at[at - back];
        for (size_t k = 0; k < word.len; k++) {
            if (word.at[k] == '/') {
                return true;
            }
        }
    }
    return false;
}

static bool slashed(struct str word, struct date *day) {
    struct str first, rest, month, year;
    if (!str_cut(word, S("/"), &first, &rest)) {
        return false;
    }
    if (str_cut(rest, S("/"), &month, &year)) {
        return date_read_vi(word, day);
    }
    struct words parts = {.at = {first, rest}, .n = 2};
    struct date begin = {(int16_t)number(&parts, 1), (int8_t)number(&parts, 0), 1};
    if (!is_year(begin.year) || !date_valid(begin)) {
        return false;
    }
    struct date next = begin.month == 12 ? (struct date){(int16_t)(begin.year + 1), 1, 1}
                                         : (struct date){begin.year, (int8_t)(begin.month + 1), 1};
    *day = date_plus(next, -1);
    return true;
}

/* "ngày 15/6/2020", "ngày 15 tháng 6 năm 2020"; "tháng 3/2020", "tháng 3 năm 2020". */
static bool day_at(const struct words *w, size_t i, struct date *first, struct date *last) {
    if (is(w, i, "ngay") && i + 1 < w->n && slashed(w->at[i + 1], last) && date_valid(*last)) {
        *first = *last;
        return true;
    }
    if (is(w, i, "ngay") && is(w, i + 2, "thang") && is(w, i + 4, "nam") && is_year(number(w, i + 5))) {
        *last = *first = (struct date){(int16_t)number(w, i + 5), (int8_t)number(w, i + 3), (int8_t)number(w, i + 1)};
        return date_valid(*last);
    }
    if (is(w, i, "thang") && i + 1 < w->n && slashed(w->at[i + 1], last)) {
        *first = (struct date){last->year, last->month, 1};
        return true;
    }
    bool is_own_year = is(w, i, "nam") && is_year(number(w, i + 1)) && is_lead(w, i);
    if (is_own_year) {
        *first = (struct date){(int16_t)number(w, i + 1), 1, 1};
        *last = is(w, i - 1, "dau") ? *first : (struct date){first->year, 12, 31};
    }
    return is_own_year;
}

bool assistant_day_said(struct arena *a, struct str question, struct date *day) {
    struct words *w = arena_take(a, struct words, 1);
    struct str rest = str_trim(assistant_plain(a, question)), one;
    while (w->n < WORDS_MOST && str_next(&rest, ' ', &one)) {
        if (one.len) {
            w->at[w->n++] = one;
        }
    }
    for (size_t i = 0; i < w->n; i++) {
        struct date first = {0}, last = {0};
        if (!is_of_document(w, i) && day_at(w, i, &first, &last)) {
            *day = is_before(w, i) ? date_plus(first, -1) : last;
            return true;
        }
    }
    return false;
}
