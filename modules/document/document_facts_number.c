/* Số và ký hiệu: "23/2023/QĐ-TTg", "249/MTTQ-BTT", "05-NQ/ĐU". Recognition's usual mistakes are mended only towards
   the closed list of type codes and the few organ codes everybody has; everything else is left as it was read. */
#include "modules/document/document_facts_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static const struct str organs[] = {
    S_INIT("CP"),    S_INIT("TTg"), S_INIT("UBND"), S_INIT("HĐND"), S_INIT("MTTQ"), S_INIT("BTT"),  S_INIT("UBTVQH"),
    S_INIT("VPCP"),  S_INIT("TW"),  S_INIT("ĐU"),   S_INIT("TU"),   S_INIT("BTV"),  S_INIT("VPTW"), S_INIT("BTC"),
    S_INIT("BNV"),   S_INIT("BCA"), S_INIT("BQP"),  S_INIT("BTP"),  S_INIT("BYT"),  S_INIT("MTTW"), S_INIT("BKHCN"),
    S_INIT("BGDĐT"), S_INIT("BXD"), S_INIT("BCT"),  S_INIT("SNV"),  S_INIT("VP"),   S_INIT("LĐLĐ"),
};

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* A code with what recognition confuses made one: r and the bars of T and I, Đ and D, Q and O. */
static struct str shape(struct arena *a, struct str code) {
    struct str s = utf8_fold(a, code);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        char c = small(s.at[i]);
        buf_put_char(&b, c == 'i' || c == 'l' || c == '1' || c == '|' || c == 't' ? 't'
                         : c == 'o' || c == '0'                                   ? 'q'
                                                                                  : c);
    }
    return buf_str(&b);
}

static bool same_shape(struct arena *a, struct str seen, struct str known, int most) {
    struct str x = shape(a, seen), y = shape(a, known);
    return document_distance(x, y, most) <= most;
}

/* A letter that stands for a figure in the term of an assembly. */
static char term_figure(char c) {
    switch (c) {
    case 'I':
    case 'l':
    case '|': return '1';
    case 'O': return '0';
    case 'S': return '5';
    default: return c;
    }
}

/* QH13, QHI4, 0H15: a term of the National Assembly. */
static bool mend_assembly(struct arena *a, struct str code, struct str *out) {
    struct str s = str_starts(code, S("UBTV")) ? str_slice(code, 4, code.len) : code;
    if (s.len < 3 || s.len > 4 || !strchr("QO0", s.at[0]) || s.at[1] != 'H') {
        return false;
    }
    struct buf b = buf_in(a);
    buf_put(&b, str_slice(code, 0, code.len - s.len));
    BUF_LIT(&b, "QH");
    for (size_t i = 2; i < s.len; i++) {
        char c = term_figure(s.at[i]);
        if (c < '0' || c > '9') {
            return false;
        }
        buf_put_char(&b, c);
    }
    *out = buf_str(&b);
    return true;
}

/* "Pó6": the bowl of a 6 read twice. */
static struct str without_echo(struct arena *a, struct str code) {
    size_t at = str_find(code, S("ó6"), 0);
    return at == SIZE_MAX ? code
                          : str_format(a, "%.*s%.*s", (int)at, code.at, STR_ARG(str_slice(code, at + 2, code.len)));
}

static bool is_organ_exactly(struct str code) {
    for (size_t i = 0; i < sizeof organs / sizeof *organs; i++) {
        if (str_eq(organs[i], code)) {
            return true;
        }
    }
    return false;
}

static const struct str *organ_shaped(struct arena *a, struct str code) {
    for (size_t i = 0; i < sizeof organs / sizeof *organs; i++) {
        if (same_shape(a, code, organs[i], 0)) {
            return &organs[i];
        }
    }
    return NULL;
}

/* A type whose code of at least `shortest` bytes looks like this one, but for `most` letters. */
static const struct str *type_shaped(struct arena *a, struct str code, size_t shortest, int most) {
    for (size_t i = 0; i < document_types_n; i++) {
        if (document_types[i].code.len >= shortest && same_shape(a, code, document_types[i].code, most)) {
            return &document_types[i].code;
        }
    }
    return NULL;
}

static bool is_type_exactly(struct str code) {
    for (size_t i = 0; i < document_types_n; i++) {
        if (str_eq(document_types[i].code, code)) {
            return true;
        }
    }
    return false;
}

static struct str mend_code(struct arena *a, struct str read, bool may_be_type, bool *is_mended) {
    struct str mended, code = without_echo(a, read);
    *is_mended = *is_mended || code.len != read.len;
    if (mend_assembly(a, code, &mended)) {
        *is_mended = *is_mended || !str_eq(mended, code);
        return mended;
    }
    if ((may_be_type && is_type_exactly(code)) || is_organ_exactly(code)) {
        return code;
    }
    const struct str *known = may_be_type ? type_shaped(a, code, 2, 0) : NULL;
    known = known ? known : organ_shaped(a, code);
    /* "CTIr" for CTr: one letter too many, in a place where only a type can stand. */
    known = known || !may_be_type || code.len <= 3 ? known : type_shaped(a, code, 3, 1);
    *is_mended = *is_mended || known;
    return known ? *known : code;
}

