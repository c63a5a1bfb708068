/* The demonstration's papers: words, and the same words laid out on a page. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "modules/document/document_demo.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static struct str upper(struct arena *a, struct str s) {
    gchar *up = g_utf8_strup(s.at, (gssize)s.len);
    struct str copy = str_copy(a, str_of(up));
    g_free(up);
    return copy;
}

struct parts {
    struct str parent, issuer, code, place, title, to, reason, ask, detail, ending, post, signer, recipients;
};

static void parts_of(struct arena *a, const struct demo_letter *l, struct parts *p) {
    const struct demo_issuer *i = l->issuer;
    bool letter = str_eq(l->about->type, S("CV"));
    *p = (struct parts){
        .parent = i->parent, .issuer = upper(a, i->name), .signer = i->signer, .detail = l->about->detail};
    p->code = str_format(a, i->is_party ? "Số %.*s" : "Số: %.*s", STR_ARG(l->code));
    p->place = str_format(a, "Hải Phòng, ngày %02d tháng %02d năm %d", l->issued_on.day, l->issued_on.month,
                          l->issued_on.year);
    p->title = letter ? str_format(a, "V/v %.*s", STR_ARG(str_slice(l->subject, sizeof "Về việc " - 1, l->subject.len)))
                      : str_format(a, "%.*s\n%.*s", STR_ARG(upper(a, l->type_name)), STR_ARG(l->subject));
    p->to = S("Kính gửi: Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Hải Phòng");
    p->reason = str_format(a, "%.*s; %.*s đề nghị Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thành phố %.*s.",
                           STR_ARG(l->about->reason), STR_ARG(i->name), STR_ARG(l->about->ask));
    p->ask =
        l->due_on.year
            ? str_format(a, "Kết quả gửi về %.*s trước ngày %d tháng %d năm %d để tổng hợp, báo cáo cấp có thẩm quyền.",
                         STR_ARG(i->name), l->due_on.day, l->due_on.month, l->due_on.year)
            : S("Trong quá trình thực hiện, nếu có vướng mắc, kịp thời phản ánh để xem xét, giải quyết.");
    p->ending =
        str_format(a, "%.*s trân trọng đề nghị Ban Thường trực quan tâm, phối hợp thực hiện./.", STR_ARG(i->name));
    p->post = i->signer_post;
    p->recipients = S("Nơi nhận:\n- Như trên;\n- Lãnh đạo cơ quan (để b/c);\n- Lưu: VT.");
}

struct str demo_letter_text(struct arena *a, const struct demo_letter *l) {
    struct parts p;
    struct buf b = buf_in(a);
    parts_of(a, l, &p);
    if (p.parent.len) {
        buf_printf(&b, "%.*s\n", STR_ARG(p.parent));
    }
    buf_printf(&b, "%.*s\n%.*s\n\n", STR_ARG(p.issuer), STR_ARG(p.code));
    buf_put(&b, l->issuer->is_party ? S("ĐẢNG CỘNG SẢN VIỆT NAM\n")
                                    : S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"));
    const struct str rest[] = {p.place, p.title,  p.to,   p.reason, p.detail,
                               p.ask,   p.ending, p.post, p.signer, p.recipients};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        buf_printf(&b, "%.*s%s", STR_ARG(rest[i]), i + 1 < sizeof rest / sizeof *rest ? "\n\n" : "");
    }
    return buf_str(&b);
}

/* ---- The page: A4, in points */
struct paper {
    cairo_t *cr;
    PangoLayout *layout;
};

struct look {
    double x, width;
    int size;
    const char *style;
    PangoAlignment align;
    bool is_justified;
    double indent;
};

