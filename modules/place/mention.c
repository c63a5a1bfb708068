/* The names in an address: which words stand before them, and which units may be meant. Streets, villages and whatever
   one is near are passed over. */
#include "modules/place/inside.h"
#include "base/arena.h"

#include "base/banned.h"

/* How many tokens can be read from `at` without crossing a comma; at most as long as names are. */
static size_t run_length(const struct tokens *t, size_t at) {
    size_t n = at < t->n ? 1 : 0;
    while (n && n < NAME_MOST && at + n < t->n && t->at[at + n].gap != GAP_HARD) {
        n++;
    }
    return n;
}

static bool starts_part(const struct tokens *t, size_t at) { return t->at[at].gap == GAP_HARD; }
static bool ends_part(const struct tokens *t, size_t at) { return at >= t->n || t->at[at].gap == GAP_HARD; }

bool place_is_commune_word(enum word_kind w) { return w >= WORD_XA && w <= WORD_COMMUNE; }
static bool is_unit_word(enum word_kind w) { return w >= WORD_XA && w <= WORD_PROVINCE; }
static bool is_part_word(enum word_kind w) { return w >= WORD_VILLAGE && w <= WORD_LANDMARK; }

/* The longest word at a place; its length in tokens, 0 when there is none. */
static size_t word_at(const struct reading *r, size_t at, bool is_after, enum word_kind *kind) {
    size_t room = run_length(&r->t, at), best = 0;
    *kind = WORD_NONE;
    for (size_t i = 0; i < r->index->words.n; i++) {
        const struct word *w = &r->index->words.at[i];
        if (w->is_after == is_after && w->name.n <= room && w->name.n > best &&
            place_fit(&r->t.at[at], &w->name, true) <= FIT_BARE) {
            best = w->name.n;
            *kind = w->kind;
        }
    }
    return best;
}

static bool is_commune(const struct unit *u) { return u->kind == UNIT_TODAY || u->kind == UNIT_OLD; }
static bool is_district(const struct unit *u) { return u->kind == UNIT_DISTRICT || u->kind == UNIT_FAR_DISTRICT; }
static bool is_province(const struct unit *u) { return u->kind == UNIT_PROVINCE || u->kind == UNIT_FAR_PROVINCE; }

static bool may_be(const struct unit *u, enum word_kind w) {
    if (place_is_commune_word(w)) {
        return is_commune(u) || (w == WORD_ZONE && u->kind == UNIT_DISTRICT);
    }
    switch ((int)w) {
    case WORD_NONE: return !u->needs_word;
    case WORD_HUYEN: return is_district(u);
    case WORD_CITY: return is_district(u) || (is_province(u) && u->type != WORD_PROVINCE && !u->needs_word);
    case WORD_PROVINCE: return is_province(u);
    default: return false;
    }
}

/* The longest names that are written at a place, into m; how many tokens they are. */
static size_t names_at(const struct reading *r, size_t at, enum word_kind w, struct mention *m) {
    size_t room = run_length(&r->t, at), best = 0;
    for (size_t i = 0; i < r->index->units.n; i++) {
        const struct unit *u = &r->index->units.at[i];
        if (u->name.n > room || u->name.n < best || !u->name.n || !may_be(u, w)) {
            continue;
        }
        enum fit fit = place_fit(&r->t.at[at], &u->name, r->t.is_marked);
        if (fit == FIT_NONE) {
            continue;
        }
        if (u->name.n > best) {
            best = u->name.n;
            m->hits.n = 0;
        }
        LIST_ADD(r->arena, &m->hits, (struct hit){u, fit});
    }
    return best;
}

/* The same with a slip of the pen or initials; only our own units, and only where a word or the commas say that a unit
   is named. */
static size_t names_nearly_at(const struct reading *r, size_t at, enum word_kind w, struct mention *m) {
    size_t room = run_length(&r->t, at), best = 0;
    for (size_t i = 0; i < r->index->units.n; i++) {
        const struct unit *u = &r->index->units.at[i];
        if (u->kind == UNIT_FAR_DISTRICT || u->kind == UNIT_FAR_PROVINCE || !may_be(u, w)) {
            continue;
        }
        size_t n = place_fit_loose(&r->t.at[at], room, &u->name);
        if (!n || n < best) {
            continue;
        }
        if (n > best) {
            best = n;
            m->hits.n = 0;
        }
        LIST_ADD(r->arena, &m->hits, (struct hit){u, FIT_SPELLING});
    }
    return best;
}

static bool any(const struct mention *m, bool (*is)(const struct unit *u)) {
    for (size_t i = 0; i < m->hits.n; i++) {
        if (is(m->hits.at[i].unit)) {
            return true;
        }
    }
    return false;
}

/* Whether a larger unit is named at a place. */
static bool larger_at(const struct reading *r, size_t at) {
    struct mention m = {0};
    enum word_kind w;
    if (at >= r->t.n) {
        return false;
    }
    size_t n = word_at(r, at, false, &w);
    if (n && w >= WORD_HUYEN && w <= WORD_PROVINCE) {
        return true;
    }
    return names_at(r, at, WORD_NONE, &m) > 0 && (any(&m, is_district) || any(&m, is_province));
}

