/* Addresses as people write them. */
#include <stdio.h>
#include <unistd.h>

#include "modules/place/inside.h"
#include "base/buf.h"
#include "base/facts.h"
#include "kernel/page/form.h"
#include "kernel/shell/page_view.h"
#include "read/json.h"
#include "tests/test.h"

#include "base/banned.h"

/* "sure 11749", "ambiguous 1 2", "outside", "unknown". */
static struct str read_as(struct arena *a, const struct place_index *x, const char *text, const char *on) {
    struct buf b = buf_in(a);
    struct date day = {0};
    date_read_iso(str_of(on), &day);
    struct place_found found = place_find(x, a, str_of(text), day);
    buf_put(&b, str_of(place_class_name(found.class)));
    for (size_t i = 0; i < found.communes.n; i++) {
        buf_printf(&b, " %.*s", STR_ARG(found.communes.at[i]->code));
    }
    return buf_str(&b);
}

TEST("an address is read with its abbreviations, without marks, misspelt, and from its largest unit") {
    const struct place_index *x = place_open(arena);
    CHECK_STR(read_as(arena, x, "x. Hợp Đức h. Kiến Thụy tp Hải Phòng", ""), S("sure 11737"));
    CHECK_STR(read_as(arena, x, "phuong Kenh Duong quan Le Chan HP", ""), S("sure 11383"));
    CHECK_STR(read_as(arena, x, "xã Hùng Thắn, huyện Tiên Lảng", ""), S("sure 11809"));
    CHECK_STR(read_as(arena, x, "Hải Phòng, Lê Chân, Kênh Dương, tổ 4", ""), S("sure 11383"));
    CHECK_STR(read_as(arena, x, "N.B. Khiêm, Vĩnh Bảo", ""), S("sure 11911"));
    CHECK_STR(read_as(arena, x, "Hung Thang commune, Tien Lang district", ""), S("sure 11809"));
}

TEST("an address that several communes fit is never answered by one of them") {
    const struct place_index *x = place_open(arena);
    CHECK_STR(read_as(arena, x, "xa Cam Giang, Hai Phong", ""), S("ambiguous 10888 10903"));
    CHECK_STR(read_as(arena, x, "xã Cẩm Giàng, Hải Phòng", ""), S("sure 10903"));
    CHECK_STR(read_as(arena, x, "phường Đông Hải, quận Hải An", ""), S("ambiguous 11411 11413"));
    CHECK_STR(read_as(arena, x, "Lê Chân", ""), S("ambiguous 11383 11407"));
    /* Thanh Hải with a letter lost, or Thanh Hà with a wrong mark. */
    struct place_found found = place_find(x, arena, S("Xã Thanh Hả, huyện Thanh Hà"), (struct date){0});
    CHECK(found.class == PLACE_AMBIGUOUS);
}

TEST("the day of the paper says which of two units of a name is meant") {
    const struct place_index *x = place_open(arena);
    CHECK_STR(read_as(arena, x, "phường Trần Hưng Đạo, Hải Phòng", "2026-02-01"), S("sure 10570"));
    CHECK_STR(read_as(arena, x, "phường Lê Chân, Hải Phòng", "2024-02-01"), S("unknown"));
    CHECK_STR(read_as(arena, x, "xã Đồng Lạc, huyện Nam Thanh, tỉnh Hải Hưng", "1990-02-01"), S("sure 10606"));
    CHECK_STR(read_as(arena, x, "xã Hợp Đức, huyện Kiến Thụy", "2001-02-01"), S("sure 11737"));
    CHECK_STR(read_as(arena, x, "xã Hợp Đức, huyện Kiến Thụy", "2020-02-01"), S("unknown"));
}

