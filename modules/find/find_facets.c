#include "modules/find/find_facets.h"

#include "base/arena.h"
#include "base/list.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/find/find_hits.h"

enum { SHOWN = 6, VALUES_MOST = 60 };

static const struct str force_words[SEARCH_FORCES] = {
    [SEARCH_IN_FORCE] = S_INIT("Còn hiệu lực"),
    [SEARCH_PARTLY_IN_FORCE] = S_INIT("Hết hiệu lực một phần"),
    [SEARCH_NOT_YET_IN_FORCE] = S_INIT("Chưa có hiệu lực"),
    [SEARCH_EXPIRED] = S_INIT("Hết hiệu lực"),
};

/* What the sources call a value: that of the chosen kind first. */
static struct str facet_word(struct get *g, const struct find_asked *asked, enum search_facet facet, struct str value) {
    const struct search_source *chosen = search_source_of(g->app, find_asked_value(asked, PART_KIND));
    if (chosen && chosen->word) {
        return chosen->word(facet, value);
    }
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct search_source *s = g->app->at[i]->sources; s && s->kind.len; s++) {
            struct str word = s->word ? s->word(facet, value) : S("");
            if (word.len) {
                return word;
            }
        }
    }
    return S("");
}

static struct str word_of(struct get *g, const struct find_asked *asked, enum find_part part, struct str value) {
    switch (part) {
    case PART_KIND: return find_kind_name(g->app, value);
    case PART_TYPE:
    case PART_FIELD:
    case PART_STATE: {
        struct str word = facet_word(g, asked, (enum search_facet)(part - PART_TYPE), value);
        return word.len || part == PART_STATE ? word : value;
    }
    case PART_FORCE:
        for (size_t i = 0; i < SEARCH_FORCES; i++) {
            if (str_eq(find_force_codes[i], value)) {
                return force_words[i];
            }
        }
        return S("");
    case PART_IN_FORCE:
    case PART_LITERAL: return S("");
    case PART_Q:
    case PART_ISSUER:
    case PART_FROM:
    case PART_TO:
    case PART_ON:
    case PART_AFTER:
    case PARTS: break;
    }
    return value;
}

/* Without a part, what would be found and counted. */
static struct err counted_without(struct get *g, const struct find_asked *asked, enum find_part part,
                                  struct search_result *found) {
    struct find_asked rest = find_asked_without(g->arena, asked, part, S(""));
    struct search_query q;
    find_asked_query(g->arena, &rest, &q);
    q.limit = 1;
    q.with_counts = true;
    q.is_strict = true;
    return search_as(g->db, g->who->post.v, &q, found);
}

/* Values of one name are one choice: the office's "Luật" and the library's. */
struct choice_of {
    struct str label;
    struct search_words values;
    int64_t count;
};
struct choices {
    struct choice_of *at;
    size_t n;
};

static void choice_add(struct arena *a, struct choices *choices, struct str label, struct str value, int64_t count) {
    struct choice_of *c = NULL;
    for (size_t i = 0; i < choices->n && !c; i++) {
        c = str_eq(choices->at[i].label, label) ? &choices->at[i] : NULL;
    }
    if (!c) {
        c = LIST_PUSH(a, choices);
        c->label = label;
    }
    LIST_ADD(a, &c->values, value);
    c->count += count;
}

static struct choices choices_of(struct get *g, const struct find_asked *asked, enum find_part part,
                                 const struct search_result *found) {
    struct choices out = {0};
    if (part == PART_FORCE) {
        for (size_t i = 0; i < SEARCH_FORCES; i++) {
            if (found->forces[i]) {
                choice_add(g->arena, &out, force_words[i], find_force_codes[i], found->forces[i]);
            }
        }
        return out;
    }
    const struct search_counts *counts = part == PART_KIND ? &found->kinds : &found->facet[part - PART_TYPE];
    for (size_t i = 0; i < counts->n && i < VALUES_MOST; i++) {
        struct str word = word_of(g, asked, part, counts->at[i].value);
        if (word.len) {
            choice_add(g->arena, &out, word, counts->at[i].value, counts->at[i].n);
        }
    }
    return out;
}

