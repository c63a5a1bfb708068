/* Definitions and answers; a small definition here has every kind, the office's own eleven are read where they are. */
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "fields/answers.h"
#include "tests/test.h"

#include "base/banned.h"

#define FIELD(name, type, more)                                                                                        \
    "{\"name\":\"" name "\",\"label\":\"Ô " name "\",\"type\":\"" type "\",\"required\":false,\"pd\":\"none\"" more "}"
#define FORM(fields, more)                                                                                             \
    "{\"schema\":\"doanket.form/1\",\"code\":\"T\",\"name\":\"Thử\",\"version\":3,\"valid_from\":\"2026-01-01\","    \
    "\"pages\":[{\"id\":\"mot\",\"title\":\"Một\",\"fields\":[" fields "]}]" more "}"
#define CHOICES ",\"options\":[{\"value\":\"a\",\"label\":\"Loại A\"},{\"value\":\"b\",\"label\":\"Loại B\"}]"

static const struct fields_world world = {.today = {2026, 11, 30}};

static struct fields_form *form_of(struct arena *a, const char *json) {
    struct fields_form *form;
    struct fields_faults faults = {0};
    struct err e = fields_load(a, str_of(json), &form, &faults);
    for (size_t i = 0; i < faults.n; i++) {
        test_failed_str(__FILE__, __LINE__, "a definition", faults.at[i].words, S("no fault"));
    }
    return e.why ? NULL : form;
}

static struct fields_state *judged(struct arena *a, const struct fields_form *form, const char *answers) {
    struct fields_said_list said = {0};
    struct err e = fields_said_read(a, str_of(answers), &said);
    if (e.why) {
        test_failed(__FILE__, __LINE__, answers);
    }
    return fields_judge(a, form, said, &world);
}

/* What one typed value of one field becomes; its fault, when it has one. */
static struct str one(struct arena *a, const char *field, const char *typed) {
    struct fields_form *form = form_of(a, str_z(a, str_format(a, FORM("%s", ""), field)));
    if (!form) {
        return S("no form");
    }
    struct fields_said said = {form->pages.at[0].items.at[0].name, str_of(typed)};
    struct fields_state *s = fields_judge(a, form, (struct fields_said_list){&said, 1}, &world);
    return s->all.at[0].fault.len ? s->all.at[0].fault : s->all.at[0].text;
}

TEST("numbers are read as people write them") {
    static const char *const read[][3] = {
        {FIELD("x", "int", ""), "1.250", "1250"},
        {FIELD("x", "int", ""), "1 250", "1250"},
        {FIELD("x", "int", ""), "２５", "25"},
        {FIELD("x", "int", ""), "12,5", "Ô x phải là số nguyên, không có phần lẻ."},
        {FIELD("x", "int", ""), "hai", "Ô x phải là số nguyên, viết như 1.250."},
        {FIELD("x", "decimal", ""), "1.234,5", "1234,5"},
        {FIELD("x", "decimal", ""), "12.5", "12,5"},
        {FIELD("x", "decimal", ""), "-0,0001", "-0,0001"},
        {FIELD("x", "decimal", ""), "1,2,3", "Ô x phải là số, phần lẻ viết sau dấu phẩy như 12,5."},
        {FIELD("x", "money", ""), "1.250.000 đồng", "1250000"},
        {FIELD("x", "money", ""), "150 triệu đồng", "150000000"},
        {FIELD("x", "money", ""), "1,5 tỷ", "1500000000"},
        {FIELD("x", "percent", ""), "12,5 %", "12,5"},
        {FIELD("x", "int", ",\"min\":1,\"max\":30"), "31", "Ô x phải từ 1 đến 30."},
        {FIELD("x", "int", ",\"min\":1"), "0", "Ô x phải từ 1 trở lên."},
        {FIELD("x", "decimal", ",\"max\":1000"), "1000,1", "Ô x không quá 1.000."},
        {FIELD("x", "int", ""), "99999999999999999999", "Ô x phải là số nguyên, viết như 1.250."},
    };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        CHECK_STR(one(arena, read[i][0], read[i][1]), str_of(read[i][2]));
    }
}

