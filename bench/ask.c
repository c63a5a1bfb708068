/* How often the assistant answers when it can, and when it cannot. Every subject (đề mục of the codified law; of the
   smaller sets, every law) is a right of its own, as a unit's documents are. A question is asked twice: by one who may
   read all, and by one who may not read the subject that holds its answer, to whom it has none. Usage: bench-ask DATA
   DIR zalo|alqac2022|alqac2023 [features]: a line a question of what assistant_sure sees. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/search.h"
#include "modules/assistant/assistant.h"
#include "modules/assistant/assistant_sure.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/banned.h"

struct article {
    struct str id;
    int64_t subject; /* its principal */
};

struct corpus {
    struct arena *arena;
    LIST(struct article) articles; /* sorted by id once read */
    LIST(struct str) subjects;     /* principal FIRST_SUBJECT + i */
};

enum { FIRST_SUBJECT = 1000 };

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

static int64_t subject_number(struct corpus *c, struct str subject) {
    for (size_t i = 0; i < c->subjects.n; i++) {
        if (str_eq(c->subjects.at[i], subject)) {
            return FIRST_SUBJECT + (int64_t)i;
        }
    }
    LIST_ADD(c->arena, &c->subjects, str_copy(c->arena, subject));
    return FIRST_SUBJECT + (int64_t)c->subjects.n - 1;
}

/* Road law is spread over several subjects and over documents without one: it is one subject here. */
static struct str subject_of(struct arena *a, json_t *o) {
    struct str subject = member(o, "demuc"), title = utf8_fold(a, member(o, "doc_title"));
    bool is_road = str_find(subject, S("giao-thong"), 0) != SIZE_MAX ||
                   str_find(title, S("giao thong"), 0) != SIZE_MAX || str_find(title, S("duong bo"), 0) != SIZE_MAX ||
                   str_find(title, S("duong sat"), 0) != SIZE_MAX;
    return is_road ? S("giao-thong") : subject.len ? subject : title;
}

static int by_id(const void *x, const void *y) {
    const struct article *a = x, *b = y;
    return str_cmp(a->id, b->id);
}

static void add_clauses(struct arena *a, struct search_doc *d, struct str text) {
    size_t from = 0;
    for (size_t at = 1; at < text.len; at++) {
        size_t n = 0;
        while (at + n < text.len && n < 3 && text.at[at + n] >= '0' && text.at[at + n] <= '9') {
            n++;
        }
        if (text.at[at - 1] == '\n' && n > 0 && at + n < text.len && text.at[at + n] == '.') {
            search_doc_add(a, d, 1, str_slice(text, from, at));
            from = at;
        }
    }
    search_doc_add(a, d, 1, str_slice(text, from, text.len));
}

static struct err put(struct corpus *c, struct search_writer *w, struct arena *a, const struct article *one,
                      struct search_doc *d, struct str text) {
    LIST_ADD(c->arena, &c->articles, *one);
    d->record = (int64_t)c->articles.n;
    d->kind = S("law");
    d->key = one->id;
    LIST_ADD(a, &d->principals, one->subject);
    add_clauses(a, d, text);
    return search_writer_put(w, d);
}

static struct err put_article(struct corpus *c, struct search_writer *w, struct arena *a, json_t *o) {
    struct article one = {str_copy(c->arena, utf8_lower(a, member(o, "id"))), subject_number(c, subject_of(a, o))};
    struct search_doc d = {.number = member(o, "doc_num")};
    d.title = str_format(a, "%.*s %.*s %.*s", STR_ARG(member(o, "title")), STR_ARG(member(o, "doc_type")),
                         STR_ARG(member(o, "doc_title")));
    return put(c, w, a, &one, &d, member(o, "text"));
}

