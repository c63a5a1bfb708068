/* Who or what a letter is about, where that is, and who settles it. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

enum { NEAR = 40, CLOSE = 20, PLACE_AHEAD = 14, PLACE_WORDS = 5, FULL_WORDS = 18, SURE = 3 };

static bool is_role(const struct state *s, const struct hit *h, size_t from, size_t to) {
    enum zone z = s->w.at[h->at].zone;
    return h->cue->kind == CUE_ROLE && h->at >= from && h->at < to && z == ZONE_BODY;
}

/* The nearest role after a place of the text; one of higher rank a few words on is the same person. */
static const struct hit *role_after(const struct state *s, size_t at, size_t to) {
    const struct hit *best = NULL;
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        if (!is_role(s, h, at, to)) {
            continue;
        }
        bool is_near = best && h->at <= best->at + best->n + 4 && h->cue->weight > best->cue->weight;
        if (!best || is_near) {
            best = h;
        }
    }
    return best;
}

static const struct hit *anchor_of(const struct state *s, size_t from, size_t to) {
    const struct hit *strong = NULL;
    for (size_t i = 0; i < s->hits.n && !strong; i++) {
        const struct hit *h = &s->hits.at[i];
        bool is_one = (h->cue->kind == CUE_SAY && h->cue->weight >= SURE) ||
                      (h->cue->kind == CUE_PAPER && h->cue->weight >= SURE);
        strong = is_one && h->at >= from && h->at < to && s->w.at[h->at].zone == ZONE_BODY ? h : NULL;
    }
    return strong;
}

static const struct hit *target_of(const struct state *s, size_t from, size_t to) {
    const struct hit *anchor = anchor_of(s, from, to);
    const struct hit *found = NULL;
    if (anchor) {
        size_t end = anchor->at + NEAR < to ? anchor->at + NEAR : to;
        found = role_after(s, anchor->at, end);
        size_t back = anchor->at > from + CLOSE ? anchor->at - CLOSE : from;
        found = found ? found : role_after(s, back, anchor->at);
    }
    return found ? found : role_after(s, from, to);
}

static bool is_title(const struct state *s, size_t i) {
    static const char *const titles[] = {"ông", "bà", "anh", "chị", "cô", "thầy", "chí", "tên", "gái", NULL};
    for (size_t k = 0; titles[k]; k++) {
        if (petition_is_word(s, i, titles[k])) {
            return true;
        }
    }
    return false;
}

static bool is_author(const struct state *s, size_t at, size_t n) {
    bool is_same = s->has_name && n == s->name_n;
    for (size_t i = 0; is_same && i < n; i++) {
        is_same = s->w.at[at + i].key.plain == s->w.at[s->name_at + i].key.plain;
    }
    return is_same;
}

size_t petition_person_at(const struct state *s, size_t i) {
    size_t n = is_title(s, i) ? petition_name_at(s, i + 1) : 0;
    return n && !is_author(s, i + 1, n) ? n : 0;
}

static void named_read(struct state *s) {
    for (size_t i = 0; i + 1 < s->w.n && !s->named_n; i++) {
        size_t n = s->w.at[i].zone == ZONE_BODY ? petition_person_at(s, i) : 0;
        if (n) {
            s->named_at = i + 1;
            s->named_n = n;
        }
    }
    size_t from = 0;
    const struct hit *role = s->target;
    if (!s->named_n && role && (from = role->at + role->n) < s->w.n) {
        size_t n = petition_name_at(s, from);
        if (n && !petition_is_word(s, from - 1, "xã")) {
            s->named_at = from;
            s->named_n = n;
        }
    }
}

void petition_target_read(struct state *s) {
    s->target = target_of(s, 0, s->w.n);
    named_read(s);
}

/* ---- place */

static bool is_commune_word(const struct state *s, size_t i) {
    return petition_is_word(s, i, "xã") || (petition_is_word(s, i, "thị") && petition_is_word(s, i + 1, "trấn"));
}

static size_t capitals_after(const struct state *s, size_t at) {
    size_t n = 0;
    while (at + n < s->w.n && n + 1 < PLACE_WORDS && s->w.at[at + n].is_capital && s->w.at[at + n].gap == GAP_SPACE) {
        n++;
    }
    return n;
}

