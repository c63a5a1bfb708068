/* Labels: what number they count as, and the eids and sort keys made of them. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static const struct {
    struct str code, word, eid;
} levels[LAW_LEVELS] = {
    {S_INIT(""), S_INIT(""), S_INIT("")},
    [LAW_PART] = {S_INIT("part"), S_INIT("Phần"), S_INIT("part")},
    [LAW_CHAPTER] = {S_INIT("chapter"), S_INIT("Chương"), S_INIT("chp")},
    [LAW_SECTION] = {S_INIT("section"), S_INIT("Mục"), S_INIT("sec")},
    [LAW_SUBSECTION] = {S_INIT("subsection"), S_INIT("Tiểu mục"), S_INIT("subsec")},
    [LAW_ARTICLE] = {S_INIT("article"), S_INIT("Điều"), S_INIT("art")},
    [LAW_CLAUSE] = {S_INIT("clause"), S_INIT("khoản"), S_INIT("cl")},
    [LAW_POINT] = {S_INIT("point"), S_INIT("điểm"), S_INIT("pt")},
    [LAW_SUBPOINT] = {S_INIT("subpoint"), S_INIT("tiết"), S_INIT("sp")},
    [LAW_ANNEX] = {S_INIT("annex"), S_INIT("Phụ lục"), S_INIT("annex")},
    [LAW_TABLE] = {S_INIT("table"), S_INIT("Bảng"), S_INIT("tbl")},
    [LAW_PARAGRAPH] = {S_INIT("paragraph"), S_INIT("Đoạn"), S_INIT("p")},
};

static enum law_level known(enum law_level level) { return level > 0 && level < LAW_LEVELS ? level : 0; }

struct str law_level_code(enum law_level level) {
    return levels[known(level)].code;
}
struct str law_level_word(enum law_level level) {
    return levels[known(level)].word;
}

enum law_level law_level_of_code(struct str code) {
    for (int i = LAW_PART; i < LAW_LEVELS; i++) {
        if (str_eq(levels[i].code, code)) {
            return (enum law_level)i;
        }
    }
    return 0;
}

static int roman_digit(char c) {
    switch (c) {
    case 'I': return 1;
    case 'V': return 5;
    case 'X': return 10;
    case 'L': return 50;
    case 'C': return 100;
    default: return 0;
    }
}

static int roman(struct str s, size_t *used) {
    int sum = 0;
    size_t i = 0;
    for (; i < s.len && i < 9 && roman_digit(s.at[i]); i++) {
        int now = roman_digit(s.at[i]), next = i + 1 < s.len ? roman_digit(s.at[i + 1]) : 0;
        sum += now < next ? -now : now;
    }
    *used = i;
    return sum > 0 ? sum : 0;
}

static int figures(struct str s, size_t *used) {
    int n = 0;
    size_t i = 0;
    for (; i < s.len && i < 5 && s.at[i] >= '0' && s.at[i] <= '9'; i++) {
        n = n * 10 + (s.at[i] - '0');
    }
    *used = i;
    return n;
}

/* "thứ nhất", "thứ ba". */
static int ordinal_word(struct str s) {
    static const struct str words[] = {S_INIT("nhất"), S_INIT("hai"), S_INIT("ba"),  S_INIT("tư"),   S_INIT("năm"),
                                       S_INIT("sáu"),  S_INIT("bảy"), S_INIT("tám"), S_INIT("chín"), S_INIT("mười"),
                                       S_INIT("nhì"),  S_INIT("bốn"), S_INIT("bẩy")};
    static const int values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2, 4, 7};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(s, words[i])) {
            return values[i];
        }
    }
    struct str ten = S("mười ");
    return str_starts(s, ten) ? 10 + ordinal_word(str_slice(s, ten.len, s.len)) : 0;
}

/* a b c d đ e …: what stands in a list of points, in order. */
static int letter(struct str s, size_t *used) {
    if (str_starts(s, S("đ"))) {
        *used = 2;
        return 5;
    }
    if (s.len == 0 || s.at[0] < 'a' || s.at[0] > 'z') {
        return 0;
    }
    *used = 1;
    return s.at[0] - 'a' + (s.at[0] > 'd' ? 2 : 1);
}

