/* Word files set by hand, and a child that lies. */
#include <stdio.h>

#include "base/buf.h"
#include "kernel/out/zip.h"
#include "read/layout/inside.h"
#include "tests/db.h"
#include "tests/test.h"

#include "base/banned.h"

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define HEAD "<?xml version=\"1.0\"?><w:document " WORD "><w:body>"
#define TAIL "</w:body></w:document>"

static struct str word_file(struct arena *a, struct str document, struct str styles) {
    const struct zip_part parts[] = {
        {S("[Content_Types].xml"), S("<Types/>")}, {S("word/document.xml"), document}, {S("word/styles.xml"), styles}};
    struct str zip = S("");
    err_ignore(zip_write(a, parts, styles.len ? 3 : 2, &zip));
    return zip;
}

static struct read_layout layout_of(struct arena *a, struct str document, struct str styles) {
    struct read_layout l = {0};
    int fault;
    struct str said = read_layout_say(a, word_file(a, document, styles), FILE_DOCX, &read_limits_usual);
    CHECK(read_layout_hear(a, said, &fault, &l) && fault == READ_FINE);
    return l;
}

TEST("letters are set by the run, its style, what that is based on, and the document's defaults") {
    struct read_layout l = layout_of(
        arena,
        S(HEAD "<w:p><w:pPr><w:pStyle w:val=\"Sub\"/></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>"
               "<w:p><w:pPr><w:pStyle w:val=\"Sub\"/></w:pPr><w:r><w:rPr><w:b w:val=\"0\"/><w:sz w:val=\"22\"/></w:rPr>"
               "<w:t>Hai</w:t></w:r></w:p><w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>nghị quyết</w:t></w:r></w:p>" TAIL),
        S("<?xml version=\"1.0\"?><w:styles " WORD
          "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\"/><w:sz "
          "w:val=\"20\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" "
          "w:styleId=\"Top\"><w:pPr><w:jc "
          "w:val=\"center\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Sub\">"
          "<w:basedOn w:val=\"Top\"/><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:style></w:styles>"));
    CHECK_OR_RETURN(l.lines.n == 3);
    const struct read_line *x = l.lines.at;
    CHECK(x[0].bold == 100 && (int)x[0].size == 14 && x[0].align == READ_ALIGN_CENTRE);
    CHECK_STR(x[0].font, S("Arial"));
    CHECK(x[1].bold == 0 && (int)x[1].size == 11);
    CHECK(x[2].bold == 0 && (int)x[2].size == 10 && x[2].align == READ_ALIGN_LEFT);
    CHECK_STR(x[2].text, S("NGHỊ QUYẾT"));
}

TEST("what was struck out, moved away or hidden is not there") {
    struct read_layout l = layout_of(
        arena,
        S(HEAD
          "<w:p><w:r><w:t xml:space=\"preserve\">Còn </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
          "<w:moveFrom><w:r><w:t>dời</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
          "<w:ins><w:r><w:t>lại</w:t></w:r></w:ins></w:p>" TAIL),
        S(""));
    CHECK_OR_RETURN(l.lines.n == 1);
    CHECK_STR(l.lines.at[0].text, S("Còn lại"));
}

TEST("two columns are those of a table's row, or are parted by a tab or many blanks after words") {
    struct read_layout l = layout_of(
        arena,
        S(HEAD
          "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Trái</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Phải</w:t></w:r></w:p>"
          "</w:tc></w:tr></w:tbl><w:p><w:r><w:t>Bên trái</w:t></w:r><w:r><w:tab/><w:t>Bên phải</w:t></w:r></w:p>"
          "<w:p><w:r><w:t>1.</w:t></w:r><w:r><w:tab/><w:t>Nội dung</w:t></w:r></w:p>" TAIL),
        S(""));
    CHECK_OR_RETURN(l.lines.n == 5);
    CHECK(l.lines.at[0].side == READ_SIDE_LEFT && l.lines.at[1].side == READ_SIDE_RIGHT);
    CHECK(l.lines.at[2].side == READ_SIDE_LEFT && l.lines.at[3].side == READ_SIDE_RIGHT);
    CHECK(l.lines.at[2].paragraph == l.lines.at[3].paragraph && l.lines.at[4].side == READ_SIDE_WHOLE);
    CHECK_STR(l.lines.at[4].text, S("1. Nội dung"));
    l = layout_of(arena,
                  S(HEAD
                    "<w:p><w:r><w:t>Số: 13/TB-MTTQ               Hải An, ngày        tháng        năm 2026</w:t></w:r>"
                    "</w:p>" TAIL),
                  S(""));
    CHECK_OR_RETURN(l.lines.n == 2);
    CHECK_STR(l.lines.at[0].text, S("Số: 13/TB-MTTQ"));
    CHECK_STR(l.lines.at[1].text, S("Hải An, ngày tháng năm 2026"));
    CHECK(l.lines.at[0].side == READ_SIDE_LEFT && l.lines.at[1].side == READ_SIDE_RIGHT);
}

