#include "bench/ask_corpus.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bench/search_bench.h"
#include "kernel/db/db.h"
#include "search/words/text.h"
#include "modules/law/law_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { FIRST_SUBJECT = 1000, FIRST_ARTICLE = 1000000, PAIRS_MOST = 6000, LEAST_PAIRS = 12 };
static const double near_share = 0.6;

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

static int by_key(const void *x, const void *y) {
    const struct article *a = x, *b = y;
    return str_cmp(a->doc.key, b->doc.key);
}

static struct article *article_find(const struct corpus *c, struct str key) {
    struct article wanted = {.doc.key = key};
    return c->articles.n ? bsearch(&wanted, c->articles.at, c->articles.n, sizeof wanted, by_key) : NULL;
}

static void articles_sort(struct corpus *c) {
    list_sort(c->articles.at, c->articles.n, sizeof *c->articles.at, by_key);
}

static struct err subjects_read(struct corpus *c, const char *path) {
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    struct arena *a = arena_new();
    for (ssize_t len; f && (len = getline(&line, &cap, f)) > 0;) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        arena_reset(a);
        struct article *one = o ? article_find(c, utf8_lower(a, member(o, "id"))) : NULL;
        if (one) {
            one->subject = subject_number(c, subject_of(a, o));
        }
        json_decref(o);
    }
    free(line);
    arena_free(a);
    struct err e = f ? OK : FAIL(ERR_MISSING, "no such corpus");
    if (f) {
        fclose(f);
    }
    return e;
}

static struct err library_read(struct corpus *c, struct db *db) {
    const struct search_source *law = &law_sources[0];
    struct db_read *r;
    TRY(db_begin_read(db, c->arena, &r));
    struct err e = OK;
    struct search_ids ids = {0};
    int64_t after = 0;
    do {
        e = law->each(r, c->arena, after, 1000, &ids);
        for (size_t i = 0; !e.why && i < ids.n; i++) {
            struct article one = {.subject = FIRST_SUBJECT};
            bool is_gone = false;
            after = ids.at[i];
            e = law->load(r, c->arena, ids.at[i], &one.doc, &is_gone);
            if (!e.why && !is_gone) {
                one.doc.kind = law->kind;
                LIST_ADD(c->arena, &c->articles, one);
            }
        }
    } while (!e.why && ids.n);
    db_end_read(r);
    return e;
}

struct err corpus_of_library(struct corpus *c, const char *dir, const char *data) {
    struct db *db;
    struct arena *a = arena_new();
    TRY(db_open(a, str_format(a, "%s/doanket.db", dir), &db));
    struct err e = library_read(c, db);
    db_close(db);
    articles_sort(c);
    subject_number(c, S(""));
    if (!e.why) {
        e = subjects_read(c, str_z(a, str_format(a, "%s/law/articles.jsonl", data)));
    }
    if (!e.why) {
        e = subjects_read(c, str_z(a, str_format(a, "%s/law/articles_extra.jsonl", data)));
    }
    arena_free(a);
    return e;
}

struct err corpus_of_laws(struct corpus *c, const char *path) {
    json_t *laws = json_load_file(path, 0, NULL);
    for (size_t i = 0; i < json_array_size(laws); i++) {
        json_t *law = json_array_get(laws, i), *articles = json_object_get(law, "articles");
        for (size_t k = 0; k < json_array_size(articles); k++) {
            json_t *o = json_array_get(articles, k);
            struct str title = {0}, body = {0}, id = str_copy(c->arena, member(law, "id"));
            struct str text = str_copy(c->arena, member(o, "text"));
            struct article one = {.subject = subject_number(c, id)};
            if (!str_cut(text, S("\n"), &title, &body)) {
                body = text;
            }
            one.doc = (struct search_doc){.kind = S("law"),
                                          .number = id,
                                          .record = (int64_t)c->articles.n + 1,
                                          .whole = FIRST_ARTICLE + one.subject};
            one.doc.key = str_format(c->arena, "%.*s%%%.*s", STR_ARG(id), STR_ARG(member(o, "id")));
            one.doc.title = str_format(c->arena, "%.*s — %.*s", STR_ARG(title), STR_ARG(id));
            bench_clauses(c->arena, &one.doc, body);
            LIST_ADD(c->arena, &c->articles, one);
        }
    }
    json_decref(laws);
    articles_sort(c);
    return laws ? OK : FAIL(ERR_MISSING, "no such corpus");
}

/* ---- Near copies */

struct pairs {
    uint64_t at[PAIRS_MOST];
    size_t n;
};

static int by_number(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static void pairs_of(const struct search_doc *doc, struct pairs *out) {
    out->n = 0;
    for (size_t i = 0; i < doc->passages.n; i++) {
        struct search_scan scan;
        struct search_token t;
        uint64_t before = 0;
        search_scan_begin(&scan, doc->passages.at[i].text);
        while (out->n < PAIRS_MOST && search_scan_next(&scan, &t)) {
            if (!t.is_whole && before && !t.is_begin) {
                out->at[out->n++] = search_pair_key(SEARCH_EXACT_PAIR, before, t.exact);
            }
            before = t.is_whole ? before : t.exact;
        }
    }
    list_sort(out->at, out->n, sizeof *out->at, by_number);
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        if (!n || out->at[n - 1] != out->at[i]) {
            out->at[n++] = out->at[i];
        }
    }
    out->n = n;
}

/* Which answers hold a pair, sorted by pair. */
struct holder {
    uint64_t pair;
    size_t answer;
};

