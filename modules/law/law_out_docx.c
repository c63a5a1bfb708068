/* A Word document, laid out by NĐ 30/2020/NĐ-CP, Appendix I: Times New Roman 14, heads in two columns, margins of 20
   mm, on the left 30 mm. */
#include "modules/law/law_out.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/zip.h"

#include <string.h>

/* How a paragraph stands. */
struct look {
    const char *align; /* both, center, left, right */
    bool is_bold, is_slanted, is_indented;
    int size; /* half points; 0: 28 */
};

static const struct look plain = {.align = "both", .is_indented = true},
                         named = {.align = "both", .is_bold = true, .is_indented = true},
                         heading = {.align = "center", .is_bold = true},
                         slanted = {.align = "both", .is_slanted = true, .is_indented = true},
                         small = {.align = "left", .size = 22};

static void escaped(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '&') {
            BUF_LIT(b, "&amp;");
        } else if (c == '<') {
            BUF_LIT(b, "&lt;");
        } else if (c == '>') {
            BUF_LIT(b, "&gt;");
        } else if ((unsigned char)c >= 32) {
            buf_put_char(b, c);
        } else {
            buf_put_char(b, ' ');
        }
    }
}

static void paragraph(struct buf *b, const struct look *look, struct str words) {
    buf_printf(b,
               "<w:p><w:pPr><w:spacing w:before=\"120\" w:after=\"0\"/>%s<w:jc w:val=\"%s\"/></w:pPr><w:r><w:rPr>%s%s",
               look->is_indented ? "<w:ind w:firstLine=\"567\"/>" : "", look->align, look->is_bold ? "<w:b/>" : "",
               look->is_slanted ? "<w:i/>" : "");
    if (look->size) {
        buf_printf(b, "<w:sz w:val=\"%d\"/>", look->size);
    }
    BUF_LIT(b, "</w:rPr><w:t xml:space=\"preserve\">");
    escaped(b, words);
    BUF_LIT(b, "</w:t></w:r></w:p>");
}

static void lines(struct buf *b, const struct look *look, struct str text) {
    struct str rest = text, line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.len) {
            paragraph(b, look, line);
        }
    }
}

