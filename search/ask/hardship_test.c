/* What the index goes through: readers without rights, hostile questions, damaged files, several processes. */
#include "tests/db.h"

#include <dirent.h>
#include <signal.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/log.h"
#include "search/search.h"
#include "search/words/text.h"

enum { CITY = 11, COMMUNE = 12, SECRET = 13 };

static struct err put(struct arena *a, struct search_writer *w, int64_t record, int64_t principal, struct str title,
                      struct str text) {
    struct search_doc d = {.record = record, .kind = S("document"), .title = title, .number = S("77/KH-MTTQ-BTT")};
    d.facet[SEARCH_TYPE] = principal == SECRET ? S("mật") : S("kế hoạch");
    if (principal) {
        LIST_ADD(a, &d.principals, principal);
    }
    search_doc_add(a, &d, 1, text);
    return search_writer_put(w, &d);
}

static struct search_result ask(struct arena *a, struct search_reader *r, int64_t principal, struct str text,
                                bool as_you_type) {
    struct search_query q = {.text = text, .as_you_type = as_you_type, .with_counts = true, .limit = 100};
    LIST_ADD(a, &q.principals, principal);
    struct search_result result = {0};
    CHECK(!search_query(r, a, &q, &result).why);
    return result;
}

TEST("what an asker may not read shows in no hit, count, facet or suggestion") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(search_reader_open(dir, &r));
    for (int64_t i = 1; i <= 60; i++) {
        CHECK_OK(put(arena, w, i, SECRET, S("Kế hoạch giám sát mật danh hoàng hôn"),
                     str_format(arena, "Giám sát thu gom trăng%lld đặc biệt bí mật", (long long)i)));
    }
    CHECK_OK(put(arena, w, 100, COMMUNE, S("Kế hoạch giám sát ở xã"), S("Giám sát thu gom rác, trăng rằm.")));
    CHECK_OK(put(arena, w, 101, 0, S("Kế hoạch giám sát của không ai"), S("không ai được đọc")));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK(search_writer_documents(w) == 61);
    static const char *const asked[] = {
        "giám sát",   "mật danh", "kế hoạch", "77/KH-MTTQ-BTT",   "giam sat thu g", "mat danh h", "trăng",
        "thu gom tr", "",         "đ",        "không ai được đọc"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        for (int typing = 0; typing < 2; typing++) {
            struct search_result result = ask(arena, r, COMMUNE, str_of(asked[i]), typing);
            for (size_t h = 0; h < result.hits.n; h++) {
                CHECK(result.hits.at[h].record == 100);
            }
            CHECK(result.found <= 1 && result.facet[SEARCH_TYPE].n <= 1);
            for (size_t s = 0; s < result.suggestions.n; s++) {
                CHECK(str_find(result.suggestions.at[s], S("hoàng"), 0) == SIZE_MAX);
            }
            struct search_result nobody = ask(arena, r, CITY, str_of(asked[i]), typing);
            CHECK(nobody.hits.n == 0 && nobody.found == 0 && nobody.suggestions.n == 0 && nobody.kinds.n == 0);
        }
    }
    CHECK(ask(arena, r, COMMUNE, S("thu gom tr"), true).hits.n == 1);
    CHECK(ask(arena, r, COMMUNE, S("giám sát"), false).found == 1);
    CHECK(ask(arena, r, SECRET, S("giám sát"), false).found == 60);

    /* Rights taken away are gone with the next commit. */
    CHECK_OK(put(arena, w, 100, SECRET, S("Kế hoạch giám sát ở xã"), S("Giám sát")));
    CHECK_OK(search_writer_commit(w, 2));
    CHECK(ask(arena, r, COMMUNE, S("giám sát"), false).hits.n == 0);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("empty, one-letter, endless and hostile questions are answered or find nothing") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(put(arena, w, 1, CITY, S("Đại hội"), S("Ủy ban Mặt trận Tổ quốc họp đại hội ngày 1/2/2026.")));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct str long_words = S(""), long_word = S("đ");
    for (int i = 0; i < 11; i++) {
        long_word = str_format(arena, "%.*s%.*s", STR_ARG(long_word), STR_ARG(long_word));
        long_words =
            str_format(arena, "%.*s mặt trận %.*s %d/%d/NĐ-CP", STR_ARG(long_words), STR_ARG(long_words), i, i);
    }
    struct str hostile[] = {
        S(""),
        S(" "),
        S("\n\t"),
        S("đ"),
        S("Đ"),
        S("a"),
        S("*"),
        S("'\";--"),
        S("%s%n%d"),
        S("\xff\xfe\xfd"),
        S("\xe1\xba"),
        S("///---///"),
        S("0/0/-"),
        S("999999999999999999999999/9999/X-Y-Z-T-U-V-W-A-B-C-D"),
        S("<script>"),
        S("\0\0\0"),
        S("\xCC\x81\xCC\x81\xCC\x81"),
        S("\xE2\x80\x8B\xE2\x80\xAE"),
        S("(((((((("),
        S("AND OR NOT"),
        long_word,
        long_words,
        S("ngày 99 tháng 99 năm 99999"),
        S("31/12/2199"),
        S("1.1.1.1.1.1"),
        S("1,,,,.....2"),
        S("số số số số"),
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        for (int typing = 0; typing < 2; typing++) {
            struct search_result result = ask(arena, r, CITY, hostile[i], typing);
            CHECK(result.hits.n <= 1);
            for (size_t h = 0; h < result.hits.n; h++) {
                CHECK(result.hits.at[h].normal >= 0 && result.hits.at[h].normal <= 1 &&
                      result.hits.at[h].cover <= 1.0001);
            }
        }
    }
    struct search_query q = {.text = S("đại hội"), .after = 5000, .limit = 5000};
    LIST_ADD(arena, &q.principals, (int64_t)CITY);
    struct search_result result;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.hits.n == 0);
    q.after = 0;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.hits.n == 1);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("filters and counts: kind, date, facet; pages follow each other without gap or repeat") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 100; i++) {
        struct search_doc d = {.record = i, .kind = i % 2 ? S("document") : S("law"), .title = S("Báo cáo kết quả")};
        d.date = i % 10 ? (struct date){2026, (int8_t)(1 + i % 12), 1} : (struct date){0};
        d.facet[SEARCH_FIELD] = i % 5 ? S("dân tộc") : S("tôn giáo");
        LIST_ADD(arena, &d.principals, (int64_t)CITY);
        CHECK_OK(search_writer_put(w, &d));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_query q = {.text = S("báo cáo"), .with_counts = true, .limit = 7};
    LIST_ADD(arena, &q.principals, (int64_t)CITY);
    bool seen[101] = {0};
    for (q.after = 0; q.after < 105; q.after += 7) {
        struct search_result result;
        CHECK_OK(search_query(r, arena, &q, &result));
        CHECK(result.found == 100 && result.kinds.n == 2 && result.kinds.at[0].n == 50);
        CHECK(result.facet[SEARCH_FIELD].n == 2 && result.facet[SEARCH_FIELD].at[0].n == 80);
        for (size_t i = 0; i < result.hits.n; i++) {
            CHECK(!seen[result.hits.at[i].record]);
            seen[result.hits.at[i].record] = true;
        }
    }
    for (int i = 1; i <= 100; i++) {
        CHECK(seen[i]);
    }
    q.after = 0;
    LIST_ADD(arena, &q.kinds, S("law"));
    LIST_ADD(arena, &q.facet[SEARCH_FIELD], S("tôn giáo"));
    struct search_result result;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found == 10);
    q.from = (struct date){2026, 1, 1};
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found == 0);
    q.facet[SEARCH_FIELD].n = 0;
    q.from = (struct date){2026, 3, 1};
    q.to = (struct date){2026, 3, 31};
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found > 0);
    for (size_t i = 0; i < result.hits.n; i++) {
        CHECK(result.hits.at[i].date.month == 3 && str_eq(result.hits.at[i].kind, S("law")));
    }
    q.text = S("");
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.hits.n > 1 && result.hits.at[0].record > result.hits.at[1].record);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("a strict question gives what holds half of it, else says that it is only near, else nothing") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    static const char *const texts[] = {"giám sát đầu tư công", "giám sát thu gom rác", "bồi thường đất đai"};
    for (int64_t i = 0; i < 30; i++) {
        CHECK_OK(put(arena, w, i + 1, CITY, str_of(i < 3 ? texts[i] : "việc khác"), S("")));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_query q = {.text = S("giám sát đầu tư công"), .is_strict = true};
    LIST_ADD(arena, &q.principals, (int64_t)CITY);
    struct search_result result;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.hits.n == 1 && result.found == 1 && result.hits.at[0].record == 1 && !result.is_near);
    q.is_strict = false;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.hits.n == 2);
    q.is_strict = true;
    q.text = S("đất đai nghĩa trang liệt sĩ");
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found == 0 && result.hits.n <= 1 && result.is_near == (result.hits.n == 1));
    q.text = S("nghĩa trang liệt sĩ");
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found == 0 && result.hits.n == 0 && !result.is_near);
    q.text = S("77/KH-MTTQ-BTT");
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK(result.found == 30 && result.hits.n == 10 && result.hits.at[0].is_by_number);
    search_reader_close(r);
    search_writer_close(w);
}