static struct mention *mention_add(struct reading *r, const struct mention *m) {
    if (r->n == MENTIONS_MOST) {
        return NULL;
    }
    r->mention[r->n] = *m;
    r->mention[r->n].clause = r->clauses;
    return &r->mention[r->n++];
}

static void clause_begin(struct reading *r, enum clause_kind kind) {
    bool is_empty = true;
    for (size_t i = 0; i < r->n; i++) {
        is_empty = is_empty && r->mention[i].clause != r->clauses;
    }
    if (!is_empty && r->clauses < MENTIONS_MOST) {
        r->clauses++;
    }
    r->clause[r->clauses] = r->clauses ? kind : CLAUSE_PLAIN;
}

/* A commune after what it would be part of begins another address, unless the largest came first. */
static void clause_restart(struct reading *r, const struct mention *m) {
    bool has_commune = false, has_larger = false;
    for (size_t i = 0; i < r->n; i++) {
        const struct mention *x = &r->mention[i];
        bool is_here = x->clause == r->clauses;
        has_larger = has_larger || (is_here && has_commune && x->word >= WORD_HUYEN) ||
                     (is_here && has_commune && !x->word && (any(x, is_district) || any(x, is_province)));
        has_commune = has_commune || (is_here && place_is_commune_word(x->word));
    }
    if (place_is_commune_word(m->word) && has_larger) {
        clause_begin(r, CLAUSE_PLAIN);
    }
}

/* What follows a name: its word in English, or that it is the former one. Returns where reading goes on. */
static size_t after_name(const struct reading *r, size_t at, struct mention *m) {
    enum word_kind w;
    size_t n = ends_part(&r->t, at) ? 0 : word_at(r, at, true, &w);
    if (n) {
        m->word = m->word ? m->word : w;
        at += n;
    }
    n = at < r->t.n ? word_at(r, at, false, &w) : 0;
    if (n && w == WORD_OLD) {
        m->is_old = true;
        at += n;
    }
    return at;
}

static size_t lost(struct reading *r, struct mention *m, size_t at) {
    enum word_kind w;
    m->is_lost = true;
    do {
        at++;
    } while (!ends_part(&r->t, at) && !word_at(r, at, false, &w) && !larger_at(r, at));
    m->n = at - m->at;
    mention_add(r, m);
    return at;
}

/* What is written may be one slip away from another name too: both are kept. */
static void slips_add(const struct reading *r, size_t at, size_t n, struct mention *m) {
    struct mention near = {0};
    for (size_t i = 0; i < m->hits.n; i++) {
        if (m->hits.at[i].fit < FIT_MARKS) {
            return;
        }
    }
    if (names_nearly_at(r, at, m->word, &near) == n) {
        for (size_t i = 0; i < near.hits.n; i++) {
            LIST_ADD(r->arena, &m->hits, near.hits.at[i]);
        }
    }
}

/* Another capital letter goes on with the name: it is longer than any that is known. */
static bool goes_on(const struct reading *r, size_t from, size_t next) {
    enum word_kind w;
    struct mention m = {0};
    return r->t.at[from].is_capital && !ends_part(&r->t, next) && r->t.at[next].is_capital &&
           !r->t.at[next].is_number && !word_at(r, next, false, &w) && !word_at(r, next, true, &w) &&
           !names_at(r, next, WORD_NONE, &m);
}

static bool is_letter_word(const struct reading *r, size_t at, size_t n) { return n == 1 && r->t.at[at].s.len == 1; }

/* A unit's word and its name. */
static size_t with_word(struct reading *r, size_t at, size_t n, enum word_kind w) {
    struct mention m = {.at = at, .word = w};
    size_t from = at + n;
    if (ends_part(&r->t, from)) {
        return from;
    }
    size_t length = names_at(r, from, w, &m);
    length = length ? length : names_nearly_at(r, from, w, &m);
    if (!length) {
        bool is_noise = is_letter_word(r, at, n) || r->t.at[from].is_number;
        return is_noise ? from : lost(r, &m, from);
    }
    if (goes_on(r, from, from + length)) {
        m.hits.n = 0;
        return lost(r, &m, from + length - 1);
    }
    slips_add(r, from, length, &m);
    clause_restart(r, &m);
    m.n = n + length;
    size_t next = after_name(r, from + length, &m);
    m.word = w;
    mention_add(r, &m);
    return next;
}

/* Whether a unit's word begins here, so that a street's or village's name ends. */
static bool unit_begins(const struct reading *r, size_t at) {
    enum word_kind w;
    struct mention m = {0};
    size_t n = word_at(r, at, false, &w);
    if (!n || ends_part(&r->t, at + n) || (!is_unit_word(w) && w != WORD_NOW && w != WORD_ROLE)) {
        return false;
    }
    return !is_letter_word(r, at, n) || names_at(r, at + n, w, &m) > 0;
}