/* The link that chooses it beside the others chosen, or takes it away. */
static struct find_option option_of(struct get *g, const struct find_asked *asked, enum find_part part,
                                    const struct choice_of *c) {
    struct find_option o = {.label = c->label, .count = c->count};
    struct find_asked then = find_asked_without(g->arena, asked, PART_AFTER, S(""));
    for (size_t i = 0; i < c->values.n; i++) {
        o.is_chosen |= find_asked_has(asked, part, c->values.at[i]);
    }
    for (size_t i = 0; i < c->values.n; i++) {
        then = o.is_chosen ? find_asked_without(g->arena, &then, part, c->values.at[i])
                           : find_asked_with(g->arena, &then, part, c->values.at[i]);
    }
    o.link = find_asked_link(g->arena, "/find", &then);
    return o;
}

static void group_fill(struct get *g, const struct find_asked *asked, enum find_part part,
                       const struct search_result *found, struct find_show *v) {
    struct choices all = choices_of(g, asked, part, found);
    struct find_group group = {.title = find_fields[part].label};
    for (size_t i = 0; i < all.n; i++) {
        struct find_option o = option_of(g, asked, part, &all.at[i]);
        /* One more would be folded for itself: it stands with the others. */
        if (i < SHOWN || all.n == SHOWN + 1 || o.is_chosen) {
            LIST_ADD(g->arena, &group.options, o);
        } else {
            LIST_ADD(g->arena, &group.rest, o);
        }
    }
    /* What all have narrows nothing. */
    if (all.n > 1 || (all.n == 1 && (all.at[0].count < found->found || find_asked_has(asked, part, S(""))))) {
        LIST_ADD(g->arena, &v->groups, group);
    }
}

static void kind_add(struct get *g, const struct find_asked *all, struct str kind, int64_t n, bool is_current,
                     struct tabs *tabs) {
    struct find_asked then = find_asked_with(g->arena, all, PART_KIND, kind);
    LIST_ADD(g->arena, tabs,
             (struct tab){.label = find_kind_name(g->app, kind),
                          .link = find_asked_link(g->arena, "/find", &then),
                          .count = n,
                          .is_counted = true,
                          .is_current = is_current});
}

/* The chosen kind has its tab even when nothing of it is found: it must be seen to be taken away. */
static void kinds_fill(struct get *g, const struct find_asked *asked, const struct search_result *found,
                       struct find_show *v) {
    struct tabs tabs = {0};
    struct str chosen = find_asked_value(asked, PART_KIND);
    bool is_there = chosen.len == 0;
    struct find_asked all = find_asked_without(g->arena, asked, PART_KIND, S(""));
    LIST_ADD(g->arena, &tabs,
             (struct tab){.label = S("Tất cả"),
                          .link = find_asked_link(g->arena, "/find", &all),
                          .count = found->found,
                          .is_counted = true,
                          .is_current = !find_asked_has(asked, PART_KIND, S(""))});
    for (size_t i = 0; i < found->kinds.n; i++) {
        struct str kind = found->kinds.at[i].value;
        kind_add(g, &all, kind, found->kinds.at[i].n, find_asked_has(asked, PART_KIND, kind), &tabs);
        is_there |= str_eq(kind, chosen);
    }
    if (!is_there) {
        kind_add(g, &all, chosen, 0, true, &tabs);
    }
    v->kinds = tabs;
}