/* "xã Liên Mạc, Thanh Hà cũ, nay thuộc xã Hà Nam": all of it, where the place is said again; 0: it is not. */
static size_t said_again_length(const struct state *s, size_t at) {
    size_t full = 1, short_n = 1 + capitals_after(s, at + 1);
    bool is_said_again = false;
    while (at + full < s->w.n && full < FULL_WORDS && s->w.at[at + full].gap < GAP_HARD) {
        bool is_again = petition_is_word(s, at + full, "nay") || petition_is_word(s, at + full, "cũ");
        is_said_again = is_said_again || (is_again && full <= short_n + 6);
        full++;
    }
    return is_said_again ? full : 0;
}

/* Without capitals a name's length is what a commune fits. */
static struct place_found caseless_at(const struct state *s, size_t at) {
    static const size_t lengths[] = {4, 3, 5, 2};
    struct place_found found = {.class = PLACE_UNKNOWN};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths && found.class != PLACE_SURE; k++) {
        struct str text = petition_slice(s, at, lengths[k]);
        found = place_find(s->t->places, s->arena, text, s->out->written_on);
    }
    return found.class == PLACE_OUTSIDE ? (struct place_found){.class = PLACE_UNKNOWN} : found;
}

static struct place_found place_at(const struct state *s, size_t at) {
    if (s->w.is_caseless) {
        return caseless_at(s, at);
    }
    size_t full = said_again_length(s, at);
    struct place_found found = {.class = PLACE_UNKNOWN};
    if (full) {
        found = place_find(s->t->places, s->arena, petition_slice(s, at, full), s->out->written_on);
    }
    if (found.class != PLACE_SURE) {
        struct str name = petition_slice(s, at, 1 + capitals_after(s, at + 1));
        struct place_found alone = place_find(s->t->places, s->arena, name, s->out->written_on);
        found = !full || alone.class == PLACE_SURE ? alone : found;
    }
    return found;
}

static bool is_mention(const struct state *s, size_t i) {
    return is_commune_word(s, i) && i + 1 < s->w.n && (s->w.at[i + 1].is_capital || s->w.is_caseless) &&
           s->w.at[i + 1].gap == GAP_SPACE;
}

/* The commune of the one complained of. */
static size_t target_mention(const struct state *s) {
    if (!s->target) {
        return s->w.n;
    }
    size_t last = s->target->at + s->target->n;
    for (size_t i = s->target->at; i < s->w.n && i < last + PLACE_AHEAD; i++) {
        if (is_mention(s, i)) {
            return i;
        }
    }
    return s->w.n;
}

static bool is_where(const struct state *s, size_t i) {
    static const char *const words[] = {"tại", "ở", "thuộc", "bàn", "qua", "của", "trên", NULL};
    for (size_t k = 0; i && words[k]; k++) {
        if (petition_is_word(s, i - 1, words[k])) {
            return true;
        }
    }
    return false;
}

static size_t body_mention(const struct state *s, bool has_home) {
    bool is_any = s->out->type != PETITION_KNPA || !has_home;
    for (size_t i = 0; i < s->w.n; i++) {
        if (s->w.at[i].zone == ZONE_BODY && is_mention(s, i) && (is_any || is_where(s, i))) {
            return i;
        }
    }
    return s->w.n;
}

/* What fits both the matter and the writer's home, where the first alone is a question. */
static struct place_found narrowed(struct state *s, struct place_found found, struct place_found home) {
    struct place_found both = {.class = PLACE_SURE};
    for (size_t i = 0; i < found.communes.n; i++) {
        for (size_t k = 0; k < home.communes.n; k++) {
            if (found.communes.at[i] == home.communes.at[k]) {
                LIST_ADD(s->arena, &both.communes, found.communes.at[i]);
            }
        }
    }
    return both.communes.n == 1 ? both : found;
}

static struct place_found by_receiver(struct state *s, struct place_found found) {
    for (size_t i = 0; found.class == PLACE_AMBIGUOUS && i < found.communes.n; i++) {
        if (str_eq(found.communes.at[i]->code, s->letter->received_by)) {
            struct place_found one = {.class = PLACE_SURE};
            LIST_ADD(s->arena, &one.communes, found.communes.at[i]);
            return one;
        }
    }
    return found;
}

/* English says the kind of unit after its name, and in its own word. */
static struct str home_text(struct state *s) {
    struct str address = s->out->author.address, before, after;
    if (str_cut(address, S("special zone"), &before, &after)) {
        size_t comma = before.len;
        while (comma && before.at[comma - 1] != ',') {
            comma--;
        }
        struct str name = str_trim(str_slice(before, comma, before.len));
        return str_format(s->arena, "đặc khu %.*s", STR_ARG(name));
    }
    return address;
}