TEST("a place elsewhere, none, and one that nobody knows are told apart") {
    const struct place_index *x = place_open(arena);
    CHECK_STR(read_as(arena, x, "xã Tân Quang, thành phố Sông Công", ""), S("outside"));
    CHECK_STR(read_as(arena, x, "phường 13, quận 4", ""), S("outside"));
    CHECK_STR(read_as(arena, x, "xã Nhân Hòa, huyện Mỹ Văn, tỉnh Hải Hưng", ""), S("outside"));
    CHECK_STR(read_as(arena, x, "phường Hòa Bình, Thủy Nguyên", ""), S("sure 11533"));
    CHECK_STR(read_as(arena, x, "xã Lê Lợi, huyện Tiên Lãng", ""), S("unknown"));
    CHECK_STR(read_as(arena, x, "xã Lê Lợi, Tiên Lãng, Hải Phòng", ""), S("unknown"));
    CHECK_STR(read_as(arena, x, "đối diện chợ Hải Dương", ""), S("unknown"));
    CHECK_STR(read_as(arena, x, "", ""), S("unknown"));
}

TEST("what a commune is called now and was called before are one place") {
    const struct place_index *x = place_open(arena);
    CHECK_STR(read_as(arena, x, "phường Lê Chân (phường Vĩnh Niệm cũ), Hải Phòng", ""), S("sure 11383"));
    CHECK_STR(read_as(arena, x, "phường Vĩnh Niệm, quận Lê Chân, nay là phường An Biên", ""), S("sure 11407"));
    CHECK_STR(read_as(arena, x, "phường An Biên, Hải Phòng (trước là phường Vĩnh Niệm, quận Lê Chân)", ""),
              S("sure 11407"));
}

/* Every commune of a table, written in full, is what the table says. */
TEST("every old commune in its district, and every commune of today, is found") {
    const struct place_index *x = place_open(arena);
    struct str rest = place_before_table(), cell[5], districts[64];
    int64_t number[64], d = 0, wrong = 0, n = 0;
    while (facts_next(&rest, cell, 5)) {
        if (str_eq(cell[0], S("D"))) {
            number[d] = 0;
            for (size_t i = 0; i < cell[1].len; i++) {
                number[d] = number[d] * 10 + cell[1].at[i] - '0';
            }
            districts[d++] = cell[2];
            continue;
        }
        int64_t k = 0, code = (cell[3].at[0] - '0') * 100 + (cell[3].at[1] - '0') * 10 + cell[3].at[2] - '0';
        while (k < d && number[k] != code) {
            k++;
        }
        CHECK_OR_RETURN(k < d);
        struct str text = str_format(arena, "thôn 2, %.*s, %.*s", STR_ARG(cell[2]), STR_ARG(districts[k]));
        struct place_found found = place_find(x, arena, text, (struct date){0});
        struct buf codes = buf_in(arena);
        for (size_t i = 0; i < found.communes.n; i++) {
            buf_printf(&codes, "%s%.*s", i ? " " : "", STR_ARG(found.communes.at[i]->code));
        }
        wrong += !str_eq(buf_str(&codes), cell[4]);
        n++;
    }
    CHECK(n > 300 && wrong == 0);
    struct place_communes all = place_communes(x);
    CHECK(all.n == 114);
    for (size_t i = 0; i < all.n; i++) {
        struct place_found found = place_find(x, arena, all.at[i].full, (struct date){2026, 1, 1});
        CHECK(found.class == PLACE_SURE && found.communes.n == 1 && found.communes.at[0] == &all.at[i]);
    }
}

TEST("neighbours name each other, and people and area are those of the whole city") {
    const struct place_index *x = place_open(arena);
    struct place_communes all = place_communes(x);
    int64_t people = 0;
    double km2 = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct str codes = all.at[i].neighbours, code;
        people += all.at[i].people;
        km2 += all.at[i].km2;
        while (codes.len && str_next(&codes, ' ', &code)) {
            const struct place_commune *c = place_commune(x, code);
            CHECK_OR_RETURN(c != NULL);
            CHECK(str_find(c->neighbours, all.at[i].code, 0) != SIZE_MAX);
        }
    }
    CHECK(people == 4664124);
    CHECK(km2 > 3194 && km2 < 3196);
}