TEST("days, months and periods are read with the precision that is allowed") {
    static const char *const read[][3] = {
        {FIELD("x", "date", ""), "23/11/2026", "2026-11-23"},
        {FIELD("x", "date", ""), "31/2/2026", "Ô x phải là ngày có thật, viết như 23/11/2026."},
        {FIELD("x", "date", ""), "1960", "Ô x phải là ngày có thật, viết như 23/11/2026."},
        {FIELD("x", "date", ",\"rule\":\"precision:y|ym|ymd; past\""), "1960", "1960"},
        {FIELD("x", "date", ",\"rule\":\"precision:y|ym|ymd; past\""), "9/1960", "1960-09"},
        {FIELD("x", "date", ",\"rule\":\"precision:y|ym|ymd; past\""), "02/9/1960", "1960-09-02"},
        {FIELD("x", "date", ",\"rule\":\"past\""), "1/12/2026", "Ô x không được sau hôm nay."},
        {FIELD("x", "date", ",\"rule\":\"future\""), "29/11/2026", "Ô x không được trước hôm nay."},
        {FIELD("x", "date", ",\"rule\":\"future\""), "30/11/2026", "2026-11-30"},
        {FIELD("x", "date", ",\"rule\":\"within_days=90\""), "31/8/2026",
         "Ô x phải trong vòng 90 ngày so với hôm nay."},
        {FIELD("x", "date", ",\"rule\":\"within_days=90\""), "1/9/2026", "2026-09-01"},
        {FIELD("x", "date", ",\"rule\":\"between=10-01..11-18\""), "19/11/2026", "Ô x phải từ 1/10 đến 18/11."},
        {FIELD("x", "month", ""), "tháng 9/2026", "2026-09"},
        {FIELD("x", "month", ""), "13/2026", "Ô x phải là tháng có thật, viết như 9/2026."},
        {FIELD("x", "period", ""), "quý IV/2026", "2026-Q4"},
        {FIELD("x", "period", ""), "6 tháng đầu năm 2026", "2026-H1"},
        {FIELD("x", "period", ""), "năm 2026", "2026"},
        {FIELD("x", "period", ""), "quý V/2026",
         "Ô x phải là một kỳ, viết như 9/2026, quý IV/2026, 6 tháng đầu năm 2026 hoặc 2026."},
        {FIELD("x", "time", ""), "8h30", "08:30"},
        {FIELD("x", "time", ""), "8 giờ", "08:00"},
        {FIELD("x", "time", ""), "24:00", "Ô x phải là giờ có thật, viết như 08:30."},
        {FIELD("x", "lunar", ""), "15/10", "15/10"},
        {FIELD("x", "lunar", ""), "31/10", "Ô x phải là ngày âm lịch, viết như 15/10 hoặc 15/10/2026."},
    };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        CHECK_STR(one(arena, read[i][0], read[i][1]), str_of(read[i][2]));
    }
}

