/* Papers as offices write them, set in Word and drawn as PDF. */
#include <cairo-pdf.h>
#include <stdio.h>

#include "base/buf.h"
#include "kernel/out/zip.h"
#include "modules/format/inside.h"
#include "tests/db.h"
#include "tests/scan.h"
#include "tests/test.h"

#include "base/banned.h"

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define SENTENCE                                                                                                       \
    "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường đề nghị các khu dân cư thực hiện đúng nội dung sau đây"

/* A paper, good where nothing is said. */
struct sheet {
    const char *parent, *organ, *organ2, *star, *number, *about, *state, *motto, *date, *type, *subject, *to, *body,
        *end;
    const char *head, *kept, *post, *post2, *name, *font, *align;
    const char *opening[3], *opening_style;
    int size, first, before, left, top;
    bool has_no_number, is_numbered_first;
};

static const char *or_else(const char *said, const char *usual) { return said ? said : usual; }

/* Half points; style: b bold, i italic, u underlined. */
static void put_run(struct buf *b, const char *text, int size, const char *style) {
    BUF_LIT(b, "<w:r><w:rPr>");
    for (const char *s = style; *s; s++) {
        buf_printf(b, "<w:%c%s/>", *s, *s == 'u' ? " w:val=\"single\"" : "");
    }
    buf_printf(b, "<w:sz w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r>", size, text);
}

static void put_paragraph(struct buf *b, const char *text, int size, const char *style, const char *align) {
    if (text && text[0]) {
        buf_printf(b, "<w:p><w:pPr><w:jc w:val=\"%s\"/></w:pPr>", align);
        put_run(b, text, size, style);
        BUF_LIT(b, "</w:p>");
    }
}

