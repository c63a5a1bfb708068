/* One answer, cleaned and judged by its kind. */
#include "fields/inside.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { TEXT_MOST = 300, LONGTEXT_MOST = 20000, NAME_MOST = 100 };

void fields_wrong(const struct fields_scope *scope, struct fields_answer *x, const char *format, ...) {
    char words[1024];
    va_list args;
    if (x->fault.len) {
        return;
    }
    va_start(args, format);
    int n = vsnprintf(words, sizeof words, format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof words ? (size_t)n : sizeof words - 1;
    x->fault = utf8_clean(scope->state->arena, (struct str){words, len});
}

void fields_wrong_form(const struct fields_scope *scope, struct fields_answer *x, struct str words) {
    if (x->item->message.len) {
        fields_wrong(scope, x, "%.*s", STR_ARG(x->item->message));
    } else {
        struct str behind = str_slice(words, sizeof "%.*s" - 1, words.len);
        fields_wrong(scope, x, "%.*s%.*s", STR_ARG(x->item->label), STR_ARG(behind));
    }
}

bool fields_choice_next(struct str *rest, struct str *piece) {
    while (rest->len) {
        size_t n = 0;
        while (n < rest->len && rest->at[n] != ',' && rest->at[n] != '\n') {
            n++;
        }
        *piece = str_trim(str_slice(*rest, 0, n));
        *rest = str_slice(*rest, n + 1, rest->len);
        if (piece->len) {
            return true;
        }
    }
    return false;
}

/* Full-width letters and digits of other keyboards as the usual ones; odd spaces as one. */
static uint32_t usual(uint32_t c) {
    if (c >= 0xff01 && c <= 0xff5e) {
        return c - 0xff01 + '!';
    }
    return c == 0xa0 || c == 0x3000 || c == 0x202f || (c >= 0x2000 && c <= 0x200a) ? ' ' : c;
}

/* White space folded, but line ends of a long text kept; control characters gone. */
static struct str cleaned(struct arena *a, struct str typed, bool is_long) {
    struct buf b = buf_in(a);
    struct str s = utf8_clean(a, typed);
    bool was_space = true;
    for (size_t at = 0; at < s.len;) {
        char bytes[4];
        uint32_t c = usual(utf8_next(s, &at));
        bool is_line = c == '\n';
        if (is_long && is_line) {
            buf_put_char(&b, '\n');
            was_space = true;
        } else if (c == ' ' || c == '\t' || is_line) {
            if (!was_space) {
                buf_put_char(&b, ' ');
            }
            was_space = true;
        } else if (c >= ' ' && c != 0x7f) {
            size_t n = utf8_put(bytes, c);
            buf_put(&b, (struct str){bytes, n});
            was_space = false;
        }
    }
    return str_trim(buf_str(&b));
}

/* Without what people put between groups of digits and letters. */
static struct str packed(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr(" .-()", s.at[i])) {
            buf_put_char(&b, s.at[i]);
        }
    }
    return buf_str(&b);
}

static bool is_digits(struct str s, size_t n) {
    int64_t value;
    return s.len == n && s.at[0] != '-' && num_read(s, &value);
}

/* +84 and 84 before a number are our 0. */
static struct str phone_packed(struct arena *a, struct str s) {
    s = packed(a, s);
    size_t code = str_starts(s, S("+84")) ? 3 : str_starts(s, S("84")) && s.len == 11 ? 2 : 0;
    if (!code) {
        return s;
    }
    struct str rest = str_slice(s, code, s.len);
    return str_starts(rest, S("0")) ? rest : str_format(a, "0%.*s", STR_ARG(rest));
}

static bool is_phone(struct str s) {
    return is_digits(s, s.len) && str_starts(s, S("0")) &&
           (s.len == 10 ? strchr("35789", s.at[1]) != NULL : s.len == 11 && s.at[1] == '2');
}

static bool is_email(struct str s) {
    struct str name, host;
    if (!str_cut(s, S("@"), &name, &host) || !name.len || s.len > 254 || str_find(host, S("@"), 0) != SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] <= ' ' || strchr("<>()[],;:\\\"", s.at[i])) {
            return false;
        }
    }
    return str_find(host, S("."), 0) != SIZE_MAX && !str_starts(host, S(".")) && !str_ends(host, S(".")) &&
           str_find(host, S(".."), 0) == SIZE_MAX;
}

