/* Measures the rules of amendment against 470 relations read by people: which act changes which place of which other.
   Usage: bench-law-changes DATA [--show]; reads law/structured and law/amendments. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_change.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct lines {
    LIST(struct law_change_line) all;
};

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text && strcmp(text, "None") != 0 ? text : "");
}

static struct str eid_label(struct arena *a, struct str label) {
    struct str low = utf8_lower(a, label);
    if (str_eq(low, S("р"))) {
        return S("p"); /* a Cyrillic er in the source */
    }
    return str_starts(low, S("đ")) ? str_format(a, "dd%.*s", STR_ARG(str_slice(low, 2, low.len))) : low;
}

static struct str place_eid(struct arena *a, struct str article, struct str clause, struct str point) {
    struct buf b = buf_in(a);
    buf_printf(&b, "art_%.*s", STR_ARG(eid_label(a, article)));
    if (clause.len) {
        buf_printf(&b, "__cl_%.*s", STR_ARG(eid_label(a, clause)));
    }
    if (point.len) {
        buf_printf(&b, "__pt_%.*s", STR_ARG(eid_label(a, point)));
    }
    return buf_str(&b);
}

static void add_points(struct arena *a, struct lines *out, json_t *nodes, struct str article, struct str clause) {
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(nodes, "points"), i, p) {
        if (str_eq(member(p, "parent_article"), article) && str_eq(member(p, "parent_clause"), clause)) {
            LIST_ADD(a, &out->all,
                     (struct law_change_line){.eid = place_eid(a, article, clause, member(p, "letter")),
                                              .text = member(p, "content")});
        }
    }
}

static void add_articles(struct arena *a, struct lines *out, json_t *nodes) {
    size_t i, k;
    json_t *o, *c;
    json_array_foreach(json_object_get(nodes, "articles"), i, o) {
        struct str article = member(o, "number");
        LIST_ADD(a, &out->all,
                 (struct law_change_line){.eid = place_eid(a, article, S(""), S("")),
                                          .heading = member(o, "title"),
                                          .text = member(o, "content")});
        json_array_foreach(json_object_get(nodes, "clauses"), k, c) {
            if (str_eq(member(c, "parent_article"), article)) {
                struct str clause = member(c, "number");
                LIST_ADD(a, &out->all,
                         (struct law_change_line){.eid = place_eid(a, article, clause, S("")),
                                                  .text = member(c, "content")});
                add_points(a, out, nodes, article, clause);
            }
        }
    }
}

/* What a change is called in the reading by people. */
static struct str kind_of(const struct law_change *c, struct arena *a) {
    struct law_phrase_pairs pairs;
    law_change_phrases(a, c->evidence, &pairs);
    if (c->op == LAW_AMEND && !c->new_text.len && !c->heading.len && pairs.pairs.n) {
        enum law_phrase k = pairs.pairs.at[0].kind;
        return k == LAW_PHRASE_REMOVE ? S("repeal") : k == LAW_PHRASE_REPLACE ? S("replace") : S("supplement");
    }
    return law_op_code(c->op);
}

static struct str gold_kind(struct str words) {
    if (str_starts(words, S("sửa đổi"))) {
        return S("amend");
    }
    return str_eq(words, S("bổ sung")) ? S("supplement") : str_eq(words, S("bãi bỏ")) ? S("repeal") : S("replace");
}

struct keys {
    LIST(struct str) all;
};

static bool has_key(const struct keys *k, struct str key) {
    for (size_t i = 0; i < k->all.n; i++) {
        if (str_eq(k->all.at[i], key)) {
            return true;
        }
    }
    return false;
}

static void add_key(struct arena *a, struct keys *k, struct str key) {
    if (!has_key(k, key)) {
        LIST_ADD(a, &k->all, key);
    }
}

struct score {
    size_t gold, found, right, sure, sure_right;
};

static bool is_in_gold(struct str acting, json_t *gold) {
    size_t i;
    json_t *o;
    json_array_foreach(json_object_get(gold, "amends"), i, o) {
        if (str_eq(member(o, "amending_article"), str_slice(acting, 4, acting.len))) {
            return true;
        }
    }
    return false;
}

