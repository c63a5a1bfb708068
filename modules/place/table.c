/* The tables of the room, read into units with their names as syllables. */
#include "modules/place/inside.h"
#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"

#include <stdlib.h>

#include "base/banned.h"

FACTS(place_facts_communes, "modules/place/communes.tsv");
FACTS(place_facts_before, "modules/place/before.tsv");
FACTS(place_facts_older, "modules/place/older.tsv");
FACTS(place_facts_elsewhere, "modules/place/elsewhere.tsv");
FACTS(place_facts_words, "modules/place/words.tsv");

enum { CELLS = 10 };

struct str place_communes_table(void) {
    return FACTS_STR(place_facts_communes);
}
struct str place_before_table(void) {
    return FACTS_STR(place_facts_before);
}

struct place_communes place_communes(const struct place_index *index) {
    return (struct place_communes){index->communes.at, index->communes.n};
}

const struct place_commune *place_commune(const struct place_index *index, struct str code) {
    for (size_t i = 0; i < index->communes.n; i++) {
        if (str_eq(index->communes.at[i].code, code)) {
            return &index->communes.at[i];
        }
    }
    return NULL;
}

static enum word_kind type_of(struct str full, struct str *name) {
    static const struct {
        struct str word;
        enum word_kind kind;
    } types[] = {
        {S_INIT("Xã "), WORD_XA},        {S_INIT("Phường "), WORD_PHUONG},  {S_INIT("Thị trấn "), WORD_TOWN},
        {S_INIT("Đặc khu "), WORD_ZONE}, {S_INIT("Huyện "), WORD_HUYEN},    {S_INIT("Quận "), WORD_HUYEN},
        {S_INIT("Thị xã "), WORD_HUYEN}, {S_INIT("Thành phố "), WORD_CITY}, {S_INIT("Tỉnh "), WORD_PROVINCE},
    };
    *name = full;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_starts(full, types[i].word)) {
            *name = str_slice(full, types[i].word.len, full.len);
            return types[i].kind;
        }
    }
    return WORD_NONE;
}

static struct unit *unit_add(struct arena *a, struct place_index *x, enum unit_kind kind, struct str full) {
    struct unit *u = LIST_PUSH(a, &x->units);
    struct str name;
    u->kind = kind;
    u->full = full;
    u->type = type_of(full, &name);
    u->name = place_name(a, name);
    return u;
}

static size_t commune_at(const struct place_index *x, struct str code) {
    const struct place_commune *c = place_commune(x, code);
    return c ? (size_t)(c - x->communes.at) : SIZE_MAX;
}

static struct unit *district(struct place_index *x, size_t i) { return &x->units.at[x->districts[i]]; }

static size_t district_at(struct place_index *x, struct str code) {
    for (size_t i = 0; i < x->districts_n; i++) {
        if (str_eq(district(x, i)->code, code)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void communes_read(struct arena *a, struct place_index *x) {
    struct str rest = FACTS_STR(place_facts_communes), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        struct place_commune *c = LIST_PUSH(a, &x->communes);
        *c = (struct place_commune){.code = cell[0],
                                    .type = cell[1],
                                    .name = cell[2],
                                    .full = str_format(a, "%.*s %.*s", STR_ARG(cell[1]), STR_ARG(cell[2])),
                                    .former = cell[3],
                                    .km2 = strtod(str_z(a, cell[4]), NULL),
                                    .neighbours = cell[8],
                                    .seat = cell[9]};
        num_read(cell[5], &c->people);
        struct unit *u = unit_add(a, x, UNIT_TODAY, c->full);
        u->code = c->code;
        u->province = c->former;
        u->bit = x->communes.n - 1;
        set_add(&u->to, u->bit);
    }
}

static void successors_read(const struct place_index *x, struct str codes, struct set *to) {
    struct str code;
    while (str_next(&codes, ' ', &code)) {
        size_t i = commune_at(x, code);
        if (i != SIZE_MAX) {
            set_add(to, i);
        }
    }
}

static void district_add(struct arena *a, struct place_index *x, struct str full, struct str code) {
    struct unit *u = unit_add(a, x, UNIT_DISTRICT, full);
    u->code = code;
    u->district = x->districts_n;
    u->parts = UINT64_C(1) << x->districts_n;
    x->districts[x->districts_n++] = x->units.n - 1;
}

/* Đông Hải 1 and 2 were one Đông Hải, and are still called so. */
static void without_number(struct arena *a, struct place_index *x) {
    const struct unit *u = &x->units.at[x->units.n - 1];
    const struct syllable *last = &u->name.at[u->name.n - 1];
    if (u->name.n > 1 && last->plain[0] >= '0' && last->plain[0] <= '9') {
        struct unit copy = *u;
        copy.name.n--;
        copy.is_short = true;
        LIST_ADD(a, &x->units, copy);
    }
}

static void before_read(struct arena *a, struct place_index *x) {
    struct str rest = FACTS_STR(place_facts_before), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], S("D"))) {
            district_add(a, x, cell[2], cell[1]);
            struct unit *d = district(x, x->districts_n - 1);
            d->province = cell[3];
            successors_read(x, cell[4], &d->to);
            continue;
        }
        size_t in = district_at(x, cell[3]);
        struct unit *u = unit_add(a, x, UNIT_OLD, cell[2]);
        u->code = cell[1];
        u->district = in;
        successors_read(x, cell[4], &u->to);
        if (in != SIZE_MAX) {
            u->province = district(x, in)->province;
            district(x, in)->to = set_or(district(x, in)->to, u->to);
        }
        without_number(a, x);
    }
}