/* [{"id": law, "articles": [{"id", "text": "Title\n\nbody"}]}] */
static struct err put_laws(struct corpus *c, struct search_writer *w, const char *path) {
    json_t *laws = json_load_file(path, 0, NULL);
    struct arena *a = arena_new();
    struct err e = laws ? OK : FAIL(ERR_MISSING, "no such corpus");
    for (size_t i = 0; i < json_array_size(laws); i++) {
        json_t *law = json_array_get(laws, i), *articles = json_object_get(law, "articles");
        for (size_t k = 0; !e.why && k < json_array_size(articles); k++) {
            json_t *o = json_array_get(articles, k);
            struct str title = {0}, body = {0};
            arena_reset(a);
            struct article one = {
                str_format(c->arena, "%.*s%%%.*s", STR_ARG(member(law, "id")), STR_ARG(member(o, "id"))),
                subject_number(c, member(law, "id"))};
            if (!str_cut(member(o, "text"), S("\n"), &title, &body)) {
                body = member(o, "text");
            }
            struct search_doc d = {.number = member(law, "id")};
            d.title = str_format(a, "%.*s %.*s", STR_ARG(title), STR_ARG(member(law, "id")));
            e = put(c, w, a, &one, &d, body);
        }
    }
    json_decref(laws);
    arena_free(a);
    return e;
}

