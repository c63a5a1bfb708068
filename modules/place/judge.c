/* Which of the names of one address is the commune, which the district and the province, and what fits all of them. */
#include "modules/place/fit.h"
#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

/* --- Which name is which --- */
static bool has_kind(const struct mention *m, enum unit_kind near, enum unit_kind far) {
    for (size_t i = 0; i < m->hits.n; i++) {
        if (m->hits.at[i].unit->kind == near || m->hits.at[i].unit->kind == far) {
            return true;
        }
    }
    return false;
}

static bool may_be_commune(const struct mention *m) {
    bool is = has_kind(m, UNIT_TODAY, UNIT_OLD) || (m->word == WORD_ZONE && m->hits.n);
    return is && (!m->word || place_is_commune_word(m->word));
}
static bool may_be_district(const struct mention *m) {
    return !place_is_commune_word(m->word) && has_kind(m, UNIT_DISTRICT, UNIT_FAR_DISTRICT);
}
static bool may_be_province(const struct mention *m) {
    return !place_is_commune_word(m->word) && has_kind(m, UNIT_PROVINCE, UNIT_FAR_PROVINCE);
}

static bool is_in_order(const struct choice_of *c) {
    const struct mention *at[] = {c->commune, c->district, c->province};
    bool rises = true, falls = true;
    const struct mention *last = NULL;
    for (size_t i = 0; i < 3; i++) {
        if (at[i] && last) {
            rises = rises && last->at < at[i]->at;
            falls = falls && last->at > at[i]->at;
        }
        last = at[i] ? at[i] : last;
    }
    return rises || falls;
}

static int worth(const struct mention *m) { return !m ? 0 : m->word ? 8 : 3; }

/* How much of what is written a choice uses; less than 0: it cannot be. */
static int score(const struct reading *r, const struct choice_of *c) {
    bool is_twice = (c->commune && (c->commune == c->district || c->commune == c->province)) ||
                    (c->district && c->district == c->province);
    /* Our districts are in no province of others. */
    bool is_torn = c->district && c->province && has_kind(c->district, UNIT_DISTRICT, UNIT_DISTRICT) &&
                   !has_kind(c->district, UNIT_FAR_DISTRICT, UNIT_FAR_DISTRICT) &&
                   !has_kind(c->province, UNIT_PROVINCE, UNIT_PROVINCE);
    if (is_twice || is_torn || !is_in_order(c)) {
        return -1;
    }
    int sum = worth(c->commune) + worth(c->district) + worth(c->province);
    if (c->commune) {
        struct outcome o = place_outcome(r, c);
        if (o.cost >= COST_NONE) {
            return -1;
        }
        /* A name alone that is also the province's is the province. */
        sum -= o.cost / COST_FIT + (!c->commune->word && has_kind(c->commune, UNIT_PROVINCE, UNIT_PROVINCE) ? 1 : 0);
    }
    if (c->province) {
        sum += has_kind(c->province, UNIT_PROVINCE, UNIT_PROVINCE) ? 1 : 0;
    }
    return sum;
}

enum { CHOICES_MOST = 16 };
struct best {
    struct choice_of at[CHOICES_MOST];
    size_t n;
    int score;
};

static void best_keep(struct best *b, const struct choice_of *c, int points) {
    if (points < 0 || points < b->score) {
        return;
    }
    if (points > b->score) {
        b->n = 0;
        b->score = points;
    }
    if (b->n < CHOICES_MOST) {
        b->at[b->n++] = *c;
    }
}

/* The mentions of the clause that may be one thing, and none. */
static size_t options(const struct reading *r, int clause, bool (*may)(const struct mention *m),
                      const struct mention *to[static MENTIONS_MOST + 1]) {
    size_t n = 0;
    to[n++] = NULL;
    for (size_t i = 0; i < r->n; i++) {
        if (r->mention[i].clause == clause && !r->mention[i].is_lost && may(&r->mention[i]) && n <= 8) {
            to[n++] = &r->mention[i];
        }
    }
    return n;
}