static double write_at(struct paper *p, double y, struct look k, struct str text) {
    char font[40];
    snprintf(font, sizeof font, "Tinos %s %d", k.style, k.size);
    PangoFontDescription *d = pango_font_description_from_string(font);
    pango_layout_set_font_description(p->layout, d);
    pango_font_description_free(d);
    pango_layout_set_width(p->layout, (int)(k.width * PANGO_SCALE));
    pango_layout_set_alignment(p->layout, k.align);
    pango_layout_set_justify(p->layout, k.is_justified);
    pango_layout_set_indent(p->layout, (int)(k.indent * PANGO_SCALE));
    pango_layout_set_text(p->layout, text.at, (int)text.len);
    cairo_move_to(p->cr, k.x, y);
    pango_cairo_show_layout(p->cr, p->layout);
    int height;
    pango_layout_get_size(p->layout, NULL, &height);
    return y + (double)height / PANGO_SCALE;
}

static void rule(struct paper *p, double x, double y, double width) {
    cairo_set_line_width(p->cr, 0.7);
    cairo_move_to(p->cr, x, y);
    cairo_line_to(p->cr, x + width, y);
    cairo_stroke(p->cr);
}

static double head(struct paper *p, const struct demo_letter *l, const struct parts *s) {
    const struct look left = {.x = 70, .width = 200, .size = 12, .style = "", .align = PANGO_ALIGN_CENTER};
    struct look right = {.x = 275, .width = 275, .size = 12, .style = "Bold", .align = PANGO_ALIGN_CENTER};
    struct look bold = left;
    bold.style = "Bold";
    double y = s->parent.len ? write_at(p, 60, left, s->parent) : 60;
    y = write_at(p, y, bold, s->issuer);
    rule(p, 130, y + 2, 80);
    double after = write_at(p, y + 8, left, s->code);
    if (l->issuer->is_party) {
        y = write_at(p, 60, right, S("ĐẢNG CỘNG SẢN VIỆT NAM"));
    } else {
        y = write_at(p, 60, right, S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
        right.size = 13;
        y = write_at(p, y, right, S("Độc lập - Tự do - Hạnh phúc"));
    }
    rule(p, 340, y + 2, 145);
    right.style = "Italic";
    y = write_at(p, y + 14, right, s->place);
    if (str_eq(l->about->type, S("CV"))) {
        after = write_at(p, after, left, s->title);
    }
    return y > after ? y : after;
}

static cairo_status_t keep(void *thing, const unsigned char *bytes, unsigned int n) {
    const void *at = bytes;
    buf_put(thing, (struct str){at, n});
    return CAIRO_STATUS_SUCCESS;
}

struct str demo_letter_pdf(struct arena *a, const struct demo_letter *l) {
    struct parts s;
    struct buf out = buf_in(a);
    parts_of(a, l, &s);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, &out, 595.3, 841.9);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(a, l->subject));
    struct paper p = {.cr = cairo_create(surface)};
    p.layout = pango_cairo_create_layout(p.cr);
    pango_cairo_context_set_resolution(pango_layout_get_context(p.layout), 72); /* points are points */
    double y = head(&p, l, &s) + 18;
    const struct look centre = {.x = 85, .width = 465, .size = 14, .style = "Bold", .align = PANGO_ALIGN_CENTER};
    const struct look body = {.x = 85, .width = 465, .size = 13, .style = "", .is_justified = true, .indent = 36};
    if (!str_eq(l->about->type, S("CV"))) {
        y = write_at(&p, y, centre, s.title) + 10;
    }
    struct look to = centre;
    to.style = "";
    to.size = 13;
    y = write_at(&p, y, to, s.to) + 12;
    const struct str text[] = {s.reason, s.detail, s.ask, s.ending};
    for (size_t i = 0; i < 4; i++) {
        y = write_at(&p, y, body, text[i]) + 7;
    }
    const struct look sign = {.x = 320, .width = 230, .size = 13, .style = "Bold", .align = PANGO_ALIGN_CENTER};
    const struct look list = {.x = 85, .width = 220, .size = 11, .style = ""};
    write_at(&p, y + 12, list, s.recipients);
    y = write_at(&p, y + 12, sign, s.post);
    write_at(&p, y + 70, sign, s.signer);
    g_object_unref(p.layout);
    cairo_destroy(p.cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return buf_str(&out);
}
