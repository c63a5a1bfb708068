/* One letter from its bytes to the suggestions, in the order in which each needs the one before. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

enum { GROUNDS_SURE = 2 };

struct petition_tables *petition_open(struct arena *a, const struct place_index *places) {
    struct petition_tables *t = arena_take(a, struct petition_tables, 1);
    t->places = places;
    petition_tables_read(t, a);
    return t;
}

struct str petition_type_name(enum petition_type type) {
    static const struct str names[] = {S_INIT(""), S_INIT("KN"), S_INIT("TC"), S_INIT("KNPA"), S_INIT("MIX")};
    return names[type];
}

static bool is_kept_as_it_is(const struct petition_reading *r) {
    const uint32_t kept = 1u << REASON_MULTI_SENT | 1u << REASON_GUIDED_ONCE | 1u << REASON_SETTLED_NO_NEW |
                          1u << REASON_OFFENSIVE | 1u << REASON_ILLEGIBLE | 1u << REASON_IMPERSONATED;
    return (r->reasons & kept) != 0;
}

static const char *by_authority(const struct state *s) {
    const struct petition_reading *r = s->out;
    if (r->is_group && petition_first(s, CUE_MEET, 0, s->w.n)) {
        return "meet_leader";
    }
    if (str_eq(r->authority.kind, S("front"))) {
        return "accept";
    }
    bool is_guide = str_eq(r->authority.kind, S("toa_an")) || str_eq(r->authority.kind, S("unclear"));
    return is_guide ? "guide" : "transfer";
}

/* An anonymous denunciation that can be checked is passed on (Luật Tố cáo Điều 25.2). */
void petition_disposition_read(struct state *s) {
    struct petition_reading *r = s->out;
    bool is_anonymous = r->type == PETITION_TC && !s->has_name;
    bool has_grounds = petition_sum(s, CUE_GROUNDS, 0, s->w.n) >= GROUNDS_SURE && s->named_n;
    if (petition_is_reason(r, REASON_SECRET_MARK)) {
        r->disposition = "return";
    } else if (is_kept_as_it_is(r)) {
        r->disposition = "file";
    } else if (is_anonymous) {
        r->disposition = has_grounds ? "transfer" : "file";
    } else if (r->reasons || r->type == PETITION_MIX) {
        r->disposition = "guide";
    } else {
        r->disposition = by_authority(s);
    }
}

void petition_is_again(struct petition_reading *r) {
    if (!petition_is_reason(r, REASON_SECRET_MARK)) {
        r->disposition = "file";
    }
}

static void type_judge(struct state *s) {
    struct petition_reading *r = s->out;
    petition_type_read(s);
    petition_targets_list(s);
    r->topic = petition_topic_of(s, 0, s->w.n);
    petition_place_read(s);
    r->authority = petition_authority_of(s, r->type, 0, s->w.n);
    for (size_t i = 0; i < r->parts.n; i++) {
        struct petition_part *p = &r->parts.at[i];
        p->topic = petition_topic_of(s, p->from, p->to);
        p->authority = petition_authority_of(s, p->type, p->from, p->to);
        const struct petition_target *t = r->targets.n ? &r->targets.at[0] : NULL;
        p->target = t ? t->name : S("");
    }
    if (r->parts.n) {
        r->authority = r->parts.at[0].authority;
        r->topic = r->parts.at[0].topic;
    }
}

/* Words that need no deciding about: nothing of the letter is judged. */
static bool is_unjudged(struct state *s) {
    struct petition_reading *r = s->out;
    if (petition_is_secret(r->text)) {
        r->reasons = 1u << REASON_SECRET_MARK;
        r->secrecy = "state_secret";
        r->text = S("");
    } else if (petition_is_illegible(s)) {
        r->reasons = 1u << REASON_ILLEGIBLE;
        r->identity = "unclear";
        r->secrecy = "normal";
        r->working_copy = r->text;
    }
    return r->reasons != 0;
}

static void ask_what_is_unsure(struct state *s) {
    if (str_eq(s->out->authority.kind, S("unclear"))) {
        LIST_ADD(s->arena, &s->out->asks, "authority");
    }
    if (s->out->optional) {
        LIST_ADD(s->arena, &s->out->asks, "eligibility");
    }
}

static void unclear_where_nothing_is_asked(struct petition_reading *r) {
    if (petition_is_reason(r, REASON_OFFENSIVE) || petition_is_reason(r, REASON_KNPA_NO_CONTENT)) {
        r->authority = (struct petition_authority){S("unclear"), S(""), S("")};
        r->topic = S("khac");
    }
}

void petition_read(const struct petition_tables *t, struct arena *a, const struct petition_letter *letter,
                   struct petition_reading *out) {
    struct state state = {.t = t, .arena = a, .letter = letter, .out = out}, *s = &state;
    *out = (struct petition_reading){.secrecy = "normal"};
    out->text = petition_text(a, letter, &s->w.is_rough);
    petition_words(s);
    if (is_unjudged(s)) {
        petition_disposition_read(s);
        return;
    }
    petition_zones(s);
    petition_hits(s);
    petition_author_read(s);
    petition_target_read(s);
    type_judge(s);
    petition_reasons_read(s);
    unclear_where_nothing_is_asked(out);
    out->identity = petition_is_reason(out, REASON_IMPERSONATED) ? "impersonated" : s->has_name ? "named" : "anonymous";
    bool is_protected = out->type == PETITION_TC;
    for (size_t i = 0; i < out->parts.n; i++) {
        is_protected = is_protected || out->parts.at[i].type == PETITION_TC;
    }
    out->secrecy = is_protected ? "denunciation" : "normal";
    ask_what_is_unsure(s);
    petition_matter_read(s);
    petition_disposition_read(s);
    petition_redact(s);
}
