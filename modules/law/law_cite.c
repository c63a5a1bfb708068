#include "modules/law/law_cite.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_cite_inside.h"

static const struct str pieces[CITE_LEVELS] = {
    [CITE_ANNEX] = S_INIT("annex"), [CITE_PART] = S_INIT("part"),         [CITE_CHAPTER] = S_INIT("chp"),
    [CITE_SECTION] = S_INIT("sec"), [CITE_SUBSECTION] = S_INIT("subsec"), [CITE_ARTICLE] = S_INIT("art"),
    [CITE_CLAUSE] = S_INIT("cl"),   [CITE_POINT] = S_INIT("pt"),          [CITE_SUBPOINT] = S_INIT("sp"),
};

/* Labels of a place, one a level. */
struct address {
    struct str label[CITE_LEVELS];
};

static struct address address_of(struct str eid) {
    struct address out = {0};
    struct str rest = eid, piece, name, label;
    while (rest.len) {
        str_cut(rest, S("__"), &piece, &rest);
        str_cut(piece, S("_"), &name, &label);
        for (int i = 0; i < CITE_LEVELS; i++) {
            if (str_eq(name, pieces[i])) {
                out.label[i] = label;
            }
        }
    }
    return out;
}

/* An article is addressed without its chapter; a clause of no article by all above it. */
static struct str eid_of(struct arena *a, const struct address *at) {
    struct buf b = buf_in(a);
    bool has_article = at->label[CITE_ARTICLE].len > 0;
    for (int i = 0; i < CITE_LEVELS; i++) {
        bool is_above = has_article && i > CITE_ANNEX && i < CITE_ARTICLE;
        if (at->label[i].len && !is_above) {
            buf_printf(&b, "%s%.*s_%.*s", b.len ? "__" : "", STR_ARG(pieces[i]), STR_ARG(at->label[i]));
        }
    }
    return buf_str(&b);
}

/* "Điều 5, khoản 2, điểm a": the widest stands first, and nothing as wide comes after it. */
static bool is_descending(const struct law_cite_chain *c) {
    bool is_narrower = false;
    for (size_t i = 1; i < c->n; i++) {
        bool is_by_and = c->item[i].level > c->item[i - 1].level && c->item[i].join == CITE_AND;
        if (c->item[i].level < c->item[0].level || is_by_and) {
            return false;
        }
        is_narrower |= c->item[i].level > c->item[0].level;
        if (is_narrower && c->item[i].level == c->item[0].level) {
            return false;
        }
    }
    return is_narrower;
}

/* What an item's address needs beside the chain: the place the text stands at. */
static int complete(struct address *at, enum law_cite_level level, bool is_self, const struct address *place) {
    int confidence = is_self ? 98 : 95;
    if (is_self) {
        for (int i = 0; i <= (int)level; i++) {
            at->label[i] = place->label[i];
        }
        return at->label[level].len ? confidence : 0;
    }
    if (level >= CITE_CLAUSE && !at->label[CITE_ARTICLE].len && !at->label[CITE_ANNEX].len &&
        !at->label[CITE_CHAPTER].len && !at->label[CITE_SECTION].len && !at->label[CITE_PART].len) {
        for (int i = 0; i < (int)level; i++) {
            at->label[i] = at->label[i].len ? at->label[i] : place->label[i];
        }
        confidence = level == CITE_CLAUSE || at->label[CITE_CLAUSE].len ? 70 : 60;
        return at->label[CITE_ARTICLE].len ? confidence : 0;
    }
    return confidence;
}

struct resolved {
    struct address at[CITE_ITEMS_MOST];
    int confidence[CITE_ITEMS_MOST];
    bool is_self[CITE_ITEMS_MOST]; /* it, or what holds it, is "này" */
};

static void address_set(struct address *ctx, const struct law_cite_item *item, const struct address *place) {
    for (int l = (int)item->level; l < CITE_LEVELS; l++) {
        ctx->label[l] = S("");
    }
    if (item->is_self) {
        for (int l = 0; l <= (int)item->level && l < CITE_LEVELS; l++) {
            ctx->label[l] = place->label[l];
        }
    } else {
        ctx->label[item->level] = item->label;
    }
    /* "điểm b.1": what is before the dash is its point. */
    size_t dash = item->level == CITE_SUBPOINT ? str_find(item->label, S("-"), 0) : SIZE_MAX;
    if (dash != SIZE_MAX) {
        ctx->label[CITE_POINT] = str_slice(item->label, 0, dash);
    }
}