TEST("texts, numbers of people, choices and places are cleaned and judged") {
    static const char *const read[][3] = {
        {FIELD("x", "text", ",\"max\":5"), "  bốn   năm ", "Ô x dài quá 5 ký tự (đang có 7)."},
        {FIELD("x", "person_name", ",\"rule\":\"^.{2,80}$\""), "Hoà", "Hoà"},
        {FIELD("x", "person_name", ",\"rule\":\"^.{2,80}$\",\"message\":\"Nhập họ và tên.\""), "H", "Nhập họ và tên."},
        {FIELD("x", "id_no", ""), "031 166 000 123", "031166000123"},
        {FIELD("x", "id_no", ""), "03116600012", "Ô x gồm đúng 12 chữ số."},
        {FIELD("x", "phone", ""), "0912.345.678", "0912345678"},
        {FIELD("x", "phone", ""), "+84 912 345 678", "0912345678"},
        {FIELD("x", "phone", ",\"rule\":\"^(0|\\\\+84)(3|5|7|8|9)[0-9]{8}$|^02[0-9]{9}$\""), "0225 3822 616",
         "02253822616"},
        {FIELD("x", "phone", ""), "12345", "Ô x gồm 10 chữ số, bắt đầu bằng 0."},
        {FIELD("x", "email", ",\"rule\":\"email\""), "Ten@Vidu.vn", "ten@vidu.vn"},
        {FIELD("x", "email", ",\"rule\":\"email\""), "ten@vidu", "Ô x chưa đúng, viết như ten@vidu.vn."},
        {FIELD("x", "account_no", ",\"rule\":\"^[0-9A-Za-z]{6,20}$\""), "0123 4567", "01234567"},
        {FIELD("x", "enum", CHOICES), "b", "b"},
        {FIELD("x", "enum", CHOICES), "c", "Ô x không có trong danh sách; mời chọn lại."},
        {FIELD("x", "multi", CHOICES), "b\na,b", "b,a"},
        {FIELD("x", "multi", CHOICES ",\"max\":1"), "a,b", "Ô x: tối đa 1 (đang có 2)."},
        {FIELD("x", "bool", ""), "Có", "true"},
        {FIELD("x", "bool", ""), "có lẽ", "Ô x chọn Có hoặc Không."},
        {FIELD("x", "geo", ""), "20.8449, 106.6881", "20.8449, 106.6881"},
        {FIELD("x", "geo", ""), "106.6, 20.8", "Ô x phải là vĩ độ, kinh độ trong nước ta, viết như 20.8449, 106.6881."},
        {FIELD("x", "file", ",\"kinds\":\"pdf,jpg\",\"count\":\"0-2\",\"max_mb\":10"), "a.PDF\nb.jpg", "a.PDF\nb.jpg"},
        {FIELD("x", "file", ",\"kinds\":\"pdf,jpg\",\"count\":\"0-2\",\"max_mb\":10"), "a.exe",
         "Tệp “a.exe” không thuộc loại nhận được (pdf,jpg)."},
        {FIELD("x", "text", ""), "\xff", "Ô x có chữ không đọc được. Mời gõ lại."},
        {FIELD("x", "place", ",\"rule\":\"place:commune; province=31\""), "11407", "11407"},
    };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        CHECK_STR(one(arena, read[i][0], read[i][1]), str_of(read[i][2]));
    }
}

/* Whether a definition is refused with these words among its faults. */
static bool is_refused(struct arena *a, struct str json, struct str words) {
    struct fields_form *form;
    struct fields_faults faults = {0};
    struct err e = fields_load(a, json, &form, &faults);
    for (size_t i = 0; i < faults.n; i++) {
        if (str_find(fields_fault_line(a, S("x.json"), &faults.at[i]), words, 0) != SIZE_MAX) {
            return e.why;
        }
    }
    return false;
}

