/* What a letter is, by what it tells and asks for and not by its title; the parts of one that is several. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

enum { SURE = 3, STRONG = 5, CLEAR_CRIME = 4 };

struct weights {
    int say_kn, say_tc, say_ka, praise;
    int paper, measure, redress, act, crime, punish, civil;
    bool has_person;
};

static struct weights weigh(const struct state *s, size_t from, size_t to) {
    return (struct weights){
        .say_kn = petition_say(s, "KN", from, to),
        .say_tc = petition_say(s, "TC", from, to),
        .say_ka = petition_say(s, "KNPA", from, to),
        .praise = petition_sum(s, CUE_PRAISE, from, to),
        .paper = petition_sum(s, CUE_PAPER, from, to),
        .measure = petition_sum(s, CUE_MEASURE, from, to),
        .redress = petition_sum(s, CUE_REDRESS, from, to),
        .act = petition_sum(s, CUE_ACT, from, to),
        .crime = petition_sum(s, CUE_CRIME, from, to),
        .punish = petition_sum(s, CUE_PUNISH, from, to),
        .civil = petition_sum(s, CUE_PRIVATE, from, to),
        .has_person = s->named_n && s->named_at >= from && s->named_at < to,
    };
}

static bool is_kn_core(const struct weights *w) {
    return w->paper + w->measure + w->redress >= SURE && (w->paper || w->measure);
}

/* Thanks, and what is between people, are feedback whatever they are called. */
static bool is_feedback(const struct weights *w) {
    bool is_praise = w->praise >= SURE && w->act < SURE && w->say_tc < SURE;
    bool is_civil = w->civil >= SURE && w->act < SURE && w->crime < CLEAR_CRIME && w->paper < SURE && w->measure == 0;
    return is_praise || is_civil;
}
static bool is_crime(const struct weights *w) {
    return w->crime >= SURE && w->paper < SURE && (w->say_tc || w->punish || w->crime >= STRONG);
}
static bool is_wrong(const struct weights *w) {
    return w->act >= SURE && (w->say_tc >= SURE || (w->has_person && w->punish));
}
static bool is_grievance(const struct weights *w) {
    return is_kn_core(w) && (w->say_kn || w->say_tc || w->redress >= SURE || w->redress + w->measure >= STRONG);
}
static bool is_denounced(const struct weights *w) {
    return is_wrong(w) || (w->say_tc >= SURE && (w->act || (w->say_kn < SURE && w->say_ka < SURE)));
}

static enum petition_type by_weights(const struct weights *w) {
    if (is_feedback(w)) {
        return PETITION_KNPA;
    }
    if (is_crime(w)) {
        return PETITION_TC;
    }
    if (is_grievance(w) && (!is_wrong(w) || (w->say_kn >= SURE && w->paper >= SURE))) {
        return PETITION_KN;
    }
    if (is_denounced(w)) {
        return PETITION_TC;
    }
    return w->say_kn >= SURE ? PETITION_KN : PETITION_KNPA;
}

enum petition_type petition_type_of(const struct state *s, size_t from, size_t to) {
    struct weights w = weigh(s, from, to);
    return by_weights(&w);
}

/* A title decides only where the text itself says nothing. */
static enum petition_type by_title(const struct state *s) {
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        if (h->cue->kind == CUE_SAY && (s->w.at[h->at].zone == ZONE_TITLE || s->w.at[h->at].zone == ZONE_SIGN)) {
            return str_eq(h->cue->value, S("KN"))   ? PETITION_KN
                   : str_eq(h->cue->value, S("TC")) ? PETITION_TC
                                                    : PETITION_KNPA;
        }
    }
    return PETITION_UNJUDGED;
}

/* ---- parts */

static size_t sentence_begin(const struct state *s, size_t i) {
    while (i && s->w.at[i].gap != GAP_HARD && s->w.at[i].gap != GAP_LINE) {
        i--;
    }
    return i;
}

