/* What the beginning of a line looks like: Chương II, Điều 4a., 1., đ), Phụ lục I, a row, the signature. Only the looks
   of it: whether "1." is a khoản depends on what stands before. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

static bool is_figure(char c) { return c >= '0' && c <= '9'; }
static char at_or_nul(struct str s, size_t i) { return i < s.len ? s.at[i] : 0; }

static size_t blanks(struct str s, size_t at) {
    for (;;) {
        if (at_or_nul(s, at) == ' ' || at_or_nul(s, at) == '\t' || at_or_nul(s, at) == '*') {
            at++;
        } else if (str_starts(str_slice(s, at, s.len), S("\xc2\xa0"))) {
            at += 2;
        } else {
            return at;
        }
    }
}

/* The word at at: letters, figures and what joins them, up to a blank or a sign that ends a label. */
static size_t word_end(struct str s, size_t at) {
    while (at < s.len && !strchr(" \t.:)-/,;*|(", s.at[at]) && !str_starts(str_slice(s, at, s.len), S("\xc2\xa0"))) {
        at++;
    }
    return at;
}

/* The sign behind a label, past the blanks behind it; 0 when there is none. Dashes count as '-'. */
static char take_mark(struct str s, size_t *at) {
    size_t i = blanks(s, *at);
    struct str rest = str_slice(s, i, s.len);
    char mark = 0;
    if (rest.len && strchr(".:)-/", rest.at[0])) {
        mark = rest.at[0];
        i++;
    } else if (str_starts(rest, S("–")) || str_starts(rest, S("—"))) {
        mark = '-';
        i += 3;
    }
    *at = blanks(s, i);
    return mark;
}

static bool ends_with_words(struct str s) { return s.len && (s.at[s.len - 1] == ';' || s.at[s.len - 1] == '.'); }

/* "Chương II của Luật này …" refers to a chapter; it does not open one. */
static bool is_named(struct str line, size_t body, char mark) {
    struct str rest = str_slice(line, body, line.len);
    if (rest.len == 0 || mark) {
        return !(rest.len && law_starts_small(rest) && mark != '.' && mark != ':');
    }
    return !law_starts_small(rest) && !ends_with_words(rest) && !str_starts(rest, S("Chương ")) &&
           !str_starts(rest, S("Phần ")) && !str_starts(rest, S("Luật "));
}

static enum law_level level_of(enum law_look look) {
    return look == LOOK_PART      ? LAW_PART
           : look == LOOK_CHAPTER ? LAW_CHAPTER
           : look == LOOK_SECTION ? LAW_SECTION
           : look == LOOK_ANNEX   ? LAW_ANNEX
                                  : LAW_SUBSECTION;
}

/* thứ nhất, thứ mười hai. */
static size_t ordinal_end(struct str s, size_t at) {
    size_t end = word_end(s, blanks(s, word_end(s, at)));
    struct str ten = S(" hai");
    static const struct str more[] = {S_INIT(" một"), S_INIT(" hai"), S_INIT(" ba"), S_INIT(" bốn")};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        ten = more[i];
        end = str_starts(str_slice(s, end, s.len), ten) && end >= 5 ? end + ten.len : end;
    }
    return end;
}

static void take_named(struct arena *a, struct str s, size_t word, enum law_look look, struct law_line *line) {
    size_t at = blanks(s, word), end = word_end(s, at);
    struct str label = str_slice(s, at, end);
    if (at == word) {
        return;
    }
    if (str_eq(utf8_lower(a, label), S("thứ"))) {
        end = ordinal_end(s, at);
        label = utf8_lower(a, str_slice(s, at, end));
    }
    struct str suffix;
    int value = law_label_value(level_of(look), label, &suffix);
    /* A capital alone ("Mục A") is a label; a word that begins with one is none. */
    bool is_word = suffix.len > 2 || (suffix.len && !(suffix.at[0] >= 'a' && suffix.at[0] <= 'z'));
    char mark = take_mark(s, &end);
    if (value == 0 || is_word || !is_named(s, end, mark)) {
        return;
    }
    line->look = look;
    line->label = label;
    line->suffix = suffix;
    line->value = value;
    line->mark = mark;
    line->body = line->from + end;
}

