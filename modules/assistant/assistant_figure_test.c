/* Questions about figures, each with the reading it should have: own ones beside the room, collected ones where they
   are. */
#include <stdio.h>

#include "base/facts.h"
#include "base/time.h"
#include "base/utf8.h"
#include "modules/assistant/assistant_figure_command.h"
#include "modules/assistant/figure/figure.h"
#include "modules/place/place.h"
#include "read/json.h"
#include "tests/test.h"

#include "base/banned.h"

FACTS(assistant_figure_cases, "modules/assistant/figure/cases.tsv");

static const struct date today = {2026, 11, 29};

static struct figure_reading read_one(struct arena *a, const struct figure_tables *t, const char *lang,
                                      struct str text) {
    struct figure_question q = {.text = text, .lang = str_of(lang), .today = today};
    struct figure_reading r;
    figure_read(t, a, &q, &r);
    return r;
}

static struct figure_reading read_vi(struct arena *a, const char *text) {
    return read_one(a, figure_open(a, place_open(a)), "vi", str_of(text));
}

TEST("questions about figures are read as people mean them, or refused for the right reason") {
    const struct figure_tables *t = figure_open(arena, place_open(arena));
    struct str rest = FACTS_STR(assistant_figure_cases), c[3];
    size_t n = 0;
    while (facts_next(&rest, c, 3)) {
        struct figure_reading r = read_one(arena, t, str_z(arena, c[0]), c[1]);
        struct str got = str_trim(assistant_figure_json(arena, c[1], &r, false));
        struct str wanted = str_format(arena, "{\"id\": \"%.*s\", %.*s}", STR_ARG(c[1]), STR_ARG(c[2]));
        CHECK_STR(got, wanted);
        n++;
    }
    CHECK(n > 150);
}

TEST("a question means the same with its marks and without, where one reading fits") {
    static const char *const same[][2] = {
        {"Tháng 9 có bao nhiêu văn bản đến?", "thang 9 co bao nhieu van ban den"},
        {"Tỷ lệ đơn chuyển bị trả lại năm 2025", "ti le don chuyen bi tra lai nam 2025"},
        {"Số hội viên Hội Nông dân xã Tứ Kỳ", "so hoi vien hoi nong dan xa tu ky"},
        {"Hiện có bao nhiêu nhiệm vụ quá hạn?", "HIEN CO BAO NHIEU NHIEM VU QUA HAN"},
        {"Quý III so với cùng kỳ có bao nhiêu đơn thư", "quy iii so voi cung ky co bao nhieu don thu"},
    };
    const struct figure_tables *t = figure_open(arena, place_open(arena));
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct figure_reading a = read_one(arena, t, "vi", str_of(same[i][0]));
        struct figure_reading b = read_one(arena, t, "vi-toneless", str_of(same[i][1]));
        CHECK(a.kind == FIGURE_ANSWERED);
        CHECK_STR(assistant_figure_json(arena, S(""), &a, false), assistant_figure_json(arena, S(""), &b, false));
    }
}

TEST("what was assumed is a chip that says so, and nothing else is") {
    struct figure_reading r = read_vi(arena, "Tháng 12 có bao nhiêu cuộc họp ở phường Lê Chân?");
    CHECK_OR_RETURN(r.kind == FIGURE_ANSWERED && r.chips.n == 3);
    CHECK(!r.chips.at[0].is_assumed && r.chips.at[2].is_assumed && r.chips.at[2].why.len);
    CHECK_STR(r.echo, S("Số cuộc họp, Phường Lê Chân, từ 01/12/2025 đến 31/12/2025"));
    r = read_vi(arena, "Năm 2025 có bao nhiêu cuộc họp?");
    for (size_t i = 0; i < r.chips.n; i++) {
        CHECK(!r.chips.at[i].is_assumed);
    }
}

TEST("a question about a person is refused whatever else it says") {
    static const char *const asked[] = {"Số điện thoại của người gửi đơn tháng 10", "Ai ủng hộ nhiều tiền nhất?",
                                        "Danh sách cán bộ và địa chỉ nhà", "Người tố cáo tên là gì?"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        CHECK(read_vi(arena, asked[i]).kind == FIGURE_PERSONAL);
    }
}

TEST("a word that is not understood refuses, and what is nearest is offered") {
    struct figure_reading r = read_vi(arena, "Bao nhiêu đơn thư màu xanh trong tháng 10?");
    CHECK(r.kind == FIGURE_UNKNOWN_METRIC && r.near.n > 0);
    CHECK_STR(r.missed, S("màu"));
    CHECK_STR(r.near.at[0]->code, S("petition.count"));
    CHECK(figure_kind_words(r.kind).len > 0);
}

