/* What was meant, and near copies folded: as the asker sees them, and never from what the asker may not read. */
#include "base/utf8.h"
#include "search/search.h"
#include "search/words/keys.h"
#include "search/ask/meant.h"
#include "search/words/define.h"
#include "search/words/text.h"
#include "tests/db.h"

enum { CITY = 21, SECRET = 22 };

static const char text_of_rule[] =
    "Ban Thường trực Ủy ban Mặt trận Tổ quốc cấp xã chủ trì hiệp thương, lập danh sách, báo cáo cấp ủy cùng cấp và gửi "
    "Hội đồng nhân dân trước ngày khai mạc kỳ họp chậm nhất là mười lăm ngày làm việc để xem xét, quyết định.";

static struct search_doc rule(struct arena *a, int64_t record, int64_t principal, struct str title, struct str text) {
    struct search_doc d = {.record = record, .kind = S("law"), .title = title};
    LIST_ADD(a, &d.principals, principal);
    search_doc_add(a, &d, 0, text);
    return d;
}

static struct search_result ask(struct arena *a, struct search_reader *r, int64_t principal, struct str text) {
    struct search_query q = {.text = text, .fold_alike = true, .on = {2026, 11, 25}, .with_counts = true};
    struct search_result found = {0};
    LIST_ADD(a, &q.principals, principal);
    CHECK(!search_query(r, a, &q, &found).why);
    return found;
}

/* A word as the index has it, and written again. */
static struct str shown(struct arena *a, struct str word) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, word);
    return search_scan_next(&scan, &t) ? search_word_shown(a, (struct str){scan.word, scan.word_len}) : S("");
}

TEST("a word of the index is written as people write it") {
    static const char *const words[] = {"ủy",   "thủy", "quý",    "quốc", "giám", "gì",   "giữ",   "nghĩa",
                                        "hòa",  "kỹ",   "nghiệp", "được", "Đoàn", "tuần", "khuỷu", "người",
                                        "loại", "hoạt", "ý",      "tỷ",   "xã",   "bìa",  "của",   "thuở"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        CHECK_STR(shown(arena, str_of(words[i])), utf8_lower(arena, str_of(words[i])));
    }
}

TEST("keys typed while the typing program was off, and digits misread by a scanner, are read as what they say") {
    static const char *const keys[][2] = {
        {"dduwowcj", "được"},
        {"nguwowif", "người"},
        {"nguoi72", "người"},
        {"d9u7o7c5", "được"},
        {"quyeets", "quyết"},
        {"quye6t1", "quyết"},
        {"nhaan", "nhân"},
        {"ddoongj", "động"},
        {"ddo6ng5", "động"},
        {"luaatj", "luật"},
        {"thuwf", "thừ"},
        {"trawng", "trăng"},
        {"đươcj", "được"},
        {"hoaf", "hòa"},
        {"uwu", "ưu"},
        {"ban", ""},
        {"nguoi0", ""},
        {"thuowngf", "thường"},
        {"w", ""},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char out[SEARCH_KEYS_MOST];
        struct str said = {out, search_keys_read(str_of(keys[i][0]), out)};
        CHECK_STR(shown(arena, said), str_of(keys[i][1]));
    }
    static const char *const digits[][2] = {{"3O", "30"}, {"l5", "15"}, {"2O2l", "2021"}, {"ol", ""}, {"5a", ""}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        char out[SEARCH_KEYS_MOST];
        CHECK_STR(((struct str){out, search_digits_read(str_of(digits[i][0]), out)}), str_of(digits[i][1]));
    }
}

