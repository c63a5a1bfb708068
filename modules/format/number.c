/* Number and notation by the grammar of the profile, and the day. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { GROUPS = 12 };

/* "13/QĐ-MTTQ-BTT": the number, then signs and groups of letters by turns. */
struct notation {
    struct str lead, digits, signs[GROUPS], groups[GROUPS]; /* signs[i] stands before groups[i] */
    size_t n;
    bool is_blank; /* the number is not written yet */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_of_group(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '&' || c >= 0xc0;
}
static bool is_dash(uint32_t c) { return c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 || c == 0x2212; }

/* The next run of letters, or of anything but letters. */
static struct str run_of(struct str s, size_t *at, bool is_group) {
    size_t from = *at;
    while (*at < s.len) {
        size_t before = *at;
        uint32_t c = utf8_next(s, at);
        bool is_letter = is_of_group(c) && !is_dash(c) && c != 0x2026;
        if (is_letter != is_group) {
            *at = before;
            break;
        }
    }
    return str_slice(s, from, *at);
}

static size_t after_lead(struct str s) {
    size_t at = s.len && (s.at[0] == 'S' || s.at[0] == 's') ? 1 : 0;
    if (at < s.len) {
        utf8_next(s, &at);
    }
    while (at < s.len && (s.at[at] == ':' || s.at[at] == '.' || s.at[at] == ' ')) {
        at++;
    }
    return at;
}

static bool is_in_capitals(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= 'a' && s.at[i] <= 'z') {
            return false;
        }
    }
    return true;
}

static void notation_read(struct str s, struct notation *out) {
    *out = (struct notation){0};
    size_t at = after_lead(s), from = at;
    out->lead = str_slice(s, 0, at);
    while (at < s.len && is_digit(s.at[at])) {
        at++;
    }
    out->digits = str_slice(s, from, at);
    out->is_blank = !out->digits.len;
    while (at < s.len && out->n < GROUPS) {
        struct str sign = run_of(s, &at, false), group = run_of(s, &at, true);
        bool is_other = !str_trim(sign).len && sign.len && !is_in_capitals(group);
        if (!group.len || is_other) {
            break;
        }
        out->signs[out->n] = sign;
        out->groups[out->n++] = group;
    }
}

static const struct format_type *type_by_sign(const struct format_paper *p, struct str sign) {
    for (size_t i = 0; i < p->t->types.n; i++) {
        const struct format_type *t = &p->t->types.at[i];
        if (t->sign.len && format_is_of(p, t->profile) && str_eq(t->sign, sign)) {
            return t;
        }
    }
    return NULL;
}

/* BTT is both "bản thỏa thuận" and the Front's "Ban Thường trực": of a letter it is the organ. */
const struct format_type *format_number_type(const struct format_paper *p) {
    size_t i = format_next(p, FORMAT_NUMBER, 0);
    struct notation n;
    if (i >= p->n) {
        return NULL;
    }
    notation_read(p->lines[i].is->text, &n);
    const struct format_type *t = n.n ? type_by_sign(p, n.groups[0]) : NULL;
    return t && str_eq(t->sign, S("BTT")) ? NULL : t;
}

static struct str quoted(struct arena *a, struct str s) { return str_format(a, "“%.*s”", STR_ARG(s)); }

static void digits_check(struct format_paper *p, size_t line, const struct notation *n) {
    int64_t value;
    if (n->is_blank) {
        format_gap(p, "Số văn bản chưa được ghi thành chữ trong tệp.");
        return;
    }
    if (!num_read_between(n->digits, 1, 9999999, &value)) {
        format_tell(p, line, quoted(p->arena, n->digits), S("số thứ tự bắt đầu từ 01"));
        return;
    }
    struct str wanted = str_format(p->arena, value < 10 ? "0%lld" : "%lld", (long long)value);
    if (!str_eq(wanted, n->digits)) {
        format_tell(p, line, quoted(p->arena, n->digits), quoted(p->arena, wanted));
    }
}

static bool is_year(struct str s) {
    int64_t y;
    return s.len == 4 && num_read_between(s, 1945, 2999, &y);
}

