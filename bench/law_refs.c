/* Measures the grammar of references on a corpus of law: how fast it reads, what share of references to articles of the
   text's own work lead to one that is there, and how many of a sample read by hand are right and found. One line a
   figure. Usage: bench-law-refs DATA [--sample N]: prints N references spread over the corpus, with where they stand;
   bench-law-refs --read FILE: prints what is read in lines as tests/law_gold.h writes them. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"
#include "modules/law/law_cite.h"
#include "tests/law_gold.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct work {
    struct str code;
    LIST(struct str) articles; /* "art_5" */
    LIST(struct str) wanted;   /* articles of its own it refers to */
    LIST(struct str) where;    /* of each: the words around it */
};

struct counts {
    struct arena *arena;
    LIST(struct work) works;
    size_t table[1 << 14]; /* index into works + 1, by hash of the number */
    int64_t articles, bytes, cites, docs, places;
    int64_t microseconds;
    int64_t every, seen; /* of the sample; 0 none */
};

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

static struct work *work_of(struct counts *c, struct str code) {
    size_t slot = str_hash(code) & 0x3FFF;
    while (c->table[slot] && !str_eq(c->works.at[c->table[slot] - 1].code, code)) {
        slot = (slot + 1) & 0x3FFF;
    }
    if (!c->table[slot]) {
        LIST_ADD(c->arena, &c->works, (struct work){.code = str_copy(c->arena, code)});
        c->table[slot] = c->works.n;
    }
    return &c->works.at[c->table[slot] - 1];
}

/* The label at a line's begin: "2. " is a clause, "a) " a point. Returns its bytes. */
static size_t line_label(struct str line, char close) {
    size_t n = 0;
    while (n < line.len && n < 5 && line.at[n] != close && line.at[n] != ' ') {
        n++;
    }
    return n && n + 1 < line.len && line.at[n] == close && line.at[n + 1] == ' ' ? n : 0;
}

static struct str label_eid(struct arena *a, struct str label) {
    return str_starts(label, S("đ")) ? str_format(a, "dd%.*s", STR_ARG(str_slice(label, 2, label.len))) : label;
}

static bool is_article(struct str eid) { return str_starts(eid, S("art_")); }

static void count_cites(struct counts *c, struct work *w, struct str id, struct str text, struct str place) {
    struct arena *a = arena_new();
    struct law_cites found;
    int64_t begin = clock_monotonic_us();
    law_cite_find(a, text, place, &found);
    c->microseconds += clock_monotonic_us() - begin;
    c->bytes += (int64_t)text.len;
    c->cites += (int64_t)found.cites.n;
    c->docs += (int64_t)found.docs.n;
    for (size_t i = 0; i < found.cites.n; i++) {
        const struct law_cite *x = &found.cites.at[i];
        c->places += x->eid.len > 0;
        if (x->whose != LAW_CITE_DOC && is_article(x->eid)) {
            struct str article, below;
            str_cut(x->eid, S("__"), &article, &below);
            size_t from = x->from < 120 ? 0 : x->from - 120;
            LIST_ADD(c->arena, &w->wanted, str_copy(c->arena, article));
            LIST_ADD(c->arena, &w->where,
                     str_format(c->arena, "%.*s %.*s[%.*s]%.*s", STR_ARG(id), STR_ARG(str_slice(text, from, x->from)),
                                STR_ARG(str_slice(text, x->from, x->to)), STR_ARG(str_slice(text, x->to, x->to + 60))));
        }
        if (c->every && ++c->seen % c->every == 0) {
            const struct law_cite_doc *d = x->doc ? &found.docs.at[x->doc - 1] : NULL;
            size_t from = x->from < 90 ? 0 : x->from - 90;
            printf("%.*s\t%.*s\t%.*s\t[%.*s]\t%.*s%s%.*s\t%s%.*s\t%.*s\n", STR_ARG(id), STR_ARG(place),
                   STR_ARG(str_slice(text, from, x->from)), STR_ARG(str_slice(text, x->from, x->to)), STR_ARG(x->eid),
                   x->last_eid.len ? ".." : "", STR_ARG(x->last_eid),
                   x->whose == LAW_CITE_OWN   ? "own"
                   : x->whose == LAW_CITE_DOC ? "@"
                                              : "unsaid",
                   STR_ARG(d ? (d->key.len ? d->key : law_cite_name_key(a, d)) : S("")),
                   STR_ARG(str_slice(text, x->to, x->to + 50)));
        }
    }
    arena_free(a);
}

static void count_article(struct counts *c, json_t *o) {
    struct arena *a = arena_new();
    struct work *w = work_of(c, member(o, "doc_num"));
    struct str article = str_format(a, "art_%.*s", STR_ARG(utf8_lower(a, member(o, "article"))));
    struct str rest = member(o, "text"), line, clause = {0}, place = article;
    LIST_ADD(c->arena, &w->articles, str_copy(c->arena, article));
    c->articles++;
    while (str_next(&rest, '\n', &line)) {
        size_t n = line_label(line, '.');
        if (n && line.at[0] >= '0' && line.at[0] <= '9') {
            clause = place = str_format(a, "%.*s__cl_%.*s", STR_ARG(article), (int)n, line.at);
        } else if ((n = line_label(line, ')'))) {
            place = str_format(a, "%.*s__pt_%.*s", STR_ARG(clause.len ? clause : article),
                               STR_ARG(label_eid(a, str_slice(line, 0, n))));
        }
        count_cites(c, w, member(o, "id"), line, place);
    }
    arena_free(a);
}

