/* What cannot be so in one record, what falls due of it, and what is printed. */
#include "tests/test.h"

#include "base/arena.h"
#include "modules/cadre/cadre_print.h"

#include "base/banned.h"

struct entry {
    const char *group, *answers;
};

static struct cadre_whole whole_of(struct arena *a, const struct entry *entries, size_t n) {
    struct cadre_group *groups = arena_take(a, struct cadre_group, CADRE_GROUPS);
    struct cadre_whole w = {.arena = a, .groups = groups};
    CHECK(!cadre_groups(a, groups).why);
    for (size_t g = 0; g < CADRE_GROUPS; g++) {
        for (size_t i = 0; i < n; i++) {
            struct cadre_line line = {.group = g, .id = (int64_t)i + 1, .version = 1};
            if (str_eq(groups[g].code, str_of(entries[i].group))) {
                CHECK(!cadre_judge(a, &groups[g], 1, str_of(entries[i].answers), &line.s).why);
                CHECK(line.s->faults == 0);
                LIST_ADD(a, &w.lines, line);
            }
        }
    }
    return w;
}
#define WHOLE(...)                                                                                                     \
    whole_of(arena, (const struct entry[]){__VA_ARGS__},                                                               \
             sizeof((const struct entry[]){__VA_ARGS__}) / sizeof(struct entry))

static size_t count(const struct cadre_findings *f, const char *rule) {
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        n += str_eq(f->at[i].rule, str_of(rule));
    }
    return n;
}

#define MAN "{\"name\":\"Nguyễn Văn A\",\"sex\":\"nam\",\"birth\":\"1970-05-10\",\"kind\":\"chuyen_trach\"}"
#define WOMAN "{\"name\":\"Trần Thị B\",\"sex\":\"nu\",\"birth\":\"1975\",\"kind\":\"chuyen_trach\"}"

TEST("every group of the record is a right definition, and each line of a form names fields that are there") {
    struct cadre_group groups[CADRE_GROUPS];
    CHECK_OK(cadre_groups(arena, groups));
    struct cadre_whole w = WHOLE({"identity", MAN});
    struct cadre_form form;
    for (size_t i = 0; cadre_form_at(i, &form); i++) {
        CHECK(cadre_print_fill(&w, form.code).n > 5);
    }
    CHECK(cadre_form_of(S("hs02"), &form));
    CHECK(!cadre_form_of(S("none"), &form));
}

TEST("who joined the Party before 18 is found, with both passages; of a year alone only when no reading fits") {
    struct cadre_whole w =
        WHOLE({"identity", MAN}, {"party", "{\"joined_on\":\"1987-02-03\",\"official_on\":\"1988-02-03\"}"});
    struct cadre_findings f = cadre_check(&w);
    CHECK_OR_RETURN(f.n == 1);
    CHECK_STR(f.at[0].rule, S("party_age"));
    CHECK_STR(f.at[0].left.text, S("Ngày vào Đảng: 03/02/1987"));
    CHECK_STR(f.at[0].right.text, S("Ngày sinh: 10/05/1970"));
    w = WHOLE({"identity", MAN}, {"party", "{\"joined_on\":\"1988\",\"official_on\":\"1989\"}"});
    CHECK(cadre_check(&w).n == 0);
    w = WHOLE({"identity", MAN}, {"party", "{\"joined_on\":\"1990-05-19\",\"official_on\":\"1990-11-19\"}"});
    f = cadre_check(&w);
    CHECK(count(&f, "party_official") == 1);
}