/* The sign the pattern wants before group i: after {n}, after the first group; between later ones a hyphen. */
static struct str sign_wanted(struct str pattern, size_t i) {
    size_t at = str_find(pattern, S("}"), 0);
    if (i == 1 && at != SIZE_MAX) {
        at = str_find(pattern, S("}"), at + 1);
    }
    return i > 1 || at == SIZE_MAX ? S("-") : str_slice(pattern, at + 1, at + 2);
}

/* Of a number left blank only the last sign before the first group counts: "……/TB". */
static struct str sign_found(const struct notation *n, size_t i) {
    struct str s = n->signs[i];
    return n->is_blank && i == 0 && s.len ? str_slice(s, s.len - 1, s.len) : s;
}

static void signs_check(struct format_paper *p, size_t line, const struct notation *n) {
    for (size_t i = 0; i < n->n; i++) {
        struct str wanted = sign_wanted(p->rule->value, i), found = sign_found(n, i), group = n->groups[i];
        if (!str_eq(found, wanted)) {
            format_tell(p, line,
                        found.len ? str_format(p->arena, "“%.*s” trước “%.*s”", STR_ARG(found), STR_ARG(group))
                                  : str_format(p->arena, "không có dấu trước “%.*s”", STR_ARG(group)),
                        str_format(p->arena, "dấu “%.*s”, không cách chữ", STR_ARG(wanted)));
        }
    }
}

/* What the type of the paper may be abbreviated to. */
static bool is_sign_of(const struct format_paper *p, struct str name, struct str sign, struct str *wanted) {
    bool is_it = false;
    for (size_t i = 0; i < p->t->types.n; i++) {
        const struct format_type *t = &p->t->types.at[i];
        if (format_is_of(p, t->profile) && str_eq(t->name, name)) {
            *wanted = wanted->len ? *wanted : t->sign;
            is_it = is_it || str_eq(t->sign, sign);
        }
    }
    return is_it;
}

static void groups_check(struct format_paper *p, size_t line, const struct notation *n) {
    bool is_typed = str_find(p->rule->value, S("{type}"), 0) != SIZE_MAX;
    struct str wanted = S("");
    struct str name = p->type ? p->type->name : p->out->is_letter ? S("Công văn") : S("");
    if (n->n < 2) {
        format_tell(p, line, quoted(p->arena, p->lines[line].is->text), quoted(p->arena, p->rule->value));
    }
    if (is_typed && n->n && name.len && !is_sign_of(p, name, n->groups[0], &wanted) && wanted.len) {
        format_tell(p, line, quoted(p->arena, n->groups[0]),
                    str_format(p->arena, "“%.*s” là chữ viết tắt của %.*s", STR_ARG(wanted), STR_ARG(name)));
    }
    bool is_cv = n->n && str_eq(n->groups[0], S("CV"));
    if (!is_typed && (is_cv || format_number_type(p))) {
        format_tell(p, line, quoted(p->arena, n->groups[0]), S("ký hiệu công văn không có chữ viết tắt tên loại"));
    }
    for (size_t i = is_typed ? 1 : 0; i < n->n; i++) {
        if (!is_in_capitals(n->groups[i])) {
            format_tell(p, line, quoted(p->arena, n->groups[i]), S("ký hiệu bằng chữ in hoa"));
        }
    }
}

void format_number_check(struct format_paper *p) {
    struct notation n;
    size_t line = format_next(p, FORMAT_NUMBER, 0);
    if (line >= p->n) {
        return;
    }
    notation_read(p->lines[line].is->text, &n);
    size_t end = str_find(p->rule->value, S("{n}"), 0);
    struct str lead = str_slice(p->rule->value, 0, end);
    if (!str_eq(str_trim(lead), str_trim(n.lead)) || (!n.is_blank && !str_eq(lead, n.lead))) {
        format_tell(p, line, quoted(p->arena, n.lead), quoted(p->arena, lead));
    }
    digits_check(p, line, &n);
    if (n.n && is_year(n.groups[0])) {
        format_tell(p, line, quoted(p->arena, n.groups[0]),
                    S("ký hiệu không có năm (năm chỉ ghi ở văn bản quy phạm pháp luật)"));
        n.n--;
        for (size_t i = 0; i < n.n; i++) {
            n.signs[i] = n.signs[i + 1];
            n.groups[i] = n.groups[i + 1];
        }
    }
    signs_check(p, line, &n);
    groups_check(p, line, &n);
}

