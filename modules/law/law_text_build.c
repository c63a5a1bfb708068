/* Lines become places. A label counts when it is the next in its row; what is not next stays in the words, and what
   looks wrong is flagged. */
#include "modules/law/law_text_build.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

struct siblings *law_siblings(struct builder *b, int32_t parent) {
    size_t i = (size_t)(parent + 1);
    while (b->siblings.n <= i) {
        LIST_PUSH(b->arena, &b->siblings);
    }
    return &b->siblings.at[i];
}

bool law_eids_add(struct builder *b, struct str eid) {
    if (b->eids_n * 2 >= b->eids_cap) {
        struct str *was = b->eids;
        size_t cap = b->eids_cap;
        b->eids_cap = cap ? cap * 2 : 256;
        b->eids = arena_take(b->arena, struct str, b->eids_cap);
        b->eids_n = 0;
        for (size_t i = 0; i < cap; i++) {
            if (was[i].len) {
                law_eids_add(b, was[i]);
            }
        }
    }
    size_t i = (size_t)str_hash(eid) & (b->eids_cap - 1);
    for (; b->eids[i].len; i = (i + 1) & (b->eids_cap - 1)) {
        if (str_eq(b->eids[i], eid)) {
            return false;
        }
    }
    b->eids[i] = eid;
    b->eids_n++;
    return true;
}

static struct law_node *node_of(struct builder *b, int32_t i) { return &b->tree->nodes.at[i]; }

/* The innermost open place of one of the levels up to level's holder. */
static int32_t holder_of(const struct builder *b, enum law_level level) {
    static const enum law_level order[] = {LAW_SUBPOINT, LAW_POINT,   LAW_CLAUSE, LAW_ARTICLE, LAW_SUBSECTION,
                                           LAW_SECTION,  LAW_CHAPTER, LAW_PART,   LAW_ANNEX};
    bool is_inside = level == LAW_TABLE || level == LAW_PARAGRAPH;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        enum law_level at = order[i];
        bool may_hold = is_inside || at < level || at == LAW_ANNEX;
        if (may_hold && at != level && level != LAW_ANNEX && b->open[at] != LAW_NO_NODE) {
            return b->open[at];
        }
    }
    return LAW_NO_NODE;
}

/* Closes level and all below it, and forgets what they counted. */
static void close_from(struct builder *b, enum law_level level) {
    if (level == LAW_ANNEX) {
        level = LAW_PART;
        b->open[LAW_ANNEX] = LAW_NO_NODE;
        b->article = (struct count){0};
    }
    if (level > LAW_SUBPOINT) {
        return;
    }
    for (int i = (int)level; i <= LAW_SUBPOINT; i++) {
        b->open[i] = LAW_NO_NODE;
    }
    b->sub = (struct count){0};
    b->point = level <= LAW_CLAUSE ? (struct count){0} : b->point;
    b->clause = level <= LAW_ARTICLE ? (struct count){0} : b->clause;
}

static void end_words(struct builder *b, size_t at) {
    if (b->current == LAW_NO_NODE) {
        return;
    }
    struct law_node *node = node_of(b, b->current);
    size_t from = b->words_from < at ? b->words_from : at;
    struct str words = law_trim(str_slice(b->lines->text, from, at));
    node->text = words.len ? words : S("");
    node->to = words.len ? (size_t)(words.at - b->lines->text.at) + words.len : node->to;
}

/* One of its kind: a second art_5 gets a number behind it. */
static struct str own_eid(struct builder *b, struct str eid) {
    for (int n = 1; n < 10000; n++) {
        struct str tried = n == 1 ? eid : str_format(b->arena, "%.*s-%d", STR_ARG(eid), n);
        if (law_eids_add(b, tried)) {
            return tried;
        }
    }
    return str_format(b->arena, "%.*s-x%zu", STR_ARG(eid), b->tree->nodes.n);
}

