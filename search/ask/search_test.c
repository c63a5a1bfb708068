/* The index as its users see it: what is found, by whom, in which order, after which accidents. */
#include "base/buf.h"
#include "base/utf8.h"
#include "search/search.h"
#include "search/words/number.h"
#include "search/words/text.h"
#include "tests/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

enum { CITY = 101, COMMUNE = 102, NOBODY = 999 };

static struct search_doc doc_of(struct arena *arena, int64_t record, int64_t principal, struct str number,
                                struct str title, struct str text) {
    struct search_doc d = {.record = record, .kind = S("document"), .number = number, .title = title};
    if (principal) {
        LIST_ADD(arena, &d.principals, principal);
    }
    if (text.len) {
        LIST_ADD(arena, &d.passages, (struct search_passage){1, text});
    }
    return d;
}

static struct search_query asks(struct arena *arena, int64_t principal, struct str text) {
    struct search_query q = {.text = text};
    LIST_ADD(arena, &q.principals, principal);
    return q;
}

static const char *const letters[][3] = {
    {"91/HD-MTTW-BTT", "Hướng dẫn tổ chức Ngày hội Đại đoàn kết toàn dân tộc",
     "Ban Thường trực hướng dẫn Mặt trận các cấp tổ chức Ngày hội ở khu dân cư, gắn với công tác an sinh xã hội."},
    {"30/2020/NĐ-CP", "Nghị định về công tác văn thư",
     "Văn bản hành chính gồm các loại văn bản: nghị quyết, quyết định, chỉ thị, quy chế, hoà giải, thuý kiều."},
    {"11-HD/VPTW", "Hướng dẫn thể thức văn bản của Đảng",
     "Văn phòng Trung ương hướng dẫn thể thức và kỹ thuật trình bày văn bản của Đảng."},
    {"30/2021/TT-BTC", "Thông tư về quản lý kinh phí",
     "Bộ Tài chính hướng dẫn lập dự toán, quyết toán kinh phí bảo đảm của ngân sách nhà nước."},
    {"123/KH-MTTQ-BTT", "Kế hoạch giám sát năm 2026",
     "Giám sát việc thực hiện chính sách đối với người có công, bắt đầu từ ngày 15 tháng 6 năm 2026."},
};

static bool fill(struct arena *arena, struct search_writer *w) {
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        struct search_doc d =
            doc_of(arena, (int64_t)i + 1, CITY, str_of(letters[i][0]), str_of(letters[i][1]), str_of(letters[i][2]));
        if (search_writer_put(w, &d).why) {
            return false;
        }
    }
    return !search_writer_commit(w, 7).why;
}

static int64_t first_of(struct arena *arena, struct search_reader *r, struct search_query q) {
    struct search_result result;
    if (search_query(r, arena, &q, &result).why || result.hits.n == 0) {
        return 0;
    }
    return result.hits.at[0].record;
}

TEST("one word has one form, however it was typed") {
    static const char *const same[][2] = {{"hoà", "hòa"}, {"thuý", "thúy"},         {"kỹ", "kĩ"},
                                          {"quý", "quí"}, {"ĐOÀN", "đoàn"},         {"\xC3\x90o\xC3\xA0n", "đoàn"},
                                          {"qúy", "quý"}, {"1.234.567", "1234567"}, {"du\xC4\x83ng", "duăng"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct search_scan a, b;
        struct search_token x, y;
        search_scan_begin(&a, str_of(same[i][0]));
        search_scan_begin(&b, str_of(same[i][1]));
        CHECK_OR_RETURN(search_scan_next(&a, &x) && search_scan_next(&b, &y));
        CHECK(x.exact == y.exact && x.folded == y.folded);
        CHECK(!search_scan_next(&a, &x));
    }
}

TEST("document numbers of three families have one form") {
    static const char *const same[][2] = {
        {"30/2020/NĐ-CP", "30/2020/nd-cp"},
        {"Số: 30 / 2020/NĐ–CP", "30/2020/nd-cp"},
        {"91/HD-MTTW-BTT", "91/hd-mttw-btt"},
        {"11-HD/VPTW", "11/hd-vptw"},
        {"01/NQ-MTTW", "1/nq-mttw"},
        {"3O/2020/NĐ-CP", "30/2020/nd-cp"},
        {"72/2025/QH15", "72/2025/qh15"},
        {"23-TTr/ĐU", "23/ttr-du"},
        {"nd 30/2020", "30/2020/nd"},
        {"nghị định số 30 năm 2020", "30/2020/nd"},
        {"30 2020 nd cp", "30/2020/nd-cp"},
        {"43-NQ/TW", "43/nq-tw"},
        {"năm 2020", ""},
        {"kế hoạch 5 năm", ""},
        {"nghị định 7/2020", "7/2020/nd"},
        {"từ tháng 7/2020", ""},
        {"học phí từ 7/2020", ""},
        {"lương từ 01/07/2021 là bao nhiêu", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        CHECK_STR(search_number(arena, str_of(same[i][0])), str_of(same[i][1]));
    }
}

TEST("a number typed in any usual way finds its document first") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OR_RETURN(fill(arena, w));
    CHECK_OK(search_reader_open(dir, &r));
    static const struct {
        const char *typed;
        int64_t record;
    } asked[] = {
        {"30/2020/NĐ-CP", 2},
        {"30/2020/nđ-cp", 2},
        {"30/2020", 2},
        {"nghị định 30", 2},
        {"NĐ 30/2020", 2},
        {"30-2020-ND-CP", 2},
        {"nghi dinh so 30 nam 2020", 2},
        {"30/nđ-cp", 2},
        {"3O/2O20/NĐ-CP", 2},
        {"91/HD-MTTW-BTT", 1},
        {"91-hd-mttw", 1},
        {"hướng dẫn 91", 1},
        {"HD 91", 1},
        {"11-HD/VPTW", 3},
        {"11/HD-VPTW", 3},
        {"11 hd vptw", 3},
        {"123/KH-MTTQ-BTT", 5},
        {"30/2021/TT-BTC", 4},
        {"tt 30/2021", 4},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        int64_t got = first_of(arena, r, asks(arena, CITY, str_of(asked[i].typed)));
        if (got != asked[i].record) {
            test_failed_str(__FILE__, __LINE__, "first by number", str_format(arena, "%lld", (long long)got),
                            str_of(asked[i].typed));
        }
    }
    search_reader_close(r);
    search_writer_close(w);
}

TEST("words are found with and without diacritics, as they are typed, and in composed or decomposed form") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OR_RETURN(fill(arena, w));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(first_of(arena, r, asks(arena, CITY, S("an sinh xã hội"))) == 1);
    CHECK(first_of(arena, r, asks(arena, CITY, S("an sinh xa hoi"))) == 1);
    CHECK(first_of(arena, r, asks(arena, CITY, S("hòa giải"))) == 2);
    CHECK(first_of(arena, r, asks(arena, CITY, S("ho\xC3\xA0 gia\xCC\x89i"))) == 2);
    CHECK(first_of(arena, r, asks(arena, CITY, S("15/06/2026"))) == 5);
    struct search_query q = asks(arena, CITY, S("đại đoàn k"));
    q.as_you_type = true;
    CHECK(first_of(arena, r, q) == 1);
    q.text = S("an sinh xa h");
    CHECK(first_of(arena, r, q) == 1);
    q.text = S("dự to");
    struct search_result result;
    CHECK_OK(search_query(r, arena, &q, &result));
    CHECK_OR_RETURN(result.hits.n > 0 && result.suggestions.n > 0);
    CHECK(result.hits.at[0].record == 4);
    CHECK_STR(result.suggestions.at[0], S("dự toán"));
    struct search_hit *hit = &result.hits.at[0];
    CHECK_OR_RETURN(hit->ranges.n > 0);
    CHECK_STR(str_slice(hit->text, hit->ranges.at[0].from, hit->ranges.at[0].to), S("dự toán"));
    CHECK_STR(hit->text, str_of(letters[3][2]));
    search_reader_close(r);
    search_writer_close(w);
}