static void text_shape(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    if (x->item->kind == FIELDS_ID_NO || x->item->kind == FIELDS_ACCOUNT_NO) {
        x->text = packed(a, x->text);
    } else if (x->item->kind == FIELDS_PHONE) {
        x->text = phone_packed(a, x->text);
    } else if (x->item->kind == FIELDS_EMAIL) {
        x->text = utf8_lower(a, x->text);
    }
    const struct fields_pattern *pattern = x->item->rule.pattern;
    if (pattern) {
        if (!fields_pattern_fits(a, pattern, x->text)) {
            fields_wrong_form(scope, x, S("%.*s chưa đúng mẫu."));
        }
    } else if (x->item->kind == FIELDS_ID_NO && !is_digits(x->text, 12)) {
        fields_wrong_form(scope, x, S("%.*s gồm đúng 12 chữ số."));
    } else if (x->item->kind == FIELDS_PHONE && !is_phone(x->text)) {
        fields_wrong_form(scope, x, S("%.*s gồm 10 chữ số, bắt đầu bằng 0."));
    }
    if ((x->item->kind == FIELDS_EMAIL || x->item->rule.is_email) && !is_email(x->text)) {
        fields_wrong_form(scope, x, S("%.*s chưa đúng, viết như ten@vidu.vn."));
    }
}

static const struct fields_option *option_of(const struct fields_item *k, struct str value) {
    for (size_t i = 0; i < k->options.n; i++) {
        if (str_eq(k->options.at[i].value, value)) {
            return &k->options.at[i];
        }
    }
    return NULL;
}

/* One choice, of the definition's own or of a list somebody keeps. */
static bool choice_take(const struct fields_scope *scope, const struct fields_answer *x, struct str piece,
                        struct fields_option *found) {
    const struct fields_world *world = scope->state->world;
    struct str within = S("");
    if (x->item->options.n) {
        const struct fields_option *o = option_of(x->item, piece);
        *found = o ? *o : (struct fields_option){0};
        return o;
    }
    if (!world->find) {
        *found = (struct fields_option){.value = piece, .label = piece};
        return piece.len <= TEXT_MOST;
    }
    if (x->item->rule.within.len) {
        const struct fields_answer *other = fields_scope_find(scope, x->item->rule.within);
        within = other ? other->text : S("");
    }
    return world->find(world->thing, scope->state->arena, x->item, within, piece, found);
}

static void text_judge(const struct fields_scope *scope, struct fields_answer *x) {
    const struct fields_item *k = x->item;
    struct fields_option found = {0};
    text_shape(scope, x);
    if (k->rule.list.len && !x->fault.len && !choice_take(scope, x, x->text, &found)) {
        fields_wrong_form(scope, x, S("%.*s không tìm thấy; mời xem lại."));
    }
    int64_t n = (int64_t)utf8_length(x->text);
    int64_t most = k->has_most                     ? k->most
                   : k->kind == FIELDS_LONGTEXT    ? LONGTEXT_MOST
                   : k->kind == FIELDS_PERSON_NAME ? NAME_MOST
                                                   : TEXT_MOST;
    if (n > most) {
        fields_wrong(scope, x, "%.*s dài quá %lld ký tự (đang có %lld).", STR_ARG(k->label), (long long)most,
                     (long long)n);
    } else if (k->has_least && n < k->least) {
        fields_wrong(scope, x, "%.*s cần ít nhất %lld ký tự.", STR_ARG(k->label), (long long)k->least);
    }
}

static void count_judge(const struct fields_scope *scope, struct fields_answer *x, int64_t n) {
    const struct fields_item *k = x->item;
    if (k->has_most && n > k->most) {
        fields_wrong(scope, x, "%.*s: tối đa %lld (đang có %lld).", STR_ARG(k->label), (long long)k->most,
                     (long long)n);
    } else if (k->has_least && n < k->least) {
        fields_wrong(scope, x, "%.*s: cần ít nhất %lld (đang có %lld).", STR_ARG(k->label), (long long)k->least,
                     (long long)n);
    }
}

