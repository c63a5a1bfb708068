/* How often the assistant answers when it can, and when it cannot. A question is asked three times: by one who may read
   all; by one who may not read the subject that holds its answer (đề mục of the codified law; of the smaller sets, the
   law); and by one who may read all but the answer and its near copies. To the last two there is none, or so it is
   taken. Off-topic questions are asked once.
   Usage: bench-ask DATA DIR library LIBRARY OFFTOPIC | alqac2022 | alqac2023, then optionally features: a line of JSON
   a question with what assistant_sure sees of its best passages; or false: those answered falsely. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bench/ask_corpus.h"
#include "kernel/page/json.h"
#include "modules/assistant/assistant.h"
#include "modules/assistant/assistant_sure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum output { FIGURES, FEATURES, FALSE_ONES };
enum { SEEN_MOST = 40, JUDGED = 12 };

struct bench {
    struct corpus c;
    struct search_reader *reader;
    enum output output;
    const char *set;
};

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

/* "36/2024/QH15::article::38::clause::1" is article 36/2024/qh15%38. */
static struct str answer_id(struct arena *a, json_t *one) {
    if (!json_is_string(one)) {
        return str_format(a, "%.*s%%%.*s", STR_ARG(member(one, "law_id")), STR_ARG(member(one, "article_id")));
    }
    struct str id = str_of(json_string_value(one)), law, rest, article;
    if (!str_cut(id, S("::article::"), &law, &rest)) {
        return str_copy(a, id);
    }
    if (!str_cut(rest, S("::"), &article, &rest)) {
        article = rest;
    }
    return str_format(a, "%.*s%%%.*s", STR_ARG(utf8_lower(a, law)), STR_ARG(article));
}

static void asked_add(struct arena *a, struct asked_all *all, json_t *o) {
    static const char *const golds[] = {"gold", "relevant_articles", "reference"};
    struct str words = member(o, "question").len ? member(o, "question") : member(o, "text");
    struct asked one = {.words = str_copy(a, words)};
    for (size_t g = 0; g < sizeof golds / sizeof *golds; g++) {
        json_t *list = json_object_get(o, golds[g]);
        for (size_t i = 0; i < json_array_size(list); i++) {
            LIST_ADD(a, &one.answers, answer_id(a, json_array_get(list, i)));
        }
    }
    LIST_ADD(a, all, one);
}

/* A list in JSON, an object a line, or a question a line. */
static void asked_read(struct arena *a, const char *path, struct asked_all *all) {
    json_t *list = json_load_file(path, 0, NULL);
    FILE *in = list ? NULL : fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        asked_add(a, all, json_array_get(list, i));
    }
    for (ssize_t len; in && (len = getline(&line, &cap, in)) > 0;) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        if (o) {
            asked_add(a, all, o);
        } else if (line[0] != '#') {
            LIST_ADD(a, all, (struct asked){.words = str_copy(a, str_trim((struct str){line, (size_t)len}))});
        }
        json_decref(o);
    }
    free(line);
    if (in) {
        fclose(in);
    }
    json_decref(list);
}

static bool is_answer(const struct asked *one, struct str key) {
    for (size_t i = 0; i < one->answers.n; i++) {
        if (str_eq(key, one->answers.at[i])) {
            return true;
        }
    }
    return false;
}

static void signs_print(struct buf *b, const struct search_result *found, size_t at, const struct asked *one) {
    struct assistant_signs s = assistant_signs_of(found, at);
    buf_printf(b,
               "%s{\"gold\":%d,\"cover\":%.4f,\"content\":%.4f,\"bound\":%.4f,\"missed\":%.4f,\"own\":%.4f,"
               "\"gap\":%.4f,\"spread\":%.4f,\"field\":%.4f}",
               at ? "," : "", is_answer(one, found->hits.at[at].key), s.cover, s.content, s.bound, s.missed, s.own,
               s.gap, s.spread, s.field);
}

static void features_print(struct bench *bench, struct arena *a, const struct asked *one, enum without without,
                           const struct search_principals *rights) {
    struct search_query query = {.text = one->words,
                                 .principals = *rights,
                                 .limit = SEEN_MOST,
                                 .by_passage = true,
                                 .in_force = true,
                                 .with_words = true};
    struct search_result found;
    err_ignore(search_query(bench->reader, a, &query, &found));
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"set\":\"%s\",\"w\":%d,\"can\":%d,\"q\":", bench->set, without,
               without == WITHOUT_NOTHING && one->answers.n > 0);
    json_str(&b, one->words);
    BUF_LIT(&b, ",\"f\":[");
    for (size_t i = 0; i < found.hits.n && i < JUDGED; i++) {
        signs_print(&b, &found, i, one);
    }
    printf("%.*s]}\n", STR_ARG(buf_str(&b)));
}

struct figures {
    size_t asked, answered, right;
};

static void false_print(const struct asked *one, enum without without, const struct assistant_answer *answer) {
    printf("\n%d %.3f %.*s\n", without, answer->sure, STR_ARG(one->words));
    for (size_t i = 0; i < answer->quotes.n && i < 2; i++) {
        const struct assistant_quote *q = &answer->quotes.at[i];
        printf("  %.*s | %.*s\n     %.*s\n", STR_ARG(q->key), STR_ARG(q->title), STR_ARG(q->text));
    }
}