/* L, l, I and | are read for 1, O for 0. */
static bool mend_figures(struct arena *a, struct str label, struct str *mended) {
    char *at = arena_take(a, char, label.len + 1);
    if (label.len == 0 || label.len > 4) {
        return false;
    }
    for (size_t i = 0; i < label.len; i++) {
        char c = label.at[i];
        at[i] = c == 'L' || c == 'l' || c == 'I' || c == 'i' || c == '|' || c == '!' ? '1'
                : c == 'O' || c == 'o'                                               ? '0'
                                                                                     : c;
        if (!is_figure(at[i])) {
            return false;
        }
    }
    *mended = (struct str){at, label.len};
    return true;
}

static void take_article(struct arena *a, struct str s, size_t word, bool is_odd, struct law_line *line) {
    size_t at = blanks(s, word), end = word_end(s, at);
    if (at < s.len && s.at[at] == '|') {
        end = word_end(s, at + 1);
    }
    struct str label = str_slice(s, at, end), suffix;
    int value = label.len && is_figure(label.at[0]) ? law_label_value(LAW_ARTICLE, label, &suffix) : 0;
    bool is_mended = is_odd;
    if (value == 0 || suffix.len > 2 || (suffix.len && strchr("lLIoO", suffix.at[0]))) {
        if (!mend_figures(a, label, &label)) {
            return;
        }
        value = law_label_value(LAW_ARTICLE, label, &suffix);
        is_mended = true;
    }
    char mark = take_mark(s, &end);
    struct str rest = str_slice(s, end, s.len);
    if (value == 0 || mark == ')' || (suffix.len && !(suffix.at[0] >= 'a' && suffix.at[0] <= 'z')) ||
        (rest.len && law_starts_small(rest) && mark != '.' && mark != ':') || (at == word && !is_mended) ||
        (mark == '.' && rest.len && is_figure(rest.at[0]) && s.at[end - 1] == '.')) {
        return;
    }
    line->look = LOOK_ARTICLE;
    line->label = label;
    line->suffix = suffix;
    line->value = value;
    line->mark = rest.len == 0 && !mark ? '.' : mark;
    line->is_mended = is_mended;
    line->body = line->from + end;
}

static void take_annex(struct arena *a, struct str s, size_t word, struct law_line *line) {
    size_t at = blanks(s, word);
    struct str rest = str_slice(s, at, s.len);
    if (str_starts(rest, S("số ")) || str_starts(rest, S("SỐ "))) {
        at = blanks(s, at + word_end(rest, 0));
    }
    line->body = line->from + word;
    take_named(a, s, at > word ? at - 1 : word, LOOK_ANNEX, line);
    bool stands_alone = line->look == LOOK_ANNEX && line->body >= line->to;
    bool is_shouted = line->is_shouted || law_is_shouted(str_slice(s, 0, word));
    rest = law_trim(str_slice(s, word, s.len));
    if (line->look != LOOK_ANNEX && is_shouted && (rest.len == 0 || rest.at[0] == ':')) {
        line->look = LOOK_ANNEX;
        stands_alone = true;
    }
    if (line->look == LOOK_ANNEX && !stands_alone && !is_shouted) {
        line->look = ends_with_words(s) ? LOOK_WORDS : LOOK_ANNEX;
        line->mark = line->mark ? line->mark : '?'; /* only behind the signature */
    } else if (line->look == LOOK_ANNEX) {
        line->mark = 0;
    }
}

/* Where the words of name end in s, which folds to folded; 0 when s does not begin with them. */
static size_t word_of(struct str s, struct str folded, const char *name) {
    struct str n = str_of(name);
    if (!str_starts(folded, n)) {
        return 0;
    }
    size_t at = 0;
    for (size_t i = 0; i < n.len && at < s.len; i++) {
        utf8_next(s, &at);
    }
    return at;
}

static void look_for_name(struct arena *a, struct str s, struct law_line *line) {
    struct str folded = law_fold_start(a, s, 40);
    size_t word;
    if ((word = word_of(s, folded, "dieu ")) > 0 || (word = word_of(s, folded, "dieu")) > 0 ||
        (word = word_of(s, folded, "dien ")) > 0) {
        struct str usual = str_slice(s, 0, sizeof "Điều" - 1);
        bool is_odd = !str_eq(usual, S("Điều")) && !str_eq(usual, S("ĐIỀU")) && !str_starts(s, S("Ðiều"));
        take_article(a, s, s.at[word - 1] == ' ' ? word - 1 : word, is_odd, line);
    } else if ((word = word_of(s, folded, "chuong")) > 0) {
        take_named(a, s, word, LOOK_CHAPTER, line);
    } else if ((word = word_of(s, folded, "tieu muc")) > 0) {
        take_named(a, s, word, LOOK_SUBSECTION, line);
    } else if ((word = word_of(s, folded, "muc")) > 0) {
        take_named(a, s, word, LOOK_SECTION, line);
    } else if ((word = word_of(s, folded, "phan")) > 0) {
        take_named(a, s, word, LOOK_PART, line);
    } else if ((word = word_of(s, folded, "phu luc")) > 0) {
        take_annex(a, s, word, line);
    }
}

