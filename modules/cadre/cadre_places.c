/* When the units of a place stood. */
#include "modules/cadre/cadre_check.h"

#include "base/arena.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "modules/place/place.h"

#include "base/banned.h"

FACTS(cadre_facts_places, "modules/cadre/places.tsv");

enum { PLACE_CELLS = 4, COMMUNE_CELLS = 10, BEFORE_CELLS = 5 };
static const struct date merged = {2025, 7, 1}, merged_before = {2025, 6, 30};

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/* Whether a folded text names a folded place, as whole words, and not as the beginning of a longer name. */
static bool names(struct str text, struct str name) {
    for (size_t at = str_find(text, name, 0); name.len && at != SIZE_MAX; at = str_find(text, name, at + 1)) {
        size_t end = at + name.len;
        bool is_whole = (!at || !is_letter(text.at[at - 1])) && (end == text.len || !is_letter(text.at[end]));
        if (is_whole) {
            return true;
        }
    }
    return false;
}

/* "phường Lê Chân" of "Phường Lê Chân". */
static struct str small(struct arena *a, struct str full) {
    struct str first = {0}, rest = {0};
    str_cut(full, S(" "), &first, &rest);
    return str_format(a, "%.*s %.*s", STR_ARG(utf8_lower(a, first)), STR_ARG(rest));
}

static struct str says_from(struct arena *a, struct str name, struct date from, struct str was) {
    return str_format(a, "%.*s có từ %.*s%s%.*s", STR_ARG(name), STR_ARG(date_vi(a, from)), was.len ? "; " : "",
                      STR_ARG(was));
}
static struct str says_until(struct arena *a, struct str name, struct date until, struct str now) {
    return str_format(a, "%.*s có đến hết %.*s%s%.*s", STR_ARG(name), STR_ARG(date_vi(a, until)), now.len ? ": " : "",
                      STR_ARG(now));
}

static struct str of_days(struct arena *a, struct str name, struct date from, struct date until, struct str words,
                          const struct cadre_stay *stay) {
    if (from.year && date_cmp(stay->from, from) < 0) {
        return says_from(a, name, from, S(""));
    }
    return until.year && date_cmp(stay->until, until) > 0 ? says_until(a, name, until, words) : S("");
}

static struct str districts(struct arena *a, struct str text, const struct cadre_stay *stay) {
    struct str rest = FACTS_STR(cadre_facts_places), cell[PLACE_CELLS], why = S("");
    while (!why.len && facts_next(&rest, cell, PLACE_CELLS)) {
        struct date from = {0}, until = {0};
        if (!names(text, utf8_fold(a, cell[0]))) {
            continue;
        }
        date_read_iso(cell[1], &from);
        date_read_iso(cell[2], &until);
        why = of_days(a, cell[0], from, until, cell[3], stay);
    }
    return why;
}

static bool was_before(struct str full) {
    struct str rest = place_before_table(), cell[BEFORE_CELLS];
    while (facts_next(&rest, cell, BEFORE_CELLS)) {
        if (str_eq(cell[0], S("C")) && str_eq(cell[2], full)) {
            return true;
        }
    }
    return false;
}

static bool is_today(struct arena *a, struct str full) {
    struct str rest = place_communes_table(), cell[COMMUNE_CELLS];
    while (facts_next(&rest, cell, COMMUNE_CELLS)) {
        if (str_eq(str_format(a, "%.*s %.*s", STR_ARG(cell[1]), STR_ARG(cell[2])), full)) {
            return true;
        }
    }
    return false;
}

static struct str communes(struct arena *a, struct str text, const struct cadre_stay *stay) {
    struct str rest = place_communes_table(), cell[COMMUNE_CELLS], why = S("");
    while (!why.len && date_cmp(stay->from, merged) < 0 && facts_next(&rest, cell, COMMUNE_CELLS)) {
        struct str full = str_format(a, "%.*s %.*s", STR_ARG(cell[1]), STR_ARG(cell[2]));
        if (names(text, utf8_fold(a, full)) && !was_before(full)) {
            why = says_from(a, small(a, full), merged, S(""));
        }
    }
    rest = place_before_table();
    struct str old[BEFORE_CELLS];
    while (!why.len && date_cmp(stay->until, merged_before) > 0 && facts_next(&rest, old, BEFORE_CELLS)) {
        if (str_eq(old[0], S("C")) && names(text, utf8_fold(a, old[2])) && !is_today(a, old[2])) {
            why = says_until(a, small(a, old[2]), merged_before, S(""));
        }
    }
    return why;
}

struct str cadre_place_lacks(struct arena *a, struct str text, const struct cadre_stay *stay) {
    struct str folded = utf8_fold(a, text), why = districts(a, folded, stay);
    return why.len ? why : communes(a, folded, stay);
}
