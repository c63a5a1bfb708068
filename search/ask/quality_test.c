/* Found well enough: a small corpus made here, and the real one when it stands beside the project. Never timed. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "search/search.h"
#include "tests/db.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Articles an officer could ask for, in plain words of our own; each is asked for as people ask. */
static const struct {
    const char *title, *text, *question;
} pieces[] = {
    {"Điều 1. Quỹ vì người nghèo — Quy chế vận động", "Quỹ được lập để giúp hộ nghèo sửa nhà, chữa bệnh và học nghề.",
     "Lập quỹ vì người nghèo để làm gì?"},
    {"Điều 2. Mức hỗ trợ sửa nhà — Quy chế vận động",
     "Hộ nghèo sửa nhà được hỗ trợ không quá bốn mươi triệu đồng mỗi nhà.",
     "Hộ nghèo sửa nhà được hỗ trợ bao nhiêu tiền?"},
    {"Điều 3. Hồ sơ xin hỗ trợ — Quy chế vận động", "Hồ sơ gồm đơn của hộ và biên bản họp của khu dân cư.",
     "Hồ sơ xin hỗ trợ gồm những gì?"},
    {"Điều 4. Giám sát cộng đồng — Quy chế giám sát",
     "Ban giám sát đầu tư của cộng đồng theo dõi công trình trên địa bàn xã.",
     "Ai theo dõi công trình trên địa bàn xã?"},
    {"Điều 5. Phản biện xã hội — Quy chế giám sát",
     "Dự thảo văn bản được gửi lấy ý kiến phản biện chậm nhất mười lăm ngày.",
     "Dự thảo gửi lấy ý kiến phản biện chậm nhất khi nào?"},
    {"Điều 6. Tiếp công dân — Quy chế tiếp dân", "Chủ tịch tiếp công dân ít nhất một ngày trong tháng.",
     "Chủ tịch tiếp công dân mấy ngày trong tháng?"},
    {"Điều 7. Đơn nặc danh — Quy chế tiếp dân",
     "Đơn không ghi tên người gửi thì không xem xét, trừ khi có bằng chứng rõ ràng.",
     "Đơn không ghi tên có được xem xét không?"},
    {"Điều 8. Hòa giải ở khu dân cư — Quy chế hòa giải", "Tổ hòa giải có từ ba người trở lên, trong đó có phụ nữ.",
     "Tổ hòa giải phải có mấy người?"},
    {"Điều 9. Khen thưởng — Quy chế thi đua", "Bằng khen được tặng cho tập thể đạt thành tích xuất sắc hai năm liền.",
     "Tập thể được tặng bằng khen khi nào?"},
    {"Điều 10. Giải thích từ ngữ — Quy chế thi đua", "Khu dân cư là thôn, tổ dân phố và nơi tương đương.",
     "Khu dân cư là gì?"},
};
enum { PIECES = sizeof pieces / sizeof *pieces, QUESTIONS = 200, FEW = 6000 };

struct tally {
    size_t asked, first, ten;
};

static struct search_query asks(struct arena *a, struct str text) {
    struct search_query q = {.text = text};
    LIST_ADD(a, &q.principals, (int64_t)SEARCH_EVERYBODY);
    return q;
}

static struct err put(struct arena *a, struct search_writer *w, int64_t record, struct str title, struct str text) {
    struct search_doc d = {.record = record, .kind = S("law"), .title = title};
    LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
    search_doc_add(a, &d, 0, text);
    return search_writer_put(w, &d);
}

static int64_t first_of(struct arena *a, struct search_reader *r, struct str text) {
    struct search_query q = asks(a, text);
    struct search_result found;
    return search_query(r, a, &q, &found).why || found.hits.n == 0 ? 0 : found.hits.at[0].record;
}

/* A slip of the hand in the longest word: its last letter but one is left out. */
static struct str slipped(struct arena *a, struct str text) {
    size_t at = 0, from = 0, best = 0, best_at = 0;
    for (; at <= text.len; at++) {
        if (at == text.len || text.at[at] == ' ') {
            if (at - from > best) {
                best = at - from;
                best_at = at;
            }
            from = at + 1;
        }
    }
    return str_format(a, "%.*s%.*s", STR_ARG(str_slice(text, 0, best_at - 2)),
                      STR_ARG(str_slice(text, best_at - 1, text.len)));
}

TEST("questions in people's words find their article, with marks, without, and with a slip of the hand") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    for (size_t i = 0; i < PIECES; i++) {
        CHECK_OK(put(arena, w, (int64_t)i + 1, str_of(pieces[i].title), str_of(pieces[i].text)));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    for (size_t i = 0; i < PIECES; i++) {
        struct str question = str_of(pieces[i].question), bare = utf8_fold(arena, question);
        CHECK(first_of(arena, r, question) == (int64_t)i + 1);
        CHECK(first_of(arena, r, bare) == (int64_t)i + 1);
        CHECK(first_of(arena, r, slipped(arena, bare)) == (int64_t)i + 1);
    }
    search_reader_close(r);
    search_writer_close(w);
}

static struct str member(json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_of(text ? text : "");
}

struct ids {
    struct str *at;
    size_t n;
};