static struct place_found place_choose(struct state *s) {
    struct str address = home_text(s);
    struct place_found home = place_find(s->t->places, s->arena, address, s->out->written_on), found = {0};
    home = by_receiver(s, home);
    size_t at[2] = {target_mention(s), body_mention(s, home.class != PLACE_UNKNOWN)};
    for (size_t k = 0; k < 2; k++) {
        if (at[k] < s->w.n) {
            found = place_at(s, at[k]);
            found = found.class == PLACE_AMBIGUOUS ? narrowed(s, found, home) : found;
        }
        if (found.class == PLACE_SURE) {
            petition_span_add(s, "place", at[k], 1 + capitals_after(s, at[k] + 1));
            return found;
        }
    }
    if (home.class == PLACE_SURE || found.class == PLACE_UNKNOWN) {
        return home;
    }
    return found;
}

static const struct place_commune *received_commune(const struct state *s) {
    return place_commune(s->t->places, s->letter->received_by);
}

void petition_place_read(struct state *s) {
    struct place_found found = place_choose(s);
    if (found.class == PLACE_UNKNOWN && received_commune(s)) {
        found.class = PLACE_SURE;
        LIST_ADD(s->arena, &found.communes, received_commune(s));
    }
    s->out->place_class = place_class_name(found.class);
    for (size_t i = 0; i < found.communes.n; i++) {
        LIST_ADD(s->arena, &s->out->place_codes, found.communes.at[i]->code);
        LIST_ADD(s->arena, &s->out->place_names, found.communes.at[i]->full);
    }
    if (found.class != PLACE_SURE) {
        LIST_ADD(s->arena, &s->out->asks, "place");
    }
}

/* ---- who is complained of */

/* "Chủ tịch UBND xã Tân Kỳ": the role with the name of its unit. */
static void role_add(struct state *s, const struct hit *h) {
    size_t from = h->at, n = h->n;
    if (from && (petition_is_word(s, from - 1, "phó") || petition_is_word(s, from - 1, "trường"))) {
        from--;
        n++;
    }
    size_t more = capitals_after(s, from + n);
    if (!more && (petition_is_word(s, from + n, "huyện") || petition_is_word(s, from + n, "xã"))) {
        more = 1 + capitals_after(s, from + n + 1);
    }
    bool is_person = str_eq(h->cue->value, S("xa_chair")) || str_eq(h->cue->value, S("so_head"));
    LIST_ADD(s->arena, &s->out->targets, (struct petition_target){is_person, petition_slice(s, from, n + more), S("")});
    petition_span_add(s, "target", from, n + more);
}

/* A neighbour is often called by the given name alone. */
static void given_add(struct state *s) {
    for (size_t i = 0; i + 1 < s->w.n; i++) {
        if (s->w.at[i].zone == ZONE_BODY && is_title(s, i) && s->w.at[i + 1].is_capital &&
            s->w.at[i + 1].gap == GAP_SPACE) {
            LIST_ADD(s->arena, &s->out->targets, (struct petition_target){true, petition_slice(s, i, 2), S("")});
            petition_span_add(s, "target", i, 2);
            return;
        }
    }
}

void petition_targets_list(struct state *s) {
    bool is_office = s->target && (s->out->type == PETITION_KN || s->out->type == PETITION_MIX);
    if (is_office) {
        role_add(s, s->target);
    }
    if (s->named_n && s->out->type != PETITION_KN) {
        struct petition_target t = {true, petition_slice(s, s->named_at, s->named_n), S("")};
        t.role = s->target ? petition_slice(s, s->target->at, s->target->n) : S("");
        LIST_ADD(s->arena, &s->out->targets, t);
        petition_span_add(s, "target", s->named_at, s->named_n);
    } else if (!is_office && s->target) {
        role_add(s, s->target);
    } else if (s->out->type == PETITION_KNPA) {
        given_add(s);
    }
}

/* ---- authority */