static struct err put_file(struct corpus *c, struct search_writer *w, const char *path) {
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    struct arena *a = arena_new();
    struct err e = f ? OK : FAIL(ERR_MISSING, "no such corpus");
    while (!e.why && (len = getline(&line, &cap, f)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        arena_reset(a);
        e = o ? put_article(c, w, a, o) : OK;
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    arena_free(a);
    return e;
}

struct figures {
    size_t answerable, answered, right, unanswerable, falsely;
};

static struct str gold_id(struct arena *a, json_t *gold) {
    return json_is_string(gold)
               ? str_of(json_string_value(gold))
               : str_format(a, "%.*s%%%.*s", STR_ARG(member(gold, "law_id")), STR_ARG(member(gold, "article_id")));
}

static bool is_gold(struct arena *a, json_t *gold, struct str key) {
    for (size_t g = 0; g < json_array_size(gold); g++) {
        if (str_eq(key, gold_id(a, json_array_get(gold, g)))) {
            return true;
        }
    }
    return false;
}

/* Every subject, but those that hold an answer when is_without. False when an answer is not in the corpus. */
static bool principals_fill(struct arena *a, const struct corpus *c, json_t *gold, bool is_without,
                            struct search_principals *out) {
    bool *is_left = arena_take(a, bool, c->subjects.n);
    out->at = arena_take(a, int64_t, c->subjects.n);
    out->n = 0;
    for (size_t g = 0; g < json_array_size(gold); g++) {
        struct article wanted = {.id = gold_id(a, json_array_get(gold, g))};
        const struct article *found = bsearch(&wanted, c->articles.at, c->articles.n, sizeof wanted, by_id);
        if (!found) {
            return false;
        }
        is_left[found->subject - FIRST_SUBJECT] = is_without;
    }
    for (size_t i = 0; i < c->subjects.n; i++) {
        if (!is_left[i]) {
            out->at[out->n++] = FIRST_SUBJECT + (int64_t)i;
        }
    }
    return true;
}

static void features_print(struct arena *a, struct search_reader *r, struct search_query *q, json_t *gold, bool can) {
    struct search_result found;
    err_ignore(search_query(r, a, q, &found));
    if (!found.hits.n) {
        return;
    }
    for (size_t k = 0; k < found.hits.n && k < 12; k++) {
        struct assistant_signs s = assistant_signs_of(a, q->text, &found.hits, k);
        printf("%s%d %d %.4f %.4f %.4f %.4f %.4f %.*s", k ? "\t" : "", can, is_gold(a, gold, found.hits.at[k].key),
               s.cover, s.normal, s.pairs, s.gap, s.spread, STR_ARG(found.hits.at[k].key));
    }
    printf("\t%.*s\n", STR_ARG(q->text));
}

static void ask(struct figures *f, const struct corpus *c, struct search_reader *r, json_t *o, bool is_without,
                bool is_features) {
    struct arena *a = arena_new();
    json_t *gold = json_object_get(o, "gold") ? json_object_get(o, "gold") : json_object_get(o, "relevant_articles");
    struct str words = member(o, "question").len ? member(o, "question") : member(o, "text");
    struct assistant_question q = {.words = words};
    struct assistant_answer answer = {0};
    bool is_there = principals_fill(a, c, gold, is_without, &q.principals);
    if (is_there && is_features) {
        struct search_query query = {.text = q.words, .principals = q.principals, .limit = 40, .by_passage = true};
        features_print(a, r, &query, gold, !is_without);
    } else if (is_there) {
        err_ignore(assistant_ask(r, a, &q, &assistant_limits_usual, &answer));
        bool right = false;
        for (size_t i = 0; i < answer.quotes.n; i++) {
            right |= is_gold(a, gold, answer.quotes.at[i].key);
        }
        *(is_without ? &f->unanswerable : &f->answerable) += 1;
        *(is_without ? &f->falsely : &f->answered) += answer.is_found;
        f->right += !is_without && answer.is_found && right;
    }
    arena_free(a);
}

static void ask_twice(struct figures *f, const struct corpus *c, struct search_reader *r, json_t *o, bool is_features) {
    ask(f, c, r, o, false, is_features);
    ask(f, c, r, o, true, is_features);
}

static void ask_file(struct figures *f, const struct corpus *c, struct search_reader *r, const char *path,
                     bool is_features) {
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    while (in && (len = getline(&line, &cap, in)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        if (o) {
            ask_twice(f, c, r, o, is_features);
        }
        json_decref(o);
    }
    free(line);
    if (in) {
        fclose(in);
    }
}

static void ask_list(struct figures *f, const struct corpus *c, struct search_reader *r, const char *path,
                     bool is_features) {
    json_t *all = json_load_file(path, 0, NULL);
    for (size_t i = 0; i < json_array_size(all); i++) {
        ask_twice(f, c, r, json_array_get(all, i), is_features);
    }
    json_decref(all);
}

static struct err make(struct corpus *c, const char *data, const char *dir, struct str set) {
    struct search_writer *w = NULL;
    TRY(search_writer_open(str_of(dir), &w));
    TRY(search_writer_clear(w));
    if (str_eq(set, S("zalo"))) {
        TRY(put_file(c, w, str_z(c->arena, str_format(c->arena, "%s/law/articles.jsonl", data))));
        TRY(put_file(c, w, str_z(c->arena, str_format(c->arena, "%s/law/articles_extra.jsonl", data))));
    } else {
        TRY(put_laws(c, w, str_z(c->arena, str_format(c->arena, "%s/questions/%.*s_law.json", data, STR_ARG(set)))));
    }
    TRY(search_writer_commit(w, 1));
    search_writer_close(w);
    qsort(c->articles.at, c->articles.n, sizeof *c->articles.at, by_id);
    return OK;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: bench-ask DATA DIR zalo|alqac2022|alqac2023 [features]\n");
        return 2;
    }
    struct corpus c = {.arena = arena_new()};
    struct str set = str_of(argv[3]);
    bool is_features = argc > 4;
    struct search_reader *r = NULL;
    struct figures f = {0};
    struct err e = make(&c, argv[1], argv[2], set);
    if (!e.why) {
        e = search_reader_open(str_of(argv[2]), &r);
    }
    if (e.why) {
        fprintf(stderr, "%.*s\n", STR_ARG(e.why->detail));
        return 1;
    }
    const char *file = str_eq(set, S("zalo"))        ? "zalo2021_dev.jsonl"
                       : str_eq(set, S("alqac2022")) ? "alqac2022_questions.json"
                                                     : "alqac2023_train.json";
    const char *path = str_z(c.arena, str_format(c.arena, "%s/questions/%s", argv[1], file));
    if (str_eq(set, S("zalo"))) {
        ask_file(&f, &c, r, path, is_features);
    } else {
        ask_list(&f, &c, r, path, is_features);
    }
    if (!is_features) {
        printf("%.*s, %zu articles: %zu questions with an answer, answered %.3f, of these with the right article "
               "quoted %.3f; "
               "%zu without, answered falsely %.3f\n",
               STR_ARG(set), c.articles.n, f.answerable, (double)f.answered / (double)f.answerable,
               (double)f.right / (double)f.answered, f.unanswerable, (double)f.falsely / (double)f.unanswerable);
    }
    search_reader_close(r);
    arena_free(c.arena);
    return 0;
}