TEST("a gap of more than a month between jobs and two jobs over each other are found; one held beside is neither") {
    struct cadre_whole w = WHOLE(
        {"identity", MAN}, {"span", "{\"from_on\":\"1990-01\",\"to_on\":\"1995-03\",\"unit\":\"X\",\"post\":\"a\"}"},
        {"span", "{\"from_on\":\"1995-04\",\"to_on\":\"2000\",\"unit\":\"X\",\"post\":\"b\"}"},
        {"span",
         "{\"from_on\":\"1998-01\",\"to_on\":\"1999-01\",\"unit\":\"Y\",\"post\":\"c\",\"is_concurrent\":true}"},
        {"span", "{\"from_on\":\"2001-06\",\"unit\":\"Z\",\"post\":\"d\"}"});
    struct cadre_findings f = cadre_check(&w);
    CHECK(count(&f, "span_gap") == 1);
    CHECK(count(&f, "span_overlap") == 0);
    w = WHOLE({"identity", MAN},
              {"span", "{\"from_on\":\"1990-01\",\"to_on\":\"1998-03\",\"unit\":\"X\",\"post\":\"a\"}"},
              {"span", "{\"from_on\":\"1995-04\",\"unit\":\"X\",\"post\":\"b\"}"});
    f = cadre_check(&w);
    CHECK(count(&f, "span_overlap") == 1);
    CHECK(count(&f, "span_gap") == 0);
}

TEST("a coefficient that became less, and a ward that was not there in those years, are found") {
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    struct cadre_whole w = WHOLE(
        {"identity", MAN}, {"salary", "{\"from_on\":\"2010-01\",\"grade\":\"01.003\",\"step\":4,\"coefficient\":3.33}"},
        {"salary", "{\"from_on\":\"2013-01\",\"grade\":\"01.003\",\"step\":3,\"coefficient\":3.00}"},
        {"span", "{\"from_on\":\"2012-01\",\"unit\":\"UBND phường Lê Chân\",\"post\":\"Cán bộ\"}"});
    struct cadre_findings f = cadre_check(&w);
    CHECK(count(&f, "salary_down") == 1);
    CHECK(count(&f, "span_place") == 1);
}

TEST("places stand in their time: districts until 30 June 2025, new communes from the next day") {
    struct cadre_stay then = {{2010, 1, 1}, {2015, 1, 1}}, now = {{2025, 8, 1}, {2026, 1, 1}},
                      both = {{2010, 1, 1}, {2026, 1, 1}};
    CHECK(cadre_place_lacks(arena, S("Huyện ủy Thủy Nguyên, huyện Thủy Nguyên"), &then).len == 0);
    CHECK(cadre_place_lacks(arena, S("Phòng Nội vụ quận Lê Chân"), &then).len == 0);
    CHECK_STR(cadre_place_lacks(arena, S("Phòng Nội vụ quận Lê Chân"), &now),
              S("quận Lê Chân có đến hết 30/06/2025: không còn cấp huyện"));
    CHECK(cadre_place_lacks(arena, S("MTTQ phường Lê Chân"), &now).len == 0);
    CHECK_STR(cadre_place_lacks(arena, S("MTTQ phường Lê Chân"), &both), S("phường Lê Chân có từ 01/07/2025"));
    CHECK(cadre_place_lacks(arena, S("Sở Nội vụ tỉnh Hải Hưng"), &then).len > 0);
    CHECK(cadre_place_lacks(arena, S("Sở Nội vụ"), &now).len == 0);
}

TEST("the age of retirement follows the year in which it is reached") {
    CHECK(date_is(cadre_retires_on((struct date){1961, 1, 15}, false), (struct date){2021, 4, 30}));
    CHECK(date_is(cadre_retires_on((struct date){1961, 10, 2}, false), (struct date){2022, 4, 30}));
    CHECK(date_is(cadre_retires_on((struct date){1964, 11, 20}, false), (struct date){2026, 5, 31}));
    CHECK(date_is(cadre_retires_on((struct date){1970, 5, 10}, false), (struct date){2032, 5, 31}));
    CHECK(date_is(cadre_retires_on((struct date){1975, 5, 20}, true), (struct date){2035, 5, 31}));
    CHECK(date_is(cadre_retires_on((struct date){1975, 1, 1}, true), (struct date){2034, 9, 30}));
}

