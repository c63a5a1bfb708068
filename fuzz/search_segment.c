/* Any bytes as a segment and as a manifest, with the checksums passed over; and any changes made to a good segment, or
   to its length, after it was opened and while it is asked: reading stays inside the bytes and ends, and nobody is told
   what is not theirs. */
#include "base/arena.h"
#include "base/log.h"
#include "search/search.h"
#include "search/segments/manifest.h"
#include "search/segments/segment.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void walk_terms(const struct search_segment *s) {
    struct search_cursor *c = calloc(1, sizeof *c);
    struct search_terms t;
    search_terms_begin(&t, s);
    for (int i = 0; c && i < 2000 && search_terms_next(&t); i++) {
        search_cursor_open(c, t.posting);
        for (int k = 0; k < 300 && search_cursor_passage(c) != SEARCH_NONE; k++) {
            search_cursor_step(c);
        }
        search_cursor_open(c, t.posting);
        for (uint32_t p = 0; p < 4000; p += 97) {
            (void)search_cursor_bound(c, p, p + 97);
            (void)search_cursor_seek(c, p);
        }
        (void)search_segment_term(s, t.key);
    }
    free(c);
}

static void walk_docs(const struct search_segment *s) {
    struct arena *a = arena_new();
    for (uint32_t d = 0; d < s->header->docs && d < 200; d++) {
        struct search_doc doc;
        arena_reset(a);
        (void)search_segment_doc(s, a, d, &doc);
        (void)search_segment_find(s, s->docs[d].record);
    }
    for (uint32_t w = 0; w < s->header->words && w < 500; w++) {
        char plain[SEARCH_WORD_MOST];
        struct str word = search_segment_word(s, w);
        (void)search_segment_word_from(s, (struct str){plain, search_word_plain(word, plain)});
    }
    arena_free(a);
}

/* ---- Damage under a reader. */

enum { MINE = 5, THEIRS = 6, DOCS = 200 };

struct served {
    char dir[64], path[512];
    char *good;
    size_t size;
};

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void segment_find(struct served *s) {
    char index[128];
    snprintf(index, sizeof index, "%s/index", s->dir);
    DIR *d = opendir(index);
    must(d != NULL);
    for (struct dirent *e; (e = readdir(d));) {
        if (str_ends(str_of(e->d_name), S(".segment"))) {
            snprintf(s->path, sizeof s->path, "%s/%s", index, e->d_name);
        }
    }
    closedir(d);
    int fd = open(s->path, O_RDONLY);
    struct stat st;
    must(fd >= 0 && fstat(fd, &st) == 0);
    s->size = (size_t)st.st_size;
    s->good = malloc(s->size);
    must(s->good && read(fd, s->good, s->size) == (ssize_t)s->size);
    close(fd);
}

static struct served *served_make(void) {
    static struct served served = {.dir = "/tmp/doanket-fuzz-XXXXXX"};
    struct search_writer *w = NULL;
    if (served.good) {
        return &served;
    }
    struct arena *a = arena_new();
    log_level_set(LOG_ERROR + 1);
    must(mkdtemp(served.dir) && !search_writer_open(str_of(served.dir), &w).why);
    for (int64_t i = 1; i <= DOCS; i++) {
        struct search_doc d = {.record = i, .kind = S("document"), .number = S("77/KH-MTTQ-BTT")};
        d.title = str_format(a, "Kế hoạch giám sát số %lld", (long long)i);
        LIST_ADD(a, &d.principals, i % 2 ? (int64_t)MINE : (int64_t)THEIRS);
        search_doc_add(a, &d, 1,
                       str_format(a, "Thu gom rác thải, tổ %lld, nhà %lld.", (long long)i * 7, (long long)i * 977));
        must(!search_writer_put(w, &d).why);
    }
    must(!search_writer_commit(w, 1).why);
    search_writer_close(w);
    arena_free(a);
    segment_find(&served);
    return &served;
}

static void ask(struct search_reader *r) {
    static const char *const asked[] = {"giám sát", "thu gom rac", "77/KH-MTTQ-BTT", "giasm saats", "số 9 tổ"};
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct search_query q = {.text = str_of(asked[i]), .as_you_type = i % 2, .with_counts = true, .limit = 50};
        LIST_ADD(a, &q.principals, (int64_t)MINE);
        struct search_result result = {0};
        must(!search_query(r, a, &q, &result).why);
        for (size_t h = 0; h < result.hits.n; h++) {
            must(result.hits.at[h].record % 2 == 1);
        }
    }
    arena_free(a);
}

/* Three bytes say where and what; a last byte of the input over 250 cuts the file there as well. */
static void damage(const unsigned char *at, size_t n) {
    struct served *s = served_make();
    struct search_reader *r = NULL;
    must(!search_reader_open(str_of(s->dir), &r).why);
    int fd = open(s->path, O_RDWR);
    must(fd >= 0);
    for (size_t i = 0; i + 4 <= n && i < 400; i += 4) {
        size_t place = ((size_t)at[i] << 16 | (size_t)at[i + 1] << 8 | at[i + 2]) % s->size;
        must(pwrite(fd, &at[i + 3], 1, (off_t)place) == 1);
    }
    if (n && at[n - 1] > 250) {
        must(ftruncate(fd, (off_t)(s->size / 256 * at[0])) == 0);
    }
    ask(r);
    search_reader_close(r);
    must(pwrite(fd, s->good, s->size, 0) == (ssize_t)s->size);
    close(fd);
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    uint8_t *bytes = malloc(n + 1);
    struct search_segment s;
    struct search_manifest m;
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, at, n);
    if (search_segment_check(&s, bytes, n, false)) {
        walk_terms(&s);
        walk_docs(&s);
        search_segment_close(&s);
    }
    (void)search_manifest_parse(bytes, n, &m);
    search_manifest_free(&m); /* frees bytes */
    damage(at, n);
    return 0;
}
