/* One event on a work in memory. */
#include "modules/law/law_change_apply.h"
#include "base/arena.h"
#include "base/buf.h"

bool change_is_below(struct str eid, struct str above) {
    return str_eq(eid, above) || (str_starts(eid, above) && str_starts(str_slice(eid, above.len, eid.len), S("__")));
}

int32_t change_spot_find(const struct change_state *s, struct str eid) {
    for (size_t i = 0; i < s->spots.n; i++) {
        if (str_eq(s->spots.at[i].eid, eid)) {
            return (int32_t)i;
        }
    }
    return -1;
}

struct change_version *change_alive(struct change_spot *spot) {
    if (!spot->versions.n) {
        return NULL;
    }
    struct change_version *last = &spot->versions.at[spot->versions.n - 1];
    return last->until.year ? NULL : last;
}

static struct str parent_eid(struct str eid) {
    size_t at = SIZE_MAX, from = 0, next;
    while ((next = str_find(eid, S("__"), from)) != SIZE_MAX) {
        at = next;
        from = next + 2;
    }
    return at == SIZE_MAX ? S("") : str_slice(eid, 0, at);
}

/* An article stands in the chapter of the nearest article before it. */
static int32_t article_parent(const struct change_state *s, struct str eid, struct str label) {
    struct str suffix, before = parent_eid(eid);
    int value = law_label_value(LAW_ARTICLE, label, &suffix), best = -1;
    int32_t parent = -1;
    for (size_t i = 0; i < s->spots.n; i++) {
        const struct change_spot *x = &s->spots.at[i];
        if (x->level == LAW_ARTICLE && str_eq(parent_eid(x->eid), before)) {
            int v = law_label_value(LAW_ARTICLE, x->label, &suffix);
            if (v <= value && v > best) {
                best = v;
                parent = x->parent;
            }
        }
    }
    return best < 0 ? -2 : parent;
}

int32_t change_spot_add(struct change_state *s, struct str eid, enum law_level level, struct str label) {
    int32_t parent = level == LAW_ARTICLE ? article_parent(s, eid, label) : change_spot_find(s, parent_eid(eid));
    if (level == LAW_ARTICLE ? parent == -2 : parent < 0) {
        return -1;
    }
    struct str above = parent >= 0 ? s->spots.at[parent].sort_key : S("");
    struct change_spot spot = {.eid = str_copy(s->arena, eid),
                               .label = str_copy(s->arena, label),
                               .level = level,
                               .parent = parent,
                               .sort_key = law_sort_key(s->arena, above, level, label),
                               .is_new = true};
    *LIST_PUSH(s->arena, &s->spots) = spot;
    return (int32_t)s->spots.n - 1;
}

void change_words_set(struct change_state *s, int32_t at, struct str heading, struct str text,
                      const struct change_event *e) {
    struct change_spot *spot = &s->spots.at[at];
    struct change_version *now = change_alive(spot);
    if (now && str_eq(now->heading, heading) && str_eq(now->text, text)) {
        return;
    }
    if (now && !now->id.v && date_is(now->from, e->on)) {
        now->heading = heading;
        now->text = text;
        now->born = e->id;
        return;
    }
    if (now) {
        now->until = e->on;
        now->died = e->id;
    }
    struct change_version v = {.heading = heading, .text = text, .from = e->on, .born = e->id};
    *LIST_PUSH(s->arena, &spot->versions) = v;
}

void change_end(struct change_state *s, int32_t at, const struct change_event *e) {
    struct change_spot *spot = &s->spots.at[at];
    struct change_version *now = change_alive(spot);
    if (!now) {
        return;
    }
    if (!now->id.v && date_is(now->from, e->on)) {
        spot->versions.n--; /* begun and ended the same day: it never stood */
        return;
    }
    now->until = e->on;
    now->died = e->id;
}

bool change_stands(const struct change_state *s, struct str eid) {
    for (size_t i = 0; i < s->spots.n; i++) {
        if (change_is_below(s->spots.at[i].eid, eid) && change_alive(&s->spots.at[i])) {
            return true;
        }
    }
    return false;
}

static size_t end_all(struct change_state *s, struct str eid, const struct change_event *e) {
    size_t n = 0;
    for (size_t i = 0; i < s->spots.n; i++) {
        if (change_is_below(s->spots.at[i].eid, eid) && change_alive(&s->spots.at[i])) {
            change_end(s, (int32_t)i, e);
            n++;
        }
    }
    return n;
}

/* ---- phrases ---- */

static struct str replaced(struct arena *a, struct str text, const struct law_phrase_pair *p, size_t *n) {
    struct buf b = buf_in(a);
    struct str with = p->new_words;
    if (p->kind == LAW_PHRASE_BEFORE || p->kind == LAW_PHRASE_AFTER) {
        bool is_before = p->kind == LAW_PHRASE_BEFORE;
        with = str_format(a, "%.*s %.*s", STR_ARG(is_before ? p->new_words : p->old_words),
                          STR_ARG(is_before ? p->old_words : p->new_words));
    } else if (p->kind == LAW_PHRASE_REMOVE) {
        with = S("");
    }
    size_t at = 0, hit;
    while (p->old_words.len && (hit = str_find(text, p->old_words, at)) != SIZE_MAX) {
        buf_put(&b, str_slice(text, at, hit));
        buf_put(&b, with);
        at = hit + p->old_words.len;
        /* A phrase taken out leaves no second space. */
        bool is_double = !with.len && hit > 0 && text.at[hit - 1] == ' ' && at < text.len && text.at[at] == ' ';
        at += is_double ? 1 : 0;
        (*n)++;
    }
    if (!at) {
        return text;
    }
    buf_put(&b, str_slice(text, at, text.len));
    return buf_str(&b);
}