static void cell(struct buf *b, int width, const struct look *look, struct str text) {
    buf_printf(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
    lines(b, look, text.len ? text : S(" "));
    if (str_trim(text).len == 0) {
        BUF_LIT(b, "<w:p/>");
    }
    BUF_LIT(b, "</w:tc>");
}

/* Two columns without lines: the head, the foot. */
static void columns(struct buf *b, const struct look *left_look, struct str left, struct str right) {
    BUF_LIT(b, "<w:tbl><w:tblPr><w:tblW w:w=\"9300\" w:type=\"dxa\"/></w:tblPr><w:tblGrid><w:gridCol "
               "w:w=\"3900\"/><w:gridCol w:w=\"5400\"/></w:tblGrid><w:tr>");
    cell(b, 3900, left_look, left);
    cell(b, 5400, &heading, right);
    BUF_LIT(b, "</w:tr></w:tbl>");
}

static void table(struct buf *b, struct str text) {
    struct str rest = text, line, one;
    BUF_LIT(b, "<w:tbl><w:tblPr><w:tblW w:w=\"9300\" w:type=\"dxa\"/><w:tblBorders>");
    static const char *const sides[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    for (size_t i = 0; i < 6; i++) {
        buf_printf(b, "<w:%s w:val=\"single\" w:sz=\"4\" w:color=\"000000\"/>", sides[i]);
    }
    BUF_LIT(b, "</w:tblBorders></w:tblPr><w:tblGrid/>");
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        bool is_barred = line.len > 1 && line.at[0] == '|', is_ruler = is_barred;
        for (size_t i = 0; i < line.len && is_ruler; i++) {
            is_ruler = strchr("|-: ", line.at[i]) != NULL;
        }
        if (line.len == 0 || is_ruler) {
            continue;
        }
        line = is_barred ? str_slice(line, 1, line.at[line.len - 1] == '|' ? line.len - 1 : line.len) : line;
        BUF_LIT(b, "<w:tr>");
        while (str_next(&line, is_barred ? '|' : '\t', &one)) {
            cell(b, 1500, &small, str_trim(one));
        }
        BUF_LIT(b, "</w:tr>");
    }
    BUF_LIT(b, "</w:tbl>");
}

static void head(struct buf *b, const struct law_out *o) {
    struct arena *a = b->arena;
    struct str left = str_format(a, "%.*s\n%s%.*s", STR_ARG(o->issuer), o->code.len ? "Số: " : "", STR_ARG(o->code));
    struct str right = S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc");
    if (o->issued_on.year) {
        right = str_format(a, "%.*s\n……, ngày %02d tháng %02d năm %d", STR_ARG(right), o->issued_on.day,
                           o->issued_on.month, o->issued_on.year);
    }
    columns(b, &heading, left, right);
    paragraph(b, &heading, law_type_printed(o->type_name));
    lines(b, &heading, o->title);
    lines(b, &slanted, o->preamble);
}

static void place(struct buf *b, const struct law_out *o, size_t i) {
    const struct law_out_place *p = &o->places.at[i];
    struct str label = law_label_printed(b->arena, p->level, p->label);
    bool is_above = p->level < LAW_ARTICLE || p->level == LAW_ANNEX;
    if (p->level == LAW_TABLE) {
        table(b, p->text);
        return;
    }
    if (is_above || (p->level == LAW_ARTICLE && (p->heading.len || !p->text.len))) {
        struct str gap = label.len && p->heading.len ? S(" ") : S("");
        if (is_above) {
            lines(b, &heading, label);
            lines(b, &heading, p->heading);
        } else {
            struct str one = str_format(b->arena, "%.*s%.*s%.*s", STR_ARG(label), STR_ARG(gap), STR_ARG(p->heading));
            paragraph(b, &named, one);
        }
        lines(b, &plain, p->text);
        return;
    }
    lines(b, &plain, str_format(b->arena, "%.*s%s%.*s", STR_ARG(label), label.len ? " " : "", STR_ARG(p->text)));
}

/* The foot: whom it goes to on the left, who signed on the right. */
static void foot(struct buf *b, const struct law_out *o) {
    struct buf left = buf_in(b->arena), right = buf_in(b->arena);
    struct str rest = o->closing, line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        bool is_left = line.len && (line.at[0] == '-' || line.at[0] == '+' || str_starts(line, S("Nơi nhận")));
        bool is_whole = line.len > 90 && !is_left;
        if (is_whole) {
            paragraph(b, &slanted, line);
        } else if (line.len) {
            struct buf *to = is_left ? &left : &right;
            buf_put(to, line);
            buf_put_char(to, '\n');
        }
    }
    if (left.len || right.len) {
        columns(b, &small, buf_str(&left), buf_str(&right));
    }
}

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static struct str document_of(struct arena *a, const struct law_out *o) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, XML "<w:document xmlns:w=\"" WORD "\"><w:body>");
    head(&b, o);
    bool is_signed = false;
    for (size_t i = 0; i < o->places.n; i++) {
        if (o->places.at[i].level == LAW_ANNEX && !is_signed) {
            foot(&b, o);
            is_signed = true;
        }
        place(&b, o, i);
    }
    if (!is_signed) {
        foot(&b, o);
    }
    BUF_LIT(&b, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
                "w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
                "</w:body></w:document>");
    return buf_str(&b);
}

struct err law_out_docx(struct arena *a, const struct law_out *out, struct str *docx) {
    const struct zip_part parts[] = {
        {S("[Content_Types].xml"),
         S(XML
           "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd."
           "openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"" OFFICE
           "document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"" OFFICE
           "styles+xml\"/></Types>")},
        {S("_rels/.rels"),
         S(XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas."
               "openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
               "</Relationships>")},
        {S("word/document.xml"), document_of(a, out)},
        {S("word/_rels/document.xml.rels"),
         S(XML
           "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas."
           "openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>")},
        {S("word/styles.xml"),
         S(XML
           "<w:styles xmlns:w=\"" WORD "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
           "w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/><w:sz w:val=\"28\"/>"
           "<w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>")},
    };
    return zip_write(a, parts, sizeof parts / sizeof *parts, docx);
}