static void put_head(struct buf *b, const struct sheet *s) {
    BUF_LIT(b, "<w:tbl><w:tr><w:tc>");
    put_paragraph(b, or_else(s->parent, "ỦY BAN MTTQ VIỆT NAM"), 26, "", "center");
    put_paragraph(b, or_else(s->organ, "PHƯỜNG HẢI AN"), 26, s->organ2 ? "b" : "", "center");
    put_paragraph(b, s->organ2 ? s->organ2 : "BAN THƯỜNG TRỰC", 26, "b", "center");
    put_paragraph(b, s->star, 28, "", "center");
    put_paragraph(b, or_else(s->number, "Số: 05/TB-MTTQ-BTT"), 26, "", "center");
    put_paragraph(b, s->about, 24, "", "center");
    BUF_LIT(b, "</w:tc><w:tc>");
    put_paragraph(b, or_else(s->state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 26, "b", "center");
    put_paragraph(b, or_else(s->motto, "Độc lập - Tự do - Hạnh phúc"), 28, "b", "center");
    put_paragraph(b, or_else(s->date, "Hải An, ngày 05 tháng 02 năm 2026"), 28, "i", "center");
    BUF_LIT(b, "</w:tc></w:tr></w:tbl>");
}

static void put_set(struct buf *b, const struct sheet *s) {
    buf_printf(b, "<w:p><w:pPr><w:spacing w:before=\"%d\"/><w:ind w:firstLine=\"%d\"/><w:jc w:val=\"%s\"/></w:pPr>",
               (s->before ? s->before : 6) * 20, s->first ? s->first : 567, or_else(s->align, "both"));
}

static void put_body(struct buf *b, const struct sheet *s) {
    put_paragraph(b, or_else(s->type, s->about ? "" : "THÔNG BÁO"), 28, "b", "center");
    put_paragraph(b, or_else(s->subject, s->about ? "" : "Về việc tổ chức ngày hội đại đoàn kết"), 28, "b", "center");
    put_paragraph(b, s->to, 28, "", "center");
    for (int i = 0; i < 3 && s->opening[i]; i++) {
        put_set(b, s);
        put_run(b, s->opening[i], 28, or_else(s->opening_style, ""));
        BUF_LIT(b, "</w:p>");
    }
    for (int i = 0; i < 3; i++) {
        put_set(b, s);
        put_run(b, or_else(s->body, SENTENCE), s->size ? s->size : 28, "");
        put_run(b, i == 2 ? or_else(s->end, "./.") : ".", s->size ? s->size : 28, "");
        BUF_LIT(b, "</w:p>");
    }
}

static void put_foot(struct buf *b, const struct sheet *s) {
    BUF_LIT(b, "<w:tbl><w:tr><w:tc>");
    put_paragraph(b, or_else(s->head, "Nơi nhận:"), 24, s->star ? "u" : "bi", "left");
    put_paragraph(b, "- Như trên;", 22, "", "left");
    put_paragraph(b, or_else(s->kept, "- Lưu: VT, BTT."), 22, "", "left");
    BUF_LIT(b, "</w:tc><w:tc>");
    put_paragraph(b, or_else(s->post, "TM. BAN THƯỜNG TRỰC"), 28, "b", "center");
    put_paragraph(b, or_else(s->post2, "CHỦ TỊCH"), 28, "b", "center");
    put_paragraph(b, or_else(s->name, "Lê Thị Ánh Tuyết"), 28, "b", "center");
    BUF_LIT(b, "</w:tc></w:tr></w:tbl>");
}

static struct str docx_of(struct arena *a, const struct sheet *s) {
    struct buf b = buf_in(a), head = buf_in(a);
    struct str zip = S("");
    BUF_LIT(&b, "<?xml version=\"1.0\"?><w:document " WORD "><w:body>");
    put_head(&b, s);
    put_body(&b, s);
    put_foot(&b, s);
    buf_printf(&b,
               "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"%d\" w:right=\"850\" w:bottom=\"1134\" "
               "w:left=\"%d\"/>%s</w:sectPr></w:body></w:document>",
               s->top ? s->top : 1134, s->left ? s->left : 1701, s->is_numbered_first ? "" : "<w:titlePg/>");
    BUF_LIT(&head,
            "<?xml version=\"1.0\"?><w:hdr " WORD "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
            "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:t>2</w:t></w:r>"
            "</w:p></w:hdr>");
    struct str styles =
        str_format(a,
                   "<?xml version=\"1.0\"?><w:styles " WORD "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
                   "w:ascii=\"%s\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>",
                   or_else(s->font, "Times New Roman"));
    const struct zip_part parts[] = {{S("[Content_Types].xml"), S("<Types/>")},
                                     {S("word/document.xml"), buf_str(&b)},
                                     {S("word/styles.xml"), styles},
                                     {S("word/header1.xml"), buf_str(&head)}};
    err_ignore(zip_write(a, parts, s->has_no_number ? 3 : 4, &zip));
    return zip;
}

static struct format_report report_of(struct arena *a, struct str bytes, enum file_type type, const char *profile) {
    struct read_layout paper;
    struct format_report r = {0};
    int fault;
    CHECK(read_layout_hear(a, read_layout_say(a, bytes, type, &read_limits_usual), &fault, &paper) && !fault);
    struct err e = format_check(format_open(a), a, &paper, str_of(profile), (struct date){0}, &r);
    CHECK(!e.why);
    return r;
}

/* "number.grammar position.competence": each fault by its element and rule. */
static struct str faults_of(struct arena *a, const struct format_report *r) {
    const struct format_tables *t = format_open(a);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < r->faults.n; i++) {
        struct str element = format_element_code(t, r->faults.at[i].element);
        buf_printf(&b, "%s%.*s.%.*s", i ? " " : "", STR_ARG(element), STR_ARG(r->faults.at[i].rule));
    }
    return buf_str(&b);
}

static struct str faults_in(struct arena *a, const struct sheet *s, const char *profile) {
    struct format_report r = report_of(a, docx_of(a, s), FILE_DOCX, profile);
    return faults_of(a, &r);
}

#define LETTER .about = "V/v tổ chức ngày hội", .to = "Kính gửi: Các khu dân cư"
#define PARTY                                                                                                          \
    .parent = "ĐẢNG BỘ THÀNH PHỐ", .organ = "ĐẢNG ỦY PHƯỜNG HẢI AN", .organ2 = "", .star = "*",                        \
    .number = "Số 05-NQ/ĐU", .state = "ĐẢNG CỘNG SẢN VIỆT NAM", .motto = "", .type = "NGHỊ QUYẾT",                     \
    .subject = "về công tác mặt trận", .end = ".", .kept = "- Lưu Văn phòng.", .post = "T/M BAN THƯỜNG VỤ",            \
    .post2 = "BÍ THƯ"

TEST("a paper set as it should be has no fault, and what a file cannot show is said") {
    struct format_report r = report_of(arena, docx_of(arena, &(struct sheet){0}), FILE_DOCX, "front");
    CHECK_STR(faults_of(arena, &r), S(""));
    CHECK_STR(r.type, S("Thông báo"));
    CHECK_STR(r.number, S("Số: 05/TB-MTTQ-BTT"));
    bool has_seal = false;
    for (size_t i = 0; i < r.gaps.n; i++) {
        has_seal = has_seal || r.gaps.at[i].element == FORMAT_SEAL;
    }
    CHECK(has_seal);
    CHECK_STR(faults_in(arena, &(struct sheet){.number = "Số: 249/MTTQ-BTT", LETTER}, "mttq"), S(""));
}