static bool is_taken(struct str taken, struct str value) {
    struct str piece;
    while (fields_choice_next(&taken, &piece)) {
        if (str_eq(piece, value)) {
            return true;
        }
    }
    return false;
}

static void choices_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct buf codes = buf_in(scope->state->arena), labels = codes;
    struct str rest = x->text, piece;
    bool is_many = fields_kind_facts(x->item->kind)->is_many;
    int64_t n = 0;
    if (!is_many) {
        rest = S("");
        piece = x->text;
    }
    while (is_many ? fields_choice_next(&rest, &piece) : n == 0) {
        struct fields_option found = {0};
        if (!choice_take(scope, x, piece, &found) || n >= FIELDS_CHOICES_MOST) {
            fields_wrong_form(scope, x, S("%.*s không có trong danh sách; mời chọn lại."));
            return;
        }
        if (!is_taken(buf_str(&codes), found.value)) {
            buf_printf(&codes, "%s%.*s", n ? "," : "", STR_ARG(found.value));
            buf_printf(&labels, "%s%.*s", n ? ", " : "", STR_ARG(found.label));
            n++;
        }
    }
    x->text = buf_str(&codes);
    x->label = buf_str(&labels);
    if (is_many) {
        count_judge(scope, x, n);
    }
}

static bool is_one_of(struct str s, const char *const *words) {
    for (; *words; words++) {
        if (str_eq(s, str_of(*words))) {
            return true;
        }
    }
    return false;
}

static void bool_judge(const struct fields_scope *scope, struct fields_answer *x) {
    static const char *const yes[] = {"true", "1", "co", "yes", "x", NULL};
    static const char *const no[] = {"false", "0", "khong", "no", NULL};
    struct str s = utf8_fold(scope->state->arena, x->text);
    if (is_one_of(s, yes)) {
        x->text = S("true");
    } else if (is_one_of(s, no)) {
        x->text = x->item->kind == FIELDS_DECLARATION ? S("") : S("false");
    } else {
        fields_wrong_form(scope, x, S("%.*s chọn Có hoặc Không."));
    }
}

/* 8:30, 8h30, 8 giờ 30, 8h. */
static void time_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    struct str s = packed(a, utf8_fold(a, x->text)), hour, minute = S("");
    int64_t h, m = 0;
    if (!str_cut(s, S(":"), &hour, &minute) && !str_cut(s, S("gio"), &hour, &minute)) {
        (void)str_cut(s, S("h"), &hour, &minute);
    }
    if (!num_read_between(hour, 0, 23, &h) || (minute.len && !num_read_between(minute, 0, 59, &m))) {
        fields_wrong_form(scope, x, S("%.*s phải là giờ có thật, viết như 08:30."));
        return;
    }
    x->text = str_format(a, "%02lld:%02lld", (long long)h, (long long)m);
}

/* 15/10, 15/10/2026, with "nhuận" behind it for a month that comes twice; the month has 30 days at most. */
static void lunar_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    struct str s = utf8_fold(a, x->text), day, rest, month, year = S("");
    int64_t d, m, y = 0;
    bool is_leap = str_ends(s, S("nhuan"));
    s = is_leap ? str_trim(str_slice(s, 0, s.len - 5)) : s;
    bool is_right = str_cut(s, S("/"), &day, &rest);
    (void)str_cut(rest, S("/"), &month, &year);
    is_right = is_right && num_read_between(day, 1, 30, &d) && num_read_between(month, 1, 12, &m) &&
               (!year.len || num_read_between(year, 1800, 2200, &y));
    if (!is_right) {
        fields_wrong_form(scope, x, S("%.*s phải là ngày âm lịch, viết như 15/10 hoặc 15/10/2026."));
        return;
    }
    struct buf b = buf_in(a);
    buf_printf(&b, "%02lld/%02lld", (long long)d, (long long)m);
    if (y) {
        buf_printf(&b, "/%04lld", (long long)y);
    }
    buf_put(&b, is_leap ? S(" nhuận") : S(""));
    x->text = buf_str(&b);
}