TEST("a name that several communes have is asked about; the answer names all of them") {
    struct figure_reading r =
        read_one(arena, figure_open(arena, place_open(arena)), "vi-toneless", S("don thu o cam giang thang 10"));
    CHECK(r.kind == FIGURE_WHICH_UNIT && r.candidates.n == 2);
    r = read_vi(arena, "Đơn thư huyện Tứ Kỳ tháng 10");
    CHECK(r.kind == FIGURE_WHICH_UNIT && r.candidates.n > 2);
    r = read_vi(arena, "Đơn thư xã Tứ Kỳ tháng 10");
    CHECK(r.kind == FIGURE_ANSWERED && r.units.n == 1);
}

TEST("a question that is endless, empty or of broken bytes is no figure, and no fault") {
    struct str bad[] = {S(""), S("   ?!"), S("\xff\xfe\x80"), S("Số"), {NULL, 0}};
    char *endless = arena_take(arena, char, 5000);
    for (size_t i = 0; i < 5000; i++) {
        endless[i] = i % 5 ? 'a' : ' ';
    }
    bad[4] = (struct str){endless, 5000};
    const struct figure_tables *t = figure_open(arena, place_open(arena));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct figure_reading r = read_one(arena, t, "", bad[i]);
        CHECK(r.kind != FIGURE_ANSWERED);
        CHECK(utf8_valid(assistant_figure_json(arena, S(""), &r, true)));
    }
}

TEST("a line of cases is read by its id, lang and text alone") {
    struct figure_question q;
    struct str id;
    CHECK(
        assistant_figure_case(arena, S("{\"id\": \"q\", \"lang\": \"en\", \"text\": \"x\", \"expect\": {}}"), &id, &q));
    CHECK_STR(id, S("q"));
    CHECK_STR(q.lang, S("en"));
    CHECK(!assistant_figure_case(arena, S("{\"id\": \"q\"}"), &id, &q));
    CHECK(!assistant_figure_case(arena, S("no json"), &id, &q));
}

/* Whether all that is wanted is there, and as much. */
static bool is_same(const struct json_value *wanted, const struct json_value *got) {
    double a = 0, b = 0;
    bool is_yes = json_is_yes(wanted);
    if (json_is_map(wanted)) {
        size_t n = 0, m = 0;
        for (const char *k = json_name_after(wanted, NULL); k; k = json_name_after(wanted, k), n++) {
            if (!json_member(got, k) || !is_same(json_member(wanted, k), json_member(got, k))) {
                return false;
            }
        }
        for (const char *k = json_name_after(got, NULL); k; k = json_name_after(got, k)) {
            m++;
        }
        return n == m;
    }
    if (json_is_list(wanted)) {
        for (size_t i = 0; i < json_count(wanted); i++) {
            if (!is_same(json_item(wanted, i), json_item(got, i))) {
                return false;
            }
        }
        return json_count(wanted) == json_count(got);
    }
    if (json_real_of(wanted, &a)) {
        return json_real_of(got, &b) && a >= b && a <= b;
    }
    return is_yes == json_is_yes(got) && json_is_nothing(wanted) == json_is_nothing(got) &&
           str_eq(json_text_of(wanted), json_text_of(got));
}

TEST("the collected questions about figures are read as people read them") {
    FILE *f = fopen("../shared/data/questions_stat/questions.jsonl", "re");
    char line[8192];
    size_t n = 0, right = 0, silent = 0, fault;
    if (!f) {
        test_skip("no ../shared/data here");
        return;
    }
    const struct figure_tables *t = figure_open(arena, place_open(arena));
    for (; fgets(line, sizeof line, f); n++) {
        struct str json = str_copy(arena, str_trim(str_of(line)));
        const struct json_value *all = json_read(arena, json, &fault);
        struct figure_reading r =
            read_one(arena, t, str_z(arena, json_member_text(all, "lang")), json_member_text(all, "text"));
        struct str answer = assistant_figure_json(arena, S(""), &r, false);
        answer = str_format(arena, "{%.*s", STR_ARG(str_slice(answer, sizeof "{\"id\": \"\"," - 1, answer.len)));
        bool is_right = is_same(json_member(all, "expect"), json_read(arena, answer, &fault));
        right += is_right;
        silent += !is_right && r.kind == FIGURE_ANSWERED;
    }
    fclose(f);
    CHECK(n >= 50);
    CHECK(right * 100 >= n * 97);
    CHECK(silent * 200 <= n);
}