/* A commune without its word at the end of a village's name, before its district: "thôn Đông Tú Sơn Kiến Thụy". */
static bool tail_begins(const struct reading *r, size_t at) {
    struct mention m = {0};
    size_t n = names_at(r, at, WORD_NONE, &m);
    return n && any(&m, is_commune) && !ends_part(&r->t, at + n) && larger_at(r, at + n);
}

/* Past a village, street or landmark and its name. */
static size_t part_pass(const struct reading *r, size_t at, size_t n, enum word_kind w) {
    size_t from = at + n, filler;
    enum word_kind more;
    while (!ends_part(&r->t, from) && (filler = word_at(r, from, false, &more)) && more == WORD_FILLER) {
        from += filler;
    }
    if (!ends_part(&r->t, from) && r->t.at[from].is_number) {
        from++;
        if (w == WORD_VILLAGE) {
            return from;
        }
    }
    for (size_t i = from; !ends_part(&r->t, i); i++) {
        if (unit_begins(r, i) || (i >= from + 2 && tail_begins(r, i))) {
            return i;
        }
        n = i + 1 - at;
    }
    return at + n > from ? at + n : from;
}

/* --- Names without a word --- */
/* Only those that fill what stands between commas, follow a number or "ở", or come right before a larger unit. */
static bool is_named(const struct reading *r, size_t at, size_t n) {
    enum word_kind w;
    bool is_fresh = starts_part(&r->t, at) || r->t.at[at - 1].is_number;
    if (at && !is_fresh) {
        const struct mention *last = r->n ? &r->mention[r->n - 1] : NULL;
        is_fresh = (word_at(r, at - 1, false, &w) == 1 && (w == WORD_AT || w == WORD_ROLE)) ||
                   (last && last->at + last->n == at);
    }
    return (is_fresh && ends_part(&r->t, at + n)) || larger_at(r, at + n) ||
           (is_fresh && word_at(r, at + n, false, &w) && (w == WORD_OLD || w == WORD_NOW || w == WORD_WAS)) ||
           (is_fresh && word_at(r, at + n, true, &w));
}

static void keep(struct mention *m, bool (*is)(const struct unit *u)) {
    size_t n = 0;
    for (size_t i = 0; i < m->hits.n; i++) {
        if (!is(m->hits.at[i].unit)) {
            m->hits.at[n++] = m->hits.at[i];
        }
    }
    m->hits.n = n;
}

static bool is_one_syllable(const struct unit *u) { return u->name.n == 1; }

static size_t without_word(struct reading *r, size_t at) {
    struct mention m = {.at = at};
    size_t n = names_at(r, at, WORD_NONE, &m);
    bool is_whole = starts_part(&r->t, at) && ends_part(&r->t, at + n);
    if (!n && starts_part(&r->t, at)) {
        n = names_nearly_at(r, at, WORD_NONE, &m);
        n = n && (ends_part(&r->t, at + n) || larger_at(r, at + n)) ? n : 0;
        is_whole = n > 0;
    }
    if (!n) {
        return 0;
    }
    if (!is_whole && !is_named(r, at, n)) {
        keep(&m, is_commune);
    }
    if (!is_whole) {
        keep(&m, is_one_syllable);
    }
    if (!m.hits.n) {
        return 0;
    }
    m.n = n;
    size_t next = after_name(r, at + n, &m);
    enum word_kind w;
    size_t street = ends_part(&r->t, at + n) ? 0 : word_at(r, at + n, true, &w);
    if (street && w == WORD_STREET_AFTER) {
        return at + n + street;
    }
    clause_restart(r, &m);
    mention_add(r, &m);
    return next;
}

/* Ngô Quyền without marks begins like ngõ, xã Đường An like a street: a name when it fills its part or is followed by
   what it is part of. */
static bool is_name_first(const struct reading *r, size_t at, size_t word) {
    struct mention m = {0};
    size_t n = names_at(r, at, WORD_NONE, &m);
    if (n <= word) {
        return false;
    }
    enum word_kind w;
    return (starts_part(&r->t, at) && ends_part(&r->t, at + n)) || larger_at(r, at + n) || word_at(r, at + n, true, &w);
}

/* A house number and the street's name right after it. */
static bool is_house(const struct tokens *t, size_t at) {
    return t->at[at].is_number && starts_part(t, at) && !ends_part(t, at + 1);
}

static size_t step(struct reading *r, size_t at) {
    enum word_kind w;
    size_t n = word_at(r, at, false, &w);
    if (n && is_unit_word(w) && !is_name_first(r, at, n)) {
        return with_word(r, at, n, w);
    }
    if (n && is_part_word(w) && !is_name_first(r, at, n)) {
        return part_pass(r, at, n, w);
    }
    if (n && (w == WORD_ROLE || w == WORD_NOW || w == WORD_WAS)) {
        clause_begin(r, w == WORD_ROLE ? CLAUSE_PLAIN : CLAUSE_SAME);
        return at + n;
    }
    if (is_house(&r->t, at)) {
        return part_pass(r, at, 1, WORD_STREET);
    }
    size_t next = without_word(r, at);
    return next ? next : at + 1;
}

void place_mentions(struct reading *r) {
    for (size_t at = 0; at < r->t.n;) {
        at = step(r, at);
    }
}
