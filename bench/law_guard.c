/* How fast the citation guard is as one types, and what it says of real documents.
   Usage: bench-law-guard LIBRARY DATA [--alarms]: LIBRARY a folder with a corpus imported, DATA holding law/ of it.
   Prints microseconds a paragraph and a page of 400 words, how many citations were of which kind; with --alarms each
   finding that is wrong, to be read by a person. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { DOCUMENTS = 50, PAGE_WORDS = 400, TIMES_MOST = 200000 };

struct bench {
    struct db *db;
    bool is_told;
    int64_t documents, citations, right, look, wrong, unknown;
    int64_t *paragraph, *page; /* microseconds of each */
    size_t paragraphs, pages;
    int64_t words, whole_us;
};

static struct str context(struct str text, size_t at, bool is_before) {
    size_t from = is_before ? (at < 110 ? 0 : at - 110) : at, to = is_before ? at : at + 90;
    struct str cut = str_slice(text, from, to);
    for (size_t i = 0; i < cut.len; i++) {
        if (cut.at[i] == '\n') {
            cut = is_before ? str_slice(cut, i + 1, cut.len) : str_slice(cut, 0, i);
            i = is_before ? (size_t)-1 : i;
        }
    }
    return cut;
}

static struct err check(struct bench *b, struct arena *a, struct str text, struct date on, struct law_guard *out,
                        int64_t *us) {
    struct db_read *r;
    TRY(db_begin_read(b->db, a, &r));
    int64_t begin = clock_monotonic_us();
    struct err e = law_guard_check(r, text, on, out);
    *us = clock_monotonic_us() - begin;
    db_end_read(r);
    return e;
}

static void tell(const struct law_guard *out, struct str name, struct str text) {
    for (size_t i = 0; i < out->findings.n; i++) {
        const struct law_guard_finding *f = &out->findings.at[i];
        if (f->level == LAW_GUARD_WRONG) {
            printf("%.*s\t%.*s\t%.*s[%.*s]%.*s\t%.*s\n", STR_ARG(f->code), STR_ARG(name),
                   STR_ARG(context(text, f->from, true)), STR_ARG(str_slice(text, f->from, f->to)),
                   STR_ARG(context(text, f->to, false)), STR_ARG(f->sentence));
        }
    }
}

static size_t words_of(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += s.at[i] > ' ' && (i == 0 || (unsigned char)s.at[i - 1] <= ' ');
    }
    return n;
}

/* Each paragraph by itself, as a form sends it while one types; and pages of so many words. */
static struct err parts(struct bench *b, struct str text, struct date on) {
    struct str rest = text, line;
    struct arena *a = arena_new();
    struct buf page = buf_in(a);
    struct law_guard out;
    int64_t us;
    size_t words = 0;
    while (str_next(&rest, '\n', &line)) {
        if (str_trim(line).len < 20 || b->paragraphs == TIMES_MOST) {
            continue;
        }
        struct arena *each = arena_new();
        struct err e = check(b, each, line, on, &out, &us);
        arena_free(each);
        TRY(e);
        b->paragraph[b->paragraphs++] = us;
        words += words_of(line);
        buf_put(&page, line);
        BUF_LIT(&page, "\n");
        if (words >= PAGE_WORDS) {
            TRY(check(b, a, buf_str(&page), on, &out, &b->page[b->pages++]));
            arena_reset(a);
            page = buf_in(a);
            words = 0;
        }
    }
    arena_free(a);
    return OK;
}

static struct err document(struct bench *b, struct str name, struct str raw) {
    struct arena *a = arena_new();
    struct law_tree tree;
    struct law_guard out;
    int64_t us = 0;
    struct str text = utf8_clean(a, raw);
    law_text_read(a, text, &tree);
    struct date on = tree.head.issued_on.year ? tree.head.issued_on : clock_today();
    struct err e = check(b, a, text, on, &out, &us);
    if (!e.why) {
        b->documents++;
        b->citations += (int64_t)out.citations;
        b->right += (int64_t)out.right;
        b->look += (int64_t)out.look;
        b->wrong += (int64_t)out.wrong;
        b->unknown += (int64_t)out.unknown;
        b->words += (int64_t)words_of(text);
        b->whole_us += us;
        if (b->is_told) {
            tell(&out, name, text);
        }
        e = parts(b, text, on);
    }
    arena_free(a);
    return e;
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, int64_t *times, size_t n) {
    if (n) {
        list_sort(times, n, sizeof *times, by_size);
        printf("%s: %zu, p50 %lld µs, p95 %lld µs, p99 %lld µs, most %lld µs\n", what, n, (long long)times[n / 2],
               (long long)times[n * 95 / 100], (long long)times[n * 99 / 100], (long long)times[n - 1]);
    }
}

static struct err documents(struct bench *b, struct arena *a, struct str path) {
    FILE *f = fopen(str_z(a, path), "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    struct err e = OK;
    while (f && !e.why && b->documents < DOCUMENTS && (len = getline(&line, &cap, f)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        const char *text = json_string_value(json_object_get(o, "text"));
        const char *name = json_string_value(json_object_get(o, "doc_num"));
        if (text && strlen(text) < 120000) {
            e = document(b, str_of(name ? name : "-"), str_of(text));
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    return e;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("bench-law-guard LIBRARY DATA [--alarms]\n", stderr);
        return 2;
    }
    struct arena *a = arena_new();
    struct bench b = {.is_told = argc > 3,
                      .paragraph = calloc(TIMES_MOST, sizeof(int64_t)),
                      .page = calloc(TIMES_MOST, sizeof(int64_t))};
    struct err e = db_open(a, str_format(a, "%s/doanket.db", argv[1]), &b.db);
    e = e.why ? e : documents(&b, a, str_format(a, "%s/law/documents_2026.jsonl", argv[2]));
    printf("%lld documents, %lld words; %lld citations: %lld right, %lld to look at, %lld wrong, %lld not in the "
           "library\n",
           (long long)b.documents, (long long)b.words, (long long)b.citations, (long long)b.right, (long long)b.look,
           (long long)b.wrong, (long long)b.unknown);
    print_times("a paragraph", b.paragraph, b.paragraphs);
    print_times("a page of 400 words", b.page, b.pages);
    printf("whole documents: %.1f ms a document\n",
           (double)b.whole_us / 1000.0 / (double)(b.documents ? b.documents : 1));
    free(b.paragraph);
    free(b.page);
    arena_free(a);
    return e.why ? 1 : 0;
}