TEST("a slip of the hand is answered as what was meant, which is said; asked literally it is not") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 20; i++) {
        struct search_doc d = rule(arena, i, CITY, S("Hiệp thương"), str_of(text_of_rule));
        CHECK_OK(search_writer_put(w, &d));
        d = rule(arena, i + 100, SECRET, S("Mật"), S("Danh sách khai mạng của đơn vị khai mạng"));
        CHECK_OK(search_writer_put(w, &d));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK_STR(ask(arena, r, CITY, S("ngày khai mặc kỳ họp")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngay khai mawc ky hop")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngày khai mạc kỳ họp")).meant, S(""));
    CHECK_STR(ask(arena, r, CITY, S("ngày khaimạc kỳ họp")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngay khaimac ky hop")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngày khai mạc kyf hopj")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngay2 khai mac5 ky2 ho5p")).meant, S("ngày khai mạc kỳ họp"));
    CHECK_STR(ask(arena, r, CITY, S("ngay khai mac ky hop")).meant, S(""));
    /* "khai mạng" is written only where it may not be read. */
    struct str meant = ask(arena, r, CITY, S("danh sách khai mạn")).meant;
    CHECK(str_find(meant, S("mạng"), 0) == SIZE_MAX);
    struct search_query q = {.text = S("ngày khai mặc kỳ họp"), .is_literal = true};
    struct search_result found;
    LIST_ADD(arena, &q.principals, (int64_t)CITY);
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.meant.len == 0 && found.hits.n > 0);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("near copies stand under the one in force, then the newest, and only those the asker may read") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), text = str_of(text_of_rule);
    CHECK_OK(search_writer_open(dir, &w));
    struct search_doc d = rule(arena, 1, CITY, S("Điều 7. Hiệp thương — Quy chế năm 2019"), text);
    d.until_on = (struct date){2024, 1, 1};
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 2, CITY, S("Điều 7. Hiệp thương — Quy chế năm 2024"), str_format(arena, "%.*s.", STR_ARG(text)));
    d.date = (struct date){2023, 12, 1};
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 3, SECRET, S("Điều 7. Hiệp thương — Quy chế mật"), text);
    d.date = (struct date){2026, 1, 1};
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 4, CITY, S("Điều 8. Hiệp thương — Quy chế năm 2024"),
             str_format(arena, "%.*s Chậm nhất 15 ngày.", STR_ARG(text)));
    CHECK_OK(search_writer_put(w, &d));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    for (int turn = 0; turn < 2; turn++) {
        struct search_result found = ask(arena, r, CITY, S("hiệp thương lập danh sách"));
        CHECK_OR_RETURN(found.hits.n == 2 && found.folded == 1 && found.found == 3);
        const struct search_hit *shown = &found.hits.at[found.hits.at[0].record == 4];
        CHECK_OR_RETURN(shown->record == 2 && shown->alike.n == 1);
        CHECK(shown->alike.at[0].record == 1 && shown->alike.at[0].force == SEARCH_EXPIRED);
        CHECK(str_find(shown->alike.at[0].title, S("2019"), 0) != SIZE_MAX);
        /* A merge keeps what tells copies. */
        CHECK_OK(search_writer_merge(w));
    }
    CHECK(ask(arena, r, SECRET, S("hiệp thương lập danh sách")).hits.at[0].alike.n == 0);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("where a text says what an abbreviation stands for is seen, and nothing else is taken for that") {
    static const char *const texts[][3] = {
        {"do Ủy ban nhân dân (sau đây gọi tắt là UBND) cấp xã", "Ủy ban nhân dân", "UBND"},
        {"hỗ trợ doanh nghiệp nhỏ và vừa (DNNVV) vay vốn", "doanh nghiệp nhỏ và vừa", "DNNVV"},
        {"Quỹ Đền ơn đáp nghĩa (viết tắt là \"ĐƠĐN\")", "Đền ơn đáp nghĩa", "ĐƠĐN"},
        {"Ban Giám sát đầu tư của cộng đồng (sau đây gọi là GSĐTCĐ)", "Giám sát đầu tư của cộng đồng", "GSĐTCĐ"},
        {"Bộ trưởng (ký tên)", "", ""},
        {"theo mẫu (PL)", "", ""},
        {"mức 10 (MT)", "", ""},
        {"Hết câu. Mặt trận (TMT)", "", ""},
        {"(UBND)", "", ""},
        {"nhân dân (ND", "", ""},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct search_definition d = {0};
        size_t at = 0;
        bool is_found = search_definition_next(str_of(texts[i][0]), &at, &d);
        bool is_wanted = texts[i][1][0] && !strstr(texts[i][2], "Ơ");
        CHECK(is_found == is_wanted);
        CHECK_STR(d.words, str_of(is_wanted ? texts[i][1] : ""));
        CHECK_STR(d.letters, str_of(is_wanted ? texts[i][2] : ""));
    }
}

/* The records found, as one text. */
static struct str records_of(struct arena *a, const struct search_result *found) {
    struct str all = S("");
    for (size_t i = 0; i < found->hits.n; i++) {
        all = str_format(a, "%.*s%lld ", STR_ARG(all), (long long)found->hits.at[i].record);
    }
    return all;
}

TEST("an abbreviation finds its words and the words find it, with marks and without, and by the words beside it") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    static const char *const texts[] = {
        "Ủy ban nhân dân cấp xã niêm yết danh sách cử tri.",
        "UBND cấp xã niêm yết danh sách cử tri.",
        "Bộ Tài chính hướng dẫn quyết toán kinh phí.",
        "Ban Tổ chức giải chạy việt dã trao giải.",
        "HĐND họp phiên bất thường.",
        "Hội nghị ban chấp hành bầu người thay thế.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct search_doc d = rule(arena, (int64_t)i + 1, CITY, S(""), str_of(texts[i]));
        CHECK_OK(search_writer_put(w, &d));
    }
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    static const struct {
        const char *asked, *found;
    } asked[] = {
        {"ubnd", "1 2 "},
        {"UBND", "1 2 "},
        {"ủy ban nhân dân", "1 2 "},
        {"uy ban nhan dan", "1 2 "},
        {"hdnd", "5 "},
        {"hội đồng nhân dân", "5 "},
        {"hoi dong nhan dan", "5 "},
        {"BCH", "6 "},
        {"btc giải chạy", "4 "},
        {"BTC quyết toán", "3 "},
        {"btc huong dan", "3 "},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct search_query q = {.text = str_of(asked[i].asked), .is_strict = true};
        struct search_result found;
        LIST_ADD(arena, &q.principals, (int64_t)CITY);
        CHECK_OK(search_query(r, arena, &q, &found));
        struct str records = records_of(arena, &found);
        CHECK(found.hits.n > 0);
        if (strlen(asked[i].found) == 2) {
            CHECK_STR(str_slice(records, 0, 2), str_of(asked[i].found));
        } else {
            CHECK(str_find(records, S("1 "), 0) != SIZE_MAX && str_find(records, S("2 "), 0) != SIZE_MAX);
        }
        CHECK(found.hits.at[0].ranges.n > 0 && found.hits.at[0].cover > 0.4);
    }
    search_reader_close(r);
    search_writer_close(w);
}