/* What an eid below the holder begins with: articles count through the whole work, and need no chapter before them. */
static struct str eid_before(struct builder *b, enum law_level level, int32_t parent) {
    if (level == LAW_ARTICLE || level == LAW_ANNEX || level == LAW_PART) {
        int32_t annex = level == LAW_ANNEX ? LAW_NO_NODE : b->open[LAW_ANNEX];
        return annex == LAW_NO_NODE ? b->eid_before : node_of(b, annex)->eid;
    }
    return parent == LAW_NO_NODE ? b->eid_before : node_of(b, parent)->eid;
}

/* Keys grow: a label that is not above its elder sister's is put behind her. */
static struct str key_of(struct builder *b, enum law_level level, int32_t parent, struct str label) {
    struct str parent_key = parent == LAW_NO_NODE ? b->key_before : node_of(b, parent)->sort_key;
    struct siblings *s = law_siblings(b, parent);
    struct str key = law_sort_key(b->arena, parent_key, level, label);
    bool is_numbered =
        (label.len || level == LAW_ANNEX) && level != LAW_TABLE && level != LAW_PARAGRAPH && str_cmp(key, s->last) > 0;
    if (is_numbered) {
        s->base = key;
        s->nth = 0;
    } else {
        key = law_sort_key_behind(b->arena, parent_key, s->base, ++s->nth);
    }
    s->last = key;
    return key;
}

int32_t law_node_open(struct builder *b, const struct opened *o) {
    end_words(b, o->from);
    close_from(b, o->level == LAW_TABLE || o->level == LAW_PARAGRAPH ? LAW_LEVELS : o->level);
    int32_t parent = holder_of(b, o->level), i = (int32_t)b->tree->nodes.n;
    struct str part = law_eid_part(b->arena, o->level, o->label), before = eid_before(b, o->level, parent);
    struct str eid = before.len ? str_format(b->arena, "%.*s__%.*s", STR_ARG(before), STR_ARG(part)) : part;
    if (o->level == LAW_TABLE || o->level == LAW_PARAGRAPH) {
        struct siblings *s = law_siblings(b, parent);
        eid = str_format(b->arena, "%.*s_%d", STR_ARG(eid), o->level == LAW_TABLE ? ++s->tables : ++s->paragraphs);
    }
    struct str key = key_of(b, o->level, parent, o->label);
    struct law_node node = {.level = o->level,
                            .parent = parent,
                            .article = o->level == LAW_ARTICLE ? i
                                       : parent == LAW_NO_NODE ? LAW_NO_NODE
                                                               : node_of(b, parent)->article,
                            .annex = o->level == LAW_ANNEX   ? i
                                     : parent == LAW_NO_NODE ? LAW_NO_NODE
                                                             : node_of(b, parent)->annex,
                            .label = o->label,
                            .heading = o->heading,
                            .text = S(""),
                            .eid = own_eid(b, eid),
                            .sort_key = key,
                            .from = o->from,
                            .to = o->heading_to};
    LIST_ADD(b->arena, &b->tree->nodes, node);
    if (o->level <= LAW_SUBPOINT || o->level == LAW_ANNEX) {
        b->open[o->level] = i;
    }
    b->current = i;
    b->words_from = o->words_from;
    b->tree->articles += o->level == LAW_ARTICLE;
    return i;
}

void law_flag_line(struct builder *b, enum law_fault fault, size_t line) {
    const struct law_line *l = &b->lines->at[line];
    struct str label = law_trim(str_slice(b->lines->text, l->from, l->body));
    law_fault_add(b->arena, b->tree, fault, &(struct law_fault_place){b->current, l->from, label});
}