static void choose(const struct reading *r, int clause, struct best *b) {
    const struct mention *c[MENTIONS_MOST + 1], *d[MENTIONS_MOST + 1], *p[MENTIONS_MOST + 1];
    size_t cn = options(r, clause, may_be_commune, c), dn = options(r, clause, may_be_district, d),
           pn = options(r, clause, may_be_province, p);
    for (size_t i = 0; i < cn * dn * pn; i++) {
        struct choice_of one = {c[i % cn], d[i / cn % dn], p[i / cn / dn]};
        if (one.commune || one.district || one.province) {
            best_keep(b, &one, score(r, &one));
        }
    }
}

/* --- Another province --- */
static struct str far_of(const struct mention *m, enum unit_kind near, enum unit_kind far) {
    struct str found = S("");
    for (size_t i = 0; m && i < m->hits.n; i++) {
        if (m->hits.at[i].unit->kind == near) {
            return S("");
        }
        found = m->hits.at[i].unit->kind == far ? m->hits.at[i].unit->province : found;
    }
    return found;
}

static struct str elsewhere(const struct choice_of *c) {
    struct str far = far_of(c->province, UNIT_PROVINCE, UNIT_FAR_PROVINCE);
    bool is_ours = c->district && has_kind(c->district, UNIT_DISTRICT, UNIT_DISTRICT);
    bool is_shared = c->province && has_kind(c->province, UNIT_PROVINCE, UNIT_PROVINCE) &&
                     has_kind(c->province, UNIT_FAR_PROVINCE, UNIT_FAR_PROVINCE);
    if (far.len && is_ours && c->district->word) {
        return has_kind(c->district, UNIT_FAR_DISTRICT, UNIT_FAR_DISTRICT) ? far : S("");
    }
    bool is_told = far.len || is_ours || (c->province && !is_shared);
    return is_told ? far : far_of(c->district, UNIT_DISTRICT, UNIT_FAR_DISTRICT);
}

/* --- Words for the person --- */
static struct str written(const struct reading *r, const struct mention *m) {
    size_t last = m->at + m->n - 1;
    return str_slice(r->text, r->t.at[m->at].from, r->t.at[last].to);
}

static void names_put(const struct reading *r, struct buf *b, struct set set) {
    const char *between = "";
    for (size_t i = 0; i < r->index->communes.n; i++) {
        if (set_has(set, i)) {
            buf_printf(b, "%s%.*s", between, STR_ARG(r->index->communes.at[i].full));
            between = ", ";
        }
    }
}

static void why_add(const struct reading *r, struct place_found *found, struct str words) {
    for (size_t i = 0; i < found->why.n; i++) {
        if (str_eq(found->why.at[i], words)) {
            return;
        }
    }
    LIST_ADD(r->arena, &found->why, words);
}

static void say_commune(const struct reading *r, const struct choice_of *c, const struct outcome *o,
                        struct place_found *found) {
    struct buf b = buf_in(r->arena);
    struct str as_written = written(r, c->commune);
    buf_printf(&b, "“%.*s”", STR_ARG(as_written));
    if (!o->is_one_unit) {
        BUF_LIT(&b, " là tên của nhiều đơn vị, nay thuộc: ");
    } else if (o->unit->kind == UNIT_TODAY) {
        BUF_LIT(&b, " là đơn vị hiện nay: ");
    } else {
        const struct unit *d = o->unit->district < r->index->districts_n
                                   ? &r->index->units.at[r->index->districts[o->unit->district]]
                                   : NULL;
        buf_printf(&b, " là %.*s%s%.*s trước 01/7/2025, nay thuộc: ", STR_ARG(o->unit->full),
                   d && d != o->unit ? ", " : "", STR_ARG(d && d != o->unit ? d->full : S("")));
    }
    names_put(r, &b, o->set);
    BUF_LIT(&b, ".");
    why_add(r, found, buf_str(&b));
}

