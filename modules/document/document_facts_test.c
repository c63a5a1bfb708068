#include "modules/document/document_facts_inside.h"

#include "base/utf8.h"
#include "read/inside.h"
#include "tests/db.h"
#include "tests/scan.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct date NOW = {2026, 11, 23};

TEST("numbers of documents are read as the office writes them, and as recognition bends them") {
    static const struct {
        const char *seen, *number, *notation;
    } rows[] = {
        {"56/2023/NĐ-CP", "56", "2023/NĐ-CP"},
        {"249 /MTTQ-BTT", "249", "MTTQ-BTT"},
        {"13/QĐ-MTTQ-BTT", "13", "QĐ-MTTQ-BTT"},
        {"02/CIr-UBND", "02", "CTr-UBND"},
        {"07/CTIr-UBND", "07", "CTr-UBND"},
        {"l2/QD-UBND", "12", "QĐ-UBND"},
        {"23/2023/QĐ-TIg", "23", "2023/QĐ-TTg"},
        {"26/2023/OHI5", "26", "2023/QH15"},
        {"2243 /PCCC&CNCH-Pó6", "2243", "PCCC&CNCH-P6"},
        {"05-NQ/ĐU", "05", "-NQ/ĐU"},
        {"11-HD/VPTW", "11", "-HD/VPTW"},
        {"/MTTQ-BTT", "", "MTTQ-BTT"},
        {"15a/TB-UBND", "15a", "TB-UBND"},
        {"79/2024/TT-BCA", "79", "2024/TT-BCA"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str number, notation;
        bool is_mended;
        CHECK(document_number_read(arena, str_of(rows[i].seen), &number, &notation, &is_mended));
        CHECK_STR(number, str_of(rows[i].number));
        CHECK_STR(notation, str_of(rows[i].notation));
    }
    static const char *const none[] = {
        "", "12", "2023", "ngày 12/5/2023", "điện thoại 0904579636", "12/2023", "hiệu 5 của ông A"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct str number, notation;
        bool is_mended;
        CHECK(!document_number_read(arena, str_of(none[i]), &number, &notation, &is_mended));
    }
}

TEST("the type stands first after the stroke: BTT is a committee's standing board, not an agreement") {
    CHECK(document_type_in(S("MTTQ-BTT")) == NULL);
    CHECK_STR(document_type_in(S("QĐ-MTTQ-BTT"))->name, S("Quyết định"));
    CHECK_STR(document_type_in(S("2023/QĐ-TTg"))->code, S("QĐ"));
    CHECK(document_type_in(S("2023/QH15")) == NULL);
    CHECK_STR(document_type_in(S("-NQ/ĐU"))->code, S("NQ"));
    CHECK_STR(document_type_by_name(S("KẾ HOẠCH"))->code, S("KH"));
    CHECK_STR(document_type_by_name(S("to trinh"))->code, S("TTr"));
    size_t administrative = 0;
    for (size_t i = 0; i < document_types_n; i++) {
        administrative += document_types[i].is_administrative;
    }
    CHECK(administrative == 29);
}

TEST("dates are read in words and figures, with the figures recognition confuses") {
    static const struct {
        const char *seen;
        struct date date;
    } rows[] = {{"hai phong, ngay 05 thang 11 nam 2026", {2026, 11, 5}},
                {"ngay24 thang 06 nam 2026", {2026, 6, 24}},
                {"ngay 01 thang t nam 2016", {2016, 7, 1}},
                {"ngay 15 thang l] nam 2024", {2024, 11, 15}},
                {"truoc ngay 30/8/2025.", {2025, 8, 30}},
                {"ngay 23 thangu7 nam 2025", {2025, 7, 23}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date d = {0};
        size_t start, end;
        CHECK(document_date_in(str_of(rows[i].seen), 0, &d, &start, &end) && date_is(d, rows[i].date));
    }
    struct date d;
    size_t start, end;
    CHECK(!document_date_in(S("ngay thang nam 2025"), 0, &d, &start, &end));
    CHECK(!document_date_in(S("ngay 31 thang 02 nam 2025"), 0, &d, &start, &end));
}

static struct err facts_of(struct arena *a, const char *path, int64_t pages, struct document_facts *facts) {
    struct read_page *read = arena_take(a, struct read_page, (size_t)pages);
    for (int64_t n = 1; n <= pages; n++) {
        TRY(read_page(a, path, FILE_PDF, n, &read_limits_usual, &read[n - 1]));
    }
    document_facts_find(a, read, (size_t)pages, NOW, facts);
    return OK;
}

static struct str fresh_path(struct arena *a) { return str_format(a, "%.*s/scan.pdf", STR_ARG(test_dir(a))); }

TEST("a scanned letter of the Front suggests every field, each with its place") {
    struct scan s = {.layout = SCAN_FRONT,
                     .type = "",
                     .number = "315",
                     .day = 9,
                     .month = 10,
                     .year = 2026,
                     .pages = 2,
                     .urgency = "KHẨN",
                     .subject = "tổ chức Ngày hội Đại đoàn kết toàn dân tộc",
                     .signer = "Trần Văn Bình",
                     .position = "CHỦ TỊCH",
                     .sentence = "Đề nghị các đơn vị gửi báo cáo về Văn phòng trước ngày 30/10/2026 để tổng hợp."};
    struct str path = fresh_path(arena);
    CHECK_OR_RETURN(scan_write_pdf(&s, path.at));
    struct document_facts f;
    CHECK_OK(facts_of(arena, path.at, 2, &f));
    CHECK_STR(f.code.value, S("315/MTTQ-BTT"));
    CHECK_STR(f.issued_on.value, S("2026-10-09"));
    CHECK_STR(f.place.value, S("Hải Phòng"));
    CHECK_STR(f.issuer.value, S("ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ HẢI PHÒNG"));
    CHECK_STR(f.type.value, S("CV"));
    CHECK_STR(f.subject.value, S("tổ chức Ngày hội Đại đoàn kết toàn dân tộc"));
    CHECK_STR(f.competence.value, S("TM. BAN THƯỜNG TRỰC"));
    CHECK_STR(f.position.value, S("CHỦ TỊCH"));
    CHECK_STR(f.signer.value, S("Trần Văn Bình"));
    CHECK_STR(f.urgency.value, S("1"));
    CHECK_STR(f.due_on.value, S("2026-10-30"));
    CHECK(f.code.page == 1 && f.code.box.x < 0.3 && f.code.box.y < 0.25 && f.code.box.h > 0.005);
    CHECK(f.signer.page == 2 && f.signer.box.x > 0.45 && f.signer.confidence > 60);
    CHECK_STR(f.secret.value, S(""));
}

TEST("a scanned decision and a Party's paper are read by their own layouts") {
    struct str path = fresh_path(arena);
    struct scan decision = {.type = "QUYẾT ĐỊNH",
                            .number = "1204",
                            .notation = "QĐ-UBND",
                            .parent = "",
                            .issuer = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG",
                            .subject = "Về việc hỗ trợ xây dựng nhà ở cho hộ nghèo",
                            .competence = "TM. ỦY BAN NHÂN DÂN",
                            .position = "CHỦ TỊCH",
                            .signer = "Lê Thị Thu Hà",
                            .seed = 3,
                            .skew = -0.9};
    CHECK_OR_RETURN(scan_write_pdf(&decision, path.at));
    struct document_facts f;
    CHECK_OK(facts_of(arena, path.at, 1, &f));
    CHECK_STR(f.code.value, S("1204/QĐ-UBND"));
    CHECK_STR(f.type.value, S("QĐ"));
    CHECK_STR(f.issuer.value, S("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"));
    CHECK_STR(f.subject.value, S("Về việc hỗ trợ xây dựng nhà ở cho hộ nghèo"));
    CHECK_STR(f.signer.value, S("Lê Thị Thu Hà"));
    struct scan party = {.layout = SCAN_PARTY,
                         .type = "HƯỚNG DẪN",
                         .number = "05",
                         .notation = "HD/VPTU",
                         .issuer = "VĂN PHÒNG",
                         .seed = 5,
                         .subject = "thực hiện chế độ báo cáo",
                         .competence = "",
                         .position = "CHÁNH VĂN PHÒNG",
                         .signer = "Phạm Quốc Hưng"};
    CHECK_OR_RETURN(scan_write_pdf(&party, path.at));
    CHECK_OK(facts_of(arena, path.at, 1, &f));
    CHECK_STR(f.code.value, S("05-HD/VPTU"));
    CHECK_STR(f.type.value, S("HD"));
    CHECK_STR(f.signer.value, S("Phạm Quốc Hưng"));
}

TEST("a fax in black and white and a page in poor light still give number, date and type") {
    struct str path = fresh_path(arena);
    static const struct scan hard[] = {
        {.is_bilevel = true, .type = "KẾ HOẠCH", .notation = "KH-MTTQ-BTT", .number = "88", .seed = 7},
        {.shade = 70,
         .noise = 25,
         .type = "THÔNG BÁO",
         .notation = "TB-MTTQ-BTT",
         .number = "142",
         .seed = 9,
         .skew = 1.6}};
    static const char *const codes[] = {"88/KH-MTTQ-BTT", "142/TB-MTTQ-BTT"}, *const types[] = {"KH", "TB"};
    for (size_t i = 0; i < 2; i++) {
        CHECK_OR_RETURN(scan_write_pdf(&hard[i], path.at));
        struct document_facts f;
        CHECK_OK(facts_of(arena, path.at, 1, &f));
        CHECK_STR(f.code.value, str_of(codes[i]));
        CHECK_STR(f.issued_on.value, S("2026-11-05"));
        CHECK_STR(f.type.value, str_of(types[i]));
    }
}

TEST("dates in the future and years that do not agree are not believed") {
    struct read_page page = {.number = 1};
    read_page_of_text(arena,
                      S("CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/2024/NĐ-CP\nHà Nội, ngày 03 tháng 02 "
                        "năm 2027\nNGHỊ ĐỊNH\nQuy định về con dấu"),
                      &page);
    struct document_facts f;
    document_facts_find(arena, &page, 1, NOW, &f);
    CHECK_STR(f.code.value, S("12/2024/NĐ-CP"));
    CHECK(f.issued_on.confidence <= 20 && f.code.confidence <= 50);
    struct read_page none = {.number = 1};
    document_facts_find(arena, &none, 1, NOW, &f);
    CHECK(f.code.value.len == 0 && f.type.value.len == 0);
    document_facts_find(arena, NULL, 0, NOW, &f);
    CHECK(f.signer.value.len == 0);
}

/* A page with these words, each at its place: parts of the page's width and height. */
struct placed {
    const char *words;
    double x, y, w;
};
static struct str secrecy_on(struct arena *a, const struct placed *at, size_t n) {
    struct read_page page = {.number = 1, .width = 595, .height = 842, .how = READ_OCR};
    struct document_facts f;
    for (size_t i = 0; i < n; i++) {
        struct str rest = str_of(at[i].words), word;
        double x = at[i].x;
        for (bool is_first = true; str_next(&rest, ' ', &word); is_first = false) {
            double w = at[i].w * (double)word.len / (double)strlen(at[i].words);
            LIST_ADD(a, &page.words,
                     ((struct read_word){.text = word,
                                         .box = {.x = x, .y = at[i].y, .w = w * 0.9, .h = 0.014},
                                         .confidence = 90,
                                         .starts_line = is_first,
                                         .starts_block = is_first}));
            x += w;
        }
    }
    document_facts_find(a, &page, 1, NOW, &f);
    return f.secret.value;
}

TEST("a secrecy stamp stands alone, in capitals, on the head of a page; other words that look like it do not count") {
    static const struct placed under_number[] = {{"UBND THÀNH PHỐ", 0.1, 0.05, 0.25},
                                                 {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.45, 0.05, 0.45},
                                                 {"Số: 12/BC-UBND", 0.12, 0.1, 0.2},
                                                 {"MẬT", 0.15, 0.14, 0.06}};
    static const struct placed worn[] = {{"Số: 12/BC-UBND", 0.12, 0.1, 0.2}, {"MAT", 0.15, 0.14, 0.06}};
    static const struct placed worn_elsewhere[] = {{"Số: 12/BC-UBND", 0.12, 0.1, 0.2}, {"MAT", 0.7, 0.14, 0.06}};
    static const struct placed top_right[] = {{"TUYỆT MẬT", 0.75, 0.03, 0.15}, {"Số: 12/BC-CA", 0.12, 0.1, 0.2}};
    static const struct placed sentence[] = {{"về việc bảo vệ bí mật nhà nước", 0.12, 0.2, 0.5}};
    static const struct placed heading[] = {{"LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", 0.3, 0.2, 0.4}};
    static const struct placed front[] = {
        {"ỦY BAN MẶT", 0.1, 0.05, 0.2}, {"MẶT", 0.12, 0.07, 0.06}, {"TRẬN TỔ QUỐC", 0.2, 0.07, 0.2}};
    static const struct placed other_word[] = {{"Số: 12/BC-UBND", 0.12, 0.1, 0.2}, {"MẤT", 0.15, 0.14, 0.06}};
    static const struct placed cell[] = {{"ĐỘ", 0.12, 0.3, 0.04}, {"MẬT", 0.2, 0.3, 0.06}, {"GHI CHÚ", 0.3, 0.3, 0.1}};
    static const struct placed low[] = {{"MẬT", 0.15, 0.8, 0.06}};
    static const struct {
        const struct placed *at;
        size_t n;
        const char *wanted;
    } pages[] = {{under_number, 4, "1"}, {worn, 2, "1"},   {worn_elsewhere, 2, ""}, {top_right, 2, "3"},
                 {sentence, 1, ""},      {heading, 1, ""}, {front, 3, ""},          {other_word, 2, ""},
                 {cell, 3, ""},          {low, 1, ""}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        CHECK_STR(secrecy_on(arena, pages[i].at, pages[i].n), str_of(pages[i].wanted));
    }
}

/* Real documents, by what stands on their first page. */
static const struct {
    const char *file, *code, *issued_on, *issuer, *type, *subject;
} real[] = {
    {"SRC-B_01.pdf", "26/2023/QH15", "", "QUỐC HỘI", "L", "CĂN CƯỚC"},
    {"SRC-B_02.pdf", "69/2024/NĐ-CP", "2024-06-25", "CHÍNH PHỦ", "NĐ", "Quy định về định danh và xác thực điện tử"},
    {"SRC-C_01.pdf", "45/2020/NĐ-CP", "2020-04-08", "CHÍNH PHỦ", "NĐ",
     "Về thực hiện thủ tục hành chính trên môi trường điện tử"},
    {"SRC-D_03.pdf", "79/2024/TT-BCA", "2024-11-15", "BỘ CÔNG AN", "TT",
     "Quy định về cấp, thu hồi chứng nhận đăng ký xe, biển số xe cơ giới, xe máy chuyên dùng"},
    {"SRC-F_03.pdf", "106/2025/NĐ-CP", "2025-05-15", "CHÍNH PHỦ", "NĐ",
     "Quy định xử phạt vi phạm hành chính trong lĩnh vực phòng cháy, chữa cháy và cứu nạn, cứu hộ"},
    {"SRC-F_06.docx", "27/2001/QH10", "", "QUỐC HỘI", "L", "PHÒNG CHÁY VÀ CHỮA CHÁY"},
    {"SRC-F_11.pdf", "65/2018/NĐ-CP", "2018-05-12", "CHÍNH PHỦ", "NĐ",
     "QUY ĐỊNH CHI TIẾT THI HÀNH MỘT SỐ ĐIỀU CỦA LUẬT ĐƯỜNG SẮT"},
    {"SRC-F_16.pdf", "83/2017/NĐ-CP", "2017-07-18", "CHÍNH PHỦ", "NĐ",
     "Quy định về công tác cứu nạn, cứu hộ của lực lượng phòng cháy và chữa cháy"},
    {"SRC-F_38.pdf", "2118/PCCC&CNCH-P6", "2026-06-24", "CỤC CẢNH SÁT PCCC VÀ CNCH", "CV",
     "đề nghị góp ý dự thảo TCVN"},
    {"SRC-F_39.pdf", "286/C07-P6", "2026-01-27", "CỤC CẢNH SÁT PCCC VÀ CNCH", "CV", "đề nghị góp ý dự thảo TCVN"},
    {"SRC-F_40.pdf", "2243/PCCC&CNCH-P6", "2025-07-23", "CỤC CẢNH SÁT PCCC VÀ CNCH", "CV",
     "thu thập, tổng hợp, đánh giá tình hình thực hiện QCVN 03:2023/BCA"},
    {"SRC-F_41.doc", "", "", "CỤC CẢNH SÁT PCCC VÀ CNCH", "CV",
     "thu thập, tổng hợp, đánh giá tình hình thực hiện QCVN 03:2023/BCA"},
    {"SRC-G_02.pdf", "56/2023/NĐ-CP", "2023-07-24", "CHÍNH PHỦ", "NĐ",
     "Sửa đổi, bổ sung một số điều của Nghị định số 96/2016/NĐ-CP ngày 01 tháng 7 năm 2016 quy định điều kiện về an "
     "ninh, trật tự đối với một số ngành, "
     "nghề đầu tư kinh doanh có điều kiện, Nghị định số 99/2016/NĐ-CP ngày 01 tháng 7 năm 2016 về quản lý và sử dụng "
     "con dấu, Nghị định số "
     "137/2020/NĐ-CP ngày 27 tháng 11 năm 2020 quy định về quản lý, sử dụng pháo"},
};

static int same(const char *file, const char *what, struct str got, const char *wanted) {
    bool is_same = str_eq(got, str_of(wanted));
    if (!is_same) {
        printf("    %s %s: \"%.*s\", not \"%s\"\n", file, what, STR_ARG(got), wanted);
    }
    return is_same;
}

TEST("the first pages of thirteen real documents: numbers, dates, issuers and types are exact, subjects mostly") {
    if (access("../shared/data/scans/SRC-G_02.pdf", R_OK) != 0) {
        test_skip("no ../shared/data here");
        return;
    }
    int code = 0, date = 0, issuer = 0, type = 0, subject = 0, n = (int)(sizeof real / sizeof *real);
    for (int i = 0; i < n; i++) {
        const char *path = str_format(arena, "../shared/data/scans/%s", real[i].file).at;
        int fd = open(path, O_RDONLY);
        enum file_type kind;
        CHECK_OK(file_type_sniff(arena, fd, &kind));
        close(fd);
        struct read_page page = {0};
        CHECK_OK(read_page(arena, path, kind, 1, &read_limits_usual, &page));
        struct document_facts f;
        document_facts_find(arena, &page, 1, NOW, &f);
        code += same(real[i].file, "number", f.code.value, real[i].code);
        date += same(real[i].file, "date", f.issued_on.value, real[i].issued_on);
        issuer += same(real[i].file, "issuer", f.issuer.value, real[i].issuer);
        type += same(real[i].file, "type", f.type.value, real[i].type);
        subject += same(real[i].file, "subject", f.subject.value, real[i].subject);
        CHECK_STR(f.secret.value, S(""));
    }
    printf("    exact of %d: number %d, date %d, issuer %d, type %d, subject %d\n", n, code, date, issuer, type,
           subject);
    CHECK(code == n && date == n && issuer == n && type == n && subject >= n - 3);
}