void law_builder_end(struct builder *b, size_t at) {
    end_words(b, at);
    b->current = LAW_NO_NODE;
    struct law_tree *t = b->tree;
    for (size_t i = t->nodes.n; i > 0; i--) {
        struct law_node *node = &t->nodes.at[i - 1];
        node->end = node->end > node->to ? node->end : node->to;
        if (node->parent != LAW_NO_NODE && t->nodes.at[node->parent].end < node->end) {
            t->nodes.at[node->parent].end = node->end;
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < t->quotes.n; i++) {
        struct law_quote *q = &t->quotes.at[i];
        while (n + 1 < t->nodes.n && t->nodes.at[n + 1].from <= q->from) {
            n++;
        }
        bool is_in = t->nodes.n && t->nodes.at[n].from <= q->from && q->from <= t->nodes.at[n].to;
        q->node = is_in ? (int32_t)n : LAW_NO_NODE;
    }
    for (size_t i = 0; i < t->flags.n; i++) {
        struct law_text_flag *f = &t->flags.at[i];
        for (size_t q = 0; f->node == LAW_NO_NODE && q < t->quotes.n; q++) {
            f->node = t->quotes.at[q].from == f->at ? t->quotes.at[q].node : LAW_NO_NODE;
        }
    }
}

void law_builder_begin(struct builder *b, struct arena *a, struct law_lines *lines, struct law_tree *tree) {
    *b = (struct builder){.arena = a, .lines = lines, .tree = tree, .current = LAW_NO_NODE};
    for (size_t i = 0; i < sizeof b->open / sizeof *b->open; i++) {
        b->open[i] = LAW_NO_NODE;
    }
    law_style_of(b);
}

static void look_for_whole(struct builder *b) {
    struct law_tree *t = b->tree;
    if (t->articles == 0) {
        law_fault_add(b->arena, t, t->nodes.n ? LAW_FAULT_NO_ARTICLES : LAW_FAULT_NO_PLACES,
                      &(struct law_fault_place){.node = LAW_NO_NODE});
    }
}

void law_build(struct arena *a, struct law_lines *lines, struct law_tree *tree) {
    struct builder b;
    law_builder_begin(&b, a, lines, tree);
    size_t first = law_first_place(&b), closing = lines->n, i = first;
    b.is_outline = first < lines->n && lines->at[first].look != LOOK_ARTICLE &&
                   lines->next_article[first] >= lines->next_annex[first];
    while (i < lines->n) {
        size_t now = i;
        i = law_step(&b, i);
        if (b.closing_from == now + 1) {
            closing = now;
            end_words(&b, lines->at[now].from);
            b.current = LAW_NO_NODE;
            size_t next = lines->next_annex[now];
            law_tail_read(a, lines, now, next, tree);
            i = next;
        }
    }
    law_builder_end(&b, lines->text.len);
    look_for_whole(&b);
    law_head_read(a, lines, first < closing ? first : closing, tree);
}

void law_build_one(struct arena *a, struct law_lines *lines, const struct law_one *one, struct law_tree *tree) {
    struct builder b;
    law_builder_begin(&b, a, lines, tree);
    b.eid_before = one->eid_before;
    b.key_before = one->key_before;
    b.is_one = true;
    law_node_open(&b, &(struct opened){.level = LAW_ARTICLE, .label = one->label, .heading = one->heading});
    for (size_t i = 0; i < lines->n;) {
        i = law_step(&b, i);
    }
    law_builder_end(&b, lines->text.len);
}

void law_text_read(struct arena *a, struct str text, struct law_tree *tree) {
    *tree = (struct law_tree){.text = text, .head = {.effective_article = LAW_NO_NODE}};
    struct law_lines lines;
    law_lines_of(a, text, &lines);
    law_quotes_find(a, &lines, tree);
    law_annexes_find(a, &lines);
    law_lines_ahead(a, &lines);
    law_build(a, &lines, tree);
    law_effective_find(a, tree);
}

void law_text_read_one(struct arena *a, const struct law_one *one, struct law_tree *tree) {
    *tree = (struct law_tree){.text = one->text, .head = {.effective_article = LAW_NO_NODE}};
    struct law_lines lines;
    law_lines_of(a, one->text, &lines);
    law_quotes_find(a, &lines, tree);
    law_lines_ahead(a, &lines);
    law_build_one(a, &lines, one, tree);
}