TEST("every mistake in a definition is told with its page and field") {
    static const char *const wrong[][2] = {
        {"{", "x.json: không phải JSON đúng"},
        {FORM(FIELD("x", "txt", ""), ""), "x.json, trang “mot”, ô “x”: kiểu “txt” không có."},
        {FORM(FIELD("x", "text", ",\"requird\":true"), ""), "ô “x”: không hiểu khoá “requird”"},
        {FORM(FIELD("x", "text", "") "," FIELD("x", "int", ""), ""), "ô “x”: tên “x” đã dùng"},
        {FORM(FIELD("X", "text", ""), ""), "tên “X” chỉ được có chữ thường"},
        {FORM(FIELD("x", "enum", ""), ""), "ô chọn phải có options"},
        {FORM(FIELD("x", "text", CHOICES), ""), "chỉ ô enum và multi có options"},
        {FORM(FIELD("x", "int", ",\"min\":5,\"max\":1"), ""), "min lớn hơn max"},
        {FORM(FIELD("x", "date", ",\"max\":1"), ""), "max không dùng với ô kiểu date"},
        {FORM(FIELD("x", "text", ",\"rule\":\"past\""), ""), "rule “past” chỉ dùng với ô ngày"},
        {FORM(FIELD("x", "text", ",\"rule\":\"^(a$\""), ""), "biểu thức mẫu không đọc được"},
        {FORM(FIELD("x", "text", ",\"rule\":\"maybe\""), ""), "không hiểu rule “maybe”"},
        {FORM(FIELD("x", "list", ""), ""), "thiếu rule ref:"},
        {FORM(FIELD("x", "text", ",\"show_if\":\"y = 'a'\""), ""), "không có ô nào tên ấy"},
        {FORM(FIELD("e", "enum", CHOICES) "," FIELD("x", "text", ",\"show_if\":\"e = 'c'\""), ""),
         "không có lựa chọn nào như vậy"},
        {FORM(FIELD("e", "enum", CHOICES) "," FIELD("x", "text", ",\"show_if\":\"e > 'a'\""), ""), "so lớn nhỏ"},
        {FORM(FIELD("e", "enum", CHOICES) "," FIELD("x", "text", ",\"show_if\":\"e = 'a' e\""), ""),
         "không hiểu phần còn lại"},
        {FORM(FIELD("e", "multi", CHOICES) "," FIELD("x", "text", ",\"show_if\":\"e = 'a'\""), ""),
         "ô chọn nhiều thì dùng contains"},
        {FORM(FIELD("x", "id_no", ",\"mask\":\"**#\""), ""), "mask chỉ gồm"},
        {FORM(FIELD("x", "table", ""), ""), "bảng phải có fields"},
        {FORM(FIELD("x", "table", ",\"fields\":[" FIELD("y", "table", ",\"fields\":[]") "]"), ""),
         "bảng không đặt được trong bảng"},
        {FORM(FIELD("x", "computed", ""), ""), "ô tính phải có formula"},
        {FORM(FIELD("x", "computed", ",\"formula\":\"1 +\""), ""), "chỗ này phải là một số"},
        {FORM(FIELD("t", "text", "") "," FIELD("x", "computed", ",\"formula\":\"t + 1\""), ""),
         "chỉ tính được với ô số"},
        {FORM(FIELD("x", "file", ",\"kinds\":\"pdf\",\"count\":\"5-2\",\"max_mb\":10"), ""), "count “5-2”"},
        {FORM(FIELD("x", "text", ""), ",\"final\":{\"consent\":{\"text\":\"Đồng ý\",\"pre_ticked\":true}}"),
         "không được đánh dấu sẵn"},
        {FORM(FIELD("x", "text", ""), ",\"changes\":[{\"since\":9}]"), "since phải tăng dần"},
        {FORM(FIELD("x", "text", ""), ",\"steps\":[{\"id\":\"a\",\"next\":[\"b\"]}]"), "next “b” không có"},
        {FORM("", ""), "trang không có ô nào"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (!is_refused(arena, str_of(wrong[i][0]), str_of(wrong[i][1]))) {
            test_failed_str(__FILE__, __LINE__, "a definition is refused", str_of(wrong[i][0]), str_of(wrong[i][1]));
        }
    }
}

#define HOUSE                                                                                                          \
    FORM(                                                                                                              \
        FIELD("loai", "enum", CHOICES) "," FIELD("ly_do", "text", ",\"show_if\":\"loai = 'a'\"") "," FIELD(            \
            "nguoi", "table",                                                                                          \
            ",\"fields\":[" FIELD("ten", "person_name", "") "," FIELD("thu", "money", "") "," FIELD(                   \
                "no", "money",                                                                                         \
                ",\"show_if\":\"thu > 5\"") "]") "," FIELD("tong", "rollup",                                           \
                                                           ",\"formula\":\"sum(nguoi.thu)\"") "," FIELD("moi_nguoi",   \
                                                                                                        "computed",    \
                                                                                                        ",\"formula\"" \
                                                                                                        ":\"tong / "   \
                                                                                                        "count(nguoi)" \
                                                                                                        "\""),         \
        "")

TEST("what a condition hides is not asked, not required and not kept") {
    struct fields_form *form = form_of(arena, HOUSE);
    CHECK_OR_RETURN(form);
    struct fields_state *s = judged(arena, form, "{\"loai\":\"b\",\"ly_do\":\"cũ\"}");
    CHECK(!fields_answer_named(s, S("ly_do"))->is_shown);
    CHECK_OR_RETURN(s->dropped.n == 1);
    CHECK_STR(s->dropped.at[0], S("ly_do"));
    s = judged(arena, form, "{\"loai\":\"a\",\"ly_do\":\"mới\"}");
    CHECK_STR(fields_answer_named(s, S("ly_do"))->text, S("mới"));
    CHECK(s->dropped.n == 0);
}

TEST("rows of a table are judged each, and computed over") {
    struct fields_form *form = form_of(arena, HOUSE);
    CHECK_OR_RETURN(form);
    struct fields_state *s = judged(
        arena, form,
        "{\"nguoi\":[{\"ten\":\"Hoà\",\"thu\":10,\"no\":1},{},{\"ten\":\"Bình\",\"thu\":5,\"no\":2}],\"khac\":1}");
    const struct fields_answer *table = fields_answer_named(s, S("nguoi"));
    CHECK_OR_RETURN(table && table->rows.n == 2);
    CHECK(table->rows.at[0].at[2].is_shown);
    CHECK(!table->rows.at[1].at[2].is_shown);
    CHECK_STR(fields_answer_named(s, S("tong"))->text, S("15"));
    CHECK_STR(fields_answer_named(s, S("moi_nguoi"))->text, S("7,5"));
    CHECK_STR(fields_shown(arena, table), S("Hoà · 10 đồng · 1 đồng\nBình · 5 đồng"));
    CHECK(s->unknown.n == 1);
}

TEST("a value is masked for who may not see its class") {
    struct fields_form *form = form_of(
        arena, FORM("{\"name\":\"so\",\"label\":\"Số\",\"type\":\"id_no\",\"required\":true,\"pd\":\"basic\",\"mask\":"
                    "\"•••••••••###\"},{\"name\":\"benh\",\"label\":\"Bệnh\",\"type\":\"text\",\"required\":false,"
                    "\"pd\":\"sensitive\"}",
                    ""));
    CHECK_OR_RETURN(form);
    struct fields_state *s = judged(arena, form, "{\"so\":\"031166000123\",\"benh\":\"tim\"}");
    CHECK_STR(fields_masked(arena, &s->all.at[0], FIELDS_PUBLIC), S("•••••••••123"));
    CHECK_STR(fields_masked(arena, &s->all.at[0], FIELDS_BASIC), S("031166000123"));
    CHECK_STR(fields_masked(arena, &s->all.at[1], FIELDS_BASIC), S("••••"));
    CHECK_STR(fields_masked(arena, &s->all.at[1], FIELDS_SENSITIVE), S("tim"));
    s = judged(arena, form, "{}");
    CHECK_STR(s->all.at[0].fault, S("Mời nhập: số."));
}

TEST("answers of an earlier version are carried to this one, and nothing is lost") {
    struct fields_form *form =
        form_of(arena, FORM(FIELD("hoan_canh", "multi", CHOICES) "," FIELD("ten", "text", ""),
                            ",\"changes\":[{\"since\":2,\"rename\":{\"dien\":\"hoan_canh\"}},{\"since\":3,\"values\":{"
                            "\"hoan_canh\":{\"ngheo\":\"a\"}}}]"));
    CHECK_OR_RETURN(form);
    struct fields_said old[] = {{S("dien"), S("ngheo,b")}, {S("ten"), S("Hoà")}, {S("bo"), S("giữ")}};
    struct fields_said_list now = fields_carried(arena, form, 1, (struct fields_said_list){old, 3});
    CHECK_OR_RETURN(now.n == 3);
    CHECK_STR(now.at[0].name, S("hoan_canh"));
    CHECK_STR(now.at[0].typed, S("a,b"));
    CHECK_STR(now.at[2].name, S("bo"));
    CHECK_STR(old[0].name, S("dien"));
    now = fields_carried(arena, form, 3, (struct fields_said_list){old, 3});
    CHECK_STR(now.at[0].name, S("dien"));
}

static struct str file_of(struct arena *a, const char *path) {
    struct buf b = buf_in(a);
    FILE *f = fopen(path, "rb");
    for (size_t n = 1; f && n; b.len += n) {
        buf_reserve(&b, 1 << 16);
        n = fread(b.at + b.len, 1, 1 << 16, f);
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

TEST("the office's own procedures load without fault, and an empty answer names what is missing") {
    static const char *const files[] = {
        "01_nha_dai_doan_ket",       "02_ho_tro_dot_xuat",          "03_dang_ky_ung_ho",
        "04_dat_lich_tiep_cong_dan", "05_gui_don_phan_anh",         "06_gop_y_du_thao",
        "07_de_nghi_giam_sat",       "08_de_nghi_khen_thuong",      "09_dang_ky_mo_hinh_ngay_hoi",
        "10_kien_nghi_cu_tri",       "11_xac_nhan_tham_gia_to_chuc"};
    if (access("../shared/data/procedures_own", R_OK) != 0) {
        test_skip("no ../shared/data here");
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str path = str_format(arena, "../shared/data/procedures_own/%s.json", files[i]);
        struct fields_form *form = form_of(arena, str_z(arena, file_of(arena, str_z(arena, path))));
        CHECK_OR_RETURN(form);
        struct fields_state *s = judged(arena, form, "{}");
        CHECK(s->faults > 0);
        CHECK(fields_page_next(s, 0) == 0);
    }
}