static void say_district(const struct reading *r, const struct mention *m, struct set set, struct place_found *found) {
    struct buf b = buf_in(r->arena);
    struct str as_written = written(r, m);
    buf_printf(&b, "Chỉ có tên huyện, quận cũ “%.*s”, nay là: ", STR_ARG(as_written));
    names_put(r, &b, set);
    BUF_LIT(&b, ".");
    why_add(r, found, buf_str(&b));
}

static void say(const struct reading *r, struct place_found *found, const char *format, struct str words) {
    struct buf b = buf_in(r->arena);
    buf_put(&b, str_of(format));
    buf_printf(&b, " “%.*s”.", STR_ARG(words));
    why_add(r, found, buf_str(&b));
}

/* --- The verdict --- */
static struct set districts_set(const struct mention *m) {
    struct set all = {0};
    enum fit best = FIT_NONE;
    for (size_t i = 0; i < m->hits.n; i++) {
        const struct hit *h = &m->hits.at[i];
        if (h->unit->kind == UNIT_DISTRICT && h->fit <= best) {
            all = h->fit < best ? h->unit->to : set_or(all, h->unit->to);
            best = h->fit;
        }
    }
    return all;
}

static const struct mention *lost_commune(const struct reading *r, int clause) {
    for (size_t i = 0; i < r->n; i++) {
        const struct mention *m = &r->mention[i];
        if (m->clause == clause && place_is_commune_word(m->word) && m->is_lost) {
            return m;
        }
    }
    return NULL;
}

/* A commune's name with its word that fits nothing of the rest is no less lost than one nobody knows. */
static const struct mention *unfit_commune(const struct reading *r, int clause, const struct best *b) {
    for (size_t i = 0; i < r->n; i++) {
        const struct mention *m = &r->mention[i];
        bool is_used = b->n && b->at[0].commune;
        if (m->clause == clause && place_is_commune_word(m->word) && !m->is_lost && !is_used) {
            return m;
        }
    }
    return NULL;
}

static bool lost_district(const struct reading *r, int clause, const struct choice_of *c) {
    for (size_t i = 0; i < r->n && !c->district; i++) {
        if (r->mention[i].clause == clause && r->mention[i].is_lost && r->mention[i].word == WORD_HUYEN) {
            return true;
        }
    }
    return false;
}

/* Whether the name must be the district: it has the word, or comes after the commune and is none of the provinces. */
static bool is_surely_district(const struct mention *m, const struct choice_of *c) {
    bool is_after = c->commune && m->at > c->commune->at && !may_be_province(m);
    return !m->is_lost && may_be_district(m) && (m->word || is_after);
}

/* A district that no reading could take in, for the commune is not in it. */
static const struct mention *unused_district(const struct reading *r, int clause, const struct choice_of *c) {
    for (size_t i = 0; i < r->n && !c->district; i++) {
        const struct mention *m = &r->mention[i];
        bool is_free = m != c->commune && m != c->province;
        if (m->clause == clause && is_free && is_surely_district(m, c)) {
            return m;
        }
    }
    return NULL;
}

/* More communes with their word in the same breath: "xã A và xã B", or the same place's former name beside it. */
static struct set with_others(const struct reading *r, int clause, const struct choice_of *c, struct set set,
                              struct place_found *found) {
    for (size_t i = 0; i < r->n; i++) {
        const struct mention *m = &r->mention[i];
        if (m->clause != clause || m == c->commune || m->is_lost || !place_is_commune_word(m->word)) {
            continue;
        }
        struct choice_of other = {m, c->district, c->province};
        struct outcome o = place_outcome(r, &other);
        if (o.cost >= COST_NONE) {
            continue;
        }
        say_commune(r, &other, &o, found);
        struct set both = set_and(set, o.set);
        set = (m->is_old || c->commune->is_old) && set_count(both) ? both : set_or(set, o.set);
    }
    return set;
}

