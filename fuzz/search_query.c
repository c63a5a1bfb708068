/* Any bytes as a question, as a text to cut, and as a number: answers stay inside their texts and what was cut is
 * whole. */
#include "base/arena.h"
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static const char *const texts[][2] = {
    {"30/2020/NĐ-CP", "Nghị định về công tác văn thư. Văn bản hành chính gồm nghị quyết, quyết định, chỉ thị."},
    {"91/HD-MTTW-BTT", "Hướng dẫn tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư ngày 18 tháng 11 năm 2026."},
    {"11-HD/VPTW", "Hướng dẫn thể thức văn bản của Đảng; hòa giải, hoà giải, lý lịch, kỹ thuật."},
};

static struct search_reader *reader_of(void) {
    static struct search_reader *reader;
    static char path[] = "/tmp/doanket-fuzz-XXXXXX";
    struct search_writer *w = NULL;
    if (reader) {
        return reader;
    }
    struct arena *a = arena_new();
    must(mkdtemp(path) != NULL && !search_writer_open(str_of(path), &w).why);
    for (int64_t i = 0; i < 3; i++) {
        struct search_doc d = {.record = i + 1, .kind = S("document"), .number = str_of(texts[i][0])};
        d.title = str_of(texts[i][1]);
        LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
        search_doc_add(a, &d, 1, str_of(texts[i][1]));
        must(!search_writer_put(w, &d).why);
        must(!search_writer_commit(w, i + 1).why);
    }
    search_writer_close(w);
    must(!search_reader_open(str_of(path), &reader).why);
    arena_free(a);
    return reader;
}

static void check_ranges(struct str text, struct search_ranges ranges) {
    size_t last = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        must(ranges.at[i].from >= last && ranges.at[i].from < ranges.at[i].to && ranges.at[i].to <= text.len);
        last = ranges.at[i].to;
    }
}

static void ask(struct arena *a, struct str text, unsigned char how) {
    struct search_query q = {.text = text,
                             .as_you_type = how & 1,
                             .by_passage = how & 2,
                             .with_counts = how & 4,
                             .is_strict = how & 8,
                             .limit = how >> 4};
    LIST_ADD(a, &q.principals, (int64_t)SEARCH_EVERYBODY);
    struct search_result result = {0};
    must(!search_query(reader_of(), a, &q, &result).why);
    must(result.hits.n <= 15 && result.found <= 3);
    for (size_t i = 0; i < result.hits.n; i++) {
        check_ranges(result.hits.at[i].text, result.hits.at[i].ranges);
        check_ranges(result.hits.at[i].title, result.hits.at[i].title_ranges);
    }
}

static void cut(struct arena *a, struct str text) {
    struct search_doc d = {0};
    search_doc_add(a, &d, 1, text);
    const char *last = text.at;
    for (size_t i = 0; i < d.passages.n; i++) {
        struct str p = d.passages.at[i].text;
        must(p.len > 0 && p.at >= last && p.at + p.len <= text.at + text.len);
        must(str_trim((struct str){last, (size_t)(p.at - last)}).len == 0);
        last = p.at + p.len;
    }
    must(str_trim((struct str){last, (size_t)(text.at + text.len - last)}).len == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 1) {
        return 0;
    }
    struct arena *a = arena_new();
    struct str text = str_copy(a, (struct str){(const char *)at + 1, n - 1});
    ask(a, text, at[0]);
    cut(a, text);
    struct search_ranges ranges = search_highlight(a, S("nghị định 30/2020 ngay hoi"), text);
    check_ranges(text, ranges);
    struct search_range part = search_excerpt(text, ranges, at[0]);
    must(part.from <= part.to && part.to <= text.len);
    struct str number = search_number(a, text);
    must(number.len < 128 && (number.len == 0 || (number.at[0] >= '0' && number.at[0] <= '9')));
    arena_free(a);
    return 0;
}
