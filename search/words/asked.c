/* A document number as somebody types it into the search box, word by word. */
#include "search/words/number.h"
#include "search/words/text.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { WORDS_MOST = 24 };

struct word {
    char plain[20];
    int64_t number;
    bool is_number;
    bool is_joined;
    bool is_upper;
};

/* The kinds of document by the words people say, and the letters their numbers carry (Nghị định 30/2020/NĐ-CP, Phụ lục
 * III). */
static const struct {
    const char *words[4];
    const char *letters;
} kinds[] = {
    {{"nghi", "dinh"}, "nd"},     {{"thong", "tu", "lien", "tich"}, "ttlt"},
    {{"thong", "tu"}, "tt"},      {{"quyet", "dinh"}, "qd"},
    {{"nghi", "quyet"}, "nq"},    {{"huong", "dan"}, "hd"},
    {{"ke", "hoach"}, "kh"},      {{"bao", "cao"}, "bc"},
    {{"thong", "bao"}, "tb"},     {{"to", "trinh"}, "ttr"},
    {{"chi", "thi"}, "ct"},       {{"cong", "dien"}, "cd"},
    {{"giay", "moi"}, "gm"},      {{"ket", "luan"}, "kl"},
    {{"quy", "dinh"}, "qd"},      {{"qui", "dinh"}, "qd"},
    {{"chuong", "trinh"}, "ctr"}, {{"thong", "tri"}, "ttri"},
    {{"de", "an"}, "da"},         {{"cong", "van"}, ""},
    {{"van", "ban"}, ""},         {{"luat"}, ""},
    {{"phap", "lenh"}, ""},
};

/* Abbreviations with a vowel, which otherwise look like words. */
static const char *const abbreviations[] = {"ubnd", "ubtvqh", "ubmttq", "ubtw", "bca", "byt",  "bng", "tu",
                                            "du",   "bgdt",   "ub",     "ttcp", "uv",  "mttu", "da"};

static size_t read_words(struct str query, struct word words[static WORDS_MOST]) {
    struct search_scan scan;
    struct search_token t;
    size_t n = 0;
    search_scan_begin(&scan, query);
    while (n < WORDS_MOST && search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        struct word *w = &words[n++];
        size_t len = scan.plain_len < sizeof w->plain - 1 ? scan.plain_len : sizeof w->plain - 1;
        memcpy(w->plain, scan.plain, len);
        w->plain[len] = 0;
        w->is_number = t.is_number;
        w->number = t.number;
        w->is_joined = t.is_joined;
        w->is_upper = query.at[t.from] >= 'A' && query.at[t.from] <= 'Z';
    }
    return n;
}

/* 3O and l2 as scanners write 30 and 12; small letters o and l too. */
static void mend_digits(struct word *w) {
    int64_t value = 0;
    bool has_digit = false;
    size_t len = strlen(w->plain);
    for (size_t i = 0; i < len && len <= 6; i++) {
        char c = w->plain[i];
        int d = c >= '0' && c <= '9' ? c - '0' : c == 'o' ? 0 : c == 'l' || c == 'i' ? 1 : -1;
        has_digit |= c >= '0' && c <= '9';
        if (d < 0) {
            return;
        }
        value = value * 10 + d;
    }
    if (has_digit && len <= 6 && !w->is_number) {
        w->is_number = true;
        w->number = value;
    }
}

static bool is_abbreviation(const struct word *w) {
    if (strlen(w->plain) < 2 || strlen(w->plain) > 15 || w->is_number) {
        return false;
    }
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++) {
        if (strcmp(abbreviations[i], w->plain) == 0) {
            return true;
        }
    }
    return strpbrk(w->plain, "aeiouy") == NULL;
}

static void add_group(struct search_number *out, const char *letters) {
    if (out->n < SEARCH_GROUPS_MOST && *letters) {
        snprintf(out->group[out->n++], sizeof out->group[0], "%.15s", letters);
    }
}

