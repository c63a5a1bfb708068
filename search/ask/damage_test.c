/* The index damaged while it is served: nobody who asks falls over or is told what is not theirs, the damaged piece is
   left out, and its records are taken in again. */
#include "tests/db.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "search/search.h"
#include "search/words/text.h"

#include "base/banned.h"

enum { CITY = 11, SECRET = 13, PIECES = 3, EACH = 150 };

static struct err put(struct arena *a, struct search_writer *w, int64_t record) {
    struct search_doc d = {.record = record, .kind = S("document"), .number = S("77/KH-MTTQ-BTT")};
    d.title = str_format(a, "Kế hoạch giám sát số %lld", (long long)record);
    LIST_ADD(a, &d.principals, record % 2 ? (int64_t)CITY : (int64_t)SECRET);
    struct str text = str_format(a, "Giám sát thu gom rác thải ở khu dân cư, tổ %lld, đường %lld, nhà %lld.",
                                 (long long)record * 7, (long long)record * 131, (long long)record * 977);
    for (int i = 1; i <= 4; i++) {
        search_doc_add(a, &d, i, text);
    }
    return search_writer_put(w, &d);
}

/* A few segments, in one folder; every second record is the city's. */
static struct err make(struct arena *a, struct str dir, struct search_writer **w) {
    TRY(search_writer_open(dir, w));
    for (int64_t i = 1; i <= PIECES * EACH; i++) {
        TRY(put(a, *w, i));
        if (i % EACH == 0) {
            TRY(search_writer_commit(*w, i));
        }
    }
    return OK;
}

static struct search_result ask(struct arena *a, struct search_reader *r, struct str text, bool as_you_type) {
    struct search_query q = {.text = text, .as_you_type = as_you_type, .with_counts = true, .limit = 1000};
    LIST_ADD(a, &q.principals, (int64_t)CITY);
    struct search_result result = {0};
    CHECK(!search_query(r, a, &q, &result).why);
    for (size_t i = 0; i < result.hits.n; i++) {
        CHECK(result.hits.at[i].record % 2 == 1);
    }
    return result;
}

static void ask_much(struct arena *a, struct search_reader *r) {
    static const char *const asked[] = {"giám sát",      "thu gom rac thai", "77/KH-MTTQ-BTT", "\"khu dân cư\"",
                                        "duong 131 nha", "giasm sats",       "kế hoạch số 9",  "tổ 7 đường"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        ask(a, r, str_of(asked[i]), i % 2);
    }
}

/* Paths of the segments; returns how many. */
static size_t segments_of(struct arena *a, struct str dir, struct str out[static 8]) {
    struct str index = str_format(a, "%.*s/index", STR_ARG(dir));
    DIR *d = opendir(index.at);
    size_t n = 0;
    for (struct dirent *e; d && n < 8 && (e = readdir(d));) {
        if (str_ends(str_of(e->d_name), S(".segment"))) {
            out[n++] = str_format(a, "%.*s/%s", STR_ARG(index), e->d_name);
        }
    }
    if (d) {
        closedir(d);
    }
    return n;
}

static struct str bytes_of(struct arena *a, struct str path) {
    struct stat st = {0};
    int fd = open(path.at, O_RDONLY);
    char *bytes = fstat(fd, &st) == 0 ? arena_take(a, char, (size_t)st.st_size + 1) : NULL;
    ssize_t n = bytes ? read(fd, bytes, (size_t)st.st_size) : 0;
    close(fd);
    return (struct str){bytes, n > 0 ? (size_t)n : 0};
}

/* In place, as a disk or a stray program does it: whoever has the file mapped sees it at once. Some ticks of the clock
   after it was made, or its time of change would be the same. */
static void overwrite(struct str path, struct str bytes, size_t at) {
    usleep(bytes.len > 1 ? 20000 : 0);
    int fd = open(path.at, O_WRONLY);
    CHECK(fd >= 0 && pwrite(fd, bytes.at, bytes.len, (off_t)at) == (ssize_t)bytes.len);
    close(fd);
}

/* Four bytes that are not what stands there. */
static void spoil(struct arena *a, struct str path, size_t at) {
    struct str bytes = bytes_of(a, path);
    char other[4];
    for (size_t i = 0; i < sizeof other; i++) {
        other[i] = (char)~bytes.at[at + i];
    }
    overwrite(path, (struct str){other, sizeof other}, at);
}

static uint32_t chance_state = 7;
static uint32_t chance(uint32_t below) {
    chance_state = chance_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)chance_state * below) >> 32);
}

