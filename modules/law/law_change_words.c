/* New wording taken apart into places. */
#include "base/arena.h"
#include "base/buf.h"
#include "modules/law/law_change_apply.h"
#include "modules/law/law_cite_inside.h"

#include <string.h>

/* "3. ", "c) ", "Điều 16. " off the begin of words. */
static struct str without_label(const struct change_spot *spot, struct str words) {
    struct str w = str_trim(words);
    size_t at = spot->level == LAW_ARTICLE ? cite_word(w, 0, S("điều")) : 0;
    at = cite_spaces(w, at);
    if (!str_starts(str_slice(w, at, w.len), spot->label)) {
        return w;
    }
    at += spot->label.len;
    if (at < w.len && (w.at[at] == '.' || w.at[at] == ')')) {
        return str_trim(str_slice(w, at + 1, w.len));
    }
    return w;
}

/* Signs that belong to the list the quotation stood in: ”; and the like are outside already, ";" within stays. */
static struct str article_label(struct str eid) {
    size_t at = str_find(eid, S("art_"), 0);
    if (at == SIZE_MAX) {
        return S("");
    }
    size_t end = str_find(eid, S("__"), at);
    return str_slice(eid, at + 4, end == SIZE_MAX ? eid.len : end);
}

static struct str article_before(struct str eid) {
    size_t at = str_find(eid, S("art_"), 0);
    return at == SIZE_MAX || at < 2 ? S("") : str_slice(eid, 0, at - 2);
}

/* An article's new words as a tree whose eids are those of the work. */
static bool article_tree(struct change_state *s, const struct change_spot *spot, const struct change_event *e,
                         struct law_tree *tree) {
    struct law_one one = {.label = article_label(spot->eid), .eid_before = article_before(spot->eid)};
    struct str words = str_trim(e->new_text), first, rest;
    if (str_ends(one.label, S("dd"))) {
        one.label = str_format(s->arena, "%.*sđ", STR_ARG(str_slice(one.label, 0, one.label.len - 2)));
    }
    str_cut(words, S("\n"), &first, &rest);
    one.heading = e->heading;
    one.text = cite_word(first, 0, S("điều")) ? rest : words;
    law_text_read_one(s->arena, &one, tree);
    return true;
}

/* "b) " at a line's begin, after the point before it: its label. */
static bool point_begins(struct str line, int after, struct str *label) {
    size_t close = str_find(line, S(")"), 0);
    struct str suffix;
    *label = str_slice(line, 0, close == SIZE_MAX ? 0 : close);
    return label->len > 0 && label->len <= 4 && (label->at[0] < '0' || label->at[0] > '9') &&
           str_find(*label, S(" "), 0) == SIZE_MAX && law_label_value(LAW_POINT, *label, &suffix) >= after &&
           law_label_value(LAW_POINT, *label, &suffix) > 0;
}

static struct law_node *node_add(struct change_state *s, struct law_tree *tree, enum law_level level, struct str eid,
                                 struct str label) {
    struct law_node *n = LIST_PUSH(s->arena, &tree->nodes);
    *n = (struct law_node){.level = level, .eid = eid, .label = label, .heading = S("")};
    return n;
}

/* A clause's new words: its own, and its points. */
static bool clause_tree(struct change_state *s, const struct change_spot *spot, const struct change_event *e,
                        struct law_tree *tree) {
    struct str rest = without_label(spot, e->new_text), line, label;
    struct law_node *now = node_add(s, tree, LAW_CLAUSE, spot->eid, spot->label);
    int after = 1;
    now->text = str_slice(rest, 0, 0);
    while (rest.len) {
        size_t end = str_find(rest, S("\n"), 0);
        line = str_slice(rest, 0, end == SIZE_MAX ? rest.len : end);
        rest = str_slice(rest, end == SIZE_MAX ? rest.len : end + 1, rest.len);
        struct str words = str_trim(line), suffix;
        if (point_begins(words, after, &label)) {
            after = law_label_value(LAW_POINT, label, &suffix);
            struct str eid = str_format(s->arena, "%.*s__%.*s", STR_ARG(spot->eid),
                                        STR_ARG(law_eid_part(s->arena, LAW_POINT, label)));
            now = node_add(s, tree, LAW_POINT, eid, label);
            words = str_trim(str_slice(words, label.len + 1, words.len));
        }
        now->text =
            now->text.len ? str_trim((struct str){now->text.at, (size_t)(line.at + line.len - now->text.at)}) : words;
    }
    return true;
}

static bool tree_of(struct change_state *s, const struct change_spot *spot, const struct change_event *e,
                    struct law_tree *tree) {
    if (spot->level == LAW_ARTICLE && article_label(spot->eid).len) {
        return article_tree(s, spot, e, tree);
    }
    return spot->level == LAW_CLAUSE && clause_tree(s, spot, e, tree);
}

static int32_t node_of(const struct law_tree *tree, struct str eid) {
    for (size_t i = 0; i < tree->nodes.n; i++) {
        if (str_eq(tree->nodes.at[i].eid, eid)) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* Ends what stood below a place and is not in the new words. */
static void end_others(struct change_state *s, struct str eid, const struct law_tree *tree,
                       const struct change_event *e) {
    for (size_t i = 0; i < s->spots.n; i++) {
        struct change_spot *x = &s->spots.at[i];
        bool is_under = !str_eq(x->eid, eid) && change_is_below(x->eid, eid);
        if (is_under && (!tree || node_of(tree, x->eid) < 0)) {
            change_end(s, (int32_t)i, e);
        }
    }
}

static enum law_why put_tree(struct change_state *s, struct str eid, const struct law_tree *tree,
                             const struct change_event *e) {
    for (size_t i = 0; i < tree->nodes.n; i++) {
        const struct law_node *n = &tree->nodes.at[i];
        if (!change_is_below(n->eid, eid)) {
            continue;
        }
        int32_t spot = change_spot_find(s, n->eid);
        spot = spot >= 0 ? spot : change_spot_add(s, n->eid, n->level, n->label);
        if (spot < 0) {
            return LAW_WHY_PLACE_MISSING;
        }
        change_words_set(s, spot, n->heading, n->text, e);
    }
    return LAW_WHY_SURE;
}

static bool says_lead(struct str evidence) {
    static const struct str words[] = {S_INIT("đoạn mở đầu"), S_INIT("đoạn đầu"), S_INIT("đoạn thứ nhất"),
                                       S_INIT("tên khoản"),   S_INIT("tên điểm"), S_INIT("phần mở đầu"),
                                       S_INIT("câu dẫn")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(evidence, words[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

enum law_why change_words_put(struct change_state *s, int32_t at, const struct change_event *e) {
    struct change_spot *spot = &s->spots.at[at];
    struct str eid = spot->eid;
    struct change_version *now = change_alive(spot);
    if (!e->new_text.len && e->heading.len) {
        change_words_set(s, at, e->heading, now ? now->text : S(""), e);
        return LAW_WHY_SURE;
    }
    if (!e->new_text.len) {
        return LAW_WHY_NO_WORDS;
    }
    if (says_lead(e->evidence)) {
        change_words_set(s, at, now ? now->heading : S(""), without_label(spot, e->new_text), e);
        return LAW_WHY_SURE;
    }
    struct law_tree tree = {0};
    if (tree_of(s, spot, e, &tree) && node_of(&tree, eid) >= 0) {
        end_others(s, eid, &tree, e);
        return put_tree(s, eid, &tree, e);
    }
    end_others(s, eid, NULL, e);
    change_words_set(s, at, S(""), without_label(&s->spots.at[at], e->new_text), e);
    return LAW_WHY_SURE;
}