/* The articles asked for, and every tenth other one. */
static struct err fill(struct arena *a, struct search_writer *w, const char *path, const struct ids *gold,
                       struct ids *ids) {
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, n = 0;
    struct err e = f ? OK : FAIL(ERR_MISSING, "no corpus");
    for (ssize_t len; !e.why && (len = getline(&line, &room, f)) > 0; n++) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        struct str id = str_copy(a, utf8_lower(a, member(o, "id")));
        bool is_wanted = n % 10 == 0 && ids->n < FEW;
        for (size_t i = 0; i < gold->n && !is_wanted; i++) {
            is_wanted = str_eq(gold->at[i], id);
        }
        if (o && is_wanted) {
            LIST_ADD(a, ids, id);
            struct str title = str_format(a, "%.*s — %.*s %.*s", STR_ARG(member(o, "title")),
                                          STR_ARG(member(o, "doc_type")), STR_ARG(member(o, "doc_title")));
            e = put(a, w, (int64_t)ids->n, title, member(o, "text"));
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    return e;
}

struct asked {
    struct str question, gold;
};

static size_t questions_of(struct arena *a, const char *path, struct asked *asked, struct ids *gold) {
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, n = 0;
    for (ssize_t len; f && n < QUESTIONS && (len = getline(&line, &room, f)) > 0;) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        const char *id = json_string_value(json_array_get(json_object_get(o, "gold"), 0));
        if (id) {
            asked[n] = (struct asked){str_copy(a, member(o, "question")), str_copy(a, str_of(id))};
            LIST_ADD(a, gold, asked[n].gold);
            n++;
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    return n;
}

static struct tally judge(struct arena *a, struct search_reader *r, const struct asked *asked, size_t n,
                          const struct ids *ids, bool is_bare) {
    struct tally t = {.asked = n};
    struct arena *own = arena_new();
    for (size_t i = 0; i < n; i++) {
        arena_reset(own);
        struct search_query q = asks(own, is_bare ? utf8_fold(own, asked[i].question) : asked[i].question);
        struct search_result found = {0};
        err_ignore(search_query(r, own, &q, &found));
        for (size_t h = 0; h < found.hits.n; h++) {
            if (str_eq(ids->at[found.hits.at[h].record - 1], asked[i].gold)) {
                t.first += h == 0;
                t.ten++;
            }
        }
    }
    arena_free(own);
    (void)a;
    return t;
}

TEST("on a tenth of the law beside the project, questions find their article as often as was measured") {
    static const char law[] = "../shared/data/law/articles.jsonl", more[] = "../shared/data/law/articles_extra.jsonl";
    struct asked *asked = arena_take(arena, struct asked, QUESTIONS);
    struct ids gold = {0}, ids = {0};
    size_t n = questions_of(arena, "../shared/data/questions/zalo2021_dev.jsonl", asked, &gold);
    if (n == 0) {
        test_skip("no test data beside the project");
        return;
    }
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(fill(arena, w, law, &gold, &ids));
    CHECK_OK(fill(arena, w, more, &gold, &ids));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct tally marked = judge(arena, r, asked, n, &ids, false), bare = judge(arena, r, asked, n, &ids, true);
    CHECK(marked.first * 100 >= n * 84 && marked.ten * 100 >= n * 98);
    CHECK(bare.first * 100 >= n * 84 && bare.ten * 100 >= n * 97);
    if (getenv("DOANKET_TEST_FIGURES")) {
        printf("of %zu: first %zu, in ten %zu; without marks %zu, %zu\n", n, marked.first, marked.ten, bare.first,
               bare.ten);
    }
    search_reader_close(r);
    search_writer_close(w);
}

static struct err put_alike(struct arena *a, struct search_writer *w, struct search_doc d, struct str text) {
    d.kind = S("law");
    LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
    search_doc_add(a, &d, 0, text);
    return search_writer_put(w, &d);
}

TEST("what tells the meaning comes before what only speaks of it; the weightier kind and the one in force before their "
     "likes") {
    static const char said[] = "Hộ gia đình trồng rừng được vay vốn với lãi suất thấp.";
    static const char spoken[] = "3. Hồ sơ là của đất ngập mặn, không phải của đất ngập mặn khác.";
    static const char told[] = "3. Đất ngập mặn là đất ven biển có nước mặn thường xuyên, thuộc xã.";
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), title = S("Điều 1. Vốn vay"), other = S("Điều 2. Quy định khác");
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(put_alike(arena, w, (struct search_doc){.record = 1, .title = other}, str_of(told)));
    CHECK_OK(put_alike(arena, w, (struct search_doc){.record = 2, .title = other}, str_of(spoken)));
    CHECK_OK(put_alike(arena, w, (struct search_doc){.record = 3, .title = title}, str_of(said)));
    CHECK_OK(put_alike(arena, w, (struct search_doc){.record = 4, .title = title, .standing = -10}, str_of(said)));
    CHECK_OK(
        put_alike(arena, w, (struct search_doc){.record = 5, .title = title, .until_on = {2020, 1, 1}}, str_of(said)));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(first_of(arena, r, S("Thế nào là đất ngập mặn?")) == 1);
    struct search_query q = asks(arena, S("trồng rừng được vay vốn"));
    struct search_result found;
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.hits.n == 3 && found.hits.at[0].record == 3 && found.hits.at[1].record == 5 &&
          found.hits.at[2].record == 4);
    search_reader_close(r);
    search_writer_close(w);
}