static bool is_capital(struct str s) {
    return s.len && !law_starts_small(s) && ((s.at[0] >= 'A' && s.at[0] <= 'Z') || (unsigned char)s.at[0] > 127);
}

/* 1. 12a. 3) 1- 2/ and 1.2. 1.2.3 */
static void look_for_number(struct str s, struct law_line *line) {
    size_t at = 0, dots = 0;
    while (at < 12 && (is_figure(at_or_nul(s, at)) ||
                       (at > 0 && s.at[at] == '.' && is_figure(at_or_nul(s, at + 1)) && is_figure(s.at[at - 1])))) {
        dots += s.at[at] == '.';
        at++;
    }
    size_t figures_end = at;
    if (!dots && at_or_nul(s, at) >= 'a' && at_or_nul(s, at) <= 'z') {
        at++;
    } else if (!dots && str_starts(str_slice(s, at, s.len), S("đ"))) {
        at += 2;
    }
    size_t label_end = at;
    char next = at_or_nul(s, at);
    if (figures_end == 0 || figures_end > 9 || (!dots && figures_end > 3) || s.at[0] == '0') {
        return;
    }
    bool is_marked = next && strchr(".)/-", next);
    /* "1 Xây dựng", "1, Tổ chức": the stop was lost, if what follows goes on with it. */
    bool is_lost = !is_marked && !dots && (next == ' ' || next == ',') && label_end == figures_end && figures_end < 3;
    if (!is_marked && !is_lost && !(dots && next == ' ')) {
        return;
    }
    at += is_marked || next == ',';
    size_t words = blanks(s, at);
    if (is_lost && (words >= s.len || !is_capital(str_slice(s, words, s.len)) || s.len < 30)) {
        return;
    }
    if (at < s.len && at == blanks(s, at) && (is_figure(s.at[at]) || law_starts_small(str_slice(s, at, s.len)))) {
        return;
    }
    line->look = dots ? LOOK_DECIMAL : LOOK_NUMBER;
    line->label = str_slice(s, 0, label_end);
    line->value = law_label_value(LAW_CLAUSE, line->label, &line->suffix);
    line->mark = is_marked ? next : is_lost ? '?' : '.';
    line->body = line->from + words;
}

/* a) đ) a1) and the old a. a/ a-; a.1) a.1. */
static void look_for_letter(struct str s, struct law_line *line) {
    size_t at = str_starts(s, S("đ")) ? 2 : 1;
    bool is_step = at_or_nul(s, at) == '.' && is_figure(at_or_nul(s, at + 1));
    at += is_step;
    size_t figures_from = at;
    while (at < figures_from + 2 && is_figure(at_or_nul(s, at))) {
        at++;
    }
    size_t label_end = at;
    char mark = at_or_nul(s, at);
    bool is_strong = mark == ')' || (is_step && mark == '.');
    if (!is_strong && !(mark && strchr("./-", mark) && figures_from == label_end)) {
        return;
    }
    at++;
    if (!is_strong && at < s.len && at == blanks(s, at)) {
        return;
    }
    line->look = is_step ? LOOK_SUBLETTER : LOOK_LETTER;
    line->label = str_slice(s, 0, label_end);
    line->value = law_label_value(is_step ? LAW_SUBPOINT : LAW_POINT, line->label, &line->suffix);
    line->mark = mark;
    line->body = line->from + blanks(s, at);
}

/* ii) iv): a letter alone is a point's. */
static void look_for_bare_roman(struct str s, struct law_line *line) {
    size_t at = 0;
    while (at < s.len && at < 6 && s.at[at] && strchr("ivx", s.at[at])) {
        at++;
    }
    struct str label = str_slice(s, 0, at);
    int value = at > 1 && at_or_nul(s, at) == ')' ? law_label_value(LAW_SUBPOINT, label, NULL) : 0;
    if (value) {
        line->look = LOOK_SUBLETTER;
        line->label = label;
        line->suffix = S("");
        line->value = value;
        line->mark = ')';
        line->body = line->from + blanks(s, at + 1);
    }
}