static void measure(struct arena *a, const char *data, const char *name, bool is_shown, struct score *score) {
    json_t *doc = json_load_file(str_z(a, str_format(a, "%s/law/structured/%s.json", data, name)), 0, NULL);
    json_t *gold = json_load_file(str_z(a, str_format(a, "%s/law/amendments/%s.json", data, name)), 0, NULL), *o;
    struct lines lines = {0};
    struct law_changes found;
    struct keys wanted = {0}, got = {0}, sure = {0};
    size_t i;
    json_t *nodes = json_object_get(doc, "nodes");
    add_articles(a, &lines, nodes);
    law_change_find(a, (struct law_change_lines){lines.all.at, lines.all.n},
                    member(json_object_get(nodes, "document"), "doc_name"), &found);
    json_array_foreach(json_object_get(gold, "amends"), i, o) {
        add_key(a, &wanted,
                str_format(a, "%.*s %.*s", STR_ARG(gold_kind(member(o, "amend_type"))),
                           STR_ARG(place_eid(a, member(o, "target_article"), member(o, "target_clause"),
                                             member(o, "target_point")))));
    }
    /* The reading by people covers the articles that amend works of the set: the same are compared. */
    for (i = 0; i < found.changes.n; i++) {
        const struct law_change *c = &found.changes.at[i];
        struct str acting = lines.all.at[c->line].eid, article, below;
        str_cut(acting, S("__"), &article, &below);
        if (!is_in_gold(article, gold)) {
            continue;
        }
        struct str key = str_format(a, "%.*s %.*s", STR_ARG(kind_of(c, a)), STR_ARG(c->eid));
        add_key(a, &got, key);
        if (!c->why.len) {
            add_key(a, &sure, key);
        }
        if (is_shown && !has_key(&wanted, key)) {
            printf("  more  %.*s [%.*s] %.*s\n", STR_ARG(key), STR_ARG(acting),
                   STR_ARG(str_slice(c->evidence, 0, 160)));
        }
        if (is_shown && c->why.len) {
            printf("  why   %.*s [%.*s] %.*s\n", STR_ARG(key), STR_ARG(acting), STR_ARG(c->why));
        }
    }
    size_t right = 0, sure_right = 0;
    for (i = 0; i < got.all.n; i++) {
        right += has_key(&wanted, got.all.at[i]);
    }
    for (i = 0; i < sure.all.n; i++) {
        sure_right += has_key(&wanted, sure.all.at[i]);
    }
    for (i = 0; i < wanted.all.n; i++) {
        if (is_shown && !has_key(&got, wanted.all.at[i])) {
            printf("  lacks %.*s\n", STR_ARG(wanted.all.at[i]));
        }
    }
    printf("%s: %zu of people, %zu found, %zu the same; %zu sure, %zu of them the same; in force from %.*s, %zu late\n",
           name, wanted.all.n, got.all.n, right, sure.all.n, sure_right, STR_ARG(date_iso(a, found.effective_on)),
           found.late.n);
    *score = (struct score){score->gold + wanted.all.n, score->found + got.all.n, score->right + right,
                            score->sure + sure.all.n, score->sure_right + sure_right};
    json_decref(doc);
    json_decref(gold);
}

int main(int argc, char **argv) {
    static const char *const names[] = {"118_2025_QH15", "123_2021_NĐ-CP", "168_2024_NĐ-CP"};
    struct score s = {0};
    if (argc < 2) {
        fputs("bench-law-changes DATA [--show]\n", stderr);
        return 2;
    }
    struct arena *a = arena_new();
    for (size_t i = 0; i < 3; i++) {
        measure(a, argv[1], names[i], argc > 2, &s);
    }
    double p = s.found ? (double)s.right / (double)s.found : 0, r = s.gold ? (double)s.right / (double)s.gold : 0;
    printf(
        "amendments: precision %.3f, recall %.3f, F1 %.3f of %zu places; applied by themselves %zu, precision %.3f\n",
        p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, s.gold, s.sure, s.sure ? (double)s.sure_right / (double)s.sure : 0);
    arena_free(a);
    return 0;
}