static void read_jsonl(struct counts *c, struct str path) {
    FILE *f = fopen(str_z(c->arena, path), "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    while (f && (len = getline(&line, &cap, f)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        if (o) {
            count_article(c, o);
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
}

static bool has_article(const struct work *w, struct str eid) {
    for (size_t j = 0; j < w->articles.n; j++) {
        if (str_eq(w->articles.at[j], eid)) {
            return true;
        }
    }
    return false;
}

static int64_t number_of(struct str eid) {
    int64_t n = 0;
    for (size_t i = 4; i < eid.len && eid.at[i] >= '0' && eid.at[i] <= '9'; i++) {
        n = n * 10 + (eid.at[i] - '0');
    }
    return n;
}

/* Articles 1 to n without a gap: the corpus has the whole of it, as far as can be seen. */
static bool is_whole(struct arena *a, const struct work *w) {
    size_t plain = 0;
    while (has_article(w, str_format(a, "art_%zu", plain + 1))) {
        plain++;
    }
    for (size_t i = 0; i < w->articles.n; i++) {
        if (number_of(w->articles.at[i]) > (int64_t)plain) {
            return false;
        }
    }
    return plain >= 10;
}

static void print_wholes(struct counts *c, const char *what) {
    int64_t works = 0, wanted = 0, there = 0;
    for (size_t i = 0; i < c->works.n; i++) {
        struct work *w = &c->works.at[i];
        if (!is_whole(c->arena, w)) {
            continue;
        }
        works++;
        for (size_t k = 0; k < w->wanted.n; k++) {
            bool is_there = has_article(w, w->wanted.at[k]);
            wanted++;
            there += is_there;
            if (!is_there && getenv("MISS")) {
                printf("MISS %.*s %.*s\n", STR_ARG(w->wanted.at[k]), STR_ARG(w->where.at[k]));
            }
        }
    }
    printf("%s: %.2f %% of %lld such references in %lld works whose articles run from 1 without a gap\n", what,
           wanted ? 100.0 * (double)there / (double)wanted : 0.0, (long long)wanted, (long long)works);
}

static void print_share(struct counts *c, const char *what) {
    int64_t wanted = 0, there = 0;
    for (size_t i = 0; i < c->works.n; i++) {
        struct work *w = &c->works.at[i];
        for (size_t k = 0; k < w->wanted.n; k++) {
            wanted++;
            there += has_article(w, w->wanted.at[k]);
        }
    }
    printf("%s: %lld works, %lld articles, %lld references (%lld to places, %lld documents)\n", what,
           (long long)c->works.n, (long long)c->articles, (long long)c->cites, (long long)c->places,
           (long long)c->docs);
    printf("%s: %.2f %% of %lld references to articles of the own work lead to one\n", what,
           wanted ? 100.0 * (double)there / (double)wanted : 0.0, (long long)wanted);
    print_wholes(c, what);
    printf("%s: %.1f MB in %.2f s, %.1f MB/s\n", what, (double)c->bytes / 1e6, (double)c->microseconds / 1e6,
           (double)c->bytes / (double)(c->microseconds + 1));
}

static void told(const struct law_gold_line *line, char what, const struct law_gold_ref *ref) {
    printf("%c %.*s (%.*s): %.*s = %.*s\n    %.*s\n", what, STR_ARG(line->id), STR_ARG(line->place),
           STR_ARG(ref->words), STR_ARG(ref->target), STR_ARG(line->text));
}

/* Against the lines read by hand. */
static void gold_measure(void) {
    struct arena *a = arena_new();
    struct law_gold gold;
    struct law_gold_score s = {0};
    if (law_gold_read(a, "tests/law_references.txt", &gold)) {
        for (size_t i = 0; i < gold.lines.n; i++) {
            law_gold_score(a, &gold, i, &s, told);
        }
        printf("tests/law_references.txt: %zu lines, %zu references; precision %.3f (%zu of %zu), recall %.3f\n",
               s.lines, s.wanted, (double)s.right / (double)(s.found ? s.found : 1), s.right, s.found,
               (double)s.right / (double)(s.wanted ? s.wanted : 1));
    }
    arena_free(a);
}

static void gold_print(const char *path) {
    struct arena *a = arena_new();
    struct law_gold gold;
    struct law_gold_line out;
    law_gold_read(a, path, &gold);
    for (size_t i = 0; i < gold.lines.n; i++) {
        law_gold_find(a, &gold, &gold.lines.at[i], &out);
        printf("@ %.*s %.*s\n%.*s\n", STR_ARG(out.id), STR_ARG(out.place), STR_ARG(out.text));
        for (size_t k = 0; k < out.refs.n; k++) {
            printf("%.*s = %.*s\n", STR_ARG(out.refs.at[k].words), STR_ARG(out.refs.at[k].target));
        }
        putchar('\n');
    }
    arena_free(a);
}

int main(int argc, char **argv) {
    if (argc > 2 && str_eq(str_of(argv[1]), S("--read"))) {
        gold_print(argv[2]);
        return 0;
    }
    if (argc < 2) {
        fputs("bench-law-refs DATA [--sample N]\n", stderr);
        return 2;
    }
    gold_measure();
    struct counts *c = calloc(1, sizeof *c);
    c->arena = arena_new();
    c->every = argc > 3 ? 450000 / strtol(argv[3], NULL, 10) : 0;
    read_jsonl(c, str_format(c->arena, "%s/law/articles.jsonl", argv[1]));
    print_share(c, "articles.jsonl");
    arena_free(c->arena);
    free(c);
    return 0;
}