/* The words of a kind of document just before words[at]; how many there are. */
static size_t kind_before(const struct word *words, size_t at, const char **letters) {
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t len = 0;
        while (len < 4 && kinds[k].words[len]) {
            len++;
        }
        bool is_it = len <= at;
        for (size_t i = 0; is_it && i < len; i++) {
            is_it = strcmp(words[at - len + i].plain, kinds[k].words[i]) == 0;
        }
        if (is_it) {
            *letters = kinds[k].letters;
            return len;
        }
    }
    return 0;
}

/* "từ 7/2020": the letters of a province's Party committee stand only after a number. */
static bool is_from(const struct word *w) { return strcmp(w->plain, "tu") == 0; }

/* What stands before the number: "số", then the kind in words or letters. Returns the first word used. */
static size_t read_before(const struct word *words, size_t at, struct search_number *out) {
    if (at > 0 && strcmp(words[at - 1].plain, "so") == 0) {
        at--;
    }
    const char *letters = "";
    size_t len = kind_before(words, at, &letters);
    if (len > 0) {
        if (out->n == 0) {
            add_group(out, letters);
        }
        return at - len;
    }
    size_t first = at;
    while (first > 0 && at - first < 3 && is_abbreviation(&words[first - 1]) && !is_from(&words[first - 1])) {
        first--;
    }
    if (out->n == 0) {
        for (size_t i = first; i < at; i++) {
            add_group(out, words[i].plain);
        }
    }
    return first;
}

/* What stands after it: a year, then groups. Returns the first word not used. */
static size_t read_after(const struct word *words, size_t n, size_t at, struct search_number *out) {
    size_t year_at = at < n && strcmp(words[at].plain, "nam") == 0 ? at + 1 : at;
    if (year_at < n && words[year_at].is_number && words[year_at].number >= 1900 && words[year_at].number <= 2199) {
        out->year = words[year_at].number;
        out->is_sure |= words[year_at].is_joined;
        at = year_at + 1;
    }
    while (at < n && out->n < SEARCH_GROUPS_MOST) {
        bool is_joined = words[at].is_joined && strlen(words[at].plain) <= 15 && !words[at].is_number;
        if (!is_joined && !is_abbreviation(&words[at])) {
            break;
        }
        out->is_sure |= is_joined && (words[at].is_upper || is_abbreviation(&words[at]));
        add_group(out, words[at].plain);
        at++;
    }
    return at;
}

static bool is_date_word(const struct word *w) {
    return strcmp(w->plain, "thang") == 0 || strcmp(w->plain, "ngay") == 0;
}

/* "tháng 7/2020", "từ 7/2020" and the month of "01/07/2021" are days, not numbers. */
static bool is_month(const struct word *words, size_t at, const struct search_number *out) {
    bool is_after_day = at > 0 && words[at].is_joined && words[at - 1].is_number;
    bool is_after_word = at > 0 && is_date_word(&words[at - 1]);
    return out->n == 0 && out->number <= 12 && (is_after_day || is_after_word || !out->is_only);
}

static bool asked_at(const struct word *words, size_t n, size_t at, struct search_number *out) {
    *out = (struct search_number){.number = words[at].number};
    size_t end = read_after(words, n, at + 1, out);
    size_t from = read_before(words, at, out);
    out->is_only = from == 0 && end == n;
    if (from == at && is_month(words, at, out)) {
        return false;
    }
    /* "năm 2020" alone is no number, nor is "kế hoạch 5 năm". */
    if (out->year && out->n > 0) {
        out->is_sure = true;
    }
    return out->is_sure || out->is_only;
}

bool search_number_asked(struct str query, struct search_number *out) {
    struct word words[WORDS_MOST];
    size_t n = read_words(query, words);
    for (size_t i = 0; i < n; i++) {
        mend_digits(&words[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (words[i].is_number && words[i].number > 0 && words[i].number <= 999999 && asked_at(words, n, i, out)) {
            return true;
        }
    }
    return false;
}