TEST("an abbreviation is learnt from what the asker may read, and from nothing else") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    struct search_doc d =
        rule(arena, 1, CITY, S("Quy chế"), S("Ngày hội văn hóa thể thao (sau đây gọi là NHVHTT) do xã tổ chức."));
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 2, CITY, S("Thông báo"), S("Lịch NHVHTT tháng sau."));
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 3, CITY, S("Kế hoạch"), S("Dự trù cho ngày hội văn hóa thể thao."));
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 4, CITY, S("Sổ"), S("Trăng xanh đã về."));
    CHECK_OK(search_writer_put(w, &d));
    d = rule(arena, 5, SECRET, S("Mật"), S("Chiến dịch trăng xanh (CDTX) bắt đầu; trăng xanh (TX)."));
    CHECK_OK(search_writer_put(w, &d));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(ask(arena, r, CITY, S("nhvhtt")).hits.n == 3);
    CHECK(ask(arena, r, CITY, S("ngày hội văn hóa thể thao")).hits.n == 3);
    CHECK(ask(arena, r, CITY, S("ngay hoi van hoa the thao")).hits.n == 3);
    CHECK(ask(arena, r, CITY, S("TX")).hits.n == 0 && ask(arena, r, CITY, S("cdtx")).hits.n == 0);
    CHECK(ask(arena, r, SECRET, S("TX")).hits.n == 1);
    CHECK(ask(arena, r, SECRET, S("nhvhtt")).hits.n == 0);
    CHECK_OK(search_writer_merge(w));
    CHECK(ask(arena, r, CITY, S("nhvhtt")).hits.n == 3 && ask(arena, r, CITY, S("TX")).hits.n == 0);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("the same paper come twice is folded, though it was registered under two numbers of arrival, on two days of other "
     "things") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena), text = str_of(text_of_rule);
    CHECK_OK(search_writer_open(dir, &w));
    for (int64_t i = 1; i <= 2; i++) {
        struct search_doc d = rule(arena, i, CITY, S("Quy chế hiệp thương"),
                                   str_format(arena, "Quy chế. Số đến %lld.", (long long)i + 300));
        search_doc_add(arena, &d, 1, text);
        CHECK_OK(search_writer_put(w, &d));
        CHECK_OK(search_writer_commit(w, i));
        /* What comes next has a segment of its own, where another kind stands first. */
        d = rule(arena, 100 + i, CITY, S("Việc của tuần"), S("Trực ban ngày thứ Bảy."));
        d.kind = S("task");
        CHECK_OK(search_writer_put(w, &d));
    }
    CHECK_OK(search_writer_commit(w, 3));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_result found = ask(arena, r, CITY, S("hiệp thương lập danh sách"));
    CHECK_OR_RETURN(found.hits.n == 1 && found.found == 2);
    CHECK(found.hits.at[0].record == 2 && found.hits.at[0].alike.n == 1);
    search_reader_close(r);
    search_writer_close(w);
}

TEST("what is left at the end of a text, as who signed, is no passage of its own") {
    struct search_doc d = {.kind = S("document")};
    struct str text = str_of(text_of_rule);
    search_doc_add(arena, &d, 1,
                   str_format(arena, "%.*s\n\n%.*s\n\nTM. BAN THƯỜNG TRỰC", STR_ARG(text), STR_ARG(text)));
    CHECK(d.passages.n == 1);
    search_doc_add(arena, &d, 2, S("Nơi nhận: như trên."));
    CHECK(d.passages.n == 2 && d.passages.at[1].page == 2);
}

TEST("words said over and over find what holds them once") {
    struct search_writer *w = NULL;
    struct search_reader *r = NULL;
    struct str dir = test_dir(arena);
    CHECK_OK(search_writer_open(dir, &w));
    struct search_doc d = rule(arena, 1, CITY, S("Quy chế hiệp thương"), str_of(text_of_rule));
    CHECK_OK(search_writer_put(w, &d));
    CHECK_OK(search_writer_commit(w, 1));
    CHECK_OK(search_reader_open(dir, &r));
    struct search_query q = {.text = S("hiệp thương hiệp thương hiệp thương hiệp thương"), .is_strict = true};
    struct search_result found;
    LIST_ADD(arena, &q.principals, (int64_t)CITY);
    CHECK_OK(search_query(r, arena, &q, &found));
    CHECK(found.hits.n == 1 && !found.is_near);
    search_reader_close(r);
    search_writer_close(w);
}