TEST("a number follows its grammar: two figures, a slash, hyphens, the type's own abbreviation") {
    static const struct {
        const char *number, *faults;
    } numbers[] = {
        {"Số: 13/TB-MTTQ-BTT", ""},
        {"Số: 127/TB-MTTQ-BTT", ""},
        {"Số:      /TB-MTTQ-BTT", ""},
        {"Số: 5/TB-MTTQ-BTT", "number.grammar"},
        {"Số: 013/TB-MTTQ-BTT", "number.grammar"},
        {"Số 13/TB-MTTQ-BTT", "number.grammar"},
        {"Số: 13/BC-MTTQ-BTT", "number.grammar"},
        {"Số: 13-TB/MTTQ-BTT", "number.grammar number.grammar"},
        {"Số: 13/TB - MTTQ-BTT", "number.grammar"},
        {"Số: 13/TB–MTTQ-BTT", "number.grammar"},
        {"Số: 13/2026/TB-MTTQ-BTT", "number.grammar"},
        {"Số: 13/TB-mttq-BTT", "number.grammar"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sheet s = {.number = numbers[i].number};
        CHECK_STR(faults_in(arena, &s, "nd30"), str_of(numbers[i].faults));
    }
}

TEST("a letter's notation has no type, and BTT in it is the Standing Board") {
    CHECK_STR(faults_in(arena, &(struct sheet){.number = "Số: 13/BTT-VP", LETTER}, "nd30"), S(""));
    CHECK_STR(faults_in(arena, &(struct sheet){.number = "Số: 13/CV-MTTQ", LETTER}, "nd30"), S("number.grammar"));
    CHECK_STR(faults_in(arena, &(struct sheet){.number = "Số: 13/MTTQ", LETTER}, "nd30"), S("number.grammar"));
}

TEST("a day below ten and the first two months have two figures, and the day exists") {
    static const struct {
        const char *date, *faults;
    } dates[] = {
        {"Hải An, ngày 15 tháng 8 năm 2026", ""},
        {"Hải An, ngày 5 tháng 8 năm 2026", "place_date.date"},
        {"Hải An, ngày 15 tháng 2 năm 2026", "place_date.date"},
        {"Hải An, ngày 30 tháng 02 năm 2026", "place_date.date"},
        {"Hải An ngày 15 tháng 8 năm 2026", "place_date.date"},
        {"Hải An, ngày     tháng     năm 2026", ""},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct sheet s = {.date = dates[i].date};
        CHECK_STR(faults_in(arena, &s, "nd30"), str_of(dates[i].faults));
    }
}

TEST("what stands before a signer's post is written as the profile has it, with the post it asks for below") {
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "KT. CHỦ TỊCH", .post2 = "PHÓ CHỦ TỊCH"}, "nd30"), S(""));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "KT. CHỦ TỊCH"}, "nd30"), S("position.competence"));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "KT.CHỦ TỊCH"}, "nd30"), S("position.competence"));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "T.M. BAN THƯỜNG TRỰC"}, "nd30"), S("position.competence"));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "T/M BAN THƯỜNG TRỰC"}, "nd30"), S("position.competence"));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "TL. CHỦ TỊCH", .post2 = "CHÁNH VĂN PHÒNG"}, "front"), S(""));
    CHECK_STR(faults_in(arena, &(struct sheet){.post = "KT. CHỦ TỊCH", .post2 = "PHÓ CHỦ TỊCH"}, "front"),
              S("position.collective"));
    CHECK_STR(faults_in(arena, &(struct sheet){.name = "ThS. Lê Thị Ánh Tuyết"}, "nd30"), S("signer.no_title"));
    CHECK_STR(faults_in(arena, &(struct sheet){.name = "LÊ THỊ ÁNH TUYẾT"}, "nd30"), S("signer.caps"));
    CHECK_STR(faults_in(arena, &(struct sheet){.name = "Đại tá Lê Văn Sơn"}, "nd30"), S(""));
    CHECK_STR(faults_in(arena, &(struct sheet){.name = "Thạc sĩ Lê Văn Sơn"}, "nd30"), S("signer.no_title"));
}