static int by_pair(const void *x, const void *y) {
    const struct holder *a = x, *b = y;
    return (a->pair > b->pair) - (a->pair < b->pair);
}

struct answers {
    struct corpus *c;
    LIST(size_t) at;    /* of an answer, its article */
    LIST(size_t) pairs; /* and how many pairs it has */
    LIST(struct holder) by_pair;
    struct pairs work;
};

static void answers_add(struct answers *s, struct str key) {
    struct article *one = article_find(s->c, key);
    if (!one || one->is_named) {
        return;
    }
    one->is_named = true;
    pairs_of(&one->doc, &s->work);
    for (size_t i = 0; i < s->work.n; i++) {
        LIST_ADD(s->c->arena, &s->by_pair, (struct holder){s->work.at[i], s->at.n});
    }
    LIST_ADD(s->c->arena, &s->at, (size_t)(one - s->c->articles.at));
    LIST_ADD(s->c->arena, &s->pairs, s->work.n);
}

/* How many pairs each answer shares with the one at hand. */
static void shared_count(const struct answers *s, uint32_t *shared) {
    memset(shared, 0, s->at.n * sizeof *shared);
    for (size_t i = 0; i < s->work.n; i++) {
        size_t low = 0, high = s->by_pair.n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (s->by_pair.at[middle].pair < s->work.at[i]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (; low < s->by_pair.n && s->by_pair.at[low].pair == s->work.at[i]; low++) {
            shared[s->by_pair.at[low].answer]++;
        }
    }
}

static void near_find(struct answers *s) {
    struct corpus *c = s->c;
    uint32_t *shared = arena_take(c->arena, uint32_t, s->at.n + 1);
    for (size_t i = 0; i < c->articles.n; i++) {
        pairs_of(&c->articles.at[i].doc, &s->work);
        shared_count(s, shared);
        for (size_t k = 0; k < s->at.n && s->work.n; k++) {
            size_t fewer = s->pairs.at[k] < s->work.n ? s->pairs.at[k] : s->work.n;
            if (s->at.at[k] != i && fewer >= LEAST_PAIRS && shared[k] >= near_share * (double)fewer) {
                LIST_ADD(c->arena, &c->near, (struct near){s->at.at[k], i});
            }
        }
    }
    for (size_t i = 0; i < c->near.n; i++) {
        c->articles.at[c->near.at[i].copy].is_named = true;
    }
}

static int by_answer(const void *x, const void *y) {
    const struct near *a = x, *b = y;
    return (a->answer > b->answer) - (a->answer < b->answer);
}

void corpus_name(struct corpus *c, const struct asked_all *all) {
    struct answers *s = arena_take(c->arena, struct answers, 1);
    s->c = c;
    for (size_t i = 0; i < all->n; i++) {
        for (size_t k = 0; k < all->at[i].answers.n; k++) {
            answers_add(s, all->at[i].answers.at[k]);
        }
    }
    list_sort(s->by_pair.at, s->by_pair.n, sizeof *s->by_pair.at, by_pair);
    near_find(s);
    list_sort(c->near.at, c->near.n, sizeof *c->near.at, by_answer);
}

/* ---- Rights */

struct err corpus_index(struct corpus *c, const char *dir) {
    struct search_writer *w = NULL;
    TRY(search_writer_open(str_of(dir), &w));
    TRY(search_writer_clear(w));
    struct err e = OK;
    for (size_t i = 0; !e.why && i < c->articles.n; i++) {
        struct article *one = &c->articles.at[i];
        int64_t right = one->is_named ? FIRST_ARTICLE + (int64_t)i : one->subject;
        one->doc.principals = (struct search_principals){&right, 1};
        e = search_writer_put(w, &one->doc);
    }
    if (!e.why) {
        e = search_writer_commit(w, 1);
    }
    search_writer_close(w);
    return e;
}

static void take_away(const struct corpus *c, const struct article *answer, enum without without, bool *subjects,
                      bool *articles) {
    size_t at = (size_t)(answer - c->articles.at);
    articles[at] = true;
    if (without == WITHOUT_SUBJECT) {
        subjects[answer->subject - FIRST_SUBJECT] = true;
    }
    for (size_t i = 0; without == WITHOUT_ANSWER && i < c->near.n; i++) {
        articles[c->near.at[i].copy] |= c->near.at[i].answer == at;
    }
}

bool corpus_rights(struct arena *a, const struct corpus *c, const struct asked *one, enum without without,
                   struct search_principals *out) {
    bool *subjects = arena_take(a, bool, c->subjects.n + 1), *articles = arena_take(a, bool, c->articles.n + 1);
    out->at = arena_take(a, int64_t, c->subjects.n + c->articles.n + 1);
    out->n = 0;
    for (size_t i = 0; i < one->answers.n; i++) {
        const struct article *answer = article_find(c, one->answers.at[i]);
        if (!answer) {
            return false;
        }
        if (without != WITHOUT_NOTHING) {
            take_away(c, answer, without, subjects, articles);
        }
    }
    for (size_t i = 0; i < c->subjects.n; i++) {
        if (!subjects[i]) {
            out->at[out->n++] = FIRST_SUBJECT + (int64_t)i;
        }
    }
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *x = &c->articles.at[i];
        if (x->is_named && !articles[i] && !subjects[x->subject - FIRST_SUBJECT]) {
            out->at[out->n++] = FIRST_ARTICLE + (int64_t)i;
        }
    }
    return true;
}