/* "các điều này": those named before, wherever that was. What lies in them is not known either. */
static bool is_of_before(const struct law_cite_chain *c) {
    for (size_t i = 0; i < c->n; i++) {
        if (c->item[i].is_before) {
            return true;
        }
    }
    return false;
}

/* Whether an item only holds the one before it (after it, in a descending chain). */
static bool is_holder(const struct law_cite_chain *c, size_t i, bool down) {
    if (down) {
        return i + 1 < c->n && c->item[i + 1].level > c->item[i].level;
    }
    if (i == 0 || i >= c->n) {
        return false;
    }
    /* "khoản 3, Điều 5" is one place: a comma before what is wider lists nothing. */
    const struct law_cite_item *item = &c->item[i];
    return (item->join == CITE_INSIDE || item->join == CITE_COMMA) && c->item[i - 1].level > item->level;
}

/* "khoản 4 của một trong các Điều 248, 249 và 250": that clause of each. */
static void share_narrower(const struct law_cite_chain *c, struct resolved *out) {
    for (size_t i = 1; i < c->n; i++) {
        bool is_shared = c->item[i].is_plural && is_holder(c, i, false) && c->item[i].level == CITE_ARTICLE;
        for (size_t k = i + 1; is_shared && k < c->n && c->item[k].level == CITE_ARTICLE; k++) {
            for (int l = CITE_ARTICLE + 1; l < CITE_LEVELS; l++) {
                out->at[k].label[l] = out->at[i - 1].label[l];
            }
        }
    }
}

/* From the right to the left, each item lies in the nearest wider one; in a descending chain from left to right. */
static void chain_resolve(const struct law_cite_chain *c, const struct address *place, struct resolved *out) {
    struct address ctx = {0};
    bool is_self[CITE_LEVELS] = {0}, down = is_descending(c);
    for (size_t k = 0; k < c->n; k++) {
        size_t i = down ? k : c->n - 1 - k;
        const struct law_cite_item *item = &c->item[i];
        /* A wider neighbour's own holders do not hold this one: Điều 5 khoản 2; Chương II. */
        address_set(&ctx, item, place);
        is_self[item->level] = item->is_self;
        out->is_self[i] = item->is_self;
        for (int l = 0; l < (int)item->level; l++) {
            out->is_self[i] |= is_self[l] && ctx.label[l].len > 0;
        }
        for (int l = (int)item->level + 1; l < CITE_LEVELS; l++) {
            is_self[l] = false;
        }
        out->at[i] = ctx;
        out->confidence[i] = complete(&out->at[i], item->level, item->is_self, place);
    }
    if (!down) {
        share_narrower(c, out);
    }
}

static size_t leaf_from(const struct law_cite_chain *c, size_t i, bool down) {
    while (down && i > 0 && is_holder(c, i - 1, true)) {
        i--;
    }
    return c->item[i].from;
}

static size_t leaf_to(const struct law_cite_chain *c, size_t i, bool down) {
    while (!down && i + 1 < c->n && is_holder(c, i + 1, false)) {
        i++;
    }
    return c->item[i].to;
}

/* Whether a place was completed from where it is read, and so can only be of the text itself. */
static bool needs_place(const struct resolved *res, size_t i) {
    return res->confidence[i] > 0 && res->confidence[i] < 95;
}

static bool is_known(const struct resolved *res, size_t i, enum law_cite_whose whose) {
    return res->confidence[i] && (res->is_self[i] || whose != LAW_CITE_DOC || !needs_place(res, i));
}

/* Adds a chain's places. doc: of the whole chain, but what is "này" stays its own. */
static void chain_add(struct law_cite_read *r, const struct law_cite_chain *c, enum law_cite_whose whose, size_t doc) {
    struct address place = address_of(r->place);
    struct resolved *res = arena_take(r->arena, struct resolved, 1);
    bool down = is_descending(c);
    if (is_of_before(c)) {
        return;
    }
    chain_resolve(c, &place, res);
    for (size_t i = 0; i < c->n; i++) {
        if (is_holder(c, i, down) || !is_known(res, i, whose)) {
            continue;
        }
        bool is_own = res->is_self[i];
        struct law_cite cite = {.from = leaf_from(c, i, down),
                                .to = leaf_to(c, i, down),
                                .whose = is_own || needs_place(res, i) ? LAW_CITE_OWN : whose,
                                .doc = is_own ? 0 : doc,
                                .eid = eid_of(r->arena, &res->at[i]),
                                .confidence = res->confidence[i]};
        bool is_range = i + 1 < c->n && c->item[i + 1].join == CITE_UNTIL && c->item[i + 1].level == c->item[i].level;
        if (is_range) {
            cite.to = leaf_to(c, i + 1, down);
            cite.last_eid = eid_of(r->arena, &res->at[i + 1]);
            i++;
        }
        LIST_ADD(r->arena, &r->found->cites, cite);
    }
}