/* Files of the index, each with its bytes. */
struct kept {
    struct str name, bytes;
};

static size_t keep_files(struct arena *a, struct str dir, struct kept *out, size_t most) {
    DIR *d = opendir(str_z(a, dir));
    size_t n = 0;
    for (struct dirent *e; d && n < most && (e = readdir(d));) {
        char *path = str_z(a, str_format(a, "%.*s/%s", STR_ARG(dir), e->d_name));
        struct stat st;
        FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? fopen(path, "rb") : NULL;
        if (f) {
            char *bytes = arena_take(a, char, (size_t)st.st_size);
            size_t got = fread(bytes, 1, (size_t)st.st_size, f);
            fclose(f);
            out[n++] = (struct kept){str_of(path), {bytes, got}};
        }
    }
    if (d) {
        closedir(d);
    }
    return n;
}

static void write_file(struct kept k, size_t len, size_t flip) {
    FILE *f = fopen(k.name.at, "wb");
    if (!f) {
        test_failed(__FILE__, __LINE__, "the file opens");
        return;
    }
    for (size_t i = 0; i < len; i++) {
        fputc(i == flip ? k.bytes.at[i] ^ 0x10 : k.bytes.at[i], f);
    }
    fclose(f);
}

TEST("a cut or changed file is noticed, thrown away, and the index begins anew") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), index = str_format(arena, "%.*s/index", STR_ARG(dir));
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 20; i++) {
        CHECK_OK(put(arena, w, i, CITY, S("Kế hoạch giám sát"), S("Giám sát thu gom rác thải ở khu dân cư.")));
        CHECK_OK(i % 7 ? OK : search_writer_commit(w, i));
    }
    CHECK_OK(search_writer_remove(w, 3));
    CHECK_OK(search_writer_commit(w, 42));
    search_writer_close(w);
    struct kept files[16];
    size_t n = keep_files(arena, index, files, 16);
    CHECK_OR_RETURN(n >= 2);
    log_level_set(LOG_ERROR);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < 24; k++) {
            struct str bytes = files[i].bytes;
            size_t len = k < 8 ? bytes.len * k / 8 : bytes.len, flip = k < 8 ? SIZE_MAX : bytes.len * (k - 8) / 16;
            write_file(files[i], len, flip);
            CHECK_OK(search_reader_open(dir, &r));
            struct search_result result = ask(arena, r, CITY, S("giám sát"), false);
            CHECK(search_reader_lost(r) == 1 && result.hits.n < 19);
            search_reader_close(r);
            CHECK_OK(search_writer_open(dir, &w));
            CHECK(search_writer_position(w) == 0 && search_writer_documents(w) == 0);
            CHECK_OK(put(arena, w, 5, CITY, S("Kế hoạch"), S("giám sát lại")));
            CHECK_OK(search_writer_commit(w, 9));
            search_writer_close(w);
            CHECK_OK(search_reader_open(dir, &r));
            CHECK(ask(arena, r, CITY, S("giám sát"), false).hits.n == 1);
            search_reader_close(r);
            struct kept now[16];
            size_t now_n = keep_files(arena, index, now, 16);
            for (size_t f = 0; f < now_n; f++) {
                unlink(now[f].name.at);
            }
            for (size_t f = 0; f < n; f++) {
                write_file(files[f], files[f].bytes.len, SIZE_MAX);
            }
        }
    }
    log_level_set(LOG_INFO);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK(search_writer_position(w) == 42 && search_writer_documents(w) == 19);
    struct search_writer *second = NULL;
    CHECK_ERR(search_writer_open(dir, &second), ERR_BUSY);
    search_writer_close(w);
}

