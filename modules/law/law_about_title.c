/* Titles printed in capitals. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_about.h"

/* Without any small letter, and with more than a few letters. */
static bool is_capitals(struct arena *a, struct str s) {
    struct str lower = utf8_lower(a, s);
    size_t i = 0, k = 0, capitals = 0;
    while (i < s.len && k < lower.len) {
        uint32_t was = utf8_next(s, &i), now = utf8_next(lower, &k);
        bool is_letter = (now >= 'a' && now <= 'z') || now >= 0xC0;
        if (is_letter && was == now) {
            return false;
        }
        capitals += was != now;
    }
    return capitals >= 2;
}

/* Where the words stand in a text in whatever case; SIZE_MAX when nowhere. The text is looked at in its first part. */
static size_t find_words(struct arena *a, struct str text, struct str words) {
    struct str in = utf8_lower(a, text);
    size_t at = str_find(in, utf8_lower(a, words), 0);
    return in.len == text.len ? at : SIZE_MAX;
}

static struct str small(struct arena *a, struct str title) {
    static const struct str own = S_INIT("việt nam");
    struct buf b = buf_in(a);
    struct str lower = utf8_lower(a, title);
    size_t at = 0, first = 0;
    utf8_next(title, &first);
    buf_put(&b, str_slice(title, 0, first));
    at = first;
    while (at < lower.len) {
        if (str_starts(str_slice(lower, at, lower.len), own)) {
            BUF_LIT(&b, "Việt Nam");
            at += own.len;
        } else {
            buf_put_char(&b, lower.at[at++]);
        }
    }
    return buf_str(&b);
}

struct str law_title_case(struct arena *a, struct str title, struct str text) {
    enum { LOOK = 20000 };
    if (!is_capitals(a, title)) {
        return title;
    }
    struct str look = utf8_cut(text, LOOK);
    for (size_t from = 0; from < look.len;) {
        struct str rest = str_slice(look, from, look.len);
        size_t at = find_words(a, rest, title);
        if (at == SIZE_MAX) {
            break;
        }
        struct str found = str_slice(rest, at, at + title.len);
        size_t first = 0, second = 0;
        utf8_next(title, &first);
        utf8_next(found, &second);
        if (!is_capitals(a, found)) {
            return str_format(a, "%.*s%.*s", STR_ARG(str_slice(title, 0, first)),
                              STR_ARG(str_slice(found, second, found.len)));
        }
        from += at + title.len;
    }
    return small(a, title);
}

static struct str marks_off(struct str s) {
    while (s.len && (s.at[0] == ' ' || s.at[0] == ':' || s.at[0] == '-' || s.at[0] == ',' || s.at[0] == '.')) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == ':' || s.at[s.len - 1] == ',')) {
        s.len--;
    }
    return s;
}

/* "ngày 05 tháng 3 năm 2020 " or "ngày 05/3/2020 " off the beginning. */
static struct str day_off(struct str s) {
    struct str rest = s, word;
    if (!str_starts(s, S("ngày "))) {
        return s;
    }
    str_next(&rest, ' ', &word);
    while (rest.len &&
           ((rest.at[0] >= '0' && rest.at[0] <= '9') || str_starts(rest, S("tháng ")) || str_starts(rest, S("năm ")))) {
        str_next(&rest, ' ', &word);
    }
    return marks_off(rest);
}

struct str law_title_code_out(struct arena *a, struct str title, struct str code) {
    struct str lower = utf8_lower(a, title), wanted = utf8_lower(a, code);
    size_t at = code.len && lower.len == title.len ? str_find(lower, wanted, 0) : SIZE_MAX;
    if (at == SIZE_MAX || at + code.len > title.len) {
        return title;
    }
    struct str before = marks_off(str_slice(title, 0, at)),
               after = marks_off(str_slice(title, at + code.len, title.len));
    after = day_off(after);
    struct str head = utf8_lower(a, before);
    size_t of = str_find(head, S("của quốc hội"), 0), number = head.len;
    if (str_ends(head, S(" số")) || str_eq(head, S("số"))) {
        number = head.len - S("số").len;
    }
    before = marks_off(str_slice(before, 0, of != SIZE_MAX && head.len == before.len ? of : number));
    if (before.len) {
        return before;
    }
    return marks_off(str_starts(after, S("về ")) ? str_slice(after, S("về ").len, after.len) : after);
}