static void ask_one(struct bench *bench, const struct asked *one, enum without without, struct figures *f) {
    struct arena *a = arena_new();
    struct assistant_question q = {.words = one->words};
    struct assistant_answer answer = {0};
    bool is_there = corpus_rights(a, &bench->c, one, without, &q.principals);
    if (is_there && bench->output == FEATURES) {
        features_print(bench, a, one, without, &q.principals);
    } else if (is_there) {
        err_ignore(assistant_ask(bench->reader, a, &q, &assistant_limits_usual, &answer));
        bool right = false;
        for (size_t i = 0; i < answer.quotes.n; i++) {
            right |= is_answer(one, answer.quotes.at[i].key);
        }
        f->asked++;
        f->answered += answer.is_found;
        f->right += answer.is_found && right;
        if (bench->output == FALSE_ONES && answer.is_found && (without != WITHOUT_NOTHING || !one->answers.n)) {
            false_print(one, without, &answer);
        }
    }
    arena_free(a);
}

static void ask_all(struct bench *bench, const char *set, const struct asked_all *all) {
    struct figures f[3] = {0};
    bench->set = set;
    for (size_t i = 0; i < all->n; i++) {
        for (enum without w = WITHOUT_NOTHING; w <= WITHOUT_ANSWER; w++) {
            if (w == WITHOUT_NOTHING || all->at[i].answers.n) {
                ask_one(bench, &all->at[i], w, &f[w]);
            }
        }
    }
    if (bench->output != FIGURES || !f[0].asked) {
        return;
    }
    if (!f[1].asked) {
        printf("%s: %zu questions off topic, answered falsely %.3f\n", set, f[0].asked,
               (double)f[0].answered / (double)f[0].asked);
        return;
    }
    printf("%s: %zu questions, answered %.3f, of these with the right article %.3f; falsely %.3f without the subject, "
           "%.3f without the answer\n",
           set, f[0].asked, (double)f[0].answered / (double)f[0].asked, (double)f[0].right / (double)f[0].answered,
           (double)f[1].answered / (double)f[1].asked, (double)f[2].answered / (double)f[2].asked);
}

static struct err index_open(struct bench *bench, const char *dir) {
    TRY(corpus_index(&bench->c, dir));
    fprintf(stderr, "%zu articles, %zu near copies of answers\n", bench->c.articles.n, bench->c.near.n);
    return search_reader_open(str_of(dir), &bench->reader);
}

static struct err bench_library(struct bench *bench, char **argv) {
    struct arena *a = bench->c.arena;
    struct asked_all zalo = {0}, traffic = {0}, other = {0}, all = {0};
    TRY(corpus_of_library(&bench->c, argv[4], argv[1]));
    asked_read(a, str_z(a, str_format(a, "%s/questions/zalo2021_dev.jsonl", argv[1])), &zalo);
    asked_read(a, str_z(a, str_format(a, "%s/questions/traffic_dev.jsonl", argv[1])), &traffic);
    asked_read(a, argv[5], &other);
    for (size_t i = 0; i < zalo.n; i++) {
        LIST_ADD(a, &all, zalo.at[i]);
    }
    for (size_t i = 0; i < traffic.n; i++) {
        LIST_ADD(a, &all, traffic.at[i]);
    }
    corpus_name(&bench->c, &all);
    TRY(index_open(bench, argv[2]));
    ask_all(bench, "zalo2021_dev", &zalo);
    ask_all(bench, "traffic_dev", &traffic);
    ask_all(bench, "offtopic", &other);
    return OK;
}

static struct err bench_laws(struct bench *bench, char **argv) {
    struct arena *a = bench->c.arena;
    bool is_first = str_eq(str_of(argv[3]), S("alqac2022"));
    struct asked_all all = {0};
    TRY(corpus_of_laws(&bench->c, str_z(a, str_format(a, "%s/questions/%s_law.json", argv[1], argv[3]))));
    asked_read(
        a,
        str_z(a, str_format(a, "%s/questions/%s.json", argv[1], is_first ? "alqac2022_questions" : "alqac2023_train")),
        &all);
    corpus_name(&bench->c, &all);
    TRY(index_open(bench, argv[2]));
    ask_all(bench, argv[3], &all);
    return OK;
}

int main(int argc, char **argv) {
    bool is_library = argc > 5 && str_eq(str_of(argv[3]), S("library"));
    if (argc < 4) {
        fputs("usage: bench-ask DATA DIR library LIBRARY OFFTOPIC | alqac2022 | alqac2023 [features | false]\n",
              stderr);
        return 2;
    }
    struct str last = str_of(argv[argc - 1]);
    struct bench bench = {.c = {.arena = arena_new()},
                          .output = str_eq(last, S("features")) ? FEATURES
                                    : str_eq(last, S("false"))  ? FALSE_ONES
                                                                : FIGURES};
    struct err e = is_library ? bench_library(&bench, argv) : bench_laws(&bench, argv);
    if (e.why) {
        fprintf(stderr, "%.*s\n", STR_ARG(e.why->detail));
    }
    search_reader_close(bench.reader);
    arena_free(bench.c.arena);
    return e.why ? 1 : 0;
}
