#include "bench/peers/corpus.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bench/search_bench.h"
#include "search/words/text.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { SAMPLE = 1 << 16, SAMPLED_EVERY = 61, REPLACED_EVERY = 4 };

struct growing {
    FILE *out;
    struct arena *arena; /* of the sample */
    struct str sample[SAMPLE];
    uint64_t words;
    uint32_t passages, most, copy;
};

void peers_fail(const char *engine, const char *what) {
    fprintf(stderr, "%s: %s\n", engine, what);
    exit(1);
}

static uint64_t mixed(uint64_t x) {
    x = (x ^ (x >> 31)) * 0x9FB21C651E98DF25ULL;
    return x ^ (x >> 29);
}

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

static void put_string(struct growing *g, struct str s) {
    uint32_t len = (uint32_t)s.len;
    fwrite(&len, sizeof len, 1, g->out);
    fwrite(s.at, 1, s.len, g->out);
}

static void sample_words(struct growing *g, struct str text) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        if (!t.is_whole && !t.is_number && ++g->words % SAMPLED_EVERY == 0) {
            g->sample[mixed(g->words) % SAMPLE] = str_copy(g->arena, str_slice(text, t.from, t.to));
        }
    }
}

static struct str varied(struct growing *g, struct arena *a, struct str text) {
    struct search_scan scan;
    struct search_token t;
    struct buf b = buf_in(a);
    size_t from = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        struct str other = g->sample[mixed(++g->words * 31 + g->copy) % SAMPLE];
        if (!t.is_whole && !t.is_number && other.len && mixed(g->words) % REPLACED_EVERY == 0) {
            buf_put(&b, str_slice(text, from, t.from));
            buf_put(&b, other);
            from = t.to;
        }
    }
    buf_put(&b, str_slice(text, from, text.len));
    return buf_str(&b);
}

static void put_article(struct growing *g, struct arena *a, json_t *o) {
    struct str title =
        str_format(a, "Điều %.*s. %.*s — %.*s %.*s", STR_ARG(member(o, "article")), STR_ARG(member(o, "title")),
                   STR_ARG(member(o, "doc_type")), STR_ARG(member(o, "doc_title")));
    struct str text = member(o, "text"), id = utf8_lower(a, member(o, "id"));
    struct search_doc d = {0};
    if (g->copy == 0) {
        sample_words(g, text);
    } else {
        title = varied(g, a, title);
        text = varied(g, a, text);
        id = S("");
    }
    bench_clauses(a, &d, text);
    uint32_t head[2] = {(uint32_t)(mixed(str_hash(member(o, "doc_num")) + g->copy) % PEERS_RIGHTS),
                        (uint32_t)d.passages.n};
    fwrite(head, sizeof head, 1, g->out);
    put_string(g, id);
    put_string(g, title);
    for (size_t i = 0; i < d.passages.n; i++) {
        put_string(g, d.passages.at[i].text);
    }
    g->passages += head[1];
}

static void put_file(struct growing *g, const char *data, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/law/%s", data, name);
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    struct arena *a = arena_new();
    if (!f) {
        peers_fail("corpus", path);
    }
    for (ssize_t len; g->passages < g->most && (len = getline(&line, &cap, f)) > 0;) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        arena_reset(a);
        if (o) {
            put_article(g, a, o);
        }
        json_decref(o);
    }
    free(line);
    fclose(f);
    arena_free(a);
}

void peers_corpus_make(const char *data, const char *path, uint32_t passages) {
    struct growing *g = calloc(1, sizeof *g);
    if (!g || !(g->out = fopen(path, "w"))) {
        peers_fail("corpus", "cannot be written");
    }
    g->most = passages;
    g->arena = arena_new();
    for (; g->passages < passages; g->copy++) {
        put_file(g, data, "articles.jsonl");
        put_file(g, data, "articles_extra.jsonl");
    }
    fclose(g->out);
    arena_free(g->arena);
    free(g);
}

static uint32_t next_number(struct peers_corpus *c) {
    uint32_t n;
    memcpy(&n, c->next, sizeof n);
    c->next += sizeof n;
    return n;
}

static struct peers_text next_text(struct peers_corpus *c) {
    struct peers_text t = {.len = next_number(c)};
    t.at = (const char *)c->next;
    c->next += t.len;
    return t;
}

bool peers_corpus_next(struct peers_corpus *c, struct arena *a, struct peers_doc *d) {
    if (c->next == c->end) {
        c->next = c->at;
        return false;
    }
    uint32_t id = c->next == c->at ? 1 : d->id + 1, first = c->next == c->at ? 1 : d->first + d->n;
    *d = (struct peers_doc){.id = id, .first = first, .right = next_number(c)};
    d->n = next_number(c);
    d->key = next_text(c);
    d->title = next_text(c);
    d->passages = arena_take(a, struct peers_text, d->n + 1);
    for (uint32_t i = 0; i < d->n; i++) {
        d->passages[i] = next_text(c);
    }
    return true;
}

static void own_all(struct peers_corpus *c) {
    struct peers_doc d = {0};
    struct arena *a = arena_new();
    size_t docs = 0, passages = 0;
    while (peers_corpus_next(c, a, &d)) {
        if (d.id >= docs || d.first + d.n >= passages) {
            docs = d.id * 2;
            passages = (d.first + d.n) * 2;
            c->right = realloc(c->right, docs * sizeof *c->right);
            c->owner = realloc(c->owner, passages * sizeof *c->owner);
        }
        c->right[d.id] = (uint8_t)d.right;
        c->bytes += d.title.len;
        for (uint32_t i = 0; i < d.n; i++) {
            c->owner[d.first + i] = d.id;
            c->bytes += d.passages[i].len;
        }
        c->docs = d.id;
        c->passages = d.first + d.n - 1;
        arena_reset(a);
    }
    arena_free(a);
}

void peers_corpus_open(struct peers_corpus *c, const char *path) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *c = (struct peers_corpus){0};
    if (fd < 0 || fstat(fd, &st) != 0 ||
        (c->at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0)) == MAP_FAILED) {
        peers_fail("corpus", "cannot be read");
    }
    close(fd);
    c->next = c->at;
    c->end = c->at + st.st_size;
    own_all(c);
}
