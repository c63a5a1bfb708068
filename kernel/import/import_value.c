/* What a cell means: a number, a day, a choice, a code, a place. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

enum { DIGITS_MOST = 24 };

/* The digits of a text whose other signs are only such as people put between them; a leading + is dropped. */
static bool only_digits(struct arena *a, struct str text, struct str *digits) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_break = (unsigned char)c == 0xc2 || (unsigned char)c == 0xa0;
        if (c >= '0' && c <= '9') {
            buf_put_char(&b, c);
        } else if (!is_break && !strchr(" .-()'", c) && !(c == '+' && b.len == 0)) {
            return false;
        }
    }
    *digits = buf_str(&b);
    return b.len > 0 && b.len <= DIGITS_MOST;
}

/* As it would be read in the file: a number written out. */
static struct str as_shown(struct arena *a, const struct read_cell *cell) {
    struct str digits;
    return cell->kind == READ_CELL_NUMBER && import_stored(a, cell->text, &digits) ? digits : cell->text;
}

static enum import_fault_kind id_no(const struct import_reader *r, const struct read_cell *cell, struct str *value) {
    struct str digits;
    /* 3.02E+10 has lost its last figures for good. */
    if (str_find(cell->text, S("E"), 0) != SIZE_MAX || !only_digits(r->scratch, as_shown(r->scratch, cell), &digits)) {
        return IMPORT_BAD_ID;
    }
    if (digits.len == 12 && digits.at[0] == '0') {
        *value = digits;
        return IMPORT_NO_FAULT;
    }
    bool lost_one = digits.len == 11 && digits.at[0] != '0';
    bool lost_two = digits.len == 10 && digits.at[0] != '0' && cell->kind == READ_CELL_NUMBER;
    if (!lost_one && !lost_two) {
        return IMPORT_BAD_ID;
    }
    *value = str_format(r->a, "%s%.*s", lost_two ? "00" : "0", STR_ARG(digits));
    return IMPORT_ID_MENDED;
}

/* Mobile numbers have ten digits, those of a place (02…) eleven. */
static bool is_phone(struct str digits) {
    return digits.len > 1 && digits.at[0] == '0' && digits.at[1] != '0' &&
           digits.len == (digits.at[1] == '2' ? 11u : 10u);
}

static enum import_fault_kind phone(const struct import_reader *r, const struct read_cell *cell, struct str *value,
                                    struct str *suggestion) {
    struct str digits, first, rest;
    struct str text = as_shown(r->scratch, cell);
    if (!only_digits(r->scratch, text, &digits)) {
        bool is_cut = str_cut(text, S("/"), &first, &rest) || str_cut(text, S(","), &first, &rest) ||
                      str_cut(text, S(";"), &first, &rest);
        if (is_cut && only_digits(r->scratch, first, &digits) && is_phone(digits)) {
            *suggestion = str_copy(r->a, digits);
        }
        return IMPORT_BAD_PHONE;
    }
    bool is_abroad = str_starts(digits, S("84")) && digits.len >= 11;
    struct str own = is_abroad ? str_slice(digits, 2, digits.len) : digits;
    own = is_abroad && own.at[0] != '0' ? str_format(r->scratch, "0%.*s", STR_ARG(own)) : own;
    struct str longer = str_format(r->a, "0%.*s", STR_ARG(own));
    if (is_phone(own)) {
        *value = own;
        return IMPORT_NO_FAULT;
    }
    if (own.at[0] != '0' && is_phone(longer)) {
        *value = longer;
        return IMPORT_PHONE_MENDED;
    }
    return IMPORT_BAD_PHONE;
}

static bool is_within(const struct import_wanted *w, int64_t n) {
    return n >= w->low && (w->high == 0 || n <= w->high);
}

static struct str thousandths_text(struct arena *a, int64_t n) {
    struct str s = str_format(a, "%lld.%03lld", (long long)(n / 1000), (long long)(n % 1000));
    while (s.at[s.len - 1] == '0') {
        s.len--;
    }
    s.len -= s.at[s.len - 1] == '.';
    return s;
}

/* The number some words begin with ("4 người"), or stand for ("bốn"). */
static struct str number_guess(const struct import_reader *r, const struct import_wanted *w, struct str text) {
    int64_t n;
    size_t end = 0;
    if (!import_amount(r->scratch, text, &n)) {
        while (end < text.len && text.at[end] >= '0' && text.at[end] <= '9') {
            end++;
        }
        if (!num_read(str_slice(text, 0, end), &n) || (end < text.len && text.at[end] != ' ')) {
            return S("");
        }
    }
    return is_within(w, n) ? str_format(r->a, "%lld", (long long)n) : S("");
}