static const struct hit *matter_near(const struct state *s, size_t from, size_t to) {
    const struct hit *h = petition_first(s, CUE_MATTER, from, to);
    return h && s->w.at[h->at].gap >= GAP_COMMA ? h : NULL;
}

struct cuts {
    size_t at[8], n;
};

static bool is_cut_said(const struct state *s, const struct hit *h) {
    return h->cue->kind == CUE_SAY && h->cue->weight >= SURE && s->w.at[h->at].zone == ZONE_BODY &&
           !s->w.at[h->at].is_quoted && !str_eq(h->cue->value, S("KNPA"));
}

/* A part begins where another matter is announced, or where the writer says again what this is, otherwise. */
static void cuts_find(const struct state *s, struct cuts *c) {
    struct str said = S("");
    for (size_t i = 0; i < s->hits.n && c->n < 8; i++) {
        const struct hit *h = &s->hits.at[i];
        size_t begin = sentence_begin(s, h->at);
        bool is_matter = h->cue->kind == CUE_MATTER && h->at == begin && s->w.at[h->at].zone == ZONE_BODY;
        bool is_said = is_cut_said(s, h) && said.len && !str_eq(said, h->cue->value);
        said = is_cut_said(s, h) ? h->cue->value : said;
        if ((is_matter || is_said) && (!c->n || begin > c->at[c->n - 1])) {
            c->at[c->n++] = begin;
        }
    }
}

static bool has_core(const struct state *s, enum petition_type type, size_t from, size_t to) {
    struct weights w = weigh(s, from, to);
    if (type == PETITION_KN) {
        return w.say_kn >= SURE || is_kn_core(&w);
    }
    if (type == PETITION_TC) {
        return w.act >= SURE || w.crime >= SURE;
    }
    return w.say_ka > 0 && (w.say_ka >= SURE || matter_near(s, from, to));
}

static void part_add(struct state *s, size_t from, size_t to) {
    enum petition_type type = petition_type_of(s, from, to);
    if (!has_core(s, type, from, to)) {
        return;
    }
    for (size_t i = 0; i < s->out->parts.n; i++) {
        if (s->out->parts.at[i].type == type) {
            s->out->parts.at[i].to = to;
            return;
        }
    }
    LIST_ADD(s->arena, &s->out->parts, (struct petition_part){.type = type, .from = from, .to = to});
}

/* Feedback beside a complaint is a part only where it is announced as another matter. */
static void parts_read(struct state *s) {
    struct cuts c = {0};
    size_t from = s->author_end;
    cuts_find(s, &c);
    for (size_t i = 0; i < c.n; i++) {
        if (c.at[i] > from) {
            part_add(s, from, c.at[i]);
            from = c.at[i];
        }
    }
    part_add(s, from, s->w.n);
    if (s->out->parts.n < 2) {
        s->out->parts.n = 0;
    }
}

void petition_type_read(struct state *s) {
    const struct hit *h = NULL;
    parts_read(s);
    s->out->type = s->out->parts.n ? PETITION_MIX : petition_type_of(s, 0, s->w.n);
    if (s->out->type == PETITION_KNPA && !petition_say(s, "KNPA", 0, s->w.n) &&
        petition_sum(s, CUE_PRIVATE, 0, s->w.n) < SURE && by_title(s) == PETITION_KN) {
        s->out->type = PETITION_KN;
    }
    if (s->out->type == PETITION_KNPA && by_title(s) == PETITION_TC && petition_sum(s, CUE_ACT, 0, s->w.n) >= SURE) {
        s->out->type = PETITION_TC;
    }
    enum cue_kind why = s->out->type == PETITION_TC ? CUE_ACT : s->out->type == PETITION_KN ? CUE_PAPER : CUE_SAY;
    h = petition_first(s, why, 0, s->w.n);
    h = h ? h : petition_first(s, CUE_SAY, 0, s->w.n);
    if (h) {
        petition_span_add(s, "type", h->at, h->n);
    }
}
