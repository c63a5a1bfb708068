/* What is written in an element: that it is there, its fixed words, its ends. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { BELOW = 3, CUT = 80 };

static struct str quoted(struct arena *a, struct str s) {
    struct str cut = utf8_cut(s, CUT);
    return str_format(a, cut.len < s.len ? "“%.*s…”" : "“%.*s”", STR_ARG(cut));
}

static void present_check(struct format_paper *p) {
    enum format_element e = p->rule->element;
    if (e == FORMAT_SEAL) {
        if (!p->layout->signed_fields) {
            format_gap(p, "Tệp không có trường chữ ký số; dấu đóng hoặc ảnh chữ ký không đo được.");
        }
    } else if (format_next(p, e, 0) == p->n) {
        format_tell(p, p->n, S("không thấy trong tệp"), S("có phần này"));
    }
}

static void text_check(struct format_paper *p) {
    size_t i = format_next(p, p->rule->element, 0);
    struct str rest = p->rule->value, one, first = S("");
    if (i == p->n) {
        return;
    }
    while (str_next(&rest, '|', &one)) {
        first = first.len ? first : one;
        if (str_eq(one, p->lines[i].is->text)) {
            return;
        }
    }
    format_tell(p, i, quoted(p->arena, p->lines[i].is->text), quoted(p->arena, first));
}

static void prefix_check(struct format_paper *p) {
    size_t i = format_next(p, p->rule->element, 0);
    if (i < p->n && !str_starts(p->lines[i].is->text, p->rule->value)) {
        format_tell(p, i, quoted(p->arena, p->lines[i].is->text),
                    str_format(p->arena, "mở đầu bằng “%.*s”", STR_ARG(str_trim(p->rule->value))));
    }
}

/* A line drawn apart from the text is not seen; one made of dashes is. */
static void line_check(struct format_paper *p) {
    size_t last = p->n;
    for (size_t i = format_next(p, p->rule->element, 0); i < p->n; i = format_next(p, p->rule->element, i + 1)) {
        last = i;
    }
    if (last == p->n) {
        return;
    }
    for (size_t i = last + 1; i < p->n && i <= last + BELOW; i++) {
        if (p->lines[i].is_dashes && p->lines[i].side == p->lines[last].side) {
            format_tell(p, i, quoted(p->arena, p->lines[i].is->text), S("đường kẻ ngang nét liền ở phía dưới"));
            return;
        }
    }
    format_gap(p, "Đường kẻ được vẽ riêng, ngoài chữ, nên không đo được.");
}

/* The Party's star stands between the organ and the number. */
static void star_check(struct format_paper *p) {
    size_t number = format_next(p, FORMAT_NUMBER, 0), organ = format_next(p, FORMAT_ORGAN, 0);
    bool has = false;
    for (size_t i = organ; i < number && i < p->n; i++) {
        struct str text = p->lines[i].is->text;
        has = has || str_eq(text, S("*")) || str_eq(text, S("★")) || str_eq(text, S("⋆"));
    }
    if (organ < p->n && number < p->n && !has) {
        format_tell(p, organ, S("dưới tên cơ quan không có dấu sao"), S("dấu sao (*) giữa tên cơ quan và số"));
    }
}

/* ---- lists, an entry of which may go over several lines */

struct entry {
    size_t from;     /* its first line */
    struct str text; /* without its dash */
    bool has_dash, is_last;
};

static bool is_dashed(struct str s) { return str_starts(s, S("-")) || str_starts(s, S("–")) || str_starts(s, S("+")); }

static bool begins_entry(const struct format_paper *p, size_t i) {
    const struct format_line *l = &p->lines[i];
    bool is_basis = l->element == FORMAT_BASIS;
    return p->layout->is_declared || l->is->is_listed || str_starts(l->key, S("luu")) || is_dashed(l->is->text) ||
           (is_basis &&
            (format_opens(l, "can cu") || format_opens(l, "theo de nghi") || format_opens(l, "xet de nghi")));
}