/* Of the Front's own papers the notation says so. */
void format_organ_sign_check(struct format_paper *p) {
    size_t line = format_next(p, FORMAT_NUMBER, 0);
    struct str organ = utf8_fold(p->arena, format_text(p, FORMAT_ORGAN));
    struct str above = utf8_fold(p->arena, format_text(p, FORMAT_PARENT));
    bool is_front = str_find(organ, S("mttq"), 0) != SIZE_MAX ||
                    str_find(organ, S("mat tran to quoc"), 0) != SIZE_MAX ||
                    str_find(above, S("mttq"), 0) != SIZE_MAX || str_find(above, S("mat tran to quoc"), 0) != SIZE_MAX;
    if (line < p->n && is_front && str_find(organ, S("ban thuong truc"), 0) != SIZE_MAX &&
        str_find(p->lines[line].is->text, p->rule->value, 0) == SIZE_MAX) {
        format_tell(p, line, quoted(p->arena, p->lines[line].is->text),
                    S("ký hiệu có tên viết tắt của Mặt trận, ví dụ MTTQ-BTT"));
    }
}

/* ---- the day */

struct day {
    struct str place, day, month, year; /* as written; empty: left blank */
    bool has_comma;
};

/* Figures after a word, at most one blank run between. */
static struct str figures_after(struct str fold, const char *word, size_t *from) {
    size_t at = str_find(fold, str_of(word), *from);
    if (at == SIZE_MAX) {
        return S("");
    }
    at += str_of(word).len;
    while (at < fold.len && fold.at[at] == ' ') {
        at++;
    }
    size_t end = at;
    while (end < fold.len && is_digit(fold.at[end])) {
        end++;
    }
    *from = end;
    return str_slice(fold, at, end);
}

static bool day_read(const struct format_paper *p, struct day *out) {
    size_t line = format_next(p, FORMAT_PLACE_DATE, 0);
    if (line >= p->n) {
        return false;
    }
    struct str text = p->lines[line].is->text, fold = p->lines[line].fold;
    size_t from = 0, comma = str_find(text, S(","), 0);
    *out = (struct day){.has_comma = comma != SIZE_MAX};
    out->day = figures_after(fold, "ngay", &from);
    out->month = figures_after(fold, "thang", &from);
    out->year = figures_after(fold, "nam", &from);
    out->place = str_trim(str_slice(text, 0, out->has_comma ? comma : 0));
    return true;
}

struct date format_day(const struct format_paper *p) {
    struct day d;
    int64_t day, month, year;
    struct date none = {0};
    if (!day_read(p, &d) || !num_read_between(d.day, 1, 31, &day) || !num_read_between(d.month, 1, 12, &month) ||
        !num_read_between(d.year, 1945, 2999, &year)) {
        return none;
    }
    struct date on = {(int16_t)year, (int8_t)month, (int8_t)day};
    return date_valid(on) ? on : none;
}

static void padded_check(struct format_paper *p, size_t line, struct str figures, const char *word, int64_t most) {
    int64_t n;
    if (num_read_between(figures, 1, most, &n) && figures.len == 1) {
        format_tell(p, line, str_format(p->arena, "“%s %.*s”", word, STR_ARG(figures)),
                    str_format(p->arena, "“%s 0%.*s”", word, STR_ARG(figures)));
    }
}

void format_date_check(struct format_paper *p) {
    struct day d;
    size_t line = format_next(p, FORMAT_PLACE_DATE, 0);
    if (!day_read(p, &d)) {
        return;
    }
    struct str text = p->lines[line].is->text;
    bool is_named = d.place.len && str_eq(utf8_capital(p->arena, d.place), d.place);
    if (!d.has_comma || !is_named) {
        format_tell(p, line, quoted(p->arena, text), S("địa danh viết hoa, dấu phẩy rồi ngày, tháng, năm"));
    }
    if (!d.day.len || !d.month.len || !d.year.len) {
        format_gap(p, "Ngày, tháng, năm ban hành chưa được ghi đủ thành chữ trong tệp.");
        return;
    }
    padded_check(p, line, d.day, "ngày", 9);
    padded_check(p, line, d.month, "tháng", 2);
    if (d.day.len > 2 || d.month.len > 2 || !format_day(p).year) {
        format_tell(p, line, quoted(p->arena, text), S("một ngày có thật, ghi ngày dd tháng mm năm yyyy"));
    }
}