static enum import_fault_kind number(const struct import_reader *r, const struct import_wanted *w,
                                     const struct read_cell *cell, struct str *value, struct str *suggestion) {
    int64_t n;
    struct str text = as_shown(r->scratch, cell), whole, part;
    bool is_read;
    if (cell->kind == READ_CELL_NUMBER) {
        str_cut(text, S("."), &whole, &part);
        part = str_slice(part, 0, 3);
        is_read =
            whole.len < 16 && num_read_between(whole, 0, INT64_MAX / 1000, &n) &&
            import_literal(str_format(r->scratch, part.len ? "%.*s.%.*s" : "%.*s%.*s", STR_ARG(whole),
                                      STR_ARG(part.len == 3 ? str_format(r->scratch, "%.*s0", STR_ARG(part)) : part)),
                           &n);
    } else {
        is_read = import_literal(text, &n);
    }
    if (!is_read && w->kind == IMPORT_MONEY && import_amount(r->scratch, text, &n) && n < INT64_MAX / 1000) {
        n *= 1000;
        is_read = true;
    }
    if (!is_read || (w->kind != IMPORT_DECIMAL && n % 1000) || !is_within(w, n / 1000)) {
        *suggestion = number_guess(r, w, text);
        return IMPORT_BAD_NUMBER;
    }
    *value = thousandths_text(r->a, n);
    return IMPORT_NO_FAULT;
}

static enum import_fault_kind day(const struct import_reader *r, const struct import_wanted *w,
                                  const struct read_cell *cell, struct str *value, struct str *suggestion) {
    struct import_day d = {0};
    enum import_date is = import_date_read(r->scratch, cell, r->is_1904, w, &d);
    if (is == IMPORT_NO_DATE) {
        return IMPORT_BAD_DATE;
    }
    if (is != IMPORT_IS_DATE) {
        *suggestion = str_format(r->a, "%02d/%02d/%04d", d.day, d.month, d.year);
    }
    if (is == IMPORT_MAY_BE_DATE) {
        return IMPORT_BAD_DATE;
    }
    *value = !d.month ? str_format(r->a, "%04d", d.year)
             : !d.day ? str_format(r->a, "%04d-%02d", d.year, d.month)
                      : str_format(r->a, "%04d-%02d-%02d", d.year, d.month, d.day);
    return is == IMPORT_IS_SERIAL ? IMPORT_DATE_FROM_NUMBER : IMPORT_NO_FAULT;
}

/* Whether one of the names of a choice is the text, or stands in it; *length is that of the longest. */
static bool is_named(struct arena *a, const struct import_choice *c, struct str plain, bool is_whole, size_t *length) {
    struct str rest = str_format(a, "%.*s|%.*s|%.*s", STR_ARG(c->label), STR_ARG(c->code), STR_ARG(c->synonyms)), one;
    bool is = false;
    while (str_next(&rest, '|', &one)) {
        struct str name = import_plain(a, one, false);
        bool fits = is_whole ? str_eq(name, plain) : name.len > 2 && import_has_words(plain, name);
        if (name.len && fits) {
            *length = !is || name.len > *length ? name.len : *length;
            is = true;
        }
    }
    return is;
}

static bool is_denied(struct arena *a, struct str text) {
    struct str rest = utf8_lower(a, text), word;
    while (str_next(&rest, ' ', &word)) {
        if (import_word_is(word, S("denies"))) {
            return true;
        }
    }
    return false;
}

/* The choice whose name the text is; or else the one with the longest name that stands in it. */
static const struct import_choice *choice_of(struct arena *a, const struct import_wanted *w, struct str text) {
    struct str plain = import_plain(a, text, false);
    const struct import_choice *best = NULL;
    size_t length, most = 0;
    for (size_t i = 0; i < w->n_choices; i++) {
        if (is_named(a, &w->choices[i], plain, true, &length)) {
            return &w->choices[i];
        }
    }
    for (size_t i = 0; i < w->n_choices && !is_denied(a, text); i++) {
        if (is_named(a, &w->choices[i], plain, false, &length) && length >= most) {
            best = length == most ? NULL : &w->choices[i];
            most = length;
        }
    }
    return best;
}