/* Reads until the last document is there; never may a reader see a commit half: records of a commit come together. */
static int read_along(struct arena *a, struct str dir) {
    struct search_reader *r = NULL;
    if (search_reader_open(dir, &r).why) {
        return 2;
    }
    int64_t last = 0, generation = 0;
    for (int tries = 0; tries < 2000000 && last < 300; tries++) {
        struct search_query q = {.text = S("giám sát"), .with_counts = true, .limit = 1};
        LIST_ADD(a, &q.principals, (int64_t)CITY);
        struct search_result result;
        if (search_query(r, a, &q, &result).why || result.found % 3 != 0 || result.found < last ||
            search_reader_generation(r) < generation) {
            return 3;
        }
        last = result.found;
        generation = search_reader_generation(r);
        arena_reset(a);
        usleep(300);
    }
    search_reader_close(r);
    return last == 300 ? 0 : 4;
}

TEST("two processes read while a third writes and merges") {
    struct str dir = test_dir(arena);
    pid_t readers[2];
    for (int i = 0; i < 2; i++) {
        readers[i] = fork();
        if (readers[i] == 0) {
            struct arena *own = arena_new();
            char path[256];
            snprintf(path, sizeof path, "%.*s", STR_ARG(dir));
            _exit(read_along(own, str_of(path)));
        }
    }
    struct search_writer *w = NULL;
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 300; i++) {
        CHECK_OK(put(arena, w, i, CITY, S("Kế hoạch giám sát"), str_format(arena, "Giám sát lần %lld", (long long)i)));
        CHECK_OK(i % 3 ? OK : search_writer_commit(w, i));
    }
    CHECK_OK(search_writer_merge(w));
    for (int i = 0; i < 2; i++) {
        int status = 1;
        CHECK(waitpid(readers[i], &status, 0) == readers[i]);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    search_writer_close(w);
}