/* Of "tên Điều 89" only the heading is meant. */
static bool is_name_only(struct arena *a, const struct change_event *e) {
    struct str name = str_format(a, "tên %.*s", STR_ARG(law_eid_words(a, e->eid)));
    size_t at = str_find(e->evidence, name, 0);
    return str_starts(e->eid, S("art_")) && at != SIZE_MAX && str_find(e->eid, S("__"), 0) == SIZE_MAX;
}

/* One pair in one place. done: also when a change of the same day has put the new words there already. */
static void phrase_apply(struct change_state *s, int32_t at, const struct law_phrase_pair *pair, bool is_name,
                         const struct change_event *e, size_t *done) {
    struct change_version *now = change_alive(&s->spots.at[at]);
    size_t hits = 0;
    if (!now) {
        return;
    }
    struct str heading = replaced(s->arena, now->heading, pair, &hits);
    struct str text = is_name ? now->text : replaced(s->arena, now->text, pair, &hits);
    bool is_there =
        !hits && pair->new_words.len && !now->id.v && date_is(now->from, e->on) &&
        (str_find(now->text, pair->new_words, 0) != SIZE_MAX || str_find(now->heading, pair->new_words, 0) != SIZE_MAX);
    *done += hits + is_there;
    change_words_set(s, at, heading, text, e);
}

static enum law_why apply_phrases(struct change_state *s, const struct change_event *e,
                                  const struct law_phrase_pairs *pairs) {
    bool is_name = is_name_only(s->arena, e);
    for (size_t p = 0; p < pairs->pairs.n; p++) {
        size_t done = 0;
        for (size_t i = 0; i < s->spots.n; i++) {
            bool is_meant = is_name ? str_eq(s->spots.at[i].eid, e->eid) : change_is_below(s->spots.at[i].eid, e->eid);
            if (is_meant) {
                phrase_apply(s, (int32_t)i, &pairs->pairs.at[p], is_name, e, &done);
            }
        }
        if (!done) {
            return LAW_WHY_PHRASE_ABSENT;
        }
    }
    return LAW_WHY_SURE;
}

/* ---- one event ---- */

static void last_piece(struct str eid, enum law_level *level, struct str *label) {
    static const struct {
        struct str piece;
        enum law_level level;
    } levels[] = {{S_INIT("art"), LAW_ARTICLE},  {S_INIT("cl"), LAW_CLAUSE},   {S_INIT("pt"), LAW_POINT},
                  {S_INIT("sub"), LAW_SUBPOINT}, {S_INIT("chp"), LAW_CHAPTER}, {S_INIT("sec"), LAW_SECTION}};
    struct str above = parent_eid(eid), piece = above.len ? str_slice(eid, above.len + 2, eid.len) : eid, name;
    *level = 0;
    str_cut(piece, S("_"), &name, label);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        *level = str_eq(levels[i].piece, name) ? levels[i].level : *level;
    }
}

static enum law_why supplement(struct change_state *s, const struct change_event *e) {
    int32_t at = change_spot_find(s, e->eid);
    enum law_level level;
    struct str label;
    if (at >= 0 && change_alive(&s->spots.at[at])) {
        return LAW_WHY_PLACE_THERE;
    }
    last_piece(e->eid, &level, &label);
    if (str_ends(label, S("dd"))) {
        label = str_format(s->arena, "%.*sđ", STR_ARG(str_slice(label, 0, label.len - 2)));
    }
    bool may_add = level == LAW_ARTICLE || level == LAW_CLAUSE || level == LAW_POINT;
    at = at >= 0 || !may_add ? at : change_spot_add(s, e->eid, level, label);
    return at < 0 ? LAW_WHY_PLACE_MISSING : change_words_put(s, at, e);
}

enum law_why change_apply(struct change_state *s, const struct change_event *e) {
    struct law_phrase_pairs pairs = {0};
    if (!e->eid.len) {
        return LAW_WHY_SURE;
    }
    if (e->op == LAW_SUPPLEMENT) {
        return supplement(s, e);
    }
    int32_t at = change_spot_find(s, e->eid);
    if (at < 0 || !change_stands(s, e->eid)) {
        return LAW_WHY_PLACE_MISSING;
    }
    if (e->op == LAW_REPEAL) {
        return end_all(s, e->eid, e) ? LAW_WHY_SURE : LAW_WHY_PLACE_MISSING;
    }
    if (e->op == LAW_SUSPEND || e->op == LAW_RESUME || e->op == LAW_EXTEND) {
        return LAW_WHY_SURE;
    }
    if (!e->new_text.len && !e->heading.len) {
        law_change_phrases(s->arena, e->evidence, &pairs);
    }
    return pairs.pairs.n ? apply_phrases(s, e, &pairs) : change_words_put(s, at, e);
}