static enum import_fault_kind choice(const struct import_reader *r, const struct import_wanted *w,
                                     const struct read_cell *cell, struct str *value, struct str *suggestion) {
    const struct import_choice *c = choice_of(r->scratch, w, as_shown(r->scratch, cell));
    if (c) {
        *value = c->code;
        return IMPORT_NO_FAULT;
    }
    struct buf b = buf_in(r->a);
    for (size_t i = 0; i < w->n_choices; i++) {
        buf_put(&b, i ? S("; ") : S(""));
        buf_put(&b, w->choices[i].label.len ? w->choices[i].label : w->choices[i].code);
    }
    *suggestion = buf_str(&b);
    return IMPORT_BAD_CHOICE;
}

static enum import_fault_kind truth(const struct import_reader *r, const struct read_cell *cell, struct str *value) {
    struct str lower = utf8_lower(r->scratch, as_shown(r->scratch, cell));
    bool is_yes = import_word_is(lower, S("yes"));
    if (!is_yes && !import_word_is(lower, S("no"))) {
        return IMPORT_BAD_CHOICE;
    }
    *value = is_yes ? S("true") : S("false");
    return IMPORT_NO_FAULT;
}

static enum import_fault_kind place(const struct import_reader *r, const struct read_cell *cell, struct str *value,
                                    struct str *suggestion) {
    struct import_place p = {0};
    if (!r->want->place) {
        *value = cell->text;
        return IMPORT_NO_FAULT;
    }
    r->want->place(r->scratch, cell->text, &p);
    *suggestion = p.suggestion;
    switch (p.state) {
    case IMPORT_PLACE_FOUND:
        *suggestion = S("");
        *value = p.code;
        return IMPORT_NO_FAULT;
    case IMPORT_PLACE_OLD: *value = p.code; return IMPORT_COMMUNE_OLD;
    case IMPORT_PLACE_SEVERAL: return IMPORT_COMMUNE_SEVERAL;
    case IMPORT_PLACE_UNKNOWN: break;
    }
    return IMPORT_COMMUNE_UNKNOWN;
}

static enum import_fault_kind read_kind(const struct import_reader *r, const struct import_wanted *w,
                                        const struct read_cell *cell, struct str *value, struct str *suggestion) {
    switch (w->kind) {
    case IMPORT_TEXT: *value = as_shown(r->scratch, cell); return IMPORT_NO_FAULT;
    case IMPORT_INT:
    case IMPORT_DECIMAL:
    case IMPORT_MONEY: return number(r, w, cell, value, suggestion);
    case IMPORT_DATE: return day(r, w, cell, value, suggestion);
    case IMPORT_BOOL: return truth(r, cell, value);
    case IMPORT_CHOICE: return choice(r, w, cell, value, suggestion);
    case IMPORT_PHONE: return phone(r, cell, value, suggestion);
    case IMPORT_ID_NO: return id_no(r, cell, value);
    case IMPORT_PLACE: return place(r, cell, value, suggestion);
    }
    return IMPORT_NO_FAULT;
}

static enum import_fault_kind read_new(const struct import_reader *r, const struct import_wanted *w,
                                       const struct read_cell *cell, struct str *value, struct str *suggestion) {
    *value = *suggestion = S("");
    enum import_fault_kind fault = read_kind(r, w, cell, value, suggestion);
    *value = str_copy(r->a, *value);
    *suggestion = fault == IMPORT_ID_MENDED || fault == IMPORT_PHONE_MENDED ? *value : str_copy(r->a, *suggestion);
    return fault;
}

enum import_fault_kind import_value(const struct import_reader *r, const struct import_wanted *w,
                                    const struct read_cell *cell, struct str *value, struct str *suggestion) {
    *value = *suggestion = S("");
    if (cell->kind == READ_CELL_FAULT) {
        return IMPORT_FORMULA_FAULT;
    }
    if (!r->memos || (w->kind != IMPORT_PLACE && w->kind != IMPORT_CHOICE)) {
        return read_new(r, w, cell, value, suggestion);
    }
    struct import_memo *m = &r->memos[(str_hash(cell->text) + (size_t)w->kind) % IMPORT_MEMOS];
    if (m->wanted != w || !str_eq(m->typed, cell->text)) {
        m->wanted = w;
        m->typed = cell->text;
        m->fault = read_new(r, w, cell, &m->value, &m->suggestion);
    }
    *value = m->value;
    *suggestion = m->suggestion;
    return m->fault;
}