TEST("a writer killed at any moment leaves the last commit") {
    struct str dir = test_dir(arena);
    for (unsigned round = 0; round < 12; round++) {
        pid_t child = fork();
        if (child == 0) {
            struct arena *own = arena_new();
            struct search_writer *w = NULL;
            if (search_writer_open(dir, &w).why) {
                _exit(1);
            }
            for (int64_t i = search_writer_position(w) + 1;; i++) {
                err_ignore(put(own, w, i, CITY, S("Kế hoạch giám sát"), S("Giám sát")));
                err_ignore(search_writer_commit(w, i));
            }
        }
        usleep(20000 + round * 7000);
        kill(child, SIGKILL);
        int status;
        CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
        struct search_writer *w = NULL;
        CHECK_OK(search_writer_open(dir, &w));
        CHECK(search_writer_position(w) == search_writer_documents(w));
        search_writer_close(w);
    }
}

static uint64_t only_word(struct str text, bool folded) {
    struct search_scan scan;
    struct search_token t;
    uint64_t key = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        key = search_pair_key(SEARCH_EXACT, key, folded ? t.folded : t.exact);
    }
    return key;
}

TEST("the published cases of tone marks and of y and i give one form each") {
    json_t *cases = json_load_file("../shared/data/text/normalisation_cases.json", 0, NULL);
    size_t i;
    json_t *c;
    if (!cases) {
        test_skip("no test data beside the project");
        return;
    }
    json_array_foreach(cases, i, c) {
        struct str suite = str_of(json_string_value(json_object_get(c, "suite")));
        struct str in = str_of(json_string_value(json_object_get(c, "input")));
        struct str want = str_of(json_string_value(json_object_get(c, "want")));
        bool folded = str_eq(suite, S("remove_tone_mark"));
        if (only_word(in, folded) != only_word(want, folded)) {
            test_failed_str(__FILE__, __LINE__, "one form", in, want);
        }
    }
    json_decref(cases);
}