/* "của Luật này", "Nghị định số 30/2020/NĐ-CP" after a chain. Returns the end of what was read. */
static size_t whose_at(struct law_cite_read *r, size_t at, enum law_cite_whose *whose, size_t *doc) {
    static const struct str fillers[] = {S_INIT("ban hành kèm theo"),
                                         S_INIT("kèm theo"),
                                         S_INIT("của"),
                                         S_INIT("tại"),
                                         S_INIT("trong"),
                                         S_INIT("thuộc"),
                                         S_INIT("theo"),
                                         S_INIT("các")};
    struct law_cite_doc d;
    size_t here = cite_spaces(r->text, at);
    here += here < r->text.len && r->text.at[here] == ',' ? 1 : 0;
    here = cite_spaces(r->text, here);
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        size_t end = cite_word(r->text, here, fillers[i]);
        here = end ? cite_spaces(r->text, end) : here;
    }
    *whose = LAW_CITE_UNSAID;
    *doc = 0;
    if (here == at || !cite_doc(r->arena, r->text, here, &d)) {
        /* Of another document, nobody can say which: no reference rather than one to the text's own. */
        *whose = here > at && cite_doc_unnamed(r->text, here) ? LAW_CITE_DOC : LAW_CITE_UNSAID;
        return at;
    }
    if (d.is_own) {
        *whose = LAW_CITE_OWN;
        return d.to;
    }
    *LIST_PUSH(r->arena, &r->found->docs) = d;
    *doc = r->found->docs.n;
    *whose = LAW_CITE_DOC;
    return d.to;
}

static bool chain_step(struct law_cite_read *r, size_t at, struct law_cite_chain *chain, size_t *next) {
    enum law_cite_whose whose;
    size_t doc;
    if (!cite_chain(r, at, chain)) {
        return false;
    }
    *next = whose_at(r, chain->end, &whose, &doc);
    if (whose != LAW_CITE_DOC || doc) {
        chain_add(r, chain, whose, doc);
    }
    if (doc) {
        const struct law_cite_doc *d = &r->found->docs.at[doc - 1];
        LIST_ADD(r->arena, &r->found->cites,
                 (struct law_cite){.from = d->from, .to = d->to, .whose = LAW_CITE_DOC, .doc = doc, .confidence = 95});
    }
    return true;
}

static bool doc_step(struct law_cite_read *r, size_t at, size_t *next) {
    struct law_cite_doc d;
    if (!cite_doc(r->arena, r->text, at, &d)) {
        return false;
    }
    *next = d.to;
    if (d.is_own) {
        return true;
    }
    *LIST_PUSH(r->arena, &r->found->docs) = d;
    LIST_ADD(r->arena, &r->found->cites,
             (struct law_cite){
                 .from = d.from, .to = d.to, .whose = LAW_CITE_DOC, .doc = r->found->docs.n, .confidence = 95});
    return true;
}

/* Marks what stands in “…” after "như sau:". */
static void mark_quoted(struct str text, struct law_cites *found) {
    size_t c = 0, from = str_find(text, S("như sau"), 0);
    while (from != SIZE_MAX) {
        size_t open = str_find(text, S("“"), from), close;
        if (open == SIZE_MAX) {
            return;
        }
        close = str_find(text, S("”"), open);
        close = close == SIZE_MAX ? text.len : close;
        for (; c < found->cites.n && found->cites.at[c].from < close; c++) {
            found->cites.at[c].is_quoted = found->cites.at[c].from > open;
        }
        from = str_find(text, S("như sau"), close);
    }
}

void law_cite_find(struct arena *a, struct str text, struct str place, struct law_cites *found) {
    *found = (struct law_cites){0};
    struct law_cite_read r = {.arena = a, .text = text, .place = place, .found = found};
    struct law_cite_chain *chain = arena_take(a, struct law_cite_chain, 1);
    size_t at = 0;
    while (at < text.len) {
        size_t next = at;
        bool is_start =
            ((unsigned char)text.at[at] & 0xC0) != 0x80 && cite_is_letter(text, at) && cite_starts_word(text, at);
        if (is_start && (chain_step(&r, at, chain, &next) || doc_step(&r, at, &next)) && next > at) {
            at = next;
            continue;
        }
        at++;
        while (is_start && at < text.len && (((unsigned char)text.at[at] & 0xC0) == 0x80)) {
            at++;
        }
    }
    mark_quoted(text, found);
}