static struct petition_authority named(struct state *s, struct str kind, struct str field) {
    struct petition_authority a = {.kind = kind};
    const struct petition_reading *r = s->out;
    if (str_eq(kind, S("ubnd_xa"))) {
        if (r->place_codes.n != 1) {
            return (struct petition_authority){S("unclear"), S(""), S("")};
        }
        a.code = r->place_codes.at[0];
        a.org = str_format(s->arena, "UBND %.*s", STR_ARG(r->place_names.at[0]));
    } else if (str_eq(kind, S("ubnd_tp"))) {
        a.org = S("Chủ tịch UBND thành phố Hải Phòng");
    } else if (str_eq(kind, S("toa_an"))) {
        a.org = S("Tòa án nhân dân có thẩm quyền");
    } else if (str_eq(kind, S("cong_an"))) {
        a.org = S("Công an thành phố Hải Phòng");
    } else if (str_eq(kind, S("ubkt_dang"))) {
        a.org = S("Ủy ban Kiểm tra Thành ủy Hải Phòng");
    } else {
        a.org = field;
    }
    return a;
}

/* Its own fund and houses are the commune Front's where it received the letter; its cadres are the city's. */
static struct petition_authority front(struct state *s, const struct settler *role) {
    const struct place_commune *here = received_commune(s);
    bool is_own = here && str_eq(role->name, S("fund"));
    struct petition_authority a = {.kind = S("front"), .org = S("Ủy ban MTTQ Việt Nam thành phố Hải Phòng")};
    if (is_own) {
        a.code = here->code;
        a.org = str_format(s->arena, "Ủy ban MTTQ Việt Nam %.*s", STR_ARG(here->full));
    }
    return a;
}

static struct petition_authority by_role(struct state *s, enum petition_type type, const struct hit *h) {
    const struct settler *role = &s->t->roles.at[h->cue->role];
    struct str kind = type == PETITION_TC ? role->denunciation : role->complaint;
    bool is_settled = type == PETITION_KN && petition_first(s, CUE_FIRST, 0, s->w.n);
    if (str_eq(kind, S("front"))) {
        return front(s, role);
    }
    if (is_settled && str_eq(kind, S("ubnd_xa"))) {
        return named(s, petition_first(s, CUE_SECOND, 0, s->w.n) ? S("toa_an") : S("ubnd_tp"), S(""));
    }
    return named(s, kind, role->field);
}

struct petition_authority petition_authority_of(const struct state *state, enum petition_type type, size_t from,
                                                size_t to) {
    struct state copy = *state, *s = &copy;
    const struct hit *h = target_of(s, from, to);
    int crime = petition_sum(s, CUE_CRIME, from, to), civil = petition_sum(s, CUE_PRIVATE, from, to);
    if (crime >= SURE && type == PETITION_TC && (!h || h->cue->weight < 4)) {
        return named(s, S("cong_an"), S(""));
    }
    if (civil >= SURE && type == PETITION_KNPA && !(h && h->cue->weight > 4)) {
        return named(s, S("toa_an"), S(""));
    }
    if (h) {
        return by_role(s, type, h);
    }
    return named(s, S("ubnd_xa"), S(""));
}

static bool is_of_front(const struct state *s) {
    return s->out->type == PETITION_KNPA && s->target && s->target->cue->weight >= 5 &&
           (str_eq(s->target->cue->value, S("front")) || str_eq(s->target->cue->value, S("member")));
}

struct str petition_topic_of(const struct state *s, size_t from, size_t to) {
    static const char *const topics[] = {"hc.dat_nha", "hc.chinh_sach", "hc.khac",      "hc.cong_vu",
                                         "tu_phap",    "tham_nhung",    "dang_doan_the"};
    int best = 0;
    struct str found = S("khac");
    if (is_of_front(s)) {
        return S("dang_doan_the");
    }
    for (size_t k = 0; k < sizeof topics / sizeof *topics; k++) {
        int sum = 0;
        for (size_t i = 0; i < s->hits.n; i++) {
            const struct hit *h = &s->hits.at[i];
            bool is_one = h->cue->kind == CUE_TOPIC || h->cue->kind == CUE_ACT || h->cue->kind == CUE_CRIME ||
                          h->cue->kind == CUE_PRIVATE;
            sum += is_one && h->at >= from && h->at < to && s->w.at[h->at].zone == ZONE_BODY &&
                           str_eq(h->cue->value, str_of(topics[k]))
                       ? h->cue->weight * (h->cue->kind == CUE_TOPIC ? 1 : 2)
                       : 0;
        }
        if (sum > best) {
            best = sum;
            found = str_of(topics[k]);
        }
    }
    return found;
}