static bool is_figure(char c) { return c >= '0' && c <= '9'; }

/* Without spaces and stray dots; other dashes made one. */
static struct str squeeze(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t at = 0; at < s.len;) {
        size_t before = at;
        uint32_t c = utf8_next(s, &at);
        if (c == ' ' || c == ':' || c == ';' || c == ',' || c == '"' || c == '\'' || c == '_' || c == '*') {
            continue;
        }
        if (c == 0x2013 || c == 0x2014 || c == 0x2010 || c == 0x2011 || c == '~' || c == '=') {
            buf_put_char(&b, '-');
        } else {
            buf_put(&b, str_slice(s, before, at));
        }
    }
    struct str out = buf_str(&b);
    while (out.len && strchr(".-|", out.at[0])) {
        out = str_slice(out, 1, out.len);
    }
    while (out.len && strchr(".-/|)(", out.at[out.len - 1])) {
        out = str_slice(out, 0, out.len - 1);
    }
    return out;
}

/* A letter that looks like a figure, as that figure. */
static char as_figure(char c) {
    switch (c) {
    case 'l':
    case 'I':
    case '|': return '1';
    case 'O':
    case 'o': return '0';
    case 'S': return '5';
    case 'Z': return '2';
    default: return c;
    }
}

/* The figures before the first / or -, with letters that look like figures. */
static size_t read_figures(struct arena *a, struct str s, struct str *number, bool *is_mended) {
    struct buf b = buf_in(a);
    size_t i = 0;
    for (; i < s.len && s.at[i] != '/' && s.at[i] != '-'; i++) {
        char c = s.at[i], f = as_figure(c);
        bool is_suffix = i > 0 && (c == 'a' || c == 'b' || c == 'c') && i + 1 < s.len && s.at[i + 1] == '/';
        if (!is_figure(f) && !is_suffix) {
            return 0;
        }
        *is_mended = *is_mended || f != c;
        buf_put_char(&b, f);
    }
    *number = buf_str(&b);
    return i <= 7 ? i : 0;
}

static bool is_year(struct str s) {
    return s.len == 4 && is_figure(s.at[0]) && is_figure(s.at[1]) && is_figure(s.at[2]) && is_figure(s.at[3]) &&
           (s.at[0] == '1' || s.at[0] == '2');
}

static bool is_code_text(struct str s) {
    size_t letters = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        letters += (c >= 'A' && c <= 'Z') || c == 0x110;
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || c == '.' ||
              c == '+' || (c >= 0xc0 && c < 0x1f00))) {
            return false;
        }
    }
    return s.len > 0 && s.len <= 24 && letters > 0;
}

static size_t part_end(struct str s) {
    size_t cut = 0;
    while (cut < s.len && s.at[cut] != '-' && s.at[cut] != '/') {
        cut++;
    }
    return cut;
}

/* What follows the number's sign: a year perhaps, then codes between - and /. False when it is no notation. */
static bool read_notation(struct arena *a, struct str rest, struct buf *b, bool *is_mended) {
    bool may_be_type = true;
    while (rest.len) {
        size_t cut = part_end(rest);
        struct str part = str_slice(rest, 0, cut);
        if (is_year(part) && b->len == 0) {
            buf_put(b, part);
        } else if (!is_code_text(part)) {
            return false;
        } else {
            buf_put(b, mend_code(a, part, may_be_type, is_mended));
            may_be_type = false;
        }
        if (cut < rest.len) {
            buf_put_char(b, rest.at[cut]);
        }
        rest = str_slice(rest, cut + 1, rest.len);
    }
    return b->len > 0 && !is_year(buf_str(b));
}

bool document_number_read(struct arena *a, struct str words, struct str *number, struct str *notation,
                          bool *is_mended) {
    struct str s = squeeze(a, words);
    *is_mended = false;
    *number = *notation = S("");
    size_t i = read_figures(a, s, number, is_mended);
    if (i >= s.len || (i == 0 && s.at[i] != '/')) {
        return false;
    }
    struct buf b = buf_in(a);
    if (!read_notation(a, str_slice(s, i + 1, s.len), &b, is_mended)) {
        return false;
    }
    *notation = s.at[i] == '-' ? str_format(a, "-%.*s", (int)b.len, b.at) : buf_str(&b);
    return true;
}

const struct document_type *document_type_in(struct str notation) {
    struct str s = str_starts(notation, S("-")) ? str_slice(notation, 1, notation.len) : notation;
    if (s.len > 5 && is_year(str_slice(s, 0, 4)) && s.at[4] == '/') {
        s = str_slice(s, 5, s.len);
        /* 27/2001/QH10 is a law by its own name; the number does not tell which kind. */
        if (str_starts(s, S("QH")) || str_starts(s, S("UBTVQH"))) {
            return NULL;
        }
    }
    size_t cut = part_end(s);
    const struct document_type *t = cut < s.len ? document_type_by_code(str_slice(s, 0, cut)) : NULL;
    return t && t->code.len > 1 && !str_eq(t->code, S("CV")) ? t : NULL;
}