/* "1.2" -> 2, "a.1" -> 1, "ii" -> 2: the last step of a label of several. */
static int last_step(struct str s, struct str *suffix) {
    size_t dot = s.len;
    while (dot > 0 && s.at[dot - 1] != '.') {
        dot--;
    }
    struct str last = str_slice(s, dot, s.len);
    size_t used;
    int n = figures(last, &used);
    *suffix = str_slice(last, used, last.len);
    return n;
}

static int small_roman(struct str s) {
    char capital[9];
    if (s.len == 0 || s.len > 8) {
        return 0;
    }
    for (size_t i = 0; i < s.len; i++) {
        capital[i] = (char)(s.at[i] & ~32);
    }
    size_t used;
    int n = roman((struct str){capital, s.len}, &used);
    return used == s.len ? n : 0;
}

static int subpoint_value(struct str label, struct str *suffix) {
    int n = small_roman(label);
    *suffix = S("");
    return n ? n : last_step(label, suffix);
}

int law_label_value(enum law_level level, struct str label, struct str *suffix) {
    size_t used = 0;
    struct str none;
    suffix = suffix ? suffix : &none;
    *suffix = S("");
    int n = 0;
    if (level == LAW_SUBPOINT) {
        return subpoint_value(label, suffix);
    }
    if (label.len && str_find(label, S("."), 0) != SIZE_MAX) {
        return last_step(label, suffix);
    }
    if (str_starts(label, S("thứ "))) {
        return ordinal_word(str_slice(label, sizeof "thứ " - 1, label.len));
    }
    if (level == LAW_POINT) {
        n = letter(label, &used);
    } else if ((n = figures(label, &used)) == 0) {
        n = roman(label, &used);
        if (n == 0 && label.len && label.at[0] >= 'A' && label.at[0] <= 'Z') {
            n = label.at[0] - 'A' + 1;
            used = 1;
        }
    }
    *suffix = str_slice(label, used, label.len);
    return n;
}

/* Letters of a label as an eid holds them: ASCII letters and figures, '-' for the rest, đ as dd. */
static void put_plain(struct buf *b, struct str label) {
    for (size_t at = 0; at < label.len;) {
        size_t from = at;
        uint32_t c = utf8_next(label, &at);
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_plain) {
            buf_put(b, str_slice(label, from, at));
        } else if (c == 0x111 || c == 0x110) {
            BUF_LIT(b, "dd");
        } else {
            buf_put_char(b, '-');
        }
    }
}

/* What follows a number in a key: letters and figures only. All of them stand behind the '.' that leads to what is
   inside a place, so that what is inside 5a comes before the place behind it; '-' would stand before it. */
static void put_suffix(struct buf *b, struct str suffix) {
    for (size_t at = 0; at < suffix.len;) {
        size_t from = at;
        uint32_t c = utf8_next(suffix, &at);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            buf_put(b, str_slice(suffix, from, at));
        } else if (c == 0x111 || c == 0x110) {
            BUF_LIT(b, "dd");
        }
    }
}

struct str law_eid_part(struct arena *a, enum law_level level, struct str label) {
    struct buf b = buf_in(a);
    buf_put(&b, levels[known(level)].eid);
    if (label.len) {
        buf_put_char(&b, '_');
        if (str_starts(label, S("thứ "))) {
            buf_put_int(&b, law_label_value(level, label, NULL));
        } else {
            put_plain(&b, label);
        }
    }
    return buf_str(&b);
}

struct str law_sort_key(struct arena *a, struct str parent_key, enum law_level level, struct str label) {
    struct str suffix;
    int value = law_label_value(level, label, &suffix);
    struct buf b = buf_in(a);
    buf_put(&b, parent_key);
    if (parent_key.len) {
        buf_put_char(&b, '.');
    }
    /* Annexes stand behind everything. */
    buf_printf(&b, level == LAW_ANNEX ? "z%04d" : "%04d", value % 10000);
    if (suffix.len && suffix.len < 8) {
        put_suffix(&b, suffix);
    }
    return buf_str(&b);
}

struct str law_sort_key_behind(struct arena *a, struct str parent_key, struct str after, int nth) {
    struct buf b = buf_in(a);
    if (after.len) {
        buf_put(&b, after);
    } else {
        buf_put(&b, parent_key);
        buf_put(&b, parent_key.len ? S(".0000") : S("0000"));
    }
    for (int most = 999; nth > most && most < 99999999; most = most * 10 + 9) {
        buf_put_char(&b, '~'); /* behind all shorter numbers */
    }
    buf_printf(&b, "~%03d", nth);
    return buf_str(&b);
}
