/* Sums of money as banks print them. */
#include "modules/fund/statement/statement.h"

#include "base/banned.h"

enum { DIGITS_MOST = 16, GROUP = 3 };

/* "vnd", "đ" and the like, and spaces, off the ends. */
static struct str bare(struct str s) {
    static const struct str units[] = {S_INIT("VND"),  S_INIT("VNĐ"), S_INIT("vnd"), S_INIT("vnđ"), S_INIT("đồng"),
                                       S_INIT("dong"), S_INIT("đ"),   S_INIT("₫"),   S_INIT("Đ"),   S_INIT("\xc2\xa0")};
    bool goes_on = true;
    while (goes_on) {
        goes_on = false;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            bool ends = str_ends(s, units[i]), starts = str_starts(s, units[i]);
            s = ends ? str_slice(s, 0, s.len - units[i].len) : starts ? str_slice(s, units[i].len, s.len) : s;
            goes_on |= ends || starts;
        }
    }
    return s;
}

static struct str sign_cut(struct str s, bool *is_minus) {
    bool in_brackets = str_starts(s, S("(")) && str_ends(s, S(")"));
    s = in_brackets ? str_trim(str_slice(s, 1, s.len - 1)) : s;
    struct str minus = str_starts(s, S("−")) ? S("−") : S("-");
    *is_minus = in_brackets || str_starts(s, minus);
    size_t sign = str_starts(s, minus) ? minus.len : str_starts(s, S("+")) ? 1 : 0;
    return bare(str_slice(s, sign, s.len));
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Where the whole đồng end: before a last part that is not of three figures and is nought. */
static size_t whole_of(struct str s, bool *is_fine) {
    size_t last = s.len;
    size_t signs = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.at[i])) {
            last = i;
            signs++;
        }
    }
    bool is_other = signs > 1 && last < s.len && !memchr(s.at, s.at[last], last);
    *is_fine = true;
    if (last == s.len || (s.len - last - 1 == GROUP && !is_other)) {
        return s.len;
    }
    for (size_t i = last + 1; i < s.len; i++) {
        *is_fine = *is_fine && s.at[i] == '0';
    }
    *is_fine = *is_fine && last + 1 < s.len && s.at[last] != ' ';
    return last;
}

/* Whole đồng, with one sign between groups of three or none. */
static bool groups_read(struct str s, int64_t *out) {
    size_t run = 0, digits = 0;
    int64_t n = 0;
    char group = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (is_digit(c)) {
            n = n * 10 + (c - '0');
            run++;
            if (++digits > DIGITS_MOST || (group && run > GROUP)) {
                return false;
            }
            continue;
        }
        bool is_sign = c == '.' || c == ',' || c == ' ';
        if (!is_sign || (group ? c != group || run != GROUP : run > GROUP)) {
            return false;
        }
        group = c;
        run = 0;
    }
    *out = n;
    return !group || run == GROUP;
}

bool statement_money(struct str text, int64_t *amount) {
    bool is_minus, is_fine;
    int64_t n;
    struct str s = sign_cut(bare(text), &is_minus);
    if (!s.len || !is_digit(s.at[0])) {
        return false;
    }
    size_t whole = whole_of(s, &is_fine);
    if (!is_fine || !groups_read(str_slice(s, 0, whole), &n)) {
        return false;
    }
    *amount = is_minus ? -n : n;
    return true;
}
