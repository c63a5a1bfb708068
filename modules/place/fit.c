/* How well a unit fits the words around its name: the kind before it, the district or the province, the day. */
#include "modules/place/fit.h"

#include "base/banned.h"

static const struct date first_today = {2025, 7, 1};

static bool is_known(struct date d) { return d.year != 0; }
/* --- Does the word before the name fit what the unit is? --- */
static int type_cost(const struct reading *r, const struct unit *u, enum word_kind w) {
    if (!place_is_commune_word(w) || w == WORD_COMMUNE || w == u->type) {
        return 0;
    }
    if (w == WORD_ZONE || u->type == WORD_ZONE) {
        return u->type == WORD_ZONE ? 30 : COST_NONE;
    }
    if (w == WORD_TOWN) {
        return u->kind == UNIT_OLD && u->type == WORD_PHUONG ? 2 : COST_NONE;
    }
    if (u->type == WORD_TOWN) {
        return 30;
    }
    bool was_rural = u->kind == UNIT_OLD && w == WORD_XA && u->district != SIZE_MAX &&
                     r->index->units.at[r->index->districts[u->district]].is_rural;
    return was_rural ? 0 : 2;
}

/* --- Is the commune in the district? --- */
static int in_district(const struct reading *r, const struct unit *u, const struct unit *d) {
    if (d->kind != UNIT_DISTRICT) {
        return COST_NONE;
    }
    if (u->kind == UNIT_TODAY) {
        return !is_known(r->on) || date_cmp(r->on, first_today) >= 0 ? (set_has(d->to, u->bit) ? 10 : COST_NONE)
                                                                     : COST_NONE;
    }
    uint64_t in = u->district == SIZE_MAX ? 0 : UINT64_C(1) << u->district;
    if (d->parts & in) {
        return 0;
    }
    bool is_late = is_known(r->on) && is_known(d->until) && date_cmp(r->on, d->until) > 0;
    return (d->further & in) && !is_late ? 20 : COST_NONE;
}

static int by_districts(const struct reading *r, const struct unit *u, const struct mention *m) {
    int best = COST_NONE;
    for (size_t i = 0; i < m->hits.n; i++) {
        int cost = in_district(r, u, m->hits.at[i].unit);
        if (cost < COST_NONE) {
            cost += (int)m->hits.at[i].fit * 3;
        }
        best = cost < best ? cost : best;
    }
    return best;
}

/* --- Without a district: today's units first when it was written since they are, the old ones before. --- */
static int by_province(const struct reading *r, const struct unit *u, const struct mention *m) {
    bool is_before = is_known(r->on) && date_cmp(r->on, first_today) < 0;
    struct str said = S("");
    for (size_t i = 0; m && i < m->hits.n; i++) {
        if (m->hits.at[i].unit->kind == UNIT_PROVINCE) {
            said = m->hits.at[i].unit->province;
        }
    }
    bool is_same = !said.len || str_eq(said, u->province);
    if (u->kind == UNIT_OLD) {
        bool is_merged_city = str_eq(said, S("31")) && !is_before;
        if (!is_same && !is_merged_city) {
            return COST_NONE;
        }
        return str_eq(said, S("30")) || is_before ? 0 : 10;
    }
    if (is_before) {
        return COST_NONE;
    }
    return str_eq(said, S("30")) ? (is_same ? 40 : COST_NONE) : 0;
}

/* How ill the place beside it fits: its district, or else its province. */
static int where_cost(const struct reading *r, const struct hit *h, const struct choice_of *c) {
    const struct unit *u = h->unit;
    int where = c->district ? by_districts(r, u, c->district) : by_province(r, u, c->province);
    if (where >= COST_NONE) {
        return COST_NONE;
    }
    if (!c->district && h->fit == FIT_SPELLING) {
        where = 0; /* a name half guessed is not also chosen by its age */
    }
    return where + (c->commune->is_old && u->kind == UNIT_TODAY ? 60 : 0);
}

static int unit_cost(const struct reading *r, const struct hit *h, const struct choice_of *c) {
    const struct unit *u = h->unit;
    if (u->kind == UNIT_DISTRICT && c->commune->word == WORD_ZONE) {
        return set_count(u->to) == 1 ? 50 : COST_NONE;
    }
    if (u->kind != UNIT_TODAY && u->kind != UNIT_OLD) {
        return COST_NONE;
    }
    int type = type_cost(r, u, c->commune->word);
    int where = where_cost(r, h, c);
    if (type >= COST_NONE || where >= COST_NONE) {
        return COST_NONE;
    }
    if (!c->district && c->commune->word && u->kind == UNIT_TODAY && type == 2) {
        type = 12; /* beside the old units of a wrong word too */
    }
    /* A wrong mark and a wrong letter are the same kind of slip. */
    int fit = h->fit == FIT_SPELLING ? FIT_MARKS : (int)h->fit;
    return fit * COST_FIT + type + where + (u->is_short ? 10 : 0);
}

struct outcome place_outcome(const struct reading *r, const struct choice_of *c) {
    struct outcome o = {.cost = COST_NONE, .is_one_unit = true};
    for (size_t i = 0; i < c->commune->hits.n; i++) {
        const struct hit *h = &c->commune->hits.at[i];
        int cost = unit_cost(r, h, c);
        if (cost >= COST_NONE || cost > o.cost) {
            continue;
        }
        if (cost < o.cost) {
            o = (struct outcome){.cost = cost, .unit = h->unit, .is_one_unit = true};
        } else {
            o.is_one_unit = false;
        }
        o.set = set_or(o.set, h->unit->to);
    }
    return o;
}
