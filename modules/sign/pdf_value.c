/* Values of a PDF. */
#include "base/arena.h"
#include "modules/sign/pdf.h"

#include "base/banned.h"

enum { DEPTH_MOST = 32 };

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
static bool is_mark(char c) { return c && strchr("()<>[]{}/%", c) != NULL; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
static char at_of(struct str b, size_t at) { return at < b.len ? b.at[at] : '\0'; }

void pdf_skip_space(struct str b, size_t *at) {
    while (*at < b.len && (is_space(b.at[*at]) || b.at[*at] == '%')) {
        if (b.at[*at] == '%') {
            while (*at < b.len && b.at[*at] != '\n' && b.at[*at] != '\r') {
                ++*at;
            }
        } else {
            ++*at;
        }
    }
}

static bool whole_number(struct str b, size_t *at, int64_t *n) {
    size_t from = *at;
    int64_t sum = 0;
    while (*at < b.len && is_digit(b.at[*at]) && *at - from < 18) {
        sum = sum * 10 + (b.at[(*at)++] - '0');
    }
    *n = sum;
    return *at > from && !is_digit(at_of(b, *at));
}

bool pdf_head(struct str b, size_t *at, int64_t *number) {
    size_t here = *at;
    int64_t generation;
    bool ok = whole_number(b, &here, number) && is_space(at_of(b, here));
    pdf_skip_space(b, &here);
    ok = ok && whole_number(b, &here, &generation) && is_space(at_of(b, here));
    pdf_skip_space(b, &here);
    ok = ok && str_starts(str_slice(b, here, here + 3), S("obj"));
    *at = ok ? here + 3 : *at;
    return ok;
}

static bool number(struct str b, size_t *at, struct pdf_value *out) {
    size_t from = *at, digits = 0, points = 0;
    *at += at_of(b, *at) == '-' || at_of(b, *at) == '+';
    while (*at < b.len && (is_digit(b.at[*at]) || b.at[*at] == '.')) {
        points += b.at[*at] == '.';
        digits += b.at[*at] != '.';
        ++*at;
    }
    if (!digits || points > 1) {
        return false;
    }
    out->kind = points || digits > 18 ? PDF_REAL : PDF_INT;
    if (out->kind == PDF_INT) {
        size_t here = from + (is_digit(b.at[from]) ? 0 : 1);
        bool is_read = whole_number(b, &here, &out->number);
        out->number = b.at[from] == '-' ? -out->number : out->number;
        return is_read;
    }
    return true;
}

/* "12 0 R" after its first number. */
static void reference(struct str b, size_t *at, struct pdf_value *out) {
    size_t here = *at;
    int64_t generation;
    if (out->kind != PDF_INT || out->number < 0 || !is_space(at_of(b, here))) {
        return;
    }
    pdf_skip_space(b, &here);
    if (!whole_number(b, &here, &generation) || !is_space(at_of(b, here))) {
        return;
    }
    pdf_skip_space(b, &here);
    char next = at_of(b, here + 1);
    if (at_of(b, here) == 'R' && (here + 1 >= b.len || is_space(next) || is_mark(next))) {
        out->kind = PDF_REF;
        *at = here + 1;
    }
}

static int hex_of(char c) { return is_digit(c) ? c - '0' : (c | 32) - 'a' + 10; }

static bool name(struct arena *a, struct str b, size_t *at, struct pdf_value *out) {
    size_t from = ++*at;
    while (*at < b.len && !is_space(b.at[*at]) && !is_mark(b.at[*at])) {
        ++*at;
    }
    out->kind = PDF_NAME;
    out->text = str_slice(b, from, *at);
    if (str_find(out->text, S("#"), 0) != SIZE_MAX) {
        char *plain = arena_take(a, char, out->text.len);
        size_t n = 0;
        for (size_t i = 0; i < out->text.len; i++) {
            const char *c = out->text.at + i;
            bool is_code = *c == '#' && i + 2 < out->text.len && is_hex(c[1]) && is_hex(c[2]);
            plain[n++] = is_code ? (char)(hex_of(c[1]) * 16 + hex_of(c[2])) : *c;
            i += is_code ? 2 : 0;
        }
        out->text = (struct str){plain, n};
    }
    return true;
}

static bool string(struct str b, size_t *at, struct pdf_value *out) {
    int64_t open = 0;
    out->kind = PDF_STRING;
    for (; *at < b.len; ++*at) {
        char c = b.at[*at];
        if (c == '\\') {
            ++*at;
        } else if (c == '(') {
            open++;
        } else if (c == ')' && --open == 0) {
            ++*at;
            return true;
        }
    }
    return false;
}

static bool hex(struct str b, size_t *at, struct pdf_value *out) {
    out->kind = PDF_HEX;
    for (++*at; *at < b.len && (is_hex(b.at[*at]) || is_space(b.at[*at]));) {
        ++*at;
    }
    return at_of(b, (*at)++) == '>';
}

static bool word(struct str b, size_t *at, struct pdf_value *out) {
    size_t from = *at;
    while (*at < b.len && b.at[*at] >= 'a' && b.at[*at] <= 'z') {
        ++*at;
    }
    struct str w = str_slice(b, from, *at);
    out->kind = PDF_WORD;
    return str_eq(w, S("true")) || str_eq(w, S("false")) || str_eq(w, S("null"));
}

static bool value_at(struct arena *a, struct str b, size_t *at, int depth, struct pdf_value *out);

/* Array or dictionary, behind its opening. */
static bool many(struct arena *a, struct str b, size_t *at, int depth, struct pdf_value *out) {
    bool is_dict = out->kind == PDF_DICT;
    for (;;) {
        pdf_skip_space(b, at);
        if (at_of(b, *at) == (is_dict ? '>' : ']')) {
            *at += is_dict ? 2 : 1;
            return !is_dict || (at_of(b, *at - 1) == '>' && *at <= b.len && out->items.n % 2 == 0);
        }
        struct pdf_value one;
        if (!value_at(a, b, at, depth + 1, &one) || (is_dict && out->items.n % 2 == 0 && one.kind != PDF_NAME)) {
            return false;
        }
        LIST_ADD(a, &out->items, one);
    }
}

static bool plain(struct str b, size_t *at, struct pdf_value *out) {
    char c = b.at[*at];
    if (!is_digit(c) && c != '-' && c != '+' && c != '.') {
        return word(b, at, out);
    }
    bool ok = number(b, at, out);
    if (ok) {
        reference(b, at, out);
    }
    return ok;
}

static bool value_at(struct arena *a, struct str b, size_t *at, int depth, struct pdf_value *out) {
    pdf_skip_space(b, at);
    size_t from = *at;
    char c = at_of(b, *at), next = at_of(b, *at + 1);
    bool ok;
    *out = (struct pdf_value){0};
    if (from >= b.len || depth > DEPTH_MOST) {
        return false;
    }
    switch (c) {
    case '/': ok = name(a, b, at, out); break;
    case '(': ok = string(b, at, out); break;
    case '[':
    case '<':
        out->kind = c == '[' ? PDF_ARRAY : next == '<' ? PDF_DICT : PDF_HEX;
        *at += out->kind == PDF_ARRAY ? 1 : out->kind == PDF_DICT ? 2 : 0;
        ok = out->kind == PDF_HEX ? hex(b, at, out) : many(a, b, at, depth, out);
        break;
    default: ok = plain(b, at, out);
    }
    out->raw = str_slice(b, from, *at);
    return ok;
}

bool pdf_value(struct arena *a, struct str bytes, size_t *at, struct pdf_value *out) {
    return value_at(a, bytes, at, 0, out);
}

const struct pdf_value *pdf_member(const struct pdf_value *dict, const char *key) {
    for (size_t i = 0; dict && dict->kind == PDF_DICT && i + 1 < dict->items.n; i += 2) {
        if (str_eq(dict->items.at[i].text, str_of(key))) {
            return &dict->items.at[i + 1];
        }
    }
    return NULL;
}

bool pdf_has_twice(const struct pdf_value *dict, const char *key) {
    size_t n = 0;
    for (size_t i = 0; dict->kind == PDF_DICT && i + 1 < dict->items.n; i += 2) {
        n += str_eq(dict->items.at[i].text, str_of(key));
    }
    return n > 1;
}

bool pdf_is_name(const struct pdf_value *v, const char *text) {
    return v && v->kind == PDF_NAME && str_eq(v->text, str_of(text));
}

int64_t pdf_int(const struct pdf_value *v, int64_t otherwise) {
    return v && v->kind == PDF_INT ? v->number : otherwise;
}

bool pdf_same(const struct pdf_value *a, const struct pdf_value *b) {
    if (a->kind != b->kind || a->items.n != b->items.n) {
        return false;
    }
    if (a->kind == PDF_NAME) {
        return str_eq(a->text, b->text);
    }
    if (a->kind == PDF_INT || a->kind == PDF_REF) {
        return a->number == b->number;
    }
    if (a->kind != PDF_ARRAY && a->kind != PDF_DICT) {
        return str_eq(a->raw, b->raw);
    }
    for (size_t i = 0; i < a->items.n; i++) {
        if (!pdf_same(&a->items.at[i], &b->items.at[i])) {
            return false;
        }
    }
    return true;
}
