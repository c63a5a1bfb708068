/* The tables of the room, and where their words stand in a letter. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"

#include "base/banned.h"

FACTS(petition_facts_cues, "modules/petition/letter/cues.tsv");
FACTS(petition_facts_authorities, "modules/petition/letter/authorities.tsv");
FACTS(petition_facts_reasons, "modules/petition/letter/reasons.tsv");

enum { CELLS = 8, SAME_TURNS = 2 };

static const char *const kinds[CUE_KINDS] = {
    "same",    "say",        "praise",  "paper",   "measure",  "redress", "act",        "crime",    "punish",
    "private", "topic",      "ask",     "reason",  "withheld", "guided",  "guidepaper", "followed", "first",
    "second",  "settled",    "nonew",   "newfact", "insult",   "denied",  "matter",     "meet",     "grounds",
    "reach",   "translated", "surname", "stop",    "street",   "kin",     "common",     "role",
};

static enum cue_kind kind_of(struct str name) {
    size_t i = 0;
    while (i + 1 < CUE_KINDS && !str_eq(name, str_of(kinds[i]))) {
        i++;
    }
    return (enum cue_kind)i;
}

static void slots_read(struct cue *c) {
    struct str rest = c->words, word;
    while (c->n < CUE_WORDS && str_next(&rest, ' ', &word)) {
        struct slot *slot = &c->slot[c->n++];
        struct str choice;
        while (slot->n < CUE_CHOICES && str_next(&word, '/', &choice)) {
            if (str_eq(choice, S("#"))) {
                slot->is_number = true;
            } else {
                slot->key[slot->n++] = petition_key(choice);
            }
        }
    }
}

static int weight_of(struct str s) {
    int64_t n = 0;
    num_read(s, &n);
    return (int)n;
}

static void roles_read(struct petition_tables *t, struct arena *a) {
    struct str rest = FACTS_STR(petition_facts_authorities), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        struct cue c = {.kind = CUE_ROLE, .value = cell[0], .words = cell[5], .weight = weight_of(cell[1])};
        c.role = t->roles.n;
        slots_read(&c);
        LIST_ADD(a, &t->cues, c);
        LIST_ADD(a, &t->roles, (struct settler){cell[0], cell[2], cell[3], cell[4], c.weight});
    }
}

void petition_tables_read(struct petition_tables *t, struct arena *a) {
    struct str rest = FACTS_STR(petition_facts_cues), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        struct cue c = {.kind = kind_of(cell[0]), .value = cell[1], .weight = weight_of(cell[2]), .words = cell[3]};
        slots_read(&c);
        LIST_ADD(a, &t->cues, c);
    }
    roles_read(t, a);
}

static struct str reason_cell(enum petition_reason reason, size_t cell_at) {
    struct str rest = FACTS_STR(petition_facts_reasons), cell[CELLS];
    for (size_t i = 0; facts_next(&rest, cell, CELLS); i++) {
        if (i == reason) {
            return cell[cell_at];
        }
    }
    return S("");
}
struct str petition_reason_code(enum petition_reason reason) {
    return reason_cell(reason, 0);
}
struct str petition_reason_words(enum petition_reason reason) {
    return reason_cell(reason, 4);
}
struct str petition_reason_law(struct arena *a, enum petition_reason reason) {
    struct str law = reason_cell(reason, 1), article = reason_cell(reason, 2);
    return str_format(a, "%.*s%s%.*s", STR_ARG(article), article.len ? " " : "", STR_ARG(law));
}

/* ---- finding */

bool petition_word_is(const struct words *w, size_t i, const struct slot *slot) {
    const struct word *word = &w->at[i];
    if (slot->is_number && word->is_number) {
        return true;
    }
    for (size_t k = 0; k < slot->n; k++) {
        if (word->key.full == slot->key[k].full ||
            (word->key.plain == slot->key[k].plain && (w->is_rough || !word->key.is_marked))) {
            return true;
        }
    }
    return false;
}