TEST("a segment whose bytes change while it is served never takes an asker down or over the line of rights") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), at[8];
    CHECK_OK(make(arena, dir, &w));
    size_t n = segments_of(arena, dir, at);
    CHECK_OR_RETURN(n == PIECES);
    struct str good = bytes_of(arena, at[0]);
    struct arena *own = arena_new();
    log_level_set(LOG_ERROR + 1);
    for (int round = 0; round < 20; round++) {
        CHECK_OK(search_reader_open(dir, &r));
        for (uint32_t flips = 1 + chance(200); flips > 0; flips--) {
            char byte = (char)chance(256);
            overwrite(at[0], (struct str){&byte, 1}, chance((uint32_t)good.len));
        }
        ask_much(own, r);
        search_reader_close(r);
        overwrite(at[0], good, 0);
        arena_reset(own);
    }
    log_level_set(LOG_INFO);
    arena_free(own);
    search_writer_close(w);
}

TEST("a segment cut short while it is served is left out, and the others go on being served") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), at[8];
    CHECK_OK(make(arena, dir, &w));
    CHECK_OR_RETURN(segments_of(arena, dir, at) == PIECES);
    struct str good = bytes_of(arena, at[1]);
    struct arena *own = arena_new();
    log_level_set(LOG_ERROR + 1);
    for (off_t keep = 0; keep < (off_t)good.len; keep += 16384) {
        CHECK_OK(search_reader_open(dir, &r));
        CHECK(ask(own, r, S("giám sát"), false).found == PIECES * EACH / 2);
        CHECK(truncate(at[1].at, keep) == 0);
        ask_much(own, r);
        size_t found = (size_t)ask(own, r, S("giám sát"), false).found;
        CHECK(found >= (PIECES - 1) * EACH / 2 && found <= PIECES * EACH / 2);
        CHECK(keep > 0 || (found == (PIECES - 1) * EACH / 2 && search_reader_lost(r) == 1));
        search_reader_close(r);
        overwrite(at[1], good, 0);
        arena_reset(own);
    }
    log_level_set(LOG_INFO);
    arena_free(own);
    search_writer_close(w);
}

TEST("the writer finds what others did to its files, gives back the records, and a reader has them all again") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), at[8];
    CHECK_OK(make(arena, dir, &w));
    CHECK_OR_RETURN(segments_of(arena, dir, at) == PIECES);
    CHECK_OK(search_reader_open(dir, &r));
    struct search_losts lost = {0};
    search_writer_check(w, &lost);
    CHECK(lost.n == 0);
    log_level_set(LOG_ERROR + 1);
    spoil(arena, at[2], bytes_of(arena, at[2]).len / 3);
    search_writer_check(w, &lost);
    CHECK(lost.n == EACH);
    for (size_t i = 0; i < lost.n; i++) {
        CHECK_STR(str_of(lost.at[i].kind), S("document"));
        CHECK_OK(put(arena, w, lost.at[i].record));
    }
    CHECK_OK(search_writer_commit(w, 1000));
    CHECK(ask(arena, r, S("giám sát"), false).found == PIECES * EACH / 2 && search_reader_lost(r) == 0);
    struct search_losts none = {0};
    search_writer_check(w, &none);
    CHECK(none.n == 0);

    /* The list itself: served from what is held, and written anew. */
    struct str list = str_format(arena, "%.*s/index/manifest", STR_ARG(dir));
    overwrite(list, S("????"), 8);
    CHECK(ask(arena, r, S("giám sát"), false).found == PIECES * EACH / 2 && search_reader_lost(r) == 1);
    CHECK(!search_writer_lost(w));
    CHECK_OK(search_writer_commit(w, 1000));
    CHECK(ask(arena, r, S("giám sát"), false).found == PIECES * EACH / 2 && search_reader_lost(r) == 0);
    log_level_set(LOG_INFO);
    free(lost.at);
    free(none.at);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("what was damaged before a merge is not given a good checksum by it") {
    struct search_writer *w = NULL;
    struct str dir = test_dir(arena), at[8];
    CHECK_OK(make(arena, dir, &w));
    CHECK_OR_RETURN(segments_of(arena, dir, at) == PIECES);
    log_level_set(LOG_ERROR + 1);
    spoil(arena, at[0], bytes_of(arena, at[0]).len / 2);
    CHECK_ERR(search_writer_merge(w), ERR_BROKEN);
    struct search_losts lost = {0};
    search_writer_check(w, &lost);
    CHECK(lost.n == EACH);
    free(lost.at);
    log_level_set(LOG_INFO);
    search_writer_close(w);
}