/* Latitude and longitude; a comma between them, or a semicolon when the fractions have commas. */
static void geo_judge(const struct fields_scope *scope, struct fields_answer *x) {
    enum { SOUTH = 6, NORTH = 24, WEST = 102, EAST = 118 };
    struct arena *a = scope->state->arena;
    struct str north, east, plain[2];
    int64_t n[2] = {0};
    if (!str_cut(x->text, S(";"), &north, &east) && !str_cut(x->text, S(", "), &north, &east)) {
        (void)str_cut(x->text, S(","), &north, &east);
    }
    plain[0] = str_trim(north);
    plain[1] = str_trim(east);
    for (size_t i = 0; i < 2; i++) {
        char *z = str_z(a, plain[i]);
        for (char *c = z; *c; c++) {
            *c = *c == ',' ? '.' : *c;
        }
        struct str whole, fraction;
        (void)str_cut(str_of(z), S("."), &whole, &fraction);
        int64_t part;
        if (!num_read_between(whole, 0, 180, &n[i]) || fraction.len > 9 ||
            (fraction.len && (fraction.at[0] == '-' || !num_read(fraction, &part)))) {
            n[i] = 0;
        }
        plain[i] = str_of(z);
    }
    if (n[0] < SOUTH || n[0] >= NORTH || n[1] < WEST || n[1] >= EAST) {
        fields_wrong_form(scope, x, S("%.*s phải là vĩ độ, kinh độ trong nước ta, viết như 20.8449, 106.6881."));
        return;
    }
    x->text = str_format(a, "%.*s, %.*s", STR_ARG(plain[0]), STR_ARG(plain[1]));
}

static bool is_kind_allowed(struct arena *a, struct str kinds, struct str name) {
    struct str piece, lower = utf8_lower(a, name);
    while (fields_choice_next(&kinds, &piece)) {
        if (str_ends(lower, str_format(a, ".%.*s", STR_ARG(piece)))) {
            return true;
        }
    }
    return false;
}

static void files_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    struct str rest = x->typed, name;
    int64_t n = 0;
    struct buf b = buf_in(a);
    while (str_next(&rest, '\n', &name)) {
        name = cleaned(a, name, false);
        if (!name.len) {
            continue;
        }
        if (!is_kind_allowed(a, x->item->file_kinds, name)) {
            fields_wrong(scope, x, "Tệp “%.*s” không thuộc loại nhận được (%.*s).", STR_ARG(name),
                         STR_ARG(x->item->file_kinds));
        }
        buf_printf(&b, "%s%.*s", n++ ? "\n" : "", STR_ARG(name));
    }
    x->text = buf_str(&b);
    count_judge(scope, x, n);
}

static void kind_judge(const struct fields_scope *scope, struct fields_answer *x) {
    const struct fields_kind_facts *facts = fields_kind_facts(x->item->kind);
    if (facts->is_number) {
        fields_number_judge(scope, x);
    } else if (facts->is_dated) {
        fields_date_judge(scope, x);
    } else if (facts->is_text) {
        text_judge(scope, x);
    } else if (facts->is_chosen || facts->is_kept_elsewhere) {
        choices_judge(scope, x);
    } else if (x->item->kind == FIELDS_BOOL || x->item->kind == FIELDS_DECLARATION) {
        bool_judge(scope, x);
    } else if (x->item->kind == FIELDS_TIME) {
        time_judge(scope, x);
    } else if (x->item->kind == FIELDS_LUNAR) {
        lunar_judge(scope, x);
    } else if (x->item->kind == FIELDS_GEO) {
        geo_judge(scope, x);
    } else if (x->item->kind == FIELDS_FILE) {
        files_judge(scope, x);
    }
}

void fields_value_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    bool is_long = x->item->kind == FIELDS_LONGTEXT || fields_kind_facts(x->item->kind)->is_many;
    if (!utf8_valid(x->typed)) {
        fields_wrong(scope, x, "%.*s có chữ không đọc được. Mời gõ lại.", STR_ARG(x->item->label));
        return;
    }
    x->text = cleaned(a, x->typed, is_long);
    if (x->text.len) {
        kind_judge(scope, x);
    }
    if (x->fault.len) {
        x->text = x->label = S("");
        x->number = 0;
    }
}