/* (i) (iv), and II. of papers without articles. */
static void look_for_roman(struct str s, struct law_line *line) {
    bool is_small = s.at[0] == '(';
    size_t at = is_small, from = at;
    while (at < s.len && at - from < 7 && strchr(is_small ? "ivx" : "IVXL", s.at[at])) {
        at++;
    }
    char mark = at_or_nul(s, at);
    if (at == from || !mark || !strchr(is_small ? ")" : ".-/)", mark) ||
        (!is_small && at + 1 < s.len && blanks(s, at + 1) == at + 1)) {
        return;
    }
    line->label = str_slice(s, from, at);
    line->value = law_label_value(is_small ? LAW_SUBPOINT : LAW_SECTION, line->label, &line->suffix);
    line->look = line->value == 0 ? LOOK_WORDS : is_small ? LOOK_SUBLETTER : LOOK_ROMAN;
    line->mark = mark;
    line->body = line->from + blanks(s, at + 1);
}

static bool is_rule(struct str s) {
    size_t at = 0;
    while (at < s.len) {
        uint32_t c = utf8_next(s, &at);
        if (!(c == '-' || c == '_' || c == '=' || c == '*' || c == 0x2013 || c == 0x2014 || c == ' ' || c == 0x2015)) {
            return false;
        }
    }
    return s.len >= 3 || s.at[0] == '_';
}

static bool is_row(struct str s) {
    return (s.at[0] == '|' && s.len > 1 && str_find(s, S("|"), 1) != SIZE_MAX) || str_find(s, S("\t"), 0) != SIZE_MAX;
}

/* '!' when it can hardly be anything else, '.' when a heading may look so, 0 when it is none. */
static char closing_of(struct arena *a, struct str s, bool is_shouted) {
    static const char *const starts[] = {
        "noi nhan", "tm. ", "kt. ", "tl. ", "tuq. ", "q. ", "t/m ", "tm.", "kt.", "k/t ", "(*) nguon du lieu"};
    static const char *const posts[] = {"chu tich",    "thu tuong", "bo truong",      "tong thanh tra", "chanh an",
                                        "vien truong", "thong doc", "tong kiem toan", "tong bi thu",    "bi thu"};
    struct str f = law_fold_start(a, s, 90);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts(f, str_of(starts[i])) && (i == 0 || i == 10 || is_shouted)) {
            return '!';
        }
    }
    for (size_t i = 0; is_shouted && s.len < 60 && i < sizeof posts / sizeof *posts; i++) {
        if (str_starts(f, str_of(posts[i]))) {
            return '.';
        }
    }
    size_t passed = str_find(f, S(" nay "), 0);
    bool is_passed = passed < 24 && (str_find(f, S("duoc quoc hoi"), passed) < 40 ||
                                     str_find(f, S("duoc uy ban thuong vu"), passed) < 40 ||
                                     str_find(f, S("duoc hoi dong nhan dan"), passed) < 40);
    return is_passed ? '!' : 0;
}

void law_look_at(struct arena *a, struct str text, struct law_line *line) {
    struct str s = str_slice(text, line->from, line->to);
    char c = s.at[0];
    if (is_rule(s)) {
        line->look = LOOK_RULE;
        return;
    }
    if (is_figure(c)) {
        look_for_number(s, line);
    } else if ((c >= 'a' && c <= 'z') || str_starts(s, S("đ"))) {
        look_for_bare_roman(s, line);
        if (line->look == LOOK_WORDS) {
            look_for_letter(s, line);
        }
    } else if (c == '(' || (strchr("IVXL", c) && c)) {
        look_for_roman(s, line);
    }
    if (line->look == LOOK_WORDS && (strchr("CcMmTtPpDd", c) || str_starts(s, S("Đ")) || str_starts(s, S("Ð")))) {
        look_for_name(a, s, line);
    }
    if (line->look == LOOK_WORDS) {
        line->mark = closing_of(a, law_trim(str_slice(s, c == '|', s.len)), line->is_shouted);
        line->look = line->mark ? LOOK_CLOSING : is_row(s) ? LOOK_ROW : LOOK_WORDS;
    }
}