static uint64_t districts_read(struct place_index *x, struct str codes) {
    uint64_t all = 0;
    struct str code;
    while (str_next(&codes, ' ', &code)) {
        size_t i = district_at(x, code);
        all |= i == SIZE_MAX ? 0 : UINT64_C(1) << i;
    }
    return all;
}

static void older_district(struct arena *a, struct place_index *x, const struct str *cell) {
    uint64_t parts = districts_read(x, cell[3]), further = districts_read(x, cell[4]);
    district_add(a, x, cell[1], S(""));
    struct unit *d = district(x, x->districts_n - 1);
    d->parts = parts;
    d->further = further;
    date_read_iso(cell[2], &d->until);
    for (size_t i = 0; i + 1 < x->districts_n; i++) {
        if (parts >> i & 1) {
            d->to = set_or(d->to, district(x, i)->to);
            d->province = district(x, i)->province;
        }
    }
}

static void older_more(struct arena *a, struct place_index *x, const struct str *cell) {
    if (str_eq(cell[0], S("P"))) {
        struct unit *u = unit_add(a, x, UNIT_PROVINCE, cell[2]);
        u->province = cell[1];
        u->type = str_eq(cell[1], S("30")) ? WORD_PROVINCE : WORD_CITY;
        u->needs_word = str_eq(cell[3], S("tỉnh"));
        return;
    }
    size_t i = district_at(x, cell[1]);
    if (i == SIZE_MAX) {
        return;
    }
    if (str_eq(cell[0], S("G"))) {
        date_read_iso(cell[2], &district(x, i)->until);
        district(x, i)->further = districts_read(x, cell[3]);
    } else if (str_eq(cell[0], S("R"))) {
        district(x, i)->is_rural = true;
    } else if (str_eq(cell[0], S("N"))) {
        struct unit *u = unit_add(a, x, UNIT_DISTRICT, cell[2]);
        struct name name = u->name;
        *u = *district(x, i);
        u->name = name;
    }
}

static void older_read(struct arena *a, struct place_index *x) {
    struct str rest = FACTS_STR(place_facts_older), cell[CELLS];
    unit_add(a, x, UNIT_PROVINCE, S("Thành phố Hải Phòng"))->province = S("31");
    unit_add(a, x, UNIT_PROVINCE, S("Tỉnh Hải Dương"))->province = S("30");
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], S("D"))) {
            older_district(a, x, cell);
        } else {
            older_more(a, x, cell);
        }
    }
}

/* --- The other provinces --- */
static struct str province_today(const struct place_index *x, struct str code) {
    for (size_t i = 0; i < x->units.n; i++) {
        if (x->units.at[i].kind == UNIT_FAR_PROVINCE && str_eq(x->units.at[i].code, code)) {
            return x->units.at[i].province;
        }
    }
    return S("");
}

static void elsewhere_add(struct arena *a, struct place_index *x, const struct str *cell) {
    if (str_eq(cell[0], S("P"))) {
        struct unit *u = unit_add(a, x, UNIT_FAR_PROVINCE, cell[2]);
        u->code = cell[1];
        u->province = cell[4];
        u->type = str_starts(cell[4], S("Thành phố")) ? WORD_CITY : u->type;
        return;
    }
    bool is_older = str_eq(cell[0], S("H")), is_alias = str_eq(cell[0], S("A"));
    struct str today = province_today(x, cell[is_alias ? 1 : 2]);
    struct unit *u =
        unit_add(a, x, is_older || is_alias ? UNIT_FAR_PROVINCE : UNIT_FAR_DISTRICT, cell[is_alias ? 2 : 1]);
    u->province = today;
    u->needs_word = is_older ? str_eq(cell[3], S("tỉnh")) : !is_alias && u->name.at[0].plain[0] <= '9';
}

static void elsewhere_read(struct arena *a, struct place_index *x) {
    struct str rest = FACTS_STR(place_facts_elsewhere), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        elsewhere_add(a, x, cell);
    }
}

static const struct {
    struct str key;
    enum word_kind kind;
} word_kinds[] = {
    {S_INIT("xa"), WORD_XA},
    {S_INIT("phuong"), WORD_PHUONG},
    {S_INIT("town"), WORD_TOWN},
    {S_INIT("zone"), WORD_ZONE},
    {S_INIT("huyen"), WORD_HUYEN},
    {S_INIT("city"), WORD_CITY},
    {S_INIT("province"), WORD_PROVINCE},
    {S_INIT("village"), WORD_VILLAGE},
    {S_INIT("street"), WORD_STREET},
    {S_INIT("landmark"), WORD_LANDMARK},
    {S_INIT("role"), WORD_ROLE},
    {S_INIT("now"), WORD_NOW},
    {S_INIT("was"), WORD_WAS},
    {S_INIT("old"), WORD_OLD},
    {S_INIT("at"), WORD_AT},
    {S_INIT("filler"), WORD_FILLER},
    {S_INIT("commune-after"), WORD_COMMUNE},
    {S_INIT("huyen-after"), WORD_HUYEN},
    {S_INIT("province-after"), WORD_PROVINCE},
    {S_INIT("street-after"), WORD_STREET_AFTER},
};

static void words_read(struct arena *a, struct place_index *x) {
    struct str rest = FACTS_STR(place_facts_words), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        for (size_t i = 0; i < sizeof word_kinds / sizeof *word_kinds; i++) {
            if (str_eq(word_kinds[i].key, cell[0])) {
                LIST_ADD(a, &x->words,
                         (struct word){word_kinds[i].kind, str_ends(cell[0], S("-after")), place_name(a, cell[1])});
            }
        }
    }
}

struct place_index *place_open(struct arena *a) {
    struct place_index *x = arena_take(a, struct place_index, 1);
    communes_read(a, x);
    before_read(a, x);
    older_read(a, x);
    elsewhere_read(a, x);
    words_read(a, x);
    return x;
}