static const struct cadre_due *due_of(const struct cadre_dues *d, struct str kind) {
    for (size_t i = 0; i < d->n; i++) {
        if (str_eq(d->at[i].kind, kind)) {
            return &d->at[i];
        }
    }
    return NULL;
}

TEST("the next step of pay is due after three years, later after discipline; terms, badges and training follow the "
     "record") {
    struct date today = {2026, 11, 30};
    struct cadre_whole w =
        WHOLE({"identity", WOMAN}, {"party", "{\"joined_on\":\"1996-12-20\",\"official_on\":\"1997-12-20\"}"},
              {"salary", "{\"from_on\":\"2024-01-01\",\"grade\":\"01.003\",\"step\":5,\"coefficient\":3.66}"},
              {"span", "{\"from_on\":\"2022-01-15\",\"unit\":\"Ban Phong trào\",\"post\":\"Trưởng "
                       "ban\",\"rank\":\"cap_ban\",\"term_years\":5}"});
    struct cadre_dues d = cadre_dues(&w, today);
    CHECK_OR_RETURN(due_of(&d, S("salary")) && due_of(&d, S("badge")) && due_of(&d, S("training")));
    CHECK(date_is(due_of(&d, S("salary"))->on, (struct date){2027, 1, 1}));
    CHECK(date_is(due_of(&d, S("reappoint"))->on, (struct date){2027, 1, 15}));
    CHECK(date_is(due_of(&d, S("badge"))->on, (struct date){2026, 12, 20}));
    CHECK_STR(due_of(&d, S("training"))->words,
              S("Chưa có chứng chỉ quản lý nhà nước ngạch chuyên viên; Chưa có trung cấp lý luận chính trị"));
    w = WHOLE({"identity", WOMAN},
              {"salary", "{\"from_on\":\"2024-01-01\",\"grade\":\"01.003\",\"step\":5,\"coefficient\":3.66}"},
              {"discipline", "{\"on\":\"2025-03-01\",\"form\":\"canh_cao\"}"},
              {"training", "{\"kind\":\"qlnn\",\"level\":\"chuyen_vien\",\"school\":\"Trường Chính trị Tô Hiệu\"}"});
    d = cadre_dues(&w, today);
    CHECK_OR_RETURN(due_of(&d, S("salary")));
    CHECK(date_is(due_of(&d, S("salary"))->on, (struct date){2027, 7, 1}));
    CHECK(!due_of(&d, S("training")));
    CHECK(!due_of(&d, S("badge")));
}

TEST("a form is kept as printed and read back the same; a row that changed is not among the old ones") {
    struct cadre_whole w = WHOLE(
        {"identity", MAN}, {"span", "{\"from_on\":\"1990-01\",\"to_on\":\"1995-03\",\"unit\":\"X\",\"post\":\"a\"}"});
    struct cadre_printed was = cadre_print_fill(&w, S("2c98"));
    struct cadre_printed read = cadre_print_read(arena, cadre_print_json(arena, &was));
    CHECK_OR_RETURN(read.n == was.n);
    const struct cadre_print_line *spans = cadre_print_line_of(&read, S("27"));
    CHECK_OR_RETURN(spans && spans->rows.n == 1);
    CHECK_STR(spans->rows.at[0].cells.at[0], S("1/1990"));
    CHECK(cadre_print_has(spans, &cadre_print_line_of(&was, S("27"))->rows.at[0]));
    w = WHOLE({"identity", MAN},
              {"span", "{\"from_on\":\"1990-01\",\"to_on\":\"1996-03\",\"unit\":\"X\",\"post\":\"a\"}"});
    struct cadre_printed is = cadre_print_fill(&w, S("2c98"));
    CHECK(!cadre_print_has(spans, &cadre_print_line_of(&is, S("27"))->rows.at[0]));
    CHECK_STR(cadre_print_line_of(&is, S("1"))->rows.at[0].cells.at[0], S("Nguyễn Văn A; Nam"));
}