static struct form *typed(struct arena *a, const struct field *fields, struct str text) {
    struct form_part part = {.name = S("commune"), .value = text};
    struct form *f = NULL;
    err_ignore(form_read(a, fields, &part, 1, &f));
    return f;
}

TEST("a form's commune may be typed as a name, a code or an old address; what is not one is said at the field") {
    static const struct field fields[] = {
        {.kind = FIELD_LINE, .name = S_INIT("commune"), .label = S_INIT("Xã, phường")}, {0}};
    const struct place_index *x = place_open(arena);
    CHECK_STR(place_field(x, typed(arena, fields, S("Phường Lê Chân")), "commune"), S("11383"));
    CHECK_STR(place_field(x, typed(arena, fields, S("11383")), "commune"), S("11383"));
    CHECK_STR(place_field(x, typed(arena, fields, S("xã Hợp Đức, Kiến Thụy")), "commune"), S("11737"));
    struct form *f = typed(arena, fields, S("phường Vĩnh Niệm, Lê Chân"));
    CHECK_STR(place_field(x, f, "commune"), S(""));
    CHECK_STR(form_value(f, "commune")->fault,
              S("Có thể là: Phường Lê Chân, Phường An Biên. Mời ghi rõ một xã, phường, đặc khu."));
    f = typed(arena, fields, S("quận Cầu Giấy, Hà Nội"));
    CHECK(place_field(x, f, "commune").len == 0 && form_value(f, "commune")->fault.len > 0);
    f = typed(arena, fields, S("đâu đó"));
    CHECK(place_field(x, f, "commune").len == 0 && form_value(f, "commune")->fault.len > 0);
    CHECK(place_options(x, arena).n == 114);
}

TEST("a map has every commune once, coloured by five steps, and none for no value") {
    const struct place_index *x = place_open(arena);
    int64_t values[114];
    for (size_t i = 0; i < 114; i++) {
        values[i] = i == 3 ? -1 : (int64_t)i;
    }
    struct place_values v = {values, 114, S("Đơn thư"), S("đơn"), S("/place?q=")};
    struct commune_map m = place_map(x, arena, &v);
    int64_t of_step[6] = {0};
    CHECK_OR_RETURN(m.shapes.n == 114);
    for (size_t i = 0; i < m.shapes.n; i++) {
        CHECK_OR_RETURN(m.shapes.at[i].step >= 0 && m.shapes.at[i].step <= 5 && m.shapes.at[i].path.len > 0);
        of_step[m.shapes.at[i].step]++;
    }
    CHECK(of_step[0] == 1 && of_step[1] >= 22 && of_step[5] >= 22);
    CHECK(m.steps.n == 5);
    v.n = 0;
    m = place_map(x, arena, &v);
    CHECK(m.steps.n == 0 && m.shapes.at[0].step == 0);
}

TEST("of the collected addresses, none is read as a commune that it is not") {
    FILE *f = fopen("../shared/data/addresses/cases.jsonl", "r");
    if (!f) {
        test_skip("no ../shared/data here");
        return;
    }
    const struct place_index *x = place_open(arena);
    char line[4096];
    int n = 0, right = 0, misled = 0;
    while (fgets(line, sizeof line, f)) {
        struct str json = str_of(line), text = json_read_text(arena, json, "text");
        struct str class = json_read_deep(arena, json, (const char *const[]){"expect", "class", NULL});
        struct date on = {0};
        date_read_iso(json_read_text(arena, json, "written_on"), &on);
        struct place_found found = place_find(x, arena, text, on);
        n++;
        right += str_eq(class, str_of(place_class_name(found.class)));
        misled += found.class == PLACE_SURE && !str_eq(class, S("sure"));
        for (size_t i = 0; i < found.communes.n; i++) {
            misled += str_find(json, found.communes.at[i]->code, 0) == SIZE_MAX;
        }
    }
    fclose(f);
    CHECK(n > 30 && misled == 0 && right * 100 >= n * 95);
}