struct err find_facets_fill(struct get *g, const struct find_asked *asked, const struct search_result *found,
                            struct find_show *v) {
    static const enum find_part groups[] = {PART_FORCE, PART_TYPE, PART_ISSUER, PART_FIELD, PART_STATE};
    struct search_result without = *found;
    if (find_asked_has(asked, PART_KIND, S(""))) {
        TRY(counted_without(g, asked, PART_KIND, &without));
    }
    kinds_fill(g, asked, &without, v);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        without = *found;
        if (find_asked_has(asked, groups[i], S(""))) {
            TRY(counted_without(g, asked, groups[i], &without));
        }
        group_fill(g, asked, groups[i], &without, v);
    }
    return OK;
}

static struct str chip_title(enum find_part part) {
    return part == PART_IN_FORCE || part == PART_KIND ? S("") : find_fields[part].label;
}

static struct str chip_label(struct get *g, const struct find_asked *asked, const struct find_pair *p) {
    struct str word = word_of(g, asked, p->part, p->value);
    return p->part == PART_IN_FORCE ? S("Chỉ còn hiệu lực") : word.len ? word : p->value;
}

/* Without all pairs of the part that read the same. */
static struct find_asked without_label(struct get *g, const struct find_asked *asked, enum find_part part,
                                       struct str label) {
    struct find_asked then = find_asked_without(g->arena, asked, PART_AFTER, S(""));
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->at[i].part == part && str_eq(chip_label(g, asked, &asked->at[i]), label)) {
            then = find_asked_without(g->arena, &then, part, asked->at[i].value);
        }
    }
    return then;
}

static bool is_chip(enum find_part part) { return part > PART_KIND && part <= PART_ON; }

static bool has_chip(const struct find_show *v, struct str title, struct str label) {
    for (size_t i = 0; i < v->chips.n; i++) {
        if (str_eq(v->chips.at[i].title, title) && str_eq(v->chips.at[i].label, label)) {
            return true;
        }
    }
    return false;
}

void find_chips_fill(struct get *g, const struct find_asked *asked, struct find_show *v) {
    struct arena *a = g->arena;
    struct find_asked clear = {0};
    for (size_t i = 0; i < asked->n; i++) {
        const struct find_pair *p = &asked->at[i];
        struct find_kept_pair kept = {find_part_name(p->part), p->value};
        if (p->part >= PART_KIND && p->part <= PART_ON) {
            LIST_ADD(a, &v->kept, kept);
        }
        if (p->part <= PART_FORCE || p->part == PART_LITERAL) {
            LIST_ADD(a, &v->kept_words, kept);
        }
        if (p->part <= PART_KIND || p->part == PART_LITERAL) {
            LIST_ADD(a, &clear, *p);
        }
        struct str title = chip_title(p->part), label = chip_label(g, asked, p);
        if (is_chip(p->part) && !has_chip(v, title, label)) {
            struct find_asked then = without_label(g, asked, p->part, label);
            LIST_ADD(a, &v->chips, (struct find_chip){title, label, find_asked_link(a, "/find", &then)});
        }
    }
    v->filters = (int64_t)v->chips.n;
    v->clear = find_asked_link(a, "/find", &clear);
}

struct err find_offers_fill(struct get *g, const struct find_asked *asked, struct find_show *v) {
    bool is_seen[PARTS] = {0};
    for (size_t i = 0; i < asked->n; i++) {
        const struct find_pair *p = &asked->at[i];
        bool is_filter = p->part >= PART_KIND && p->part <= PART_ON;
        if (!is_filter || is_seen[p->part]) {
            continue;
        }
        is_seen[p->part] = true;
        struct search_result found = {0};
        TRY(counted_without(g, asked, p->part, &found));
        if (found.found > 0 && !found.is_near) {
            struct find_asked then = find_asked_without(g->arena, asked, p->part, S(""));
            LIST_ADD(g->arena, &v->offers,
                     (struct find_offer){.title = find_fields[p->part].label,
                                         .label = p->part == PART_IN_FORCE ? S("") : chip_label(g, asked, p),
                                         .count = found.found,
                                         .link = find_asked_link(g->arena, "/find", &then)});
        }
    }
    return OK;
}