TEST("what is in force on the asked day is told from what is not, and can be asked for alone") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct search_result found;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    struct search_doc d = doc_of(arena, 1, CITY, S("24/2018/QH14"), S("Luật An ninh mạng"), S("Luật này quy định"));
    d.key = S("24/2018/qh14%1");
    d.whole = 77;
    d.from_on = (struct date){2019, 1, 1};
    d.until_on = (struct date){2026, 7, 1};
    CHECK_OK(search_writer_put(w, &d));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_query q = asks(arena, CITY, S("an ninh mạng"));
    static const struct {
        struct date on;
        enum search_force force;
    } days[] = {{{2018, 12, 31}, SEARCH_NOT_YET_IN_FORCE},
                {{2019, 1, 1}, SEARCH_IN_FORCE},
                {{2026, 6, 30}, SEARCH_IN_FORCE},
                {{2026, 7, 1}, SEARCH_EXPIRED}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        q.on = days[i].on;
        q.in_force = false;
        CHECK_OK(search_query(r, arena, &q, &found));
        CHECK_OR_RETURN(found.hits.n == 1);
        CHECK(found.hits.at[0].force == days[i].force);
        CHECK_STR(found.hits.at[0].key, S("24/2018/qh14%1"));
        CHECK(found.hits.at[0].whole == 77);
        CHECK(date_cmp(found.hits.at[0].from_on, d.from_on) == 0 &&
              date_cmp(found.hits.at[0].until_on, d.until_on) == 0);
        q.in_force = true;
        CHECK_OK(search_query(r, arena, &q, &found));
        CHECK(found.hits.n == (days[i].force == SEARCH_IN_FORCE));
    }
    search_reader_close(r);
    search_writer_close(w);
}

TEST("documents are counted and narrowed by their force on a day; what has none is in no count of it") {
    struct str dir = test_dir(arena);
    struct search_writer *w;
    struct search_reader *r;
    struct search_result found;
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 4; i++) {
        struct search_doc d = doc_of(arena, i, CITY, S(""), S("An ninh mạng"), S("Điều này quy định"));
        d.from_on = i == 3 ? search_force_unknown : i == 4 ? (struct date){0} : (struct date){2019, 1, 1};
        d.until_on = i == 2 ? (struct date){2020, 1, 1} : (struct date){0};
        CHECK_OK(search_writer_put(w, &d));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_query q = asks(arena, CITY, S("an ninh mạng"));
    q.with_counts = true;
    q.on = (struct date){2021, 1, 1};
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.found == 4 && found.forces[SEARCH_IN_FORCE] == 1 && found.forces[SEARCH_EXPIRED] == 1);
    CHECK(found.forces[SEARCH_NOT_YET_IN_FORCE] == 0);
    q.forces = 1u << SEARCH_EXPIRED;
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.hits.n == 1 && found.hits.at[0].record == 2);
    q.on = (struct date){2019, 6, 1};
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.hits.n == 0);
    search_reader_close(r);
    search_writer_close(w);
}