TEST("each section has its own sheet, and pages are told only where Word wrote them down") {
    static const char *const document =
        HEAD "<w:p><w:r><w:t>Đầu</w:t></w:r></w:p><w:p><w:pPr><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar "
             "w:left=\"1701\" w:top=\"1134\" w:right=\"850\" "
             "w:bottom=\"1134\"/></w:sectPr></w:pPr></w:p><w:p><w:r>%s<w:t>Sau"
             "</w:t></w:r></w:p><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr>" TAIL;
    struct read_layout l = layout_of(arena, str_format(arena, document, "<w:lastRenderedPageBreak/>"), S(""));
    CHECK_OR_RETURN(l.sheets.n == 2 && l.lines.n == 2);
    CHECK(l.sheets.at[0].width < l.sheets.at[0].height && l.sheets.at[1].width > l.sheets.at[1].height);
    CHECK(l.sheets.at[0].left > 85 && l.sheets.at[0].left < 85.1);
    CHECK(l.lines.at[0].sheet == 0 && l.lines.at[1].sheet == 1 && l.lines.at[0].page == 1 && l.lines.at[1].page == 2);
    l = layout_of(arena, str_format(arena, document, ""), S(""));
    CHECK_OR_RETURN(l.lines.n == 2);
    CHECK(l.lines.at[0].page == 0 && l.lines.at[1].page == 0);
}

TEST("a child that says more than there is, or less, is not believed") {
    struct read_layout l;
    int fault;
    struct str said =
        read_layout_say(arena, word_file(arena, S(HEAD "<w:p><w:r><w:t>Một</w:t></w:r></w:p>" TAIL), S("")), FILE_DOCX,
                        &read_limits_usual);
    CHECK(read_layout_hear(arena, said, &fault, &l) && fault == READ_FINE);
    CHECK(!read_layout_hear(arena, str_slice(said, 0, said.len / 2), &fault, &l) && fault == READ_BABBLE);
    CHECK(!read_layout_hear(arena, S("L\t0\n"), &fault, &l) && fault == READ_BABBLE);
    CHECK(!read_layout_hear(arena, S("DKL1\t0\t1\t0\t0\t\nX\n"), &fault, &l) && fault == READ_BABBLE);
    CHECK(!read_layout_hear(arena, S("DKL1\t0\t1\t0\t0\t\nL\t7\n"), &fault, &l) && fault == READ_BABBLE);
}

TEST("a file that is no paper is refused with a sentence") {
    struct read_layout l;
    const char *path = str_format(arena, "%.*s/paper", STR_ARG(test_dir(arena))).at;
    FILE *f = fopen(path, "wb");
    CHECK_OR_RETURN(f != NULL);
    fputs("%PDF-1.4 broken", f);
    fclose(f);
    struct err e = read_layout(arena, path, FILE_PDF, &read_limits_usual, &l);
    CHECK(err_is(e, ERR_INVALID) && e.why->message.len);
    e = read_layout(arena, path, FILE_DOCX, &read_limits_usual, &l);
    CHECK(err_is(e, ERR_INVALID) && e.why->message.len);
    e = read_layout(arena, "/nowhere/paper", FILE_PDF, &read_limits_usual, &l);
    CHECK(err_is(e, ERR_INVALID));
}