TEST("letters, paragraphs and margins of a Word file are compared with what the profile wants") {
    CHECK_STR(faults_in(arena, &(struct sheet){.size = 24}, "nd30"), S("body.size"));
    CHECK_STR(faults_in(arena, &(struct sheet){.font = "Arial"}, "nd30"), S("page.font"));
    CHECK_STR(faults_in(arena, &(struct sheet){.left = 1134}, "nd30"), S("page.margin_left"));
    CHECK_STR(faults_in(arena, &(struct sheet){.top = 850}, "nd30"), S("page.margin_top"));
    CHECK_STR(faults_in(arena, &(struct sheet){.first = 284, .before = 3, .align = "left"}, "nd30"),
              S("body.align body.indent body.space"));
    CHECK_STR(faults_in(arena, &(struct sheet){.is_numbered_first = true}, "nd30"), S("page_number.place"));
    struct format_report r = report_of(arena, docx_of(arena, &(struct sheet){.size = 24}), FILE_DOCX, "nd30");
    CHECK_OR_RETURN(r.faults.n == 1);
    CHECK(r.faults.at[0].place.paragraph > 5 && r.faults.at[0].place.page == 0 && r.faults.at[0].more == 2);
    CHECK_STR(r.faults.at[0].found, S("cỡ chữ 12"));
    CHECK_STR(r.faults.at[0].wanted, S("cỡ chữ từ 13 đến 14"));
    CHECK_STR(r.faults.at[0].article, S("Phụ lục I, Phần I, Mục II, khoản 6"));
}

TEST("fixed words, ends and lists are as they should be, and a part that is not there is told") {
    CHECK_STR(faults_in(arena, &(struct sheet){.motto = "Độc lập – Tự do – Hạnh phúc"}, "nd30"), S("motto.text"));
    CHECK_STR(faults_in(arena, &(struct sheet){.motto = ""}, "nd30"), S("motto.present"));
    CHECK_STR(faults_in(arena, &(struct sheet){.end = "."}, "nd30"), S("body.ending"));
    CHECK_STR(faults_in(arena, &(struct sheet){.kept = "- Lưu VT."}, "nd30"), S("recipients.kept"));
    CHECK_STR(faults_in(arena, &(struct sheet){.kept = "- Lưu: VT"}, "nd30"), S("recipients.items"));
    CHECK_STR(faults_in(arena,
                        &(struct sheet){
                            .about = "Về việc tổ chức", .to = "Kính gửi: Các khu dân cư", .number = "Số: 13/MTTQ-BTT"},
                        "nd30"),
              S("about.prefix"));
}

TEST("what a paper stands on is a list in italics; a sentence that begins so is text") {
#define LIST_OF_LAW "Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09 tháng 6 năm 2015;", "Theo đề nghị của Văn phòng."
    CHECK_STR(faults_in(arena, &(struct sheet){.opening = {LIST_OF_LAW}, .opening_style = "i"}, "nd30"), S(""));
    CHECK_STR(faults_in(arena, &(struct sheet){.opening = {LIST_OF_LAW}}, "nd30"), S("basis.italic"));
    CHECK_STR(faults_in(arena,
                        &(struct sheet){.opening = {"Căn cứ Hiến chương.", "Căn cứ Điều lệ."}, .opening_style = "i"},
                        "nd30"),
              S("basis.ends"));
    struct sheet prose = {
        .opening = {"Căn cứ Công văn số 12/UBND-VP của Ủy ban nhân dân phường, Ban Thường trực đề nghị như sau:"}};
    CHECK_STR(faults_in(arena, &prose, "nd30"), S(""));
}

TEST("a profile's rules are those of the paper's own day") {
    struct sheet old = {PARTY, .date = "Hải An, ngày 05 tháng 3 năm 2020"};
    struct sheet now = {PARTY, .date = "Hải An, ngày 15 tháng 8 năm 2026"};
    struct format_report r = report_of(arena, docx_of(arena, &old), FILE_DOCX, "party");
    CHECK_STR(r.profile->source, S("Hướng dẫn 36-HD/VPTW ngày 03/4/2018"));
    CHECK(str_find(faults_of(arena, &r), S("party_name.size"), 0) != SIZE_MAX);
    CHECK(str_find(faults_of(arena, &r), S("body.leading"), 0) == SIZE_MAX);
    r = report_of(arena, docx_of(arena, &now), FILE_DOCX, "party");
    CHECK_STR(faults_of(arena, &r), S("body.leading"));
    struct format_report before = report_of(
        arena, docx_of(arena, &(struct sheet){.date = "Hải An, ngày 15 tháng 8 năm 2018"}), FILE_DOCX, "nd30");
    CHECK(before.is_not_then && before.own_day.year == 2018);
}