/* The entry that begins at *i, which goes on to the next. */
static bool entry_take(const struct format_paper *p, size_t *i, struct entry *out) {
    enum format_element e = p->rule->element;
    if (*i >= p->n) {
        return false;
    }
    struct buf b = buf_in(p->arena);
    struct str text = p->lines[*i].is->text;
    *out = (struct entry){.from = *i, .has_dash = is_dashed(text) || p->lines[*i].is->is_listed};
    do {
        buf_put(&b, b.len ? S(" ") : S(""));
        buf_put(&b, p->lines[*i].is->text);
        *i = format_next(p, e, *i + 1);
    } while (*i < p->n && !begins_entry(p, *i));
    out->text = buf_str(&b);
    size_t at = 0;
    while (is_dashed(text) && at < out->text.len && (at == 0 || out->text.at[at] == ' ')) {
        utf8_next(out->text, &at);
    }
    out->text = str_slice(out->text, at, out->text.len);
    out->is_last = *i >= p->n;
    return true;
}

/* value: "- ;" wants a dash before and a semicolon after each, "; ." only the ends; the last ends with a full stop. */
static void entries_check(struct format_paper *p) {
    bool wants_dash = str_starts(p->rule->value, S("-"));
    struct entry one;
    for (size_t i = format_next(p, p->rule->element, 0); entry_take(p, &i, &one);) {
        if (wants_dash && !one.has_dash) {
            format_tell(p, one.from, quoted(p->arena, one.text), S("gạch đầu dòng (-) trước mỗi dòng"));
        }
        if (!str_ends(one.text, one.is_last ? S(".") : S(";"))) {
            format_tell(p, one.from, quoted(p->arena, one.text),
                        one.is_last ? S("dấu chấm (.) ở cuối dòng cuối") : S("dấu chấm phẩy (;) ở cuối dòng"));
        }
    }
}

static void kept_check(struct format_paper *p) {
    struct entry one = {0};
    size_t from = p->n;
    for (size_t i = format_next(p, p->rule->element, 0); entry_take(p, &i, &one);) {
        struct str key = format_words_in(p->arena, one.text);
        if (str_starts(key, S("luu"))) {
            from = one.from;
            bool is_right = str_starts(one.text, p->rule->value) && one.is_last;
            if (!is_right) {
                format_tell(p, one.from, quoted(p->arena, one.text),
                            str_format(p->arena, "dòng cuối mở đầu bằng “%.*s”", STR_ARG(str_trim(p->rule->value))));
            }
        }
    }
    if (from == p->n && format_next(p, p->rule->element, 0) < p->n) {
        format_tell(p, one.from, S("không có dòng lưu"),
                    str_format(p->arena, "dòng cuối mở đầu bằng “%.*s”", STR_ARG(str_trim(p->rule->value))));
    }
}

static void ending_check(struct format_paper *p) {
    size_t last = p->n;
    for (size_t i = format_next(p, FORMAT_BODY, 0); i < p->n; i = format_next(p, FORMAT_BODY, i + 1)) {
        last = i;
    }
    if (last == p->n) {
        return;
    }
    struct str text = p->lines[last].is->text, end = p->rule->value;
    bool is_slashed = str_ends(text, S("./."));
    if (p->lines[last].is->is_cell || p->foot_from >= p->n) {
        format_gap(p, "Không rõ nội dung kết thúc ở đâu.");
    } else if (!str_ends(text, end) || (is_slashed && !str_eq(end, S("./.")))) {
        size_t from = text.len > 24 ? text.len - 24 : 0;
        while (from < text.len && ((unsigned char)text.at[from] & 0xc0) == 0x80) {
            from++;
        }
        format_tell(p, last, str_format(p->arena, "kết thúc bằng “%.*s”", STR_ARG(str_slice(text, from, text.len))),
                    str_format(p->arena, "kết thúc bằng “%.*s”", STR_ARG(end)));
    }
}

bool format_words_check(struct format_paper *p) {
    static const struct {
        struct str rule;
        void (*check)(struct format_paper *p);
    } checks[] = {{S_INIT("present"), present_check},  {S_INIT("text"), text_check},
                  {S_INIT("prefix"), prefix_check},    {S_INIT("line_below"), line_check},
                  {S_INIT("star"), star_check},        {S_INIT("items"), entries_check},
                  {S_INIT("ends"), entries_check},     {S_INIT("kept"), kept_check},
                  {S_INIT("ending"), ending_check},    {S_INIT("grammar"), format_number_check},
                  {S_INIT("date"), format_date_check}, {S_INIT("organ_sign"), format_organ_sign_check},
                  {S_INIT("font"), format_font_check}, {S_INIT("black"), format_black_check}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (str_eq(checks[i].rule, p->rule->rule)) {
            checks[i].check(p);
            return true;
        }
    }
    return false;
}
