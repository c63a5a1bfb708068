/* Numbers as people write them: 1.234.567,5, 1 234, ２５, 150 triệu, 12 %. */
#include "fields/inside.h"

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { DIGITS_MOST = 14 };

/* The digits after a mark until the next one, or the end. */
static size_t run_after(struct str s, size_t at) {
    size_t n = 0;
    while (at + n < s.len && s.at[at + n] >= '0' && s.at[at + n] <= '9') {
        n++;
    }
    return n;
}

/* Whether every '.' has three digits behind it and some before: then it parts thousands. */
static bool parts_thousands(struct str s) {
    bool is_first = true;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.') {
            if (run_after(s, i + 1) != 3 || (is_first && (i == 0 || i > 3))) {
                return false;
            }
            is_first = false;
        }
    }
    return !is_first;
}

/* Whole and fraction, digits alone; false when they are not. */
static bool parts_read(struct str whole, struct str fraction, int64_t *value) {
    int64_t n = 0, scale = FIELDS_ONE;
    size_t digits = 0;
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.at[i] == '.') {
            continue;
        }
        if (whole.at[i] < '0' || whole.at[i] > '9' || ++digits > DIGITS_MOST) {
            return false;
        }
        n = n * 10 + (whole.at[i] - '0');
    }
    n *= FIELDS_ONE;
    for (size_t i = 0; i < fraction.len; i++) {
        scale /= 10;
        if (fraction.at[i] < '0' || fraction.at[i] > '9' || (scale == 0 && fraction.at[i] != '0')) {
            return false;
        }
        n += scale * (fraction.at[i] - '0');
    }
    *value = n;
    return digits > 0;
}

bool fields_number_read(struct str typed, int64_t *value) {
    char digits[40];
    size_t n = 0;
    bool is_negative = str_starts(typed, S("-"));
    typed = str_slice(typed, is_negative ? 1 : 0, typed.len);
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == ' ' && n && i + 1 < typed.len && run_after(typed, i + 1) >= 3) {
            continue;
        }
        if (n == sizeof digits) {
            return false;
        }
        digits[n++] = typed.at[i];
    }
    struct str s = {digits, n}, whole, fraction;
    bool has_comma = str_cut(s, S(","), &whole, &fraction);
    bool has_dot = str_find(whole, S("."), 0) != SIZE_MAX;
    if (has_dot && !parts_thousands(whole)) {
        if (has_comma || !str_cut(s, S("."), &whole, &fraction)) {
            return false;
        }
    }
    if ((has_comma && !fraction.len) || !parts_read(whole, fraction, value)) {
        return false;
    }
    *value = is_negative ? -*value : *value;
    return true;
}

static void number_put(struct buf *b, int64_t value, bool is_shown) {
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t part = size % FIELDS_ONE;
    if (value < 0) {
        buf_put_char(b, '-');
    }
    if (is_shown) {
        num_put_vi(b, (int64_t)(size / FIELDS_ONE));
    } else {
        buf_put_int(b, (int64_t)(size / FIELDS_ONE));
    }
    if (part) {
        char digits[4];
        size_t n = 4;
        for (size_t i = 4; i-- > 0; part /= 10) {
            digits[i] = (char)('0' + part % 10);
        }
        while (digits[n - 1] == '0') {
            n--;
        }
        buf_put_char(b, ',');
        buf_put(b, (struct str){digits, n});
    }
}

struct str fields_number_text(struct arena *a, int64_t value) {
    struct buf b = buf_in(a);
    number_put(&b, value, false);
    return buf_str(&b);
}

struct str fields_number_shown(struct arena *a, int64_t value) {
    struct buf b = buf_in(a);
    number_put(&b, value, true);
    return buf_str(&b);
}

/* Words behind a number: what they multiply it by; the words are taken off. */
static int64_t unit_take(struct arena *a, enum fields_kind kind, struct str *s) {
    static const struct {
        struct str word;
        enum fields_kind kind;
        int64_t times;
    } units[] = {{S_INIT("%"), FIELDS_PERCENT, 1},         {S_INIT("vnd"), FIELDS_MONEY, 1},
                 {S_INIT("dong"), FIELDS_MONEY, 1},        {S_INIT("d"), FIELDS_MONEY, 1},
                 {S_INIT("trieu"), FIELDS_MONEY, 1000000}, {S_INIT("nghin"), FIELDS_MONEY, 1000},
                 {S_INIT("ngan"), FIELDS_MONEY, 1000},     {S_INIT("ty"), FIELDS_MONEY, 1000000000},
                 {S_INIT("ti"), FIELDS_MONEY, 1000000000}};
    struct str folded = utf8_fold(a, *s);
    int64_t times = 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (units[i].kind == kind && str_ends(folded, units[i].word)) {
            folded = str_trim(str_slice(folded, 0, folded.len - units[i].word.len));
            times *= units[i].times;
            i = times > 1 ? sizeof units / sizeof *units : SIZE_MAX;
        }
    }
    *s = folded;
    return times;
}

static void limits_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    const struct fields_item *k = x->item;
    bool is_low = k->has_least && x->number < k->least, is_high = k->has_most && x->number > k->most;
    if (!is_low && !is_high) {
        return;
    }
    struct str least = fields_number_shown(a, k->least), most = fields_number_shown(a, k->most);
    if (k->has_least && k->has_most) {
        fields_wrong(scope, x, "%.*s phải từ %.*s đến %.*s.", STR_ARG(k->label), STR_ARG(least), STR_ARG(most));
    } else if (is_low) {
        fields_wrong(scope, x, "%.*s phải từ %.*s trở lên.", STR_ARG(k->label), STR_ARG(least));
    } else {
        fields_wrong(scope, x, "%.*s không quá %.*s.", STR_ARG(k->label), STR_ARG(most));
    }
}

void fields_number_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    struct str s = x->text;
    int64_t times = unit_take(a, x->item->kind, &s);
    bool is_whole = x->item->kind == FIELDS_INT || x->item->kind == FIELDS_MONEY;
    if (!fields_number_read(s, &x->number) || __builtin_mul_overflow(x->number, times, &x->number)) {
        fields_wrong_form(scope, x,
                          is_whole ? S("%.*s phải là số nguyên, viết như 1.250.")
                                   : S("%.*s phải là số, phần lẻ viết sau dấu phẩy như 12,5."));
        return;
    }
    if (is_whole && x->number % FIELDS_ONE) {
        fields_wrong_form(scope, x, S("%.*s phải là số nguyên, không có phần lẻ."));
        return;
    }
    x->text = fields_number_text(a, x->number);
    limits_judge(scope, x);
}
