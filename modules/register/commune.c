/* The communes of Hải Phòng by whatever name they are written: what a sheet's cell may mean. */
#include "modules/register/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "modules/place/place.h"

#include "base/banned.h"

FACTS(register_facts_units, "modules/register/units.tsv");

enum { CELLS = 5, SUGGESTED_MOST = 12, NEAR_LEAST = 6 };

/* What was typed: "xã", "kiến quốc", "kiến thụy"; the kind and the district may be empty. */
struct typed {
    struct str kind, name, district;
};
struct codes {
    struct str at[SUGGESTED_MOST];
    size_t n;
};

/* Lower case, single spaces, its kind taken off. */
static struct str name_of(struct arena *a, struct str text, struct str *kind) {
    struct str rest = str_trim(utf8_lower(a, text)), units = FACTS_STR(register_facts_units), cell[2], word;
    *kind = S("");
    while (!kind->len && facts_next(&units, cell, 2)) {
        bool is_whole = rest.len > cell[0].len && (rest.at[cell[0].len] == ' ' || str_ends(cell[0], S(".")));
        if (is_whole && str_starts(rest, cell[0])) {
            *kind = cell[1];
            rest = str_slice(rest, cell[0].len, rest.len);
        }
    }
    struct buf b = buf_in(a);
    while (str_next(&rest, ' ', &word)) {
        if (word.len) {
            buf_put(&b, b.len ? S(" ") : S(""));
            buf_put(&b, word);
        }
    }
    return buf_str(&b);
}

static struct typed typed_of(struct arena *a, struct str text) {
    static const char *const parts[] = {" - ", ",", "("};
    struct str head = text, tail = {0}, kind;
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t at = str_find(text, str_of(parts[i]), 0);
        if (at < first) {
            first = at;
            head = str_slice(text, 0, at);
            tail = str_slice(text, at + strlen(parts[i]), text.len);
        }
    }
    struct str next;
    str_cut(tail, S(","), &tail, &next);
    tail = str_trim(tail);
    tail = str_ends(tail, S(")")) ? str_slice(tail, 0, tail.len - 1) : tail;
    struct typed t = {.district = name_of(a, tail, &kind)};
    t.name = name_of(a, head, &t.kind);
    return t;
}

static void code_add(struct codes *c, struct str code) {
    for (size_t i = 0; i < c->n; i++) {
        if (str_eq(c->at[i], code)) {
            return;
        }
    }
    if (c->n < SUGGESTED_MOST) {
        c->at[c->n++] = code;
    }
}

/* Whether folded names differ by one letter, put in, left out, or another, or by two that changed places. */
static bool is_one_off(struct str a, struct str b) {
    size_t from = 0, end = 0;
    while (from < a.len && from < b.len && a.at[from] == b.at[from]) {
        from++;
    }
    while (end < a.len - from && end < b.len - from && a.at[a.len - 1 - end] == b.at[b.len - 1 - end]) {
        end++;
    }
    size_t left_a = a.len - from - end, left_b = b.len - from - end;
    bool is_swapped = left_a == 2 && left_b == 2 && a.at[from] == b.at[from + 1] && a.at[from + 1] == b.at[from];
    return (left_a <= 1 && left_b <= 1) || is_swapped;
}

enum likeness { SAME, SAME_FOLDED, NEAR };

static void now_find(struct arena *a, const struct typed *t, enum likeness like, struct codes *out) {
    struct str rest = place_communes_table(), cell[CELLS], folded = utf8_fold(a, t->name);
    while (facts_next(&rest, cell, CELLS)) {
        struct str name = utf8_lower(a, cell[2]);
        bool is_kind = !t->kind.len || str_eq(utf8_lower(a, cell[1]), t->kind);
        bool fits = like == SAME          ? str_eq(name, t->name)
                    : like == SAME_FOLDED ? str_eq(utf8_fold(a, name), folded)
                                          : folded.len >= NEAR_LEAST && is_one_off(utf8_fold(a, name), folded);
        if (is_kind && fits) {
            code_add(out, cell[0]);
        }
    }
}

static struct str district_code(struct arena *a, struct str name) {
    struct str rest = place_before_table(), cell[CELLS], kind;
    while (name.len && facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], S("D")) && str_eq(utf8_fold(a, name_of(a, cell[2], &kind)), utf8_fold(a, name))) {
            return cell[1];
        }
    }
    return S("");
}

static void old_find(struct arena *a, const struct typed *t, struct str district, struct codes *out) {
    struct str rest = place_before_table(), cell[CELLS], kind, code;
    while (facts_next(&rest, cell, CELLS)) {
        if (!str_eq(cell[0], S("C")) || (district.len && !str_eq(cell[3], district)) ||
            !str_eq(name_of(a, cell[2], &kind), t->name) || (t->kind.len && !str_eq(kind, t->kind))) {
            continue;
        }
        struct str codes = cell[4];
        while (str_next(&codes, ' ', &code)) {
            code_add(out, code);
        }
    }
}

static struct str names_of(struct arena *a, const struct codes *c) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < c->n; i++) {
        struct str rest = place_communes_table(), cell[CELLS];
        while (facts_next(&rest, cell, CELLS)) {
            if (str_eq(cell[0], c->at[i])) {
                buf_printf(&b, "%s%.*s %.*s (%.*s)", b.len ? "; " : "", STR_ARG(cell[1]), STR_ARG(cell[2]),
                           STR_ARG(cell[0]));
            }
        }
    }
    return buf_str(&b);
}

static void settle(struct arena *a, const struct codes *c, enum import_place_state alone, struct import_place *out) {
    out->state = c->n == 1 ? alone : IMPORT_PLACE_SEVERAL;
    out->code = c->at[0];
    out->suggestion = names_of(a, c);
}

/* No such name: the only one that is near may be meant. Without any marks several may be. */
static void unknown(struct arena *a, struct typed *t, struct import_place *out) {
    struct codes c = {0};
    bool has_marks = !str_eq(utf8_fold(a, t->name), t->name);
    now_find(a, t, SAME_FOLDED, &c);
    if (c.n > 1 && !has_marks) {
        settle(a, &c, IMPORT_PLACE_UNKNOWN, out);
        return;
    }
    if (!c.n) {
        now_find(a, t, NEAR, &c);
    }
    if (!c.n && t->kind.len) {
        now_find(a, &(struct typed){.name = t->name}, SAME, &c);
    }
    out->state = IMPORT_PLACE_UNKNOWN;
    out->suggestion = c.n == 1 ? names_of(a, &c) : S("");
}

void register_commune(struct arena *a, struct str text, struct import_place *out) {
    struct typed t = typed_of(a, text);
    struct str district = district_code(a, t.district);
    struct codes now = {0}, old = {0};
    *out = (struct import_place){0};
    now_find(a, &t, SAME, &now);
    old_find(a, &t, district, &old);
    if (now.n && !(district.len && old.n)) {
        settle(a, &now, IMPORT_PLACE_FOUND, out);
    } else if (old.n) {
        settle(a, &old, IMPORT_PLACE_OLD, out);
    } else {
        unknown(a, &t, out);
    }
}
