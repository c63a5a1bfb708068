/* Measures the index on a corpus of law: time to make it, its size, how often the right article comes first, and how
   long a question takes. Prints one line a figure. Usage: bench-search DATA DIR [copies]; DATA holds law/ and
   questions/. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"
#include "bench/search_bench.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/banned.h"

enum { QUESTIONS_MOST = 3000, TOP = 100 };

struct corpus {
    struct arena *arena;
    LIST(struct str) ids;
    int64_t text_bytes;
    int64_t passages;
    size_t copies;
};

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

static struct err put_article(struct corpus *c, struct search_writer *w, struct arena *a, json_t *o) {
    LIST_ADD(c->arena, &c->ids, str_copy(c->arena, utf8_lower(a, member(o, "id"))));
    struct search_doc d = {.record = (int64_t)c->ids.n, .kind = S("law"), .number = member(o, "doc_num")};
    d.title = str_format(a, "Điều %.*s. %.*s — %.*s %.*s", STR_ARG(member(o, "article")), STR_ARG(member(o, "title")),
                         STR_ARG(member(o, "doc_type")), STR_ARG(member(o, "doc_title")));
    LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
    struct str text = member(o, "text");
    bench_clauses(a, &d, text);
    c->text_bytes += (int64_t)(text.len + d.title.len);
    c->passages += (int64_t)d.passages.n;
    return w ? search_writer_put(w, &d) : OK;
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

static int64_t size_of(const char *dir) {
    int64_t all = 0;
    char path[4096];
    snprintf(path, sizeof path, "%s/index", dir);
    DIR *d = opendir(path);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char file[4400];
        struct stat st;
        snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        all += stat(file, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0;
    }
    if (d) {
        closedir(d);
    }
    return all;
}

static int by_time(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

struct figures {
    size_t questions, first, ten, hundred;
    double reciprocal;
    int64_t took[QUESTIONS_MOST];
};

static void judge(struct figures *f, const struct corpus *c, json_t *gold, const struct search_result *r) {
    for (size_t i = 0; i < r->hits.n; i++) {
        struct str id = c->ids.at[r->hits.at[i].record - 1];
        for (size_t g = 0; g < json_array_size(gold); g++) {
            if (str_eq(id, str_of(json_string_value(json_array_get(gold, g))))) {
                f->first += i == 0;
                f->ten += i < 10;
                f->hundred++;
                f->reciprocal += i < 10 ? 1.0 / (double)(i + 1) : 0;
                return;
            }
        }
    }
}

/* Time this process had a core, so that neighbours on a busy machine do not count. */
static int64_t core_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

enum { SLIPS = 15 }; /* of a hundred syllables */
enum way { AS_IT_IS, FOLDED, AS_YOU_TYPE, MISTYPED, MISTYPED_LITERAL, MISTYPED_FOLDED };

static void ask(struct figures *f, const struct corpus *c, struct search_reader *r, json_t *o, enum way way,
                size_t limit) {
    struct arena *a = arena_new();
    struct search_query q = {.text = member(o, "question"), .limit = limit};
    LIST_ADD(a, &q.principals, (int64_t)SEARCH_EVERYBODY);
    if (way == FOLDED) {
        q.text = utf8_fold(a, q.text);
    } else if (way == AS_YOU_TYPE) {
        q.text = utf8_cut(q.text, 3 + f->questions % 20);
        q.as_you_type = true;
    } else if (way >= MISTYPED) {
        q.text = bench_mistype(a, way == MISTYPED_FOLDED ? utf8_fold(a, q.text) : q.text, SLIPS, f->questions);
        q.is_literal = way == MISTYPED_LITERAL;
    }
    struct search_result result;
    int64_t start = core_us();
    err_ignore(search_query(r, a, &q, &result));
    f->took[f->questions++] = core_us() - start;
    judge(f, c, json_object_get(o, "gold"), &result);
    arena_free(a);
}

