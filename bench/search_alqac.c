/* ALQAC-2022: its own laws as the whole corpus, its questions, how often the right article comes first. */
#include "bench/search_bench.h"

#include "base/arena.h"
#include "base/list.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

struct alqac {
    struct arena *arena;
    LIST(struct str) ids; /* law%article */
};

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

static struct err put_law(struct alqac *c, struct search_writer *w, json_t *law) {
    json_t *article;
    size_t i;
    json_array_foreach(json_object_get(law, "articles"), i, article) {
        struct arena *a = arena_new();
        struct str text = member(article, "text"), title = S("");
        if (!str_cut(text, S("\n"), &title, &text)) {
            title = text;
        }
        struct str id = str_format(c->arena, "%.*s%%%.*s", STR_ARG(member(law, "id")), STR_ARG(member(article, "id")));
        LIST_ADD(c->arena, &c->ids, id);
        struct search_doc d = {.record = (int64_t)c->ids.n, .kind = S("law"), .number = member(law, "id")};
        d.title = title;
        LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
        bench_clauses(a, &d, text);
        struct err e = search_writer_put(w, &d);
        arena_free(a);
        TRY(e);
    }
    return OK;
}

static bool is_gold(struct arena *a, json_t *question, struct str id) {
    json_t *gold;
    size_t i;
    json_array_foreach(json_object_get(question, "relevant_articles"), i, gold) {
        if (str_eq(id,
                   str_format(a, "%.*s%%%.*s", STR_ARG(member(gold, "law_id")), STR_ARG(member(gold, "article_id"))))) {
            return true;
        }
    }
    return false;
}

static void ask_all(const struct alqac *c, struct search_reader *r, json_t *questions) {
    json_t *question;
    size_t i, n = 0, first = 0, ten = 0;
    json_array_foreach(questions, i, question) {
        struct arena *a = arena_new();
        struct search_query q = {.text = member(question, "text")};
        struct search_result found = {0};
        LIST_ADD(a, &q.principals, (int64_t)SEARCH_EVERYBODY);
        err_ignore(search_query(r, a, &q, &found));
        for (size_t h = 0; h < found.hits.n; h++) {
            if (is_gold(a, question, c->ids.at[found.hits.at[h].record - 1])) {
                first += h == 0;
                ten++;
                break;
            }
        }
        n++;
        arena_free(a);
    }
    printf("ALQAC-2022, %zu articles, %zu questions: R@1 %.3f  R@10 %.3f\n", c->ids.n, n, (double)first / (double)n,
           (double)ten / (double)n);
}

struct err bench_alqac(const char *laws_path, const char *questions_path, struct str dir) {
    json_t *laws = json_load_file(laws_path, 0, NULL), *questions = json_load_file(questions_path, 0, NULL), *law;
    struct alqac c = {.arena = arena_new()};
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    size_t i;
    TRY(search_writer_open(dir, &w));
    TRY(search_writer_clear(w));
    json_array_foreach(laws, i, law) { TRY(put_law(&c, w, law)); }
    TRY(search_writer_commit(w, 1));
    search_writer_close(w);
    TRY(search_reader_open(dir, &r));
    ask_all(&c, r, questions);
    search_reader_close(r);
    json_decref(laws);
    json_decref(questions);
    arena_free(c.arena);
    return OK;
}