static struct set choice_set(const struct reading *r, int clause, const struct choice_of *c,
                             struct place_found *found) {
    if (!c->commune) {
        struct set set = c->district ? districts_set(c->district) : (struct set){0};
        if (set_count(set)) {
            say_district(r, c->district, set, found);
        }
        return set;
    }
    struct outcome o = place_outcome(r, c);
    say_commune(r, c, &o, found);
    return with_others(r, clause, c, o.set, found);
}

static struct verdict of_set(struct set set) {
    int n = set_count(set);
    return (struct verdict){.class = n == 0 ? PLACE_UNKNOWN : n == 1 ? PLACE_SURE : PLACE_AMBIGUOUS, .set = set};
}

static bool is_gone(const struct reading *r, int clause, const struct best *b, struct place_found *found) {
    const struct mention *gone = lost_commune(r, clause), *commune = b->n ? b->at[0].commune : NULL;
    bool is_named = commune && commune->word;
    gone = gone ? gone : unfit_commune(r, clause, b);
    if (gone && !is_named && (!commune || gone->is_lost)) {
        say(r, found, "Không có xã, phường nào tên như vậy ở nơi đã ghi:", written(r, gone));
        return true;
    }
    if (b->n && lost_district(r, clause, &b->at[0])) {
        say(r, found, "Không nhận ra tên huyện, quận đã ghi trong", str_trim(r->text));
        return true;
    }
    return false;
}

/* The province of another place than ours, of the best reading or of a district no reading fits. */
static struct str far_place(const struct reading *r, int clause, const struct best *b) {
    struct choice_of none = {0};
    const struct choice_of *first = b->n ? &b->at[0] : &none;
    struct str far = elsewhere(first);
    for (size_t i = 0; i < b->n && !far.len && first->commune && !first->commune->word && b->n > 1; i++) {
        bool is_other = b->at[i].district && b->at[i].district != first->commune;
        far = is_other ? elsewhere(&b->at[i]) : far;
    }
    const struct mention *d = unused_district(r, clause, first);
    return far.len || !d || first->province ? far : far_of(d, UNIT_DISTRICT, UNIT_FAR_DISTRICT);
}

/* One name alone that is also a place elsewhere. */
static bool is_maybe_far(const struct best *b) {
    for (size_t i = 0; i < b->n; i++) {
        const struct choice_of *c = &b->at[i];
        if (!c->district && c->province && has_kind(c->province, UNIT_FAR_PROVINCE, UNIT_FAR_PROVINCE)) {
            return true;
        }
        if (elsewhere(&b->at[i]).len) {
            return true;
        }
    }
    return false;
}

struct verdict place_judge(const struct reading *r, int clause, struct place_found *found) {
    struct best b = {.score = 0};
    choose(r, clause, &b);
    struct str far = far_place(r, clause, &b);
    if (far.len) {
        say(r, found, "Ở tỉnh, thành phố khác, nay thuộc", far);
        return (struct verdict){.class = PLACE_OUTSIDE, .province = far};
    }
    if (is_gone(r, clause, &b, found)) {
        return (struct verdict){.is_unknown_name = true};
    }
    const struct mention *d = b.n ? unused_district(r, clause, &b.at[0]) : NULL;
    if (d && b.at[0].commune) {
        say(r, found, "Tên xã, phường không có trong huyện, quận đã ghi:", written(r, d));
        return (struct verdict){.is_unknown_name = true};
    }
    struct set set = {0};
    for (size_t i = 0; i < b.n; i++) {
        set = set_or(set, choice_set(r, clause, &b.at[i], found));
    }
    struct verdict v = of_set(set);
    v.is_doubtful = is_maybe_far(&b);
    return v;
}