static void run(const struct corpus *c, struct search_reader *r, const char *path, const char *name, enum way way,
                size_t limit) {
    struct figures *f = calloc(1, sizeof *f);
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    while (f && in && f->questions < QUESTIONS_MOST && (len = getline(&line, &cap, in)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        if (o) {
            ask(f, c, r, o, way, limit);
        }
        json_decref(o);
    }
    if (f && f->questions) {
        double n = (double)f->questions;
        list_sort(f->took, f->questions, sizeof *f->took, by_time);
        printf("%-34s R@1 %.3f  R@10 %.3f  R@%zu %.3f  MRR@10 %.3f  p50 %.2f ms  p95 %.2f ms\n", name,
               (double)f->first / n, (double)f->ten / n, limit, (double)f->hundred / n, f->reciprocal / n,
               (double)f->took[f->questions / 2] / 1000, (double)f->took[f->questions * 95 / 100] / 1000);
    }
    free(line);
    if (in) {
        fclose(in);
    }
    free(f);
}

static struct err make(struct corpus *c, const char *data, const char *dir) {
    struct search_writer *w = NULL;
    int64_t start = core_us();
    if (c->copies > 0) {
        TRY(search_writer_open(str_of(dir), &w));
        TRY(search_writer_clear(w));
    }
    for (size_t i = 0; i < c->copies || i == 0; i++) {
        TRY(put_file(c, w, str_z(c->arena, str_format(c->arena, "%s/law/articles.jsonl", data))));
        TRY(put_file(c, w, str_z(c->arena, str_format(c->arena, "%s/law/articles_extra.jsonl", data))));
    }
    if (!w) {
        return OK;
    }
    TRY(search_writer_commit(w, 1));
    int64_t put = core_us();
    TRY(search_writer_merge(w));
    int64_t merged = core_us();
    int64_t size = size_of(dir);
    printf("%zu articles, %lld passages, %lld kB of text: indexed in %.1f s, merged in %.1f s; index %lld kB (%.2f of "
           "the text)\n",
           c->ids.n, (long long)c->passages, (long long)c->text_bytes / 1024, (double)(put - start) / 1e6,
           (double)(merged - put) / 1e6, (long long)size / 1024, (double)size / (double)c->text_bytes);
    search_writer_close(w);
    return OK;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: bench-search DATA DIR [copies]\n");
        return 2;
    }
    struct corpus c = {.arena = arena_new(), .copies = argc > 3 ? strtoul(argv[3], NULL, 10) : 1};
    struct str questions = str_format(c.arena, "%s/questions/zalo2021_dev.jsonl", argv[1]);
    struct stat st;
    if (stat(str_z(c.arena, questions), &st) != 0) {
        printf("skipped: no questions under %s\n", argv[1]);
        return 0;
    }
    struct search_reader *r = NULL;
    struct err e = make(&c, argv[1], argv[2]);
    if (!e.why) {
        e = search_reader_open(str_of(argv[2]), &r);
    }
    if (e.why) {
        fprintf(stderr, "%.*s\n", STR_ARG(e.why->detail));
        return 1;
    }
    const char *path = str_z(c.arena, questions);
    run(&c, r, path, "questions, top 10", AS_IT_IS, 10);
    run(&c, r, path, "questions, top 100", AS_IT_IS, TOP);
    run(&c, r, path, "without diacritics, top 10", FOLDED, 10);
    run(&c, r, path, "as you type (3-22 letters), top 10", AS_YOU_TYPE, 10);
    run(&c, r, path, "15 % mistyped, top 10", MISTYPED, 10);
    run(&c, r, path, "  taken as typed", MISTYPED_LITERAL, 10);
    run(&c, r, path, "  and without diacritics", MISTYPED_FOLDED, 10);
    search_reader_close(r);
    struct str numbers = str_format(c.arena, "%s/numbers", argv[2]);
    (void)mkdir(str_z(c.arena, numbers), 0750);
    struct str alqac = str_format(c.arena, "%s/alqac", argv[2]);
    (void)mkdir(str_z(c.arena, alqac), 0750);
    e = bench_alqac(str_z(c.arena, str_format(c.arena, "%s/questions/alqac2022_law.json", argv[1])),
                    str_z(c.arena, str_format(c.arena, "%s/questions/alqac2022_questions.json", argv[1])), alqac);
    if (e.why) {
        fprintf(stderr, "%.*s\n", STR_ARG(e.why->detail));
    }
    e = bench_numbers(str_z(c.arena, str_format(c.arena, "%s/law/documents.jsonl", argv[1])), numbers);
    arena_free(c.arena);
    return e.why != NULL;
}