TEST("an unknown profile, and a day before any rule, are refused at their field") {
    struct read_layout paper = {.is_declared = true};
    struct format_report r;
    const struct format_tables *t = format_open(arena);
    struct err e = format_check(t, arena, &paper, S("abc"), (struct date){0}, &r);
    CHECK(err_is(e, ERR_INVALID) && str_eq(e.why->field, S("profile")));
    e = format_check(t, arena, &paper, S("party"), (struct date){2010, 1, 1}, &r);
    CHECK(err_is(e, ERR_INVALID) && str_find(e.why->message, S("01/01/2010"), 0) != SIZE_MAX);
}

/* ---- PDF */

static void draw(cairo_t *c, double x, double y, double size, const char *text) {
    cairo_select_font_face(c, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(c, size);
    cairo_move_to(c, x, y);
    cairo_show_text(c, text);
}

/* Two pages of running text at the left margin, in points. */
static const char *pdf_of(struct arena *a, double left, double number_x) {
    const char *path = str_format(a, "%.*s/drawn.pdf", STR_ARG(test_dir(a))).at;
    cairo_surface_t *s = cairo_pdf_surface_create(path, 595.3, 841.9);
    cairo_t *c = cairo_create(s);
    draw(c, 110, 75, 13, "ỦY BAN MTTQ");
    draw(c, 280, 75, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    draw(c, 320, 92, 13, "Độc lập - Tự do - Hạnh phúc");
    draw(c, 110, 92, 13, "Số: 5/TB-MTTQ");
    draw(c, 310, 110, 13, "Hải An, ngày 15 tháng 8 năm 2026");
    draw(c, 270, 150, 14, "THÔNG BÁO");
    draw(c, 230, 170, 14, "Về việc tổ chức ngày hội");
    for (int page = 0; page < 2; page++) {
        for (int i = 0; i < 12; i++) {
            draw(c, left, 220 + i * 20, 13.5,
                 "Ban Thường trực đề nghị các khu dân cư thực hiện đúng nội dung sau đây,");
        }
        cairo_show_page(c);
        if (page == 0) {
            draw(c, number_x, 45, 13, "2");
        }
    }
    cairo_destroy(c);
    cairo_surface_destroy(s);
    return path;
}

static const struct format_fault *fault_named(const struct format_report *r, enum format_element e, const char *rule) {
    for (size_t i = 0; i < r->faults.n; i++) {
        if (r->faults.at[i].element == e && str_eq(r->faults.at[i].rule, str_of(rule))) {
            return &r->faults.at[i];
        }
    }
    return NULL;
}

static struct format_report drawn(struct arena *a, const char *path) {
    struct read_layout paper = {0};
    struct format_report r = {0};
    struct err e = read_layout(a, path, FILE_PDF, &read_limits_usual, &paper);
    CHECK(!e.why);
    e = format_check(format_open(a), a, &paper, S("nd30"), (struct date){0}, &r);
    CHECK(!e.why);
    return r;
}

TEST("a PDF is measured where its letters stand, and each fault has its page and box") {
    struct format_report r = drawn(arena, pdf_of(arena, 88, 298));
    CHECK(!fault_named(&r, FORMAT_PAGE, "margin_left") && !fault_named(&r, FORMAT_BODY, "size") &&
          !fault_named(&r, FORMAT_PAGE, "paper") && !fault_named(&r, FORMAT_PAGE_NUMBER, "place"));
    const struct format_fault *f = fault_named(&r, FORMAT_NUMBER, "grammar");
    CHECK_OR_RETURN(f != NULL);
    CHECK(f->place.page == 1 && f->place.box.x > 0.15 && f->place.box.x < 0.22 && f->place.box.y < 0.15 &&
          f->place.box.w > 0.05);
    CHECK_STR(f->wanted, S("“05”"));
    r = drawn(arena, pdf_of(arena, 60, 520));
    CHECK(fault_named(&r, FORMAT_PAGE, "margin_left") && fault_named(&r, FORMAT_PAGE_NUMBER, "place"));
}

TEST("a scan shows nothing of its letters: that is said, and no fault is guessed") {
    const char *path = str_format(arena, "%.*s/scan.pdf", STR_ARG(test_dir(arena))).at;
    struct scan s = {.number = "315", .pages = 1, .sentence = "Một câu."};
    CHECK_OR_RETURN(scan_write_pdf(&s, path));
    struct format_report r = drawn(arena, path);
    CHECK(r.is_scan && r.faults.n == 0 && r.gaps.n > 5);
}