/* One syllable without its marks is too many words: it counts only as it is written. */
static bool is_strict(const struct words *w, size_t at, const struct cue *c) {
    bool is_kind = c->kind == CUE_TOPIC || c->kind == CUE_REASON || c->kind == CUE_INSULT;
    bool is_same = false;
    for (size_t k = 0; k < c->slot[0].n; k++) {
        is_same = is_same || c->slot[0].key[k].full == w->at[at].key.full;
    }
    return c->n == 1 && is_kind && !is_same;
}

/* A phrase does not go over the end of a sentence; it may over the end of a line, for lines are wrapped. */
static bool is_at(const struct words *w, size_t at, const struct cue *c) {
    if (!c->n || at + c->n > w->n || is_strict(w, at, c)) {
        return false;
    }
    for (size_t i = 0; i < c->n; i++) {
        if (!petition_word_is(w, at + i, &c->slot[i]) || (i && w->at[at + i].gap == GAP_HARD)) {
            return false;
        }
    }
    return true;
}

static void same_join(struct words *w, const struct cue *c) {
    size_t to = 0;
    struct key key = petition_key(c->value);
    for (size_t i = 0; i < w->n; to++) {
        struct word one = w->at[i];
        size_t n = is_at(w, i, c) ? c->n : 1;
        if (is_at(w, i, c)) {
            one.key = key;
            one.to = w->at[i + n - 1].to;
        }
        w->at[to] = one;
        i += n;
    }
    w->n = to;
}

static bool is_listed(enum cue_kind kind) { return kind < CUE_SURNAME || kind == CUE_ROLE; }

void petition_hits(struct state *s) {
    for (int turn = 0; turn < SAME_TURNS; turn++) {
        for (size_t k = 0; k < s->t->cues.n && s->t->cues.at[k].kind == CUE_SAME; k++) {
            same_join(&s->w, &s->t->cues.at[k]);
        }
    }
    for (size_t i = 0; i < s->w.n; i++) {
        for (size_t k = 0; k < s->t->cues.n; k++) {
            const struct cue *c = &s->t->cues.at[k];
            if (c->kind != CUE_SAME && is_listed(c->kind) && is_at(&s->w, i, c)) {
                LIST_ADD(s->arena, &s->hits, (struct hit){c, i, c->n});
            }
        }
    }
}

static bool is_said(const struct state *s, const struct hit *h) {
    const struct word *w = &s->w.at[h->at];
    return w->zone == ZONE_BODY && !w->is_quoted;
}

int petition_sum(const struct state *s, enum cue_kind kind, size_t from, size_t to) {
    int sum = 0;
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        sum += h->cue->kind == kind && h->at >= from && h->at < to && is_said(s, h) ? h->cue->weight : 0;
    }
    return sum;
}

const struct hit *petition_first(const struct state *s, enum cue_kind kind, size_t from, size_t to) {
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        if (h->cue->kind == kind && h->at >= from && h->at < to && is_said(s, h)) {
            return h;
        }
    }
    return NULL;
}

int petition_say(const struct state *s, const char *type, size_t from, size_t to) {
    int sum = 0;
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        bool is_this = (h->cue->kind == CUE_SAY || h->cue->kind == CUE_PRAISE) && str_eq(h->cue->value, str_of(type));
        sum += is_this && h->at >= from && h->at < to && is_said(s, h) ? h->cue->weight : 0;
    }
    return sum;
}

void petition_span_add(struct state *s, const char *field, size_t word, size_t n) {
    if (n && word + n <= s->w.n) {
        LIST_ADD(s->arena, &s->out->spans, (struct petition_span){field, s->w.at[word].from, s->w.at[word + n - 1].to});
    }
}

struct str petition_slice(const struct state *s, size_t word, size_t n) {
    if (!n || word + n > s->w.n) {
        return S("");
    }
    return str_slice(s->out->text, s->w.at[word].from, s->w.at[word + n - 1].to);
}

bool petition_is_word(const struct state *s, size_t i, const char *text) {
    struct slot slot = {.key = {petition_key(str_of(text))}, .n = 1};
    return i < s->w.n && petition_word_is(&s->w, i, &slot);
}
